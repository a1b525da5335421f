"""Raised and lowered characters never stand glued to a figure."""

from __future__ import annotations

import pytest

from ragpark.load.raised import lowered, raised, settle


@pytest.mark.parametrize(
    ("before", "mark", "after", "expected"),
    [
        ("产值88", "2", "亿元。", "产值88亿元[2]。"),
        ("企业120", "1,2", "万家", "企业120万家[1,2]"),
        ("增长5.1", "3", "%，", "增长5.1%[3]，"),
        ("合计30", "[4]", "", "合计30[4]"),
        ("企业", "2", "共", "企业[2]共"),
        ("面积3.2km", "2", "，", "面积3.2km²，"),
        ("12μg/m", "3", "", "12μg/m³"),
        ("5×10", "4", "吨", "5×10⁴吨"),
        ("10", "-3", "米", "10⁻³米"),
        ("x", "2", "+1", "x²+1"),
        ("气温20", "o", "C", "气温20°C"),
        ("第1", "st", "版", "第1st版"),
        ("统计数", "注", "为", "统计数[注]为"),
    ],
)
def test_raised(before: str, mark: str, after: str, expected: str) -> None:
    assert settle(f"{before}{raised(mark)}{after}") == expected


@pytest.mark.parametrize(
    ("before", "mark", "after", "expected"),
    [("CO", "2", "排放", "CO2排放"), ("PM", "2.5", "浓度", "PM2.5浓度"), ("二进制101", "2", "", "二进制101₂")],
)
def test_lowered(before: str, mark: str, after: str, expected: str) -> None:
    assert settle(f"{before}{lowered(mark)}{after}") == expected


def test_plain_text_and_blank_marks_stay() -> None:
    assert settle("产值88亿元") == "产值88亿元"
    assert settle(f"产值{raised(' ')}88亿元") == "产值 88亿元"
