"""Gold candidates: what is written for an answer marked right or wrong, and that nothing is doubled or lost."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from evaluate_fakes import answered, cite, document, refused

from ragpark.errors import GoldError
from ragpark.evaluate import append_gold, read_gold
from ragpark.evaluate.candidates import candidate_line, read_candidates, remove_candidate
from ragpark.evaluate.gold import Evidence
from ragpark.records import Answer

A = document("a.txt", "2020年占比为4.5%。企业1,840家。")
RIGHT = answered("占比？", "4.5%", cite(A, "2020年占比为4.5%。"))


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_right_answer_is_its_own_gold_and_can_be_evaluated(tmp_path: Path) -> None:
    path = tmp_path / "new" / "candidates.jsonl"
    append_gold(path, RIGHT, correct=True)
    (row,) = _rows(path)
    assert {key: row[key] for key in row if key != "id"} == {
        "kind": "indicator",
        "question": "占比？",
        "answers": [["4.5%"]],
        "evidence": [{"doc": "a.txt", "quote": "2020年占比为4.5%。"}],
        "answerable": True,
        "verdict": "对",
        "status": "待审",
    }
    (question,) = read_gold(path)
    assert (question.answers, question.evidence) == ((("4.5%",),), (Evidence("a.txt", "2020年占比为4.5%。"),))


def test_a_wrong_answer_waits_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    append_gold(path, refused("电话？"), correct=True)
    append_gold(path, RIGHT, correct=False)
    row = _rows(path)[1]
    assert (row["answers"], row["evidence"], row["answerable"]) == ([], [], True)
    assert (row["wrong"], row["verdict"]) == ("4.5%", "错")
    assert row["wrong_evidence"] == [{"doc": "a.txt", "quote": "2020年占比为4.5%。"}]
    with pytest.raises(GoldError, match="第 2 行：这道待审题还缺 answers、evidence；请填好"):
        read_gold(path)


def test_a_right_refusal_is_unanswerable_and_a_wrong_one_asks_for_its_answer() -> None:
    right = candidate_line(refused("电话？", "库中没有", cite(A, "企业1,840家。")), correct=True)
    assert (right["answerable"], right["answers"], right["evidence"]) == (False, [], [])
    wrong = candidate_line(refused("电话？", "库中没有"), correct=False)
    assert (wrong["answerable"], wrong["answers"], wrong["wrong"]) == (True, [], "库中没有")


def test_a_question_is_updated_not_doubled(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    append_gold(path, RIGHT, correct=True)
    append_gold(path, answered("企业？", "1840家", cite(A, "企业1,840家。")), correct=True)
    append_gold(path, answered(" 占 比?", "5%", cite(A, "2020年占比为4.5%。")), correct=False)
    rows = _rows(path)
    assert [(row["question"], row["verdict"]) for row in rows] == [(" 占 比?", "错"), ("企业？", "对")]
    assert len({row["id"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"status": "已审"}, True),
        ({"answers": [["4.6%"]]}, True),  # filled in, the status forgotten
        ({"kind": "fact"}, False),
        ({}, False),
    ],
)
def test_what_a_person_has_reviewed_is_left_as_it_is(tmp_path: Path, change: dict[str, object], kept: bool) -> None:
    path = tmp_path / "c.jsonl"
    append_gold(path, RIGHT, correct=False)
    row = _rows(path)[0] | change
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    append_gold(path, RIGHT, correct=True)
    assert (_rows(path) == [row]) is kept


def test_a_line_broken_by_hand_is_told_and_never_lost(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": \n\n[1]', encoding="utf-8")
    append_gold(path, RIGHT, correct=True)
    assert path.read_text(encoding="utf-8").startswith('{"id": \n\n[1]\n{"id": "c-')
    found, problems = read_candidates(path)
    assert [candidate.question for candidate in found] == ["占比？"]
    assert problems == (
        "c.jsonl 第 1 行不是一道题；请改正或删去这一行",
        "c.jsonl 第 3 行不是一道题；请改正或删去这一行",
    )


def test_candidates_are_listed_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    assert read_candidates(path) == ((), ())
    remove_candidate(path, "c-1")
    assert not path.exists()
    append_gold(path, RIGHT, correct=False)
    append_gold(path, refused("电话？"), correct=True)
    first, second = read_candidates(path)[0]
    assert (first.answer, first.refused, first.docs, first.lacking) == (
        "4.5%",
        False,
        ("a.txt",),
        ("answers", "evidence"),
    )
    assert (second.answer, second.refused, second.lacking) == ("", True, ())
    remove_candidate(path, first.candidate_id)
    assert read_candidates(path)[0] == (second,)


@pytest.mark.parametrize(
    ("answer", "correct", "kind"),
    [
        (answered("占比？", "4.5%"), True, "indicator"),
        (answered("占比？", "近2800家"), True, "indicator"),
        (answered("何时签署？", "2020年6月24日"), True, "fact"),
        (answered("在哪里？", "东湖区"), True, "fact"),
        (answered("历年占比？", "2020年4.5%，2023年5.16%"), True, "series"),
        (answered("有哪些平台？", "甲、乙"), True, "list"),
        (refused("电话？"), True, "unanswerable"),
        (refused("企业有多少家？"), False, "indicator"),
        (refused("谁是主任？"), False, "fact"),
    ],
)
def test_the_kind_is_guessed(answer: Answer, correct: bool, kind: str) -> None:
    assert candidate_line(answer, correct=correct)["kind"] == kind


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    with ThreadPoolExecutor(8) as pool:
        answers = [answered(f"第{n}题？", f"{n}家") for n in range(40)]
        list(pool.map(lambda answer: append_gold(path, answer, correct=True), answers))
    assert sorted(row["question"] for row in _rows(path)) == sorted(answer.question for answer in answers)  # type: ignore[type-var]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GoldError, match="无法写入"):
        append_gold(tmp_path / "file" / "c.jsonl", RIGHT, correct=True)
