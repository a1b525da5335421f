"""What is shown where no piece answers: a sentence with its neighbours, the best clauses, or a whole list, never too long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_fakes import sentences_of, understood

from ragpark.answer.passage import clauses_around, enumeration, listed, shortened, window

QUERY = understood("碧湖园区为什么限水？")
# 10, 6, 6 and 6 characters
TEXT = "因为天旱碧湖园区限水。湖面低二米。泵站已停机。天气转晴好。"


def shown(scores: list[float], chosen: int, limit: int) -> str:
    group = list(zip(sentences_of(TEXT), scores, strict=True))
    text, used = window(QUERY, group, chosen, limit, 0.5)
    assert text == "".join(group[at][0].text for at in used)
    return text


def test_neighbours_come_along_while_they_are_good_and_there_is_room() -> None:
    first, second, third, _ = (one.text for one in sentences_of(TEXT))
    assert shown([0.8, 0.5, 0.3, 0.8], 0, 100) == first + second  # 0.3 is less than half of 0.8
    assert shown([0.8, 0.5, 0.5, 0.3], 0, 100) == first + second + third
    assert shown([0.8, 0.5, 0.5, 0.3], 0, len(first + second)) == first + second
    assert shown([0.8, 0.5, 0.5, 0.3], 0, len(first + second) - 1) == first


def test_the_better_neighbour_comes_first() -> None:
    texts = [one.text for one in sentences_of(TEXT)]
    assert shown([0.5, 0.8, 0.6, 0.1], 1, len(texts[1] + texts[2]) + 1) == texts[1] + texts[2]


def test_rows_without_a_mark_at_their_end_are_parted() -> None:
    group = [(one, 0.8) for one in sentences_of("甲业产值7亿元\n乙业产值9亿元\n就业平稳。")]
    assert window(QUERY, group, 0, 100, 0.5)[0] == "甲业产值7亿元；乙业产值9亿元；就业平稳。"


def test_a_heading_is_no_neighbour() -> None:
    above, told = sentences_of("天旱。限水。")
    assert window(QUERY, [(above, 0.8), (told, 0.8)], 1, 100, 0.5)[1] == [0, 1]
    assert window(QUERY, [(replace(above, heading=True), 0.8), (told, 0.8)], 1, 100, 0.5)[1] == [1]


def test_of_a_sentence_that_is_too_long_the_clauses_with_the_words_of_the_question() -> None:
    (long,) = sentences_of("湖面宽阔，水鸟成群，碧湖园区因天旱限水，居民提前储水，天气转晴。")
    text, used = window(QUERY, [(long, 1.0)], 0, 12, 0.5)
    assert (text, used) == ("碧湖园区因天旱限水", [0])


@given(st.text("碧湖园区限水，；。", max_size=60), st.integers(5, 40))
def test_what_is_shown_is_never_longer_than_allowed_and_stands_in_the_text(text: str, limit: int) -> None:
    group = [(one, 1.0) for one in sentences_of(text)]
    for at in range(len(group)):
        found, used = window(QUERY, group, at, limit, 0.5)
        assert len(found) <= limit
        assert found in "".join(group[n][0].text for n in used)


ITEMS = "申请条件如下：\n（一）在碧湖园区注册；\n（二）有固定场所；\n（三）不欠水费。\n其他事项另行通知。"


@pytest.mark.parametrize(
    ("text", "at", "found"),
    [
        (ITEMS, 0, [0, 1, 2, 3]),  # from the lead
        (ITEMS, 2, [0, 1, 2, 3]),  # from an item
        (ITEMS, 4, []),  # what comes after it
        ("申请条件如下：\n1. 在碧湖园区注册；\n有固定场所。\n另行通知。", 2, [0, 1, 2]),  # after a semicolon
        ("申请条件如下：\n（一）在碧湖园区注册。\n另行通知。", 0, []),  # one item is no list
        ("在碧湖园区注册；\n有固定场所。", 0, []),  # nothing leads to it
    ],
)
def test_a_list_is_its_lead_and_its_items(text: str, at: int, found: list[int]) -> None:
    statements = sentences_of(text)
    assert [one.text.strip() for one in statements] == text.split("\n")
    assert enumeration(statements, at) == found


LIST = [
    "申请条件如下：",
    "（一）在碧湖园区注册；",
    "（二）有固定场所；",
    "（三）不欠水费。",
]  # 7, 11, 9 and 8 characters


def test_a_list_that_fits_is_whole_else_without_its_lead() -> None:
    assert listed(LIST, 35) == "".join(LIST)
    assert listed(LIST, 34) == "".join(LIST[1:])


def test_of_a_longer_list_each_item_gets_its_first_clauses() -> None:
    items = [
        "要求：",
        "（一）在碧湖园区注册，满三年，按期年检，无处罚记录；",
        "（二）有固定场所，不与他人合用，面积足够。",
    ]
    found = listed(items, 40)
    first, second = found.split("；")
    assert (first[:7], second[:5]) == ("在碧湖园区注册", "有固定场所")  # without their numbers
    assert len(found) <= 40
    assert first.endswith("……") or second.endswith("……")


def test_items_for_which_there_is_no_room_are_told_by_dots() -> None:
    items = ["要求：", *(f"（{n}）第{n}项条件写得相当长而且没有标点；" for n in "一二三四五六")]
    found = listed(items, 40)
    assert found.endswith("……") and len(found) <= 40
    assert found.startswith("第一项条件")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("天旱，限水。", 6, "天旱，限水。"),
        ("天旱少雨，湖面很低，限水。", 8, "天旱少雨……"),  # its first clause, and two characters for the dots
        ("天旱少雨，湖面很低，限水。", 11, "天旱少雨，湖面很低……"),
        ("天旱少雨湖面很低限水", 6, "天旱少雨……"),  # no clause ends there
    ],
)
def test_a_text_is_shortened_after_a_clause(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short
    assert len(short) <= limit


def test_unnumbered_items_end_with_a_semicolon() -> None:
    told = sentences_of("申请条件如下：\n在碧湖园区注册；\n有固定场所。\n另行通知。")
    assert enumeration(told, 0) == [0, 1, 2]
    assert enumeration(told, 2) == [0, 1, 2]
    assert enumeration(told, 3) == []


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        (40, "因为天旱，湖面很低，园区限水，居民改用湖水"),
        (12, "湖面很低，园区限水"),  # with what follows it before what leads to it
        (5, "湖面很低"),
        (3, "湖面"),  # the piece alone
    ],
)
def test_the_clauses_around_a_piece(limit: int, shown: str) -> None:
    text = "因为天旱，湖面很低，园区限水，居民改用湖水。"
    a, b = clauses_around(text, text.index("湖面"), text.index("湖面") + 2, limit)
    assert text[a:b] == shown
