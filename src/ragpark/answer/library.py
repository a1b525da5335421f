"""What answering stands on: the open index with its words, facts and sentences taken apart, each looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ragpark.answer.factbook import FactBook
from ragpark.answer.reader import Reader
from ragpark.answer.scorer import Scorer, load_scorer
from ragpark.config import Settings
from ragpark.index import Index
from ragpark.read.context import Statement, statements
from ragpark.read.orders import without_orders
from ragpark.records import Fact, Section, file_words
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.zh import Segmenter, Vocabulary
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import find_times


@dataclass(frozen=True)
class Library:
    """Everything answering needs: the open index, the lexicon, the settings, and sentences already taken apart."""

    index: Index
    segmenter: Segmenter
    vocabulary: Vocabulary
    settings: Settings
    tagger: Tagger
    reader: Reader | None = None
    scorer: Scorer = field(default_factory=load_scorer)
    cache: dict[tuple[str, int], list[Statement]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)
    named: dict[tuple[str, ...], bool] = field(default_factory=dict)
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
                    self.names[chunk.doc] = (squeeze(chunk.title), squeeze(file_words(chunk.doc)))
        return self.names

    def states(self, query: Query, doc: str, statement: Statement) -> bool:
        """Tell whether the statement holds a fact of an indicator asked for, under whatever name: `上述比重`."""
        names = query.indicators
        return any(f.measure in names and f.start < statement.end for f in self.facts.since(doc, statement.start))

    def names_of(self, place: str) -> tuple[str, ...]:
        """Return all names of a place, the full one first."""
        entity = self.vocabulary.entity(place)
        return self.vocabulary.names_of(entity) if entity else (place,)

    def names_any(self, doc: str, names: Sequence[str]) -> bool:
        """Tell whether the document's text holds one of the names; looked up once, for every sentence of it asks."""
        key = (doc, *names)
        if key not in self.named:
            self.named[key] = any(name in self.index.documents[doc].text for name in names)
        return self.named[key]

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
