"""The one period that a document reports on, as its first sentence says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fact_fakes import TAGGER, VOCABULARY, document, facts

from ragpark.read.facts import find_facts
from ragpark.read.opening_time import opening_time, titled_time
from ragpark.repair.dates import planned_year
from ragpark.repair.sections import split_sections

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


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("青禾2023年前三季度运行看点", (2023, "2023年前三季度")),
        ("2024年1—9月青禾外贸增长", (2024, "2024年1—9月")),
        ("1—9月青禾外贸增长", (2024, "2024年1—9月")),  # the latest that was over
        ("1—11月青禾外贸增长", (2023, "2023年1—11月")),
        ("青禾2023Q2运行看点", (2023, "2023年Q2")),
        ("青禾上半年回顾与三季度展望", None),
        ("青禾2023年上半年与2022年上半年之比", None),
        ("5月青禾外贸增长", None),
        ("青禾2023年运行看点", None),
    ],
)
def test_what_the_title_says(title: str, expected: tuple[int, str] | None) -> None:
    assert titled_time(document("规上工业产值80亿元。", title=title, date="2024-10-08")) == expected


def periods(*lines: str, title: str, date: str | None = "2024-10-08") -> list[tuple[int | None, str]]:
    return [(f.year, f.period) for f in facts(*lines, title=title, date=date)]


def test_a_part_of_the_year_goes_on_to_sentences_without_a_time() -> None:
    assert periods("规上工业产值80亿元。", title="昆山2023年前三季度看点") == [(2023, "2023年前三季度")]
    assert periods("2022年，产值95亿元。出口40亿元。", title="1—9月昆山看点") == [(2022, "2022年"), (2022, "2022年")]
    assert periods("2023年上半年，产值95亿元。出口40亿元。", "进口9亿元。", title="昆山看点") == [
        (2023, "2023年上半年"),
        (2023, "2023年上半年"),
        (2023, "2023年上半年"),
    ]


def test_a_look_at_several_years_ends_with_its_paragraph() -> None:
    lines = ("近五年，昆山出口结构不断优化。产值95亿元。", "进口9亿元。")
    assert periods(*lines, title="1—9月昆山看点")[1] == (2024, "2024年1—9月")


def test_a_bracket_beside_a_figure_sets_no_time() -> None:
    lines = ("产值增长6.8%（2015年和2016年同期分别增长3.3%、0.5%），拉动增长2.6个百分点。出口40亿元。",)
    assert [year for year, _ in periods(*lines, title="1—9月昆山看点")][-2:] == [2024, 2024]


def test_a_text_whose_year_is_known_by_its_plan_is_of_the_part_it_is_about() -> None:
    plain = document(
        "一季度产值80亿元，比2016年全年增速高，与2017年计划目标持平。",
        "五、消费",
        "零售总额29亿元。",
        "一季度投资6亿元。一季度出口5亿元。",
        title="昆山开局良好",
    )
    told = planned_year(plain.text)
    assert told == (2017, "一季度 … 2017年计划目标")
    found = replace(plain, year=told[0], year_from=told[1])
    times = {(f.year, f.period) for f in find_facts(found, split_sections(found), VOCABULARY, TAGGER)}
    assert times == {(2017, "一季度"), (2017, "2017年一季度")}
