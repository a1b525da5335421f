"""Rows → Markdown: a heading a question, the answer with footnotes, and the list of documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ragpark.export.clean import one_line
from ragpark.export.columns import cited
from ragpark.export.links import Link
from ragpark.export.records import NO_QUESTION, OUTCOMES, Head, Row, Source


def write_markdown(path: Path, head: Head, rows: Iterable[Row], link: Link) -> None:
    """Write the text; nothing of a document or a question acts as Markdown in it. Raises OSError."""
    documents: dict[str, str] = {}
    n_notes = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {escaped(head.title)}\n\n{escaped(head.summary)}\n")
        for number, row in enumerate(rows, start=1):
            sources = cited(row)
            documents |= {source.doc: source.title for source in sources}
            notes = [(n_notes + at, source) for at, source in enumerate(sources, start=1)]
            n_notes += len(notes)
            file.write(
                "\n".join(("", f"## {number}. {escaped(row.question or NO_QUESTION)}", "", *_body(head, row, notes)))
            )
        if documents:
            file.write("\n## 来源文档\n\n")
        for doc, title in sorted(documents.items()):
            file.write(f"- {_linked(escaped(title or doc), link(doc))}（{escaped(doc)}）\n")


def escaped(text: str) -> str:
    """Return a text as one line that Markdown shows as it is: `[点](http://a)` stays text, `#1` no heading."""
    text = re.sub(r"([\\`*_\[\]<>#|&~$!])", r"\\\1", one_line(text))
    return re.sub(r"^(?=[-+=])|^(?<!\d)(\d+)(?=[.)](\s|$))", r"\1\\", text)


def _body(head: Head, row: Row, notes: list[tuple[int, Source]]) -> Iterable[str]:
    kept = [(name, cell) for name, cell in zip(head.columns, row.kept, strict=False) if cell]
    if kept:
        yield "；".join(f"{escaped(name)}：{escaped(cell)}" for name, cell in kept)
        yield ""
    if row.reply.labels:
        yield "<br>".join(map(escaped, row.reply.labels))
        yield ""
    if row.reply.outcome == "answered":
        yield f"**{escaped(row.reply.answer)}**{''.join(f'[^{n}]' for n, _ in notes)}"
    else:
        yield f"*{OUTCOMES[row.reply.outcome]}*"
    yield ""
    if row.note:
        yield escaped(row.note)
        yield ""
    for n, source in notes:
        yield f"[^{n}]: {note_text(source, escape=True)}"
    if notes:
        yield ""


def note_text(source: Source, *, escape: bool = False) -> str:
    """Return a source in one line: `《标题》，2024-03-12，二、研发投入，报告/a.txt 第6行：“原文”`."""
    said = f"《{source.title}》" if source.title else ""
    where = "，".join(part for part in (said, source.date, source.section, source.where) if part)
    text = f"{where}：“{one_line(source.quote)}”"
    return escaped(text) if escape else one_line(text)


def _linked(text: str, target: str) -> str:
    return f"[{text}](<{target}>)" if target else text
