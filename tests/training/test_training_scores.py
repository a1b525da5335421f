"""What is measured of a reader in training, and its learning rate, worked out by hand."""

from __future__ import annotations

import pytest
import torch
from evaluate import Asked, measure, read_all
from model import Window
from train import rate_at


class FakeWindows:
    """One window a passage, one token a character, after a question of one token."""

    pad = 0

    def of(self, question: str, passage: str) -> list[Window]:
        offsets = tuple((i, i + 1) for i in range(len(passage)))
        return [Window((1, 2, 3, *map(ord, passage), 3), 3, offsets)]


class FakeReader:
    """Begins an answer at 甲 and ends it at 乙, with 5 points each; position 0 has 2 points each."""

    def eval(self) -> None:
        pass

    def __call__(self, ids: torch.Tensor, mask: torch.Tensor, allowed: torch.Tensor) -> tuple[torch.Tensor, ...]:
        starts, ends = (5.0 * (ids == ord(character)) for character in "甲乙")
        starts[:, 0] = ends[:, 0] = 2.0
        return tuple(scores.masked_fill(~allowed, -1e4) for scores in (starts, ends))


ASKED = [
    Asked("?", "在甲市乙，", ("甲市乙",)),
    Asked("?", "甲市丙", ("甲",)),
    Asked("?", "丙丁", ()),
]


def test_the_span_is_chosen_as_in_use_and_its_margin_is_over_no_answer() -> None:
    found = read_all(FakeReader(), FakeWindows(), ASKED, size=2)  # type: ignore[arg-type]
    # 10 − 4; 甲 begins (5) and the first of the ends at 0 is its own; nothing begins or ends in the last.
    assert [(got.text, got.start, got.end, got.margin) for got in found] == [
        ("甲市乙", 1, 4, 6.0),
        ("甲", 0, 1, 1.0),
        ("丙", 0, 1, -4.0),
    ]


def test_the_measures_of_a_set() -> None:
    report = measure(FakeReader(), FakeWindows(), ASKED)  # type: ignore[arg-type]
    assert {name: report[name] for name in ("em", "f1", "no_answer_auc", "answered", "refused_rightly")} == {
        "em": 1.0,
        "f1": 1.0,
        "no_answer_auc": 1.0,  # 6 and 1 are over −4
        "answered": 1.0,
        "refused_rightly": 1.0,
    }
    assert measure(FakeReader(), FakeWindows(), ASKED[:2])["no_answer_auc"] is None  # type: ignore[arg-type]


def test_the_learning_rate_rises_then_falls_to_nothing() -> None:
    assert rate_at(0.0) == 0.0
    assert rate_at(0.02) == pytest.approx(0.5 * 0.98)
    assert rate_at(0.5) == 0.5
    assert rate_at(1.0) == 0.0
