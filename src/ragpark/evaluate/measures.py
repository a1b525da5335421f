"""The measures, each with its definition; they take judged ranks and counts, never texts or documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import log2


def mean(values: Sequence[float]) -> float | None:
    """Return the average over the judged questions, None when there are none."""
    return sum(values) / len(values) if values else None


def recall(first_ranks: Sequence[int | None], k: int) -> float:
    """Return the share of evidence items met by the top k; `first_ranks` holds, per item, the rank that met it first.

    Raises ZeroDivisionError for a question without evidence, which a gold file cannot hold.
    """
    return sum(1 for rank in first_ranks if rank is not None and rank <= k) / len(first_ranks)


def ndcg(relevant: Sequence[bool], n_relevant: int, k: int = 10) -> float:
    """Return nDCG@k with binary gains: DCG = Σ rel_i / log2(i + 1) (Järvelin & Kekäläinen 2002, as in trec_eval).

    `relevant[i]` judges rank i + 1; `n_relevant` counts the relevant chunks of the whole index, so the ideal
    ranking has min(n_relevant, k) of them on top. 0 when nothing is relevant.
    """
    gain = sum(1 / log2(rank + 1) for rank, hit in enumerate(relevant[:k], start=1) if hit)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(n_relevant, k) + 1))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(relevant: Sequence[bool], k: int = 10) -> float:
    """Return 1 / rank of the first relevant one among the top k, 0 without one (Voorhees 1999)."""
    return next((1 / rank for rank, hit in enumerate(relevant[:k], start=1) if hit), 0.0)


def precision_recall(predicted: Sequence[bool], true: Sequence[bool]) -> tuple[float | None, float | None]:
    """Return precision and recall of `predicted` against `true`; None where nothing is predicted, or true."""
    both = sum(p and t for p, t in zip(predicted, true, strict=True))
    return (both / sum(predicted) if any(predicted) else None, both / sum(true) if any(true) else None)


def auc(right: Sequence[float], wrong: Sequence[float]) -> float | None:
    """Return how often a right one scores above a wrong one, ties counting half (the area under the ROC curve).

    None where there are only right ones, or only wrong ones.
    """
    if not right or not wrong:
        return None
    below = sorted(wrong)
    pairs = sum(bisect_left(below, score) + bisect_right(below, score) for score in right) / 2
    return pairs / (len(right) * len(wrong))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which the share (0 to 1) of the values lies, interpolated linearly as numpy does."""
    if not values:
        return None
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)
