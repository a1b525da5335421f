"""A sheet of cells → its tables, one after the other: blank rows and columns and new titles part them; no file format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ragpark.load.cells import Cell, Grid, distinct, is_figure
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
        for line in linearise(grid, None, last, left, known, blank_holds_on=True):
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
    """Yield (first row, first column, cells) of each table: a blank row or column parts them, and so does a new title."""
    filled = [any(cell is not None and cell.text for cell in row) for row in rows]
    for full, numbers in groupby(range(len(rows)), key=lambda y: filled[y]):
        if not full:
            continue
        ys = list(numbers)
        for begin, end in _stacked([rows[y] for y in ys]):
            block = [rows[y] for y in ys[begin:end]]
            for left, right in _columns(block):
                grid = [row[left:right] for row in block]
                if any(cell is not None and cell.text for row in grid for cell in row):
                    yield ys[begin], left, grid


def _stacked(block: Rows) -> list[tuple[int, int]]:
    """Return the row spans of tables that stand one below the other without a blank row.

    A new one begins at a row of one cell (its title) over a row of names, where the rows before it and the row after
    the names hold figures; a row of one cell over figures is a section of the same table.
    """
    starts = [0]
    figures: set[int] = set()  # the columns that held figures since the last start
    for y, row in enumerate(block):
        cells = distinct(row)
        if len(cells) == 1 and figures and y + 2 < len(block):
            names, first = distinct(block[y + 1]), distinct(block[y + 2])
            over = {x for x, cell in enumerate(block[y + 1]) if cell is not None and cell.text}
            named = len(names) > 1 and not any(is_figure(cell.text) for cell in names)
            if named and over & figures and any(is_figure(cell.text) for cell in first[1:]):
                starts.append(y)
                figures = set()
        figures |= {x for x, cell in enumerate(row) if x and cell is not None and is_figure(cell.text)}
    return list(zip(starts, [*starts[1:], len(block)], strict=True))


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
