"""Two runs side by side, and runs kept in a folder; every case is a report written here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from evaluate_fakes import FakeEngine, FakeIndex, answered, chunk, cite, document, refused

from ragpark.errors import ReportError
from ragpark.evaluate import EvaluationReport, Evidence, GoldQuestion, compare_runs, comparison_json, evaluate
from ragpark.evaluate.compare_runs import MeasureChange
from ragpark.evaluate.history import KEPT, keep_run, run_paths
from ragpark.evaluate.report import report_json, write_report
from ragpark.evaluate.saved import SavedEvidence, SavedQuestion, SavedRun, read_run, saved_run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(name: str, verdict: str, answer: str = "甲", stage: str = "", **more: object) -> SavedQuestion:
    made = SavedQuestion(name, "fact", f"{name}？", True, (("甲",),), answer, verdict == "refused", "", verdict, stage)
    return replace(made, **more)  # type: ignore[arg-type]


def run(*rows: SavedQuestion, accuracy: float | None = None, generation: str = "gen-1") -> SavedRun:
    measures = {"accuracy": accuracy}
    return SavedRun(len(rows), len(rows), 0, {}, measures, {}, {}, {}, {}, (), generation, rows)


@pytest.mark.parametrize(
    ("before", "after", "group"),
    [
        (row("q", "wrong"), row("q", "correct"), "better"),
        (row("q", "refused"), row("q", "not cited"), "better"),
        (row("q", "wrong"), row("q", "refused"), "better"),  # a refusal misleads nobody
        (row("q", "answered"), row("q", "correct"), "better"),
        (row("q", "correct"), row("q", "not cited"), "worse"),
        (row("q", "correct"), row("q", "answered"), "worse"),
        (row("q", "refused"), row("q", "wrong"), "worse"),
        (row("q", "wrong", "乙"), row("q", "wrong", "丙"), "changed"),
        (row("q", "wrong", stage="not retrieved"), row("q", "wrong", stage="wrong value"), "changed"),
        (row("q", "wrong"), row("q", "correct", answers=(("乙",),)), "revised"),
        (row("q", "wrong"), row("q", "correct", answerable=False), "revised"),
        (row("q", "wrong", evidence=()), row("q", "wrong", evidence=(SavedEvidence("a.txt"),)), "revised"),
        (row("q", "wrong", evidence=None), row("q", "wrong", evidence=(SavedEvidence("a.txt"),)), ""),
        (row("q", "correct"), row("q", "correct"), ""),
        (row("q", "wrong", reason="甲"), row("q", "wrong", reason="乙"), ""),
    ],
)
def test_a_question_falls_into_one_group(before: SavedQuestion, after: SavedQuestion, group: str) -> None:
    comparison = compare_runs(run(before), run(after))
    names = ("better", "worse", "changed", "revised", "new", "gone")
    assert [name for name in names if getattr(comparison, name)] == ([group] if group else [])


def test_questions_new_or_gone_keep_their_order() -> None:
    reworded = row("b", "correct", question="改写过？")
    comparison = compare_runs(
        run(row("a", "correct"), row("b", "correct")), run(row("c", "correct"), reworded, row("a", "correct"))
    )
    assert [q.question for q in comparison.new] == ["c？", "改写过？"]
    assert [q.question for q in comparison.gone] == ["b？"]
    assert not comparison.same_questions


def test_measures_and_generations_of_both() -> None:
    q = row("q", "correct")
    comparison = compare_runs(run(q, accuracy=0.9), run(q, accuracy=0.9333, generation="gen-2"))
    assert comparison.measures == {"answer.accuracy": MeasureChange(0.9, 0.9333)}
    assert comparison.measures["answer.accuracy"].difference == 0.0333
    assert comparison.same_questions
    assert compare_runs(run(q), run(q, accuracy=1.0)).measures["answer.accuracy"].difference is None


def test_another_gold_set_is_told() -> None:
    with pytest.raises(ReportError, match="没有相同的题目"):
        compare_runs(run(row("a", "correct")), run(row("b", "correct")))


def test_a_verdict_of_another_version_is_told() -> None:
    with pytest.raises(ReportError, match="不认识的判定“fine”"):
        compare_runs(run(row("a", "fine")), run(row("a", "correct")))


def test_comparison_as_json() -> None:
    written = comparison_json(compare_runs(run(row("a", "wrong", "乙")), run(row("a", "correct"), row("b", "wrong"))))
    assert json.loads(json.dumps(written)) == {
        "generation": {"before": "gen-1", "after": "gen-1"},
        "measures": {"answer.accuracy": {"before": None, "after": None, "difference": None}},
        "better": [
            {
                "id": "a",
                "question": "a？",
                "before": {"answer": "乙", "refused": False, "verdict": "wrong", "stage": ""},
                "after": {"answer": "甲", "refused": False, "verdict": "correct", "stage": ""},
            }
        ],
        "worse": [],
        "changed": [],
        "revised": [],
        "new": [{"id": "b", "question": "b？"}],
        "gone": [],
    }


def _report() -> EvaluationReport:
    source = document("a.txt", "占比为4.5%。")
    part = chunk(source, 0, 0, len(source.text))
    said = {"占比": answered("占比", "4.6%", cite(source, source.text)), "电话": refused("电话")}
    engine = FakeEngine(FakeIndex({"a.txt": source}, (part,)), {"占比": [part]}, said)
    gold = (
        GoldQuestion("1", "indicator", "占比", (("4.5%",),), (Evidence("a.txt", "为4.5%"),), True),
        GoldQuestion("2", "unanswerable", "电话", (), (), False),
    )
    return evaluate(engine, gold)


def test_a_report_reads_back_as_it_was(tmp_path: Path) -> None:
    report = _report()
    path = tmp_path / "r.json"
    write_report(report, path)
    read = read_run(path)
    assert read == saved_run(report_json(report))
    (failed,) = read.failures
    assert (failed.id, failed.stage, failed.evidence) == ("1", "wrong value", (SavedEvidence("a.txt", "为4.5%"),))
    assert [failed.missed[0].text[a:b] for a, b in failed.missed[0].marks] == ["为4.5%"]
    assert (read.gold, read.made) == ("", "")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"questions": 3}', "\udc80"])
def test_what_is_no_report_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReportError, match="不是评测报告，或是旧版本写的"):
        read_run(path)
    with pytest.raises(ReportError, match="找不到"):
        read_run(tmp_path / "none.json")


def test_kept_runs_are_found_newest_first_by_the_name_of_their_gold_set(tmp_path: Path) -> None:
    report = _report()
    folder = tmp_path / "reports"
    assert run_paths(folder, "gold.jsonl") == []
    first = keep_run(folder, report, "gold.jsonl", "0" * 64, NOON)
    second = keep_run(folder, report, "gold.jsonl", "0" * 64, NOON + timedelta(seconds=1))
    other = keep_run(folder, report, "tests/gold.jsonl", "0" * 64, NOON)
    assert run_paths(folder, "gold.jsonl") == [second, first]
    assert run_paths(folder, "tests/gold.jsonl") == [other]
    kept = read_run(first)
    assert (kept.gold, kept.gold_sha256, kept.made) == ("gold.jsonl", "0" * 64, "2026-11-22T12:00:00+00:00")


def test_a_name_from_outside_cannot_leave_the_folder(tmp_path: Path) -> None:
    path = keep_run(tmp_path / "reports", _report(), "上传的文件：../../a b*?.jsonl", "", NOON)
    assert path.parent == tmp_path / "reports" and path.is_file()
    assert run_paths(tmp_path / "reports", "上传的文件：../../a b*?.jsonl") == [path]


def test_old_runs_are_deleted(tmp_path: Path) -> None:
    report = _report()
    paths = [keep_run(tmp_path, report, "g", "", NOON + timedelta(minutes=n)) for n in range(KEPT + 2)]
    assert run_paths(tmp_path, "g") == paths[:1:-1]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="无法把评测报告写入"):
        keep_run(tmp_path / "file", _report(), "g", "", NOON)
