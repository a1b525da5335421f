"""The vocabulary: synonyms, indicators and entities, and where their names stand in a text. Reads no files.

Places are those of the vocabulary's files, the administrative divisions, and parks by the form of their names; what
`全市` or `园区` stands for is bound to a document, or to the documents of an index, by `at_home`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import replace as changed

from ragpark.zh.fold import squeeze
from ragpark.zh.places import COUNTRY, PARK, divisions, is_zone, park_end, without_end, zone_name
from ragpark.zh.wording import rx, words_of
from ragpark.zh.words import straddled

T = TypeVar("T")
Text = Annotated[str, Meta(pattern=r"\S")]
RELATIVE = ("growth", "share", "rank")  # kinds of figures that do not come in the unit of what they are of
OWN = "全我本"  # how terms for a whole area, and for one's own, begin


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """A statistical indicator with its other names, wordings (regular expressions) and units of value.

    `bare` are names that mean it only where a phrase says no more: `粮食` for 粮食产量.
    """

    name: Text
    aliases: tuple[Text, ...] = ()
    bare: tuple[Text, ...] = ()
    patterns: tuple[Text, ...] = ()
    units: tuple[Text, ...] = ()


class Entity(Struct, frozen=True, forbid_unknown_fields=True):
    """A place or organisation with its other names, and the entity it lies in."""

    name: Text
    aliases: tuple[Text, ...] = ()
    kind: str = ""
    within: str = ""
    founded: int | None = None
    patterns: tuple[Text, ...] = ()


class _Finder(Generic[T]):
    """Finds names and patterns in folded text. A short name is not met where the word goes on (`name_goes_on`)."""

    def __init__(self, names: Iterable[tuple[str, bool, T]], patterns: Iterable[tuple[str, T]]) -> None:
        """`names` are (folded name, whether it is a short one, item)."""
        self._items: dict[str, T] = {}
        self._whole: set[str] = set()
        self._longest: dict[str, int] = {}  # by first character
        for name, short, item in names:
            if name:
                self._items[name] = item
                self._whole |= set() if short else {name}
                self._longest[name[0]] = max(len(name), self._longest.get(name[0], 0))
        self._patterns = [(re.compile(pattern), item) for pattern, item in patterns]

    def find(self, folded: str) -> list[tuple[int, int, T]]:
        """Return (start, end, item) in text order; of names that overlap, the longest is kept (the first of equals)."""
        found: list[tuple[int, int, T]] = []
        for start, first in enumerate(folded):
            if first in self._longest and (end := self._end(folded, start)):
                found.append((start, end, self._items[folded[start:end]]))
        for pattern, item in self._patterns:
            found.extend((m.start(), m.end(), item) for m in pattern.finditer(folded) if m.end() > m.start())
        return longest(found) if len(found) > 1 else found

    def _end(self, folded: str, start: int) -> int:
        """Return where the longest name at `start` ends, 0 for none: no part of a Latin word, no name that goes on."""
        for end in range(min(start + self._longest[folded[start]], len(folded)), start, -1):
            name = folded[start:end]
            if name not in self._items or _latin(folded[start - 1 : start + 1]) or _latin(folded[end - 1 : end + 1]):
                continue
            if name in self._whole or not rx("{name_goes_on}").match(folded, end):
                return end
        return 0


def _latin(pair: str) -> bool:
    """Tell whether the two characters stand in one Latin word or number."""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _names(entities: Iterable[Entity]) -> Iterable[tuple[str, bool, Entity]]:
    for entity in entities:
        for name in (*entity.aliases, entity.name):
            if not any(name in pattern for pattern in entity.patterns):  # a name with a pattern is met by that alone
                yield squeeze(name), name != entity.name, entity


@cache
def park_terms() -> frozenset[str]:
    """Return the bare terms that stand for a park: `园区`, `高新区`; not `全市`, `我区`."""
    return frozenset(term for term in words_of("own_area") if term[0] not in OWN)


@cache
def _divisions() -> Mapping[str, Entity]:
    """Return the administrative divisions as entities, by full name."""
    return {d.name: Entity(d.name, d.aliases, d.kind, d.within, None) for d in divisions().values()}


@dataclass(frozen=True)
class Vocabulary:
    """Everything read from the vocabulary files; look-ups work on folded text.

    `home` says what the bare terms of a document or an index stand for (`全市` → 阜阳市), `base` is the vocabulary
    that these were bound over.
    """

    synonyms: tuple[tuple[str, ...], ...]
    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    fingerprint: str
    home: Mapping[str, str] = field(default_factory=dict)
    local: tuple[Entity, ...] = ()
    base: Vocabulary | None = None

    def at_home(self, home: Mapping[str, str], names: Iterable[str] = ()) -> Vocabulary:
        """Return the vocabulary of a document or index: its bare terms bound, and the further names it uses known."""
        base = self.base or self
        local = []
        for name in dict.fromkeys((*sorted(home.values()), *names)):
            if name in park_terms():
                continue  # bound to itself: met where it stands alone, in no longer name
            entity = base.entity(name)
            if entity is None and len(name) > 1:
                name, *others = base.park_names(name)
                also = [other for other, of in home.items() if of == name and not rx("{own_area}").fullmatch(other)]
                others += [form for other in also for form in base.park_names(other) if form not in (name, *others)]
                local.append(Entity(name, tuple(others), PARK if is_zone(name) else "", "", None))
            elif entity and (shorter := [n for n in base.names_of(entity) if n not in (name, *entity.aliases)]):
                # a district's short name is safe in its own text: `海淀`
                local.append(changed(entity, aliases=tuple(shorter), patterns=()))
        return replace(base, home=dict(home), local=tuple(local), base=base)

    def with_parks(self, names: Iterable[str], forms: Iterable[str]) -> Vocabulary:
        """Return the vocabulary with the parks that a question names: `names` that no document has, and of what has the form
        of a park's name (`forms`) that which is a shorter form of the one a document names: `青禾开发区` of 青禾经济技术开发区."""
        local = {entity.name: entity for entity in self.local}
        aliased = set()
        for form in forms:
            longer = [one for one in self.local if any(_shortens(form, long) for long in (one.name, *one.aliases))]
            if len(longer) == 1:
                local[longer[0].name] = changed(longer[0], aliases=(*longer[0].aliases, form))
                aliased.add(form)
        for name in names:
            usual, *others = self.park_names(name)
            if name not in aliased:
                local[usual] = Entity(usual, tuple(others), PARK if is_zone(usual) else "", "", None)
        return replace(self, local=tuple(local.values()))

    def beside(self, folded: str) -> Vocabulary:
        """Return the vocabulary for a question: beside a place's name a bare kind of park is a park of that place only.

        In `青禾市的高新区` it is none of another city's; `园区` stays what it is at home, in `青禾市和园区`, and a park
        that no document names is that of a place right before it, in `青禾市园区`.
        """
        found = [(start, end, entity.name) for start, end, entity in self.find_entities(folded)]
        places = {name for start, end, name in found if folded[start:end] not in park_terms()}
        owned = any(folded[end:start] in ("", "的") for (_, end, _), (start, *_) in pairwise(found))
        parts = [inner for _, end, outer in self.find_entities(folded) for inner in self._parts_at(folded, end, outer)]
        home = {
            term: name
            for term, name in self.home.items()
            if term not in park_terms()
            or (term == PARK and not (owned and name == PARK))
            or any(place != COUNTRY and self.covers(place, name) for place in places)
        }
        local = (*self.local, *parts)
        return replace(self, home=home, local=local) if parts or (places and len(home) < len(self.home)) else self

    def _parts_at(self, folded: str, at: int, outer: Entity) -> list[Entity]:
        """Return the division of a place whose short name stands right behind it: `青禾市|云溪`, for 云溪区."""
        found = []
        for entity in _divisions().values():
            short = entity.name[:-1]
            if len(short) > 1 and folded.startswith(short, at) and self.covers(outer.name, entity.name):
                found.append(changed(entity, aliases=(*entity.aliases, short), patterns=()))
        return found

    def names_of(self, entity: Entity) -> tuple[str, ...]:
        """Return all names of a place, the full one first: `中江县`, `中江`; `酉阳土家族苗族自治县`, `酉阳县`, `酉阳`."""
        known = (*self.park_names(entity.name), *entity.aliases)
        short = without_end(min((entity.name, *entity.aliases), key=len))
        return tuple(dict.fromkeys((*known, short) if len(short) > 1 else known))

    def park_names(self, name: str) -> tuple[str, ...]:
        """Return the names of a park that are equal by form, the usual one first: `某某经济技术开发区` → `某某经开区`, …

        Which forms are equal the synonyms say; `国家级高新区` is no park's name. Any other name is returned alone.
        """
        for form, equal in (self.base or self)._park_forms:
            proper = re.sub("国家级?$", "", name.removesuffix(form))
            if proper and name.endswith(form):
                return tuple(dict.fromkeys((*(proper + other for other in equal), name)))
        return (name,)

    @cached_property
    def _park_forms(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The forms of parks' names with those that mean the same, longest first."""
        groups = [words for words in self.synonyms if words[0] in words_of("park_end")]
        return tuple(sorted(((form, words) for words in groups for form in words), key=lambda item: -len(item[0])))

    @cached_property
    def unnamed(self) -> Mapping[str, str]:
        """What a text calls a park that no document names: {`园区`: `园区`}."""
        return {term: name for term, name in self.home.items() if term == name and term in park_terms()}

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        groups: dict[str, frozenset[str]] = {}
        for words in self.synonyms:
            folded = frozenset(squeeze(word) for word in words)
            for word in folded:
                groups[word] = groups.get(word, frozenset()) | folded
        return groups

    @cached_property
    def _by_name(self) -> Mapping[str, Entity]:
        return {**_divisions(), **{entity.name: entity for entity in self.entities}}

    @cached_property
    def _entity_finder(self) -> _Finder[Entity]:
        return _Finder(
            _names(self._by_name.values()), [(pattern, item) for item in self.entities for pattern in item.patterns]
        )

    @cached_property
    def _local_finder(self) -> _Finder[Entity]:
        return _Finder(_names(self.local), ())

    @cached_property
    def _indicator_finder(self) -> _Finder[Indicator]:
        if self.base is not None:
            return self.base._indicator_finder
        names = [(squeeze(name), False, item) for item in self.indicators for name in (*item.aliases, item.name)]
        return _Finder(names, [(pattern, item) for item in self.indicators for pattern in item.patterns])

    @cached_property
    def _bare_names(self) -> Mapping[str, tuple[Indicator, ...]]:
        found: dict[str, tuple[Indicator, ...]] = {}
        for item in self.indicators:
            for name in item.bare:
                found[squeeze(name)] = (*found.get(squeeze(name), ()), item)
        return found

    def standard(self, phrase: str, unit: str, kind: str) -> str:
        """Return the name of the indicator that the phrase is and that is measured in `unit` (a growth or share in any), or "".

        `全社会R&D经费支出` and `研发投入` are one indicator; `外资企业研发投入` is another, which may not be known. `粮食` is
        粮食产量 in 吨 and 粮食播种面积 in 亩; how it grew is not told by that word alone.
        """
        folded, relative = squeeze(phrase), kind in RELATIVE
        plain = rx("^(?:{whole_lead})+").sub("", folded)
        for text in dict.fromkeys((folded, plain, rx("(?:{number_noun})$").sub("", plain))):
            whole = [item for start, end, item in self.find_indicators(text) if end - start == len(text)]
            if whole and (relative or not whole[0].units or not unit or unit in ("%", *whole[0].units)):
                return whole[0].name
            bare = (self.base or self)._bare_names.get(text, ())
            fits = bare if relative or not unit else [item for item in bare if unit in item.units]
            if len(fits) == 1:
                return fits[0].name
        return ""

    def same(self, word: str) -> frozenset[str]:
        """Return the folded words that mean the same as `word`, itself included."""
        folded = squeeze(word)
        return self._groups.get(folded, frozenset()) | {folded}

    def words(self) -> tuple[str, ...]:
        """Return all names of two Chinese characters and more, sorted, for the segmenter's dictionary."""
        names = [word for words in self.synonyms for word in words]
        names += [name for entity in self.entities for name in (entity.name, *entity.aliases)]
        return tuple(sorted({name for name in names if len(name) > 1 and re.fullmatch(r"[一-鿿]+", name)}))

    def find_entities(self, folded: str) -> list[tuple[int, int, Entity]]:
        """Return (start, end, entity) for each name in the squeezed text; longer ones hide those inside them.

        A zone named after a place is met by its form (`西安高新区`), a bare `园区` or `全市` where `home` binds it.
        """
        found = [
            (start, end, entity)
            for start, end, entity in (self.base or self)._entity_finder.find(folded)
            if end - start == len(entity.name)
            or _divisions().get(entity.name) is not entity
            or not straddled(folded, start, end)  # 资兴 in `投资兴业`
        ]
        if self.local:
            found = longest([*found, *self._local_finder.find(folded)])
        taken: list[tuple[int, int, Entity]] = []
        for start, end, entity in found:
            bare = entity.kind in ("", "国", "省", PARK)  # `河南省开发区` are those of a province
            stop = 0 if bare else park_end(folded, end)
            park = self.park_names(zone_name(folded, start, stop))[0]
            zone = self.entity(park) or Entity(park, (), PARK, entity.name, None) if stop else entity
            taken.append((start, stop or end, zone))
        if self.home:
            taken += [span for span in self._bare(folded) if not any(a < span[1] and span[0] < b for a, b, _ in taken)]
        return sorted(taken, key=lambda item: item[0])

    def _bare(self, folded: str) -> list[tuple[int, int, Entity]]:
        """Return where `全市`, `园区` and their like are bound; not in `产业园区`, `市场`."""
        found = []
        for match in rx("{own_area}").finditer(folded):
            name = self.home.get(match[0])
            if name and not rx("{park_kind}$").search(folded, max(0, match.start() - 6), match.start()):
                found.append((match.start(), match.end(), self.entity(name) or Entity(name, (), PARK, "", None)))
        return found

    def find_indicators(self, folded: str) -> list[tuple[int, int, Indicator]]:
        """Return (start, end, indicator) for each wording in the squeezed text; longer ones hide those inside them.

        A name is met also where whose it is and what is measured stand apart: `建筑业企业|共完成|总产值`.
        """
        found = self._indicator_finder.find(folded)
        apart = [match.span() for match in rx("{brought_about}").finditer(folded)]
        if apart:
            kept = [at for at in range(len(folded)) if not any(start <= at < end for start, end in apart)]
            joined = self._indicator_finder.find("".join(folded[at] for at in kept))
            found = longest([*found, *((kept[start], kept[end - 1] + 1, item) for start, end, item in joined)])
        return found

    def entity(self, name: str) -> Entity | None:
        """Return the entity with this full name; a park that is named after a place lies in it; else None."""
        if self.base is not None:
            return self.base.entity(name)
        found = self._by_name.get(name)
        if found is None and (spans := self._entity_finder.find(name)) and spans[0][0] == 0:
            _, end, place = spans[0]
            if park_end(name, end) == len(name):
                found = Entity(name, (), PARK, place.name, None)
        return found

    def covers(self, outer: str, inner: str) -> bool:
        """Tell whether `inner` is `outer` or lies in it (`苏州市` covers `昆山市`)."""
        seen = 0
        while inner and seen < 10:
            if inner == outer:
                return True
            entity = self.entity(inner)
            inner = entity.within if entity else ""
            seen += 1
        return False


def _shortens(short: str, long: str) -> bool:
    """Tell whether a park's name is another's with a shorter form: `青禾开发区`, or `青禾园区`, of 青禾经济技术开发区."""
    form = rx("{park_form}$").search(short)
    proper = short[: form.start()] if form else ""
    rest = iter(long.removeprefix(proper))
    whole = form is not None and (form[0] == PARK or all(char in rest for char in form[0]))
    return whole and len(proper) > 1 and long.startswith(proper) and rx("{park_form}$").search(long) is not None


def longest(found: Sequence[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """Return the spans in text order; of those that overlap, the longest is kept (the first of equals)."""
    kept: list[tuple[int, int, T]] = []
    for start, end, item in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if not any(a < end and start < b for a, b, _ in kept):
            kept.append((start, end, item))
    return sorted(kept, key=lambda item: item[0])


_ADDED = ("aliases", "bare", "patterns", "units")


def merged(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators in order, those of the same name put together: a user's file adds to the built-in ones."""
    by_name: dict[str, Indicator] = {}
    for item in indicators:
        old = by_name.get(item.name, item)
        more = {key: tuple(dict.fromkeys((*getattr(old, key), *getattr(item, key)))) for key in _ADDED}
        by_name[item.name] = changed(item, **more)
    return tuple(by_name.values())


def shortened(indicator: Indicator, short: Sequence[tuple[str, str]]) -> Indicator:
    """Return the indicator with its names also in their short forms, of the pairs (long, short): 第一产业 → 一产."""

    def forms(names: tuple[str, ...]) -> tuple[str, ...]:
        for long, brief in short:
            names = (*names, *(name.replace(long, brief) for name in names if long in name))
        return tuple(dict.fromkeys(names))

    aliases = forms((*indicator.aliases, indicator.name))
    return changed(indicator, aliases=tuple(n for n in aliases if n != indicator.name), bare=forms(indicator.bare))
