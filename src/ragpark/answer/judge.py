"""Judging: the statements of the hits, each scored for the query, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ragpark.answer.known import FactBook
from ragpark.answer.reader import Reader
from ragpark.answer.rows import row_fit
from ragpark.answer.score import (
    Support,
    coverage,
    entity_fit,
    indicator_fit,
    organisation_fit,
    pair_coverage,
    question_pairs,
    type_fit,
)
from ragpark.config import Settings
from ragpark.index import Index
from ragpark.read.context import OTHER, Statement, statements
from ragpark.read.orders import without_orders
from ragpark.records import Fact, Hit, Section
from ragpark.retrieve.query import FIGURE, Query
from ragpark.zh import Segmenter, Vocabulary
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import find_times, part_of_year
from ragpark.zh.wording import rx

MARGIN_HITS = 10  # hits that the margin is taken of
LONE = 0.6
DENIES = "(?!除){negation}"  # not `除了甲还有哪些`
AFFIRMED = 0.4  # a sentence that affirms, where the question asks for what is not so
TOP_HITS = 8  # statements are judged in this many chunks

# Weights of a statement's parts, fitted by hand on a reading-comprehension set: see benchmarks/weights.py
TEXT, TYPE, PLACE = 0.6, 0.15, 0.25


@dataclass(frozen=True)
class Library:
    """Everything answering needs: the open index, the lexicon, the settings, and sentences already taken apart."""

    index: Index
    segmenter: Segmenter
    vocabulary: Vocabulary
    settings: Settings
    tagger: Tagger
    reader: Reader | None = None
    cache: dict[tuple[str, int], list[Statement]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    folded: dict[int, str] = field(default_factory=dict)
    years: dict[int, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)

    def section(self, doc: str, number: int) -> Section:
        return self._sections[doc, number]

    @property
    def _sections(self) -> dict[tuple[str, int], Section]:
        if not self._section_map:
            self._section_map.update({(s.doc, s.number): s for s in self.index.sections})
        return self._section_map

    @cached_property
    def facts(self) -> FactBook:
        """The facts of the index, looked up by indicator and by place."""
        names = frozenset(indicator.name for indicator in self.vocabulary.indicators)
        return FactBook.of(self.index.facts, names)

    def fact_rows(self, query: Query) -> list[int]:
        """Return the rows of the chunks that hold a fact of the indicator, place and year a question for a figure
        names, ascending; [] where it names no indicator of the vocabulary."""
        if query.kind != FIGURE:
            return []
        asked = self.facts.asked(query, self.vocabulary)
        return sorted({row for fact in asked for row in self.rows_holding(fact)})

    def rows_holding(self, fact: Fact) -> list[int]:
        """Return the rows of the chunks that a fact stands in, ascending."""
        chunks = self.index.chunks
        return [row for row in self.index.rows_of(fact.doc) if chunks[row].start <= fact.start < chunks[row].end]

    def holds(self, fact: Fact, rows: NDArray[np.bool_]) -> bool:
        """Tell whether a fact stands in one of the chunks that `rows`, (n_chunks,), marks."""
        return any(rows[row] for row in self.rows_holding(fact))

    _section_map: dict[tuple[str, int], Section] = field(default_factory=dict)

    def statements_of(self, doc: str, number: int) -> list[Statement]:
        """Return the sentences of a section with their context, from the cache where they are in it.

        Those that give orders to a language model are left out: they answer nothing.
        """
        key = (doc, number)
        if key not in self.cache:
            document = self.index.documents[doc]
            unnamed = replace(document, home={**self.vocabulary.unnamed, **document.home})
            found = statements(unnamed, self.section(doc, number), self.vocabulary)
            self.cache[key] = without_orders(found, document.text)
        return self.cache[key]

    def years_of(self, row: int) -> tuple[frozenset[int], frozenset[int]]:
        """Return the years a chunk is about: those named in its section up to its end, and those of its headings and date."""
        if row not in self.years:
            chunk = self.index.chunks[row]
            start = self.section(chunk.doc, chunk.section).start
            text = self.index.documents[chunk.doc].text[start : chunk.end]
            said = {year for mention in find_times(text, chunk.date) for year in mention.years}
            titled = {y for m in find_times(" ".join((chunk.title, *chunk.headings)), None) for y in m.years}
            if chunk.date:
                titled |= {int(chunk.date[:4]) - 1, int(chunk.date[:4])}
            self.years[row] = frozenset(said), frozenset(titled)
        return self.years[row]

    def document_names(self) -> Mapping[str, tuple[str, str]]:
        """Return each document's title and file name, folded; read from the chunks, not from the long texts."""
        if not self.names:
            for chunk in self.index.chunks:
                if chunk.doc not in self.names:
                    stem = chunk.doc.rsplit("/", 1)[-1].rsplit(".", 1)[0]
                    self.names[chunk.doc] = (squeeze(chunk.title), squeeze(stem))
        return self.names

    def states(self, query: Query, doc: str, statement: Statement) -> bool:
        """Tell whether the statement holds a fact of an indicator asked for, under whatever name: `上述比重`."""
        if not query.indicators or query.kind != FIGURE:
            return False
        names = query.indicators
        return any(f.measure in names and f.start < statement.end for f in self.facts.since(doc, statement.start))

    def squeezed(self, row: int) -> str:
        """Return the folded text of a chunk with its breadcrumb, for comparing words."""
        if row not in self.folded:
            self.folded[row] = squeeze(self.index.chunks[row].passage)
        return self.folded[row]

    def idf(self, token: str) -> float:
        """Return the token's inverse document frequency in this index."""
        if token not in self.weights:
            self.weights[token] = self.index.lexical.idf(token)
        return self.weights[token]

    def known(self, token: str) -> bool:
        """Say whether any chunk holds the token."""
        if token not in self.held:
            self.held[token] = self.index.lexical.contains(token)
        return self.held[token]


