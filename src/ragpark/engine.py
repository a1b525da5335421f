"""The engine: an open index and its encoder, ready to search and to answer; follows the index when it is rebuilt."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ragpark.answer.choose import Looked, Search, both_ways
from ragpark.answer.compose import answer as compose
from ragpark.answer.library import Library
from ragpark.answer.reader import load_reader
from ragpark.answer.scorer import BUNDLED, Scorer, load_scorer
from ragpark.answer.terms import question_pairs, share_of_pairs
from ragpark.config import Settings
from ragpark.encode.base import Encoder, Vectors
from ragpark.errors import IndexMissingError, QuestionError, RagparkError
from ragpark.index import Index, current_generation, open_index
from ragpark.read.names import parks_named
from ragpark.records import Answer, Hit
from ragpark.retrieve.explain import ExplainedHit, Explanation
from ragpark.retrieve.filters import EVERYTHING, Filter, make_filter
from ragpark.retrieve.followup import complete, leans
from ragpark.retrieve.marks import find_marks, words_met
from ragpark.retrieve.query import Query, understand
from ragpark.retrieve.scope import nothing_there, rows_fitting, rows_within, years_held
from ragpark.retrieve.search import search
from ragpark.zh import load_lexicon
from ragpark.zh.fold import squeeze
from ragpark.zh.places import parks_by_form
from ragpark.zh.tagger import LacTagger

if TYPE_CHECKING:
    from ragpark.answer.gate import Passage
    from ragpark.zh import Vocabulary
    from ragpark.zh.tagger import Tagger


class Engine:
    """Answers questions over one index. Safe to share between threads.

    Each call looks whether the index has switched to a new generation, and opens that first.
    `clock` returns today's date, for `去年` in a question.
    """

    def __init__(
        self, settings: Settings, encoder: Encoder | None = None, clock: Callable[[], date] = date.today
    ) -> None:
        self.settings = settings
        if encoder is None:
            from ragpark.encode import load_encoder

            encoder = load_encoder(settings)
        self.encoder = encoder
        self._clock = clock
        self._segmenter, self._vocabulary = load_lexicon(settings)
        self._tagger = LacTagger()  # opened by the first question that needs it
        self._reader = load_reader(settings)
        self._scorer = load_scorer(BUNDLED if settings.scorer == "bundled" else Path(settings.scorer))
        self._library: Library | None = None
        self._lock = threading.Lock()

    @property
    def scorer(self) -> Scorer:
        """The model that says how probable an answer is."""
        return self._scorer

    @property
    def index(self) -> Index:
        """The open index, of the current generation. Raises IndexMissingError and its like."""
        return self._current().index

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> list[Hit]:
        """Return the k best chunks for the question within the filter (see retrieve/filters.py), none if it has none.

        Raises QuestionError as `ask` does, and FilterError for a filter that nothing can fit.
        """
        library = self._current()
        question = self._checked(question)
        return self._search(library, self._understand(library, question, make_filter(year, years, doc, section)), k)

    def explain(
        self,
        question: str,
        *,
        k: int = 10,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> Explanation:
        """Return what `search` finds with how the question was understood and the words of it that each hit holds."""
        library = self._current()
        query = self._understand(library, self._checked(question), make_filter(year, years, doc, section))
        hits = self._search(library, query, k)
        found = tuple(
            ExplainedHit(
                hit,
                find_marks(query, hit.chunk.text, library.vocabulary, hit.chunk.date),
                words_met(query, hit.chunk.passage, library.vocabulary),
            )
            for hit in hits
        )
        return Explanation(query, found, "" if hits or not query.scope else nothing_there(library.index, query.scope))

    def years(self) -> tuple[int, ...]:
        """Return the years the documents give figures of or appeared in, ascending: to choose a range from."""
        return years_held(self._current().index)

    def ask(
        self,
        question: str,
        *,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
        llm: bool | None = None,
        stream: Callable[[str], None] | None = None,
    ) -> Answer:
        """Return the answer with its citations and timings (ms: `encode`, `search`, `answer`, `total`).

        Whatever it says stands in a statement that the filter (see retrieve/filters.py) lets through. `llm` says
        whether the language model of the settings writes it (default: where there is one); `stream` then gets its words
        as they come, unchecked. Raises QuestionError for an empty, overlong or wordless question, FilterError for a
        filter that nothing can fit.
        """
        scope = make_filter(year, years, doc, section)
        found = self._extract(question, scope)[0]
        if llm is False or not self.settings.has_llm:
            return found
        return self.write(found, self._passages(found, scope), stream)

    def passages(
        self,
        answer: Answer,
        *,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> tuple[Passage, ...]:
        """Return the numbered passages for a language model: those the extractive answer cites, then the best hits.

        A refusal has none: a model must not fill in for evidence that is missing. The filter is that of `ask`.
        """
        return self._passages(answer, make_filter(year, years, doc, section))

    def _passages(self, answer: Answer, scope: Filter) -> tuple[Passage, ...]:
        from ragpark.answer.gate import Passage
        from ragpark.answer.llm import MAX_PASSAGES, choose

        if answer.refused:
            return ()
        library = self._current()
        hits = self._search(library, self._understand(library, answer.question, scope), MAX_PASSAGES)
        cited = [
            chunk
            for citation in answer.citations
            for chunk in library.index.chunks
            if chunk.doc == citation.doc and chunk.start < citation.end and citation.start < chunk.end
        ]
        return tuple(
            Passage(
                n, library.index.documents[c.doc], c.headings, c.text,
                tuple(s for s in library.statements_of(c.doc, c.section) if c.start <= s.start < c.end),
            )
            for n, c in enumerate(choose([*cited, *(hit.chunk for hit in hits)]), start=1)
        )  # fmt: skip

    def write(self, answer: Answer, passages: Sequence[Passage], stream: Callable[[str], None] | None = None) -> Answer:
        """Return the answer as the language model of the settings writes it from the passages, checked, or `answer`
        itself with a notice. Takes as long as the model does; needs no lock.
        """
        from ragpark.answer.client import OpenAIClient
        from ragpark.answer.llm import Desk, write

        if not self.settings.has_llm:
            return answer
        library = self._current()
        desk = Desk(
            library.vocabulary,
            self._tagger,
            self._understand(library, answer.question, Filter()),
        )
        return write(answer, passages, OpenAIClient(self.settings), desk, stream)

    def followed(self, question: str, scope: Filter = EVERYTHING) -> tuple[Answer, tuple[Looked, ...]]:
        """Return the answer without a language model, and what was looked at on the way to it, in order.

        `answer/explained.py` puts the latter into words. Raises QuestionError and FilterError as `ask` does.
        """
        return self._extract(question, scope)

    def offered(self, question: str) -> list[tuple[Looked, ...]]:
        """Return what each query of a question is offered, without the reader and with it: what the scorer is fitted to."""
        library = self._current()
        return [both_ways(library, looked) for looked in self.followed(question)[1]]

    def _extract(self, question: str, scope: Filter) -> tuple[Answer, tuple[Looked, ...]]:
        from dataclasses import replace

        began = time.perf_counter()
        library = self._current()
        question = self._checked(question)
        rows_within(library.index, scope)  # an impossible filter is told before anything is searched
        timings = {"encode": 0.0, "search": 0.0}
        vectors: dict[str, Vectors] = {}  # one answer may search several times with the same words

        def timed_search(query: Query, k: int) -> list[Hit]:
            return self._search(library, query, k, timings, vectors)

        understood: dict[str, Query] = {}  # a question of one part is asked for twice

        def understand_once(text: str) -> Query:
            if text not in understood:
                understood[text] = self._understand(library, text, scope, self._tagger)
            return understood[text]

        searching = Search(timed_search)
        found = compose(library, question, understand_once, searching)
        if found.refused and self._leans(question):
            found = replace(
                found, reason=f"只凭“{question}”看不出问的是什么；请把主体和指标写全，例如：2020年园区R&D占比"
            )
        total = (time.perf_counter() - began) * 1000
        timings["answer"] = total - timings["encode"] - timings["search"]
        timings["total"] = total
        timed = replace(found, timings_ms={name: round(value, 2) for name, value in timings.items()})
        return timed, tuple(searching.looked)

    def complete(self, question: str, previous: str) -> str:
        """Return a follow-up (`那2020年呢？`) completed from the question asked just before it; others as they are."""
        today = self._clock().isoformat()
        found = complete(question, previous, self._segmenter, self._at_home(), today=today)
        return found.question if found else question

    def _leans(self, question: str) -> bool:
        return leans(question, self._segmenter, self._at_home(), today=self._clock().isoformat())

    def _at_home(self) -> Vocabulary:
        """Return the vocabulary of the index, or the plain one where there is no index to ask."""
        try:
            return self._current().vocabulary
        except RagparkError:
            return self._vocabulary

    def warm(self, sections: int = 500) -> None:
        """Do ahead what first questions would wait for: words, tagger, the first `sections` taken apart, the reader."""
        library = self._current()
        self._segmenter.words("园区")
        self._tagger.tag(["园区"])
        for section in library.index.sections[:sections]:
            library.statements_of(section.doc, section.number)
        if self._reader is not None:
            self._reader.read("园区", ["园区"])

    def _understand(self, library: Library, question: str, scope: Filter, tagger: Tagger | None = None) -> Query:
        """Return the question understood; with a tagger, also which figure it wants: only answering needs that."""
        today = self._clock().isoformat()
        vocabulary = self._with_parks(question, library.vocabulary)
        return understand(
            question,
            self._segmenter,
            vocabulary,
            library.idf,
            library.known,
            today=today,
            scope=scope,
            tagger=tagger,
        )

    def _with_parks(self, question: str, vocabulary: Vocabulary) -> Vocabulary:
        """Return the vocabulary with the parks that the question names and no document does: `松石园区`."""
        folded = squeeze(question)
        forms = [folded[start:end] for start, end in parks_by_form(folded)]
        return vocabulary.with_parks(parks_named((question,), vocabulary, self._tagger), forms) if forms else vocabulary

    def _search(
        self,
        library: Library,
        query: Query,
        k: int,
        timings: dict[str, float] | None = None,
        vectors: dict[str, Vectors] | None = None,
    ) -> list[Hit]:
        began = time.perf_counter()
        vector = None if vectors is None else vectors.get(query.question)
        if vector is None:
            vector = self.encoder.encode_query(query.question)
            if vectors is not None:
                vectors[query.question] = vector
        encoded = time.perf_counter()
        scope = query.scope
        pairs = question_pairs(query, library.idf, library.known)
        hits = search(
            library.index,
            query,
            vector,
            self._segmenter,
            k=k,
            lexical_weight=self.settings.lexical_weight,
            candidates=max(self.settings.candidates, k),
            years_of=library.years_of,
            covered=lambda row: share_of_pairs(pairs, library.squeezed(row)),
            names=library.document_names(),
            facts=library.fact_rows(query),
            allowed=rows_fitting(library.index, scope),
        )
        if timings is not None:
            timings["encode"] += (encoded - began) * 1000
            timings["search"] += (time.perf_counter() - encoded) * 1000
        return hits

    def _checked(self, question: str) -> str:
        question = question.strip()
        limit = self.settings.max_question_chars
        if not question:
            raise QuestionError("问题是空的；请输入一个问题，例如：2023年园区R&D占比")
        if len(question) > limit:
            raise QuestionError(f"问题太长（{len(question)} 字，最多 {limit} 字）；请缩短后再问")
        if not re.search(r"[0-9A-Za-z\u3400-\u9fff]", question):
            raise QuestionError("问题里没有文字；请用词语或句子提问")
        return question

    def _current(self) -> Library:
        with self._lock:
            generation = current_generation(self.settings.index)
            if generation is None:
                raise IndexMissingError(f"{self.settings.index} 里还没有索引；请先运行：ragpark index")
            if self._library is None or self._library.index.generation != generation:
                index = open_index(self.settings, encoder_id=self.encoder.model_id)
                vocabulary = self._vocabulary.at_home(index.home)
                self._library = Library(
                    index, self._segmenter, vocabulary, self.settings, self._tagger, self._reader, self._scorer
                )
            return self._library
