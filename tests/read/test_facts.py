"""Facts: each figure with its indicator, place, year and exact span."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fact_fakes import TAGGER, VOCABULARY, document
from fact_fakes import facts as found_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from ragpark.read.context import INHERITED, OTHER, PUBLISHED, SAID, TITLED, statements
from ragpark.read.facts import find_facts
from ragpark.records import Fact
from ragpark.repair.sections import split_sections
from ragpark.zh.periods import part_of_year

TITLE = "苏州工业园区年鉴"


def facts(*lines: str, title: str = TITLE, date: str | None = None) -> list[Fact]:
    return found_facts(*lines, title=title, date=date)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "2023年园区R&D经费占GDP的比重升到5.16%。",
            ("R&D经费占GDP的比重", "研发投入占GDP比重", "苏州工业园区", 2023, 5.16, "%", "share"),
        ),
        (
            "2020年，园区万人有效发明专利拥有量174件。",
            ("万人有效发明专利拥有量", "万人有效发明专利拥有量", "苏州工业园区", 2020, 174, "件", "level"),
        ),
        (
            "2023年，昆山集聚高新技术企业近2800家。",
            ("高新技术企业", "高新技术企业数", "昆山市", 2023, 2800, "家", "level"),
        ),
        (
            "到2026年底，园区力争高新技术企业达3500家。",
            ("高新技术企业", "高新技术企业数", "苏州工业园区", 2026, 3500, "家", "target"),
        ),
    ],
)
def test_a_figure_is_read_with_what_who_and_when(sentence: str, expected: tuple[object, ...]) -> None:
    fact = facts(sentence)[0]
    assert (fact.indicator, fact.standard, fact.entity, fact.year, fact.value, fact.unit, fact.kind) == expected


def test_the_span_holds_the_figure_as_printed_and_the_quote_is_the_sentence() -> None:
    text = "2023年，园区集聚高新技术企业近2800家、上市企业66家。"
    found = document(text, title=TITLE)
    for fact, printed in zip(
        find_facts(found, split_sections(found), VOCABULARY, TAGGER), ("近2800家", "66家"), strict=True
    ):
        assert (fact.text, found.text[fact.start : fact.end], fact.quote) == (printed, printed, text)
    assert facts(text)[0].qualifier == "近"


def test_a_figure_of_an_organisation_is_not_the_parks() -> None:
    assert facts("2020年，材料科学姑苏实验室录用人员129人。")[0].entity == "材料科学姑苏实验室"


def test_what_a_price_is_counted_by_is_no_part_of_its_name() -> None:
    assert facts("昆山水价为每立方米2.9元。")[0].indicator == "水价"


def test_a_figure_without_any_year_has_none() -> None:
    assert facts("园区集聚高新技术企业2800家。")[0].year is None


def test_last_year_is_counted_from_the_documents_date() -> None:
    assert facts("去年园区集聚高新技术企业2800家。", date="2022-04-15")[0].year == 2021


def fit(year: int, *lines: str, title: str = TITLE, date: str | None = None) -> float:
    """Return how well the last sentence fits the year."""
    found = document(*lines, title=title, date=date)
    return statements(found, split_sections(found)[-1], VOCABULARY)[-1].year_fit(year)


def test_a_sentence_takes_its_year_from_the_nearest_place_that_names_one() -> None:
    assert fit(2020, "2020年，园区上市企业45家。") == SAID
    assert fit(2020, "2020年，园区上市企业45家。累计专利174件。") == INHERITED
    assert fit(2023, "园区上市企业66家。", title="苏州工业园区2023年成绩单") == TITLED
    assert fit(2023, "园区上市企业66家。", date="2024-04-11") == PUBLISHED
    assert fit(2021, "2020年，园区上市企业45家。累计专利174件。") == OTHER


def test_a_year_that_is_only_compared_with_is_not_the_sentences_year() -> None:
    assert fit(2023, "2023年，园区融资22.89亿元，比2022年多了近两倍。") == SAID
    assert fit(2022, "2023年，园区融资22.89亿元，比2022年多了近两倍。") == OTHER


def test_an_undated_document_of_a_known_year_resolves_last_year() -> None:
    found = replace(
        document("去年，园区集聚高新技术企业2800家。", title=TITLE), year=2024, year_from="三十周年（1994年设立）"
    )
    fact = find_facts(found, split_sections(found), VOCABULARY, TAGGER)[0]
    assert (fact.year, fact.year_from) == (2023, "去年 ← 三十周年（1994年设立）")


def test_a_sum_since_the_beginning_says_so() -> None:
    assert facts("园区累计实际使用外资超1600亿美元。")[0].period == "累计"


@pytest.mark.parametrize(
    ("sentence", "expected"),  # (year, part of the year, value)
    [
        ("2023年6月，昆山产值7.1亿元；第二季度产值21亿元。", [(2023, "6月", 7.1e8), (2023, "二季度", 21e8)]),
        ("2023年上半年昆山产值40亿元，全年产值85亿元。", [(2023, "上半年", 40e8), (2023, "", 85e8)]),
        ("2023年1—5月昆山产值33亿元，其中5月产值7亿元。", [(2023, "1—5月", 33e8), (2023, "5月", 7e8)]),
        ("2022年前三季度昆山产值60亿元，下半年产值45亿元。", [(2022, "前三季度", 60e8), (2022, "下半年", 45e8)]),
        ("2023年8月1日，昆山到访游客5000人；8月2日，到访游客4000人。", [(2023, "8月", 5000), (2023, "8月", 4000)]),
        ("2023年昆山产值85亿元，11月末贷款余额9亿元。", [(2023, "", 85e8), (2023, "11月", 9e8)]),
    ],
)
def test_the_part_of_the_year_is_kept_apart_from_the_year(
    sentence: str, expected: list[tuple[int, str, float]]
) -> None:
    found = facts(sentence, title="统计资料")
    assert [(fact.year, part_of_year(fact.period), fact.value) for fact in found] == expected


def test_days_are_told_apart_by_their_period() -> None:
    first, second = facts("2023年8月1日，昆山到访游客5000人；8月2日，到访游客4000人。", title="统计资料")
    assert (first.period, second.period) == ("2023年8月1日", "8月2日")


@pytest.mark.parametrize(
    ("title", "lines", "entities"),
    [
        ("云澜园区2023年年报", ("园区上市企业27家。", "青屿园区上市企业9家。"), ["云澜园区", "青屿园区"]),
        ("三地园区观察", ("云澜园区上市企业27家；青屿园区上市企业9家。",), ["云澜园区", "青屿园区"]),
        ("青屿经济技术开发区概况", ("开发区上市企业9家，全区出口3亿元。",), ["青屿经开区"] * 2),
        ("西安高新区概况", ("园区上市企业9家。", "苏州工业园区上市企业66家。"), ["西安高新区", "苏州工业园区"]),
        ("统计资料", ("园区上市企业9家。",), [""]),  # whose, nothing says
    ],
)
def test_a_park_is_the_one_that_is_named(title: str, lines: tuple[str, ...], entities: list[str]) -> None:
    assert [fact.entity for fact in facts(*lines, title=title)] == entities


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码913205941234567890，联系电话0512-66681234。",
        "邮编215123，地址星湖街328号2幢301室。",
        "第十二条 本办法自2023年1月1日起施行。",
    ],
)
def test_numbers_that_count_nothing_are_no_facts(text: str) -> None:
    assert facts(text) == []


CLAUSES = st.sampled_from(
    ["2023年，", "去年", "全市", "昆山", "云澜园区", "南京、苏州分别", "高新技术企业", "“双创”人才", "（含外资）", "占GDP比重", "增长", "比上年少", "其中", "每万人拥有",
     "力争", "近2800家", "5.16%", "22.89亿元", "4 2 . 5 %", "３家", "三十二所", "第3位", "7.1和8.2亿元", "1—5月", "、", "，", "。", "；", "：", "“", "（", "\n", "的", "和", " ", "【概况】", "R&D"]
)  # fmt: skip
ANYTHING = st.text(
    alphabet="园区昆山市增长达到占比重其中分别为年月日第一二三十百万亿元家人%‰0123456789.,，。；：、（）“”《》—～ \n\t�²aB&",
    max_size=80,
)


@given(st.lists(CLAUSES, max_size=30).map("".join) | ANYTHING)
@settings(max_examples=150)
def test_every_fact_stands_in_the_text_as_printed(text: str) -> None:
    found = document(text, title="昆山创新年报", date="2024-03-01") if text.strip() else document("甲")
    sections = split_sections(found)
    read = find_facts(found, sections, VOCABULARY, TAGGER)
    assert [fact.start for fact in read] == sorted(fact.start for fact in read)
    for fact in read:
        assert found.text[fact.start : fact.end] == fact.text != ""
        assert fact.text in fact.quote and fact.quote in found.text
        assert len(fact.indicator) > 1 and fact.kind in {"level", "increase", "growth", "share", "rank", "target"}
    assert find_facts(found, sections, VOCABULARY, TAGGER) == read
