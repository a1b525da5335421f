"""Windows over a passage, and the spans that scores stand for, worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ragpark.answer.spans import LONGEST, OVERLAP, QUESTION_TOKENS, Scores, Span, Window, best_spans, windows

BOS, EOS = 0, 2
TEXT = "园区有企业2800家"


def by_character(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    return [100 + i for i in range(len(text))], [(i, i + 1) for i in range(len(text))]


def window(text: str, question: tuple[int, ...] = (7, 8)) -> Window:
    (found,) = windows(0, question, by_character(text), BOS, EOS, 512)
    return found


def scores(window: Window, starts: dict[int, float], ends: dict[int, float], nothing: float = 0.0) -> Scores:
    """Scores by place in the passage; all else -5, and `nothing` in all at position 0."""
    found = np.full((len(window.ids), 2), -5.0, np.float32)
    found[0] = nothing / 2
    for column, values in enumerate((starts, ends)):
        for at, value in values.items():
            found[window.first + at, column] = value
    return found


def test_a_window_is_question_and_passage_between_marks() -> None:
    found = window("企业多", (7, 8))
    assert found == Window(0, (0, 7, 8, 2, 100, 101, 102, 2), 4, ((0, 1), (1, 2), (2, 3)))


def test_a_long_question_is_cut_and_the_passage_is_not() -> None:
    found = window("企业", tuple(range(1000, 1100)))
    assert found.ids == (0, *range(1000, 1000 + QUESTION_TOKENS), 2, 100, 101, 2)
    assert found.first == QUESTION_TOKENS + 2


@pytest.mark.parametrize(
    ("left_out", "last", "text"),
    [
        ((), 7, "区有企业280"),
        (((4, 6)), 3, "区有企"),  # the tokens of 业2 are left out: what would hold them is no span
    ],
)
def test_no_span_reaches_over_what_was_left_out(left_out: tuple[int, ...], last: int, text: str) -> None:
    ids, offsets = by_character(TEXT)
    kept = [i for i in range(len(TEXT)) if not left_out or not left_out[0] <= i < left_out[1]]
    (cut,) = windows(0, (7, 8), ([ids[i] for i in kept], [offsets[i] for i in kept]), BOS, EOS, 512)
    starts = {kept.index(1): 3.0}
    ends = {kept.index(7): 3.0, kept.index(3): 2.0}
    (best, *_) = best_spans(TEXT, [(cut, scores(cut, starts, ends))])
    assert (best.text, best.end) == (text, last + 1)


@pytest.mark.parametrize(
    ("n_tokens", "begins"),
    [
        (0, []),
        (1, [0]),
        (195, [0]),  # 200 - 2 of the question - 3 marks
        (196, [0, 67]),  # 195 - 128 tokens further
        (262, [0, 67]),  # 67 + 195: to the last token
        (263, [0, 67, 134]),
    ],
)
def test_windows_overlap_and_cover_all(n_tokens: int, begins: list[int]) -> None:
    found = windows(3, (7, 8), by_character("甲" * n_tokens), BOS, EOS, 200)
    assert [w.offsets[0][0] for w in found] == begins
    assert all(len(w.ids) <= 200 and w.passage == 3 and len(w.offsets) == len(w.ids) - 5 for w in found)
    assert {at for w in found for at, _ in w.offsets} == set(range(n_tokens))
    assert all(a.offsets[-1][1] - b.offsets[0][0] == OVERLAP for a, b in itertools.pairwise(found))


def test_windows_that_could_not_move_on_are_an_error() -> None:
    with pytest.raises(ValueError, match="133"):
        windows(0, (7, 8), by_character("甲"), BOS, EOS, 133)


def test_the_margin_is_the_best_sum_above_no_answer() -> None:
    found = window(TEXT)
    # 2800家: start 4 + end 3 = 7; no answer 2.
    (best, *_) = best_spans(TEXT, [(found, scores(found, {5: 4.0}, {9: 3.0}, nothing=2.0))])
    assert best == Span(0, 5, 10, "2800家", 5.0)


def test_no_span_begins_or_ends_outside_the_passage() -> None:
    found = window(TEXT)
    given = scores(found, {5: 1.0}, {9: 1.0})
    given[1 : found.first] = 50.0  # the question and its mark
    given[-1] = 50.0
    assert best_spans(TEXT, [(found, given)])[0].text == "2800家"


def test_a_span_does_not_end_before_it_begins_nor_run_on() -> None:
    text = "甲" * 100
    found = window(text)
    # 90 + 90 would need 60 > 10, or 81 tokens; what is left is 90 + (-5) at one place or the other.
    backwards = best_spans(text, [(found, scores(found, {60: 9.0}, {10: 9.0}))])[0]
    assert backwards.margin == pytest.approx(4.0)
    longest = best_spans(text, [(found, scores(found, {10: 9.0}, {10 + LONGEST: 9.0}))])[0]
    assert (longest.start, longest.end, longest.margin) == (10, 51, 18.0)
    longer = best_spans(text, [(found, scores(found, {10: 9.0}, {11 + LONGEST: 9.0}))])[0]
    assert longer.margin == pytest.approx(4.0)


def test_the_next_best_do_not_overlap() -> None:
    found = window(TEXT)
    # 2800家 (8) holds 2800 (7.5), which is passed over; 园区 (5) comes next, then 企业 (3).
    given = scores(found, {5: 4.0, 0: 3.0, 3: 2.0}, {9: 4.0, 8: 3.5, 1: 2.0, 4: 1.0})
    assert [(s.text, s.margin) for s in best_spans(TEXT, [(found, given)])] == [
        ("2800家", 8.0),
        ("园区", 5.0),
        ("企业", 3.0),
    ]
    assert len(best_spans(TEXT, [(found, given)], n_spans=1)) == 1


def test_of_two_windows_the_better_reading_of_a_place_counts() -> None:
    text = "甲" * 300
    one, two, *_ = windows(0, (7, 8), by_character(text), BOS, EOS, 200)
    at = 100
    read = [
        (one, scores(one, {at: 2.0}, {at + 1: 2.0})),
        (two, scores(two, {at - 67: 3.0}, {at - 66: 3.0}, nothing=1.0)),
    ]
    best, *others = best_spans(text, read)
    assert (best.start, best.end, best.margin) == (100, 102, 5.0)
    assert all(s.end <= 100 or s.start >= 102 for s in others)


def test_of_spans_that_score_alike_the_first_is_given() -> None:
    found = window(TEXT)
    assert best_spans(TEXT, [(found, scores(found, {3: 1.0, 5: 1.0}, {3: 1.0, 5: 1.0}))], 1)[0].start == 3


def test_white_space_at_the_edges_is_not_of_the_span() -> None:
    text = "企业 2800 家"
    found = window(text)
    best = best_spans(text, [(found, scores(found, {2: 4.0}, {7: 4.0}))])[0]
    assert (best.start, best.end, best.text) == (3, 7, "2800")
    assert best_spans("\n \n", [(window("\n \n"), scores(window("\n \n"), {}, {}))]) == ()


def test_a_passage_without_windows_has_no_spans() -> None:
    assert best_spans("", []) == ()
