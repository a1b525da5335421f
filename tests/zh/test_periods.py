"""What a period's wording covers: two wordings of one part of a year come out alike, different parts never do."""

from __future__ import annotations

import pytest

from ragpark.zh.periods import months_of, part_of_year, period_kind


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2021年二季度", (4, 6)), ("第2季度", (4, 6)), ("2021Q2", (4, 6)), ("Q4", (10, 12)), ("2021H1", (1, 6)), ("下半年", (7, 12)), ("半年报", (1, 6)), ("三季报", (1, 9)),
        ("前三季度", (1, 9)), ("前两季度", (1, 6)), ("前11个月", (1, 11)), ("头两个月", (1, 2)), ("1—10月", (1, 10)), ("一至五月", (1, 5)),
        ("3月", (3, 3)), ("2021.6", (6, 6)), ("2021-06-30", (6, 6)), ("202106", (6, 6)), ("2 0 2 1 年 6 月", (6, 6)), ("十一月", (11, 11)),
        ("2021年", None), ("近三年", None), ("近6个月", None), ("“十四五”", None), ("", None),
    ],
)  # fmt: skip
def test_the_months_of_a_wording(period: str, months: tuple[int, int] | None) -> None:
    assert months_of(period) == months


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021年第二季度", "2021Q2"),
        ("上半年", "1—6月"),
        ("前三季度", "1至9月"),
        ("2021年6月", "2021.6"),
        ("2021年1-12月", "2021年"),
        ("截至2021年12月底", "2021年"),
    ],
)
def test_wordings_of_one_part_are_alike(one: str, other: str) -> None:
    assert part_of_year(one) == part_of_year(other)


def test_different_parts_are_told_apart() -> None:
    # month, quarter, half, cumulative, whole year, the same part of another year
    periods = ["2021年6月", "2021年二季度", "2021年上半年", "2021年1—5月", "2021年", "2021年12月", "上年同期"]
    assert len({part_of_year(period) for period in periods}) == len(periods)


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("前三季度", "months"), ("前11个月", "months"), ("1—10月", "months"), ("第二季度", "quarter"), ("2021Q2", "quarter"), ("2021H1", "half"),
        ("2021.6", "month"), ("202106", "month"), ("FY2021", "year"), ("五年来", "years"), ("民国110年", "year"), ("截至6月底", "until"),
    ],
)  # fmt: skip
def test_kinds_of_period(period: str, kind: str) -> None:
    assert period_kind(period) == kind
