"""What a figure measures: the noun phrase as printed beside it, or that of the clause or figure before it."""

from __future__ import annotations

import pytest
from fact_fakes import facts

from ragpark.read.phrase import MAX_CHARS, dealt_out, fitted, split_list, tidy
from ragpark.zh.numbers import find_quantities


def named(sentence: str) -> list[tuple[str, str]]:
    return [(fact.text, fact.indicator) for fact in facts(sentence)]


def names(sentence: str) -> list[str]:
    return [fact.indicator for fact in facts(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # before the figure, with nothing but joining words between
        ("集聚高新技术企业近2800家。", [("近2800家", "高新技术企业")]),
        ("高新技术企业总数已达到900家。", [("900家", "高新技术企业总数")]),
        ("研究与试验发展（R&D）经费80亿元。", [("80亿元", "研究与试验发展（R&D）经费")]),
        ("规划面积由11平方公里扩大到159平方公里。", [("11平方公里", "规划面积"), ("159平方公里", "规划面积")]),
        ("粮食播种面积：1238万亩。", [("1238万亩", "粮食播种面积")]),
        ("居民消费价格涨幅控制在3%以内。", [("3%以内", "居民消费价格")]),
        # with who brings it about, where that is no place
        ("城镇实现零售额66亿元，增长5%。", [("66亿元", "城镇零售额"), ("5%", "城镇零售额")]),
        ("全市实现零售额66亿元。", [("66亿元", "零售额")]),
        # a noun of one character goes with the verb before it
        ("制造业FDI到资增长11%。", [("11%", "制造业FDI到资")]),
        # how a figure was reckoned is no part of it
        ("全年生产总值80亿元，扣除价格因素增长4.1%。", [("80亿元", "生产总值"), ("4.1%", "生产总值")]),
        ("地区生产总值（初步核算数）80亿元，增长1%。", [("80亿元", "地区生产总值"), ("1%", "地区生产总值")]),
        ("地区生产总值初步核算为80亿元，可比价下降1%。", [("80亿元", "地区生产总值"), ("1%", "地区生产总值")]),
        # behind it, where it is counted
        ("全市拥有1.8万家外资企业。", [("1.8万家", "外资企业")]),
        ("以3%的工业增加值支撑了财政。", [("3%", "工业增加值")]),
        ("已与200多家高校院所开展合作。", [("200多家", "高校院所")]),
        ("研制30项生物类似药和20项创新生物药。", [("30项", "生物类似药"), ("20项", "创新生物药")]),
        ("建成图书馆12个、博物馆8个。", [("12个", "图书馆"), ("8个", "博物馆")]),
        ("新增企业20家、30个项目。", [("20家", "新增企业"), ("30个", "项目")]),
        ("给予80万元、30万元住房补贴。", [("80万元", "住房补贴"), ("30万元", "住房补贴")]),
        # under a verb that says something
        ("减免税费3.2亿元。", [("3.2亿元", "减免税费")]),
        ("发放养老补贴800万元。", [("800万元", "发放养老补贴")]),
        # what the things counted do
        ("744家企业进入公示。", [("744家", "企业进入公示")]),
        ("人才企业中已有30家成长为瞪羚企业。", [("30家", "成长为瞪羚企业")]),
    ],
)
def test_a_figure_is_named_by_the_words_beside_it(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("进出口总额1100亿美元、增长约16%。", ["进出口总额", "进出口总额"]),
        ("粮食产量231万吨，比上年下降0.8%。", ["粮食产量", "粮食产量"]),
        ("新增“双创”计划人才41人，累计281人。", ["“双创”计划人才", "“双创”计划人才"]),
        ("孵化载体38个，其中国家级6个。", ["孵化载体", "国家级孵化载体"]),
        ("医院138个，其中民办20个。", ["医院", "民办"]),
        ("工业产值80亿元，企业30家。", ["工业产值", "企业"]),  # of another unit: not the value's
        ("孵化载体9家，数量位列全省第一。", ["孵化载体", "孵化载体"]),
        ("签约项目20个，总额50亿元。", ["签约项目", "签约项目"]),
        ("去年招引科创项目1万个，以后每年目标都要新增1万个。", ["科创项目", "科创项目"]),
        ("纺织产业成长最快，成长率为12%。", ["纺织产业"]),
        ("粮食产量居全省第二，较上年提升1位。", ["粮食产量", "粮食产量"]),
    ],
)
def test_a_figure_without_words_of_its_own_takes_those_before_it(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("签约项目320个，总投资1500亿元，较上年分别增长18%和25%。", ["签约项目", "总投资"] * 2),
        ("出口、进口分别增长5%和6%。", ["出口", "进口"]),
        ("第一、二、三产业增加值分别为298亿元、612亿元和1024亿元。", [f"第{n}产业增加值" for n in "一二三"]),
        ("城镇和农村居民收入分别为4万元、2万元。", ["城镇居民收入", "农村居民收入"]),
    ],
)
def test_each_in_turn(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("纺织产值占工业产值比重为12%。", ["纺织产值占工业产值比重"]),
        ("研发人员870人，占员工总数的27%。", ["研发人员", "研发人员占员工总数"]),
        ("进出口80亿元，占全市的23%。", ["进出口", "进出口占全市"]),
        ("先进制造业投资占固定资产投资的60%。", ["先进制造业投资占固定资产投资"]),  # not the whole investment
        ("占地面积86亩。", ["占地面积"]),  # no share
    ],
)
def test_shares_say_of_what(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("高技术产业增加值增速高于规上工业4.3个百分点。", ["高技术产业增加值"]),
        ("医药产值增速快于平均水平2个百分点。", ["医药产值"]),
        ("年平均气温12.1℃，比常年偏高1.1℃。", ["年平均气温", "年平均气温"]),
    ],
)
def test_what_is_only_compared_with_names_nothing(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每万人拥有公交车15.7辆。", ["每万人拥有公交车"]),
        ("每百户家庭拥有汽车48辆。", ["每百户家庭拥有汽车"]),
        ("水价为每立方米2.9元。", ["水价"]),  # what a price is counted by
        ("补贴标准为每人每天120元。", ["补贴标准"]),
    ],
)
def test_rates_per_many_are_measures_of_their_own(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("高新技术企业申报1440家。", "高新技术企业申报"),  # those that applied
        ("共建研发机构40余家。", "共建研发机构"),
        ("其中中科院某某所等国家级研发机构15家。", "国家级研发机构"),
        ("独角兽及潜在独角兽企业超200家。", "独角兽及潜在独角兽企业"),
        ("高新技术企业培育库企业863家。", "高新技术企业培育库企业"),
    ],
)
def test_words_that_narrow_stay(sentence: str, name: str) -> None:
    assert names(sentence) == [name]


