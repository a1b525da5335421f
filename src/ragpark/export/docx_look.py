"""How a Word document of answers looks: page, fonts for Chinese and Latin script, styles, page numbers."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from ragpark.export.docx_notes import LINK_STYLE, REFERENCE_STYLE, TEXT_STYLE, run

BODY, HEADING = ("Times New Roman", "宋体"), ("Arial", "黑体")
BLUE, GREY, AMBER, BLACK = RGBColor(0x1C, 0x4F, 0x8F), RGBColor(0x5A, 0x66, 0x75), RGBColor(0x9A, 0x5B, 0), RGBColor(0, 0, 0)  # fmt: skip
TITLE, CHAPTER, QUESTION = "Title", "Heading1", "Heading2"  # styles by their ids, as paragraphs name them
ANSWER, SMALL, LABEL, MISSING, CELL = "RagparkAnswer", "RagparkSmall", "RagparkLabel", "RagparkMissing", "RagparkCell"
CELL_HEAD = "RagparkCellHead"
_NAMES = {
    ANSWER: "ragpark 答案",
    SMALL: "ragpark 说明",
    LABEL: "ragpark 标注",
    MISSING: "ragpark 未答",
    CELL: "ragpark 表格",
    CELL_HEAD: "ragpark 表头",
}


def dress(document: Document) -> None:
    """Give an empty document its page, styles and footer."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(26)
    page.top_margin = page.bottom_margin = Mm(25)
    styles: Any = document.styles
    normal = styles["Normal"]
    _font(normal, BODY, 11, BLACK)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.25
    for name, size, color, before in (
        ("Title", 20.0, BLUE, 0),
        ("Heading 1", 14, BLUE, 18),
        ("Heading 2", 12, BLACK, 14),
    ):
        style = styles[name]
        _font(style, HEADING, size, color)
        style.font.bold = name != "Title"
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    for name, size, color, bold in (
        (ANSWER, 12.0, BLACK, True),
        (SMALL, 9.5, GREY, False),
        (LABEL, 9.5, GREY, False),
        (MISSING, 11, AMBER, False),
        (CELL, 9.5, BLACK, False),
        (CELL_HEAD, 9.5, BLACK, True),
    ):
        style = styles.add_style(_NAMES[name], WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), name)
        style.base_style = normal
        _font(style, BODY, size, color)
        style.font.bold = bold
        style.paragraph_format.keep_with_next = True if name == LABEL else None
        if name in (SMALL, LABEL, CELL, CELL_HEAD):
            style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(2), 1.15
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = normal
    _font(note, BODY, 9, BLACK)
    note.paragraph_format.space_after, note.paragraph_format.line_spacing = Pt(0), 1.1
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = BLUE, True
    for style, name in ((note, TEXT_STYLE), (reference, REFERENCE_STYLE), (link, LINK_STYLE)):
        style.element.set(qn("w:styleId"), name)
    _language(styles)
    _page_number(page.footer.paragraphs[0])


def _font(style: Any, fonts: tuple[str, str], size: float, color: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = fonts[0], Pt(size), color
    named = style.element.rPr.rFonts
    for key in list(named.attrib):
        if key.endswith("Theme"):  # the theme's font would win
            del named.attrib[key]
    named.set(qn("w:hAnsi"), fonts[0])
    named.set(qn("w:eastAsia"), fonts[1])


def _language(styles: Any) -> None:
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "", "end"):
        part = run("")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = "PAGE"
        part.append(mark)
        paragraph._p.append(part)


def repeat_on_each_page(row: Any) -> None:
    """Mark a table's row as its header."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
