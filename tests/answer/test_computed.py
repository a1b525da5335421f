"""Differences and growth: worked out by hand beside each case, marked 约 where a figure is bounded, else nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ragpark.answer.computed import change
from ragpark.answer.cuts import Cut
from ragpark.answer.finding import Finding
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.zh.numbers import find_quantities


def _finding(year: int, printed: str, entity: str = "") -> Finding:
    (quantity,) = find_quantities(printed)
    return Finding(Query("", FIGURE, ()), printed, (), 0.9, year, Cut(printed, 0, len(printed), {}, quantity), entity)


@pytest.mark.parametrize(
    ("before", "after", "computed"),
    [
        ("45家", "66家", "66 − 45 = 21家，增长46.7%"),  # 21 / 45 = 0.4667
        ("66家", "45家", "45 − 66 = −21家，下降31.8%"),  # 21 / 66 = 0.3182
        ("1840家", "近2800家", "2800 − 1840 = 约960家，增长约52.2%"),  # 960 / 1840 = 0.5217
        ("4.5%", "5.16%", "5.16 − 4.5 = 0.66个百分点"),
        ("2907.09亿元", "3686亿元", "3686 − 2907.09 = 778.91亿元，增长26.8%"),  # 778.91 / 2907.09 = 0.2679
        ("9800万元", "1.2亿元", "1.2 − 0.98 = 0.22亿元，增长22.4%"),  # 0.22 / 0.98 = 0.2245
        ("1,200人", "1,500人", "1500 − 1200 = 300人，增长25%"),
        ("6.3万人", "6.3万人", "6.3 − 6.3 = 0万人，增长0%"),
    ],
)
def test_what_is_computed(before: str, after: str, computed: str) -> None:
    assert change("增长了多少", [_finding(2020, before), _finding(2023, after)]) == computed


def test_nothing_is_computed_where_it_is_not_asked_for_or_cannot_be() -> None:
    pair = [_finding(2020, "45家"), _finding(2023, "66家")]
    assert change("历年上市企业数", pair) == ""
    assert change("增长了多少", pair[:1]) == ""
    assert change("增长了多少", [_finding(2020, "45家"), _finding(2023, "66人")]) == ""  # another unit
    assert change("变化", [_finding(2020, "全国第三"), _finding(2023, "全国第二")]) == ""  # ranks
    assert change("变化", [_finding(2020, "四十五家"), _finding(2023, "六十六家")]) == ""  # not printed in digits


def test_a_fall_is_below_zero_and_two_things_in_two_years_are_not_compared() -> None:
    assert change("相差多少", [_finding(2023, "5%", "甲"), _finding(2023, "下降2%", "乙")]) == "5 − （−2） = 7个百分点"
    assert change("相差多少", [_finding(2022, "5%", "甲"), _finding(2023, "2%", "乙")]) == ""


def test_two_places_differ_without_a_growth_rate() -> None:
    assert change("相差多少", [_finding(2023, "45家", "甲"), _finding(2023, "66家", "乙")]) == "66 − 45 = 21家"


def test_of_two_places_the_smaller_is_taken_from_the_larger_whatever_their_years() -> None:
    pair = [_finding(2023, "66家", "甲"), replace(_finding(2023, "45家", "乙"), year=None)]
    assert change("甲和乙哪个多，多几家", pair) == "66 − 45 = 21家"


def test_how_much_each_grew_asks_for_no_difference() -> None:
    pair = [_finding(2023, "5%", "甲"), _finding(2023, "3%", "乙")]
    assert change("甲和乙各增长百分之几", pair) == ""
    assert change("甲和乙的增速相差多少", pair) == "5 − 3 = 2个百分点"
    years = [_finding(2022, "5%"), _finding(2023, "3%")]
    assert change("两年的产值分别增长多少", years) == ""
    assert change("两年的占比分别是多少，上升了多少", years) == "3 − 5 = −2个百分点"
