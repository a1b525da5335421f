"""Measuring facts against a gold: what counts as right, missing and beyond."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ragpark.errors import GoldError
from ragpark.evaluate.facts import fact_report_json, measure_facts, read_fact_gold
from ragpark.records import Document, Fact

#        0123456789012345678901234567890
TEXT = "高企2800家，上市12家，\n2家上市，第3届大会，约5项。"


def document() -> Document:
    line2 = TEXT.index("\n") + 1
    return Document("a.txt", "标题", None, None, TEXT, (), ((0, 1), (line2, 2)), "lines", "txt", "0")


def fact(text: str, nth: int = 1, **given: Any) -> Fact:
    start = -1
    for _ in range(nth):
        start = TEXT.index(text, start + 1)
    base: dict[str, Any] = {
        "indicator": "高新技术企业数",
        "entity": "昆山市",
        "year": 2022,
        "period": "",
        "value": 2800.0,
        "unit": "家",
        "text": text,
        "qualifier": "",
        "kind": "level",
        "doc": "a.txt",
        "date": None,
        "quote": "",
        "start": start,
        "end": start + len(text),
        "locator": {},
    }
    return Fact(**(base | given))


GOLD: list[dict[str, Any]] = [
    {"stretch": "A", "doc": "a.txt", "lines": [1, 2], "half": "write"},
    {
        "id": "A-1",
        "in": "A",
        "text": "2800家",
        "indicator": ["高新技术企业数", "*高企"],
        "entity": ["昆山市"],
        "year": [2022, None],
        "value": 2800,
        "unit": ["家"],
        "kind": ["level"],
    },
    {
        "id": "A-2",
        "in": "A",
        "text": "2家",
        "indicator": ["*上市"],
        "entity": ["昆山市"],
        "year": [2022],
        "value": 2,
        "unit": ["家"],
        "kind": ["increase"],
    },
    {"in": "A", "text": "第3届", "fact": False, "why": "ordinal"},
    {"in": "A", "text": "约5项", "fact": None, "why": "debatable"},
]


def measured(tmp_path: Path, *facts: Fact) -> dict[str, Any]:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in GOLD), encoding="utf-8")
    report = measure_facts(read_fact_gold(path), {"a.txt": document()}, facts)
    summary: Any = fact_report_json(report)["write"]
    return dict(summary)


RIGHT = fact("2800家")
SECOND = fact("2家", nth=2, value=2.0, indicator="境内外上市", kind="increase")  # the first `2家` is that of 12家


def test_all_right(tmp_path: Path) -> None:
    found = measured(tmp_path, RIGHT, SECOND)
    assert (found["precision"], found["recall"], found["right"]) == (1.0, 1.0, 2)


def test_missing_and_beyond(tmp_path: Path) -> None:
    found = measured(tmp_path, RIGHT, fact("3届", value=3.0))
    assert (found["gold"], found["found"], found["right"], found["missing"], found["extra"]) == (2, 2, 1, 1, 1)
    assert (found["precision"], found["recall"]) == (0.5, 0.5)


def test_a_debatable_figure_counts_neither_way(tmp_path: Path) -> None:
    assert measured(tmp_path, RIGHT, SECOND, fact("5项", value=5.0)) == measured(tmp_path, RIGHT, SECOND)


@pytest.mark.parametrize(
    ("given", "attribute"),
    [
        ({"value": 28.0}, "value"),
        ({"unit": "件"}, "unit"),
        ({"year": 2021}, "year"),
        ({"entity": "太仓市"}, "entity"),
        ({"indicator": "上市企业数"}, "indicator"),
        ({"indicator": "一个从句子里切下来而长得不像名字的含有高企的一长串文字"}, "indicator"),
        ({"kind": "target"}, "kind"),
    ],
)
def test_each_attribute_is_needed(tmp_path: Path, given: dict[str, Any], attribute: str) -> None:
    found = measured(tmp_path, replace(RIGHT, **given), SECOND)
    assert (found["right"], found["wrong"][attribute]) == (1, 1)


@pytest.mark.parametrize("given", [{"year": None}, {"indicator": "国家高企"}, {"period": "截至2022年底"}])
def test_accepted_alternatives(tmp_path: Path, given: dict[str, Any]) -> None:
    assert measured(tmp_path, replace(RIGHT, **given), SECOND)["right"] == 2


def test_a_wrong_qualifier_is_counted_but_spoils_nothing(tmp_path: Path) -> None:
    found = measured(tmp_path, replace(RIGHT, qualifier="近"), SECOND)
    assert (found["right"], found["wrong"]["qualifier"]) == (2, 1)


def test_a_figure_that_does_not_stand_there_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [GOLD[0], GOLD[1] | {"text": "9999家"}, {"stretch": "B", "doc": "none.txt", "lines": [1, 1]}]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    problems = measure_facts(read_fact_gold(path), {"a.txt": document()}, []).problems
    assert problems == ("A-1: “9999家” does not stand in A", "none.txt: no such document")


@pytest.mark.parametrize(
    "line",
    ["{", '{"id": "1", "in": "A", "text": "2家"}', '{"stretch": "A"}', '{"in": "Z", "text": "2家", "fact": false}'],
)
def test_a_bad_line_is_an_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError):
        read_fact_gold(path)
