"""A question read as a sentence: the indicator is named as the documents' sentences name it."""

from __future__ import annotations

import pytest

from ragpark.retrieve.units import units_of
from ragpark.retrieve.wanted import as_sentence, highest_asked, levels_asked, plain_name, read_wanted, without_order
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger

VOCABULARY, TAGGER = load_vocabulary(), LacTagger()


@pytest.mark.parametrize(
    ("question", "units", "sentence"),
    [
        ("2022年园区有多少家孵化器？", ("家",), "2022年园区有9家孵化器。"),
        ("昆山2022年研发投入强度", ("%",), "昆山2022年研发投入强度为9.9%。"),
        ("昆山2022年税收收入是多少", ("元",), "昆山2022年税收收入是9.9亿元。"),
        ("园区在全国排名第几", ("位",), "园区在全国第9位。"),
    ],
)
def test_a_figure_stands_where_one_is_asked_for(question: str, units: tuple[str, ...], sentence: str) -> None:
    assert as_sentence(question, units) == sentence


@pytest.mark.parametrize(
    ("question", "indicator", "kind", "entity", "year"),
    [
        ("昆山市2022年用电量是多少", "用电量", "level", "昆山市", 2022),
        ("昆山市2022年用电量增长多少", "用电量", "growth", "昆山市", 2022),
        ("昆山市2026年进出口总额目标", "进出口总额目标", "target", "昆山市", 2026),
        ("2022年末昆山市有多少户籍人口", "户籍人口", "level", "昆山市", 2022),
        ("2022年昆山市新增就业多少人", "新增就业", "increase", "昆山市", 2022),
    ],
)
def test_the_question_is_read_as_a_fact_is(question: str, indicator: str, kind: str, entity: str, year: int) -> None:
    wanted = read_wanted(question, units_of(question), (entity,), VOCABULARY, TAGGER, "2026-11-01")
    assert wanted is not None
    assert (wanted.indicator, wanted.kind, wanted.entity, wanted.year) == (indicator, kind, entity, year)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("企业总数", "企业"),
        ("企业数量", "企业"),
        ("全年用电量", "用电量"),
        ("GDP总量", "gdp"),
        ("研发投入强度目标", "研发投入强度"),
        ("规上工业总产值", "规上工业总产值"),  # what narrows stays: it is not 工业总产值
    ],
)
def test_what_only_says_number_whole_or_aim_is_no_part_of_a_name(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("question", "levels"),
    [
        ("昆山2023年产值比2022年增加了多少", "昆山2023年产值多少"),
        ("昆山2021年到2023年产值增长了多少", "昆山2021年到2023年产值多少"),
        ("昆山和太仓产值相差多少", "昆山和太仓产值多少"),
        ("昆山2022年和2023年产值各增长多少", "昆山2022年和2023年产值各增长多少"),  # two growth rates
        ("昆山2023年产值增长多少", "昆山2023年产值增长多少"),
    ],
)
def test_a_question_for_a_difference_asks_for_the_levels(question: str, levels: str) -> None:
    assert levels_asked(question) == levels


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("昆山哪一年的用电量最高？", "昆山用电量"),
        ("税收最高的园区是哪个？", "税收"),
        ("昆山和太仓谁的税收更高", "昆山和太仓税收"),
        ("昆山用电量", "昆山用电量"),
        ("2022年碧溪和青石，哪个县GDP增速高？", "2022年碧溪和青石，GDP增速"),
        ("碧溪县和青石县哪个县的人口多？", "碧溪县和青石县人口"),
        ("谁的税收更高", "税收"),
    ],
)
def test_a_question_for_an_order_asks_for_the_figure(question: str, figure: str) -> None:
    assert without_order(question) == figure


def test_places_side_by_side_are_asked_about_as_the_first() -> None:
    question = "昆山市、太仓市和张家港市三市2022年用电量各是多少"
    wanted = read_wanted(question, (), ("昆山市", "太仓市", "张家港市"), VOCABULARY, TAGGER, "2026-11-01")
    assert wanted is not None and (wanted.indicator, wanted.entity) == ("用电量", "昆山市")


def test_a_question_without_a_figure_wants_none() -> None:
    assert read_wanted("今天怎么样？", (), (), VOCABULARY, TAGGER, "2026-11-01") is None


@pytest.mark.parametrize(
    ("question", "high"),
    [
        ("哪个行业增长最快", True),
        ("哪个行业增长最慢", False),
        ("哪一类价格跌得最厉害", False),
        ("哪个行业降幅最小", True),
        ("有几个行业", None),
    ],
)
def test_what_falls_most_is_the_lowest(question: str, high: bool | None) -> None:
    assert highest_asked(question) is high
