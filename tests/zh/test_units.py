from __future__ import annotations

import re
from decimal import Decimal

import pytest

from ragpark.zh.units import SCALE, SCALES, UNIT, base_unit


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("家", "家", 1),
        ("个百分点", "百分点", 1),
        ("km", "公里", 1),
        ("㎡", "平方米", 1),
        ("人民币", "元", 1),
        ("成", "%", 10),
    ],
)
def test_a_unit_has_one_name(unit: str, base: str, factor: int) -> None:
    assert base_unit(unit) == (base, Decimal(factor))


@pytest.mark.parametrize("text", ["平方公里的", "个百分点。", "人次", "亩", "km²", "周年", "微克/立方米"])
def test_the_longest_unit_wins(text: str) -> None:
    match = re.match(UNIT, text)
    assert match and match[0] == text.rstrip("的。")


@pytest.mark.parametrize("text", ["台阶", "年级", "年代", "元件", "家庭", "人工智能", "首批", "kmh", "代表", "成立"])
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert not re.match(UNIT, text)


def test_every_multiple_that_can_be_matched_has_a_value() -> None:
    words = [re.sub(r"\(.*\)", "", word) for word in SCALE.split("|")]
    assert set(words) == set(SCALES)
    assert all(re.fullmatch(SCALE, word) for word in words)


@pytest.mark.parametrize("text", ["千瓦时", "千克", "百分点", "千米"])
def test_a_multiple_inside_a_unit_is_none(text: str) -> None:
    assert not re.match(SCALE, text)
