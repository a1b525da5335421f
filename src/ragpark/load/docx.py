"""Word documents → paragraphs with heading levels and table rows, in reading order, with nothing lost on the way.

Notes stand after the paragraph that refers to them, the text of boxes after the paragraph they hang on; what pages
bear at their head follows the title, what they bear at their foot ends the text, each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ragpark.errors import LoadError, RagparkError
from ragpark.load.base import Loaded
from ragpark.load.docx_blocks import Block, RowBlock, TableBlock, TextBlock
from ragpark.load.docx_notes import Notes
from ragpark.load.docx_numbering import Numbering
from ragpark.load.docx_package import Package, find
from ragpark.load.docx_pages import page_lines
from ragpark.load.docx_story import Context, Story
from ragpark.load.docx_styles import TITLE, Styles
from ragpark.load.docx_tables import unbroken
from ragpark.load.meta import sensible_title
from ragpark.load.table import linearise
from ragpark.records import RawLine

_OLE = b"\xd0\xcf\x11\xe0"  # old .doc files and password-protected .docx files
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEMPLATE_YEAR = 2013  # when the template of a widely used library was made
_BODY = "word/document.xml"
_MAX_OPENING, _MAX_TITLE_CHARS = 8, 60
_SENTENCE = re.compile(r"[。！？；]")
_BLANK = " \t\u00a0\u3000"


def read_docx(data: bytes, doc: str) -> Loaded:
    """Return the document's paragraphs and table rows; a place counts paragraphs of the body and rows of its tables.

    The date of creation goes to `created`, not `date`: it says when the file was made, not when it was issued. What
    its pages bear at their head goes to `running`. A part that is broken is named among the problems and the rest is
    read. Raises LoadError where there is no body to read: a file that is broken, encrypted or an old .doc.
    """
    if data.startswith(_OLE):
        raise LoadError(f"“{doc}”是旧版 .doc 或有密码保护；请在 Word 中另存为不带密码的 .docx")
    try:
        package = Package(data)
        part = package.related("", "officeDocument", _BODY) or _BODY
        root = package.tree(part)
        body = find(root, "body") if root is not None else None
        if body is None:
            raise ValueError("no body")
        return _read(package, part, root, body)
    except RagparkError:
        raise
    except Exception as error:  # zipfile and lxml raise a dozen kinds between them
        raise LoadError(f"“{doc}”已损坏或不是 Word 文档；请重新另存为 .docx 后再试") from error


def _read(package: Package, part: str, root: Any, body: Any) -> Loaded:
    context = _context(package, part, root)
    blocks = Story(context, body, part).blocks()
    heads, feet = page_lines(context, body, part, _texts(blocks))
    lines = tuple(_lines(blocks, heads, feet))
    meta = _properties(package)
    if heads:
        meta["running"] = heads[0]
    return Loaded(lines, "paragraphs", meta, (*package.problems, *context.problems))


def _context(package: Package, part: str, root: Any) -> Context:
    styles_part = package.related(part, "styles", "word/styles.xml")
    numbers_part = package.related(part, "numbering", "word/numbering.xml")
    styles = Styles(package.tree(styles_part) if styles_part else None)
    numbering = Numbering(package.tree(numbers_part) if numbers_part else None, styles.linked())
    return Context(package, styles, numbering, Notes(package, part, root))


def _properties(package: Package) -> dict[str, str]:
    part = package.related("", "core-properties", "docProps/core.xml")
    root = package.tree(part) if part else None
    meta: dict[str, str] = {}
    if root is None:
        return meta
    title = (root.findtext(f"{_DUBLIN}title") or "").strip()
    if sensible_title(title):
        meta["title"] = title
    created = re.match(r"(\d{4})-\d\d-\d\d", root.findtext(f"{_TERMS}created") or "")
    if created and int(created[1]) > _TEMPLATE_YEAR:
        meta["created"] = created[0]
    return meta


def _lines(blocks: Sequence[Block], heads: Sequence[str], feet: Sequence[str]) -> Iterator[RawLine]:
    writer = _Writer()
    opening = _opening(blocks)
    for block in blocks[:opening]:
        yield from writer.top(block)
    yield from (RawLine(text, max(writer.place, 1), solid=True) for text in heads)
    for block in blocks[opening:]:
        yield from writer.top(block)
    yield from (RawLine(text, max(writer.place, 1), solid=True) for text in feet)


def _opening(blocks: Sequence[Block]) -> int:
    """Return how many blocks belong to the title: centred or titled lines, or a short first line."""
    end = 0
    for at, block in enumerate(blocks[:_MAX_OPENING]):
        if isinstance(block, TextBlock) and not block.text.strip() and not block.boxes:
            continue
        if not isinstance(block, TextBlock) or len(block.text) > _MAX_TITLE_CHARS or _SENTENCE.search(block.text):
            break
        if not (block.level == TITLE or (block.centred and block.level in (0, 1)) or end == 0):
            break
        end = at + 1
    return end


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every text of the blocks, cells and notes included."""
    for block in blocks:
        if isinstance(block, TextBlock):
            yield block.text
            yield from _texts((*block.notes, *block.boxes))
        else:
            for row in block.rows:
                yield from (cell.text for cell in dict.fromkeys(row.cells) if cell)
                yield from _texts(row.within)
            yield from _texts(block.notes)


