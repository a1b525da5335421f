"""Fits the threshold under which a question is refused to a gold set, with cross-validation."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ragpark.config import CONFIG_NAME
from ragpark.errors import GoldError
from ragpark.evaluate.gold import GoldQuestion
from ragpark.evaluate.measures import precision_recall
from ragpark.evaluate.run import Asked, evaluate

FOLDS = 5
LEAST = 3  # questions of either kind, below which a threshold says nothing


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold question with the support its best answer has (0 to 1), and whether the documents answer it."""

    question_id: str
    score: float
    answerable: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What refusing below `threshold` gives. `precision` and `recall` are of refusing, as in `refusal.*`;
    `answered` is the share of answerable questions that are not refused. None where nothing was refused."""

    threshold: float
    precision: float | None
    recall: float | None
    answered: float | None

    @property
    def balance(self) -> float:
        """The mean of the share answered and the share refused rightly (balanced accuracy): what is maximised."""
        return ((self.recall or 0.0) + (self.answered or 0.0)) / 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted threshold, what it gives on all questions, and what thresholds fitted without a fold give on it."""

    threshold: float
    fitted: Point
    held_out: Point
    folds: int
    curve: tuple[Point, ...]


def calibrated(
    engine: Asked, gold: Sequence[GoldQuestion], progress: Callable[[int, int], None] | None = None
) -> Calibration:
    """Ask every question of an engine that refuses nothing (`refuse_below` 0) and fit the threshold to the scores."""
    report = evaluate(engine, gold, progress)
    return calibrate([Scored(q.gold.question_id, q.answer.score, q.gold.answerable) for q in report.questions])


def calibrate(scored: Sequence[Scored]) -> Calibration:
    """Return the threshold with the best balance, in the middle of the widest range of scores that shares it.

    Cross-validation: FOLDS folds, each with its share of both kinds of question, the same ones every run; the
    threshold is fitted on the others, and all the decisions on questions held out are summed up in `held_out`
    (its `threshold` is the mean of those fitted). Raises GoldError where a kind has fewer than LEAST questions.
    """
    n_answerable = sum(s.answerable for s in scored)
    if min(n_answerable, len(scored) - n_answerable) < LEAST:
        raise GoldError(
            f"校准需要两种题目各至少 {LEAST} 道：现在可回答的 {n_answerable} 道，"
            f"不可回答的 {len(scored) - n_answerable} 道；请补充后再试"
        )
    folds = min(FOLDS, n_answerable, len(scored) - n_answerable)
    fold_of = _folds(scored, folds)
    thresholds: list[float] = []
    refused: list[bool] = []
    held: list[Scored] = []
    for fold in range(folds):
        threshold = _best([s for s in scored if fold_of[s.question_id] != fold])
        thresholds.append(threshold)
        for s in scored:
            if fold_of[s.question_id] == fold:
                held.append(s)
                refused.append(s.score < threshold)
    threshold = _best(scored)
    return Calibration(
        threshold=threshold,
        fitted=_point(threshold, scored, [s.score < threshold for s in scored]),
        held_out=_point(sum(thresholds) / folds, held, refused),
        folds=folds,
        curve=curve(scored),
    )


def curve(scored: Sequence[Scored]) -> tuple[Point, ...]:
    """Return what every threshold gives at which something changes, ascending: the precision/recall curve."""
    return tuple(_point(t, scored, [s.score < t for s in scored]) for t in _cuts(scored))


def _best(scored: Sequence[Scored]) -> float:
    """Return the threshold of the best balance; of several, the middle of the widest gap between two scores."""
    cuts = _cuts(scored)
    scores = sorted({s.score for s in scored})
    best = max(_point(t, scored, [s.score < t for s in scored]).balance for t in cuts)

    def gap(cut: float) -> float:
        below = max((s for s in scores if s < cut), default=0.0)
        above = min((s for s in scores if s >= cut), default=1.0)
        return above - below

    good = [cut for cut in cuts if _point(cut, scored, [s.score < cut for s in scored]).balance >= best - 1e-12]
    widest: float = max(good, key=lambda cut: (gap(cut), -cut))
    return round(widest, 4)


def _cuts(scored: Sequence[Scored]) -> list[float]:
    """Return the middles between neighbouring scores: every decision a threshold can make, once."""
    scores = sorted({0.0, *(s.score for s in scored), 1.0})
    return [(low + high) / 2 for low, high in pairwise(scores)]


def _point(threshold: float, scored: Sequence[Scored], refused: Sequence[bool]) -> Point:
    precision, recall = precision_recall(list(refused), [not s.answerable for s in scored])
    kept = [not r for r, s in zip(refused, scored, strict=True) if s.answerable]
    answered = sum(kept) / len(kept) if kept else None
    return Point(round(threshold, 4), precision, recall, answered)


def _folds(scored: Sequence[Scored], folds: int) -> dict[str, int]:
    """Deal the questions of each kind into folds in an order that depends on their ids alone."""
    found: dict[str, int] = {}
    for answerable in (True, False):
        ids = sorted(
            (s.question_id for s in scored if s.answerable == answerable),
            key=lambda name: (zlib.crc32(name.encode()), name),
        )
        found |= {name: number % folds for number, name in enumerate(ids)}
    return found


def calibration_json(calibration: Calibration, current: float) -> dict[str, object]:
    """Return the calibration as a JSON object; `current` is the threshold in force so far."""

    def point(p: Point) -> dict[str, object]:
        return {
            "threshold": p.threshold,
            "precision": _rounded(p.precision),
            "recall": _rounded(p.recall),
            "answered": _rounded(p.answered),
        }

    return {
        "threshold": calibration.threshold,
        "before": current,
        "fitted": point(calibration.fitted),
        "held_out": point(calibration.held_out),
        "folds": calibration.folds,
        "curve": [point(p) for p in calibration.curve],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def store_threshold(folder: Path, threshold: float) -> Path:
    """Write `refuse_below` into the settings file of the folder, leaving all else in it as it is; return its path."""
    path = folder / CONFIG_NAME
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    line = f"refuse_below = {threshold}"
    pattern = re.compile(r"^[ \t]*refuse_below[ \t]*=[^\n#]*?(?=[ \t]*(?:#|$))", re.M)
    text = pattern.sub(line, text, count=1) if pattern.search(text) else f"{line}\n{text}"
    path.write_text(text, encoding="utf-8")
    return path
