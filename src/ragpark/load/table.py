"""A table → one line per row, each figure beside the name of its column: `指标：产值；2023年：12亿元`.

Which figures the cells hold is not judged here; a line brings along where its cells stand. `headers` says which rows
name the columns, `groups` what a row stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ragpark.load.cells import Cell, Grid, Row, bare_number, distinct, is_empty, is_figure, place_spans, text_at
from ragpark.load.groups import Groups, Under
from ragpark.load.headers import column_names, n_header_rows, runs_down, with_further
from ragpark.load.label_rows import label_pairs
from ragpark.records import RawLine, Table, TableRow
from ragpark.zh.column_names import (
    YEAR_CELL,
    holds_no_figures,
    is_relative,
    is_total,
    names_measures,
    names_years,
    says_nothing,
)
from ragpark.zh.header_units import caption_units, is_unit, unit_of
from ragpark.zh.wording import notion, rx

__all__ = ["Cell", "Grid", "TableLine", "bare_number", "caption_of", "is_figure", "linearise", "n_header_rows"]
__all__ += ["place_spans"]


@dataclass(frozen=True, slots=True)
class TableLine:
    """The text of row `y` (from 0), where its cells stand in it, and the table that the row belongs to."""

    y: int
    text: str
    row: TableRow
    table: Table

    def raw(self, place: int) -> RawLine:
        return RawLine(self.text, place, solid=True, row=self.row, table=self.table)


_UNIT_LINE = r"[（(]?{unit_column}\s*[:：]"
_MAX_CAPTION_CHARS = 60


def linearise(
    grid: Grid,
    header_rows: int | None = None,
    above: Iterable[str] = (),
    left: int = 0,
    table: Table | None = None,
    *,
    blank_holds_on: bool = False,
) -> list[TableLine]:
    """Return a line for every body row with text, and for titles that fill a whole row.

    `header_rows` counts the rows of column names where the format knows them; else they are worked out, see `headers`.
    Empty cells are skipped; a cell merged across columns is named once, with all its columns; one merged down rows is
    repeated in each, for each line stands alone; with `blank_holds_on`, where a format has or needs no merged cells,
    so is the first cell of rows that leave it blank. A year is written as one (`2023` in the header → `2023年`), a part with what it is part of (`其中：…` → `产值，其中：…`), and a
    bare figure with the unit of the caption. `above` are the lines before the table that may be its caption, `left`
    is the column of the sheet it begins in, and `table` the one that it goes on with, if it has no names of its own.
    """
    if pairs := label_pairs(grid):
        alone = Table((), left=left)
        return [TableLine(y, text, TableRow(0, len(text), ((0, len(text), left),)), alone) for y, text in pairs]
    first = 0
    titles: list[tuple[int, Row]] = []
    while first < len(grid) and (header_rows is None or first < header_rows - 1) and _is_title(grid[first]):
        if distinct(grid[first]):
            titles.append((first, grid[first]))  # a caption, or `单位：亿元`
        first += 1
    rest = grid[first:]
    count = n_header_rows(rest) if header_rows is None else with_further(rest, max(header_rows - first, 0))
    if count and len(rest) == count:  # nothing but column names: keep them as text
        count, table = 0, None
    across = ""
    if count or table is None:
        caption = [*caption_of(above), *(" ".join(cell.text for cell in distinct(row)) for _, row in titles)]
        width = max((len(row) for row in grid), default=0) if count else 0
        columns = tuple(column_names(rest, count, width))
        if runs_down(rest, count):
            across, columns = text_at(rest[0], 0), ((), *columns[1:])
        table = Table(columns, " ".join(caption), left, across=across)
    header = {_texts(row) for row in rest[:count]}
    kept: list[list[Cell | None]] = [[] if _repeats(row, header) else list(row) for row in rest[count:]]
    if blank_holds_on:
        _fill_down(kept)
    body = [(first + count + y, row) for y, row in enumerate(kept) if distinct(row)]
    return _Lines(table, left, grid).read(titles, rest[0] if across else None, first, body)


def caption_of(above: Iterable[str]) -> list[str]:
    """Return those of the lines before a table that name it or its unit, `表2 主要指标（单位：亿元）`; not sentences."""
    found: list[str] = []
    for line in list(above)[-3:]:
        text = line.strip()
        is_name = len(text) <= _MAX_CAPTION_CHARS and not re.search(r"[。；;！？，]", text)
        found = [*found, text] if is_name and re.search(r"\w", text) else []
    named = any(rx(r"{unit_column}\s*[:：]|{table_number}").match(text) or caption_units(text) for text in found)
    return found if named else found[-1:]


def _is_title(row: Row) -> bool:
    """Tell whether a row above the names is empty, one cell, or a title with the unit at its right end."""
    cells = distinct(row)
    return len(cells) <= 1 or (len(cells) <= 3 and bool(rx(_UNIT_LINE).match(cells[-1].text)))


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell is not None and cell.text)


def _repeats(row: Row, header: set[tuple[str, ...]]) -> bool:
    """Tell whether the row says the names of the columns again, as on the top of a page."""
    texts = _texts(row)
    return len(texts) > 1 and texts in header


def _fill_down(rows: Sequence[list[Cell | None]]) -> None:
    """Put the first cell of a row into the rows under it that leave it blank.

    `甲区 | 产值 | 1` over ` | 税收 | 2`: the second row is of 甲区 too. A row of a total is left alone, and so is every
    row of a table whose second column holds figures.
    """
    labelled = [row for row in rows if len(distinct(row)) > 1]
    if any(not text_at(row, 1) or is_figure(text_at(row, 1)) for row in labelled):
        return
    above: Cell | None = None
    for row in rows:
        if text_at(row, 0):
            above = row[0] if len(distinct(row)) > 1 else None
        elif above is not None and len(distinct(row)) > 1 and not is_total(text_at(row, 1)):
            row[0] = above


class _Lines:
    """The lines of one table."""

    def __init__(self, table: Table, left: int, grid: Grid) -> None:
        self._table = table
        self._left = left
        self._names = [_join(table.names(left + x)) for x in range(max((len(row) for row in grid), default=0))]
        units = caption_units(table.caption)
        levels = [unit for unit in units if unit != "%" or len(units) == 1]
        self._unit = levels[0] if len(levels) == 1 else ""  # of two units, nobody says which is a cell's
        self._percent = "%" if "%" in units else ""
        if _holds_labels(self._names, grid):
            self._names = []

    def read(
        self, titles: Sequence[tuple[int, Row]], records: Row | None, top: int, body: Sequence[tuple[int, Row]]
    ) -> list[TableLine]:
        lines = [self._title(y, row) for y, row in titles]
        if records is not None:
            out = _Writer(self._left)
            for cell in distinct(records):
                out.add("：" if len(out.cells) == 1 else "；", cell.text.rstrip("：: "), records.index(cell))
            lines.append(self._made(top, out))
        if not any(self._names):
            return lines + [self._unnamed(y, row) for y, row in body]
        groups = Groups([row for _, row in body])
        for (y, row), under in zip(body, groups.read(), strict=True):
            lines.append(self._named(y, row, under) if len(distinct(row)) > 1 else self._title(y, row))
        return lines

    def _title(self, y: int, row: Row) -> TableLine:
        out = _Writer(self._left)
        for cell in distinct(row):
            out.add(" " if out.cells else "", cell.text, row.index(cell))
        return self._made(y, out)

    def _made(self, y: int, out: _Writer, group: str = "") -> TableLine:
        return TableLine(y, out.text, TableRow(0, len(out.text), tuple(out.cells), group), self._table)

    def _named(self, y: int, row: Row, under: Under) -> TableLine:
        """Return a row of several cells in a table with column names; it says what it stands under."""
        out = _Writer(self._left)
        cells = distinct(row)
        for cell in cells:
            at = [x for x, other in enumerate(row) if other is cell]
            named = [self._names[x] for x in at if x < len(self._names) and self._names[x]]
            name = "、".join(dict.fromkeys(named)).rstrip("：: ")
            own = cell.text
            if names_years(name) and YEAR_CELL.fullmatch(own) and not own.endswith(("年", "度")):
                own += "年"
            elif bare_number(own):
                name = self._with_unit(name, row)
            lead = under.lead if cell is cells[0] else ""
            out.add(f"{name}：{lead}" if name else lead or "；", own, at[0])
        return self._made(y, out, under.group)

    def _with_unit(self, name: str, row: Row) -> str:
        """Return the column's name with the unit of the caption, where neither it nor the row has one of its own."""
        if not name or unit_of(name) or names_years(name) or holds_no_figures(name):
            return name
        if any(
            cell is not None
            and cell.text
            and (unit_of(cell.text) or (notion("unit_column").fullmatch(column) and is_unit(cell.text)))
            for cell, column in zip(row, self._names, strict=False)
            if cell is None or not bare_number(cell.text)
        ):
            return name
        unit = self._percent if is_relative(name) else self._unit
        return f"{name}（{unit}）" if unit else name

    def _unnamed(self, y: int, row: Row) -> TableLine:
        """Return a row of a table without column names: a pair `索引号：2023-15`, else cells side by side."""
        cells = distinct(row)
        if len(cells) == 1:
            return self._title(y, row)
        out = _Writer(self._left)
        if len(cells) == 2 and not cells[1].header:
            name, value = cells
            label = name.text.rstrip("：: ")
            out.add("", label if _is_label(label) else name.text, row.index(name))
            out.add("：" if _is_label(label) else "；", value.text, row.index(value))
            return self._made(y, out)
        named = False
        for cell in cells:  # a header cell names the next one
            text = cell.text.rstrip("：: ") if cell.header else cell.text
            out.add("：" if named and not cell.header else "；", text, row.index(cell))
            named = cell.header
        return self._made(y, out)


