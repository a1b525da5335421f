"""How a sentence fits a question, in named numbers: what is met of what is asked, and how far the rest is missed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from statement_fakes import bare_library, hit, sentences_of, understood

from ragpark.answer.support import ALONE, features, margin, row_fit, supports, tells_part, type_fit, whole_features
from ragpark.answer.terms import question_pairs
from ragpark.read.context import Statement
from ragpark.read.table_cells import Figure

LIBRARY = bare_library()
WATER = "2023年碧湖园区用水量是多少？"


def met(question: str, text: str, *, library: Any = LIBRARY, **of_document: Any) -> dict[str, float]:
    """Return the features of the last sentence of the text, which is one chunk."""
    query = understood(question)
    statement = sentences_of(text, **of_document)[-1]
    return features(library, query, question_pairs(query, LIBRARY.idf, LIBRARY.known), statement, hit(text))


def test_a_sentence_that_says_all_that_is_asked_misses_nothing() -> None:
    found = met("碧湖园区为什么限水？", "因为天旱，碧湖园区限水。")
    assert {name: value for name, value in found.items() if value} == {}  # logarithms of 1 are 0 as well


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        (WATER, "2022年，碧湖园区用水量为342万吨。", {"no_year": 1.0, "other_year": 1.0}),
        (WATER, "碧湖园区用水量为342万吨。", {"no_year": 0.65, "other_year": 0.0}),  # an undated text leaves it open
        (WATER, "2023年，青石园区用水量为342万吨。", {"no_place": 1.0, "other_place": 1.0, "elsewhere": 1.0}),
        (WATER, "碧湖园区供水平稳。2023年用水量为342万吨。", {"no_place": 0.1, "elsewhere": 0.0}),  # named before it
        ("2023年5月碧湖园区用水量是多少？", "2023年6月，碧湖园区用水量为31万吨。", {"other_year": 1.0}),
        ("2023年5月碧湖园区用水量是多少？", "2023年5月，碧湖园区用水量为31万吨。", {"other_year": 0.0}),
        ("哪个泵房没有通过验收？", "北泵房通过了验收。", {"no_denial": 1.0}),
        ("北泵房哪一年通过验收？", "北泵房通过了验收。", {"no_date": 1.0}),
        ("北泵房哪一年通过验收？", "北泵房2021年通过了验收。", {"no_date": 0.0}),
        ("北泵房什么时候通过验收？", "北泵房开园前通过了验收。", {"no_date": 0.0}),
        ("哪个泵房没有通过验收？", "北泵房没有通过验收。", {"no_denial": 0.0}),
        ("为什么不让北泵房供水？", "因检修，北泵房暂停供水。", {"no_denial": 0.0}),
        ("除了北泵房还有哪些泵房？", "另有南泵房。", {"no_denial": 0.0}),
        ("“安湖计划”是什么？", "碧湖园区发布计划。", {"no_quoted": 1.0}),
        ("“安湖计划”是什么？", "碧湖园区发布安湖计划。", {"no_quoted": 0.0}),
        ("湖滨分校（北苑）有多少间教室？", "湖滨分校有教室30间。", {"no_aside": 1.0}),
        ("湖滨分校（北苑）有多少间教室？", "湖滨分校北苑有教室30间。", {"no_aside": 0.0}),
        ("碧湖园区企业有多少家？", "蓝桥研究院有企业58家。", {"no_organisation": 1.0}),
        ("蓝桥研究院企业有多少家？", "蓝桥研究院有企业58家。", {"no_organisation": 0.0}),
    ],
)
def test_what_is_asked_and_said_of_another(question: str, text: str, missed: dict[str, float]) -> None:
    found = met(question, text)
    assert {name: found[name] for name in missed} == pytest.approx(missed)


def test_a_year_named_elsewhere_in_the_passage_is_missed_less_where_no_figure_is_asked() -> None:
    text = "2023年，碧湖园区天旱。2022年，碧湖园区限水。"
    assert met("2023年碧湖园区为什么限水？", text)["no_year"] == pytest.approx(0.7)
    assert met("2023年碧湖园区限水多少天？", text)["no_year"] == 1.0  # a figure is of the year beside it


@pytest.mark.parametrize(
    ("text", "headings", "missed"),
    [
        ("园内有高新技术企业58家。", (), 0.0),
        ("园内有58家。", ("高新技术企业",), 0.3),  # named above it
        ("高新技术企业增多。园内有58家。", (), 0.4),  # … before it
        ("园内有院所58家。", (), 1.0),
    ],
)
def test_an_indicator_is_named_in_the_sentence_above_it_or_before_it(
    text: str, headings: tuple[str, ...], missed: float
) -> None:
    assert met("高新技术企业有多少家？", text, headings=headings)["no_indicator"] == pytest.approx(missed)


def test_what_is_asked_beside_an_indicator_must_be_met() -> None:
    question = "造纸行业高新技术企业有多少家？"
    assert met(question, "碧湖园区高新技术企业58家。")["no_words_beside"] == 1.0
    assert met(question, "造纸行业高新技术企业58家。")["no_words_beside"] == 0.0
    assert met("高新技术企业有多少家？", "碧湖园区高新技术企业58家。")["no_words_beside"] == 0.0  # nothing is


@pytest.mark.parametrize(
    ("label", "fit"),
    [
        ("东岸泵站", 1.0),  # the question names it
        ("西岸码头", -1.0),  # of what it does not name
        ("合计", 0.0),
        ("2019", 0.0),  # a row of a year
        ("泵站情况", 0.0),  # it shares a word with the question
    ],
)
def test_the_row_that_the_question_names(label: str, fit: float) -> None:
    (statement,) = sentences_of("功率：75千瓦")
    cell = Figure(statement.quantities[0], 1, ("功率",), (label,), "level", None, "")
    row = replace(statement, figures=(cell,))
    assert row_fit(understood("东岸泵站功率是多少千瓦？"), row, LIBRARY.vocabulary) == fit
    assert row_fit(understood("东岸泵站何时投用？"), row, LIBRARY.vocabulary) == 0.0  # no figure is asked


def test_the_fewer_words_of_the_question_a_sentence_has_the_less_it_is_worth() -> None:
    whole, half, none = (
        met("碧湖园区东岸泵站由谁值守？", text)
        for text in ("碧湖园区东岸泵站有人值守。", "碧湖园区泵站检修。", "天气晴好。")
    )
    for name in ("words", "pairs"):
        assert 0.0 >= whole[name] > half[name] > none[name] >= -2.4


@pytest.mark.parametrize(
    ("question", "text", "fit"),
    [
        ("碧湖园区企业有多少家？", "碧湖园区有企业58家。", 1.0),
        ("碧湖园区企业有多少家？", "碧湖园区有职工58人。", 0.5),
        ("碧湖园区企业有多少家？", "碧湖园区企业众多。", 0.0),
        ("碧湖园区何时开园？", "碧湖园区2009年4月开园。", 1.0),
        ("碧湖园区何时开园？", "碧湖园区开园。", 0.0),
        ("窗口几点开门？", "窗口上午8:30开门。", 1.0),
        ("碧湖园区为什么限水？", "碧湖园区限水。", 0.5),
        ("碧湖园区三大产业是什么？", "碧湖园区有食品、纺织和造纸。", 1.0),  # three: 食品, 纺织, 造纸
        ("碧湖园区四大产业是什么？", "碧湖园区有食品、纺织和造纸。", 0.0),
    ],
)
def test_the_kind_of_answer_is_there_or_not(question: str, text: str, fit: float) -> None:
    assert type_fit(understood(question), sentences_of(text)[-1]) == fit


@pytest.mark.parametrize(
    ("question", "text", "open_to_it"),
    [
        ("碧湖基地要占多少亩？", "碧湖基地总投资100亿元。", False),
        ("碧湖基地要占多少亩？", "碧湖基地总投资100亿元，占地3公顷。", True),
        ("碧湖基地能安排多少人就业？", "碧湖基地占地90亩，总投资25亿元。", False),
        ("碧湖基地能安排多少人就业？", "碧湖基地提供岗位90个。", True),  # counted by another word
        ("碧湖基地建了多少年？", "碧湖基地2013年至2016年投资25亿元。", True),  # a lapse is told by dates too
        ("碧湖基地产值增长目标定在多少", "碧湖基地产值增长5%。", True),
        ("碧湖基地面积，职工多少？", "碧湖基地有职工90人。", True),  # names no unit
    ],
)
def test_a_sentence_whose_figures_all_measure_something_else_has_not_the_one_asked(
    question: str, text: str, open_to_it: bool
) -> None:
    assert (met(question, text)["no_figure"] == 0.0) is open_to_it


@pytest.mark.parametrize(
    ("text", "items"),
    [("碧湖园区有食品、纺织、造纸。", 1.0), ("碧湖园区有以下产业：", 1.0), ("碧湖园区有食品、纺织。", 0.0)],
)
def test_a_list_is_asked_and_one_stands_there(text: str, items: float) -> None:
    assert met("碧湖园区有哪些产业？", text)["items"] == items
    assert met("碧湖园区产业为什么兴旺？", text)["items"] == 0.0


def test_a_sentence_of_our_city_leaves_the_place_open_where_the_document_names_the_city() -> None:
    question, text = "昆山市工业用水量是多少？", "全市工业用水量为88万吨。"
    silent, titled = met(question, text), met(question, text, title="用水情况（昆山统计）")
    assert (silent["elsewhere"], titled["elsewhere"]) == (1.0, 0.0)
    assert titled["no_place"] == pytest.approx(0.3)
    somewhere = bare_library()
    somewhere.names_any = lambda doc, names: "昆山" in names
    named = met(question, text, library=somewhere)
    assert (named["other_place"], named["elsewhere"]) == (1.0, 0.0)  # less sure
    assert met(question, "常熟市工业用水量为88万吨。", title="用水情况（昆山统计）")["elsewhere"] == 1.0
    assert met(question, "全省工业用水量为88万吨。", subject="常熟市", library=somewhere)["elsewhere"] == 1.0


def test_a_place_is_named_by_its_short_name_beside_what_holds_it_and_in_a_name_as_asked() -> None:
    question = "秭归县码头有几个？"
    assert met(question, "宜昌市码头33个，其中秭归18个。")["elsewhere"] == 0.0
    assert met(question, "宜昌市码头33个，其中枝江18个。")["elsewhere"] == 1.0
    firm = "常熟市有两家企业。昆山明远阀门有限公司生产阀门。"
    assert met("昆山明远阀门是家什么企业？", firm)["elsewhere"] == 0.0
    assert met("昆山高远阀门是家什么企业？", firm)["elsewhere"] == 1.0


@pytest.mark.parametrize(
    ("question", "text", "date", "other"),
    [
        ("2021年3月碧湖园区开工的项目有几个？", "碧湖园区7个项目开工。", "2021-03-29", 0.0),  # of the month of writing
        ("2021年2月碧湖园区开工的项目有几个？", "碧湖园区7个项目开工。", "2021-03-29", 1.0),
        ("2021年3月碧湖园区开工的项目有几个？", "2021年，碧湖园区7个项目开工。", "2021-03-29", 1.0),  # of the year
        ("2021年一季度碧湖园区为什么限水？", "碧湖园区因天旱限水。", "2021-04-20", 0.0),
        ("2021年3月碧湖园区开工的项目有几个？", "碧湖园区7个项目开工。", None, 1.0),
    ],
)
def test_a_part_of_the_year_that_nothing_contradicts_is_that_of_writing(
    question: str, text: str, date: str | None, other: float
) -> None:
    assert met(question, text, date=date)["other_year"] == other


def test_a_figure_without_a_year_is_of_the_year_of_writing_but_for_its_first_months() -> None:
    dates = ("2021-06-09", "2021-02-09", "2021", None)
    assert [sentences_of("碧湖园区7个项目签约。", date=date)[0].written for date in dates] == [2021, 2020, 2020, None]


def test_a_heading_says_of_a_part_of_the_year_what_its_sentences_are_of() -> None:
    told = sentences_of("用水量为88万吨。", headings=("2023年四季度",))[-1]
    (silent,) = sentences_of("用水量为88万吨。")
    part = understood("2023年四季度碧湖园区用水量").part
    assert part
    assert (tells_part(told, part), tells_part(silent, part)) == (True, False)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("碧湖园区为什么限水？", {"sentence"}),
        ("碧湖园区用水量是多少？", {"sentence", "no_piece"}),
        (WATER, {"sentence", "no_piece", "no_exact_piece"}),  # a year is named
        ("碧湖园区企业有多少家？", {"sentence", "no_piece", "no_exact_piece"}),  # a unit is
        ("碧湖园区何时开园？", {"sentence", "no_piece"}),
        ("2023年碧湖园区企业和职工分别是多少？", {"sentence", "no_piece"}),  # but several values are
        ("商务局局长是谁？", {"sentence", "no_holder"}),
    ],
)
def test_a_whole_sentence_is_worth_less_where_a_piece_was_asked_for(question: str, told: set[str]) -> None:
    query = understood(question)
    assert {name for name, value in whole_features(query).items() if value} == told


def test_the_margin_is_how_far_the_best_hit_stands_above_the_mean_of_the_others() -> None:
    assert margin([hit("", score=0.8), hit("", score=0.5), hit("", score=0.3)]) == pytest.approx(0.5)  # 1 − 0.4 / 0.8
    assert margin([hit("", score=0.8)] * 3) == 0.0
    assert margin([hit("", score=0.8)]) == ALONE  # there is nothing to compare with
    assert margin([hit("", score=0.8), hit("", score=0.1)]) == ALONE
    assert margin([hit("", score=0.0)] * 3) == ALONE


def test_sentences_of_the_best_chunks_come_once_each_the_most_probable_first() -> None:
    text = "天气晴好。因为天旱，碧湖园区限水。"
    found: list[Statement] = sentences_of(text)
    library = bare_library({"words": 1.0}, found=found)
    query = understood("碧湖园区为什么限水？")
    looked = supports(library, query, [hit(text), hit(text, rank=2)])
    assert [(one.statement.text, one.rank) for one in looked] == [("因为天旱，碧湖园区限水。", 1), ("天气晴好。", 1)]
    assert looked[0].score == 0.5  # every word is met: the logarithm is 0, and so is the sum
    assert supports(library, query, []) == []
    only_first = hit(text[: len("天气晴好。")])  # what stands outside the chunk is not looked at
    assert [one.statement.text for one in supports(library, query, [only_first])] == ["天气晴好。"]
