"""PDF with a text layer → its lines page by page, running heads and page numbers left out; scans are refused.

Where a page has a table that can be read (`pdf_grid`), its rows stand in place of its text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.meta import iso_date, sensible_title
from ragpark.load.pdf_grid import Glyph, PageTable, aligned_tables, may_hold_table, ruled_tables
from ragpark.load.pdf_page import page_glyphs, page_rules, page_text
from ragpark.load.pdf_parts import Row, put_together
from ragpark.load.table import linearise
from ragpark.records import RawLine

_EDGE_LINES = 3  # how deep a running head or foot can be
_MIN_PAGES = 3
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
# `- 3 -`, `第 3 页 共 12 页`, `3/12`, `· 3 ·`, `Page 3 of 12`; a bare `3` is judged by its neighbours.
_PAGE_MARK = re.compile(
    r"^(第\s*\d+\s*页(\s*[，,/]?\s*共\s*\d+\s*页)?|[-–—·•~]\s*\d{1,4}\s*[-–—·•~]|\d{1,4}\s*/\s*\d{1,4}|page\s*\d+(\s*of\s*\d+)?)$",
    re.IGNORECASE,
)

_SLOT = "\ufffc"  # where a table stands among the lines of a page (Unicode's sign for an object in a text)
# `高校 2412.4 2753.3`: only where two such lines follow one another is it worth looking for columns
_FIGURES_APART = re.compile(r"^\S.*?(?: +[-−+]?\d[\d,.]*[%％]?| +[…—–-]+){2,}\s*$")
_SENTENCE_MARK = re.compile(r"[，。；！？、,;!?]")


def read_pdf(data: bytes, doc: str) -> Loaded:
    """Return the lines of every page, an empty line between pages; places are page numbers.

    The file's own creation date goes to `created`, not `date`: it says when it was made, not when it was issued.
    Raises LoadError for a broken, encrypted or text-less file.
    """
    pages, tables, properties = _read(data, doc)
    kept = drop_running(pages)
    first = next((line.strip() for page in pages for line in _edge_lines(page, False)[:1] if line != _SLOT), "")
    if not any(line.strip() for page in kept for line in page):
        raise LoadError(f"“{doc}”没有文字层（可能是扫描件），暂不支持；请先做文字识别，另存为带文字的 PDF")
    lines = _with_tables(kept, tables)
    blank = [str(number) for number, page in enumerate(pages, start=1) if not any(line.strip() for line in page)]
    problems = (f"第 {'、'.join(blank[:20])} 页没有文字层（可能是扫描页或图片）",) if blank else ()
    meta = {"created": iso_date(properties.get("CreationDate", "")) or ""}
    if kept and first not in (line.strip() for line in kept[0]):
        meta["running"] = first  # may serve as the title where the text has none
    if sensible_title(properties.get("Title", "")):
        meta["title"] = properties["Title"]
    return Loaded(tuple(lines), "page", {key: value for key, value in meta.items() if value}, problems)


def _read(data: bytes, doc: str) -> tuple[list[list[str]], list[list[PageTable]], dict[str, str]]:
    """Return each page's lines, with a slot for each of its tables, the tables, and the file's properties."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise LoadError(f"“{doc}”有密码保护，无法读取；请去掉密码后再试") from error
        raise LoadError(f"“{doc}”已损坏或不是 PDF 文件；请重新下载或导出后再试") from error
    try:
        pages, tables = [], []
        for index in range(len(pdf)):
            page = pdf[index]
            lines, found = _page(page)
            pages.append(lines)
            tables.append(found)
            page.close()
        return pages, tables, dict(pdf.get_metadata_dict(skip_empty=True))
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"“{doc}”已损坏，无法读出全部页面；请重新下载或导出后再试") from error
    finally:
        pdf.close()


def _page(page: Any) -> tuple[list[str], list[PageTable]]:
    """Return the lines of a page and its tables in the order of their slots."""
    lines = _page_lines(page_text(page))
    rules = page_rules(page)
    columns = any(_FIGURES_APART.match(a) and _FIGURES_APART.match(b) for a, b in pairwise(lines))
    if not lines or not (columns or may_hold_table(rules)):
        return lines, []
    glyphs = page_glyphs(page)
    tables = ruled_tables(glyphs, rules)
    if columns:
        tables += aligned_tables([glyph for glyph in glyphs if not any(table.holds(glyph) for table in tables)])
    if not tables:
        return lines, []
    text, order = _with_slots(glyphs, tables)
    return _page_lines(text), [tables[index] for index in order]


def _with_slots(glyphs: Sequence[Glyph], tables: Sequence[PageTable]) -> tuple[str, list[int]]:
    """Return the page's text with a slot where the first character of each table stood, and their order."""
    parts: list[str] = []
    order: list[int] = []
    inside: int | None = None
    for glyph in glyphs:
        if not glyph.made_up:  # what PDFium made up stands where the character before it does
            inside = next((index for index, table in enumerate(tables) if table.holds(glyph)), None)
        if inside is None:
            parts.append("" if glyph.text == _SLOT else glyph.text)
        elif inside not in order:
            order.append(inside)
            parts.append(f"\n{_SLOT}\n")
        elif parts[-1] != "\n":
            parts.append("\n")
    text = "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"[\r\n]+", "\n", text), order


