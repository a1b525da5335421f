"""Word files made from raw XML, as Word or WPS would write them, for the tests of the loader."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ragpark.load.docx import read_docx
from ragpark.load.table import Cell

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_ROOTS = {"styles": "styles", "numbering": "numbering", "settings": "settings"}


def word_file(body: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a .docx with that content of `w:body`; `parts`: name under word/ → its XML, or the inside of its root.

    A part is related to the document by the name it begins with: `header1.xml` → rId_header1, of kind `header`.
    """
    parts = parts or {}
    relations = ""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _relations(_relation("rId1", "officeDocument", "word/document.xml")))
        for name, content in parts.items():
            stem = name.rsplit("/", 1)[-1].removesuffix(".xml")
            kind = stem.rstrip("0123456789")
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            if isinstance(content, str) and not content.startswith("<?xml"):
                content = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
            archive.writestr(f"word/{name}", content)
            relations += _relation(f"rId_{stem}", "diagramData" if kind == "data" else kind, name)
        archive.writestr("word/_rels/document.xml.rels", _relations(relations))
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    return target.getvalue()


def lines(body: str, parts: Mapping[str, str | bytes] | None = None) -> list[str]:
    """Return the texts of the lines that are read from such a file."""
    return [line.text for line in read_docx(word_file(body, parts), "文.docx").lines]


def _relation(id_: str, kind: str, part: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_OFFICE}/relationships/{kind}" Target="{part}"/>'


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def run(text: str, properties: str = "") -> str:
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def raised(text: str) -> str:
    return run(text, '<w:vertAlign w:val="superscript"/>')


def par(inner: str, properties: str = "") -> str:
    """A paragraph; `inner` is plain text or runs."""
    inner = inner if inner.startswith("<") or not inner else run(inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(inner: str, level: int = 0, number: int = 1, more: str = "") -> str:
    return par(inner, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> dict[str, str]:
    """The part `numbering.xml` with one list: a level is `format|text|further XML`."""
    inner = ""
    for at, level in enumerate(levels):
        kind, text, more = (*level.split("|"), "")[:3]
        start = "" if "<w:start " in more else '<w:start w:val="1"/>'
        inner += f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    return {"numbering.xml": f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>{nums}'}


def cell(inner: str, properties: str = "") -> str:
    """A cell; `inner` is plain text (a paragraph a line) or paragraphs and tables."""
    inner = inner if inner.startswith("<") else "".join(par(text) for text in inner.split("\n"))
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells; a text that is no XML becomes a cell."""
    inner = "".join(item if item.startswith(("<w:tc>", "<w:sdt>")) else cell(item) for item in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def box(*content: str) -> str:
    """A run with a text box, in both forms that Word writes."""
    inner = "".join(content)
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, result: str, properties: str = "") -> str:
    """A complex field: its code, then its result (text or runs)."""
    shown = result if result.startswith("<") or not result else run(result)
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{properties}</w:fldChar></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else ""
    return (
        f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{middle}{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def same(grid: list[list[Cell | None]], *places: tuple[int, int]) -> bool:
    return len({id(grid[y][x]) for y, x in places}) == 1
