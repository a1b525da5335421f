"""Facts: every figure of the text with what it measures, for whom, when, and the exact span it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ragpark.read.context import Statement, statements
from ragpark.read.fact_kinds import GROWN_BEHIND, is_figure, kinds_of
from ragpark.read.figure_time import main_year, time_of
from ragpark.read.names import ASIDE, leads_clause, leads_sentence, subject_places
from ragpark.read.orders import without_orders
from ragpark.read.organisations import clause_organisation, subject_organisation
from ragpark.read.phrase import dealt_out, name_figures
from ragpark.read.subject import AREA_LEVELS
from ragpark.read.table_facts import row_facts
from ragpark.read.tokens import NOUNS, tokens_of
from ragpark.records import Document, Fact, Section
from ragpark.zh.fold import fold_with_offsets
from ragpark.zh.places import COUNTRY
from ragpark.zh.quantity import Quantity
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.vocabulary import OWN, Vocabulary
from ragpark.zh.wording import notion, rx, words_of

_T = TypeVar("_T")
_SEGMENT = re.compile(r"[。；;！？]")
_PART = re.compile(r"[。；;！？：:]")
_CLAUSE = re.compile(r"[，,。；;：:！？]")
_LISTED = re.compile(r"、(?P<name>[一-鿿]{2,3})、")
_NAMES = ("ORG", "LOC", "PER", "nz", "nw")
# what belongs to the figure after it, not to its name: `【每平方米】20元`, `【相比】2020年的GDP`, `【扣除价格因素】增长5%`
_OF_FIGURE = r"{reckoned}|每(?:{unit}|[年月日天])(?=[0-9])|{money_unit}(?=[0-9])|(?<![一-鿿]){course}"


def find_facts(
    document: Document,
    sections: Sequence[Section],
    vocabulary: Vocabulary,
    tagger: Tagger,
    said: Sequence[Sequence[Statement]] | None = None,
) -> list[Fact]:
    """Return the facts of the document in text order: `document.text[f.start:f.end]` holds `f.text`.

    `said` are the statements of each section without the orders among them, where they have been found already.
    """
    return [fact for fact in read_figures(document, sections, vocabulary, tagger, said) if fact.indicator]


def read_figures(
    document: Document,
    sections: Sequence[Section],
    vocabulary: Vocabulary,
    tagger: Tagger,
    said: Sequence[Sequence[Statement]] | None = None,
) -> list[Fact]:
    """As `find_facts`, those figures included whose sentence does not say what they measure: their `indicator` is ""."""
    vocabulary = vocabulary.at_home(document.home, (document.subject,))
    main = main_year(document.text, int(document.date[:4]) if document.date else document.year)
    if said is None:
        said = [without_orders(statements(document, section, vocabulary), document.text) for section in sections]
    read = [
        (statement, _figures_of(statement))
        for here in said
        for statement in here
        if statement.quantities and not statement.heading and not document.is_aside(statement.start, statement.end)
    ]
    tagged = tagger.tag([statement.plain if quantities else "" for statement, quantities in read])
    found: list[Fact] = []
    told: tuple[int, list[Fact]] = (-1, [])  # the section and the facts of the sentence before
    for (statement, counted), words in zip(read, tagged, strict=True):
        if quantities := [q for q in counted if not _begins_name(q, words)]:
            facts = _Sentence(document, statement, quantities, words, vocabulary, main).facts()
            before = told[1] if told[0] == statement.section else ()
            facts = [_taken_up(fact, before, statement.near, vocabulary) for fact in facts]
            found.extend(facts)
            told = (statement.section, [fact for fact in facts if fact.indicator] or told[1])
        found.extend(row_facts(document, statement, vocabulary))
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def _taken_up(fact: Fact, before: Sequence[Fact], near: str, vocabulary: Vocabulary) -> Fact:
    """Return a fact whose name only takes up that of the sentence before (`上述比重`, `强度`) with that name.

    A bare `增速` is else that of the one indicator which the text `near` before it names.
    """
    match = rx("(?:{anaphoric})?(?P<of>{says_little}|{rate_noun}|{share_noun}|强度)").fullmatch(fact.indicator)
    if not match:
        return fact
    alike = [other for other in before if (other.kind, other.unit) == (fact.kind, fact.unit)]
    if alike:
        return replace(fact, indicator=alike[-1].indicator, standard=alike[-1].standard)
    spoken = {item.name for _, _, item in vocabulary.find_indicators(near)}
    if len(spoken) != 1 or not notion("growth_noun").fullmatch(match["of"]):
        return fact
    return replace(fact, indicator=(name := spoken.pop()), standard=name)


def _figures_of(statement: Statement) -> list[Quantity]:
    """Return the quantities of running text that say how much there is; those of cells are read by column and row."""
    in_cells = {figure.quantity for figure in statement.figures}
    quantities = [quantity for quantity in statement.quantities if quantity not in in_cells]
    following = [*quantities[1:], None]
    return [q for q, after in zip(quantities, following, strict=False) if is_figure(statement.plain, q, after)]


def _begins_name(quantity: Quantity, words: Sequence[Word]) -> bool:
    """Tell whether the figure is the beginning of a name that goes on: `360集|团`."""
    return any(w.tag in _NAMES and w.start <= quantity.start and quantity.end < w.end for w in words)


class _Sentence:
    """One sentence of running text, tagged, with what its figures have in common."""

    def __init__(
        self,
        document: Document,
        statement: Statement,
        quantities: Sequence[Quantity],
        words: Sequence[Word],
        vocabulary: Vocabulary,
        main: int | None,
    ) -> None:
        self.document, self.statement, self.text = document, statement, statement.plain
        self.quantities, self.words, self.vocabulary, self.main = quantities, words, vocabulary, main
        folded, offsets = fold_with_offsets(self.text)
        ends = [*offsets, len(self.text)]

        def printed(spans: Sequence[tuple[int, int, _T]]) -> list[tuple[int, int, _T]]:
            return [(offsets[a], ends[b - 1] + 1, item) for a, b, item in spans]

        self.places = printed(subject_places(folded, vocabulary))
        self.named = printed(vocabulary.find_entities(folded))
        self.indicators = printed(vocabulary.find_indicators(folded))
        self.leading = self._leading_places()
        self.organisation = subject_organisation(self.statement)

    def facts(self) -> list[Fact]:
        statement, text = self.statement, self.text
        told = zip(self.quantities, kinds_of(text, self.quantities, [False] * len(self.quantities)), strict=True)
        times = [
            time_of(statement, quantity.start, self.main, change=kind in ("growth", "increase"))
            for quantity, kind in told
        ]
        written = statement.published
        coming = [time.year > written if written and time.year else None for time in times]
        kinds = kinds_of(text, self.quantities, coming, statement.planned)
        overlays = [(q.start, q.end, "Q") for q in self.quantities]
        overlays += [(start, end, "I") for start, end, _ in self.indicators]
        overlays += [(m.start, m.end, "T") for m in statement.times]
        overlays += [(*m.span(), "T") for m in rx(_OF_FIGURE).finditer(text)]
        owners = [self._owner(quantity) for quantity in self.quantities]
        spoken = (*self.leading, *filter(None, owners))
        overlays += [(start, end, "S") for start, end in (*(span[:2] for span in spoken), *self._open_terms())]
        if self.organisation and (at := statement.text.find(self.organisation)) >= 0:
            overlays.append((at, at + len(self.organisation), "S"))
        names = name_figures(text, tokens_of(text, self.words, overlays), self.quantities, kinds)
        each = self._dealt_places()
        found = []
        rows = zip(self.quantities, times, kinds, names, owners, strict=True)
        for i, (quantity, time, kind, name, owner) in enumerate(rows):
            name = self._denied(name, quantity.start) if name else ""
            part = rx("^(.{2,})占(?:{whole_area})$").match(name)  # `某类企业数量|占全国`
            standard = self.vocabulary.standard(part[1] if part else name, quantity.unit, kind)
            share = kind == "level" and quantity.unit in ("%", "‰") and rx("{share}|{rate_noun}$").search(name)
            fact = statement.fact(
                self.document,
                quantity,
                indicator=name,
                entity=each.get(i) or (owner[2] if owner else self._subject(quantity.start)),
                year=time.year,
                period=time.period
                or ("累计" if "累计" in text[self._begin(_CLAUSE, quantity.start) : quantity.start] else ""),
                kind="share" if share else kind,
                year_from=time.year_from,
                standard=standard,
            )
            found.append(fact)
        return found

    def _denied(self, name: str, offset: int) -> str:
        """Return the name with the `未` or `非` that stands right before it: `未达标企业13家` counts no 达标企业."""
        at = self.text.rfind(name, 0, offset)
        denied = rx("(?:{negation})$").search(self.text, 0, at) if at > 0 else None
        return f"{denied[0]}{name}" if denied else name

    def _subject(self, offset: int) -> str:
        """Return whose figure it is: of the organisation or place its clause or sentence is about, else the text's own."""
        told = self._within(offset) or self.organisation or clause_organisation(self.text, offset)
        if named := told or self._place(offset):
            return named
        unbound = self._unbound(offset)
        return next(iter(self.statement.about), "") if unbound is None else unbound

    def _owner(self, quantity: Quantity) -> tuple[int, int, str] | None:
        """Return the place right before a figure that is its own, whatever the sentence is about.

        `高于全省平均水平（|4.6%）`, `高于甲区的|4.05%`, `而乙市|2.5%的增速`; not `占全国|17%`.
        """
        span = next((span for span in reversed(self.named) if span[1] <= quantity.start), None)
        if not span or self.text.endswith("占", 0, span[0]):
            return None
        start, end, place = span
        before, between = self.text[:start], self.text[end : quantity.start]
        apart = rx("(?:的?(?:平均)?水平|平均|总体|整体)?[（(]").fullmatch(between)
        than = between == "的" and rx("{than}$").search(before)
        of = not between and rx(GROWN_BEHIND).match(self.text, quantity.end)
        return (start, end, place.name) if apart or than or of else None

    def _within(self, offset: int) -> str:
        """Return the place that `境内` takes up before the figure: `公司位于青禾县，|境内森林覆盖率81%`; "" for none."""
        inside = list(rx("{within_area}").finditer(self.text, self._begin(_SEGMENT, offset), offset))
        if not inside or not leads_clause(self.text, inside[-1].start()):
            return ""
        return next((place.name for _, end, place in reversed(self.named) if end < inside[-1].start()), "")

    def _unbound(self, offset: int) -> str | None:
        """Return whose `全区` it is where the document's subject is none: the place last named, or ""; None for no such word."""
        for match in rx("{own_area}").finditer(self.text, self._begin(_SEGMENT, offset), offset):
            levels = AREA_LEVELS.get(match[0][-1], ()) if match[0][0] in OWN else ()
            if levels and match[0] not in (*self.vocabulary.home, COUNTRY) and leads_clause(self.text, match.start()):
                named = ((name, self.vocabulary.entity(name)) for name in self.statement.around)
                return next((name for name, entity in named if entity and entity.kind in levels), "")
        return None

    def _place(self, offset: int) -> str:
        """Return the place the figure is of: that its clause, its part of the sentence, or the sentence is about.

        Where the document has no subject of its own, also one that only stands in the clause.
        """
        own = bool(self.document.subject)
        clause, part, segment = (self._begin(mark, offset) for mark in (_CLAUSE, _PART, _SEGMENT))
        within = [span for span in self.leading if self.vocabulary.covers(self.document.subject, span[2])]
        steps = [
            (self.leading, clause, False),
            (within, part, own),
            (self.leading, segment, own),
            (self.leading, 0, own),
        ]
        if not own:
            steps += [(self.places, clause, False), (self.places, 0, False)]
        for places, start, opens in steps:
            inside = [(at, name) for at, _, name in places if start <= at < offset]
            names = [name for at, name in inside if not opens or leads_sentence(self.text[start:], at - start)]
            if names:
                return self._innermost(names)
        return ""

    def _begin(self, mark: re.Pattern[str], offset: int) -> int:
        """Return where the part of the sentence that holds `offset` begins: behind the last such mark before it."""
        return max((match.end() for match in mark.finditer(self.text, 0, offset)), default=0)

    def _open_terms(self) -> list[tuple[int, int]]:
        """Return where a clause begins with `园区` or the like that stands for nothing known: `园区|研发经费`; not `园区数量`."""
        return [
            match.span()
            for match in rx("{own_area}(?=[一-鿿A-Za-z])(?!{number_noun})").finditer(self.text)
            if leads_clause(self.text, match.start())
            and any(word.start == match.end() and word.tag in NOUNS for word in self.words)
        ]

    def _dealt_places(self) -> dict[int, str]:
        """Return the places of figures dealt out by `分别`: `南京、苏州分别达16.8%和15.2%`, and those of a second such row."""
        found: dict[int, str] = {}
        earlier: list[str] = []
        for each, first, last in dealt_out(self.text, self.quantities):
            clause = self._begin(_CLAUSE, each)
            row: list[tuple[int, int, str]] = []
            for span in self.leading:
                if clause <= span[0] < each:
                    row = [*row, span] if row and self._joined(row[-1][1], span[0]) else [span]
            names = [name for _, _, name in row] or earlier
            earlier = names if len(names) == last - first else []
            found |= dict(zip(range(first, last), earlier, strict=False))
        return found

    def _leading_places(self) -> list[tuple[int, int, str]]:
        """Return the places that a clause begins with, and those joined to one: `苏州、无锡和南京`."""
        leading: list[tuple[int, int, str]] = []
        for span in self.places:
            listed = leading and _LISTED.fullmatch(self.text, leading[-1][1], span[0])
            if listed and listed["name"] in words_of("everyday_place"):  # `厦门、三明、龙岩`: a place in such a list
                leading.append((*listed.span("name"), f"{listed['name']}市"))
            if leads_clause(self.text, span[0]) or (leading and self._joined(leading[-1][1], span[0])):
                leading.append(span)
        return leading

    def _joined(self, end: int, start: int) -> bool:
        """Tell whether one list goes on from `end` to `start`: `福州（不含平潭）|、|龙岩`."""
        return ASIDE.sub("", self.text[end:start]) in ("", "、", "和", "与", "及")

    def _innermost(self, names: Sequence[str]) -> str:
        """Return the first of the names, or what directly after it narrows it: 江苏省, 苏州市 → 苏州市."""
        first = names[0]
        for name in names[1:]:
            local = name == self.document.subject and not self.vocabulary.entity(name)  # `青禾县石桥镇`
            if name != first and (local or self.vocabulary.covers(first, name)):
                first = name
        return first
