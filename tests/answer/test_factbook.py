"""Facts looked up by name, place in the text, and question; the versions of a rule, and values that contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from statement_fakes import LAKE, STONE, fact, understood, vocabulary

from ragpark.answer.factbook import FactBook, inner
from ragpark.records import Fact

NAMES = frozenset(indicator.name for indicator in vocabulary().indicators)
(FIRMS,) = understood("碧湖园区高新技术企业有多少家？").indicators
QUOTE = "2023年，碧湖园区高新技术企业58家，职工4100人。"


def book(*facts: Fact) -> FactBook:
    return FactBook.of(facts, NAMES)


def firms(value: float, **given: object) -> Fact:
    figure = f"{value:g}家"
    return fact("高新技术企业", value, "家", f"2023年，碧湖园区高新技术企业{figure}。", figure, standard=FIRMS, **given)


def test_the_fact_at_a_place_of_the_text() -> None:
    one = fact("高新技术企业", 58, "家", QUOTE, "58家")
    other = fact("职工", 4100, "人", QUOTE, "4100人")
    held = book(other, one)
    assert held.at("a.md", one.start, one.end) is one
    assert held.at("a.md", one.end - 1, one.end + 1) is one  # they overlap
    assert held.at("a.md", other.start, other.end) is other
    assert held.at("a.md", one.end, other.start) is None
    assert held.at("b.md", one.start, one.end) is None


def test_the_facts_from_a_place_on() -> None:
    many = [fact("高新技术企业", 58, "家", "甲" * n + "58家", "58家") for n in range(20)]
    held = book(*reversed(many))
    assert held.since("a.md", 3) == many[3:15]  # twelve at most
    assert held.since("a.md", 18) == many[18:]
    assert held.since("b.md", 0) == []


def test_a_fact_is_found_once_under_the_name_as_printed_and_under_the_standard_one() -> None:
    one = fact("高新企业总数", 58, "家", QUOTE, "58家", standard="高新技术企业数量")
    held = book(one)
    assert (
        held.named(["高新企业"]) == held.named(["高新技术企业"]) == [one]
    )  # 总数 and 数量 only say that it is a number
    assert held.named(["高新企业", "高新技术企业"]) == [one]
    assert held.named(["职工"]) == []


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2023年碧湖园区高新技术企业有多少家？", [58]),
        ("2022年碧湖园区高新技术企业有多少家？", [50]),
        ("碧湖园区高新技术企业有多少家？", [58, 50, 9]),
        ("2023年青石园区高新技术企业有多少家？", [31]),
        ("2023年高新技术企业有多少家？", [58, 31]),  # no place is named
        ("2025年碧湖园区高新技术企业目标是多少家？", [80]),
        ("2025年碧湖园区高新技术企业有多少家？", []),  # a plan is no result
        ("2023年碧湖园区高新技术企业占比是多少？", []),  # of another unit
        ("2023年碧湖园区泵站有多少个？", []),  # no indicator of the vocabulary
    ],
)
def test_what_a_question_asks_for(question: str, values: list[float]) -> None:
    held = book(
        firms(58),
        firms(50, year=2022, period="2022年"),
        firms(31, entity=STONE),
        firms(80, year=2025, period="2025年", kind="target"),
        firms(9, period="2023年5月"),  # of a month
    )
    assert [one.value for one in held.asked(understood(question), vocabulary())] == values


def test_only_values_that_cannot_both_be_true_are_rivals() -> None:
    own = firms(58, doc="甲.md", date="2024-01-01")
    older = firms(45, doc="乙.md", date="2024-02-01")
    newer = firms(66, doc="丙.md", date="2024-03-01")
    again = firms(66, doc="丁.md", date="2024-02-15")  # says what another says: named once
    agrees = replace(firms(60, doc="戊.md"), text="近60家", qualifier="近")
    others = [
        firms(44, doc="己.md", entity=STONE),
        firms(44, doc="己.md", year=2022, period="2022年"),
        firms(44, doc="己.md", kind="target"),
        firms(44, doc="己.md", period="2023年5月"),
    ]
    held = book(own, older, newer, again, agrees, *others)
    assert held.rivals(own) == [newer, older]
    assert held.rivals(firms(58, entity="")) == []  # of whom is not known


def test_a_document_contradicts_itself_in_two_sentences_with_values_not_far_apart() -> None:
    own = firms(58)
    near = fact("高新技术企业", 66, "家", "另有统计，碧湖园区高新技术企业66家。", "66家", standard=FIRMS)
    far = fact("高新技术企业", 5, "家", "上榜的碧湖园区高新技术企业5家。", "5家", standard=FIRMS)
    assert book(own, near, far).rivals(own) == [near]
    same_sentence = fact("高新技术企业", 66, "家", own.quote, "58家", standard=FIRMS)
    assert book(own, same_sentence).rivals(own) == []


def test_a_rule_in_nearly_the_same_words_is_another_version() -> None:
    given = {"year": None, "period": ""}
    old = fact("停车收费", 4, "元", "碧湖园区停车收费为每小时4元。", "4元", doc="旧.md", **given)
    new = fact("停车收费", 6, "元", "碧湖园区停车收费为每小时6元。", "6元", doc="新.md", **given)
    other = fact("停车收费", 9, "元", "节假日期间湖滨码头另按次计算停车收费9元。", "9元", doc="他.md", **given)
    held = book(old, new, other)
    assert held.versions(new) == [old]
    assert held.rivals(new) == [old]  # no year is told: both cannot hold


def test_the_innermost_of_the_places_is_asked_about() -> None:
    words = vocabulary()
    assert inner(("苏州市", "昆山市"), words) == ("昆山市",)  # the second lies in the first
    assert inner((LAKE, STONE, LAKE), words) == (LAKE, STONE)
