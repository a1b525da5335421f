"""The parts of a table that runs over several pages, put together: repeated names dropped, each row with its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ragpark.load.pdf_grid import PageTable
from ragpark.load.table import Cell, is_figure, n_header_rows

_GOES_ON = re.compile(
    r"[（(]?(?:续表?|接上[页表])\s?[\d一二三四五六七八九十]*[）)]?.{0,30}|(?:计量)?单位\s*[:：].{1,20}"
)
_SAME_PLACE = 8.0  # points: how far the sides of the two parts may differ
_TITLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a table's row and the page that it stands on."""

    cells: Sequence[Cell | None]
    page: int


Item = tuple[int, str | PageTable]  # (page, line or table)


def put_together(items: Iterable[Item]) -> list[tuple[int, str | list[Row]]]:
    """Return lines as they are and tables as rows, a table that goes on over the page in one piece.

    It goes on where nothing but `续表` or the unit stands between, and its names are repeated, or figures follow under
    the same columns. Lines between the two parts come before the whole table.
    """
    found: list[tuple[int, str | list[Row]]] = []
    last: PageTable | None = None
    at = page = 0  # of the last table among `found`, and of its last part
    for number, item in items:
        if isinstance(item, str):
            found.append((number, item))
            if item.strip() and not _GOES_ON.fullmatch(item.strip()):
                last = None
            continue
        rows = found[at][1] if last is not None else None
        if last is not None and isinstance(rows, list) and number == page + 1:
            skip = _repeated(rows, item.cells)
            if skip or _same_columns(last, item):
                del found[at + 1 :]
                rows += [Row(cells, number) for cells in item.cells[skip:]]
                last, page = item, number
                continue
        found.append((number, [Row(cells, number) for cells in item.cells]))
        last, at, page = item, len(found) - 1, number
    return found


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


def _same_columns(last: PageTable, item: PageTable) -> bool:
    """Tell whether the part has no names of its own and stands at the same place across."""
    return (
        len(last.cells[0]) == len(item.cells[0])
        and abs(last.left - item.left) < _SAME_PLACE
        and abs(last.right - item.right) < _SAME_PLACE
        and not n_header_rows([item.cells[0], *item.cells])
        and any(cell and is_figure(cell.text) for cell in item.cells[0])
    )