def margin(hits: Sequence[Hit]) -> float:
    """Return how far the best hit stands above the others, 0 to 1: its score less their mean, as a share of it.

    A single hit has nothing to stand above: LONE, what an answered question has on average.
    """
    if len(hits) < 2 or hits[0].score <= 0:
        return LONE
    others = [hit.score for hit in hits[1:MARGIN_HITS]]
    return max(0.0, min(1.0, 1 - sum(others) / len(others) / hits[0].score))


def judge(library: Library, query: Query, hits: Sequence[Hit], chunks: int = TOP_HITS) -> list[Support]:
    """Return the statements of the best `chunks` hits with their support for the query, best first."""
    if not hits:
        return []
    top = max(hit.score for hit in hits) or 1.0
    seen: set[tuple[str, int]] = set()
    found: list[Support] = []
    pairs = question_pairs(query, library.idf, library.known)
    stands = margin(hits)
    for hit in hits[:chunks]:
        chunk = hit.chunk
        for statement in library.statements_of(chunk.doc, chunk.section):
            if statement.start >= chunk.end or statement.end <= chunk.start or (chunk.doc, statement.start) in seen:
                continue
            if not query.scope.has_statement(statement):
                continue
            seen.add((chunk.doc, statement.start))
            found.append(_support(library, query, pairs, statement, hit, max(hit.score, 0.0) / top, stands))
    return sorted(found, key=lambda s: (-s.score, s.rank, s.statement.start))


def _tells_part(statement: Statement, part: str) -> bool:
    """Tell whether the sentence, or what it stands under, names the part of the year: `2023年6月` for 6月."""
    times = [*statement.times, *find_times(f"{statement.heading_text}，{statement.head}", None)]
    return any(time.months and part_of_year(time.text) == part for time in times)


def _support(
    library: Library,
    query: Query,
    weights: Mapping[str, float],
    statement: Statement,
    hit: Hit,
    place: float,
    stands: float,
) -> Support:
    stated = library.states(query, hit.chunk.doc, statement)
    own, within = coverage(query, statement, stated)
    pairs = pair_coverage(weights, statement)
    kind = type_fit(query, statement)
    year = max((statement.year_fit(y) for y in query.years), default=1.0)
    if year == OTHER and any(str(y) in hit.chunk.text for y in query.years):
        year = 0.3  # the chunk names the year, only not for this sentence
    if query.part and not _tells_part(statement, query.part):
        year = OTHER  # `2023年5月` is asked, and the sentence tells of June, or of the whole year
    entity = entity_fit(query, statement, library.vocabulary)
    indicator = 1.0 if stated else indicator_fit(query, statement)
    text = 0.5 * within + 0.15 * own + 0.35 * pairs
    score = TEXT * text + TYPE * kind + PLACE * place
    score *= (0.5 + 0.5 * entity) * (0.6 + 0.4 * indicator) * (0.5 + 0.5 * year)
    row = row_fit(query, statement, library.vocabulary)
    score *= row if row < 1.0 or indicator > 0.0 else 1.0
    organisation = organisation_fit(query, statement)
    score *= 0.5 + 0.5 * organisation
    if rx(DENIES).search(query.question) and not rx(DENIES).search(statement.plain):
        score *= AFFIRMED
    if query.quoted and not any(squeeze(quoted) in statement.own for quoted in query.quoted):
        score *= 0.75
    if statement.heading or (query.count and kind < 1.0):
        score *= 0.6
    parts = {
        "own": own,
        "within": within,
        "pairs": pairs,
        "type": kind,
        "place": place,
        "year": year,
        "entity": entity,
        "indicator": indicator,
        "organisation": organisation,
        "margin": stands,
    }
    return Support(statement, hit.chunk.doc, hit.rank, score, parts)
