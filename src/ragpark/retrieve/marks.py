"""Where the words of a question stand in a passage, under any of their names; scores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ragpark.retrieve.query import Query
from ragpark.zh.fold import fold_with_offsets
from ragpark.zh.times import find_times
from ragpark.zh.vocabulary import Vocabulary, longest

TERM, SYNONYM, INDICATOR, ENTITY, YEAR = KINDS = ("term", "synonym", "indicator", "entity", "year")


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` says `word` of the question: the word itself, or as `kind` tells a synonym of it, a wording

    of an indicator asked for (its name is `word`), a place asked for, or a year asked for (`2023`).
    """

    start: int
    end: int
    word: str
    kind: str


def find_marks(query: Query, text: str, vocabulary: Vocabulary, date: str | None = None) -> tuple[Mark, ...]:
    """Return the marks in text order, without overlaps: the longest counts, then the first, then the kind's order.

    Texts are compared folded, as searching does: `Ｒ＆Ｄ經費` is marked for `R&D经费`. `date` (ISO) of the document
    resolves `去年`.
    """
    ranked = sorted(_candidates(query, text, vocabulary, date), key=lambda mark: (KINDS.index(mark.kind), mark.word))
    return tuple(mark for _, _, mark in longest([(mark.start, mark.end, mark) for mark in ranked]))


def words_met(query: Query, text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of the question that stand in the text under one of their names, in the question's order.

    Every word of an indicator is met by any wording of it, and a place by any of its names.
    """
    marks = list(_candidates(query, text, vocabulary, None))
    met = {mark.word for mark in marks if mark.kind in (TERM, SYNONYM)}
    if any(mark.kind == INDICATOR for mark in marks):
        met |= query.indicator_words
    if any(mark.kind == ENTITY for mark in marks):
        met |= {term.word for term in query.terms if term.place}
    return tuple(term.word for term in query.terms if term.word in met)


def _candidates(query: Query, text: str, vocabulary: Vocabulary, date: str | None) -> Iterator[Mark]:
    folded, offsets = fold_with_offsets(text)

    def mark(start: int, end: int, word: str, kind: str) -> Mark:
        return Mark(offsets[start], offsets[end - 1] + 1, word, kind)

    for term in query.terms:
        for number, form in enumerate(term.forms):
            for match in re.finditer(_whole(form), folded):
                yield mark(*match.span(), term.word, SYNONYM if number else TERM)
    if query.indicators:
        for start, end, indicator in vocabulary.find_indicators(folded):
            if indicator.name in query.indicators:
                yield mark(start, end, indicator.name, INDICATOR)
    if query.entities:
        for start, end, entity in vocabulary.find_entities(folded):
            if entity.name in query.entities:
                yield mark(start, end, entity.name, ENTITY)
    if query.years:
        for mention in find_times(text, date):
            if asked := sorted(set(mention.years) & set(query.years)):
                yield Mark(mention.start, mention.end, str(asked[0]), YEAR)


def _whole(form: str) -> str:
    """Return a pattern for a folded form: `ai` is not met in `said`, `r&d` is in `r&d占比`."""
    before = "(?<![a-z0-9])" if form[0].isascii() and form[0].isalnum() else ""
    after = "(?![a-z0-9])" if form[-1].isascii() and form[-1].isalnum() else ""
    return before + re.escape(form) + after
