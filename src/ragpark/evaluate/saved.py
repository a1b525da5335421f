"""A report read back from its JSON, checked; what a page shows and what two runs are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ragpark.errors import ReportError

Measures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class SavedEvidence:
    """An evidence item of the gold set; without a quote, the whole document."""

    doc: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class SavedMissed:
    """A passage that should have been found; `marks` are offsets into `text`, `rank` None if it was not among the hits."""

    doc: str
    headings: tuple[str, ...]
    text: str
    rank: int | None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SavedCitation:
    """What an answer cited."""

    doc: str
    quote: str


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """One judged question, as `evaluate.report.question_json` writes it."""

    id: str
    kind: str
    question: str
    answerable: bool
    answers: tuple[tuple[str, ...], ...]
    answer: str
    refused: bool
    reason: str
    verdict: str
    stage: str
    missed: tuple[SavedMissed, ...] = ()
    citations: tuple[SavedCitation, ...] = ()
    evidence: tuple[SavedEvidence, ...] | None = None  # reports before this field came have none


@dataclass(frozen=True, slots=True)
class SavedKind:
    """The measures of one kind of question; a group that does not apply is empty."""

    questions: int
    answerable: int
    retrieval: Measures = field(default_factory=dict)
    answer: Measures = field(default_factory=dict)
    citation: Measures = field(default_factory=dict)
    refusal: Measures = field(default_factory=dict)
    latency_ms: Measures = field(default_factory=dict)
    confidence: Measures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A whole report. `gold`, `gold_sha256` and `made` (ISO time, UTC) are empty where nobody kept the run."""

    questions: int
    answerable: int
    unanswerable: int
    retrieval: Measures
    answer: Measures
    citation: Measures
    refusal: Measures
    latency_ms: Measures
    by_kind: dict[str, SavedKind]
    problems: tuple[str, ...]
    generation: str
    results: tuple[SavedQuestion, ...]
    gold: str = ""
    gold_sha256: str = ""
    made: str = ""
    confidence: Measures = field(default_factory=dict)  # reports before this measure came have none

    @property
    def failures(self) -> tuple[SavedQuestion, ...]:
        return tuple(question for question in self.results if question.stage)


def read_run(path: Path) -> SavedRun:
    """Return the report in the file. Raises ReportError if there is none, or it is of an older form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=SavedRun)
    except FileNotFoundError as error:
        raise ReportError(f"找不到评测报告：{path}；请检查路径") from error
    except OSError as error:
        raise ReportError(f"无法读取评测报告 {path}（{error.strerror}）；请检查权限") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReportError(
            f"{path} 不是评测报告，或是旧版本写的；请重新生成：ragpark evaluate 评测集.jsonl --report 报告.json"
        ) from error


def saved_run(report: Mapping[str, object]) -> SavedRun:
    """Return `report_json` of a run that was just made as it would be read back."""
    return msgspec.convert(report, SavedRun)
