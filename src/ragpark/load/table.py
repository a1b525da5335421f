"""A table → one line per row, each figure beside the name of its column: `指标：产值；2023年：12亿元`.

Which figures the cells hold is not judged here; a line brings along where its cells stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ragpark.records import RawLine, Table, TableRow
from ragpark.zh.column_names import (
    MONTHS,
    YEAR_CELL,
    YEARLIKE,
    holds_no_figures,
    is_relative,
    names_years,
)
from ragpark.zh.header_units import caption_units, is_unit, unit_of


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; where it spans rows or columns the same object stands in every place of the grid it covers.

    `indent` counts the spaces before its text.
    """

    text: str
    header: bool = False
    indent: int = 0


Grid = Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class TableLine:
    """The text of row `y` (from 0), where its cells stand in it, and the table that the row belongs to."""

    y: int
    text: str
    row: TableRow
    table: Table

    def raw(self, place: int) -> RawLine:
        return RawLine(self.text, place, solid=True, row=self.row, table=self.table)


_FIGURE = re.compile(r"^[-+−≥≤<>约近超]?\s*\d[\d,，.]*\s*(%|％|‰|[万亿]?[\u4e00-\u9fff]{0,3}|[A-Za-z/]{0,6})$")
_BARE = re.compile(
    r"[-+−－]?[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:[.．][\d０-９]+)?|[-+−－]?[\d０-９]+(?:[.．][\d０-９]+)?"
)
_TITLE = re.compile(r"(?:计量)?单位\s*[:：]|(?:附?表)\s?[\d一二三四五六七八九十]+|续表")
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位\s*[:：]")
_NOTE = re.compile(r"(?:注|备注|说明|附注|资料来源|数据来源|来源)\d?\s*[:：]")
_PART = re.compile(r"(?:其中|＃|#)\s*[:：]?\s*")
_UNIT_COLUMN = re.compile(r"(?:计量|数量)?单位")
_MAX_SPAN = 200
_MAX_HEADER_CHARS = 40
_MAX_GROUP_CHARS = 30


