"""Judge one question: what was retrieved, answered and cited, against its gold; sums nothing up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ragpark.evaluate.compare import fold_answer, holds
from ragpark.evaluate.gold import GoldQuestion
from ragpark.evaluate.locate import Span
from ragpark.evaluate.measures import ndcg, recall, reciprocal_rank
from ragpark.evaluate.short import exact_match, f1
from ragpark.records import Answer, Chunk, Citation, Hit

CORRECT = "correct"
UNCITED = "not cited"  # the answer is right, its citation is not the evidence
WRONG = "wrong"
REFUSED = "refused"
ANSWERED = "answered"  # an unanswerable question that got an answer

RETRIEVAL_MEASURES = ("Recall@1", "Recall@5", "nDCG@10", "RR@10", "AnswerRecall@1", "AnswerRecall@5")

NOT_LOCATED = "evidence not in the documents"
NOT_RETRIEVED = "not retrieved"
NOT_CHOSEN = "retrieved but not chosen"
WRONG_VALUE = "wrong value"
NOT_REFUSED = "not refused"


@dataclass(frozen=True, slots=True)
class Target:
    """One evidence item in the index: spans of `doc` that hold its quote, or None for the whole document.

    Empty spans mean that it could not be located; `problem` then says why, and nothing meets it.
    """

    doc: str
    spans: tuple[Span, ...] | None
    problem: str = ""

    def met_by(self, doc: str, start: int, end: int) -> bool:
        """Tell whether text[start:end] of the document overlaps the evidence."""
        if doc != self.doc:
            return False
        return self.spans is None or any(start < high and low < end for low, high in self.spans)


@dataclass(frozen=True, slots=True)
class Missed:
    """An evidence item that the answer does not cite: its passage, and the rank at which search brought it up.

    `marks` are the spans of the passage's own text that hold the gold quote; none when all of the document does.
    """

    doc: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    rank: int | None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with what came out and what it is worth.

    `scores` holds the ranking measures of an answerable question by name; `answer_right`, `cited`, `em` and `f1` (of
    the short answer, 0 for a refusal) are None for an unanswerable one. `stage` is empty unless the question is a miss.
    """

    gold: GoldQuestion
    answer: Answer
    scores: Mapping[str, float]
    answer_right: bool | None
    cited: bool | None
    verdict: str
    stage: str
    missed: tuple[Missed, ...]
    problems: tuple[str, ...]
    latency_ms: float
    em: float | None = None
    f1: float | None = None

    @property
    def good(self) -> bool:
        return self.verdict == CORRECT


def judge(
    gold: GoldQuestion,
    targets: Sequence[Target],
    hits: Sequence[Hit],
    answer: Answer,
    chunks: Mapping[str, Sequence[Chunk]],
    latency_ms: float,
) -> Judged:
    """Judge an answer and the hits of its question; `chunks` holds all chunks of the index by document."""
    if not gold.answerable:
        right = answer.refused
        verdict, stage = (CORRECT, "") if right else (ANSWERED, NOT_REFUSED)
        return Judged(gold, answer, {}, None, None, verdict, stage, (), (), latency_ms)
    ranks = [_first_rank(target, hits) for target in targets]
    parts = gold.answers
    answer_right = not answer.refused and all(holds(fold_answer(answer.answer), part) for part in parts)
    quotes = [] if answer.refused else [fold_answer(c.quote) for c in answer.citations if _supports(c, targets)]
    cited = all(any(holds(quote, part) for quote in quotes) for part in parts)
    verdict = CORRECT if answer_right and cited else UNCITED if answer_right else REFUSED if answer.refused else WRONG
    problems = tuple(f"{gold.question_id}：{target.problem}" for target in targets if target.problem)
    stage = "" if verdict == CORRECT else _stage(targets, ranks, answer, answer_right)
    missed = () if verdict == CORRECT else _missed(targets, ranks, answer, chunks)
    scores = _retrieval(gold, targets, ranks, hits, chunks)
    em, overlap = (0.0, 0.0) if answer.refused else (exact_match(answer.answer, parts), f1(answer.answer, parts))
    return Judged(gold, answer, scores, answer_right, cited, verdict, stage, missed, problems, latency_ms, em, overlap)


def _retrieval(
    gold: GoldQuestion,
    targets: Sequence[Target],
    ranks: Sequence[int | None],
    hits: Sequence[Hit],
    chunks: Mapping[str, Sequence[Chunk]],
) -> dict[str, float]:
    relevant = [any(target.met_by(h.chunk.doc, h.chunk.start, h.chunk.end) for target in targets) for h in hits]
    pool = {chunk.chunk_id for target in targets for chunk in chunks.get(target.doc, ()) if _meets(target, chunk)}
    texts = [fold_answer(hit.chunk.text) for hit in hits[:5]]
    found = {k: all(any(holds(text, part) for text in texts[:k]) for part in gold.answers) for k in (1, 5)}
    return {
        "Recall@1": recall(ranks, 1),
        "Recall@5": recall(ranks, 5),
        "nDCG@10": ndcg(relevant, len(pool)),
        "RR@10": reciprocal_rank(relevant),
        "AnswerRecall@1": float(found[1]),
        "AnswerRecall@5": float(found[5]),
    }


def _meets(target: Target, chunk: Chunk) -> bool:
    return target.met_by(chunk.doc, chunk.start, chunk.end)


def _first_rank(target: Target, hits: Sequence[Hit]) -> int | None:
    return next((rank for rank, hit in enumerate(hits, start=1) if _meets(target, hit.chunk)), None)


def _supports(citation: Citation, targets: Sequence[Target]) -> bool:
    return any(target.met_by(citation.doc, citation.start, citation.end) for target in targets)


def _cited(target: Target, answer: Answer) -> bool:
    """Tell whether a citation supports the answer from this evidence; a refusal's citations support nothing."""
    return not answer.refused and any(_supports(citation, [target]) for citation in answer.citations)


def _stage(targets: Sequence[Target], ranks: Sequence[int | None], answer: Answer, answer_right: bool) -> str:
    """Name the first stage of the flow that lost the evidence.

    Citations count before ranks: an answer may be made from a passage that stands below rank 10.
    """
    if all(target.problem for target in targets):
        return NOT_LOCATED
    lost = [
        rank for target, rank in zip(targets, ranks, strict=True) if not target.problem and not _cited(target, answer)
    ]
    if None in lost:
        return NOT_RETRIEVED
    if answer.refused:
        return REFUSED
    return NOT_CHOSEN if lost or answer_right else WRONG_VALUE


def _missed(
    targets: Sequence[Target],
    ranks: Sequence[int | None],
    answer: Answer,
    chunks: Mapping[str, Sequence[Chunk]],
) -> tuple[Missed, ...]:
    """Return the passage of each located target that no citation supports; all of them when all are cited."""
    cited = [_cited(target, answer) for target in targets]
    found = []
    for target, rank, done in zip(targets, ranks, cited, strict=True):
        chunk = next((chunk for chunk in chunks.get(target.doc, ()) if _meets(target, chunk)), None)
        if chunk is not None and (not done or all(cited)):
            found.append(
                Missed(chunk.doc, chunk.headings, chunk.text, chunk.start, chunk.end, rank, _marks(target, chunk))
            )
    return tuple(found)


def _marks(target: Target, chunk: Chunk) -> tuple[Span, ...]:
    """Return the evidence's spans inside the chunk, as offsets into its text."""
    inside = ((max(low, chunk.start), min(high, chunk.end)) for low, high in target.spans or ())
    return tuple((low - chunk.start, high - chunk.start) for low, high in inside if low < high)
