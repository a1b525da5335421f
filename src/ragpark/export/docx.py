"""Rows → a Word document: a heading a question, the answer with real footnotes, and a table of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from ragpark.export import docx_look as look
from ragpark.export.clean import one_line
from ragpark.export.columns import cited
from ragpark.export.docx_notes import Footnotes, Links, paragraph, run
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
    end = document.element.body.sectPr  # everything stands before it
    end.addprevious(paragraph(one_line(head.title), look.TITLE))
    end.addprevious(paragraph(head.summary, look.SMALL))
    notes = Footnotes(document)
    documents: dict[str, str] = {}
    count: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        for part in _row(head, number, row, notes, link):
            end.addprevious(part)
        for source in cited(row):
            documents[source.doc] = source.title
            count[source.doc] += 1
    if documents:
        _documents(document, documents, count, link)
    notes.close()
    with path.open("wb") as file:
        document.save(file)


def _row(head: Head, number: int, row: Row, notes: Footnotes, link: Link) -> Iterator[Any]:
    """Yield the paragraphs of a question."""
    yield paragraph(f"{number}. {one_line(row.question or NO_QUESTION)}", look.QUESTION)
    kept = [f"{name}：{cell}" for name, cell in zip(head.columns, row.kept, strict=False) if cell]
    for text in (["；".join(kept)] if kept else []) + list(row.reply.labels):
        yield paragraph(one_line(text), look.LABEL)
    if row.reply.outcome == "answered":
        answer = paragraph(one_line(row.reply.answer), look.ANSWER)
        for source in cited(row):
            notes.add(answer, *_note(source), link(source.doc))
        yield answer
    else:
        yield paragraph(OUTCOMES[row.reply.outcome], look.MISSING)
    if row.note:
        yield paragraph(one_line(row.note), look.SMALL)


def _note(source: Source) -> tuple[str, str, str]:
    """Return a footnote's words before the file's name, the name, and those after it."""
    said = f"《{source.title}》" if source.title else ""
    before = "，".join(part for part in (said, source.date, source.section) if part)
    place = f" {source.place}" if source.place else ""
    return f"{one_line(before)}，" if before else "", one_line(source.doc), f"{place}：“{one_line(source.quote)}”"


def _documents(document: Any, documents: dict[str, str], count: Counter[str], link: Link) -> None:
    document.element.body.sectPr.addprevious(paragraph("来源文档", look.CHAPTER))
    table = document.add_table(rows=0, cols=len(_WIDTHS_MM), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    links = Links(document.part)
    _table_row(table, [run(name) for name in ("标题", "文件", "引用")], look.CELL_HEAD)
    look.repeat_on_each_page(table.rows[0])
    for doc, title in sorted(documents.items()):
        target = link(doc)
        file = links.element(one_line(doc), target) if target else run(one_line(doc))
        _table_row(table, [run(one_line(title)), file, run(f"{count[doc]} 处")], look.CELL)


def _table_row(table: Any, said: list[Any], style: str) -> None:
    for cell, text, width in zip(table.add_row().cells, said, _WIDTHS_MM, strict=True):
        cell.width = Mm(width)
        inside = paragraph("", style)
        inside.append(text)
        cell._tc.replace(cell.paragraphs[0]._p, inside)
