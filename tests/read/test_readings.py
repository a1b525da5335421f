"""Every quantity of a text as it is read for the check of an answer: with year, kind, bound and which way it goes."""

from __future__ import annotations

import pytest

from ragpark.read.facts import find_facts, read_figures
from ragpark.read.readings import Reading, read_text, readings
from ragpark.read.subject import with_subject
from ragpark.records import Document, Section
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger

VOCABULARY, TAGGER = load_vocabulary(), LacTagger()


def read(text: str, home: dict[str, str] | None = None) -> list[Reading]:
    return read_text(text, "", home or {}, VOCABULARY, TAGGER)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年和2023年研发投入分别为76亿元和86亿元。", [(2022,), (2023,)]),
        ("上市企业数：41家（2020年），58家（2023年）。", [(2020,), (2023,)]),
        ("2021年产值50亿元，2022年60亿元。", [(2021,), (2022,)]),
        ("产值50亿元。", [()]),
    ],
)
def test_each_figure_has_the_year_its_sentence_says_of_it(text: str, years: list[tuple[int, ...]]) -> None:
    assert [reading.years for reading in read(text)] == years


def test_what_a_figure_has_become_is_not_of_the_year_it_started_from() -> None:
    first, last = read("上市企业由2020年的41家增至58家。")
    assert (first.years, first.said, last.said) == ((2020,), True, False)


@pytest.mark.parametrize(
    ("text", "kind", "way", "bound"),
    [
        ("企业数增长5.2%。", "growth", 1, ""),
        ("企业数下降5.2%。", "growth", -1, ""),
        ("2026年力争新建泵站20座。", "target", 0, ""),
        ("约有2800家企业。", "level", 0, "约"),
        ("企业近2800家。", "level", 0, "近"),
        ("工业增加值50亿元。", "level", 0, ""),
    ],
)
def test_kind_way_and_bound(text: str, kind: str, way: int, bound: str) -> None:
    [reading] = read(text)
    assert (reading.kind, reading.way, reading.bound) == (kind, way, bound)


def test_a_figure_after_the_name_of_a_place_is_that_places() -> None:
    home = {"甲城高新区": "甲城高新区", "乙城高新区": "乙城高新区"}
    first, second = read("甲城高新区研发投入强度为5.3%，高于乙城高新区的4.1%。", home)
    assert (first.entity, second.entity) == ("甲城高新区", "乙城高新区")


def test_a_written_out_row_names_its_cells() -> None:
    found = read("名称：启明孵化器；面积（平方米）：12500；在孵企业（家）：143")
    assert [reading.indicator for reading in found] == ["面积", "在孵企业"]


def test_quantities_that_tell_no_fact_are_read_too_and_facts_stay_as_they_are() -> None:
    text = "对营业收入突破2亿元的企业奖励30万元。云湖高新区列全国第7位。"
    document = with_subject(Document("a", "", None, None, text, (), ((0, 1),), "lines", "txt", ""), VOCABULARY, TAGGER)
    sections = [Section("a", 0, (), 0, 0, len(text))]
    facts = find_facts(document, sections, VOCABULARY, TAGGER)
    every = read_figures(document, sections, VOCABULARY, TAGGER)
    assert [fact for fact in every if fact.indicator] == facts
    assert len(read(text)) == 3 > len(facts)
    assert readings(document, (), VOCABULARY, TAGGER) == []


def test_offsets_and_the_words_around_a_figure() -> None:
    text = "2020年企业40家，产值50亿元，增长5%。"
    found = read(text)
    assert [text[r.start : r.end] for r in found] == ["40家", "50亿元", "5%"]
    assert found[1].window == "，产值 " and "增长" in found[2].clause
