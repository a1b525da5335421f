"""The cells of a table before anything is read from them: a grid with merged cells laid out, and what a cell looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.zh.column_names import MONTHS, YEARLIKE
from ragpark.zh.header_units import is_unit

_MAX_SPAN = 200
_FIGURE = re.compile(r"^[-+−≥≤<>约近超]?\s*\d[\d,，.]*\s*(%|％|‰|[万亿]?[\u4e00-\u9fff]{0,3}|[A-Za-z/]{0,6})$")
_BARE = re.compile(
    r"[-+−－]?[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:[.．][\d０-９]+)?|[-+−－]?[\d０-９]+(?:[.．][\d０-９]+)?"
)
_MARK = re.compile(r"\[\d[\d,，、–-]*\]$")  # of a note
_YEAR = re.compile(r"(?:19|20)\d\d年")
_NOTHING = re.compile(r"[-–—―…·./／*＊\s]*")  # what stands for no value
_BRACKETED = re.compile(r"[（(\[]\s*([^（）()\[\]]+?)\s*[）)\]]")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; where it spans rows or columns the same object stands in every place of the grid it covers.

    `indent` counts the spaces before its text.
    """

    text: str
    header: bool = False
    indent: int = 0


Row = Sequence[Cell | None]
Grid = Sequence[Row]


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


def distinct(row: Row) -> list[Cell]:
    """Return the cells of a row that hold text, a merged one once."""
    return [cell for cell in dict.fromkeys(row) if cell is not None and cell.text]


def text_at(row: Row, x: int) -> str:
    """Return the text in column x, `` where there is no cell."""
    cell = row[x] if x < len(row) else None
    return cell.text if cell is not None else ""


def bare_number(text: str) -> bool:
    """Tell whether the text is a number and nothing else: `1,840`, `－3.2`, `２８００`; not `5%`, `2023-15`."""
    return bool(_BARE.fullmatch(text))


def is_figure(text: str) -> bool:
    """Tell whether a cell counts something: `1,840`, `5.2%`, `12亿元`, `12[1]`; not a year, a month or a name."""
    text = _MARK.sub("", text)
    year = YEARLIKE.fullmatch(text) or _YEAR.match(text)
    return bool(_FIGURE.match(text)) and not year and not MONTHS.fullmatch(text)


def is_empty(text: str) -> bool:
    """Tell whether the text stands for no value: ``, `—`, `…`."""
    return bool(_NOTHING.fullmatch(text))


def unit_in(text: str) -> str:
    """Return the unit that the cell is: `亿元`, `（亿元）` → `亿元`; else ``."""
    match = _BRACKETED.fullmatch(text.strip())
    inner = (match[1] if match else text).strip()
    return inner if inner and is_unit(inner) else ""
