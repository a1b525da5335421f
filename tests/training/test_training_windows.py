"""Windows over a passage and the answer's place in them, without a model."""

from __future__ import annotations

import pytest
import torch
from model import Window, answer_tokens, batch_of

# 近|28|00|家|企业 at characters 0–1, 1–3, 3–5, 5–6, 6–8
TOKENS = [(0, 1), (1, 3), (3, 5), (5, 6), (6, 8)]


@pytest.mark.parametrize(
    ("answer", "tokens"),
    [
        ((0, 6), (0, 3)),  # 近2800家
        ((1, 6), (1, 3)),
        ((2, 6), (1, 3)),  # a token may begin one character early
        ((6, 8), (4, 4)),
        ((6, 9), None),  # runs on behind the window
        ((8, 9), None),
    ],
)
def test_an_answer_is_found_only_where_the_tokens_hold_it_whole(
    answer: tuple[int, int], tokens: tuple[int, int] | None
) -> None:
    assert answer_tokens(TOKENS, answer) == tokens


def test_a_window_that_begins_inside_the_answer_does_not_hold_it() -> None:
    assert answer_tokens(TOKENS[2:], (0, 6)) is None


def test_a_batch_allows_the_passage_and_position_0_only_and_is_padded_to_a_multiple_of_32() -> None:
    # <s> question question </s> passage passage </s>
    short = Window((0, 5, 6, 2, 7, 8, 2), 4, ((0, 1), (1, 2)))
    ids, mask, allowed = batch_of([short], pad=1)
    assert ids.shape == (1, 32)
    assert ids[0, 7:].unique().tolist() == [1]
    assert mask.sum().item() == 7
    assert torch.nonzero(allowed[0]).flatten().tolist() == [0, 4, 5]
