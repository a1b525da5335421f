"""Which rows at the top of a table name its columns, and the names over each column, the outermost first.

Rows of header cells are taken at their word; else rows of labels over figures are looked for, with the rows that go
on naming: names under a wider name (merged or not), years, units, numbers of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ragpark.load.cells import Cell, Grid, Row, distinct, is_empty, is_figure, text_at, unit_in
from ragpark.zh.column_names import YEAR_CELL, names_measures, names_years, says_nothing
from ragpark.zh.header_units import unit_of, without_unit
from ragpark.zh.wording import notion, rx

_MAX_HEADER_CHARS = 40
_MAX_HEADER_ROWS = 5
_ORDINAL = re.compile(r"[（(]?(\d{1,2})[）)]?")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")


def n_header_rows(grid: Grid) -> int:
    """Return how many rows at the top name the columns."""
    count = 0
    for row in grid:
        cells = distinct(row)
        if not cells or not all(cell.header for cell in cells):
            break
        count += 1
    if count or not grid:
        return with_further(grid, count)
    if any(cell.header for cell in distinct(grid[0])):
        return 0  # header cells down the side: `发布机构 | 科技局`
    return with_further(grid, _label_rows(grid))


def with_further(grid: Grid, count: int) -> int:
    """Return the number of header rows, where `count` are known, with those that go on naming the columns."""
    while 0 < count < min(len(grid) - 1, _MAX_HEADER_ROWS) and _goes_on(grid, count):
        count += 1
    return count


def column_names(grid: Grid, count: int, width: int) -> Iterator[tuple[str, ...]]:
    """Yield for each of `width` columns the names in the first `count` rows, a unit of its own put behind its name."""
    rows = [_spread(grid, y, count, width) for y in range(count)]
    rows = [row for y, row in enumerate(rows) if not (y and _numbers_columns(grid[y]))]
    for x in range(width):
        yield _path([row[x] for row in rows])


def runs_down(grid: Grid, count: int) -> bool:
    """Tell whether the fields of a table run down its first column, one record a column, under their names.

    Catches `企业名称 | 甲公司 | 乙公司` over `法定代表人 | 张三 | 李四` and `员工人数（人） | 320 | 185`; leaves a table of
    years or measures over rows of places alone.
    """
    if count != 1 or len(grid) < 3:
        return False
    corner, *records = (text_at(grid[0], x) for x in range(max(map(len, grid))))
    records = [text for text in records if text]
    if not corner or not records or says_nothing(corner) or names_years(corner):
        return False
    if names_measures(corner) and not _names_records(corner):
        return False
    if any(_names_a_measure(text) for text in records) or (len(records) == 1 and not _names_records(corner)):
        return False
    labels = [] if names_measures(corner) else [text_at(row, 0) for row in grid[1:]]
    rows = [{_kind(cell.text) for cell in distinct(row[1:]) if not is_empty(cell.text)} for row in grid[1:]]
    rows = [kinds for kinds in rows if kinds]
    if any(len(kinds) > 1 for kinds in rows):
        return False
    units = {unit_of(label) for label in labels}
    return len({kind for kinds in rows for kind in kinds}) > 1 or (len(units) > 1 and len(units - {""}) > 1)


def _kind(text: str) -> str:
    return "figure" if is_figure(text) else "text"


def _names_a_measure(name: str) -> bool:
    """Tell whether a column's name says what is counted or when: `数值`, `2023年`, `产值（亿元）`."""
    return bool(unit_of(name) or says_nothing(without_unit(name)) or YEAR_CELL.match(name))


def _names_records(corner: str) -> bool:
    return bool(rx("{record_name}$").search(corner))


def _label_rows(grid: Grid) -> int:
    """Return the number of label rows in a table without header cells, 0 where the first row is data.

    Catches `指标 | 2022年 | 2023年` over figures; leaves `索引号 | 2023-15` (names and values side by side) alone.
    """
    first = [cell for cell in grid[0] if cell and cell.text]
    if len(grid) < 2 or len(distinct(grid[0])) < 2 or not all(_is_label(cell.text) for cell in first):
        return 0
    count = 1 + max((_reach(grid, cell) for cell in dict.fromkeys(first)), default=0)
    body = grid[count:]
    if len(first) == 2 and count == 1 and not _is_pair_header(first[0].text, first[1].text, body):
        return 0
    return count if body else 0


def _is_pair_header(corner: str, name: str, body: Grid) -> bool:
    """Tell whether the first of two-column rows names the columns, not a first pair: `指标 | 数值`, `岗位 | 人数`.

    Leaves a card alone, whose first line is a pair like the others (`主管单位 | 科技局` over `面积（公顷） | 12`).
    """
    values = [text for row in body if (text := text_at(row, 1)) and not is_empty(text)]
    figures = sum(map(is_figure, values))
    if names_measures(corner) and (figures or _names_a_measure(name)):
        return True
    if not figures:
        return False
    if _names_a_measure(name) or _names_records(corner):
        return True
    units = {unit_of(text_at(row, 0)) or re.sub(r"[\d.,，\s]", "", text_at(row, 1)) for row in body}
    return figures > 0.8 * len(values) and len(units) == 1


def _is_label(text: str) -> bool:
    return len(text) <= _MAX_HEADER_CHARS and not is_figure(text)


