"""The way to an answer as plain data: how each part of the question was read, what was found, and what each candidate weighs."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.answer.candidates import Candidate
from ragpark.answer.choose import Looked
from ragpark.answer.scorer import CONSTANT, Scorer, all_features
from ragpark.retrieve.query import Query

BY = {
    "facts": "索引中的数值直接给出",
    "table": "从表格逐行得出",
    "candidates": "从检索到的句子中选出",
    "reader": "阅读模型读过后选出",
}
NAMES = {
    "kind": "问",
    "subjects": "主体",
    "indicators": "指标",
    "years": "年份",
    "part_of_year": "时段",
    "figure": "数的种类",
    "units": "单位",
    "words": "词",
}
PASSAGES, CANDIDATES, WEIGHTS = 5, 3, 8  # shown of each part


def explained(looked: Sequence[Looked], scorer: Scorer) -> list[dict[str, object]]:
    """Return one object for each part of a question that was answered by itself, in the order in which they were."""
    return [
        {
            "question": one.query.question,
            "read": _read(one.query),
            "by": one.by,
            "passages": [
                {
                    "rank": hit.rank,
                    "doc": hit.chunk.doc,
                    "score": round(hit.score, 3),
                    "text": " ".join(hit.chunk.text[:60].split()),
                }
                for hit in one.hits[:PASSAGES]
            ],
            "candidates": [_candidate(candidate, scorer) for candidate in one.candidates[:CANDIDATES]],
            "chosen": one.finding.text if one.finding else "",
            "confidence": round(one.finding.confidence, 4) if one.finding else 0.0,
        }
        for one in looked
    ]


def _read(query: Query) -> dict[str, object]:
    """Return how the question was understood, without what it does not say."""
    wanted = query.wanted
    said: dict[str, object] = {
        "kind": query.kind,
        "subjects": list(query.entities),
        "indicators": list(query.indicators) or ([wanted.indicator] if wanted and wanted.indicator else []),
        "years": list(query.years),
        "part_of_year": query.part,
        "figure": wanted.kind if wanted else "",
        "units": list(query.units),
        "words": [term.word for term in query.terms],
    }
    return {name: value for name, value in said.items() if value}


def _candidate(one: Candidate, scorer: Scorer) -> dict[str, object]:
    """Return a candidate with its probability and the features that move it most, each with what it adds to the log odds."""
    shares = scorer.shares(one.features)[:WEIGHTS]
    return {
        "text": one.text,
        "doc": one.support.doc,
        "sentence": one.support.statement.text,
        "whole": one.whole,
        "probability": round(one.probability, 4),
        "weighs": [
            {"feature": name, "says": all_features()[name].says, "value": round(value, 3), "adds": round(adds, 3)}
            for name, value, adds in shares
        ],
        "constant": round(scorer.weights.get(CONSTANT, 0.0), 3),
    }
