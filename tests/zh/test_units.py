"""Units and multiples: which there are, what follows them, what they are worth."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ragpark.zh.units import base_unit, dimension, scale_value
from ragpark.zh.wording import notion, rx


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("家", "家", 1),
        ("个百分点", "百分点", 1),
        ("km", "公里", 1),
        ("㎡", "平方米", 1),
        ("m³", "立方米", 1),
        ("人民币", "元", 1),
        ("°C", "℃", 1),
        ("成", "%", 10),
        ("折", "%", 10),
        ("万人", "人", 10_000),
        ("微克/立方米", "微克/立方米", 1),
    ],
)
def test_a_unit_has_one_name(unit: str, base: str, factor: int) -> None:
    assert base_unit(unit) == (base, Decimal(factor))


@pytest.mark.parametrize(
    "text", ["平方公里的", "个百分点。", "人次", "亩", "km²", "周年", "微克/立方米", "元/人。", "分钟", "盏", "日元"]
)
def test_the_longest_unit_wins(text: str) -> None:
    match = rx("{unit}").match(text)
    assert match and match[0] == text.rstrip("的。")


@pytest.mark.parametrize(
    "text",
    ["台阶", "年级", "年代", "元件", "家庭", "人工智能", "首批", "kmh", "代表", "成立", "副市长", "方案", "具体"],
)
def test_a_word_that_begins_like_a_unit_is_none(text: str) -> None:
    assert not rx("{unit}").match(text)


@pytest.mark.parametrize(
    ("scale", "value"),
    [
        (None, 1),
        ("", 1),
        ("百", 100),
        ("万", 10**4),
        ("百万", 10**6),
        ("千亿", 10**11),
        ("万亿", 10**12),
        ("兆", 10**12),
    ],
)
def test_what_a_multiple_is_worth(scale: str | None, value: int) -> None:
    assert scale_value(scale) == value


@pytest.mark.parametrize("scale", ["十万", "千万", "十亿", "百亿", "千万亿"])
def test_a_multiple_is_matched_whole(scale: str) -> None:
    match = rx("{scale}").match(f"{scale}元")
    assert match and match[0] == scale


@pytest.mark.parametrize("text", ["千瓦时", "千克", "百分点", "千米", "兆瓦"])
def test_a_multiple_inside_a_unit_is_none(text: str) -> None:
    assert not rx("{scale}").match(text)


def test_every_other_name_of_a_unit_is_a_unit() -> None:
    names = {**notion("plain_unit").means, **notion("latin_unit").means}
    assert names
    assert [name for name in names if not rx("{unit}").fullmatch(name)] == []


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("亩", "area_unit"),
        ("立方米", "volume_unit"),
        ("元/吨", "money_unit"),
        ("人", "thing_unit"),
        ("家", "thing_unit"),
        ("%", "rate_unit"),
        ("园", ""),
    ],
)
def test_what_a_unit_measures(unit: str, kind: str) -> None:
    assert dimension(unit) == kind
