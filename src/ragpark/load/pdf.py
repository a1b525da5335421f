"""PDF with a text layer → its lines page by page, running heads and page numbers left out; scans are refused.

Where a page has a table that can be read, its rows stand in place of its text. Text that is none, because its font
does not say what its characters mean, is left out and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.meta import iso_date, sensible_title
from ragpark.load.pdf_garbled import Evidence, evidence, garbled
from ragpark.load.pdf_geometry import PageTable
from ragpark.load.pdf_layout import SLOT, Block, PageLayout, page_layout
from ragpark.load.pdf_page import page_chars, page_scan
from ragpark.load.pdf_parts import Item, Row, put_together, settled
from ragpark.load.pdf_plausible import suspicious
from ragpark.load.pdf_running import drop_running, drop_running_asides
from ragpark.load.table import TableLine, linearise
from ragpark.records import RawLine
from ragpark.zh.header_units import caption_units

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_MAX_LOST = 0.25  # of a line's characters: with more of them garbled the line says nothing
_LISTED = 20  # pages named in a message
_SENTENCE_ENDS = ("。", "！", "？", "!", "?")
_RECOGNISE = "请先做文字识别（OCR），另存为带文字的 PDF"


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read from the file: its pages, which of them are garbled, as a whole or in part, its properties."""

    pages: list[PageLayout]
    garbled: frozenset[int]
    spoilt: frozenset[int]
    properties: dict[str, str]


def read_pdf(data: bytes, doc: str) -> Loaded:
    """Return the lines of every page, an empty line between pages; places are page numbers.

    The file's own creation date goes to `created`, not `date`: it says when it was made, not when it was issued.
    Raises LoadError for a broken, encrypted or text-less file, and for one whose text is garbled throughout.
    """
    read = _read(data, doc)
    pages = _settle(read.pages)
    texts = [page.main.lines for page in pages]
    kept = drop_running(texts)
    lines, lost = _lines(pages, kept, read.spoilt)
    if not any(line.text.strip() for line in lines):
        if read.garbled or lost:
            raise LoadError(f"“{doc}”的文字层是乱码（字体没有说明字符的含义），读不出文字；{_RECOGNISE}")
        raise LoadError(f"“{doc}”没有文字层（可能是扫描件），暂不支持；{_RECOGNISE}")
    meta = {"created": iso_date(read.properties.get("CreationDate", "")) or ""}
    first = next((index for index, page in enumerate(texts) if any(line.strip() for line in page)), 0)
    head = next((line.strip() for line in texts[first] if line.strip() and line != SLOT), "")
    if head and head not in (line.strip() for line in kept[first]):
        meta["running"] = head  # may serve as the title where the text has none
    if sensible_title(read.properties.get("Title", "")):
        meta["title"] = read.properties["Title"]
    return Loaded(
        tuple(lines), "page", {key: value for key, value in meta.items() if value}, _problems(pages, read, lost)
    )


