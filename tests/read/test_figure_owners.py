"""Whose a figure is where its sentence speaks of several places, and what it measures there."""

from __future__ import annotations

import pytest
from fact_fakes import document, facts


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # right behind a place that is only compared with, and right before the noun of a rate
        (
            "绵阳市GDP增速高于全省平均水平（3.1%），而柳州市1.7%的增速垫底。",
            [("3.1%", "GDP", "四川省", "growth"), ("1.7%", "GDP", "柳州市", "growth")],
        ),
        (
            "绵阳市以全省2%的人口，贡献了全省5%的税收。",
            [("2%", "人口", "绵阳市", "share"), ("5%", "税收", "绵阳市", "share")],
        ),
        # a bracket behind one member, and a short name that is met in such a list alone
        (
            "绵阳（不含江油）、德阳、宜宾工业投资增速分别为9.1%、8.2%、7.3%。",
            [
                ("9.1%", "工业投资", "绵阳市", "growth"),
                ("8.2%", "工业投资", "德阳市", "growth"),
                ("7.3%", "工业投资", "宜宾市", "growth"),
            ],
        ),
        (
            "绵阳、三明、宜宾财政收入分别为9亿元、8亿元、7亿元。",
            [
                ("9亿元", "财政收入", "绵阳市", "level"),
                ("8亿元", "财政收入", "三明市", "level"),
                ("7亿元", "财政收入", "宜宾市", "level"),
            ],
        ),
        ("各地亮点不少：去年，绵阳出口回升，出口额达16亿元。", [("16亿元", "出口额", "绵阳市", "level")]),
        ("与之相对的，绵阳的设备投资增速明显高于总投资，达到21%。", [("21%", "设备投资", "绵阳市", "growth")]),
    ],
)
def test_a_figure_is_of_the_place_that_it_is_told_of(sentence: str, expected: list[tuple[str, ...]]) -> None:
    found = facts(sentence, title="四川省经济简报")
    assert [(fact.text, fact.indicator, fact.entity, fact.kind) for fact in found] == expected


def test_a_bare_rate_is_that_of_the_one_indicator_named_before() -> None:
    found = facts("绵阳市地区生产总值领先。德阳市的增速达到6.4%。", title="四川省经济简报")
    assert [(fact.indicator, fact.entity) for fact in found] == [("地区生产总值", "德阳市")]


def test_what_lies_inside_is_of_the_place_named_and_not_of_the_company() -> None:
    found = facts("星芒茶业有限公司位于恩施州鹤峰县，境内森林覆盖率达71%。现有员工90人。", title="星芒茶业有限公司")
    assert [fact.entity for fact in found] == ["鹤峰县", "星芒茶业有限公司"]


def test_a_figure_that_begins_a_name_is_none() -> None:
    assert [fact.text for fact in facts("华为、360集团、腾讯等500家企业参加。")] == ["500家"]


def test_a_group_of_producers_grows_by_the_measure_named_before() -> None:
    found = facts("采矿业增加值下降2%，制造业增长5%。高技术产业和装备制造业投资分别增长8%和9%。")
    names = ["采矿业增加值", "制造业增加值", "高技术产业投资", "装备制造业投资"]
    assert [fact.indicator for fact in found] == names


def test_a_bracket_behind_a_name_is_no_name() -> None:
    found = facts("固定资产投资（不含农户）增长7%，比上月加快0.7个百分点，为历年最高，较年初增加5亿元。")
    assert {(fact.indicator, fact.kind) for fact in found} == {("固定资产投资", "growth"), ("固定资产投资", "increase")}


def test_a_birth_and_the_ends_of_a_span_date_nothing() -> None:
    text = "李某出生于1963年3月，1989年10月至1993年任厂长。注册资金28万元。"
    assert [fact.year for fact in facts(text, title="星芒茶业有限公司")] == [None]


def test_an_autonomous_region_calls_itself_the_whole_area() -> None:
    found = document("全区投资增长。", title="宁夏回族自治区投资简报")
    assert found.home["全区"] == "宁夏回族自治区"
