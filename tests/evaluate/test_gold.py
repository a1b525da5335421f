"""Gold files: what is read, and what is refused with its line number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ragpark.errors import GoldError
from ragpark.evaluate.gold import Evidence, GoldQuestion, find_gold, read_gold

GOOD = {
    "id": "q1",
    "kind": "indicator",
    "question": "占比是多少？",
    "answers": [["4.5%", "百分之四点五"]],
    "evidence": [{"doc": "a.txt", "quote": "占比4.5%"}, {"doc": "b.txt"}],
    "answerable": True,
}
NONE = {"id": "q2", "kind": "unanswerable", "question": "电话？", "answers": [], "evidence": [], "answerable": False}


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_reads_records_skipping_blank_lines_and_byte_order_mark(tmp_path: Path) -> None:
    path = _write(tmp_path, "\ufeff" + json.dumps(GOOD), "", "  ", json.dumps(NONE) + "\r", "")
    first, second = read_gold(path)
    evidence = (Evidence("a.txt", "占比4.5%"), Evidence("b.txt"))
    assert first == GoldQuestion("q1", "indicator", "占比是多少？", (("4.5%", "百分之四点五"),), evidence, True)
    assert second == GoldQuestion("q2", "unanswerable", "电话？", (), (), False)


def test_unanswerable_needs_neither_answers_nor_evidence_and_more_fields_do_no_harm(tmp_path: Path) -> None:
    raw = {"id": "q", "kind": "k", "question": "？？", "answerable": False, "note": "x"}
    assert read_gold(_write(tmp_path, json.dumps(raw)))[0].answers == ()


def test_an_empty_question_stays_in_the_set(tmp_path: Path) -> None:
    assert read_gold(_write(tmp_path, json.dumps(GOOD | {"question": ""})))[0].question == ""


def test_line_separator_inside_a_string_is_no_line_end(tmp_path: Path) -> None:
    raw = json.dumps(GOOD | {"question": "甲\u2028乙？"}, ensure_ascii=False)
    assert len(read_gold(_write(tmp_path, raw))) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ("[1]", "JSON 对象"),
        (json.dumps({**GOOD, "id": 7}), "id"),
        (json.dumps({**GOOD, "id": " "}), "id"),
        (json.dumps({**GOOD, "question": None}), "question"),
        (json.dumps({**GOOD, "answerable": "yes"}), "answerable"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "answerable"}), "answerable"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "kind"}), "kind"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "question"}), "question"),
        (json.dumps({**GOOD, "answers": ["4.5%"]}), "answers"),
        (json.dumps({**GOOD, "answers": [[]]}), "answers"),
        (json.dumps({**GOOD, "answers": [["", "x"]]}), "answers"),
        (json.dumps({**GOOD, "answers": "4.5%"}), "answers"),
        (json.dumps({**GOOD, "answers": []}), "answers"),
        (json.dumps({k: v for k, v in GOOD.items() if k != "answers"}), "answers"),
        (json.dumps({**GOOD, "evidence": []}), "evidence"),
        (json.dumps({**GOOD, "evidence": ["a.txt"]}), "evidence"),
        (json.dumps({**GOOD, "evidence": [{"quote": "x"}]}), "doc"),
        (json.dumps({**GOOD, "evidence": [{"doc": "a.txt", "quote": ""}]}), "quote"),
        (json.dumps({**GOOD, "evidence": [{"doc": "a.txt", "quote": 5}]}), "quote"),
        (json.dumps({**GOOD, "id": "q2"}), "第 1 行重复"),
    ],
)
def test_bad_line_is_named_by_file_and_number(tmp_path: Path, line: str, reason: str) -> None:
    path = _write(tmp_path, json.dumps(NONE), "", line)
    with pytest.raises(GoldError) as error:
        read_gold(path)
    assert f"{path} 第 3 行" in str(error.value)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_empty_and_wrongly_encoded_files(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="找不到"):
        read_gold(tmp_path / "none.jsonl")
    with pytest.raises(GoldError, match="没有题目"):
        read_gold(_write(tmp_path, "", " "))
    path = tmp_path / "gbk.jsonl"
    path.write_bytes(json.dumps(NONE).encode() + b"\n" + "占比".encode("gb18030"))
    with pytest.raises(GoldError, match="第 2 行：不是 UTF-8"):
        read_gold(path)


def test_gold_files_of_a_folder_and_its_test_data_the_candidates_last(tmp_path: Path) -> None:
    data = tmp_path / "tests" / "data"
    data.mkdir(parents=True)
    names = ("gold_b.jsonl", "gold_candidates.jsonl", "other.jsonl", "tests/data/gold_a.jsonl", "gold.txt")
    for name in names:
        (tmp_path / name).write_text("")
    (tmp_path / "gold_folder.jsonl").mkdir()
    found = find_gold(tmp_path, tmp_path / "gold_candidates.jsonl")
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "gold_b.jsonl",
        "tests/data/gold_a.jsonl",
        "gold_candidates.jsonl",
    ]
    assert find_gold(tmp_path / "none", tmp_path / "none.jsonl") == ()
