"""The figures of a sentence: which may be asked for at all, and how well each fits by its clause, unit, time and kind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from statement_fakes import LAKE, STONE, bare_library, fact, sentences_of, supported, understood

from ragpark.answer.cut_figure import cell_of, fact_features, figures, kind_asked, own_terms, same_kind
from ragpark.answer.cuts import Cut
from ragpark.records import Fact
from ragpark.retrieve.wanted import Wanted


def cut(question: str, text: str, *facts: Fact) -> dict[str, Cut]:
    """Return the figures cut out of the last sentence of the text, by what is shown."""
    library = bare_library(facts=facts)
    return {one.text: one for one in figures(library, understood(question), supported(sentences_of(text)[-1]))}


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("碧湖园区企业有多少家？", "碧湖园区有企业58家、职工4100人。", ["58家"]),
        ("碧湖园区企业有多少家？", "碧湖园区有企业近60家。", ["近60家"]),
        ("碧湖园区泵站功率多少千瓦？", "碧湖园区泵站功率250至600千瓦。", ["250至600千瓦"]),
        ("2023年碧湖园区企业有多少家？", "碧湖园区企业2022年58家，2023年66家。", ["66家"]),
        (
            "碧湖园区产值是多少亿元？",
            "碧湖园区1亿元以上企业12家，产值20亿元。",
            ["20亿元"],
        ),  # 1亿元 only bounds a class
        ("碧湖园区产值是多少亿元？", "碧湖园区产值在全市排第2位。", []),
        (
            "碧湖大米每100克含糖多少？",
            "碧湖大米每100克含糖0.4克。",
            ["0.4克"],
        ),  # what the question says answers nothing
        ("碧湖园区三千亩地的租金是多少元？", "碧湖园区3000亩地的租金为每亩600元。", ["600元"]),
        (
            "碧湖园区产值是多少元？",
            "碧湖园区总人口70.01万，产值20亿元。",
            ["20亿元"],
        ),  # a small sum has its unit beside it
        ("碧湖园区产值是多少元？", "碧湖园区产值20亿，排第2位。", ["20亿"]),
        ("碧湖园区总人口是多少人？", "碧湖园区总人口70.01万，产值20亿元。", ["70.01万"]),
    ],
)
def test_which_figures_may_be_asked_for(question: str, text: str, shown: list[str]) -> None:
    assert list(cut(question, text)) == shown


def test_a_figure_stands_where_it_is_cut_out_with_its_year() -> None:
    text = "2023年，碧湖园区有企业近60家。"
    (one,) = cut("2023年碧湖园区企业有多少家？", text).values()
    assert (text[one.start : one.end], one.year, one.value and one.value.value) == ("近60家", 2023, 60.0)


@pytest.mark.parametrize(
    ("question", "text", "feature", "values"),
    [
        # the words of the question stand in its clause
        ("碧湖园区新建多少个车位？", "碧湖园区车位新建300个，公园2个。", "in_clause", {"300个": True, "2个": False}),
        ("碧湖园区新建多少个停车位？", "碧湖园区新建300个，改建2个停车位。", "noun_beside", {"300个": 0.0, "2个": 1.0}),
        ("碧湖园区企业有多少家？", "碧湖园区企业由40家增加到58家。", "former", {"40家": 1.0, "58家": 0.0}),
        (
            "碧湖园区食品产值是多少？",
            "碧湖园区食品、纺织、造纸三大产业产值共60亿元，其中食品20亿元。",
            "together",
            {"60亿元": 1.0, "20亿元": 0.0},
        ),
        ("碧湖园区三大产业产值合计多少？", "碧湖园区三大产业产值合计60亿元。", "together", {"60亿元": 0.0}),
        (
            "碧湖园区企业有多少家？",
            "碧湖园区企业58家、院所4个。",
            "no_unit",
            {"58家": 0.0, "4个": 0.25},
        ),  # 个 is like 家
        (
            "2023年碧湖园区用水量是多少吨？",
            "2023年上半年，碧湖园区用水量150万吨。",
            "no_part",
            {"150万吨": 1.0},
        ),
        (
            "碧湖园区用水量是多少吨？",
            "碧湖园区用水量150万吨；青石园区用水量99万吨。",
            "place_elsewhere",
            {"150万吨": -1.0, "99万吨": 1.0},
        ),
        ("碧湖园区企业有多少家？", "碧湖园区企业情况见下表，其中外资企业8家。", "points_on", {"8家": 1.0}),
        (
            "2025年碧湖园区企业目标是多少家？",
            "到2025年，碧湖园区企业力争达到80家。",
            "target_mixed",
            {"80家": 0.0},
        ),
        ("2025年碧湖园区企业目标是多少家？", "2025年碧湖园区有企业66家。", "no_sort", {"66家": 1.0}),
        ("2025年碧湖园区企业目标是多少家？", "到2025年，碧湖园区企业力争达到80家。", "no_sort", {"80家": 0.0}),
        ("2025年碧湖园区企业有多少家？", "到2025年，碧湖园区企业力争达到80家。", "target_mixed", {"80家": 1.0}),
    ],
)
def test_how_a_figure_fits(question: str, text: str, feature: str, values: dict[str, float | bool]) -> None:
    found = {shown: one.features[feature] for shown, one in cut(question, text).items()}
    if feature == "in_clause":
        assert {shown: value == max(found.values()) for shown, value in found.items()} == values
    else:
        assert found == values


def test_what_is_over_a_bound_is_counted_and_the_bound_is_not() -> None:
    assert list(cut("碧湖园区项目有多少个？", "碧湖园区将有86个投资亿元以上项目开工。")) == ["86个"]
    assert list(cut("碧湖园区项目投资多少亿元？", "碧湖园区有5亿元以上项目10个。")) == []


def test_the_distance_is_counted_in_characters_to_the_nearest_word() -> None:
    found = cut("用水量是多少吨？", "用水量经过核定以后为342万吨。")
    # between 用水量 and the figure stand the 7 characters 经过核定以后为; 40 and more are far
    assert found["342万吨"].features["far"] == pytest.approx(7 / 40)
    assert cut("用水量是多少吨？", "核定为342万吨。")["342万吨"].features["far"] == 1.0


def test_a_clause_that_says_only_how_much_is_of_what_the_clause_before_names() -> None:
    found = cut("碧湖园区专利累计多少件？", "碧湖园区专利新增96件、累计516件。")
    assert found["516件"].features["in_clause"] > -0.5  # 碧湖, 园区 and 专利 stand in the clause before


QUOTE = "2023年碧湖园区车位数为66个。"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {"fact_of_other_place": 0.0}),
        ({"entity": STONE}, {"fact_of_other_place": 1.0}),  # though the sentence may name the place asked for
        ({"year": 2022, "period": "2022年"}, {"fact_as_asked": 0.0}),
        ({"kind": "target"}, {"target_mixed": 1.0}),
    ],
)
def test_the_fact_at_a_figure_tells_whose_and_what_it_is(given: dict[str, object], found: dict[str, float]) -> None:
    told = "2023年碧湖园区车位数为66个，青石园区情况相仿。"
    features = cut("2023年碧湖园区车位数是多少个？", told, fact("车位数", 66, "个", told, "66个", **given))[
        "66个"
    ].features
    assert {name: features[name] for name in found} == found


def test_a_figure_of_a_month_is_none_of_the_year() -> None:
    month = fact("车位数", 66, "个", QUOTE, "66个", period="2023年5月")
    assert cut("2023年碧湖园区车位数是多少个？", QUOTE, month) == {}
    assert list(cut("2023年碧湖园区车位数是多少个？", QUOTE, fact("车位数", 66, "个", QUOTE, "66个"))) == ["66个"]


def test_a_fact_of_the_vocabulary_with_place_and_year_is_just_what_is_asked() -> None:
    text = "2023年，碧湖园区高新技术企业58家。"
    question = "2023年碧湖园区高新技术企业有多少家？"
    (indicator,) = understood(question).indicators
    told = fact("高新技术企业", 58, "家", text, "58家", standard=indicator)
    assert cut(question, text, told)["58家"].features["fact_as_asked"] == 1.0
    assert cut("碧湖园区高新技术企业有多少家？", text, told)["58家"].features["fact_as_asked"] == 0.0  # no year
    assert "fact_as_asked" not in cut(question, text)["58家"].features  # the index holds none


@pytest.mark.parametrize(
    ("wanted", "missed"),
    [
        ("车位数", 0.0),
        ("停车位数", 1 / 3),  # without 数: 车位 of 停车, 车位 and of 车位, 2 × 1 / (2 + 1) alike
        ("绿地率", 1.0),
    ],
)
def test_a_fact_of_another_name_is_less_what_is_asked(wanted: str, missed: float) -> None:
    (statement,) = sentences_of(QUOTE)
    asked = Wanted(wanted, "", "level", LAKE, 2023, "")
    query = replace(understood("2023年碧湖园区情况"), wanted=asked)
    found = fact_features(bare_library(), query, statement, fact("车位数", 66, "个", QUOTE, "66个"))
    assert found["no_name"] == pytest.approx(missed)
    assert found["fact_as_asked"] == float(missed == 0.0)


@pytest.mark.parametrize(
    ("kind", "asked", "unit", "same"),
    [("level", "level", "家", True), ("share", "level", "%", True), ("share", "level", "家", False)],
)
def test_a_rate_may_be_read_as_a_share_or_a_level(kind: str, asked: str, unit: str, same: bool) -> None:
    assert same_kind(kind, asked, unit) is same


def test_the_kind_asked_is_the_target_or_left_open() -> None:
    assert kind_asked(understood("2025年碧湖园区企业目标是多少家？")) == "target"
    assert kind_asked(understood("碧湖园区企业有多少家？")) == ""


def test_a_sentence_has_no_cells_and_places_are_no_words_of_their_own() -> None:
    (told,) = sentences_of("碧湖园区有企业58家。")
    assert cell_of(told, told.quantities[0]) is None
    assert [one.word for one in own_terms(understood("苏州市用水量是多少？"))] == ["用水量"]
    assert LAKE in told.entities
