"""The line that figures and times are read from: damaged numbers whole, note marks out, every character with its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ragpark.zh.line import read_line, tidy


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # white space inside one number
        ("覆 盖 率 3 7 . 2 %", "覆 盖 率 37.2 %"),
        ("发放补贴 4 0 9 5 笔", "发放补贴 4095 笔"),
        ("产值 7 , 2 1 4 亿元", "产值 7,214 亿元"),
        ("失业率为 4. 3%", "失业率为 4.3%"),
        ("失业率为4 .3%", "失业率为4.3%"),
        ("共2 950家", "共2950家"),
        ("共6 5家", "共65家"),
        ("2 0 1 9 年", "2019 年"),
        ("1 9 9 4年设立", "1994年设立"),
        ("于 2 0 2 1 年 1 1 月", "于 2021 年 11 月"),
        # two numbers, or no one knows
        ("2021年 5家", "2021年 5家"),
        ("第2 4项", "第2 4项"),
        ("合计 15 73%", "合计 15 73%"),
        ("2021 2022 3.5%", "2021 2022 3.5%"),
        ("甲 3 5%", "甲 3 5%"),
        ("3, 5家", "3, 5家"),
        ("3. 1%", "3. 1%"),  # a list's marker at the start of a line
        ("3\t5%", "3\t5%"),
        # a middle dot for the point
        ("投资6·4亿元", "投资6.4亿元"),
        ("增长8•1%", "增长8.1%"),
        ("产 量 1 8 · 3 7 万 吨", "产 量 18.37 万 吨"),
        ("2022 · 3家", "2022 · 3家"),  # a mark between two things
        ("“3·15”晚会", "“3·15”晚会"),
        ("5·12地震", "5·12地震"),
        # full width and traditional
        ("４２．５％", "42.5%"),
        ("壹佰萬元", "一百万元"),
        # LaTeX
        (r"占7.09\%", "占7.09%"),
        (r"占$5.16\%$，", "占5.16%,"),
        (r"$1.2\times10^{4}$人", "1.2×10^4人"),
        ("$3亿和$4亿", "$3亿和$4亿"),  # dollars
        ("$100,$200", "$100,$200"),
        # powers and marks
        ("1.2×10⁴人", "1.2×10^4人"),
        ("10^{8}次", "10^8次"),
        ("10²家", "10家"),
        ("64²亿元", "64亿元"),
        ("64①亿元", "64亿元"),
        ("64[12]亿元", "64亿元"),
        ("64[^a1]亿元", "64[^a1]亿元"),
        ("64<sup>3</sup>亿元", "64亿元"),
        ("900km^2", "900km²"),
        ("900m²", "900m²"),
        # what is not seen
        ("共5\u200b3家", "共53家"),
    ],
)
def test_how_a_text_is_read(text: str, line: str) -> None:
    assert read_line(text).text == line


@pytest.mark.parametrize(
    ("printed", "tidied"),
    [
        ("3 7 . 2 %", "37.2%"),
        (r"5.16\%", "5.16%"),
        ("64²亿元", "64亿元"),
        ("１２８６ 件", "１２８６件"),
        ("6·4亿元", "6.4亿元"),
    ],
)
def test_a_printed_figure_is_shown_whole_in_its_own_characters(printed: str, tidied: str) -> None:
    assert tidy(printed) == tidied


def test_a_character_leads_back_to_what_was_printed() -> None:
    # 占 at 0, 5.16 at 1–4, the backslash at 5, % at 6: the one % of the line stands for both
    line = read_line(r"占5.16\%。")
    assert line.text == "占5.16%。"
    assert line.span(1, 6) == (1, 7)
    # 6, space, 5: the line's 65 covers all three
    assert read_line("共6 5家").span(1, 3) == (1, 4)


PIECES = st.sampled_from(
    [*"0123456789 .,·$\\^{}[]²①%年家第亿m\n", "\u200b", r"\%", r"\times", "10^", "<sup>2</sup>", "2023"]
)


@settings(deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join))
@example("$1\\%$2")
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    line = read_line(text)
    ends = 0
    for at in range(len(line.text)):
        start, end = line.span(at, at + 1)
        assert ends <= start < end <= len(text) or (start, end) == line.span(at - 1, at)
        ends = end
    tidy(text)


@settings(deadline=None, derandomize=True)
@given(st.integers(1000, 99_999), st.sampled_from(["家", "%", "亿元", "年"]))
def test_a_number_with_a_space_after_every_digit_reads_like_the_plain_one(number: int, unit: str) -> None:
    assert read_line(f"共 {' '.join(str(number))} {unit}").text == f"共 {number} {unit}"
