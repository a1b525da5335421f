"""The threshold of refusing: fitted where both kinds part best, checked on questions held out, kept in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from ragpark.config import load_settings
from ragpark.errors import GoldError
from ragpark.evaluate.calibrate import Scored, calibrate, calibration_json, curve, store_threshold


def _scored(answerable: list[float], unanswerable: list[float]) -> list[Scored]:
    return [Scored(f"a{i}", score, True) for i, score in enumerate(answerable)] + [
        Scored(f"u{i}", score, False) for i, score in enumerate(unanswerable)
    ]


def test_the_threshold_lies_in_the_middle_of_the_gap() -> None:
    found = calibrate(_scored([0.6, 0.7, 0.8, 0.9], [0.1, 0.2, 0.3, 0.4]))
    assert found.threshold == 0.5  # between 0.4 and 0.6
    assert (found.fitted.precision, found.fitted.recall, found.fitted.answered) == (1.0, 1.0, 1.0)


def test_one_outlier_does_not_move_it() -> None:
    # 0.35 is answerable: to keep it, 0.4 would have to be answered too. Refusing below 0.5 gives recall 4/4 and
    # 4 of 5 answered: balance 0.9; refusing below 0.325 gives 3/4 and 5/5: 0.875.
    found = calibrate(_scored([0.35, 0.6, 0.7, 0.8, 0.9], [0.1, 0.2, 0.3, 0.4]))
    assert found.threshold == 0.5
    assert found.fitted.precision == pytest.approx(4 / 5)
    assert found.fitted.answered == pytest.approx(4 / 5)


def test_questions_held_out_are_judged_by_a_threshold_fitted_without_them() -> None:
    # With folds of one question each the one at 0.45 (unanswerable) moves its own threshold from 0.525 to 0.5; either
    # way it is refused, and so is nothing else.
    found = calibrate(_scored([0.6, 0.7, 0.8], [0.1, 0.4, 0.45]))
    assert found.folds == 3
    assert (found.held_out.precision, found.held_out.recall) == (1.0, 1.0)
    assert 0.5 <= found.held_out.threshold <= 0.55


def test_the_same_questions_in_another_order_give_the_same() -> None:
    scored = _scored([0.35, 0.6, 0.7, 0.8, 0.9], [0.1, 0.2, 0.3, 0.4])
    assert calibrate(scored) == calibrate(scored[::-1])


def test_the_curve_goes_from_refusing_nothing_to_refusing_all() -> None:
    points = curve(_scored([0.6, 0.8], [0.2]))
    assert [p.recall for p in points] == [0.0, 1.0, 1.0, 1.0]  # below 0.2; 0.2–0.6; 0.6–0.8; above
    assert [p.precision for p in points] == [None, 1.0, 0.5, pytest.approx(1 / 3)]
    assert [p.answered for p in points] == [1.0, 1.0, 0.5, 0.0]


def test_too_few_questions_are_said() -> None:
    with pytest.raises(GoldError, match="不可回答的 2 道"):
        calibrate(_scored([0.6, 0.7, 0.8], [0.1, 0.2]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "refuse_below = 0.52\n"),
        ("docs = 'd'\n", "refuse_below = 0.52\ndocs = 'd'\n"),
        ("docs = 'd'\nrefuse_below = 0.4 # ours\n", "docs = 'd'\nrefuse_below = 0.52 # ours\n"),
    ],
)
def test_the_threshold_is_kept_in_the_settings_file(tmp_path: Path, before: str, after: str) -> None:
    if before:
        (tmp_path / "ragpark.toml").write_text(before, encoding="utf-8")
    path = store_threshold(tmp_path, 0.52)
    assert path.read_text(encoding="utf-8") == after
    assert load_settings(tmp_path, {}).refuse_below == 0.52


def test_json_holds_the_curve() -> None:
    found = calibration_json(calibrate(_scored([0.6, 0.7, 0.8], [0.1, 0.2, 0.3])), 0.47)
    assert found["threshold"] == 0.45 and found["before"] == 0.47
    assert isinstance(found["curve"], list) and len(found["curve"]) == 7
