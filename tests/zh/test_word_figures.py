"""Figures in words: ranges of two digits, measure words by form, discounts; and what is only a word."""

from __future__ import annotations

import pytest

from ragpark.zh.numbers import find_quantities
from ragpark.zh.word_figures import word_figure


@pytest.mark.parametrize(
    ("text", "figure", "go_on"),
    [("三家企业", "三家", 2), ("一批", None, 1), ("三至五家", "三至五家", 4)],
)
def test_a_figure_and_where_to_go_on(text: str, figure: str | None, go_on: int) -> None:
    quantity, position = word_figure(text, 0, 0)
    assert (quantity and quantity.text, position) == (figure, go_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接待七八十家", ("七八十家", 70, "家", "范围")),
        ("招收两三百人", ("两三百人", 200, "人", "范围")),
        ("约十七八个", ("约十七八个", 17, "个", "范围")),
        ("奖励三到五万元", ("三到五万元", 30_000, "元", "范围")),
        ("建设三至五家", ("三至五家", 3, "家", "范围")),
        ("种菜四十二畦。", ("四十二畦", 42, "畦", "")),
        ("共一百二十羽朱鹮", ("一百二十羽", 120, "羽", "")),
        ("打八五折", ("八五折", 85, "%", "")),
        ("三兆元", ("三兆元", 3e12, "元", "")),
        ("上百家", ("上百家", 100, "家", "上")),
        ("五十多盏", ("五十多盏", 50, "盏", "多")),
    ],
)
def test_a_figure_in_words(text: str, expected: tuple[str, float, str, str]) -> None:
    assert [(q.text, q.value, q.unit, q.qualifier) for q in find_quantities(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["数十家", "三五家", "六七成", "三十六计", "二十四节气", "第十二条", "一波三折", "七上八下", "百家争鸣"]
)
def test_words_that_are_no_figure(text: str) -> None:
    assert find_quantities(text) == []


def test_a_change_in_words_is_two_figures() -> None:
    assert [q.text for q in find_quantities("由三家到五家")] == ["三家", "五家"]
