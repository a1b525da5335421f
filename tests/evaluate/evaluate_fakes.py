"""A small index and an engine whose hits and answers are written down, so that every measure can be done by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ragpark.records import Answer, Chunk, Citation, Document, Hit, Removed


def document(doc: str, text: str, *, also: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> Document:
    pieces = tuple(Removed(piece, "by-line", 1) for piece in removed)
    places = ((0, 1),)
    return Document(doc, "标题", "2024-01-01", None, text, (), places, "lines", "txt", "0" * 64, pieces, also=also)


def chunk(source: Document, number: int, start: int, end: int) -> Chunk:
    name = f"{source.doc}#{number}"
    return Chunk(name, source.doc, source.title, source.date, ("标题",), 0, start, end, source.text[start:end])


def cite(source: Document, quote: str, n: int = 1) -> Citation:
    start = source.text.index(quote)
    end = start + len(quote)
    return Citation(n, source.doc, source.title, source.date, (), quote, start, end, source.locator(start, end))


def answered(question: str, text: str, *citations: Citation) -> Answer:
    return Answer(question, text, False, "", citations, 0.9)


def refused(question: str, reason: str = "库中没有", *nearest: Citation) -> Answer:
    return Answer(question, "", True, reason, nearest, 0.1)


@dataclass(frozen=True)
class FakeIndex:
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    generation: str = "gen-1"


@dataclass
class FakeEngine:
    """`found` holds the chunks of a question, best first; `said` its answer. Every question asked is written down."""

    index: FakeIndex
    found: Mapping[str, list[Chunk]] = field(default_factory=dict)
    said: Mapping[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        chunks = self.found.get(question, [])[:k]
        return [Hit(chunk, 1.0 / rank, rank) for rank, chunk in enumerate(chunks, start=1)]

    def ask(self, question: str) -> Answer:
        self.asked.append(question)
        return self.said[question]
