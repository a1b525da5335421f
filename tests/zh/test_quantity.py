"""What figures in digits and in words share: the value of digits, the qualifier before them, ranks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ragpark.zh.quantity import Quantity, made, number, qualified, rank


@pytest.mark.parametrize(
    ("digits", "value"),
    [("1,840", "1840"), ("0.50", "0.50"), ("1.2×10^4", "12000"), ("10^8", "100000000"), ("5 × 10^-2", "0.05")],
)
def test_the_value_of_digits(digits: str, value: str) -> None:
    assert number(digits) == Decimal(value)


@pytest.mark.parametrize(
    ("line", "floor", "expected"),
    [
        ("超过了5000家", 0, (0, "超过")),
        ("不少于500家", 0, (0, "不少于")),
        ("接近 3000家", 0, (0, "接近")),
        ("签约300家", 0, (2, "")),  # 约 belongs to 签约
        ("技术突破3项", 0, (4, "")),
        ("5家近3家", 3, (3, "")),  # not before the floor
        ("≥5%", 0, (0, "≥")),
    ],
)
def test_the_qualifier_before_a_figure(line: str, floor: int, expected: tuple[int, str]) -> None:
    at = next(i for i, c in enumerate(line) if c.isdigit() and i >= floor)
    assert qualified(line, at, floor) == expected


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("位居全国第3位。", "位居全国第3位"),
        ("列全省高新区第5，", "列全省高新区第5"),
        ("全市第2名", "全市第2名"),
        ("保持某某市第1。", "保持某某市第1"),
    ],
)
def test_a_rank(line: str, shown: str) -> None:
    at = next(i for i, c in enumerate(line) if c.isdigit())
    found = rank(line, at, 0)
    assert found and (found.text, found.unit) == (shown, "位")


@pytest.mark.parametrize("line", ["第3批", "全国第1家", "某市第1人民医院", "列第2期", "第5"])
def test_an_ordinal_is_no_rank(line: str) -> None:
    assert rank(line, next(i for i, c in enumerate(line) if c.isdigit()), 0) is None


def test_white_space_at_the_end_is_left_out() -> None:
    assert made("36 家 。", 0, 5, Decimal(36), "家", "").text == "36 家"


def test_what_a_reader_is_shown() -> None:
    assert Quantity(0, 9, "3 7 . 2 %", 37.2, "%", "").shown == "37.2%"
    assert Quantity(0, 4, "1006", 1006.0, "元", "", "亿元").shown == "1006亿元"
