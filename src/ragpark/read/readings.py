"""Every quantity of a text as facts read it, those that tell no fact included, and which way it goes. Compares nothing.

What a language model wrote and the passage it cites go through here alike, so that both are read right or wrong alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ragpark.read.context import Statement, statements
from ragpark.read.fact_kinds import kind_of
from ragpark.read.facts import read_figures
from ragpark.read.figure_time import time_of
from ragpark.read.phrase import dealt_out
from ragpark.records import Document, Fact, Section
from ragpark.zh.fold import squeeze
from ragpark.zh.quantity import Quantity
from ragpark.zh.tagger import Tagger
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

_FILL = r"(?:率|幅度|速度)?(?:{up_to_figure}|[:：\s])*"
_RISE, _FALL = "(?<![较至])(?:{change_up}|{new}|多)" + _FILL + "$", "(?:{change_down}|少)" + _FILL + "$"
_RISE_AFTER = r"\s*的?(?:{rise}|{growth_up_noun})(?!到|至|为)"
_FALL_AFTER = r"\s*的?(?:{fall}|{growth_down_noun})(?!到|至|为)"
_BRACKETED = re.compile(r"\s*[（(]((?:19|20)\d{2})年?[）)]")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# `约有2800家`, `近达`, `2800家出头`; not `签约项目`
_APART = r"(?P<word>大约)[一-鿿]{0,3}$|(?P<other>{at_least_before}|{at_most_before}|{about_before})(?:有|为|是|达到?|至|到|共有?|占)$"
_AFTER = "(?P<word>{at_least_after}|{at_most_after}|{about_after}|不等)"
_CELL = re.compile(r"(?:^|；)(?P<label>[^；：]*)：\s*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity of a sentence with what belongs to it, as in `Fact`; `indicator` is "" where nothing says it.

    `years` are those it is of; `said` tells whether its sentence names them itself. `way` is 1 for a rise, -1 for a
    fall, 0 for neither, `ways` those its clause speaks of. `bound` is its qualifier, also where other words stand
    between (`约有2800家`). [start:end] lies in the document's text.
    """

    statement: Statement
    quantity: Quantity
    indicator: str
    standard: str
    entity: str
    years: tuple[int, ...]
    said: bool
    period: str
    kind: str
    bound: str
    way: int
    ways: frozenset[int]

    @property
    def start(self) -> int:
        return self.statement.start + self.quantity.start

    @property
    def end(self) -> int:
        return self.statement.start + self.quantity.end

    @property
    def names_owner(self) -> bool:
        """Tell whether the sentence itself names whose figure it is, by whatever name."""
        return self.entity in self.statement.entities or squeeze(self.entity) in self.statement.own

    @property
    def window(self) -> str:
        """The words of its sentence from the quantity before it to the end of its clause."""
        text = self.statement.plain
        begin = max((q.end for q in self.statement.quantities if q.end <= self.quantity.start), default=0)
        rest = re.match(r"[^，,；;。：:！？、]*", text[self.quantity.end :])
        return f"{text[begin : self.quantity.start]} {rest[0] if rest else ''}"

    @property
    def clause(self) -> str:
        """The words around the quantity in its clause, itself left out."""
        return _clause(self.statement.plain, self.quantity)


def readings(document: Document, said: Sequence[Statement], vocabulary: Vocabulary, tagger: Tagger) -> list[Reading]:
    """Return every quantity of the statements, which are the document's, in text order; years are none."""
    vocabulary = vocabulary.at_home(document.home, (document.subject,))
    facts: dict[int, Fact] = {}
    for fact in read_figures(document, (), vocabulary, tagger, [said]):
        facts.setdefault(fact.start, fact)
    found: list[Reading] = []
    for statement in said:
        quantities = [q for q in statement.quantities if not (q.unit == "年" and 1900 <= q.value < 2100)]
        dealt = _dealt_years(statement, quantities)
        found += [
            _reading(statement, q, facts.get(statement.start + q.start), dealt.get(i), vocabulary)
            for i, q in enumerate(quantities)
        ]
    return found


