"""Run a gold set through an engine and sum the judged questions up; how one is judged stands in judge.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ragpark.errors import QuestionError, ReportError
from ragpark.evaluate.gold import Evidence, GoldQuestion
from ragpark.evaluate.judge import RETRIEVAL_MEASURES, Judged, Target, judge
from ragpark.evaluate.locate import QuoteFinder
from ragpark.evaluate.measures import auc, mean, percentile, precision_recall
from ragpark.records import Answer, Chunk, Document, Hit

DEPTH = 10  # hits that the ranking measures look at

_NOTHING: Mapping[str, object] = {
    "retrieval": dict.fromkeys(RETRIEVAL_MEASURES),
    "answer": {"accuracy": None, "precision": None, "em": None, "f1": None},
    "citation": {"accuracy": None},
    "refusal": {"precision": None, "recall": None},
    "confidence": {"auc": None},
}

Progress = Callable[[int, int], None]
Clock = Callable[[], float]


class Searched(Protocol):
    """What judging reads of an index."""

    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def chunks(self) -> Sequence[Chunk]: ...
    @property
    def generation(self) -> str: ...


class Asked(Protocol):
    """What judging asks of an engine."""

    @property
    def index(self) -> Searched: ...
    def search(self, question: str, *, k: int = 10) -> list[Hit]: ...
    def ask(self, question: str) -> Answer: ...


@runtime_checkable
class Warmed(Protocol):
    """An engine that can do ahead what its first questions would wait for."""

    def warm(self) -> None: ...


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All judged questions in the order of the gold file, and the index generation they were asked of."""

    questions: tuple[Judged, ...]
    generation: str

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the gold set or the index, one sentence each: evidence that could not be located."""
        return tuple(problem for question in self.questions for problem in question.problems)

    def summary(self) -> dict[str, object]:
        """Return the measures over all questions and by kind, as the JSON object of `ragpark evaluate`.

        Over all, every measure has its place (null where it does not apply); by kind only those that apply.
        """
        kinds = sorted({question.gold.kind for question in self.questions})
        return (
            dict(_NOTHING)
            | summarise(self.questions)
            | {
                "by_kind": {kind: summarise([q for q in self.questions if q.gold.kind == kind]) for kind in kinds},
                "problems": list(self.problems),
            }
        )


def evaluate(
    engine: Asked, gold: Sequence[GoldQuestion], progress: Progress | None = None, *, clock: Clock = time.perf_counter
) -> EvaluationReport:
    """Search and ask every question once and judge what comes out; `clock` returns seconds.

    An engine that can be warmed is, and the first question is asked once before the clock runs, so that the
    latencies are those of a warm process. Raises ReportError if the index switches to another generation meanwhile.
    """
    index = engine.index
    chunks: dict[str, list[Chunk]] = {}
    for chunk in index.chunks:
        chunks.setdefault(chunk.doc, []).append(chunk)
    locator = Locator(index.documents.values())
    judged = []
    if isinstance(engine, Warmed):
        engine.warm()
    for number, question in enumerate(gold):
        if number == 0:
            _ask(engine, question.question)
        started = clock()
        answer = _ask(engine, question.question)
        latency_ms = (clock() - started) * 1000
        hits = _search(engine, question.question) if question.answerable else []
        targets = [locator.target(item) for item in question.evidence]
        judged.append(judge(question, targets, hits, answer, chunks, latency_ms))
        if engine.index.generation != index.generation:
            raise ReportError("评测期间索引更新了，前后的结果不能放在一起；请重新评测")
        if progress:
            progress(number + 1, len(gold))
    return EvaluationReport(tuple(judged), index.generation)


def summarise(questions: Sequence[Judged]) -> dict[str, object]:
    """Return the measures over the questions, rounded to four digits; a part that does not apply is left out.

    Averages run over all answerable questions. `answer.precision` and `confidence.auc` (of an answer's score: is it
    higher for right ones?) run over the answers given, where one to an unanswerable question is wrong. A precision of
    nothing is null.
    """
    given = [question for question in questions if not question.answer.refused]
    right = [bool(question.answer_right) for question in given]
    answerable = [question for question in questions if question.gold.answerable]
    summary: dict[str, object] = {
        "questions": len(questions),
        "answerable": len(answerable),
        "unanswerable": len(questions) - len(answerable),
    }
    if answerable:
        summary["retrieval"] = {
            name: _round(mean([question.scores[name] for question in answerable])) for name in RETRIEVAL_MEASURES
        }
        summary["answer"] = {
            "accuracy": _round(mean([float(bool(q.answer_right)) for q in answerable])),
            "precision": _round(mean([float(is_right) for is_right in right])),
            "em": _round(mean([q.em or 0.0 for q in answerable])),
            "f1": _round(mean([q.f1 or 0.0 for q in answerable])),
        }
        summary["citation"] = {"accuracy": _round(mean([float(bool(q.cited)) for q in answerable]))}
    if len(answerable) < len(questions):
        precision, recall = precision_recall(
            [question.answer.refused for question in questions],
            [not question.gold.answerable for question in questions],
        )
        summary["refusal"] = {"precision": _round(precision), "recall": _round(recall)}
    if given:
        scores = [question.answer.score for question in given]
        by_right = {side: [s for s, r in zip(scores, right, strict=True) if r is side] for side in (True, False)}
        summary["confidence"] = {"auc": _round(auc(by_right[True], by_right[False]))}
    latencies = [question.latency_ms for question in questions]
    summary["latency_ms"] = {
        "p50": _round(percentile(latencies, 0.5), 1),
        "p95": _round(percentile(latencies, 0.95), 1),
    }
    return summary


def _round(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)


def _ask(engine: Asked, question: str) -> Answer:
    """Ask; a question that the engine won't take is a refusal with the reason, and the others go on."""
    try:
        return engine.ask(question)
    except QuestionError as error:
        return Answer(question, "", True, str(error), ())


def _search(engine: Asked, question: str) -> list[Hit]:
    try:
        return engine.search(question, k=DEPTH)
    except QuestionError:
        return []


class Locator:
    """Finds evidence in the documents of an index; each document that is asked for is folded once."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: dict[str, Document] = {}
        for document in documents:
            for name in (document.doc, *document.also):
                self._documents[name] = document
        self._finders: dict[str, QuoteFinder] = {}

    def target(self, evidence: Evidence) -> Target:
        document = self._documents.get(evidence.doc)
        if document is None:
            return Target(evidence.doc, (), f"索引里没有文档“{evidence.doc}”")
        if evidence.quote is None:
            return Target(document.doc, None)
        finder = self._finders.get(document.doc)
        if finder is None:
            finder = self._finders[document.doc] = QuoteFinder(document)
        spans = finder.find(evidence.quote)
        problem = "" if spans else f"在文档“{evidence.doc}”里找不到依据“{evidence.quote[:40]}”"
        return Target(document.doc, spans, problem)
