"""A search laid open: how the question was understood, and for each hit the question's words that it holds."""

from __future__ import annotations

from dataclasses import dataclass

from ragpark.records import Hit
from ragpark.retrieve.kinds import FIGURE, kinds
from ragpark.retrieve.marks import Mark
from ragpark.retrieve.query import Query


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit; `marks` are spans of its chunk's text; `met` the question's words that it or its headings hold."""

    hit: Hit
    marks: tuple[Mark, ...]
    met: tuple[str, ...]

    def missing(self, query: Query) -> tuple[str, ...]:
        """Return the question's words that the passage does not hold, in the question's order."""
        return tuple(term.word for term in query.terms if term.word not in self.met)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a search understood and found; `note` says in a sentence why there is nothing, where there is nothing."""

    query: Query
    hits: tuple[ExplainedHit, ...]
    note: str = ""


def understood(query: Query) -> tuple[tuple[str, str], ...]:
    """Return (name, value) pairs in Chinese that say how the question was read; what it does not hold is left out."""
    asked = kinds()[query.kind].label
    if query.kind == FIGURE and query.units:
        asked += f"（{'、'.join(query.units[:4])}{'等' if len(query.units) > 4 else ''}）"
    if query.series:
        asked += "，历年或对比"
    if query.target:
        asked += "，目标值"
    pairs = (
        ("问的是", asked),
        ("年份", "、".join(map(str, query.years))),
        ("主体", "、".join(query.entities)),
        ("指标", "、".join(query.indicators)),
    )
    return tuple((name, value) for name, value in pairs if value)
