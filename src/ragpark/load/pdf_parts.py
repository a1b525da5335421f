"""The parts of a table that runs over several pages, put together: repeated names dropped, each row with its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragpark.load.pdf_geometry import PageTable
from ragpark.load.table import Cell, is_figure, n_header_rows
from ragpark.zh.wording import rx

_SAME_PLACE = 8.0  # points: how far the sides of the two parts may differ
_SAME_RULE = 3.0  # points: how far two lines between the same columns may differ
_TITLE_ROWS = 3
_ABOVE = 3  # lines above a table that may be its caption


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a table's row and the page that it stands on."""

    cells: Sequence[Cell | None]
    page: int


@dataclass(frozen=True, slots=True)
class Item:
    """A line, or a table or a part of one, and its page; an `aside` reads in another direction than the page."""

    page: int
    what: str | PageTable
    aside: bool = False


@dataclass(slots=True)
class _Open:
    """The table read last: where it stands among what was found, its last part, and the lines above it."""

    at: int
    part: PageTable
    page: int
    above: tuple[str, ...]


def settled(pages: Sequence[Sequence[PageTable]]) -> list[list[bool]]:
    """Tell of each table of each page whether it is one: a mere part only where the next or last page has the rest."""
    found: list[list[bool]] = []
    before: list[PageTable] = []
    for index, tables in enumerate(pages):
        after = pages[index + 1] if index + 1 < len(pages) else ()
        found.append(
            [
                table.part == "whole"
                or any(_goes_on(other, table) for other in before)
                or (table.part == "names" and any(_goes_on(table, other) for other in after))
                for table in tables
            ]
        )
        before = [table for table, real in zip(tables, found[-1], strict=True) if real]
    return found


def put_together(items: Iterable[Item]) -> list[tuple[int, str | list[Row]]]:
    """Return lines as they are and tables as rows, a table that goes on over the page in one piece.

    It goes on where nothing but `续表`, its caption or its unit stands between, and its names are repeated, or rows
    follow under the same columns. What stands aside of the page between the two parts comes after the whole table.
    A part that nothing goes on with is the lines it was.
    """
    found: list[tuple[int, str | list[Row]]] = []
    last: _Open | None = None
    loose: dict[int, PageTable] = {}  # parts, by their place among `found`, that so far stand alone
    for item in items:
        if isinstance(item.what, str):
            found.append((item.page, item.what))
            if last and not item.aside and item.what.strip() and not _leads_on(item.what, last.above):
                last = None
            continue
        table = item.what
        rows = found[last.at][1] if last else None
        if last and isinstance(rows, list) and item.page == last.page + 1:
            skip = _repeated(rows, table.cells)
            if skip or _goes_on(last.part, table, rows):
                found[last.at + 1 :] = [other for other in found[last.at + 1 :] if not _is_lead(other, last.above)]
                rows += [Row(cells, item.page) for cells in table.cells[skip:]]
                loose.pop(last.at, None)
                last.part, last.page = table, item.page
                continue
        above = tuple(what for _, what in found[-_ABOVE:] if isinstance(what, str) and what.strip())
        found.append((item.page, [Row(cells, item.page) for cells in table.cells]))
        last = _Open(len(found) - 1, table, item.page, above)
        if table.part != "whole":
            loose[last.at] = table
    out: list[tuple[int, str | list[Row]]] = []
    for at, (page, what) in enumerate(found):
        out += [(page, line) for line in loose[at].lines] if at in loose else [(page, what)]
    return out


def _leads_on(line: str, above: Sequence[str]) -> bool:
    """Tell whether the line may stand over the second part of a table: `续表1`, `单位：亿元`, the caption again."""
    text = line.strip()
    if rx("{table_goes_on}.{0,30}").fullmatch(text) or rx(r"[（(]?(?:计量)?单位\s*[:：].{1,20}").fullmatch(text):
        return True
    bare = _bare(text)
    return any(_bare(other) == bare for other in above) and len(bare) <= 60


def _is_lead(item: tuple[int, str | list[Row]], above: Sequence[str]) -> bool:
    return isinstance(item[1], str) and (not item[1].strip() or _leads_on(item[1], above))


def _bare(text: str) -> str:
    """Return the caption without `（续）` and spaces."""
    return "".join(rx("{table_goes_on}").sub("", text).split())


def _texts(row: Sequence[Cell | None]) -> list[str]:
    return [cell.text if cell else "" for cell in row]


def _repeated(rows: Sequence[Row], more: Sequence[Sequence[Cell | None]]) -> int:
    """Return how many rows at the top of `more` repeat the names of the table, 0 where they do not."""
    if not rows or len(rows[0].cells) != len(more[0]):
        return 0
    for first in range(min(_TITLE_ROWS, len(rows))):
        count = 0
        while (
            count < len(more) - 1
            and first + count < len(rows)
            and _texts(rows[first + count].cells) == _texts(more[count])
            and not any(is_figure(text) for text in _texts(more[count]))
        ):
            count += 1
        if count and len({cell for cell in more[0] if cell}) > 1:
            return count
    return 0


def _goes_on(last: PageTable, table: PageTable, rows: Sequence[Row] | None = None) -> bool:
    """Tell whether `table` has no names of its own and stands under the same columns as `last`.

    Where the table so far (`rows`) has no figures, names cannot be told from rows: the drawn columns decide.
    """
    if len(last.columns) != len(table.columns) or last.ruled != table.ruled:
        return False
    if not (_same_rules(last, table) if table.ruled else _same_stand(last, table)):
        same_sides = abs(last.left - table.left) < _SAME_PLACE and abs(last.right - table.right) < _SAME_PLACE
        return same_sides and _is_data(table) and any(is_figure(text) for text in _texts(table.cells[0]))
    if table.part == "names":
        return False
    if table.part == "rows" or last.part == "names" or _is_data(table):
        return True
    so_far = [row.cells for row in rows] if rows is not None else last.cells
    return not any(is_figure(text) for cells in [*so_far, *table.cells] for text in _texts(cells))


def _is_data(table: PageTable) -> bool:
    return not n_header_rows([table.cells[0], *table.cells])


def _same_rules(one: PageTable, other: PageTable) -> bool:
    sides = zip(_sides(one), _sides(other), strict=True)
    return all(abs(a - b) <= _SAME_RULE for a, b in sides)


def _sides(table: PageTable) -> list[float]:
    return [side for column in table.columns for side in column]


def _same_stand(one: PageTable, other: PageTable) -> bool:
    """Tell whether the words of both stand below one another, no column reaching into the next."""
    columns = [
        (min(a[0], b[0]), max(a[1], b[1])) if a[0] < b[1] and b[0] < a[1] else None
        for a, b in zip(one.columns, other.columns, strict=True)
    ]
    return all(a and b and a[1] < b[0] for a, b in pairwise(columns))
