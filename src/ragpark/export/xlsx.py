"""Rows → an Excel workbook: a sheet of answers under a fixed header, and a sheet of sources with links to the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from ragpark.export.clean import clean, looks_computed, one_line
from ragpark.export.columns import ORDER, Cell, columns_of
from ragpark.export.links import Link
from ragpark.export.records import Head, Row, Source

FONT = "微软雅黑"  # where it is missing, Excel and LibreOffice take their own font for Chinese
MAX_CELL_CHARS = 32_767  # Excel's limit
MAX_LINK_CHARS, MAX_LINKS = 2000, 65_000  # Excel's limits are 2,079 and 65,530 a sheet
_CUT = "……（过长，未完）"
_HEADER_ROW = 3
_MAX_FROZEN = 4  # columns that stay at the left, up to the question; more would fill a small window
_KINDS = {"把握": "confidence"}
_SOURCES = ((ORDER, 6), ("问题", 28), ("出处", 6), ("性质", 14), ("标题", 24), ("日期", 11), ("章节", 20), ("位置", 14), ("原文", 52), ("文件", 26))  # fmt: skip
_LINE_PT, _MAX_ROW_PT = 15, 400  # height of a line; Excel takes rows up to 409
_WIDE = re.compile("[\u2e80-\uffff]")  # takes the place of two


def write_xlsx(path: Path, head: Head, rows: Iterable[Row], link: Link) -> None:
    """Write the workbook; the rows are gone through once, and none is kept in memory. Raises OSError."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": one_line(head.title), "author": "ragpark", "created": head.made})
        book.formats[0].set_font_name(FONT)
        sheets = _Sheets(book, head)
        for row in rows:
            sheets.add(row, link)
        sheets.finish()


class _Sheets:
    """The two sheets while they are written, from top to bottom."""

    def __init__(self, book: Any, head: Head) -> None:
        self._columns = columns_of(head)
        self._formats = _Formats(book)
        self._answers = book.add_worksheet("答案")
        self._sources = book.add_worksheet("来源")
        self._row, self._source_row = _HEADER_ROW, _HEADER_ROW
        self._links = self._number = 0
        for sheet, named, title, frozen in (
            (
                self._answers,
                [(ORDER, 6), *((column.name, column.width) for column in self._columns)],
                head.title,
                head.before + 2,
            ),
            (self._sources, list(_SOURCES), f"{head.title}：来源", 2),
        ):
            _look(sheet, [width for _, width in named], frozen)
            sheet.set_row(0, 26)
            sheet.write_string(0, 0, _fit(one_line(title)), self._formats.title)
            sheet.write_string(1, 0, head.summary, self._formats.small)
            sheet.set_row(_HEADER_ROW, 22)
            for at, (name, _) in enumerate(named):
                sheet.write_string(_HEADER_ROW, at, _fit(one_line(name)), self._formats.header)

    def add(self, row: Row, link: Link) -> None:
        self._row += 1
        self._number += 1
        docs = {source.doc for source in row.reply.sources}
        target = link(next(iter(docs))) if row.reply.outcome == "answered" and len(docs) == 1 else ""
        cells = [column.cell(row) for column in self._columns]
        _height(self._answers, self._row, [6, *(column.width for column in self._columns)], [self._number, *cells])
        self._write(self._answers, self._row, 0, self._number, "order", "")
        for at, (column, cell) in enumerate(zip(self._columns, cells, strict=True), start=1):
            kind = _KINDS.get(column.name, "")
            kind = "missing" if column.name == "答案" and row.reply.outcome != "answered" else kind
            self._write(self._answers, self._row, at, cell, kind, target if column.name == "文档" else "")
        for source in row.reply.sources:
            self._add_source(row, source, link(source.doc))

    def _add_source(self, row: Row, source: Source, target: str) -> None:
        self._source_row += 1
        use = "依据" if row.reply.outcome == "answered" else "最接近，不是答案"
        cells: tuple[Cell, ...] = (
            self._number, row.question, source.n, use, source.title, source.date, source.section, source.place,
            source.quote, source.doc,
        )  # fmt: skip
        _height(self._sources, self._source_row, [width for _, width in _SOURCES], cells)
        for at, cell in enumerate(cells):
            kind = "order" if isinstance(cell, int) else ""
            self._write(self._sources, self._source_row, at, cell, kind, target if at == len(cells) - 1 else "")

    def _write(self, sheet: Any, row: int, at: int, cell: Cell, kind: str, target: str) -> None:
        if isinstance(cell, int | float):
            sheet.write_number(row, at, cell, self._formats.number(cell, kind))
            return
        text = _fit(clean(cell or ""))
        if not text:
            sheet.write_blank(row, at, None, self._formats.text("", ""))
        elif target and len(target) <= MAX_LINK_CHARS and self._links < MAX_LINKS:
            self._links += 1
            address = target if "://" in target else f"external:{target}"
            sheet.write_url(row, at, address, self._formats.text("link", text), text)
        else:
            sheet.write_string(row, at, text, self._formats.text("missing" if kind == "missing" else "", text))

    def finish(self) -> None:
        """Set what needs the last row: the filter over each table, and the range that is printed."""
        for sheet, last, width in (
            (self._answers, self._row, len(self._columns) + 1),
            (self._sources, self._source_row, len(_SOURCES)),
        ):
            sheet.autofilter(_HEADER_ROW, 0, max(last, _HEADER_ROW + 1), width - 1)
            sheet.print_area(0, 0, last, width - 1)


