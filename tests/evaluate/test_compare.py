"""Folding and matching of answers: numbers are whole tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.evaluate.compare import fold_answer, fold_quote, holds, occurs


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("5.16%", "增至5.16%。"),
        ("5.16%", "增至５．１６％。"),  # full width
        ("5.16%", "增至 5.16 %。"),
        ("1840家", "共1840家，"),
        ("1840家", "共1,840家"),  # thousands separator
        ("1840家", "共１，８４０家"),
        ("6,476名观众", "现场有6476名观众"),
        ("1,234,567元", "1234567元"),
        ("6月24日", "2020年6月24日签署"),
        ("2006年", "早在2006年，园区"),
        ("2010年", "于2010年正式"),
        ("1.42万亿", "达到1.42万亿元"),
        ("1000亿", "超1000亿元"),
        ("5.16", "占5.16%"),  # a bare number, its unit follows
        ("45家", "1. 45家上市"),  # a list number before it
        ("45家", "①45家上市"),
        ("33所", "2020年 33所"),
        ("1840家", "18\n40家"),  # a line break inside the figure
        ("3千", "10.3千"[3:]),
        ("10千克", "重10千克"),
        ("10", "重10千克"),  # 千克 is the unit
        ("十三个", "共十三个项目"),
        ("一廊一园一港", "规划“一廊一园一港”"),
        ("GDP", "占gdp比重"),
        ("苏研保", "产品——苏 研 保"),
        ("22个", "建设了22个海外"),
        ("4.5%", "2020年4.5%、2023年5.16%"),
        ("5家", "145家、5家"),  # the second occurrence is whole
        ("3", "表3,共"),
        ("345家", "2020,345家"),  # four digits before the comma: a list, no separator
    ],
)
def test_part_stands_in_the_text(part: str, text: str) -> None:
    assert holds(fold_answer(text), [part])


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("5.16%", "15.16%"),
        ("45家", "145家"),
        ("4.5%", "14.5%"),
        ("4.5%", "4.55%"),
        ("4.5", "4.55%"),
        ("4", "4.5%"),
        ("5%", "4.5%"),
        ("16%", "5.16%"),
        ("40家", "1,840家"),
        ("840家", "1,840家"),
        ("1月", "11月"),
        ("6月24日", "16月24日"),
        ("20", "20万人"),  # ten thousand times as much
        ("1.42万", "1.42万亿"),
        ("三个", "十三个"),
        ("二十", "二十四个"),
        ("千亿元", "5千亿元"),
        ("万人", "6.3万人"),
        ("5.16%", "5.16"),  # the unit is asked for
        ("5.16%", ""),
        ("苏研保", "苏研"),
    ],
)
def test_part_does_not_stand_in_the_text(part: str, text: str) -> None:
    assert not holds(fold_answer(text), [part])


def test_any_alternative_is_enough_and_none_matches_nothing() -> None:
    text = fold_answer("园区高新技术企业1800余家")
    assert holds(text, ["1840家", "1800余家"])
    assert not holds(text, [])
    assert not occurs(fold_answer(" "), text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("占 GDP\n５％", "占GDP5%"),
        ("Ａ级", "A级"),  # case stays: quotes are verbatim
        ("㎡…", "m2..."),
        ("cafe\u0301", "café"),  # combining mark composed
        ("", ""),
    ],
)
def test_quote_is_folded(text: str, folded: str) -> None:
    assert fold_quote(text).text == folded


@given(st.text(alphabet="中园 \n５％㎡…e\u0301ab\ufffd", max_size=30))
def test_every_folded_character_leads_back_to_what_it_came_from(text: str) -> None:
    folded = fold_quote(text)
    for position in range(len(folded.text)):
        start, end = folded.span(position, position + 1)
        assert folded.text[position] in fold_quote(text[start:end]).text


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_number_is_found_in_another_only_if_it_is_the_same(one: int, other: int) -> None:
    assert holds(fold_answer(f"共{other:,}家"), [f"{one}家"]) == (one == other)