def place_spans(rows: Sequence[Sequence[tuple[Cell, int, int]]]) -> list[list[Cell | None]]:
    """Lay rows of (cell, rowspan, colspan) out on a grid, as a browser does. A rowspan of 0 reaches the last row."""
    grid: list[list[Cell | None]] = [[] for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell, rowspan, colspan in row:
            while x < len(grid[y]) and grid[y][x] is not None:
                x += 1
            down = len(rows) - y if rowspan == 0 else min(max(rowspan, 1), _MAX_SPAN, len(rows) - y)
            across = min(max(colspan, 1), _MAX_SPAN)
            for line in grid[y : y + down]:
                line.extend([None] * (x + across - len(line)))
                for column in range(x, x + across):
                    line[column] = line[column] or cell
            x += across
    return grid


def linearise(
    grid: Grid, header_rows: int | None = None, above: Iterable[str] = (), left: int = 0, table: Table | None = None
) -> list[TableLine]:
    """Return a line for every body row with text, and for titles that fill a whole row.

    `header_rows` counts the rows of column names where the format knows them; else they are worked out: rows of
    header cells, else a first row of labels over figures. Empty cells are skipped; a cell merged across columns is
    named once, with all its columns; one merged down rows is repeated in each, for each line stands alone. A year is
    written as one (`2023` in the header → `2023年`), a part with what it is part of (`其中：…` → `产值，其中：…`), and a
    bare figure with the unit of the caption. `above` are the lines before the table that may be its caption, `left`
    is the column of the sheet it begins in, and `table` the one that it goes on with, if it has no names of its own.
    """
    first = 0
    titles: list[tuple[int, Sequence[Cell | None]]] = []
    while first < len(grid) and header_rows is None and _is_title(grid[first]):
        if _distinct(grid[first]):
            titles.append((first, grid[first]))  # a caption, or `单位：亿元`
        first += 1
    count = n_header_rows(grid[first:]) if header_rows is None else header_rows
    if count and len(grid) == first + count:  # nothing but column names: keep them as text
        count, table = 0, None
    if count or table is None:
        caption = [*caption_of(above), *(" ".join(cell.text for cell in _distinct(row)) for _, row in titles)]
        header = grid[first : first + count]
        width = max((len(row) for row in grid), default=0) if count else 0
        columns = (_path([row[x] for row in header if x < len(row)]) for x in range(width))
        table = Table(tuple(columns), " ".join(caption), left)
    return _Lines(table, left).read(grid, titles, first + count)


def caption_of(above: Iterable[str]) -> list[str]:
    """Return those of the lines before a table that name it or its unit, `表2 主要指标（单位：亿元）`; not sentences."""
    found: list[str] = []
    for line in list(above)[-3:]:
        text = line.strip()
        found = [*found, text] if len(text) <= 60 and not re.search(r"[。；;！？，]", text) else []
    return found if any(_TITLE.match(text) or caption_units(text) for text in found) else found[-1:]


def bare_number(text: str) -> bool:
    """Tell whether the text is a number and nothing else: `1,840`, `－3.2`, `２８００`; not `5%`, `2023-15`."""
    return bool(_BARE.fullmatch(text))


class _Lines:
    """The lines of one table, with the group and the whole that the rows stand under."""

    def __init__(self, table: Table, left: int) -> None:
        self._table = table
        self._left = left
        units = caption_units(table.caption)
        levels = [unit for unit in units if unit != "%" or len(units) == 1]
        self._unit = levels[0] if len(levels) == 1 else ""  # of two units, nobody says which is a cell's
        self._percent = "%" if "%" in units else ""
        self._group = self._whole = ""
        self._whole_indent, self._in_parts = 0, False

    def read(self, grid: Grid, titles: Sequence[tuple[int, Sequence[Cell | None]]], body: int) -> list[TableLine]:
        names = [_join(self._table.names(self._left + x)) for x in range(self._width(grid))]
        lines = [self._title(y, row) for y, row in titles]
        for y in range(body, len(grid)):
            if line := self._line(y, grid[y], names if self._table.columns else []):
                lines.append(line)
        return lines

    def _width(self, grid: Grid) -> int:
        return max((len(row) for row in grid), default=0)

    def _title(self, y: int, row: Sequence[Cell | None]) -> TableLine:
        text, cells = "", []
        for cell in _distinct(row):
            text += " " if text else ""
            cells.append((len(text), len(text) + len(cell.text), self._left + row.index(cell)))
            text += cell.text
        return TableLine(y, text, TableRow(0, len(text), tuple(cells)), self._table)

    def _line(self, y: int, row: Sequence[Cell | None], names: Sequence[str]) -> TableLine | None:
        cells = _distinct(row)
        if not cells:
            return None
        if len(cells) == 1:  # a row that is one cell: a group's name, `单位：亿元`, a note
            text = cells[0].text
            names_group = not _NOTE.match(text) and not _UNIT_LINE.match(text) and not bare_number(text)
            if names and len(text) <= _MAX_GROUP_CHARS and names_group:
                self._group, self._whole, self._in_parts = text.strip("：:"), "", False
            return self._title(y, row)
        out = _Writer(self._left)
        group = self._group
        if any(names):
            whole = self._whole_of(cells)
            group = whole or group
            for cell in cells:
                at = [x for x, other in enumerate(row) if other is cell]
                named = [names[x] for x in at if x < len(names) and names[x]]
                name = "、".join(dict.fromkeys(named)).rstrip("：: ")
                own = cell.text
                if names_years(name) and YEAR_CELL.fullmatch(own) and not own.endswith(("年", "度")):
                    own += "年"
                elif bare_number(own):
                    name = self._with_unit(name, row, names)
                part = "" if _PART.match(own) else "其中："
                lead = f"{whole}，{part}" if whole and cell is cells[0] else ""
                if group and not whole and cell is cells[0]:
                    lead = f"{group}·"  # a row stands alone in the text: it says what it stands under
                out.add(f"{name}：{lead}" if name else lead, own, at[0])
        elif len(cells) == 2 and not cells[1].header:
            self._pair(out, row, cells)
        else:
            self._beside(out, row, cells)
        return TableLine(y, out.text, TableRow(0, len(out.text), tuple(out.cells), group), self._table)

    def _whole_of(self, cells: Sequence[Cell]) -> str:
        """Return what the row is a part of: the row before `其中：…`, also for rows set in below that; else ``."""
        label = cells[0]
        if bare_number(label.text):
            return ""
        if _PART.match(label.text) or (self._in_parts and label.indent > self._whole_indent):
            self._in_parts = bool(self._whole)
            return self._whole
        self._whole, self._whole_indent, self._in_parts = label.text.rstrip("：: "), label.indent, False
        return ""

    def _with_unit(self, name: str, row: Sequence[Cell | None], names: Sequence[str]) -> str:
        """Return the column's name with the unit of the caption, where neither it nor the row has one of its own."""
        if not name or unit_of(name) or names_years(name) or holds_no_figures(name):
            return name
        if any(
            cell is not None
            and cell.text
            and (unit_of(cell.text) or (_UNIT_COLUMN.fullmatch(column) and is_unit(cell.text)))
            for cell, column in zip(row, names, strict=False)
            if cell is None or not bare_number(cell.text)
        ):
            return name
        unit = self._percent if is_relative(name) else self._unit
        return f"{name}（{unit}）" if unit else name

    def _pair(self, out: _Writer, row: Sequence[Cell | None], cells: Sequence[Cell]) -> None:
        """Add a two-column row without column names: `索引号：2023-15` where the first cell is a label, else with `；`."""
        name, value = cells
        label = name.text.rstrip("：: ")
        out.add("", label if _is_label(label) else name.text, row.index(name))
        out.add("：" if _is_label(label) else "；", value.text, row.index(value))

    def _beside(self, out: _Writer, row: Sequence[Cell | None], cells: Sequence[Cell]) -> None:
        """Add a row without column names, where a header cell names the next one."""
        named = False
        for cell in cells:
            text = cell.text.rstrip("：: ") if cell.header else cell.text
            out.add("：" if named and not cell.header else "；", text, row.index(cell))
            named = cell.header


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
        elif lead not in ("：", "；"):
            lead = f"；{lead}"
        self.text += lead
        self.cells.append((len(self.text), len(self.text) + len(text), self._left + x))
        self.text += text


def _is_label(text: str) -> bool:
    return len(text) <= 20 and not re.search(r"[，。；：]", text)


def _is_title(row: Sequence[Cell | None]) -> bool:
    """Tell whether a row above the names is empty, one cell, or a title with the unit at its right end."""
    cells = _distinct(row)
    return len(cells) <= 1 or (len(cells) <= 3 and bool(_UNIT_LINE.match(cells[-1].text)))


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell is not None and cell.text]


