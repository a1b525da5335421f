"""The tables of a page from its characters and ruling lines: where they stand and the grid of their cells.

Knows nothing of PDF. What is not clearly a table is left to be read as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ragpark.load.table import Cell, is_figure

_SNAP = 3.0  # points: lines nearer than this are one line, ends nearer than this meet
_LOOK_BACK = 200  # lines that stand at about the same place
_LONG_CELL = 150  # characters: mostly cells like this are columns of text between rules, not a table
_NO_VALUE = re.compile(r"[-–—―…·./*]{1,4}|无")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points; `made_up` for spaces and line ends that no font drew, whose box is empty."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    made_up: bool = False

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: vertical at x = `at` from y = `low` to `high`, or horizontal at y = `at`, x from low to high."""

    vertical: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its cells, row by row (merged cells the same object everywhere), and its box in points."""

    cells: list[list[Cell | None]]
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, glyph: Glyph) -> bool:
        return self.left <= glyph.x <= self.right and self.bottom <= glyph.y <= self.top


def ruled_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[PageTable]:
    """Return the tables between ruling lines, from the top of the page down.

    At least two rows and two columns, rules that cross or meet, text in most rows; sides may be open, as statistical
    tables are printed. A frame around text, and columns of running text between rules, are no tables.
    """
    drawn = [glyph for glyph in glyphs if not glyph.made_up and glyph.text.strip()]
    found = [table for group in _groups(_merged(rules)) if (table := _table(group, drawn))]
    inner = [a for a in found if not any(a is not b and _inside(a, b) for b in found)]
    return sorted(inner, key=lambda table: (-table.top, table.left))


def may_hold_table(rules: Sequence[Rule]) -> bool:
    """Tell whether some of the lines make a lattice, so that it is worth reading the places of the characters."""
    return any(_lattice(group) for group in _groups(_merged(rules)))


def _inside(one: PageTable, other: PageTable) -> bool:
    middle = Glyph("", one.left, one.bottom, one.right, one.top)
    return other.holds(middle) and one.right - one.left < other.right - other.left


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines with those that lie on one another, or go on where another ends, made one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.vertical, r.at, r.low, r.high)):
        near = (
            index
            for index in range(len(found) - 1, max(len(found) - _LOOK_BACK, 0) - 1, -1)
            if (other := found[index]).vertical == rule.vertical
            and rule.at - other.at <= _SNAP
            and rule.low <= other.high + _SNAP
            and other.low <= rule.high + _SNAP
        )
        index = next(near, None)
        if index is None:
            found.append(rule)
        else:
            other = found[index]
            found[index] = Rule(rule.vertical, other.at, min(rule.low, other.low), max(rule.high, other.high))
    return [rule for rule in found if rule.high - rule.low > 2 * _SNAP]


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines that cross or meet one another, directly or by others."""
    owner = list(range(len(rules)))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    across = [(i, rule) for i, rule in enumerate(rules) if not rule.vertical]
    for i, rule in enumerate(rules):
        for j, other in across if rule.vertical else ():
            if other.low - _SNAP <= rule.at <= other.high + _SNAP and rule.low - _SNAP <= other.at <= rule.high + _SNAP:
                owner[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return [groups[key] for key in sorted(groups)]


def _table(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> PageTable | None:
    lattice = _lattice(rules)
    if lattice is None:
        return None
    upright, level, xs, ys = lattice
    box = PageTable([], xs[0], ys[-1], xs[-1], ys[0])
    inside = [glyph for glyph in glyphs if box.holds(glyph)]
    regions = _regions(xs, ys, upright, level)
    if regions is None:
        return None
    held: dict[int, list[Glyph]] = {region: [] for row in regions for region in row}
    for glyph in inside:
        row = next((i for i, (high, low) in enumerate(pairwise(ys)) if low <= glyph.y <= high), None)
        column = next((i for i, (low, high) in enumerate(pairwise(xs)) if low <= glyph.x <= high), None)
        if row is not None and column is not None:
            held[regions[row][column]].append(glyph)
    grid = _cells(regions, {region: _lines(held[region]) for region in sorted(held)})
    if grid is None or not _readable(grid):
        return None
    return PageTable(grid, xs[0] - 1, ys[-1] - 1, xs[-1] + 1, ys[0] + 1)


def _lattice(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule], list[float], list[float]] | None:
    """Return upright and level lines and where they stand, x from the left, y from the top; None for too few."""
    upright, level = [r for r in rules if r.vertical], [r for r in rules if not r.vertical]
    if not upright or len(level) < 2:
        return None
    xs, ys = _positions(upright, level), _positions(level, upright)[::-1]
    return (upright, level, xs, ys) if len(xs) > 2 and len(ys) > 1 else None


def _positions(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[float]:
    """Return where the lines stand, in order, and the open sides: where most of the crossing lines end beyond them."""
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > _SNAP:
            found.append(at)
    ends = (median(rule.low for rule in crossing), median(rule.high for rule in crossing))
    if found and ends[0] < found[0] - 2 * _SNAP:
        found.insert(0, ends[0])
    if found and ends[1] > found[-1] + 2 * _SNAP:
        found.append(ends[1])
    return found


def _regions(
    xs: Sequence[float], ys: Sequence[float], upright: Sequence[Rule], level: Sequence[Rule]
) -> list[list[int]] | None:
    """Return for each field of the lattice the number of its cell: fields without a line between them are one cell.

    None where a cell is no rectangle.
    """
    width, height = len(xs) - 1, len(ys) - 1
    owner = list(range(width * height))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    for row in range(height):
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not _drawn(upright, xs[column + 1], ys[row + 1], ys[row]):
                owner[root(here + 1)] = root(here)
            if row + 1 < height and not _drawn(level, ys[row + 1], xs[column], xs[column + 1]):
                owner[root(here + width)] = root(here)
    regions = [[root(row * width + column) for column in range(width)] for row in range(height)]
    places: dict[int, list[tuple[int, int]]] = {}
    for y, line in enumerate(regions):
        for x, region in enumerate(line):
            places.setdefault(region, []).append((y, x))
    for fields in places.values():
        rows, columns = {y for y, _ in fields}, {x for _, x in fields}
        if len(rows) * len(columns) != len(fields):
            return None
    return regions


def _drawn(rules: Sequence[Rule], at: float, low: float, high: float) -> bool:
    """Tell whether lines at `at` cover most of the way from `low` to `high`."""
    covered = sum(max(0.0, min(rule.high, high) - max(rule.low, low)) for rule in rules if abs(rule.at - at) <= _SNAP)
    return covered >= 0.6 * (high - low)


@dataclass(frozen=True, slots=True)
class _TextLine:
    text: str
    y: float
    height: float
    left: float


def _lines(glyphs: Sequence[Glyph]) -> list[_TextLine]:
    """Return the lines of the characters of a cell, from the top down."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.left)):
        if rows and rows[-1][0].y - glyph.y < 0.5 * (rows[-1][0].top - rows[-1][0].bottom):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    found = []
    for row in rows:
        row.sort(key=lambda g: g.left)
        text = ""
        for before, glyph in zip([None, *row], row, strict=False):
            gap = glyph.left - before.right if before else 0.0
            text += (" " if gap > 0.2 * (glyph.top - glyph.bottom) else "") + glyph.text
        found.append(_TextLine(_together(text), row[0].y, row[0].top - row[0].bottom, row[0].left))
    return found


def _together(text: str) -> str:
    """Return the text with spaces only beside Latin letters and figures: `指    标` → `指标`, `R&D 经费` stays."""
    return re.sub(r"(?<![A-Za-z0-9]) +(?![A-Za-z0-9])", "", text).strip()


def _joined(lines: Sequence[_TextLine]) -> str:
    text = ""
    for line in lines:
        text += " " if re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z]", line.text) else ""
        text += line.text
    return text


def _cells(regions: Sequence[Sequence[int]], texts: dict[int, list[_TextLine]]) -> list[list[Cell | None]] | None:
    """Return the grid of cells; a row without rules between its lines of figures is taken apart, see `_split`."""
    indents = _indents(regions, texts)
    cells = {
        region: Cell(text, indent=indents.get(region, 0)) for region, lines in texts.items() if (text := _joined(lines))
    }
    grid: list[list[Cell | None]] = []
    for y, row in enumerate(regions):
        alone = all(region not in other for region in row for i, other in enumerate(regions) if i != y)
        lines = [texts[region] for region in dict.fromkeys(row)]
        if alone and y and (parts := _split(lines)) is not None:
            if not parts:
                return None
            at = {region: index for index, region in enumerate(dict.fromkeys(row))}
            grid += [[part[at[region]] for region in row] for part in parts]
        else:
            grid.append([cells.get(region) for region in row])
    return grid


def _split(row: Sequence[Sequence[_TextLine]]) -> list[list[Cell | None]] | None:
    """Return the rows of a band whose rows no rule parts, [] where they cannot be told apart, None for one row.

    Two columns at least hold several figures below one another: `2.4` over `2.5` are two rows; `研发` over `经费` beside
    one figure is one label. The lines of all the cells must stand level with the rows of figures.
    """
    stacked = [cell for cell in row if len(cell) > 1 and all(is_figure(line.text) for line in cell)]
    if not stacked:
        return None
    marks = max(stacked, key=len)
    parts: list[list[Cell | None]] = [[None] * len(row) for _ in marks]
    for x, cell in enumerate(row):
        for line in cell:
            near = [i for i, mark in enumerate(marks) if abs(mark.y - line.y) <= 0.4 * mark.height]
            if len(near) != 1 or parts[near[0]][x] is not None:
                return []
            parts[near[0]][x] = Cell(line.text)
    return parts


def _indents(regions: Sequence[Sequence[int]], texts: dict[int, list[_TextLine]]) -> dict[int, int]:
    """Return by how many characters the cells of the first column are set in, where most begin at the same place."""
    first = [(region, texts[region][0]) for region in dict.fromkeys(row[0] for row in regions[1:]) if texts[region]]
    if len(first) < 3:
        return {}
    edge = min(line.left for _, line in first)
    level = [line for _, line in first if line.left - edge < 0.5 * line.height]
    if 2 * len(level) < len(first):
        return {}
    return {region: round((line.left - edge) / line.height) for region, line in first}


def _readable(grid: Sequence[Sequence[Cell | None]]) -> bool:
    texts = [[cell for cell in dict.fromkeys(row) if cell and cell.text] for row in grid]
    filled = [row for row in texts if len(row) > 1]
    every = [cell for row in texts for cell in row]
    return (
        len(filled) >= 2
        and 2 * len(filled) >= len([row for row in texts if row])
        and 3 * sum(len(cell.text) > _LONG_CELL for cell in every) < len(every)
    )


def aligned_tables(glyphs: Sequence[Glyph]) -> list[PageTable]:
    """Return the tables without upright rules whose columns stand clearly apart, from the top of the page down.

    At least three lines below one another with the same number of words far apart, each under the same one of the
    line above: names first, then a label and figures in every line. A line with a cell missing or running over ends
    the table, for nobody says what belongs where.
    """
    drawn = [glyph for glyph in glyphs if not glyph.made_up and glyph.text.strip()]
    rows = [_words(line) for line in _glyph_lines(drawn)]
    found: list[PageTable] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and len(rows[at]) > 1 and _aligned(rows[at:end], rows[end]):
            end += 1
        table = _aligned_table(rows[at:end])
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


def _glyph_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.left)):
        if lines and lines[-1][0].y - glyph.y < 0.5 * (lines[-1][0].top - lines[-1][0].bottom):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.left) for line in lines]


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
            _joined(_lines(group)),
            group[0].left,
            group[-1].right,
            min(g.bottom for g in group),
            max(g.top for g in group),
        )
        for group in groups
    ]


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


def _aligned_table(rows: Sequence[Sequence[_Word]]) -> PageTable | None:
    if len(rows) < 3 or len(rows[0]) < 3 or any(is_figure(word.text) for word in rows[0]):
        return None
    if not all(is_figure(w.text) or _NO_VALUE.fullmatch(w.text) for row in rows[1:] for w in row[2:]):
        return None
    labels = [row[0].text for row in rows[1:]]
    if any(is_figure(label) or len(label) > 30 for label in labels):
        return None
    every = [word for row in rows for word in row]
    return PageTable(
        [[Cell(word.text) for word in row] for row in rows],
        min(w.left for w in every) - 1,
        min(w.bottom for w in every),
        max(w.right for w in every) + 1,
        max(w.top for w in every),
    )
