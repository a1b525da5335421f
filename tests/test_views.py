"""Records as JSON: the keys that scripts depend on, and places in words."""

from __future__ import annotations

import json

import pytest

from ragpark.index.catalog import DocumentRow
from ragpark.index.progress import BuildReport
from ragpark.records import Answer, AnsweredFigure, Chunk, Citation, Document, Fact, Hit
from ragpark.views import answer_json, build_json, catalog_json, facts_json, figure_label, place_text, search_json

TEXT = "概况\n占比为4.5%。"
DOC = Document(
    "a.txt", "年鉴", "2021-01-01", None, TEXT, (), ((0, 3), (3, 12)), "lines", "txt", "0" * 64, also=("b.txt",)
)
CHUNK = Chunk("c1", "a.txt", "年鉴", "2021-01-01", ("概况",), 0, 3, 12, TEXT[3:12])


def test_search_object() -> None:
    hits = [Hit(CHUNK, 0.123456789, 1, {"lexical": 1.0, "dense": 0.5})]
    assert search_json("占比", hits, {"a.txt": DOC}) == {
        "question": "占比",
        "hits": [
            {
                "rank": 1,
                "score": 0.123457,
                "doc": "a.txt",
                "title": "年鉴",
                "date": "2021-01-01",
                "headings": ["概况"],
                "text": "占比为4.5%。",
                "start": 3,
                "end": 12,
                "locator": {"lines": [12, 12]},
                "also": ["b.txt"],
                "legs": {"dense": 0.5, "lexical": 1.0},
            }
        ],
    }


def test_answer_object() -> None:
    quote = Citation(1, "a.txt", "年鉴", None, ("概况",), "占比为4.5%。", 3, 12, {"page": 3}, ("b.txt",), ((3, 7),))
    figure = AnsweredFigure("4.5%", 4.5, "%", "碧湖园区", "研发占比", "2020年", 2020, "level", 1)
    answer = Answer("占比", "4.5%", False, "", (quote,), 0.9, {"total": 12.3456}, figures=(figure,))
    assert answer_json(answer) == {
        "question": "占比",
        "answer": "4.5%",
        "refused": False,
        "reason": "",
        "citations": [
            {
                "n": 1,
                "doc": "a.txt",
                "title": "年鉴",
                "date": None,
                "headings": ["概况"],
                "quote": "占比为4.5%。",
                "start": 3,
                "end": 12,
                "locator": {"page": 3},
                "also": ["b.txt"],
                "marks": [[3, 7]],
            }
        ],
        "confidence": 0.9,
        "score": 0.9,
        "figures": [
            {
                "text": "4.5%",
                "value": 4.5,
                "unit": "%",
                "entity": "碧湖园区",
                "indicator": "研发占比",
                "period": "2020年",
                "year": 2020,
                "kind": "level",
                "n": 1,
            }
        ],
        "timings_ms": {"total": 12.35},
    }


@pytest.mark.parametrize(
    ("entity", "indicator", "period", "kind", "label"),
    [
        ("碧湖园区", "研发占比", "2020年", "level", "碧湖园区 · 2020年 · 研发占比"),
        ("碧湖园区", "用水量", "2020年", "growth", "碧湖园区 · 2020年 · 用水量 · 增速"),
        ("碧湖园区", "用水量增速", "2020年", "growth", "碧湖园区 · 2020年 · 用水量增速"),  # said once
        ("", "用水量", "", "target", "用水量 · 目标"),
        ("", "", "", "level", ""),
    ],
)
def test_a_figure_is_labelled_with_what_is_known_of_it(
    entity: str, indicator: str, period: str, kind: str, label: str
) -> None:
    assert figure_label(AnsweredFigure("4.5%", 4.5, "%", entity, indicator, period, None, kind, 1)) == label


@pytest.mark.parametrize(
    ("value", "written"),
    [(2800.0, "2800"), (2289000000.0, "2289000000"), (5.16, "5.16"), (22.89 * 1e8, "2289000000"), (0.1 + 0.2, "0.3")],
)
def test_fact_object_has_plain_numbers(value: float, written: str) -> None:
    place = {"lines": [12, 12]}
    fact = Fact(
        "企业", "园区", None, "", value, "家", "近2800家", "近", "level", "a.txt", None, "近2800家", 3, 9, place
    )
    (shown,) = facts_json([fact])["facts"]  # type: ignore[misc]
    assert json.dumps(shown["value"]) == written
    names = "indicator standard entity year period period_kind value unit text qualifier kind doc date quote start end"
    assert list(shown) == [*names.split(), "locator", "year_from"]


def test_build_object() -> None:
    report = BuildReport(5, 40, 90, 120, 1, 2, 3, 4, (("坏.pdf", "不是 PDF"),), 17, 1.23456, "gen-2")
    assert build_json(report) == {
        "documents": 5,
        "sections": 40,
        "chunks": 90,
        "facts": 120,
        "added": 1,
        "changed": 2,
        "removed": 3,
        "unchanged": 4,
        "encoded": 17,
        "failed": [{"path": "坏.pdf", "error": "不是 PDF"}],
        "seconds": 1.235,
        "generation": "gen-2",
    }


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ({"lines": [12, 14]}, "第12–14行"),
        ({"lines": [12, 12]}, "第12行"),
        ({"page": 3}, "第3页"),
        ({"pages": [3, 4]}, "第3–4页"),
        ({"paragraphs": [2, 2]}, "第2段"),
        ({"rows": [5, 9]}, "第5–9行"),
        ({}, ""),
        ({"cells": "B2"}, ""),
    ],
)
def test_place_in_words(locator: dict[str, object], text: str) -> None:
    assert place_text(locator) == text


def test_catalog_object() -> None:
    left_out = (("页眉", 2), ("署名", 1))
    row = DocumentRow(
        "a.txt", "changed", "年鉴", "2021", "局", "青溪县", "txt", 12, 1, 1, 1, left_out, ("缺页",), ("b.txt",)
    )
    assert catalog_json([row]) == {
        "documents": [
            {
                "doc": "a.txt",
                "state": "changed",
                "title": "年鉴",
                "date": "2021",
                "source": "局",
                "subject": "青溪县",
                "format": "txt",
                "chars": 12,
                "sections": 1,
                "chunks": 1,
                "facts": 1,
                "problems": ["缺页"],
                "also": ["b.txt"],
                "error": "",
                "removed": [{"reason": "页眉", "count": 2}, {"reason": "署名", "count": 1}],
            }
        ]
    }
