"""A table → one line per row, each figure beside the name of its column: `指标：产值；2023年：12亿元`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; where it spans rows or columns the same object stands in every place of the grid it covers."""

    text: str
    header: bool = False


Grid = Sequence[Sequence[Cell | None]]

_YEARLIKE = re.compile(r"^(19|20)\d\d(年度?)?(\d{1,2}月|[一二三四]季度|[上下]半年)?$")
_FIGURE = re.compile(r"^[-+−≥≤<>约近超]?\s*\d[\d,，.]*\s*(%|％|‰|[万亿]?[\u4e00-\u9fff]{0,3}|[A-Za-z/]{0,6})$")
_MAX_SPAN = 200
_MAX_HEADER_CHARS = 40


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


def linearise(grid: Grid, header_rows: int | None = None) -> list[tuple[int, str]]:
    """Return (row number from 0, line) for every body row with text, and for titles that fill a whole row.

    `header_rows` counts the rows of column names where the format knows them; else they are worked out: rows of
    header cells, else a first row of labels over figures. Empty cells are skipped; a cell merged across columns is
    named once, with all its columns; one merged down rows is repeated in each, for each line stands alone.
    """
    lines: list[tuple[int, str]] = []
    first = 0
    while first < len(grid) and header_rows is None and len(_distinct(grid[first])) <= 1:
        lines += [(first, cell.text) for cell in _distinct(grid[first])]  # a caption, or `单位：亿元`
        first += 1
    count = _header_rows(grid[first:]) if header_rows is None else header_rows
    width = max((len(row) for row in grid), default=0)
    names = [_column_name([row[x] for row in grid[first : first + count] if x < len(row)]) for x in range(width)]
    for y in range(first + count, len(grid)):
        if line := _line(grid[y], names):
            lines.append((y, line))
    if count and len(grid) == first + count:  # nothing but column names: keep them as text
        for y in range(first, len(grid)):
            if line := _line(grid[y], []):
                lines.append((y, line))
    return lines


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell is not None and cell.text]


def _header_rows(grid: Grid) -> int:
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
    if any(len(cell.text) > _MAX_HEADER_CHARS or _is_figure(cell.text) for cell in first):
        return 0
    # Merged names over sub-names: the labels go on while a name of the first row reaches down or across.
    count = 1 + max((_reach(grid, cell) for cell in dict.fromkeys(first)), default=0)
    spread = any(first.count(cell) > 1 for cell in first)
    if spread and count == 1 and len(grid) > 2 and not any(_is_figure(cell.text) for cell in _distinct(grid[1])):
        count = 2
    body = grid[count:]
    if len(first) == 2 and not any(len(row) > 1 and (cell := row[1]) and _is_figure(cell.text) for row in body):
        return 0
    return count if body else 0


def _reach(grid: Grid, cell: Cell) -> int:
    """Return over how many rows below the first one `cell` is merged."""
    down = 0
    while down + 1 < len(grid) and cell in grid[down + 1]:
        down += 1
    return down


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text)) and not _YEARLIKE.match(text)


def _column_name(cells: Sequence[Cell | None]) -> str:
    """Join the names above a column, outermost first: `2023年` over `产值` is `2023年产值`."""
    name = ""
    for text in (cell.text for cell in dict.fromkeys(cells) if cell and cell.text):
        name += f" {text}" if re.search(r"[A-Za-z0-9]$", name) and re.match(r"[A-Za-z0-9]", text) else text
    return name


def _line(row: Sequence[Cell | None], names: Sequence[str]) -> str:
    """Return `name：text；name：text` for one row; a header cell in a row without column names names the next one."""
    cells = _distinct(row)
    if len(cells) == 1:
        return cells[0].text  # a row that is one cell: a group's name, `单位：亿元`, a note
    parts: list[str] = []
    if any(names):
        for cell in cells:
            columns = [names[x] for x, other in enumerate(row) if other is cell and x < len(names) and names[x]]
            name = "、".join(dict.fromkeys(columns)).rstrip("：: ")
            parts.append(f"{name}：{cell.text}" if name else cell.text)
        return "；".join(parts)
    if len(cells) == 2 and not cells[1].header:
        return _pair(cells[0].text, cells[1].text)
    side = ""
    for cell in cells:
        if cell.header:
            parts += [side] if side else []
            side = cell.text.rstrip("：: ")
        else:
            parts.append(f"{side}：{cell.text}" if side else cell.text)
            side = ""
    return "；".join([*parts, side] if side else parts)


def _pair(name: str, value: str) -> str:
    """Join a two-column row without column names: `索引号：2023-15` where the first cell is a label, else with `；`."""
    label = name.rstrip("：: ")
    return f"{label}：{value}" if len(label) <= 20 and not re.search(r"[，。；：]", label) else f"{name}；{value}"
