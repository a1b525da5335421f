"""Reports as HTML: values, excerpts, moves; all of it escaped."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from ragpark.evaluate.compare_runs import MeasureChange
from ragpark.evaluate.saved import SavedEvidence, SavedKind, SavedMissed, SavedQuestion, SavedRun
from ragpark.ui.evaluate_markup import excerpt, failure_block, figures_block, kinds_table, value_text

EMPTY = SavedRun(0, 0, 0, {}, {}, {}, {}, {}, {}, (), "g", ())


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "share", "–"),
        (0.9333, "share", "93.3%"),
        (1.0, "share", "100.0%"),
        (0.9583, "score", "0.958"),
        (41.26, "ms", "41 毫秒"),
        (12_340.0, "ms", "12.3 秒"),
    ],
)
def test_values(value: float | None, form: str, text: str) -> None:
    assert value_text(value, form) == text


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("answer.accuracy", 0.9, 0.95, 'rp-better">比上次高 5.0 个百分点'),
        ("answer.accuracy", 0.95, 0.9, 'rp-worse">比上次低 5.0 个百分点'),
        ("answer.accuracy", 0.9, 0.9, 'rp-moved">与上次相同'),
        ("latency_ms.p50", 40.0, 55.0, 'rp-moved">比上次高 15 毫秒'),
    ],
)
def test_a_figure_says_how_it_moved(name: str, before: float, after: float, told: str) -> None:
    assert told in figures_block(EMPTY, {name: MeasureChange(before, after)})
    assert "上次" not in figures_block(EMPTY, {name: MeasureChange(None, after)})


def test_an_excerpt_keeps_its_marks_on_the_same_words() -> None:
    text = "前" * 300 + "依据" + "后" * 300
    short, marks = excerpt(text, [(300, 302)], 100)
    assert len(short) == 102 and short.startswith("…前") and short.endswith("后…")
    assert [short[a:b] for a, b in marks] == ["依据"]
    assert excerpt("依据", [(0, 2)], 100) == ("依据", [(0, 2)])
    assert excerpt("甲" * 200, [], 100) == ("甲" * 100 + "…", [])
    # The evidence at the end: the excerpt ends with the text.
    short, marks = excerpt("前" * 300 + "依据", [(300, 302)], 100)
    assert short.endswith("依据") and [short[a:b] for a, b in marks] == ["依据"]


def _failed(*missed: SavedMissed, evidence: tuple[SavedEvidence, ...] = ()) -> str:
    return failure_block(
        SavedQuestion(
            "q", "<k>", "<b>", True, (("<i>",),), "<u>", False, "", "wrong", "wrong value", missed, (), evidence
        )
    )


def test_a_passage_with_two_pieces_of_evidence_is_shown_once() -> None:
    html = _failed(SavedMissed("a", ("h",), "甲乙丙", 3, ((0, 1),)), SavedMissed("a", ("h",), "甲乙丙", 3, ((2, 3),)))
    assert html.count("应找到的段落：a › h（检索排在第 3 位）") == 1
    assert html.count("<mark") == 2


def test_a_document_as_evidence_and_one_that_is_missing() -> None:
    assert "应找到的文档：a（整篇都算依据，不在检索到的前 10 个段落中）" in _failed(SavedMissed("a", (), "甲", None))
    assert "标准依据（索引里找不到）：b.txt" in _failed(evidence=(SavedEvidence("b.txt", "<q>"),))


def test_every_word_is_escaped() -> None:
    html = _failed(SavedMissed("<d>", ("<h>",), "<t>", 1, ((0, 1),)), evidence=(SavedEvidence("<e>", "<q>"),))
    assert not [tag for tag in ("<k>", "<b>", "<i>", "<u>", "<d>", "<h>", "<t>", "<e>", "<q>") if tag in html]


def test_the_measures_of_answers_have_their_figures_and_columns() -> None:
    answer: dict[str, float | None] = {"accuracy": 0.9, "precision": 0.95, "em": 0.6, "f1": 0.7712}
    run = replace(EMPTY, answer=answer, confidence={"auc": 0.955})
    html = figures_block(run, {"answer.f1": MeasureChange(0.7612, 0.7712)})
    cells = {cell.split("<")[0]: cell for cell in html.split("<dt>")[1:]}
    shown = {title: cells[title].split('rp-figure-value">')[1].split("<")[0] for title in cells}
    titles = ("答案正确率", "作答准确率", "一字不差率", "字面重合度", "把握区分度")
    assert [shown[title] for title in titles] == ["90.0%", "95.0%", "60.0%", "0.771", "0.955"]
    assert "比上次高 0.010" in cells["字面重合度"]
    table = kinds_table({"fact": SavedKind(1, 1, answer=answer)})
    assert "字面重合度" in table and "<td>0.771</td>" in table
    assert "<td>60.0%</td>" in table and "把握区分度" not in table


def test_a_report_of_before_a_measure_shows_a_dash_for_it() -> None:
    old = msgspec.json.decode(msgspec.json.encode(replace(EMPTY, answer={"accuracy": 0.9})), type=SavedRun)
    assert figures_block(old, {}).count('rp-figure-value">–<') == 14  # all 15 figures but the one