def n_header_rows(grid: Grid) -> int:
    """Return how many rows at the top name the columns."""
    count = 0
    for row in grid:
        cells = _distinct(row)
        if not cells or not all(cell.header for cell in cells):
            break
        count += 1
    if count or not grid:
        return count
    if any(cell.header for cell in _distinct(grid[0])):
        return 0  # header cells down the side: `发布机构 | 科技局`
    return _label_rows(grid)


def _label_rows(grid: Grid) -> int:
    """Return the number of label rows in a table without header cells, 0 where the first row is data.

    Catches `指标 | 2022年 | 2023年` over figures; leaves `索引号 | 2023-15` (names and values side by side) alone.
    """
    first = [cell for cell in grid[0] if cell]
    if len(grid) < 2 or len(_distinct(grid[0])) < 2:
        return 0
    if any(len(cell.text) > _MAX_HEADER_CHARS or is_figure(cell.text) for cell in first):
        return 0
    # Merged names over sub-names: the labels go on while a name of the first row reaches down or across.
    count = 1 + max((_reach(grid, cell) for cell in dict.fromkeys(first)), default=0)
    spread = any(first.count(cell) > 1 for cell in first)
    if spread and count == 1 and len(grid) > 2 and not any(is_figure(cell.text) for cell in _distinct(grid[1])):
        count = 2
    body = grid[count:]
    if len(first) == 2 and not any(len(row) > 1 and (cell := row[1]) and is_figure(cell.text) for row in body):
        return 0
    return count if body else 0


def _reach(grid: Grid, cell: Cell) -> int:
    """Return over how many rows below the first one `cell` is merged."""
    down = 0
    while cell.text and down + 1 < len(grid) and cell in grid[down + 1]:
        down += 1
    return down


def is_figure(text: str) -> bool:
    year = YEARLIKE.fullmatch(text) or re.match(r"(?:19|20)\d\d年", text)
    return bool(_FIGURE.match(text)) and not year and not MONTHS.fullmatch(text)


def _path(cells: Sequence[Cell | None]) -> tuple[str, ...]:
    """Return the names above a column, outermost first; a year among them is written as one."""
    return tuple(
        f"{text}年" if re.fullmatch(r"(?:19|20)\d\d", text) else text
        for text in (cell.text for cell in dict.fromkeys(cells) if cell and cell.text)
    )


def _join(path: Sequence[str]) -> str:
    """Join the names above a column: `2023年` over `产值` is `2023年产值`."""
    name = ""
    for text in path:
        name += f" {text}" if re.search(r"[A-Za-z0-9]$", name) and re.match(r"[A-Za-z0-9]", text) else text
    return name
