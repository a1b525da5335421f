"""The tables of a page whose columns only stand apart, without upright rules.

Knows nothing of PDF. What is not clearly a table is left to be read as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragpark.load.pdf_geometry import Glyph, PageTable, Part, drawn, glyph_lines, joined, text_lines
from ragpark.load.table import Cell, is_figure
from ragpark.zh.header_units import is_unit

_NO_VALUE = re.compile(r"[-–—―…·./*]{1,4}|无")
_EDGE_LINES = 4  # how far from the page's end the names of a table cut off can stand, and its rows from the next's top


def aligned_tables(glyphs: Sequence[Glyph]) -> list[PageTable]:
    """Return the tables without upright rules whose columns stand clearly apart, from the top of the page down.

    At least three lines below one another with the same number of words far apart, each under the same one of the
    line above: names first, then a label and figures in every line. A line with a cell missing or running over ends
    the table, for nobody says what belongs where. At the page's end names may stand alone, at its top rows without.
    """
    rows = _with_units([_words(line) for line in glyph_lines(drawn(glyphs))])
    found: list[PageTable] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and len(rows[at]) > 1 and _aligned(rows[at:end], rows[end]):
            end += 1
        table = _whole(rows[at:end])
        if table is None and at < _EDGE_LINES:
            table = _rows(rows[at:end])
        if table is None and at >= len(rows) - _EDGE_LINES and end == at + 1:
            table = _names(rows[at])
        if table:
            found.append(table)
        at = end if table else at + 1
    return found


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def _words(line: Sequence[Glyph]) -> list[_Word]:
    """Return the pieces of a line that stand more than a character apart."""
    groups: list[list[Glyph]] = []
    for glyph in line:
        if groups and glyph.left - groups[-1][-1].right <= 0.9 * (glyph.top - glyph.bottom):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [
        _Word(
            joined(text_lines(group)),
            group[0].left,
            group[-1].right,
            min(g.bottom for g in group),
            max(g.top for g in group),
        )
        for group in groups
    ]


def _with_units(rows: Sequence[Sequence[_Word]]) -> list[Sequence[_Word]]:
    """Return the lines, a row of units taken into the names right above it: `人数` over `万人` → `人数（万人）`."""
    found: list[Sequence[_Word]] = []
    for row in rows:
        names = found[-1] if found else []
        over = [
            [x for x, name in enumerate(names) if name.left < word.right and word.left < name.right] for word in row
        ]
        near = len(names) > 2 and names[0].bottom - row[0].top < 1.5 * (row[0].top - row[0].bottom)
        if near and all(is_unit(word.text) for word in row) and all(len(at) == 1 for at in over) and _names(names):
            units = {at[0]: word for at, word in zip(over, row, strict=True)}
            found[-1] = [_named(name, units.get(x), row[0].bottom) for x, name in enumerate(names)]
        else:
            found.append(row)
    return found


def _named(name: _Word, unit: _Word | None, bottom: float) -> _Word:
    if unit is None:
        return _Word(name.text, name.left, name.right, bottom, name.top)
    left, right = min(name.left, unit.left), max(name.right, unit.right)
    return _Word(f"{name.text}（{unit.text}）", left, right, bottom, name.top)


def _aligned(rows: Sequence[Sequence[_Word]], row: Sequence[_Word]) -> bool:
    """Tell whether the line goes on with the columns of those above it, at most two and a half lines below."""
    if len(row) != len(rows[-1]) or rows[-1][0].bottom - row[0].top > 1.5 * (row[0].top - row[0].bottom):
        return False
    columns = [[*(above[x] for above in rows), row[x]] for x in range(len(row))]
    if any(max(w.right for w in one) >= min(w.left for w in other) for one, other in pairwise(columns)):
        return False
    return all(_edge(column) for column in columns)


def _edge(column: Sequence[_Word]) -> bool:
    """Tell whether the words begin, end, or are centred at one place."""
    size = column[0].top - column[0].bottom
    edges: tuple[Callable[[_Word], float], ...] = (
        lambda w: w.left,
        lambda w: w.right,
        lambda w: (w.left + w.right) / 2,
    )
    return any(max(map(edge, column[1:])) - min(map(edge, column[1:])) < 0.6 * size for edge in edges)


def _whole(rows: Sequence[Sequence[_Word]]) -> PageTable | None:
    if len(rows) < 3 or len(rows[0]) < 3 or any(is_figure(word.text) for word in rows[0]):
        return None
    return _table(rows, "whole") if _are_data(rows[1:]) else None


def _rows(rows: Sequence[Sequence[_Word]]) -> PageTable | None:
    return _table(rows, "rows") if len(rows[0]) > 2 and len(rows) > 1 and _are_data(rows) else None


def _names(row: Sequence[_Word]) -> PageTable | None:
    """Return a line that may name the columns of a table on the next page: `地区  产值  增速`; not a sentence."""
    if len(row) < 3 or any(is_figure(w.text) or len(w.text) > 20 or re.search("[，。；]", w.text) for w in row):
        return None
    return _table([row], "names")


def _are_data(rows: Sequence[Sequence[_Word]]) -> bool:
    """Tell whether every line is a label and figures."""
    if not all(is_figure(w.text) or _NO_VALUE.fullmatch(w.text) for row in rows for w in row[2:]):
        return False
    return not any(is_figure(row[0].text) or len(row[0].text) > 30 for row in rows)


def _table(rows: Sequence[Sequence[_Word]], part: Part) -> PageTable:
    every = [word for row in rows for word in row]
    return PageTable(
        [[Cell(word.text) for word in row] for row in rows],
        min(w.left for w in every) - 1,
        min(w.bottom for w in every),
        max(w.right for w in every) + 1,
        max(w.top for w in every),
        tuple((min(row[x].left for row in rows), max(row[x].right for row in rows)) for x in range(len(rows[0]))),
        False,
        part,
    )
