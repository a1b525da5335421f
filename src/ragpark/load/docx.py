"""Word documents → paragraphs with heading levels and table rows, in reading order; headers and text boxes ignored."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.meta import sensible_title
from ragpark.load.table import Cell, linearise
from ragpark.records import RawLine

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OLE = b"\xd0\xcf\x11\xe0"  # old .doc files and password-protected .docx files
_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-6])$", re.IGNORECASE)
_CONTENTS_STYLE = re.compile(r"^(?:toc|目录)\s*\d*$|^toc heading$", re.IGNORECASE)
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"))
_TITLE = -1
_NO_TEXT = frozenset((_FALLBACK, *(f"{_W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "txbxContent"))))


def read_docx(data: bytes, doc: str) -> Loaded:
    """Return the document's paragraphs and table rows; a place counts paragraphs of the body and rows of its tables.

    The date of creation goes to `created`, not `date`: it says when the file was made, not when it was issued.
    Raises LoadError for a file that is broken, encrypted or an old .doc.
    """
    import docx

    if data.startswith(_OLE):
        raise LoadError(f"“{doc}”是旧版 .doc 或有密码保护；请在 Word 中另存为不带密码的 .docx")
    try:
        document = docx.Document(io.BytesIO(data))
        lines = tuple(_lines(document))
        properties = document.core_properties
        title, created = properties.title or "", properties.created
    except Exception as error:  # zipfile, lxml and python-docx raise a dozen kinds between them
        raise LoadError(f"“{doc}”已损坏或不是 Word 文档；请重新另存为 .docx 后再试") from error
    meta: dict[str, str] = {}
    if sensible_title(title):
        meta["title"] = title
    if created is not None and created.year > 2013:  # python-docx's template says 2013
        meta["created"] = created.date().isoformat()
    return Loaded(lines, "paragraphs", meta)


def _lines(document: Any) -> Iterator[RawLine]:
    place = 0
    last: list[str] = []  # the lines before, which may be a table's caption
    shift = 0  # headings stand one deeper once a title has been seen
    for element in _blocks(document.element.body):
        if element.tag == f"{_W}p":
            place += 1
            level, contents = _style(element, document)
            if level == _TITLE:
                level, shift = 1, 1
            elif level:
                level = min(level + shift, 6)
            if contents:
                continue
            for text in _text(element).split("\n"):
                if text := text.strip(" \t\u00a0\u3000"):
                    last = [*last[-2:], text]
                    yield RawLine(text, place, level, solid=True)
        else:
            grid, header_rows = _grid(element)
            for line in linearise(grid, header_rows, last):
                yield line.raw(place + line.y + 1)
            place += len(grid)


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, through content controls and insertions, without contents lists."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            gallery = child.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
            if gallery is None or "Contents" not in (gallery.get(f"{_W}val") or ""):
                yield from _blocks(child)


def _style(paragraph: Any, document: Any) -> tuple[int, bool]:
    """Return (heading level, _TITLE or 0; whether it is a line of the contents list)."""
    from docx.text.paragraph import Paragraph

    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    style = Paragraph(paragraph, document._body).style
    while style is not None:
        name = style.name or ""
        if _CONTENTS_STYLE.match(name):
            return 0, True
        if name in ("Title", "标题"):
            return _TITLE, False
        if match := _HEADING_STYLE.match(name):
            return int(match[1]), False
        if outline is None:
            outline = style.element.find(f"{_W}pPr/{_W}outlineLvl")
        style = style.base_style
    level = int(outline.get(f"{_W}val", 9)) if outline is not None else 9
    return (level + 1 if level < 6 else 0), False


def _text(element: Any) -> str:
    """Return the visible text: tracked deletions, hidden runs, text boxes and field codes left out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == f"{_W}t":
            parts.append(node.text or "")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}tab":
            parts.append("\t")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif tag not in _NO_TEXT and not (tag == f"{_W}r" and node.find(f"{_W}rPr/{_W}vanish") is not None):
            stack.extend(reversed(node))
    return "".join(parts)


def _grid(table: Any) -> tuple[list[list[Cell | None]], int | None]:
    """Return the table's cells, the same object where cells are merged, and its header rows where Word marks them."""
    grid: list[list[Cell | None]] = []
    marked = 0
    for row in table.iterchildren(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}tblHeader") is not None and marked == len(grid):
            marked += 1
        line: list[Cell | None] = []
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        line += [None] * (int(before.get(f"{_W}val", 0)) if before is not None else 0)
        for cell in (child for child in row.iter(f"{_W}tc") if _owner(child, f"{_W}tr") is row):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = max(1, int(span.get(f"{_W}val", 1))) if span is not None else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            above = grid[-1] if grid else []
            if merge is not None and merge.get(f"{_W}val") != "restart" and len(line) < len(above):
                item = above[len(line)]
            else:
                paragraphs = (_text(p).strip(" \t\n") for p in cell.iter(f"{_W}p") if _owner(p, f"{_W}tc") is cell)
                text = " ".join(paragraphs)
                item = Cell(" ".join(text.split()), indent=len(text) - len(text.lstrip("\u00a0\u3000")))
            line += [item] * min(width, 200)
        grid.append(line)
    return grid, (marked if 0 < marked < len(grid) else None)


def _owner(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)
