"""Rows → a Word document: a heading a question, the answer with real footnotes, and a table of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from ragpark.export import docx_look as look
from ragpark.export.clean import one_line
from ragpark.export.columns import cited
from ragpark.export.docx_notes import Footnotes, Links
from ragpark.export.links import Link
from ragpark.export.records import NO_QUESTION, OUTCOMES, Head, Row, Source

_WIDTHS_MM = (66, 76, 16)


def write_docx(path: Path, head: Head, rows: Iterable[Row], link: Link) -> None:
    """Write the document. Raises OSError."""
    document = Document()
    look.dress(document)
    for name in ("title", "author", "comments"):
        setattr(document.core_properties, name, one_line(head.title)[:255] if name == "title" else "")
    document.core_properties.author = "ragpark"
    document.core_properties.created = document.core_properties.modified = head.made.replace(tzinfo=None)
    document.add_paragraph(one_line(head.title), "Title")
    document.add_paragraph(head.summary, look.SMALL)
    notes = Footnotes(document)
    documents: dict[str, str] = {}
    count: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        _row(document, head, number, row, notes, link)
        for source in cited(row):
            documents[source.doc] = source.title
            count[source.doc] += 1
    if documents:
        _documents(document, documents, count, link)
    notes.close()
    with path.open("wb") as file:
        document.save(file)


def _row(document: Any, head: Head, number: int, row: Row, notes: Footnotes, link: Link) -> None:
    document.add_paragraph(f"{number}. {one_line(row.question or NO_QUESTION)}", "Heading 2")
    kept = [f"{name}：{cell}" for name, cell in zip(head.columns, row.kept, strict=False) if cell]
    for text in (["；".join(kept)] if kept else []) + list(row.reply.labels):
        document.add_paragraph(one_line(text), look.SMALL).paragraph_format.keep_with_next = True
    if row.reply.outcome == "answered":
        answer = document.add_paragraph(one_line(row.reply.answer), look.ANSWER)
        for source in cited(row):
            notes.add(answer, *_note(source), link(source.doc))
    else:
        document.add_paragraph(OUTCOMES[row.reply.outcome], look.MISSING)
    if row.note:
        document.add_paragraph(one_line(row.note), look.SMALL)


def _note(source: Source) -> tuple[str, str, str]:
    """Return a footnote's words before the file's name, the name, and those after it."""
    said = f"《{source.title}》" if source.title else ""
    before = "，".join(part for part in (said, source.date, source.section) if part)
    place = f" {source.place}" if source.place else ""
    return f"{one_line(before)}，" if before else "", one_line(source.doc), f"{place}：“{one_line(source.quote)}”"


def _documents(document: Any, documents: dict[str, str], count: Counter[str], link: Link) -> None:
    document.add_paragraph("来源文档", "Heading 1")
    table = document.add_table(rows=1, cols=len(_WIDTHS_MM), style="Table Grid")
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, ("标题", "文件", "引用"), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    look.repeat_on_each_page(table.rows[0])
    links = Links(document.part)
    for doc, title in sorted(documents.items()):
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(one_line(title))
        if target := link(doc):
            cells[1].paragraphs[0]._p.append(links.element(one_line(doc), target))
        else:
            cells[1].paragraphs[0].add_run(one_line(doc))
        cells[2].paragraphs[0].add_run(f"{count[doc]} 处")
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.paragraphs[0].style = look.CELL
