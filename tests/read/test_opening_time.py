"""The one period that a document reports on, as its first sentence says."""

from __future__ import annotations

import pytest
from fact_fakes import document, facts

from ragpark.read.opening_time import opening_time

AFTER = "规上工业产值80亿元，出口增长。"


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("2024年1—9月，青禾全县经济总体平稳向好。", (2024, "2024年1—9月")),
        ("今年上半年，青禾全县经济总体平稳向好。", (2024, "今年上半年")),
        ("据初步核算，2024年前三季度青禾产值80亿元。", (2024, "2024年前三季度")),
        ("2023年，青禾全县经济总体平稳向好发展。", (2023, "2023年")),
        ("1994年，青禾园区破土动工，荒滩变新城。", None),  # a history
        ("2024年5月，某公司在青禾落户，投资三亿元。", None),  # an event
        ("10月8日，某公司在青禾落户，投资三亿元。", None),
        ("2024年前三季度产值80亿元，2022年为70亿元。", None),  # of two years
        ("青禾全县经济总体平稳，各项指标稳中有进，2024年前三季度增长。", None),
    ],
)
def test_what_the_opening_says(opening: str, expected: tuple[int, str] | None) -> None:
    assert opening_time(document("运行五个看点", opening, AFTER, title="运行五个看点", date="2024-10")) == expected


def test_a_text_without_a_date_may_be_of_any_year() -> None:
    assert opening_time(document("2024年1—9月，青禾全县经济总体平稳向好。", title="看点")) is None


def test_later_figures_are_of_that_period() -> None:
    found = facts(
        "2024年1—9月，昆山全市经济总体平稳向好。", "一、工业", "规上工业产值80亿元。", title="昆山看点", date="2024-10"
    )
    assert [(f.year, f.period, f.year_from) for f in found] == [(2024, "2024年1—9月", "开头 2024年1—9月")]
    titled = facts(
        "2024年1—9月，昆山总体平稳向好发展。",
        "一、工业",
        "规上工业产值80亿元。",
        title="昆山2023年看点",
        date="2024-10",
    )
    assert [f.year for f in titled] == [2023]  # the title comes first
