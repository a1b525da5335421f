"""Sentences with their context, questions understood and a library without an index, over two made-up parks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from ragpark.answer.candidates import Candidate
from ragpark.answer.cuts import Cut
from ragpark.answer.factbook import FactBook
from ragpark.answer.scorer import Scorer
from ragpark.answer.support import Support
from ragpark.read.context import Statement, statements
from ragpark.records import Chunk, Document, Fact, Hit, Section
from ragpark.retrieve.query import Query, Term, understand
from ragpark.zh import Segmenter, Vocabulary, load_vocabulary
from ragpark.zh.tagger import LacTagger

LAKE, STONE = "碧湖园区", "青石园区"


@cache
def vocabulary() -> Vocabulary:
    """Return the built-in vocabulary, to which the two parks are known."""
    return load_vocabulary().at_home({LAKE: LAKE, STONE: STONE})


@cache
def _segmenter() -> Segmenter:
    return Segmenter(vocabulary().words())


def understood(question: str) -> Query:
    """Return the question understood; every word weighs 1 and is held by some document."""
    return understand(question, _segmenter(), vocabulary(), lambda token: 1.0, today="2026-11-22")


def term(word: str, weight: float = 1.0, *others: str, **given: Any) -> Term:
    """Return a term with further forms."""
    return Term(word, (word, *others), weight, **given)


def sentences_of(
    text: str, *, subject: str = "", headings: tuple[str, ...] = (), title: str = "资料", date: str | None = None
) -> list[Statement]:
    """Return the sentences of a text that is the one section of its document."""
    places, home = ((0, 1),), {LAKE: LAKE, STONE: STONE}
    document = Document("a.md", title, date, None, text, (), places, "lines", "md", "0", subject=subject, home=home)
    return statements(document, Section("a.md", 0, headings, 0, 0, len(text)), vocabulary())


def sentence(text: str) -> Statement:
    (only,) = sentences_of(text)
    return only


def hit(text: str, *, score: float = 1.0, rank: int = 1) -> Hit:
    return Hit(Chunk("c", "a.md", "资料", None, (), 0, 0, len(text), text), score, rank)


def supported(
    statement: Statement, *, score: float = 0.5, rank: int = 1, doc: str = "a.md", **features: float
) -> Support:
    return Support(statement, doc, rank, score, {"pairs": 0.0, **features})


def offered(support: Support, cut: Cut | None, probability: float, **features: float) -> Candidate:
    """Return a candidate: a piece, or without a cut the whole sentence."""
    text = cut.text if cut else support.statement.text
    span = (cut.start, cut.end) if cut else (0, len(text))
    return Candidate(text, ((support, (span,)),), features, probability, cut)


def cut_of(statement: Statement, text: str, **features: float) -> Cut:
    """Return what stands in the sentence as a piece; with its quantity where it is one."""
    start = statement.text.index(text)
    end = start + len(text)
    value = next((q for q in statement.quantities if start <= q.start and q.end <= end), None)
    return Cut(text, start, end, features, value)


def fact(indicator: str, value: float, unit: str, quote: str, figure: str, **given: Any) -> Fact:
    """Return a fact read from `quote`, at the place of `figure` in it; `given` are its further fields."""
    start = quote.index(figure)
    fields: dict[str, Any] = {
        "entity": LAKE,
        "year": 2023,
        "period": "2023年",
        "qualifier": "",
        "kind": "level",
        "doc": "a.md",
        "date": None,
        "start": start,
        "end": start + len(figure),
        "locator": {"lines": [1, 1]},
    }
    return Fact(indicator=indicator, value=value, unit=unit, text=figure, quote=quote, **{**fields, **given})


def bare_library(
    weights: Mapping[str, float] | None = None, facts: Iterable[Fact] = (), found: Iterable[Statement] = ()
) -> Any:
    """Return what the functions under test use of a library: words, facts, a scorer of these weights, one section."""
    names = frozenset(indicator.name for indicator in vocabulary().indicators)
    section = list(found)
    return SimpleNamespace(
        vocabulary=vocabulary(),
        facts=FactBook.of(facts, names),
        tagger=LacTagger(),
        scorer=Scorer(dict(weights or {})),
        settings=SimpleNamespace(max_answer_chars=120),
        states=lambda query, doc, statement: False,
        names_of=lambda place: vocabulary().names_of(found) if (found := vocabulary().entity(place)) else (place,),
        names_any=lambda doc, names: False,
        statements_of=lambda doc, number: section,
        idf=lambda token: 1.0,
        known=lambda token: True,
    )
