"""Documents of a few lines, and the facts found in them."""

from __future__ import annotations

from ragpark.read.facts import find_facts
from ragpark.read.subject import with_subject
from ragpark.records import Document, Fact, RawDocument, RawLine
from ragpark.repair.clean import clean
from ragpark.repair.sections import split_sections
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger

VOCABULARY = load_vocabulary()
TAGGER = LacTagger()


def document(*lines: str, title: str = "昆山创新年报", date: str | None = None) -> Document:
    meta = {"title": title} | ({"date": date} if date else {})
    raw = tuple(RawLine(line, number, solid=True) for number, line in enumerate(lines, start=1))
    return with_subject(clean(RawDocument("a.txt", "0" * 64, "txt", "lines", raw, meta)), VOCABULARY, TAGGER)


def facts(*lines: str, title: str = "昆山创新年报", date: str | None = None) -> list[Fact]:
    found = document(*lines, title=title, date=date)
    return find_facts(found, split_sections(found), VOCABULARY, TAGGER)