@contextmanager
def _opened(data: bytes, doc: str) -> Iterator[Any]:
    """Open the file; every error of PDFium inside becomes a LoadError that says what to do."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise LoadError(f"“{doc}”有密码保护，无法读取；请去掉密码后再试") from error
        raise LoadError(f"“{doc}”已损坏或不是 PDF 文件；请重新下载或导出后再试") from error
    try:
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"“{doc}”已损坏，无法读出全部页面；请重新下载或导出后再试") from error
    finally:
        pdf.close()


def _read(data: bytes, doc: str) -> _Read:
    with _opened(data, doc) as pdf:
        pages: list[PageLayout] = []
        proofs: list[Evidence] = []
        for index in range(len(pdf)):
            page = pdf[index]
            scan = page_scan(page)
            proofs.append(evidence(page_chars(page)) if scan.unmapped or suspicious(scan.text) else {})
            pages.append(page_layout(page, scan))
            page.close()
        bad_fonts, whole = garbled(proofs)
        for index in whole:
            pages[index] = PageLayout(Block([], []))
        spoilt = frozenset(index for index, fonts in enumerate(bad_fonts) if fonts) - whole
        for index in sorted(spoilt):  # read again, with signs for what is no text
            page = pdf[index]
            scan = page_scan(page)
            fonts = zip(proofs[index], evidence(page_chars(page)), strict=True)  # the same ones, at another address
            pages[index] = page_layout(page, scan, {new for old, new in fonts if old in bad_fonts[index]})
            page.close()
        return _Read(pages, whole, spoilt, dict(pdf.get_metadata_dict(skip_empty=True)))


def _settle(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """Return the pages with the parts of tables that belong to none on the page before or after as mere lines."""
    real = settled([[table for block in (page.main, *page.asides) for table in block.tables] for page in pages])
    found: list[PageLayout] = []
    for page, of_page in zip(pages, real, strict=True):
        verdicts = iter(of_page)
        main, *asides = [_without_parts(block, verdicts) for block in (page.main, *page.asides)]
        found.append(PageLayout(main, tuple(asides)))
    return found


def _without_parts(block: Block, real: Iterator[bool]) -> Block:
    tables = iter(block.tables)
    lines: list[str] = []
    kept: list[PageTable] = []
    for line in block.lines:
        if line == SLOT and block.tables:
            table = next(tables)
            if not next(real):
                lines += table.lines
                continue
            kept.append(table)
        lines.append(line)
    return Block(lines, kept)


def _lines(
    pages: Sequence[PageLayout], kept: Sequence[Sequence[str]], spoilt: frozenset[int]
) -> tuple[list[RawLine], dict[int, int]]:
    """Return the lines of all pages, the rows of each table in its slot, and how many lines of a page were lost."""
    aside_lines = drop_running_asides(
        [[line for block in page.asides for line in block.lines] for page in pages], [page.main.lines for page in pages]
    )
    items: list[Item] = []
    for number, (page, lines, beside) in enumerate(zip(pages, kept, aside_lines, strict=True), start=1):
        items += [Item(number, "")] if items else []
        main = _items(number, lines, page.main.tables, False)
        aside = _items(number, beside, [table for block in page.asides for table in block.tables], True)
        at = _place_of(aside, main)
        items += [*main[:at], *aside, *main[at:]]
    found: list[RawLine] = []
    lost: dict[int, int] = {}
    for line in _with_rows(items):
        if line.place - 1 in spoilt and _is_lost(line.text):
            lost[line.place] = lost.get(line.place, 0) + 1
        else:
            found.append(line)
    return found, lost


def _items(page: int, lines: Sequence[str], tables: Sequence[PageTable], aside: bool) -> list[Item]:
    slots = iter(tables)
    return [Item(page, next(slots) if tables and line == SLOT else line, aside) for line in lines]


def _place_of(aside: Sequence[Item], main: Sequence[Item]) -> int:
    """Return where to put what stands aside: before a table or sentence that may go on over the page.

    A table goes below the caption or unit that the page ends with.
    """
    ends = [item.what for item in main if not isinstance(item.what, str) or item.what.strip()][-1:]
    if any(not isinstance(item.what, str) for item in aside) and any(
        isinstance(e, str) and _names_table(e) for e in ends
    ):
        return len(main)
    for at in range(len(main), 0, -1):
        what = main[at - 1].what
        if isinstance(what, str) and what.rstrip().endswith(_SENTENCE_ENDS):
            return at
    return len(main) if main and all(isinstance(item.what, str) for item in main) else 0


def _names_table(line: str) -> bool:
    return bool(caption_units(line) or re.match(r"\s*附?表\s?[\d一二三四五六七八九十]", line))


def _with_rows(items: Sequence[Item]) -> Iterator[RawLine]:
    above: list[str] = []
    for page, what in put_together(items):
        if isinstance(what, str):
            yield RawLine(what, page)
            above = [*above, what][-3:] if what.strip() else above
        else:
            found = _rows(what, above)
            yield from (line.raw(what[line.y].page) for line in found)
            above = [line.text for line in found[-1:]]


def _rows(rows: Sequence[Row], above: Sequence[str]) -> list[TableLine]:
    """Return the lines of a table; of an empty form the names too, which else no line would hold."""
    cells = [row.cells for row in rows]
    found = linearise(cells, None, above)
    return found if any(len(line.row.cells) > 1 for line in found) else linearise(cells, 0, above)


def _is_lost(text: str) -> bool:
    inked = "".join(text.split())
    return inked.count("\ufffd") > _MAX_LOST * len(inked)


def _problems(pages: Sequence[PageLayout], read: _Read, lost: dict[int, int]) -> tuple[str, ...]:
    blank = [
        number
        for number, page in enumerate(pages, start=1)
        if number - 1 not in read.garbled and not any(line.strip() for line in page.main.lines)
    ]
    problems = [f"第 {_listed(blank)} 页没有文字层（可能是扫描页或图片）"] if blank else []
    if read.garbled:
        numbers = [index + 1 for index in sorted(read.garbled)]
        problems.append(f"第 {_listed(numbers)} 页的文字层是乱码（字体没有说明字符的含义），没有收入；{_RECOGNISE}")
    if lost:
        problems.append(f"第 {_listed(sorted(lost))} 页有 {sum(lost.values())} 行文字是乱码，没有收入；{_RECOGNISE}")
    return tuple(problems)


def _listed(pages: Sequence[int]) -> str:
    return "、".join(map(str, pages[:_LISTED])) + ("…" if len(pages) > _LISTED else "")
