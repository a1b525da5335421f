"""Passages of made-up text for the check of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.answer.gate import Passage
from ragpark.read.context import statements
from ragpark.read.orders import without_orders
from ragpark.read.subject import with_subject
from ragpark.records import Document, Section
from ragpark.zh.tagger import Tagger
from ragpark.zh.vocabulary import Vocabulary


def passage(
    n: int, title: str, date: str | None, headings: Sequence[str], text: str, vocabulary: Vocabulary, tagger: Tagger
) -> Passage:
    """Return a passage of text that stands for itself, its sentences with what they inherit inside it."""
    document = Document("", title, date, None, text, (), ((0, 1),), "lines", "txt", "")
    document = with_subject(document, vocabulary, tagger)
    section = Section("", 0, tuple(headings), 0, 0, len(text))
    found = without_orders(statements(document, section, vocabulary), text)
    return Passage(n, document, tuple(headings), text, tuple(found))
