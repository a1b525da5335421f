"""Measuring facts against a gold: what counts as right, missing and beyond."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ragpark.errors import GoldError
from ragpark.evaluate.fact_gold import read_fact_gold
from ragpark.evaluate.facts import fact_report_json, measure_facts
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


def test_value_and_unit_count_apart_from_what_else_is_wrong(tmp_path: Path) -> None:
    # Gold 2. Found 3: 2800家 right but for the year; 2家 with another value; 3届 beyond the gold.
    found = measured(tmp_path, replace(RIGHT, year=2021), replace(SECOND, value=20.0), fact("3届", value=3.0))
    assert found["value"] == {"found": 1, "recall": 0.5, "precision": 0.3333}  # 1 of 2, 1 of 3
    assert found["of_found"] == {"year": 0.0, "subject": 1.0, "indicator": 1.0, "kind": 1.0}  # of the one found
    assert (found["all_right"], found["recall"], found["right"]) == (0.0, 0.0, 0)


def test_of_the_found_each_attribute_has_its_share(tmp_path: Path) -> None:
    found = measured(tmp_path, replace(RIGHT, kind="target", entity=""), replace(SECOND, indicator="家数"))
    assert found["value"] == {"found": 2, "recall": 1.0, "precision": 1.0}
    # year 2 of 2; subject 1 (2800家 has none); indicator 1 (家数 does not hold 上市); kind 1
    assert found["of_found"] == {"year": 1.0, "subject": 0.5, "indicator": 0.5, "kind": 0.5}
    assert measured(tmp_path)["of_found"] == {"year": None, "subject": None, "indicator": None, "kind": None}


def test_of_two_facts_at_one_figure_the_one_with_its_value_counts(tmp_path: Path) -> None:
    # 28 differs in the value alone; 2800 with year, kind and subject wrong is still the value that was marked
    far = replace(RIGHT, year=2020, kind="growth", entity="太仓市")
    found = measured(tmp_path, replace(RIGHT, value=28.0), far, SECOND)
    assert found["value"] == {"found": 2, "recall": 1.0, "precision": 0.6667}  # three were found
    assert found["of_found"]["year"] == 0.5


def documents_measured(tmp_path: Path, *lines: dict[str, Any], **given: Any) -> Any:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return measure_facts(read_fact_gold(path), {"a.txt": replace(document(), **given)}, [])


OF_DOCUMENT = {
    "document": "a.txt",
    "title": ["标题", "副标题"],
    "date": ["2022-01-14", None],
    "subject": ["昆山市", "昆山"],
}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"subject": "昆山市"}, ()),
        ({"subject": "崑山市", "date": "2022-01-14"}, ()),  # traditional characters are the same
        ({"subject": "昆山", "title": "副 标题"}, ()),  # spaces do not count
        ({"subject": "昆山", "date": "2022-01"}, ("date",)),  # as exact as marked
        ({}, ("subject",)),
        ({"subject": "江苏省", "title": "目录", "date": "2021"}, ("title", "date", "subject")),
    ],
)
def test_title_date_and_subject_of_a_document(tmp_path: Path, given: dict[str, Any], wrong: tuple[str, ...]) -> None:
    (verdict,) = documents_measured(tmp_path, OF_DOCUMENT, **given).documents
    assert verdict.wrong == wrong


def test_shares_over_documents(tmp_path: Path) -> None:
    lines = [OF_DOCUMENT, {"document": "a.txt", "date": ["2020"]}, {"document": "none.txt", "title": ["无"]}]
    report = documents_measured(tmp_path, *lines, subject="昆山")
    found: Any = fact_report_json(report)["documents"]
    # the title and the subject are asked for once, and right; the date twice, and right where none is accepted
    assert found["title"] == found["subject"] == {"gold": 1, "right": 1, "share": 1.0}
    assert found["date"] == {"gold": 2, "right": 1, "share": 0.5}
    assert found["wrong"] == [{"doc": "a.txt", "what": "date", "read": None, "accepted": ["2020"]}]
    assert report.problems == ("none.txt: no such document",)


def test_without_documents_in_the_gold_there_is_no_measure_of_them(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD[0]), encoding="utf-8")
    assert "documents" not in fact_report_json(measure_facts(read_fact_gold(path), {"a.txt": document()}, []))


def test_a_figure_that_does_not_stand_there_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [GOLD[0], GOLD[1] | {"text": "9999家"}, {"stretch": "B", "doc": "none.txt", "lines": [1, 1]}]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    problems = measure_facts(read_fact_gold(path), {"a.txt": document()}, []).problems
    assert problems == ("A-1: “9999家” does not stand in A", "none.txt: no such document")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"id": "1", "in": "A", "text": "2家"}',
        '{"stretch": "A"}',
        '{"in": "Z", "text": "2家", "fact": false}',
        '{"document": "a.txt", "title": "不是列表"}',
        '{"document": "a.txt", "subject": []}',
        '{"document": "a.txt", "subject": [null]}',
    ],
)
def test_a_bad_line_is_an_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError):
        read_fact_gold(path)