def _with_tables(pages: Sequence[Sequence[str]], tables: Sequence[Sequence[PageTable]]) -> list[RawLine]:
    """Return the lines of all pages, an empty one between two, the rows of each table in its slot."""
    items: list[tuple[int, str | PageTable]] = []
    for number, (page, of_page) in enumerate(zip(pages, tables, strict=True), start=1):
        slots = iter(of_page)
        items += [(number, "")] if items else []
        items += [(number, next(slots) if of_page and line == _SLOT else line) for line in page]
    lines: list[RawLine] = []
    above: list[str] = []
    for item in put_together(items):
        if isinstance(item[1], str):
            lines.append(RawLine(item[1], item[0]))
            above = [*above, item[1]][-3:] if item[1].strip() else above
        else:
            rows: list[Row] = item[1]
            found = linearise([row.cells for row in rows], None, above)
            lines += [line.raw(rows[line.y].page) for line in found]
            above = [line.text for line in found[-1:]]
    return lines


def _page_lines(text: str) -> list[str]:
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\0", "")  # PDFium's line-end hyphens
    return re.split(r"\r\n|\r|\n", text.strip("\r\n")) if text.strip() else []


def drop_running(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages without running heads, running feet and page numbers.

    A line is running if, digits ignored, it stands at the same edge of at least three pages and of half of all
    pages, or of half of the left or the right ones (`2020年年鉴 · 科技` yes, a heading that comes once no). Of two
    pages, or two left ones, both must have it as their very first or last line, and it must hold no mark.
    """
    running = [_running(pages, bottom) for bottom in (False, True)]
    numbers = [_page_numbers(pages, bottom) for bottom in (False, True)]
    kept = []
    for index, page in enumerate(pages):
        lines = list(page)
        for bottom in (False, True):
            for _ in range(_EDGE_LINES):
                at = _edge(lines, bottom)
                if at is None:
                    break
                text = lines[at].strip()
                key = _key(text)
                if not ((key and key in running[bottom]) or _PAGE_MARK.match(text) or (index, text) in numbers[bottom]):
                    break
                del lines[at]
        kept.append(lines)
    return kept


def _edge(lines: Sequence[str], bottom: bool) -> int | None:
    order = range(len(lines) - 1, -1, -1) if bottom else range(len(lines))
    return next((at for at in order if lines[at].strip()), None)


def _key(text: str) -> str:
    """Return the text without digits and spaces; empty where no letter is left (rows of figures are no heads)."""
    key = re.sub(r"[\d\s〇一二三四五六七八九十]+", "#", text.strip())
    return key if re.search(r"[^\W\d_]", key) else ""


def _edge_lines(page: Sequence[str], bottom: bool) -> list[str]:
    lines = [line.strip() for line in page if line.strip()]
    return lines[-_EDGE_LINES:] if bottom else lines[:_EDGE_LINES]


def _running(pages: Sequence[Sequence[str]], bottom: bool) -> set[str]:
    found: set[str] = set()
    for group in (pages, pages[::2], pages[1::2]):
        counts = Counter(key for page in group for key in {_key(line) for line in _edge_lines(page, bottom)} if key)
        found |= {key for key, n in counts.items() if n >= _MIN_PAGES and 2 * n >= len(group)}
        if len(group) == 2:
            found |= _same_edge(group, bottom)
    return found


def _same_edge(pair: Sequence[Sequence[str]], bottom: bool) -> set[str]:
    """Return the key of the outermost line of both pages if it is one and the same and no part of a sentence."""
    ends = [_edge_lines(page, bottom)[-1 if bottom else 0 :][:1] for page in pair]
    keys = {_key(line) for end in ends for line in end if not _PAGE_MARK.match(line)}
    if len(keys) != 1 or not all(ends) or any(_SENTENCE_MARK.search(line) for end in ends for line in end):
        return set()
    return keys if len("".join(keys).strip("#")) >= 4 else set()


def _page_numbers(pages: Sequence[Sequence[str]], bottom: bool) -> set[tuple[int, str]]:
    """Return (page index, text) of bare numbers that count the pages: they run on over two pages or name their own."""
    bare = list(_bare_numbers(pages, bottom))
    steps = Counter(number - index for index, number, _ in bare)
    return {(index, text) for index, number, text in bare if number == index + 1 or steps[number - index] > 1}


def _bare_numbers(pages: Sequence[Sequence[str]], bottom: bool) -> Iterator[tuple[int, int, str]]:
    for index, page in enumerate(pages):
        for text in _edge_lines(page, bottom):
            if re.fullmatch(r"\d{1,4}", text):
                yield index, int(text), text
