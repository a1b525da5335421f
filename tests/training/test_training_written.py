"""Written pages as questions: where the answer stands, with and without the line above the text, and what is held out."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from questions import Question
from train import drawn
from written import HELD_OUT, questions_of, read_written

PAGE: dict[str, Any] = {
    "title": "松林镇停水通知",
    "headings": ["时间"],
    "date": "2022-05-06",
    "text": "5月8日停水，5月9日恢复。咨询电话：555-0101。",
    "questions": [
        {"q": "哪天来水", "a": "5月9日", "kind": "when"},
        {"q": "停到几号", "a": "日", "kind": "when", "before": "月9"},
        {"q": "谁负责抢修", "a": None, "kind": "none"},
    ],
}


def questions(page: dict[str, Any], seed: int = 0) -> list[Question]:
    return list(questions_of(page, "page:1", random.Random(seed)))


def test_the_answer_is_where_it_stands_under_the_line_of_a_chunk_or_without_it() -> None:
    passages = set()
    for seed in range(20):
        when, until, who = questions(PAGE, seed)
        assert (when.answer, until.answer, who.answer) == ("5月9日", "日", "")
        assert until.passage[: until.start].endswith("5月9")
        assert (who.kind, when.kind) == ("written/absent", "written/when")
        passages.add(when.passage)
    assert passages == {PAGE["text"], "松林镇停水通知 › 时间（2022-05-06）\n" + PAGE["text"]}


def test_an_answer_that_stands_twice_is_an_error() -> None:
    page = PAGE | {"questions": [{"q": "哪天", "a": "5月", "kind": "when"}]}
    with pytest.raises(ValueError, match="does not stand in the text once"):
        questions(page)


def test_every_so_many_pages_one_is_held_out(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    lines = [json.dumps(PAGE | {"title": f"第{n}页"}, ensure_ascii=False) for n in range(1, 2 * HELD_OUT + 1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    trained = {q.source for q in read_written([path], random.Random(0))}
    held = {q.source for q in read_written([path], random.Random(0), held_out=True)}
    assert held == {f"pages:{HELD_OUT}", f"pages:{2 * HELD_OUT}"}
    assert len(trained) == 2 * HELD_OUT - 2 and not trained & held


def test_questions_are_drawn_all_once_before_any_twice() -> None:
    some = [Question("k", "s", str(n), "p") for n in range(3)]
    found = drawn(some, 7, random.Random(1))
    assert sorted(q.question for q in found[:3]) == ["0", "1", "2"]
    assert len(found) == 7 and drawn([], 5, random.Random(1)) == []
