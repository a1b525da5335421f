"""Write an evaluation as JSON: the measures, and every question with what was lost where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ragpark.evaluate.judge import Judged
from ragpark.evaluate.run import EvaluationReport
from ragpark.views import citation_json


def report_json(report: EvaluationReport) -> dict[str, object]:
    """Return the whole report: `EvaluationReport.summary()` with `generation` and `results`, one a question."""
    return report.summary() | {
        "generation": report.generation,
        "results": [question_json(question) for question in report.questions],
    }


def question_json(judged: Judged) -> dict[str, object]:
    """Return one judged question; `missed` lists the passages that should have been found, with their rank."""
    gold, answer = judged.gold, judged.answer
    return {
        "id": gold.question_id,
        "kind": gold.kind,
        "question": gold.question,
        "answerable": gold.answerable,
        "answers": [list(part) for part in gold.answers],
        "evidence": [{"doc": item.doc} | ({"quote": item.quote} if item.quote else {}) for item in gold.evidence],
        "answer": answer.answer,
        "refused": answer.refused,
        "reason": answer.reason,
        "score": round(answer.score, 6),
        "citations": [citation_json(citation) for citation in answer.citations],
        "verdict": judged.verdict,
        "stage": judged.stage,
        "missed": [
            {
                "doc": missed.doc,
                "headings": list(missed.headings),
                "text": missed.text,
                "start": missed.start,
                "end": missed.end,
                "rank": missed.rank,
                "marks": [list(mark) for mark in missed.marks],
            }
            for missed in judged.missed
        ],
        "em": _round(judged.em),
        "f1": _round(judged.f1),
        "scores": {name: round(score, 4) for name, score in judged.scores.items()},
        "latency_ms": round(judged.latency_ms, 2),
        "problems": list(judged.problems),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def write_report(report: EvaluationReport, path: Path, extra: Mapping[str, object] | None = None) -> None:
    """Write the whole report, with the keys of `extra`, as UTF-8 JSON; OSError where the file cannot be written."""
    text = json.dumps(report_json(report) | dict(extra or {}), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
