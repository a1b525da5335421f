"""Scores of answers and the choice of a span, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from evaluate import auc, best_span
from scores import exact, f1, segments
from train import rate_at


def test_characters_count_one_by_one_and_figures_whole() -> None:
    assert segments("R&D占比 5.16%，居首。") == ["r&d", "占", "比", "5.16%", "居", "首"]


@pytest.mark.parametrize(
    ("answer", "gold", "score"), [("《周报》", ["周报"], 1.0), ("周报", ["日报", "周报"], 1.0), ("周", ["周报"], 0.0)]
)
def test_exact_match_leaves_punctuation_out(answer: str, gold: list[str], score: float) -> None:
    assert exact(answer, gold) == score


@pytest.mark.parametrize(
    ("answer", "gold", "score"),
    [
        ("临河市", ["临河市"], 1.0),
        ("在临河", ["临河市"], 2 / 3),  # two of three on both sides
        ("临市", ["临河市"], 2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3)),  # the longest run is one character
        ("山", ["临河市"], 0.0),
        ("", ["临河市"], 0.0),
    ],
)
def test_f1_is_over_the_longest_common_run(answer: str, gold: list[str], score: float) -> None:
    assert f1(answer, gold) == pytest.approx(score)


def test_the_best_span_does_not_end_before_it_begins_nor_run_too_long() -> None:
    starts, ends = np.array([0.0, 5.0, 0.0, 0.0]), np.array([4.0, 1.0, 2.0, 4.0])
    assert best_span(starts, ends, longest=2) == (1, 2, 7.0)  # 1 to 0 would score 9, 1 to 3 is too long
    assert best_span(starts, ends, longest=4) == (1, 3, 9.0)


def test_auc_counts_pairs_in_order_and_ties_half() -> None:
    assert auc([2.0, 1.0], [1.0]) == 0.75  # one pair right, one tied
    assert math.isnan(auc([1.0], []))


def test_the_learning_rate_rises_then_falls_to_nothing() -> None:
    assert rate_at(0.0) == 0.0
    assert rate_at(0.02) == pytest.approx(0.5 * 0.98)
    assert rate_at(0.5) == 0.5
    assert rate_at(1.0) == 0.0
