"""Exact match and F1 of short answers, worked out by hand from the CMRC 2018 script's rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.evaluate.short import exact_match, f1, segments


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("R&D占比 5.16%，居首。", ["r", "&", "d", "占", "比", "5.16", "%", "居", "首"]),
        ("1,840家", ["1,840", "家"]),
        ("《AI-2.0》版", ["ai2.0", "版"]),  # a mark left out joins what stands beside it, as in the script
        ("Windows 95, 98", ["windows", "95", ",", "98"]),
        ("见Vol.", ["见", "vol", "."]),
        ("等等……", ["等", "等", "……"]),  # the script's list has the ellipsis as one entry, which no character equals
        ("。", []),
    ],
)
def test_characters_count_one_by_one_and_the_rest_by_words(text: str, units: list[str]) -> None:
    assert segments(text) == units


@pytest.mark.parametrize(
    ("answer", "alternatives", "score"),
    [
        ("《周报》", ["周报"], 1.0),
        ("周报", ["日报", "周报"], 1.0),
        ("周", ["周报"], 0.0),
        ("Windows 95", ["windows 95"], 1.0),
        ("Windows95", ["Windows 95"], 0.0),  # white space inside counts
        ("周报 ", ["周报"], 1.0),
        ("", ["周报"], 0.0),
    ],
)
def test_exact_match_leaves_marks_out(answer: str, alternatives: list[str], score: float) -> None:
    assert exact_match(answer, [alternatives]) == score


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("66家、45家", 1.0),
        ("45家；66家", 1.0),
        ("45家 66户", 1.0),
        ("45家", 0.0),
        ("共45家、66家", 0.0),
        ("45家、45家", 0.0),
    ],
)
def test_an_answer_in_parts_matches_with_nothing_but_its_parts(answer: str, score: float) -> None:
    assert exact_match(answer, [["45家"], ["66家", "66户"]]) == score


@pytest.mark.parametrize(
    ("answer", "alternatives", "score"),
    [
        ("临河市", ["临河市"], 1.0),
        ("在临河", ["临河市"], 2 / 3),  # two of three on both sides
        ("临市", ["临河市"], 2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3)),  # the longest run is one character
        ("在临河", ["临河市", "在临河"], 1.0),
        ("山", ["临河市"], 0.0),
        ("", ["临河市"], 0.0),
        # 占|比|5.16|% of 为|5.16|%: two in common, precision 2/4, recall 2/3
        ("占比5.16%", ["为5.16%"], 4 / 7),
    ],
)
def test_f1_is_over_the_longest_common_run(answer: str, alternatives: list[str], score: float) -> None:
    assert f1(answer, [alternatives]) == pytest.approx(score)


def test_f1_of_parts_adds_their_runs() -> None:
    # 2020|年|45|家|2023|年|66|家: 2 + 2 in common of 8 said and 4 wanted
    assert f1("2020年45家，2023年66家", [["45家"], ["66家"]]) == pytest.approx(2 * 4 / (8 + 4))
    # The second part finds nothing left: 2 in common of 2 said and 4 wanted.
    assert f1("45家", [["45家"], ["45家"]]) == pytest.approx(2 * 2 / (2 + 4))
    assert f1("66家、45家", [["45家"], ["66家"]]) == 1.0


def _by_the_script(answer: str, alternative: str) -> float:
    """F1 as the script's own dynamic programme finds the longest common run."""
    said, wanted = segments(answer), segments(alternative)
    table = [[0] * (len(said) + 1) for _ in range(len(wanted) + 1)]
    longest = 0
    for i, a in enumerate(wanted):
        for j, b in enumerate(said):
            if a == b:
                table[i + 1][j + 1] = table[i][j] + 1
                longest = max(longest, table[i + 1][j + 1])
    if not longest:
        return 0.0
    precision, recall = longest / len(said), longest / len(wanted)
    return 2 * precision * recall / (precision + recall)


SHORT = st.text("临河市在A1.，", max_size=12)


@given(SHORT, st.lists(SHORT, min_size=1, max_size=3))
def test_f1_agrees_with_the_scripts_table(answer: str, alternatives: list[str]) -> None:
    wanted = max(_by_the_script(answer, one) for one in alternatives)
    assert f1(answer, [alternatives]) == pytest.approx(wanted)
