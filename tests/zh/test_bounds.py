"""What a printed figure leaves open; the expected ranges are worked out by hand."""

from __future__ import annotations

import pytest

from ragpark.zh.bounds import agree, exact, possible
from ragpark.zh.numbers import find_quantities


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("1840家", 1840, 1840),  # a plain count is what it is
        ("1800余家", 1800, 1900),  # the last digit that is not 0 stands for hundreds
        ("近2800家", 2700, 2800),
        ("四千二百余家", 4200, 4300),
        ("超1000亿元", 1000e8, 2000e8),
        ("22.89亿元", 22.885e8, 22.895e8),  # rounded to 0.01亿
        ("4000亿元", 3999.5e8, 4000.5e8),  # rounded to 1亿
        ("6.3万人", 62500, 63500),
        ("5.16%", 5.155, 5.165),
        ("约500家", 450, 550),
        ("不少于500家", 500, 600),
        ("20%左右", 15, 25),
        ("上百家", 100, 200),
        (r"5.16\%", 5.155, 5.165),
        ("3 7 . 2 %", 37.15, 37.25),
    ],
)
def test_the_range_of_a_figure(printed: str, low: float, high: float) -> None:
    (quantity,) = find_quantities(printed)
    found = possible(quantity.text, quantity.value, quantity.qualifier)
    assert found == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("1800余家", "1840家", True),
        ("45家", "66家", False),
        ("近2800家", "2780家", True),
        ("近2800家", "2810家", False),
        ("22.89亿元", "22.9亿元", True),  # 22.85–22.95 holds 22.885–22.895
        ("22.89亿元", "22.7亿元", False),
        ("228900万元", "22.89亿元", True),
        ("4.5%", "4.50%", True),
        ("4.5%", "4.8%", False),
        ("超4000亿元", "4100亿元", True),
        ("超4000亿元", "3900亿元", False),
    ],
)
def test_two_figures_agree_or_do_not(one: str, other: str, both: bool) -> None:
    (a,), (b,) = find_quantities(one), find_quantities(other)
    ranges = [possible(q.text, q.value, q.qualifier) for q in (a, b)]
    assert agree(ranges[0], ranges[1]) is both
    assert agree(ranges[1], ranges[0]) is both


def test_exact_figures_carry_no_bound() -> None:
    assert exact("45家", "") and not exact("近2800家", "近") and not exact("1800余家", "余")
    assert possible("千亿元", 1000e8, "") == (500e8, 2000e8)  # 迈过千亿元关口: an order of magnitude
    assert not exact("千亿元", "") and exact("一千亿元", "")
