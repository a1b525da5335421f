"""What each row of a table stands under: a section's row, a row with an outer number, the whole that it is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ragpark.load.cells import Cell, Row, bare_number, distinct, is_empty
from ragpark.zh.wording import notion, rx

_MAX_CHARS = 30
_NUMBERING = (  # from the outermost in
    re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}\s?[、.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]|\d{1,2}[）)]"),
)
_PART = re.compile(r"(?:其中|＃|#)\s*[:：]?\s*")
_NOTE = r"{table_note}\d?\s*[:：]|[（(]?{unit_column}\s*[:：]"


@dataclass(frozen=True, slots=True)
class Under:
    """What a row stands under: `group` in the record, `lead` before its first cell in the text."""

    group: str = ""
    lead: str = ""


class Groups:
    """Reads the rows of one table's body in order."""

    def __init__(self, body: Sequence[Row]) -> None:
        self._body = [_cells(row) for row in body]
        self._section = ""
        self._outer: list[tuple[int, str]] = []  # rows with a number of their own that hold figures
        self._whole, self._whole_indent, self._in_parts = "", 0, False
        self._grand = self._grand_rows()

    def read(self) -> Iterator[Under]:
        """Yield what each row stands under; nothing for a row that is one cell."""
        for y, cells in enumerate(self._body):
            if len(cells) <= 1:
                if cells and _is_section(cells[0].text):
                    self._section, self._outer = cells[0].text.strip("：:"), []
                    self._whole, self._in_parts = "", False
                yield Under()
                continue
            label = cells[0]
            if y in self._grand:
                yield Under()
            elif whole := self._whole_of(label):
                yield Under(whole, f"{whole}，" + ("" if _PART.match(label.text) else "其中："))
            else:
                group = self._numbered(label.text) or self._section
                yield Under(group, f"{group}·" if group else "")

    def _numbered(self, label: str) -> str:
        """Return the row above with the next outer number, and keep this one for the rows below it."""
        level = _level(label)
        if level is None:
            self._outer = []
            return ""
        self._outer = [item for item in self._outer if item[0] < level]
        group = self._outer[-1][1] if self._outer else ""
        if len(label) <= _MAX_CHARS:
            self._outer.append((level, label.rstrip("：: ")))
        return group

    def _whole_of(self, label: Cell) -> str:
        """Return what the row is a part of: the row before `其中：…`, also for rows set in below that; else ``."""
        if bare_number(label.text):
            return ""
        if _PART.match(label.text) or (self._in_parts and label.indent > self._whole_indent):
            self._in_parts = bool(self._whole)
            return self._whole
        self._whole, self._whole_indent, self._in_parts = label.text.rstrip("：: "), label.indent, False
        return ""

    def _grand_rows(self) -> set[int]:
        """Return the rows that sum up the whole table: a grand total, or a last total that no section lacks.

        `一、…`, rows, `小计`, `二、…`, rows, `小计`, `合计`: the last is of both; and so it is without the 小计.
        """
        sections: list[int] = []  # how many totals each section has
        grand: set[int] = set()
        last = -1
        for y, cells in enumerate(self._body):
            if len(cells) == 1 and _is_section(cells[0].text):
                sections.append(0)
            elif len(cells) > 1:
                label = re.sub(r"\s", "", cells[0].text)
                if notion("grand_total").fullmatch(label):
                    grand.add(y)
                elif notion("part_total").fullmatch(label):
                    if sections:
                        sections[-1] += 1
                    last = y
        final = max((y for y, cells in enumerate(self._body) if len(cells) > 1), default=-1)
        if len(sections) > 1 and last == final and (sections[-1] > 1 or not all(sections[:-1])):
            grand.add(last)
        return grand


def _cells(row: Row) -> list[Cell]:
    """Return the cells of a row; of a numbered name beside cells without a value (`二、按行业 | — | —`) the name alone."""
    cells = distinct(row)
    named = cells and (_NUMBERING[0].match(cells[0].text) or cells[0].text.endswith(("：", ":")))
    return cells[:1] if named and all(is_empty(cell.text) for cell in cells[1:]) else cells


def _is_section(text: str) -> bool:
    """Tell whether a row of one cell names a group of rows, not a unit, a note or a number."""
    return len(text) <= _MAX_CHARS and not rx(_NOTE).match(text) and not bare_number(text)


def _level(label: str) -> int | None:
    return next((level for level, pattern in enumerate(_NUMBERING) if pattern.match(label)), None)
