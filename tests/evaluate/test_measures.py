"""The measures, by hand and against trec_eval."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from ragpark.evaluate.measures import auc, mean, ndcg, percentile, precision_recall, recall, reciprocal_rank


def test_recall_counts_evidence_items_not_chunks() -> None:
    assert recall([1, 3], 1) == 0.5
    assert recall([1, 3], 5) == 1.0
    assert recall([None, 6], 5) == 0.0


def test_ndcg_by_hand() -> None:
    # Relevant at ranks 2 and 3 of three relevant: (1/log2(3) + 1/log2(4)) / (1 + 1/log2(3) + 1/log2(4))
    gain = 1 / log2(3) + 1 / 2
    assert ndcg([False, True, True], 3) == pytest.approx(gain / (1 + gain))
    assert ndcg([False], 0) == 0.0
    assert ndcg([], 2) == 0.0


@settings(max_examples=50)
@given(st.lists(st.booleans(), min_size=1, max_size=15), st.integers(0, 12))
def test_ndcg_and_rr_agree_with_trec_eval(relevant: list[bool], more: int) -> None:
    qrels = {f"c{i}": int(hit) for i, hit in enumerate(relevant)} | {f"m{i}": 1 for i in range(more)}
    run = {f"c{i}": float(100 - i) for i in range(len(relevant))}
    wanted = pytrec_eval.RelevanceEvaluator({"q": qrels}, {"ndcg_cut_10", "recip_rank"}).evaluate({"q": run})["q"]
    assert ndcg(relevant, sum(qrels.values())) == pytest.approx(wanted["ndcg_cut_10"])
    assert reciprocal_rank(relevant, k=15) == pytest.approx(wanted["recip_rank"])


def test_reciprocal_rank_stops_at_the_cutoff() -> None:
    assert reciprocal_rank([False, True, True]) == 0.5
    assert reciprocal_rank([False] * 10 + [True]) == 0.0


def test_precision_and_recall() -> None:
    # Predicted 1st and 2nd, true 1st and 3rd: one of two right, one of two found.
    assert precision_recall([True, True, False], [True, False, True]) == (0.5, 0.5)
    assert precision_recall([False, False], [False, False]) == (None, None)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20), st.sampled_from([0.0, 0.5, 0.95, 1.0]))
def test_percentile_agrees_with_numpy(values: list[float], share: float) -> None:
    assert percentile(values, share) == pytest.approx(float(np.percentile(values, share * 100)))


def test_auc_counts_pairs_in_order_and_ties_half() -> None:
    assert auc([2.0, 1.0], [1.0]) == 0.75  # one pair right, one tied
    assert auc([0.3, 0.9], [0.5, 0.1]) == 0.75  # 0.3 is over 0.1, 0.9 over both: three of four
    assert (auc([1.0], []), auc([], [1.0])) == (None, None)


def test_nothing_judged_has_no_average() -> None:
    assert mean([]) is None
    assert percentile([], 0.5) is None
