"""Files written, read by the loader of their format, and the facts found in them, as short rows to compare."""

from __future__ import annotations

from pathlib import Path

from fact_fakes import TAGGER, VOCABULARY

from ragpark.config import Settings
from ragpark.read import find_facts, read_document
from ragpark.records import Document
from ragpark.repair.sections import split_sections
from ragpark.zh.periods import part_of_year

Row = tuple[str, int | None, str, str, float, str]


def read(folder: Path, doc: str, content: str | bytes) -> Document:
    """Write the file and return it as read."""
    (folder / doc).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(folder, doc, Settings(), VOCABULARY, TAGGER)


def rows(document: Document) -> list[Row]:
    """Return (entity, year, part of the year, indicator, value, unit) of each fact."""
    found = find_facts(document, split_sections(document), VOCABULARY, TAGGER)
    assert all(document.text[fact.start : fact.end] == fact.text for fact in found)
    return [(f.entity, f.year, part_of_year(f.period), f.indicator, round(f.value, 6), f.unit) for f in found]
