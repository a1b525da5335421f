"""Ingest: a file becomes a Document, the Document becomes Sections, Chunks and Facts.

The stages are imported when they are called: answering a question needs a few modules of this package, not all of
their patterns compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ragpark.config import Settings
    from ragpark.read.context import Statement
    from ragpark.records import Chunk, Document, Fact, Section
    from ragpark.zh.tagger import Tagger
    from ragpark.zh.vocabulary import Vocabulary

INGEST_VERSION = "22"  # raise it when the same file would give another Document, Section or Chunk


def read_document(
    folder: Path, doc: str, settings: Settings, vocabulary: Vocabulary | None = None, tagger: Tagger | None = None
) -> Document:
    """Return the cleaned document at `folder/doc`; with a vocabulary, an undated one gets its year from its text, and
    each its subject; with a tagger, also the parks it names.

    Raises LoadError if it cannot be read or holds no text.
    """
    from ragpark.errors import LoadError
    from ragpark.load import load_document
    from ragpark.repair.clean import clean
    from ragpark.repair.dates import anniversary_year, planned_year

    document = clean(load_document(folder, doc, max_file_mb=settings.max_file_mb))
    if not document.text.strip():
        raise LoadError(f"“{doc}”里没有可用的正文；请确认文件内容")
    if vocabulary is not None:
        from ragpark.read.subject import with_subject

        document = with_subject(document, vocabulary, tagger)
        own = vocabulary.at_home(document.home, (document.subject,))
        if document.date is None and (told := anniversary_year(document.text, own) or planned_year(document.text)):
            document = replace(document, year=told[0], year_from=told[1])
    return document


def split_document(
    document: Document, count_tokens: Callable[[Sequence[str]], list[int]], settings: Settings
) -> tuple[list[Section], list[Chunk]]:
    """Return the document's sections and its chunks, which fit the settings' limits."""
    from ragpark.read.chunks import split_chunks
    from ragpark.repair.sections import split_sections

    sections = split_sections(document)
    chunks = split_chunks(
        document, sections, count_tokens, max_tokens=settings.max_tokens, max_chars=settings.max_chars
    )
    return sections, chunks


def find_facts(
    document: Document,
    sections: Sequence[Section],
    vocabulary: Vocabulary,
    tagger: Tagger,
    said: Sequence[Sequence[Statement]] | None = None,
) -> list[Fact]:
    """As `ragpark.read.facts.find_facts` says."""
    from ragpark.read import facts

    return facts.find_facts(document, sections, vocabulary, tagger, said)


__all__ = ["INGEST_VERSION", "find_facts", "read_document", "split_document"]
