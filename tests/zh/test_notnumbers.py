"""Digits that are no quantity are stepped over, whole."""

from __future__ import annotations

import pytest

from ragpark.zh.notnumbers import code_end, follows_indicator, skipped


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("2019年6月3日起", "2019年6月3日"),
        ("2018-2020年", "2018-2020年"),
        ("202306报表", "202306"),
        ("2023/5/6周六", "2023/5/6"),
        ("7月1日", "7月1日"),
        ("14:30开会", "14:30"),
        ("9时15分发车", "9时15分"),
        ("8点半", "8点半"),
        ("6222 0011 2233 4455", "6222 0011 2233 4455"),
        ("0512-66681234", "0512-66681234"),
        ("978-7-301-1", "978-7-301-1"),
        ("18号", "18号"),
        ("5-7号", "5-7号"),
        ("12345热线", "12345热线"),
        ("985、211高校", "985"),
        ("3.2节", "3.2节"),
        ("9001:2008质量体系", "9001:2008"),
        ("1.2017年申报公告", "1.2017年"),
        ("36°1'至", "36°1"),
        ("1 2项", "1 2"),
    ],
)
def test_what_is_stepped_over(text: str, over: str) -> None:
    assert text[: skipped(text, 0)] == over


@pytest.mark.parametrize(
    "text", ["2023.5亿元", "2000年历史", "30日内", "985家", "21家", "3.2亿元", "202306家", "500家", "9个", "8点多"]
)
def test_what_counts_is_not(text: str) -> None:
    assert skipped(text, 0) == 0


@pytest.mark.parametrize(
    ("text", "at", "over"),
    [
        ("第3—5条", 1, "3—5"),
        ("第8.6代", 1, "8.6"),
        ("邮编：215000", 3, "215000"),
        ("版本号为3.2，", 4, "3.2"),
        ("〔2023〕14号", 1, "2023"),
        ("“30条”", 1, "30"),
        ("（2）", 1, "2）"),
        ("\n3.1 目标", 1, "3.1 "),
    ],
)
def test_what_stands_before_makes_a_name_of_it(text: str, at: int, over: str) -> None:
    assert text[at : skipped(text, at)] == over


def test_a_marker_that_is_a_figure_is_none() -> None:
    assert skipped("\n3.5亿元", 1) == 0


@pytest.mark.parametrize(
    ("text", "at", "end", "code"), [("G60", 1, 3, 3), ("5G网", 0, 1, 2), ("v2.1", 1, 4, 4), ("共36家", 1, 3, 0)]
)
def test_where_a_code_ends(text: str, at: int, end: int, code: int) -> None:
    assert code_end(text, at, end) == code


@pytest.mark.parametrize(
    ("text", "indicator"),
    [("GDP", True), ("园区R&D", True), ("A", False), ("COVID-", False), ("PM", False), ("ISO", False)],
)
def test_an_indicator_in_capitals_is_no_code(text: str, indicator: bool) -> None:
    assert follows_indicator(f"{text}36", len(text)) is indicator


def test_a_web_address_holds_no_figures() -> None:
    text = "https://zh.example.org/wiki/%E7%94%B0 有3家"
    assert text[skipped(text, text.index("7%")) :] == " 有3家"