class _Writer:
    """The text of a row being put together, with the place of each cell in it."""

    def __init__(self, left: int) -> None:
        self.text = ""
        self.cells: list[tuple[int, int, int]] = []
        self._left = left

    def add(self, lead: str, text: str, x: int) -> None:
        """Add a cell's text after `lead`; a cell after the first is set apart by `；` if `lead` is a name."""
        if not self.cells:
            lead = "" if lead in ("：", "；") else lead
        elif lead not in ("：", "；", " "):
            lead = f"；{lead}"
        self.text += lead
        self.cells.append((len(self.text), len(self.text) + len(text), self._left + x))
        self.text += text


def _holds_labels(names: Sequence[str], grid: Grid) -> bool:
    """Tell whether a table gives labels, each with what it stands for, in words too: `项目 | 内容` over `负责人 | 赵某`."""
    if len(names) != 2 or not names_measures(names[0]) or not says_nothing(names[1]):
        return False
    values = [text for row in grid if (text := text_at(row, 1)) and text != names[1]]
    plain = not names[1] or not (is_relative(names[1]) or unit_of(names[1]))
    return plain and not all(is_figure(text) or is_empty(text) for text in values)


def _is_label(text: str) -> bool:
    return len(text) <= 20 and not re.search(r"[，。；：]", text)


def _join(path: Sequence[str]) -> str:
    """Join the names above a column: `2023年` over `产值` is `2023年产值`."""
    name = ""
    for text in path:
        name += f" {text}" if re.search(r"[A-Za-z0-9]$", name) and re.match(r"[A-Za-z0-9]", text) else text
    return name
