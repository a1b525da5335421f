"""Fits the scorer: every candidate of every gold question, right or wrong, and the linear model that tells them apart.

Logistic regression (Hosmer & Lemeshow 2000) with an L2 penalty, all questions weighing the same, and no weight against
the sign that its feature has by what it says, and drawn towards the weight expected where the questions do not show
what it is worth; then the whole model is
scaled and shifted (Platt 1999) so that the chosen candidate's probability is that of being right.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ragpark.answer.candidates import Candidate
from ragpark.answer.choose import Looked, piece_share
from ragpark.answer.scorer import CONSTANT, Feature, Scorer, all_features
from ragpark.errors import GoldError, QuestionError
from ragpark.evaluate.compare import fold_answer, holds
from ragpark.evaluate.gold import GoldQuestion
from ragpark.evaluate.judge import Target
from ragpark.evaluate.measures import auc
from ragpark.evaluate.run import Locator, Searched
from ragpark.retrieve.kinds import FIGURE

FOLDS = 5
PENALTY = 3.0  # strength of the L2 penalty on what a weight is apart from the one expected
ROUNDS = 5  # which candidate is chosen depends on the model: the fit is done anew with those that the last one chose
ON_CHOSEN = 0.7  # of a question's weight lies on what is chosen of it, the rest on all its candidates alike
LEAST = 10  # questions of either kind, below which a fit says nothing


class Followed(Protocol):
    """What fitting asks of an engine."""

    @property
    def index(self) -> Searched: ...
    def offered(self, question: str) -> list[tuple[Looked, ...]]: ...


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of a gold question. `look` tells which of its candidates were offered together: one is chosen of each."""

    set: str
    question: str
    look: str
    answerable: bool
    whole: bool
    figure: bool
    right: bool
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted weights and the figures of questions that were held out: `auc` of the chosen candidate's probability,
    right against wrong; the share of answerable questions whose chosen one is `right`, whatever its probability."""

    weights: Mapping[str, float]
    questions: int
    examples: int
    auc: float | None
    right: float
    brier: float


def examples(
    engine: Followed, gold: Sequence[GoldQuestion], name: str, progress: Callable[[int, int], None] | None = None
) -> list[Example]:
    """Return the candidates of the gold questions of the set `name`, those the reader was asked about twice: without it
    and with it."""
    locator = Locator(engine.index.documents.values())
    found: list[Example] = []
    for number, question in enumerate(gold, start=1):
        targets = [locator.target(item) for item in question.evidence]
        queries = _offered(engine, question.question)
        for one in (
            queries[0] if len(queries) == 1 else ()
        ):  # of several it is not said which part of the answer is whose
            found.extend(_examples(question, targets, name, f"{name}:{question.question_id}:{one.by}", one))
        if progress:
            progress(number, len(gold))
    return found


def _offered(engine: Followed, question: str) -> list[tuple[Looked, ...]]:
    try:
        return engine.offered(question)
    except QuestionError:
        return []  # not a question that is answered at all


def _examples(
    question: GoldQuestion, targets: Sequence[Target], name: str, look: str, looked: Looked
) -> Iterable[Example]:
    offered = looked.candidates
    figure = looked.query.kind == FIGURE
    for one in offered:
        yield Example(
            name,
            f"{name}:{question.question_id}",
            look,
            question.answerable,
            one.whole,
            figure,
            question.answerable and _right(question, targets, one),
            one.features,
        )


def _right(question: GoldQuestion, targets: Sequence[Target], one: Candidate) -> bool:
    """Tell whether the candidate holds a part of the answer and stands in the evidence."""
    text = fold_answer(one.text)
    stands = any(
        target.met_by(support.doc, support.statement.start, support.statement.end)
        for target in targets
        for support, _ in one.spans
    )
    parts = [holds(text, part) for part in question.answers]
    return stands and (all(parts) if one.whole else any(parts))


def fit(found: Sequence[Example]) -> Fit:
    """Return the model fitted to the examples, with the figures of five folds of questions each left out once.

    Raises GoldError where there are too few questions, or all of them are answered rightly or wrongly.
    """
    questions = sorted({one.question for one in found})
    if min(len({one.question for one in found if one.right is right}) for right in (True, False)) < LEAST:
        raise GoldError(f"拟合评分模型需要更多题目：答对的和答错的候选各至少来自 {LEAST} 道题")
    names = sorted({name for one in found for name in one.features})
    fold = {question: zlib.crc32(question.encode()) % FOLDS for question in questions}
    held: list[tuple[float, Example]] = []
    for number in range(FOLDS):
        weights = _fitted([one for one in found if fold[one.question] != number], names)
        held.extend(chosen([one for one in found if fold[one.question] == number], Scorer(weights)))
    answerable = [one.right for _, one in held if one.answerable]
    return Fit(
        weights=_fitted(found, names),
        questions=len(questions),
        examples=len(found),
        auc=auc([p for p, one in held if one.right], [p for p, one in held if not one.right]),
        right=sum(answerable) / len(answerable),
        brier=sum((p - one.right) ** 2 for p, one in held) / len(held),
    )


def chosen(found: Sequence[Example], scorer: Scorer) -> list[tuple[float, Example]]:
    """Return for each look the candidate that would be answered with, and its probability: see answer/choose.py."""
    looks: dict[str, list[tuple[float, Example]]] = {}
    for one in found:
        looks.setdefault(one.look, []).append((scorer.probability(one.features), one))
    best = []
    for offered in looks.values():
        pieces = [item for item in offered if not item[1].whole and (item[1].figure or "read" not in item[1].features)]
        told = max(pieces, key=lambda item: item[0], default=None)
        first = max(offered, key=lambda item: item[0])
        best.append(told if told and told[0] >= piece_share(told[1].figure) * first[0] else first)
    return best


def _fitted(found: Sequence[Example], names: Sequence[str]) -> dict[str, float]:
    """Return the weights by name: the regression's, scaled and shifted for those that are chosen."""
    table = np.array([[one.features.get(name, 0.0) for name in names] for one in found])
    right = np.array([one.right for one in found])
    known = [all_features()[name] for name in names]
    alike = _alike([one.question for one in found])
    share, weights = alike, dict.fromkeys((*names, CONSTANT), 0.0)
    for _ in range(ROUNDS):
        model = _regression(table, right, share, known, PENALTY)
        weights = dict(zip((*names, CONSTANT), map(float, model), strict=True))
        best = {id(one) for _, one in chosen(found, Scorer(weights))}
        there = np.array([id(one) in best for one in found])
        on_chosen = np.where(there, _alike([one.question if t else "" for one, t in zip(found, there, strict=True)]), 0)
        share = (1 - ON_CHOSEN) * alike + ON_CHOSEN * on_chosen
    picked = chosen(found, Scorer(weights))
    logits = np.array([[_logit(p)] for p, _ in picked])
    picked_right = np.array([one.right for _, one in picked])
    scale, shift = map(float, _regression(logits, picked_right, np.ones(len(picked)), [Feature(1, 1.0, "")], 0.0))
    return {name: round(weight * scale + (shift if name == CONSTANT else 0.0), 4) for name, weight in weights.items()}


