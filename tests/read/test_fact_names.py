"""What a figure measures: the indicator beside it, its clause's own words, or the figure before it."""

from __future__ import annotations

import pytest
from fact_fakes import facts

from ragpark.read.fact_names import MAX_NAME_CHARS


def named(sentence: str) -> list[tuple[str, str]]:
    return [(fact.text, fact.indicator) for fact in facts(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # before the figure, with nothing but joining words between
        ("集聚高新技术企业近2800家。", [("近2800家", "高新技术企业数")]),
        ("高新技术企业总数已达到900家。", [("900家", "高新技术企业数")]),
        ("研究与试验发展（R&D）经费80亿元。", [("80亿元", "研发投入")]),
        ("规划面积由11平方公里扩大到159平方公里。", [("11平方公里", "区域面积"), ("159平方公里", "区域面积")]),
        ("三类医疗器械注册证全年拿到96个。", [("96个", "三类医疗器械注册证数")]),
        # after it, where it is counted
        ("全市拥有1.8万家外资企业。", [("1.8万家", "外资企业数")]),
        ("以3%的工业增加值支撑了财政。", [("3%", "工业增加值")]),
        ("已与200多家高校院所开展合作。", [("200多家", "高校院所")]),
        ("推动全市400多家科研平台开展技术研发。", [("400多家", "科研平台")]),
        ("研制30项生物类似药和20项创新生物药。", [("30项", "生物类似药"), ("20项", "创新生物药")]),
        ("设立规模50亿元的天使基金。", [("50亿元", "天使基金")]),
        # what the things counted do
        ("744家企业进入公示。", [("744家", "企业进入公示")]),
        ("人才企业中已有30家成长为瞪羚企业。", [("30家", "瞪羚企业数")]),
        ("12家苗圃企业成功上市。", [("12家", "苗圃企业成功上市")]),
    ],
)
def test_a_figure_is_named_by_the_words_beside_it(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("进出口总额1100亿美元、增长约16%。", ["进出口总额", "进出口总额"]),
        ("新增“双创”计划人才41人，累计281人。", ["“双创”计划人才", "“双创”计划人才"]),
        ("创新联合体4家，占全省近30%，均列全市第一。", ["创新联合体"] * 3),
        ("帮助企业融资22亿元，是2022年全年的2.8倍。", ["企业融资", "企业融资"]),
        ("签约项目320个，总投资1500亿元，较上年分别增长18%和25%。", ["签约项目数", "总投资"] * 2),
        ("孵化载体38个，其中国家级6个。", ["孵化载体", "国家级孵化载体"]),
        ("累计投资11个人才项目共计5500万元。", ["人才项目", "投资"]),
        ("人工智能产业产值突破千亿元，集聚相关企业超1700家。", ["人工智能产业产值", "人工智能企业数"]),
        ("去年招引科创项目1万个，以后每年目标都要新增1万个。", ["科创项目", "科创项目"]),
        ("实际使用外资8亿美元，完成年度目标的85%。", ["实际使用外资", "实际使用外资"]),
    ],
)
def test_a_figure_without_words_of_its_own_takes_those_before_it(sentence: str, expected: list[str]) -> None:
    assert [name for _, name in named(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("高新技术企业申报1440家。", "高新技术企业申报"),  # those that applied
        ("入省、市高新技术企业培育库企业863家。", "高新技术企业培育库企业"),
        ("合作共建研发机构40余家。", "合作共建研发机构"),
        ("其中中科院某某所等国家级研发机构15家。", "国家级研发机构"),
        ("独角兽及潜在独角兽企业超200家。", "独角兽及潜在独角兽企业"),
        ("先进制造业投资占固定资产投资的60%。", "先进制造业投资"),  # not the whole investment
    ],
)
def test_words_that_narrow_an_indicator_keep_it_apart(sentence: str, name: str) -> None:
    assert [found for _, found in named(sentence)] == [name]


def test_an_indicators_units_decide_where_two_are_near() -> None:
    assert named("知识产权质押融资带动高新技术企业30家。") == [("30家", "高新技术企业数")]


def test_own_words_are_short_and_without_times_and_places() -> None:
    text = "2022年，昆山市累计为来自不同行业不同规模不同发展阶段的各类各级创新创业主体举办对接活动56场。"
    name = facts(text)[0].indicator
    assert "对接活动" in name and "2022" not in name and "昆山" not in name and len(name) <= MAX_NAME_CHARS


def test_traditional_characters_are_named_in_simplified_ones() -> None:
    assert named("合資公司的註冊資本為5000萬美元。") == [("5000萬美元", "注册资本")]


def test_a_count_of_districts_is_no_fact() -> None:
    assert named("在南山、龙岗、宝安三个区都有片区。") == []
