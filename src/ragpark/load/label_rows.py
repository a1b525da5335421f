"""A grid of labels and values side by side (`索引号：|…|发布日期：|…`), as records of papers and forms are set: its pairs."""

from __future__ import annotations

import re

from ragpark.load.cells import Grid

_LABEL = re.compile(r"[^\d：:，。；]{1,16}\s*[:：]\s*")
_LEAST = 3  # labels; fewer may be a table's column names


def label_pairs(grid: Grid) -> list[tuple[int, str]]:
    """Return (row, `label：value`) for each pair, () where the grid is none of that kind.

    Every label ends in a colon and stands before its value: `申报单位： | 某公司`. A table whose names end in colons
    only in its first row or column is none.
    """
    rows = [[cell.text for cell in dict.fromkeys(row) if cell is not None] for row in grid]
    labels = [bool(_LABEL.fullmatch(text)) for row in rows for text in row[::2]]
    values = [bool(_LABEL.fullmatch(text)) for row in rows for text in row[1::2]]
    if sum(labels) < _LEAST or 5 * sum(labels) < 4 * len(labels) or any(values) or max(map(len, rows)) < 4:
        return []
    pairs = [(y, row[at : at + 2]) for y, row in enumerate(rows) for at in range(0, len(row), 2)]
    return [(y, "".join([re.sub(r"\s+", "", pair[0]), *pair[1:]])) for y, pair in pairs]
