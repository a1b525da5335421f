"""Facts: each figure with its indicator, place, year and exact span."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fact_fakes import TAGGER, VOCABULARY, document
from fact_fakes import facts as found_facts

from ragpark.read.context import INHERITED, OTHER, PUBLISHED, SAID, TITLED, statements
from ragpark.read.facts import find_facts
from ragpark.records import Fact
from ragpark.repair.sections import split_sections

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
