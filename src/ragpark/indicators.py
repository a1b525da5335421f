"""The facts by indicator, place and year: the course of one indicator, and which years the documents hold of all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ragpark.records import Fact
from ragpark.zh.bounds import agree, possible
from ragpark.zh.quantity import NARROW
from ragpark.zh.times import part_of_year

KINDS = {"level": "数值", "growth": "增速", "increase": "新增", "share": "占比", "rank": "位次"}
_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_NO_SCALE = frozenset(("%", "百分点", "‰", "位", "倍", "比", "年"))


@dataclass(frozen=True, slots=True)
class Key:
    """What one curve shows: an indicator of one place, of one kind of figure (see KINDS) in one unit.

    `part` is the part of the year that the figures are of (`上半年`, `1—5月`), empty for whole years: the two are
    never drawn as one curve.
    """

    indicator: str
    entity: str
    kind: str
    unit: str
    part: str = ""

    @property
    def measure(self) -> str:
        """The kind, unit and part of the year in words: `数值（家）`, `增速（%），上半年`."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{KINDS[self.kind]}{unit}{f'，{self.part}' if self.part else ''}"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year. `target` is what is aimed at; `differs` says that another document says otherwise."""

    year: int
    value: float
    target: bool
    differs: bool
    fact: Fact
    also: tuple[Fact, ...] = ()  # further facts that say the same


@dataclass(frozen=True, slots=True)
class Overview:
    """Rows of keys and the years their facts hold, newest last; `years` are all of them, ascending."""

    years: tuple[int, ...]
    rows: tuple[tuple[Key, tuple[int, ...], tuple[int, ...]], ...]  # key, years reached, years aimed at


def _key(fact: Fact) -> Key:
    return Key(fact.measure, fact.entity, _kind(fact), fact.unit, part_of_year(fact.period))


def _kind(fact: Fact) -> str:
    if fact.kind in KINDS:
        return fact.kind
    return "rank" if fact.unit == "位" else "level"  # a target is drawn with what it aims at


def course(facts: Iterable[Fact], key: Key) -> list[Point]:
    """Return the points of one curve by year; figures that agree are one point, the exact and newest leads.

    Figures of one year that cannot all be true are points of their own, marked as differing.
    """
    by_year: dict[tuple[int, bool], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.measure == key.indicator and fact.year is not None and _key(fact) == key:
            by_year[fact.year, fact.kind == "target"].append(fact)
    points: list[Point] = []
    for (year, target), found in sorted(by_year.items()):
        groups: list[list[Fact]] = []
        for fact in sorted(found, key=_preferred):
            reach = possible(fact.text, fact.value, fact.qualifier)
            for group in groups:
                lead = group[0]
                if agree(reach, possible(lead.text, lead.value, lead.qualifier)):
                    group.append(fact)
                    break
            else:
                groups.append([fact])
        points += [Point(year, group[0].value, target, len(groups) > 1, group[0], tuple(group[1:])) for group in groups]
    return points


def _preferred(fact: Fact) -> tuple[object, ...]:
    newest = tuple(-int(part) for part in (fact.date or "0").split("-") if part.isdigit())
    return bool(fact.qualifier), newest, fact.doc, fact.start


def sentence_of(fact: Fact, text: str) -> tuple[int, list[tuple[int, int]]]:
    """Return where in the document's `text` the quote of a fact starts, and where in the quote its figure stands.

    A figure printed twice in the quote (`由66家增至66家`) is the one at `fact.start`. Where the quote is no longer
    there, the start is the fact's own and nothing is marked.
    """
    size, at = len(fact.text), fact.quote.find(fact.text)
    while at >= 0:
        if text.startswith(fact.quote, fact.start - at) and fact.start >= at:
            return fact.start - at, [(at, at + size)]
        at = fact.quote.find(fact.text, at + 1)
    at = fact.quote.find(fact.text)
    if text.startswith(fact.quote, fact.start):  # the fact names its sentence, not its figure
        return fact.start, [(at, at + size)] if at >= 0 else []
    return fact.start, []


def runs(points: Sequence[Point]) -> list[int]:
    """Return for each point the number of the unbroken run of years it is in: a missing year is a gap in the line.

    2020, 2021, 2023 → 0, 0, 1.
    """
    found: list[int] = []
    for index, point in enumerate(points):
        if index == 0:
            found.append(0)
        else:
            found.append(found[-1] + (point.year - points[index - 1].year > 1))
    return found


def scale(points: Sequence[Point], unit: str) -> tuple[float, str]:
    """Return what to divide by and the unit to show, so that the largest value is a handy number: 22.89亿元."""
    top = max((abs(point.value) for point in points), default=0.0)
    if unit in _NO_SCALE:
        return 1.0, unit
    for factor, name in _SCALES:
        if top >= factor:
            return factor, name + unit
    return 1.0, unit


_BARE = re.compile(r"[0-9０-９][0-9０-９,，.]*")


def figure_text(fact: Fact) -> str:
    """Return the figure as printed; a bare number of a table cell with the unit of its header: `1006` → `1006亿元`."""
    if not _BARE.fullmatch(fact.text) or not fact.unit:
        return fact.text
    number = float(fact.text.translate(NARROW).replace(",", ""))
    for factor, name in (*_SCALES, (1.0, "")):
        if number and abs(fact.value / number / factor - 1) < 1e-6:
            return f"{fact.text}{name}{fact.unit}"
    return fact.text


def overview(facts: Iterable[Fact], names: frozenset[str], least: int = 1) -> Overview:
    """Return which years the facts hold, for every curve with at least `least` of them; most years first.

    Only indicators of the vocabulary (`names`) with a place and a year: words cut out of a sentence make no curve.
    """
    reached: dict[Key, set[int]] = defaultdict(set)
    aimed: dict[Key, set[int]] = defaultdict(set)
    for fact in facts:
        if fact.measure in names and fact.entity and fact.year is not None:
            (aimed if fact.kind == "target" else reached)[_key(fact)].add(fact.year)
    order = sorted(
        {*reached, *aimed},
        key=lambda key: (-len(reached[key] | aimed[key]), key.indicator, key.entity, key.kind, key.unit, key.part),
    )
    rows = tuple(
        (key, tuple(sorted(reached[key])), tuple(sorted(aimed[key])))
        for key in order
        if len(reached[key] | aimed[key]) >= least
    )
    years = sorted({year for _, done, plan in rows for year in (*done, *plan)})
    return Overview(tuple(years), rows)
