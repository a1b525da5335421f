"""The tables of a page that stand between ruling lines: the lattice of the lines, its cells, and the text in them.

Knows nothing of PDF. What is not clearly a table is left to be read as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from ragpark.load.pdf_geometry import Glyph, PageTable, Part, Rule, TextLine, drawn, joined, text_lines
from ragpark.load.table import Cell, bare_number, is_figure

_SNAP = 3.0  # points: lines nearer than this are one line, ends nearer than this meet
_LOOK_BACK = 200  # lines that stand at about the same place
_LONG_CELL = 150  # characters: mostly cells like this are columns of text between rules, not a table
_SHORT_CELL = 40  # characters: a name of a column, or a cell of a row that stands alone on its page


def ruled_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[PageTable]:
    """Return the tables between ruling lines, from the top of the page down.

    At least two rows and two columns, rules that cross or meet, text in most rows; sides may be open, as statistical
    tables are printed. A frame around text, and columns of running text between rules, are no tables. A single row of
    short cells is the part of a table that a page break cut off, if it is one at all.
    """
    inked = drawn(glyphs)
    found = [table for group in _groups(_merged(rules)) if (table := _table(group, inked))]
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
    grid = _cells(regions, {region: text_lines(held[region]) for region in sorted(held)})
    part = _part(grid) if grid else None
    if grid is None or part is None:
        return None
    return PageTable(grid, xs[0] - 1, ys[-1] - 1, xs[-1] + 1, ys[0] + 1, tuple(pairwise(xs)), True, part)


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


def _cells(regions: Sequence[Sequence[int]], texts: dict[int, list[TextLine]]) -> list[list[Cell | None]] | None:
    """Return the grid of cells; a row without rules between its lines of figures is taken apart, see `_split`."""
    indents = _indents(regions, texts)
    cells = {
        region: Cell(text, indent=indents.get(region, 0)) for region, lines in texts.items() if (text := joined(lines))
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


def _split(row: Sequence[Sequence[TextLine]]) -> list[list[Cell | None]] | None:
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


def _indents(regions: Sequence[Sequence[int]], texts: dict[int, list[TextLine]]) -> dict[int, int]:
    """Return by how many characters the cells of the first column are set in, where most begin at the same place."""
    first = [(region, texts[region][0]) for region in dict.fromkeys(row[0] for row in regions[1:]) if texts[region]]
    if len(first) < 3:
        return {}
    edge = min(line.left for _, line in first)
    level = [line for _, line in first if line.left - edge < 0.5 * line.height]
    if 2 * len(level) < len(first):
        return {}
    return {region: round((line.left - edge) / line.height) for region, line in first}


def _part(grid: Sequence[Sequence[Cell | None]]) -> Part | None:
    """Return what the grid is: a table, names or a row of one, or None."""
    texts = [[cell for cell in dict.fromkeys(row) if cell and cell.text] for row in grid]
    filled = [row for row in texts if len(row) > 1]
    every = [cell for row in texts for cell in row]
    if len(filled) >= 2:
        most = 2 * len(filled) >= len([row for row in texts if row])
        return "whole" if most and 3 * sum(len(cell.text) > _LONG_CELL for cell in every) < len(every) else None
    if not filled or any(len(cell.text) > _SHORT_CELL for cell in every):
        return None
    if len(every) == len(filled[0]):
        return "rows" if any(is_figure(cell.text) for cell in every) else "names"
    # an empty form: names, and below them nothing but the numbers of its rows
    numbered = all(bare_number(cell.text) for row in texts[1:] for cell in row)
    return "whole" if numbered and texts[0] == filled[0] and len(filled[0]) > 2 else None
