"""The probability of a candidate by hand, what each feature adds, and a data file that is none; the data that is shipped."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from ragpark.answer.scorer import BUNDLED, CONSTANT, Scorer, all_features, load_scorer
from ragpark.errors import ScorerError


@pytest.mark.parametrize(
    ("features", "probability"),
    [
        ({}, 0.5),
        ({"words": 1.0}, 0.75),  # odds of 3 to 1
        ({"words": 2.0}, 0.9),  # 9 to 1
        ({"words": 1.0, "heading": 1.0}, 0.5),
        ({"unknown": 5.0}, 0.5),  # what has no weight counts nothing
        ({"words": 1e6}, 1.0),
        ({"words": -1e6}, 0.0),
    ],
)
def test_the_weighted_sum_is_the_logarithm_of_the_odds(features: dict[str, float], probability: float) -> None:
    scorer = Scorer({"words": math.log(3), "heading": -math.log(3)})
    assert scorer.probability(features) == pytest.approx(probability, abs=1e-12)


def test_the_constant_is_what_speaks_without_any_feature() -> None:
    assert Scorer({CONSTANT: -math.log(4)}).probability({}) == pytest.approx(0.2)


def test_what_counts_is_listed_the_weightiest_first() -> None:
    scorer = Scorer({"words": 1.0, "heading": -2.0, "far": 0.0, CONSTANT: 3.0})
    features = {"words": 0.5, "heading": 1.0, "far": 1.0, "unknown": 1.0, "pairs": 0.0}
    assert scorer.shares(features) == [("heading", 1.0, -2.0), ("words", 0.5, 0.5)]
    assert [name for name, *_ in Scorer({"b": 1.0, "a": -1.0}).shares({"b": 1.0, "a": 1.0})] == ["a", "b"]


def test_a_data_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(json.dumps({"weights": {"words": 1, CONSTANT: -0.5}}), encoding="utf-8")
    assert load_scorer(path).weights == {"words": 1.0, CONSTANT: -0.5}
    assert load_scorer(path) is load_scorer(path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"weights": []}', '{"weights": {"words": "多"}}', '{"weights": {"words": null}}']
)
def test_a_file_that_is_no_model_is_named_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "坏.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScorerError, match=r"评分模型 .*坏\.json 读不出来.*ragpark evaluate --fit"):
        load_scorer(path)


def test_a_file_that_is_missing_is_named() -> None:
    with pytest.raises(ScorerError, match=r"没有\.json"):
        load_scorer(Path("没有.json"))


@pytest.mark.parametrize("name", sorted(all_features()))
def test_every_feature_says_in_chinese_what_it_is_and_is_expected_on_its_own_side(name: str) -> None:
    feature = all_features()[name]
    assert re.search("[一-鿿]", feature.says)
    assert feature.sign in (-1, 0, 1)
    assert feature.sign * feature.expected >= 0
    assert not feature.guard or feature.sign == -1


def test_the_shipped_model_has_only_known_features_none_against_its_sign() -> None:
    weights = load_scorer().weights
    assert set(weights) <= {*all_features(), CONSTANT}
    assert {
        name for name, weight in weights.items() if name != CONSTANT and weight * all_features()[name].sign < 0
    } == set()
    assert all(math.isfinite(weight) for weight in weights.values())


def test_the_shipped_model_says_what_it_was_fitted_on() -> None:
    data = json.loads(BUNDLED.read_text(encoding="utf-8"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", data["date"])
    assert sum(data["sets"].values()) > 0
    assert 0.5 < data["held_out"]["auc"] <= 1.0 and 0.0 <= data["held_out"]["brier"] < 0.25