def _alike(groups: Sequence[str]) -> NDArray[np.float64]:
    """Return weights, (n,), of which each group has 1 in all."""
    count = Counter(groups)
    return np.array([1 / count[group] for group in groups])


def _regression(
    x: NDArray[np.float64], y: NDArray[np.bool_], share: NDArray[np.float64], known: Sequence[Feature], penalty: float
) -> NDArray[np.float64]:
    """Return the weights of the columns of `x`, (n, k), and the constant, (k + 1,), that make `y` most probable.

    `share`, (n,), weighs the rows; no weight has a sign against that of the feature `known` of its column; the penalty is half the sum of squares of what they are apart from those expected.
    """
    from scipy.optimize import minimize

    ones = np.hstack((x, np.ones((len(x), 1))))
    side = np.where(y, 1.0, -1.0)
    expected = np.array([feature.expected for feature in known])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = side * (ones @ w)
        slope = ones.T @ (-share * side / (1 + np.exp(np.clip(z, -500, 500))))
        apart = w[:-1] - expected
        slope[:-1] += penalty * apart
        return float(share @ np.logaddexp(0, -z) + penalty / 2 * (apart @ apart)), slope

    bounds = [{1: (0, None), -1: (None, 0)}.get(feature.sign, (None, None)) for feature in known] + [(None, None)]
    best = minimize(loss, np.zeros(ones.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(best.x, dtype=np.float64)


def _logit(p: float) -> float:
    return float(np.log(max(p, 1e-12) / max(1 - p, 1e-12)))


def write_examples(found: Iterable[Example], path: Path) -> None:
    """Write the examples, one JSON object a line."""
    lines = (json.dumps({**vars_of(one), "features": dict(one.features)}, ensure_ascii=False) for one in found)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def vars_of(one: Example) -> dict[str, object]:
    return {name: getattr(one, name) for name in Example.__slots__}


def read_examples(path: Path) -> list[Example]:
    """Read what `write_examples` wrote. Raises GoldError where it is not that."""
    try:
        return [Example(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, TypeError) as error:
        raise GoldError(f"{path} 不是 --examples 写出的文件（{error}）") from error


def write_fit(fitted: Fit, sets: Mapping[str, int], date: str, path: Path) -> None:
    """Write the weights with what they were fitted on: `sets` are the questions of each set, `date` is ISO."""
    data = {
        "date": date,
        "sets": dict(sets),
        "held_out": {
            "folds": FOLDS,
            "auc": None if fitted.auc is None else round(fitted.auc, 4),
            "right_before_refusing": round(fitted.right, 4),
            "brier": round(fitted.brier, 4),
        },
        "candidates": fitted.examples,
        "weights": dict(sorted(fitted.weights.items())),
    }
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
