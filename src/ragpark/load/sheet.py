"""A sheet of cells → its tables, one after the other: blank rows and columns part them. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ragpark.load.cells import Cell, Grid, is_figure
from ragpark.load.headers import n_header_rows
from ragpark.load.table import linearise
from ragpark.records import RawLine, Table

Rows = Sequence[Sequence[Cell | None]]


def sheet_lines(rows: Rows, before: int = 0) -> Iterator[RawLine]:
    """Yield a line for each row with text; row y is place `before + y + 1`.

    A table without column names that begins with figures goes on with the names of the one above it: a blank row
    inside a table parts nothing. A title or unit that stands alone above a table is its caption.
    """
    last: list[str] = []
    tables: list[Table] = []
    for top, left, grid in _blocks(rows):
        known = next((table for table in reversed(tables) if _is_rest(grid, left, table)), None)
        for line in linearise(grid, None, last, left, known):
            yield line.raw(before + top + line.y + 1)
            last = [*last[-2:], line.text]
            if line.table.columns and line.table not in tables[-1:]:
                tables = [*tables[-9:], line.table]


def _is_rest(grid: Grid, left: int, table: Table) -> bool:
    """Tell whether the block is a further part of the table: the same columns, and figures from its first row on."""
    width = max(map(len, grid))
    inside = table.left <= left and left + width <= table.left + len(table.columns)
    body = next((row for row in grid if len({cell for cell in row if cell}) > 1), None)
    return (
        inside and body is not None and not n_header_rows([body, *grid]) and any(c and is_figure(c.text) for c in body)
    )


def _blocks(rows: Rows) -> Iterator[tuple[int, int, Grid]]:
    """Yield (first row, first column, cells) of each run of rows without a blank one, parted at blank columns."""
    filled = [any(cell is not None and cell.text for cell in row) for row in rows]
    for full, numbers in groupby(range(len(rows)), key=lambda y: filled[y]):
        if not full:
            continue
        ys = list(numbers)
        block = [rows[y] for y in ys]
        for left, right in _columns(block):
            grid = [row[left:right] for row in block]
            if any(cell is not None and cell.text for row in grid for cell in row):
                yield ys[0], left, grid


def _columns(block: Rows) -> list[tuple[int, int]]:
    """Return the column spans of tables side by side: each at least two columns and two rows; else one span for all."""
    width = max(map(len, block))
    used = [any(x < len(row) and (cell := row[x]) is not None and cell.text for row in block) for x in range(width)]
    spans = []
    for full, numbers in groupby(range(width), key=lambda x: used[x]):
        xs = list(numbers)
        if full:
            spans.append((xs[0], xs[-1] + 1))
    whole = (spans[0][0], spans[-1][1])
    if len(spans) < 2:
        return [whole]
    for left, right in spans:
        n_rows = sum(sum(cell is not None and bool(cell.text) for cell in row[left:right]) > 1 for row in block)
        if right - left < 2 or n_rows < 2:
            return [whole]
    return spans
