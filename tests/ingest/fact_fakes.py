"""Documents of a few lines, and the facts found in them."""

from __future__ import annotations

from ragpark.ingest.clean import clean
from ragpark.ingest.facts import find_facts
from ragpark.ingest.sections import split_sections
from ragpark.lexicon import load_vocabulary
from ragpark.records import Document, Fact, RawDocument, RawLine

VOCABULARY = load_vocabulary()


def document(*lines: str, title: str = "昆山创新年报", date: str | None = None) -> Document:
    meta = {"title": title} | ({"date": date} if date else {})
    raw = tuple(RawLine(line, number, solid=True) for number, line in enumerate(lines, start=1))
    return clean(RawDocument("a.txt", "0" * 64, "txt", "lines", raw, meta))


def facts(*lines: str, title: str = "昆山创新年报", date: str | None = None) -> list[Fact]:
    found = document(*lines, title=title, date=date)
    return find_facts(found, split_sections(found), VOCABULARY)
