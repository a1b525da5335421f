"""The vocabulary: synonyms, indicators and entities, and where their names stand in a text. Reads no files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

from ragpark.zh.fold import squeeze

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistical indicator with its other names, wordings (regular expressions) and units of value."""

    name: str
    aliases: tuple[str, ...]
    patterns: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A place or organisation with its other names, and the entity it lies in."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    within: str
    founded: int | None
    patterns: tuple[str, ...] = ()


# `苏州` in 苏州大学, 南京银行, 上海路; 河南 in 黄河南岸: no place is meant. 苏州大市场, 上海路演 are left alone.
_PLACE_KINDS = ("省", "市", "县市", "区")
_NO_PLACE = (
    "(?!大学|交通大学|交大|理工|师范|医科大|财经|航空航天|邮电|工业大学|科技大学|银行|证券交易所|"
    "路(?![演径线由])|大道|岸|麓|侧|坡|畔)"
)


class _Finder(Generic[T]):
    """Finds names and patterns in folded text; names are grouped by first character and compiled when first met."""

    def __init__(self, names: Iterable[tuple[str, str, T]], patterns: Iterable[tuple[str, T]]) -> None:
        """`names` are (folded name, what must not follow as a regular expression, item)."""
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        self._items: dict[str, T] = {}
        for name, stop, item in names:
            if name:
                self._by_first.setdefault(name[0], []).append((name, stop))
                self._items[name] = item
        self._compiled: dict[str, re.Pattern[str]] = {}
        firsts = "".join(re.escape(first) for first in sorted(self._by_first))
        self._first = re.compile(f"[{firsts}]" if firsts else r"(?!)")
        self._patterns = [(re.compile(pattern), item) for pattern, item in patterns]

    def find(self, folded: str) -> list[tuple[int, int, T]]:
        """Return (start, end, item) in text order; of names that overlap, the longest is kept (the first of equals)."""
        found: list[tuple[int, int, T]] = []
        for match in self._first.finditer(folded):
            pattern = self._compiled.get(match[0]) or self._compile(match[0])
            if name := pattern.match(folded, match.start()):
                found.append((name.start(), name.end(), self._items[name[0]]))
        for pattern, item in self._patterns:
            found.extend((m.start(), m.end(), item) for m in pattern.finditer(folded) if m.end() > m.start())
        if len(found) < 2:
            return found
        found.sort(key=lambda item: (item[0] - item[1], item[0]))
        kept: list[tuple[int, int, T]] = []
        for start, end, item in found:
            if not any(a < end and start < b for a, b, _ in kept):
                kept.append((start, end, item))
        return sorted(kept, key=lambda item: item[0])

    def _compile(self, first: str) -> re.Pattern[str]:
        parts = []
        for name, stop in sorted(set(self._by_first[first]), key=lambda pair: (-len(pair[0]), pair)):
            before = "(?<![a-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
            after = "(?![a-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
            parts.append(before + re.escape(name) + after + stop)
        self._compiled[first] = re.compile("|".join(parts))
        return self._compiled[first]


@dataclass(frozen=True)
class Vocabulary:
    """Everything read from the vocabulary files; look-ups work on folded text."""

    synonyms: tuple[tuple[str, ...], ...]
    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    fingerprint: str

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        groups: dict[str, frozenset[str]] = {}
        for words in self.synonyms:
            folded = frozenset(squeeze(word) for word in words)
            for word in folded:
                groups[word] = groups.get(word, frozenset()) | folded
        return groups

    @cached_property
    def _by_name(self) -> dict[str, Entity]:
        return {entity.name: entity for entity in self.entities}

    @cached_property
    def _entity_finder(self) -> _Finder[Entity]:
        names = [
            (squeeze(name), _NO_PLACE if entity.kind in _PLACE_KINDS and name != entity.name else "", entity)
            for entity in self.entities
            for name in (*entity.aliases, entity.name)
            if not any(name in pattern for pattern in entity.patterns)  # a name with a pattern is met by that alone
        ]
        return _Finder(names, [(pattern, entity) for entity in self.entities for pattern in entity.patterns])

    @cached_property
    def _indicator_finder(self) -> _Finder[Indicator]:
        names = [(squeeze(name), "", item) for item in self.indicators for name in (*item.aliases, item.name)]
        return _Finder(names, [(pattern, item) for item in self.indicators for pattern in item.patterns])

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

        A bare `园区` right after another place is a park of that one: `成都园区` names 成都 alone.
        """
        found = self._entity_finder.find(folded)
        kept = found[:1]
        for (_, before, other), (start, end, entity) in pairwise(found):
            elsewhere = before == start and folded[start:end] == entity.kind
            if not (elsewhere and not self.covers(other.name, entity.name)):
                kept.append((start, end, entity))
        return kept

    def find_indicators(self, folded: str) -> list[tuple[int, int, Indicator]]:
        """Return (start, end, indicator) for each wording in the squeezed text; longer ones hide those inside them."""
        return self._indicator_finder.find(folded)

    def entity(self, name: str) -> Entity | None:
        """Return the entity with this full name."""
        return self._by_name.get(name)

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


def merged(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators in order, those of the same name put together: a user's file adds to the built-in ones."""
    by_name: dict[str, Indicator] = {}
    for item in indicators:
        old = by_name.get(item.name)
        if old:
            item = Indicator(
                item.name,
                tuple(dict.fromkeys((*old.aliases, *item.aliases))),
                tuple(dict.fromkeys((*old.patterns, *item.patterns))),
                tuple(dict.fromkeys((*old.units, *item.units))),
            )
        by_name[item.name] = item
    return tuple(by_name.values())
