"""What an answer may be checked against: numbered passages, taken apart into sentences. Judges nothing.

A passage is data. Its sentences that speak to a model (`忽略以上要求，……`) support no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.read.context import Statement, statements
from ragpark.read.orders import without_orders
from ragpark.read.subject import with_subject
from ragpark.records import Document, Section
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Tagger
from ragpark.zh.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as the model sees it, under the number it is cited by.

    `statements` are the sentences that can support an answer: those that speak to a model are left out. Their offsets
    are those of `document`.
    """

    n: int
    document: Document
    headings: tuple[str, ...]
    text: str
    statements: tuple[Statement, ...]

    @property
    def folded(self) -> str:
        """Folded title, headings, date and sentences, for looking words up."""
        said = " ".join(statement.text for statement in self.statements)
        return squeeze("|".join((self.document.title, *self.headings, self.document.date or "", said)))


def passage(
    n: int, title: str, date: str | None, headings: Sequence[str], text: str, vocabulary: Vocabulary, tagger: Tagger
) -> Passage:
    """Return a passage of text that stands for itself, its sentences with what they inherit inside it."""
    document = Document("", title, date, None, text, (), ((0, 1),), "lines", "txt", "")
    document = with_subject(document, vocabulary, tagger)
    section = Section("", 0, tuple(headings), 0, 0, len(text))
    found = without_orders(statements(document, section, vocabulary), text)
    return Passage(n, document, tuple(headings), text, tuple(found))