def _reach(grid: Grid, cell: Cell) -> int:
    """Return over how many rows below the first one `cell` is merged."""
    down = 0
    while cell.text and down + 1 < len(grid) and cell in grid[down + 1]:
        down += 1
    return down


def _goes_on(grid: Grid, y: int) -> bool:
    """Tell whether row y names the columns further: with units, numbers of columns, or names under wider ones."""
    row, above = grid[y], grid[y - 1]
    if _is_unit_row(row) or _numbers_columns(row):
        return True
    cells = distinct(row)
    if len(cells) < 2 or not all(_is_label(cell.text) for cell in cells):
        return False
    if all(cell.header for cell in cells) and any(cell.header for cell in distinct(above)):
        return True
    below = [cell for r in grid[y + 1 :] for cell in distinct(r[1:])]
    if not any(is_figure(cell.text) for cell in below) and not any(cell.header for cell in distinct(above)):
        return _is_under(row, above) and not text_at(row, 0)
    return _is_under(row, above) and not _labels_a_row(grid, y)


def _is_under(row: Row, above: Row) -> bool:
    """Tell whether the row fills places that the row above leaves open, merges or repeats."""
    filled = [x for x in range(1, len(row)) if text_at(row, x)]
    wide = 0
    for x in filled:
        cell = above[x] if x < len(above) else None
        before = above[x - 1] if x - 1 < len(above) else None
        if cell is not None and cell is (row[x]):
            continue  # merged down: the row names nothing here
        open_here = cell is None or not cell.text
        same = cell is not None and before is not None and cell.text == before.text
        wide += open_here or same
    return wide > 0 and 2 * wide + 1 >= len(filled)


def _labels_a_row(grid: Grid, y: int) -> bool:
    """Tell whether the first cell of row y is a row's own label: the header above has a name over it already."""
    own = grid[y][0] if grid[y] else None
    if own is None or not own.text:
        return False
    over = grid[y - 1][0] if grid[y - 1] else None
    return over is not None and bool(over.text) and over is not own and over.text != own.text


def _is_unit_row(row: Row) -> bool:
    """Tell whether the row holds units under the names, after an empty cell or the word for unit."""
    cells = distinct(row)
    first = text_at(row, 0)
    if first and notion("unit_column").fullmatch(first):
        cells = cells[1:]
    return bool(cells) and all(unit_in(cell.text) for cell in cells) and (len(cells) > 1 or not first)


def _numbers_columns(row: Row) -> bool:
    """Tell whether the row numbers the columns: `甲 | 乙 | 1 | 2 | 3`, `栏次 | 1 | 2`."""
    texts = [cell.text for cell in distinct(row)]
    numbers = [int(match[1]) for text in texts if (match := _ORDINAL.fullmatch(text))]
    others = [text for text in texts if not _ORDINAL.fullmatch(text)]
    named = all(rx("(?:{column_number})+").fullmatch(text) for text in others)
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and bool(others) and named


def _spread(grid: Grid, y: int, count: int, width: int) -> list[str]:
    """Return the texts of header row y, a wider name that is not merged put over all the names under it."""
    texts = [text_at(grid[y], x) for x in range(width)]
    named = [r for r in range(y + 1, count) if not _numbers_columns(grid[r])]
    under = [
        any(text_at(grid[r], x) and _cell(grid[r], x) is not _cell(grid[y], x) for r in named) for x in range(width)
    ]
    wide = [x for x in range(width) if texts[x] and under[x]]
    if not wide or not any(under[x] and not texts[x] for x in range(width)):
        return texts
    columns = [x for x in range(width) if under[x] and (texts[x] or x > wide[0] or _period(grid, y, count, width))]
    columns = [x for x in columns if x > 0 or x in wide]
    period = len(columns) // len(wide)
    blocks = [columns[n * period : (n + 1) * period] for n in range(len(wide))]
    last = [text_at(grid[count - 1], x) for x in columns]
    regular = (
        period > 1
        and len(columns) % len(wide) == 0
        and last == last[:period] * len(wide)
        and all(x in block for x, block in zip(wide, blocks, strict=True))
    )
    filled = list(texts)
    if regular:
        for x, block in zip(wide, blocks, strict=True):
            for column in block:
                filled[column] = texts[x]
        return filled
    name = ""
    for x in range(wide[0], width):
        if texts[x]:
            name = texts[x] if under[x] else ""
        elif under[x]:
            filled[x] = name
    return filled


def _period(grid: Grid, y: int, count: int, width: int) -> bool:
    """Tell whether the names of the last header row come round again: `出口 | 进口 | 出口 | 进口`."""
    names = [text for x in range(1, width) if (text := text_at(grid[count - 1], x))]
    return len(set(names)) < len(names)


def _cell(row: Row, x: int) -> Cell | None:
    return row[x] if x < len(row) else None


def _path(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names above a column without repeats; a year is written as one, a unit goes behind its name."""
    path: list[str] = []
    for text in dict.fromkeys(name for name in names if name):
        if path and (unit := unit_in(text)):
            path[-1] = path[-1] if unit_of(path[-1]) else f"{path[-1]}（{unit}）"
        elif not path or not notion("unit_column").fullmatch(text):
            path.append(f"{text}年" if _BARE_YEAR.fullmatch(text) else text)
    return tuple(path)
