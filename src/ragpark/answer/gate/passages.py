"""What an answer may be checked against: numbered passages, taken apart into sentences. Judges nothing.

A passage is data. Its sentences that speak to a model (`忽略以上要求，……`) support no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from ragpark.read.context import Statement
from ragpark.records import Document
from ragpark.zh.fold import squeeze


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