def read_text(
    text: str, subject: str, home: Mapping[str, str], vocabulary: Vocabulary, tagger: Tagger
) -> list[Reading]:
    """Return the quantities of a text of its own, about `subject`; `home` says what its 全市 and the like stand for."""
    document = Document("", "", None, None, text, (), ((0, 1),), "lines", "txt", "", subject=subject, home=home)
    said = statements(document, Section("", 0, (), 0, 0, len(text)), vocabulary)
    return readings(document, said, vocabulary, tagger)


def _reading(
    statement: Statement, quantity: Quantity, fact: Fact | None, dealt: int | None, vocabulary: Vocabulary
) -> Reading:
    text = statement.plain
    way = _way(text, quantity)
    kind = fact.kind if fact else kind_of(text, quantity)
    if re.match(r"[^，。；]{0,4}的?(?:目标|计划|规划|要求)", text[quantity.end : quantity.end + 10]):
        kind = "target"
    indicator, standard = (fact.indicator, fact.standard) if fact else ("", "")
    label = _CELL.search(text, 0, quantity.start)
    if label and (bare := re.sub(r"[（(][^（）()]*[）)]|(?:19|20)\d{2}年?", "", label["label"])):
        indicator = bare  # of a row written out: `2023年产值（亿元）：2310`
        standard = standard or vocabulary.standard(bare, quantity.unit, kind)
    time = fact or time_of(statement, quantity.start)
    years = (time.year,) if time.year else tuple(dict.fromkeys(int(y) for y in _YEAR.findall(time.period)))
    said = bool(years) and (not time.year_from or ("发布日期" in time.year_from and "←" in time.year_from))
    if own := _BRACKETED.match(text, quantity.end):
        years, said = (int(own[1]),), True
    elif dealt:
        years, said = (dealt,), True
    elif statement.quantities and _ends_change(text, quantity, statement.quantities):
        said = False  # `由2020年的41家增至58家`
    return Reading(
        statement, quantity, indicator, standard, fact.entity if fact else "", years, said, time.period, kind,
        _bound(text, quantity), way, _ways(text, quantity),
    )  # fmt: skip


def _ends_change(text: str, quantity: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Tell whether the quantity is what another one, named right before it without a year between, has become."""
    before = max((q.end for q in quantities if q.end <= quantity.start), default=-1)
    between = text[before : quantity.start] if before >= 0 else ""
    return rx("{changed_to}").search(between) is not None and not _YEAR.search(between)


def _dealt_years(statement: Statement, quantities: Sequence[Quantity]) -> dict[int, int]:
    """Return {index of a quantity: its year} for `2022年和2023年分别为76家和86家`."""
    found: dict[int, int] = {}
    begin = 0
    for each, first, last in dealt_out(statement.plain, quantities):
        years = [m.years[0] for m in statement.times if begin <= m.start < each and len(m.years) == 1]
        if len(years) == last - first:
            found |= dict(zip(range(first, last), years, strict=True))
        begin = quantities[last - 1].end
    return found


def _way(text: str, quantity: Quantity) -> int:
    before, after = text[max(0, quantity.start - 12) : quantity.start], text[quantity.end : quantity.end + 8]
    if notion("no_change_said").search(before[-6:]):
        return 0
    if rx(_RISE).search(before) or rx(_RISE_AFTER).match(after):
        return 1
    return -1 if rx(_FALL).search(before) or rx(_FALL_AFTER).match(after) else 0


def _ways(text: str, quantity: Quantity) -> frozenset[int]:
    clause = _clause(text, quantity)
    said = ((1, "more_said"), (-1, "less_said"))
    return frozenset(way for way, name in said if notion(name).search(clause))


def _clause(text: str, quantity: Quantity) -> str:
    start = max((text.rfind(mark, 0, quantity.start) for mark in "，,；;。：:"), default=-1) + 1
    return f"{text[start : quantity.start]} {text[quantity.end : quantity.end + 8]}"


def _bound(text: str, quantity: Quantity) -> str:
    if quantity.qualifier:
        return quantity.qualifier
    before = text[max(0, quantity.start - 12) : quantity.start]
    if apart := rx(_APART).search(before):
        return apart["word"] or apart["other"]
    behind = rx(_AFTER).match(text, quantity.end)
    return behind["word"] if behind else ""