class _Formats:
    """The looks of cells, made once. Excel would take a text like `=1+1` for a formula when it is edited: those are
    marked as text (`quote_prefix`)."""

    def __init__(self, book: Any) -> None:
        font: dict[str, object] = {"font_name": FONT, "font_size": 10}
        cell = {**font, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE3"}
        self.title = book.add_format({**font, "font_size": 16, "bold": True, "font_color": "#1C4F8F"})
        self.small = book.add_format({**font, "font_color": "#5A6675"})
        self.header = book.add_format(
            {**cell, "bold": True, "valign": "vcenter", "bg_color": "#1C4F8F", "font_color": "#FFFFFF"}
        )
        looks = {"": {}, "missing": {"font_color": "#9A5B00", "italic": True}, "link": {"font_color": "#1C4F8F", "underline": 1}}  # fmt: skip
        self._texts = {
            (kind, marked): book.add_format({**cell, **look, "quote_prefix": marked})
            for kind, look in looks.items()
            for marked in (False, True)
        }
        number = {**cell, "text_wrap": False, "shrink": True}  # never `###`, however large
        self._whole = book.add_format({**number, "num_format": "#,##0"})
        self._numbers = {
            "confidence": book.add_format({**cell, "num_format": "0.00"}),
            "order": book.add_format({**cell, "align": "center"}),
        }
        self._number = book.add_format(number)

    def text(self, kind: str, text: str) -> Any:
        return self._texts[kind, looks_computed(text)]

    def number(self, number: float, kind: str) -> Any:
        if kind in self._numbers:
            return self._numbers[kind]
        return self._whole if isinstance(number, int) and abs(number) >= 10_000 else self._number


def _look(sheet: Any, widths: list[int], frozen: int) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(_HEADER_ROW + 1, frozen if frozen <= _MAX_FROZEN else 0)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _height(sheet: Any, row: int, widths: Sequence[int], cells: Sequence[Cell]) -> None:
    """Make the row as high as its longest cell needs: LibreOffice does not, where a file does not say so."""
    lines = max(_lines(str(cell or ""), width) for cell, width in zip(cells, widths, strict=True))
    sheet.set_row(row, min(lines * _LINE_PT + 3, _MAX_ROW_PT))


def _lines(text: str, width: int) -> int:
    """Return over how many lines of a column the text runs: `中文abc` in a column of 5 over 2."""
    return sum(max(-(-(len(line) + len(_WIDE.findall(line))) // (width - 1)), 1) for line in text.split("\n"))


def _fit(text: str) -> str:
    return text if len(text.encode("utf-16-le")) // 2 <= MAX_CELL_CHARS else text[: MAX_CELL_CHARS // 2] + _CUT
