"""Tables as records: how many rows there are, and which row is highest in the column asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.answer.cut_figure import compared_kind
from ragpark.answer.finding import Finding
from ragpark.answer.labelled import Labelled, by_rows, in_order
from ragpark.answer.library import Library
from ragpark.answer.support import Support
from ragpark.read.context import Statement
from ragpark.read.table_cells import Figure
from ragpark.records import Hit
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.retrieve.wanted import highest_asked
from ragpark.zh.column_names import is_total
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import rx

MAX_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its sentence, the words it begins with, what they stand under, its figures, and its group."""

    doc: str
    statement: Statement
    label: str
    named: str
    figures: tuple[Figure, ...]
    group: str = ""

    @property
    def support(self) -> Support:
        return Support(self.statement, self.doc, 1, 1.0, {})


def ordered_row(library: Library, query: Query, hits: Sequence[Hit]) -> Finding | None:
    """Return the row that is highest or lowest in the column that the question names, or None.

    `计划投资最高的项目是哪个` over a list of projects; where it names none, in that of the growth it asks for. The best
    passage's table is read whole, or, of one in groups, the group that the question names (`哪个行业`).
    """
    if highest_asked(query.question) is None:
        return None
    asked = squeeze(query.question)
    valued: list[Labelled] = []
    growth = compared_kind(query) == "growth"
    for row in _asked_group(query, _rows(library, hits)):
        named = [figure for figure in row.figures if figure.names and squeeze(figure.names[-1]) in asked]
        named = named or [figure for figure in row.figures if growth and figure.kind == "growth"]
        if row.label and len(named) == 1:
            valued.append(Labelled(row.label, named[0].quantity, named[0].kind, row.support))
    return in_order(library, query, valued, f"；共比较{len(valued)}行")


def _asked_group(query: Query, rows: list[Row]) -> list[Row]:
    """Return the rows under the group that the question names the things of, all where it names none."""
    thing = rx("{ask_name}(?P<thing>[一-鿿]{2})").search(squeeze(query.question))
    return [row for row in rows if thing and thing["thing"] in row.group] or rows


def counted_rows(library: Library, query: Query, hits: Sequence[Hit]) -> Finding | None:
    """Return how many rows a table has that the question names and counts: `重点项目清单里有多少个项目`; else None."""
    if query.kind != FIGURE or query.years or not hits:
        return None
    title = squeeze(hits[0].chunk.title)
    asked = squeeze(query.question)
    if not title or title not in asked:
        return None
    rows = _rows(library, hits)
    if len(rows) < 2:
        return None
    rest = asked.replace(title, "", 1)
    noun = next(
        (rows[0].named[:size] for size in (4, 3, 2) if rows[0].named[:size] and rows[0].named[:size] in rest), ""
    )
    if not noun:
        return None
    text = f"{len(rows)}{query.units[0] if query.units else '个'}（按表中逐行计数）"
    return by_rows(library, query, text, [(row.support, ()) for row in (rows[0], rows[-1])])


def _rows(library: Library, hits: Sequence[Hit]) -> list[Row]:
    """Return the rows of the tables in the section of the best hit, totals left out."""
    if not hits:
        return []
    chunk = hits[0].chunk
    found: list[Row] = []
    for statement in library.statements_of(chunk.doc, chunk.section)[:MAX_ROWS]:
        figures = statement.figures
        if not figures:
            continue
        labels = [label for label in figures[0].labels if label]
        label = labels[-1] if labels else ""
        if not is_total(squeeze(label)):
            subjects = figures[0].subjects or ("",)
            group = squeeze(figures[0].labels[0]) if labels and not subjects[0] else ""
            found.append(Row(chunk.doc, statement, label, squeeze(subjects[-1]), figures, group))
    return found
