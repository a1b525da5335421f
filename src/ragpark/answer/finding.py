"""The record of what was found for one query: the text to show, where it stands, and how well it is supported."""

from __future__ import annotations

from dataclasses import dataclass

from ragpark.answer.cuts import Cut
from ragpark.answer.support import Support
from ragpark.records import Fact
from ragpark.retrieve.query import Query
from ragpark.zh.bounds import Range, possible

Spans = tuple[tuple[int, int], ...]
Evidence = tuple[Support, Spans]  # a statement, and the answer's spans in its text


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` answers `query`; `spans` are the statements it stands in; `confidence` runs from 0 to 1.

    For a figure `cut` is what was cut out, and `year` the year it is about. `entity` is set where one question asks
    for several places at once. `rivals` are the values that other documents give for the same thing.
    """

    query: Query
    text: str
    spans: tuple[Evidence, ...]
    confidence: float
    year: int | None = None
    cut: Cut | None = None
    entity: str = ""
    rivals: tuple[Fact, ...] = ()

    @property
    def spot(self) -> tuple[str, int, int]:
        """Where it stands: document, statement, and the figure or piece in it, −1 for a whole sentence."""
        return *self.spans[0][0].place, self.cut.start if self.cut else -1

    @property
    def value(self) -> float | None:
        return self.cut.value.value if self.cut and self.cut.value else None

    @property
    def unit(self) -> str:
        return self.cut.value.unit if self.cut and self.cut.value else ""

    @property
    def possible(self) -> Range | None:
        """The range of values that the figure, as printed, stands for."""
        if not self.cut or not self.cut.value:
            return None
        quantity = self.cut.value
        return possible(quantity.text + quantity.shown_unit, quantity.value, quantity.qualifier)

    @property
    def label(self) -> str:
        """What tells this figure from the others of one answer: its place and its time (`2020年上半年`)."""
        year = self.year or (self.query.years[0] if len(self.query.years) == 1 else None)
        return f"{self.entity}{year}年{self.query.part}" if year else self.entity