class _Writer:
    """Blocks as lines. `place` counts; what hangs on a block has its place."""

    def __init__(self) -> None:
        self.place = 0
        self._last: list[str] = []  # the lines before, which may be a table's caption
        self._shift = 0  # headings stand one deeper once a title has been seen

    def top(self, block: Block) -> Iterator[RawLine]:
        """Write a block of the body, which moves the place on."""
        if isinstance(block, TextBlock):
            self.place += 1
            yield from self._text(block)
        else:
            yield from self._table(block, counted=True)

    def _hanging(self, blocks: Sequence[Block]) -> Iterator[RawLine]:
        for block in blocks:
            if isinstance(block, TextBlock):
                yield from self._text(block)
            else:
                yield from self._table(block, counted=False)

    def _text(self, block: TextBlock) -> Iterator[RawLine]:
        level = block.level
        if level == TITLE:
            level, self._shift = 1, 1
        elif level:
            level = min(level + self._shift, 6)
        for text in [unbroken(block.text)] if level else block.text.split("\n"):
            if text := text.strip(_BLANK):
                self._last = [*self._last[-2:], text]
                yield RawLine(text, max(self.place, 1), level, solid=True)
        yield from self._hanging((*block.notes, *block.boxes))

    def _table(self, block: TableBlock, counted: bool) -> Iterator[RawLine]:
        before = self.place
        titles = _title_rows(block)
        rows = block.rows[titles:]
        header_rows = None if block.header_rows is None else block.header_rows - titles
        above = [*(block.above or self._last), *(_text_of(row) for row in block.rows[:titles])]
        lines = {line.y + titles: line for line in linearise([row.cells for row in rows], header_rows, above)}
        for y, row in enumerate(block.rows):
            if counted:
                self.place = before + y + 1
            if y < titles:
                yield RawLine(_text_of(row), max(self.place, 1), solid=True)
            elif line := lines.get(y):
                yield line.raw(max(self.place, 1))
            if row.within:
                self._last = _labels(row)
                yield from self._hanging(row.within)
        yield from self._hanging(block.notes)


def _title_rows(block: TableBlock) -> int:
    """Return how many of the marked header rows are a title over the table: one cell across it, names below."""
    count = 0
    for row in block.rows[: (block.header_rows or 1) - 1]:
        if len(_labels(row)) != 1:
            break
        count += 1
    return count


def _text_of(row: RowBlock) -> str:
    return " ".join(_labels(row))


def _labels(row: RowBlock) -> list[str]:
    """Return the last texts of the row, which may name a table inside it."""
    return [cell.text for cell in dict.fromkeys(row.cells) if cell and cell.text][-3:]
