"""Suspicious facts: each rule with what it catches and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from ragpark.facts_check import check_facts, suspicion_json
from ragpark.records import Fact
from ragpark.zh import load_vocabulary

VOCABULARY = load_vocabulary()


def fact(**given: Any) -> Fact:
    base: dict[str, Any] = {
        "indicator": "高新技术企业数",
        "entity": "昆山市",
        "year": 2022,
        "period": "2022年",
        "value": 900.0,
        "unit": "家",
        "text": "900家",
        "qualifier": "",
        "kind": "level",
        "doc": "a.txt",
        "date": "2023-03-01",
        "quote": "",
        "start": 0,
        "end": 4,
        "locator": {"lines": [3, 3]},
    }
    return Fact(**(base | given))


def rules(*facts: Fact) -> list[str]:
    return [suspicion.rule for suspicion in check_facts(facts, VOCABULARY)]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"unit": "件", "text": "900件"}, "unit"),
        ({"year": 2024, "period": "2024年"}, "future"),
        ({"kind": "share", "unit": "%", "value": 120.0}, "share"),
        ({"kind": "share", "unit": "%", "value": -3.0}, "share"),
    ],
)
def test_what_is_wrong_with_one_fact(given: dict[str, Any], rule: str) -> None:
    assert rules(fact(**given)) == [rule]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"indicator": "某项自定的数", "unit": "件"},  # no units are known for it
        {"kind": "growth", "unit": "%", "value": 120.0},  # growth may be more than 100 %
        {"kind": "target", "unit": "%", "value": 6.5},
        {"kind": "target", "year": 2026, "period": "2026年"},
        {"year": 2024, "period": "2024年", "date": None},
        {"kind": "rank", "unit": "位", "value": 1.0},
    ],
)
def test_what_is_left_alone(given: dict[str, Any]) -> None:
    assert rules(fact(**given)) == []


def test_a_value_a_hundred_times_its_neighbours() -> None:
    years = {2020: 700.0, 2021: 800.0, 2022: 100_000.0, 2023: 1000.0}
    found = check_facts(
        [
            fact(year=year, period=f"{year}年", value=value, text=f"{value:.0f}家", doc=f"{year}.txt")
            for year, value in years.items()
        ],
        VOCABULARY,
    )
    # 2021 and 2023 each have one neighbour that is far, and one (2020) or none that is not: 2023 is the last year
    assert [(s.fact.year, s.rule) for s in found] == [(2022, "far"), (2023, "far")]
    assert found[0].reason == "与2021年的 800家 相差百倍以上"


def test_steady_growth_is_not_far() -> None:
    assert (
        rules(*(fact(year=y, period=f"{y}年", value=10.0 * 3 ** (y - 2018), doc=f"{y}") for y in range(2018, 2023)))
        == []
    )


@pytest.mark.parametrize(
    ("other", "caught"),
    [
        ({"value": 450.0, "text": "450家"}, True),
        ({"value": 700.0, "text": "700余家", "qualifier": "余"}, True),  # 700 to 800
        ({"value": 1000.0, "text": "近1000家", "qualifier": "近"}, False),  # 900 to 1000
        ({"value": 900.0}, False),
        ({"value": 450.0, "text": "450家", "doc": "b.txt"}, False),  # of another document: a conflict, not a slip
        ({"value": 450.0, "text": "450家", "entity": "太仓市"}, False),
        ({"value": 450.0, "text": "450家", "year": 2021}, False),
        ({"value": 450.0, "text": "450家", "kind": "increase"}, False),
        ({"value": 450.0, "text": "450家", "period": "2022年上半年"}, False),
    ],
)
def test_two_values_of_one_thing_in_one_document(other: dict[str, Any], caught: bool) -> None:
    assert rules(fact(), fact(start=20, end=24, **other)) == (["differs", "differs"] if caught else [])


def test_the_reason_names_the_other_value_and_its_place() -> None:
    found = check_facts([fact(), fact(value=450.0, text="450家", start=20, end=24)], VOCABULARY)
    assert found[0].reason == "同一文档里另有不同的数值 450家（第3行）"
    assert suspicion_json(found[0])["rule"] == "differs"
    assert suspicion_json(found[0])["text"] == "900家"
