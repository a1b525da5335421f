"""Sections: the text between one heading and the next, with the path of headings above it."""

from __future__ import annotations

from ragpark.records import Document, Heading, Section
from ragpark.zh.fold import squeeze


def split_sections(document: Document) -> list[Section]:
    """Return the document's sections in order; together they cover its whole text.

    A heading that is followed directly by a deeper one belongs to the deeper one's section, so that no
    section is empty.
    """
    sections: list[Section] = []
    path: list[Heading] = []
    start = 0
    body = 0
    for heading in document.headings:
        if document.text[body : heading.start].strip():
            sections.append(_section(document, len(sections), path, start, body, heading.start))
            start = heading.start
        path = [above for above in path if above.level < heading.level] + [heading]
        body = heading.end
    if document.text[start:].strip():
        sections.append(_section(document, len(sections), path, start, body, len(document.text)))
    return sections


def _section(document: Document, number: int, path: list[Heading], start: int, body: int, end: int) -> Section:
    title = squeeze(document.title)
    shown = tuple(heading.text for heading in path if squeeze(heading.text) not in title)
    return Section(document.doc, number, shown, start, body, end)