def test_a_bare_measure_is_completed_by_the_group_before_it() -> None:
    # `营业额` of the second clause is that of the industry the sentence began with
    assert names("精密机械产业营业额80亿元，出口强劲，营业额增长5%。") == ["精密机械产业营业额"] * 2


def test_a_name_has_no_times_and_places_and_is_short() -> None:
    text = "2022年，昆山市累计为来自不同行业不同规模不同发展阶段的各类各级创新创业主体举办对接活动56场。"
    (name,) = names(text)
    assert "对接活动" in name and "2022" not in name and "昆山" not in name and len(name) <= MAX_CHARS


def test_traditional_characters_are_named_in_simplified_ones() -> None:
    assert named("註冊資本為5000萬美元。") == [("5000萬美元", "注册资本")]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        (" 高新 技术企业 ", "高新技术企业"),
        ("其中税收收入", "税收收入"),
        ("全年累计税收收入", "税收收入"),
        ("的企业数", "企业数"),
        ("某某所等国家级研发机构", "国家级研发机构"),
        ("“双创”人才", "“双创”人才"),
        ("“双创人才”", "“双创人才”"),
        ("双创”人才", "双创人才"),  # half a quotation
        ("（含外资）企业", "（含外资）企业"),
        ("外资）企业", "外资企业"),  # half a bracket
        ("数", ""),  # one character names nothing
        ("12", ""),
        ("、", ""),
    ],
)
def test_a_phrase_is_tidied(phrase: str, name: str) -> None:
    assert tidy(phrase) == name


def test_a_long_name_keeps_its_end() -> None:
    assert fitted("甲" * 30) == "甲" * MAX_CHARS
    assert fitted("甲" * 10 + "的" + "乙" * 20) == "乙" * 20  # the last 24 are 甲甲甲的乙…: cut after 的
    assert fitted("甲" * 9 + "、" + "乙" * 18) == "乙" * 18


@pytest.mark.parametrize(
    ("name", "count", "parts"),
    [
        ("出口、进口", 2, ["出口", "进口"]),
        ("第一、二、三产业增加值", 3, ["第一产业增加值", "第二产业增加值", "第三产业增加值"]),
        ("一、二、三产增加值", 3, ["一产增加值", "二产增加值", "三产增加值"]),
        ("出口和进口", 3, []),
        ("进出口总额", 2, []),
    ],
)
def test_lists_of_names_are_parted(name: str, count: int, parts: list[str]) -> None:
    assert split_list(name, count) == parts


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲、乙分别为5家和6家。", [(3, 0, 2)]),
        ("共3家，分别增长5%、6%。", [(4, 1, 3)]),
        ("分别为5家，增长6%。", []),  # one figure is no row
        ("分别统计。甲5家和6家。", []),  # another sentence
        ("甲分别5家和6家，乙分别7家、8家和9家。", [(1, 0, 2), (10, 2, 5)]),
    ],
)
def test_rows_of_figures_that_are_dealt_out(text: str, rows: list[tuple[int, int, int]]) -> None:
    assert dealt_out(text, find_quantities(text)) == rows
