"""Read a gold file (JSON Lines) into frozen records; a line that cannot be used is named by its number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragpark.errors import GoldError

PENDING = "待审"  # the `status` of a line that candidates.py wrote and nobody has looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: a verbatim quote of the original file, or the whole document when `quote` is None."""

    doc: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One judged question. `answers` holds the required parts, each a tuple of accepted alternatives."""

    question_id: str
    kind: str
    question: str
    answers: tuple[tuple[str, ...], ...]
    evidence: tuple[Evidence, ...]
    answerable: bool


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """Return the questions of the file in its order; blank lines and a byte order mark are skipped.

    Raises GoldError, naming file and line, for a file that is missing, not UTF-8 or empty, bad JSON, a missing
    field or one of the wrong type, an id used twice, and an answerable question without answers or evidence.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise GoldError(f"找不到评测文件：{path}；请检查路径") from error
    return parse_gold(data, str(path))


def parse_gold(data: bytes, name: str) -> tuple[GoldQuestion, ...]:
    """Return the questions of a gold file's bytes; `name` stands for the file in messages. Raises as read_gold."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = data[: error.start].count(b"\n") + 1
        raise GoldError(f"{name} 第 {bad} 行：不是 UTF-8 编码；请另存为 UTF-8 后再试") from error
    questions: list[GoldQuestion] = []
    seen: dict[str, int] = {}
    # Not splitlines(): U+2028 and the like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
        except json.JSONDecodeError as error:
            raise GoldError(f"{name} 第 {number} 行：不是合法的 JSON（第 {error.colno} 个字符处）") from error
        except _BadLineError as error:
            raise GoldError(f"{name} 第 {number} 行：{error}") from error
        if (first := seen.setdefault(question.question_id, number)) != number:
            raise GoldError(f"{name} 第 {number} 行：id“{question.question_id}”与第 {first} 行重复；请改成不同的 id")
        questions.append(question)
    if not questions:
        raise GoldError(f"{name} 里没有题目；请每行写一个 JSON 对象")
    return tuple(questions)


def find_gold(folder: Path, candidates: Path) -> tuple[Path, ...]:
    """Return the gold files of a folder and its `tests/data` (`gold*.jsonl`), by name, and the candidates file last."""
    found = {
        path.resolve(): path for place in (folder, folder / "tests" / "data") for path in place.glob("gold*.jsonl")
    }
    found.pop(candidates.resolve(), None)
    return (*sorted(path for path in found.values() if path.is_file()), *([candidates] if candidates.is_file() else ()))


class _BadLineError(ValueError):
    """What is wrong with one line; read_gold adds the file and the line."""


def _question(raw: Any) -> GoldQuestion:
    if not isinstance(raw, dict):
        raise _BadLineError("应是一个 JSON 对象（{…}）")
    answerable = _field(raw, "answerable", bool, "true 或 false")
    question_id, kind = _text(raw, "id"), _text(raw, "kind")
    # An empty question stays in: published sets hold some, and leaving them out would flatter the measures.
    question = _field(raw, "question", str, "文字")
    answers = tuple(_part(part) for part in _list(raw, "answers", required=answerable))
    evidence = tuple(_evidence(item) for item in _list(raw, "evidence", required=answerable))
    if answerable and raw.get("status") == PENDING and not (answers and evidence):
        lacking = "、".join(key for key, items in (("answers", answers), ("evidence", evidence)) if not items)
        raise _BadLineError(f"这道待审题还缺 {lacking}；请填好，或把 answerable 改为 false，或删去这一行")
    if answerable and not answers:
        raise _BadLineError("可回答的题目缺少 answers；请至少写一个答案")
    if answerable and not evidence:
        raise _BadLineError("可回答的题目缺少 evidence；请至少写一处依据")
    return GoldQuestion(question_id, kind, question, answers, evidence, answerable)


def _field(raw: dict[str, Any], key: str, kind: type, wanted: str) -> Any:
    if key not in raw:
        raise _BadLineError(f"缺少字段“{key}”")
    if not isinstance(raw[key], kind):
        raise _BadLineError(f"字段“{key}”应为{wanted}，现在是 {json.dumps(raw[key], ensure_ascii=False)[:40]}")
    return raw[key]


def _text(raw: dict[str, Any], key: str) -> str:
    value: str = _field(raw, key, str, "文字")
    if not value.strip():
        raise _BadLineError(f"字段“{key}”是空的")
    return value


def _list(raw: dict[str, Any], key: str, *, required: bool) -> list[Any]:
    if key not in raw and not required:
        return []
    value: list[Any] = _field(raw, key, list, "列表")
    return value


def _part(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(item, str) and item.strip() for item in raw):
        raise _BadLineError('answers 的每一部分应是非空文字的列表，例如 [["5.16%"]]')
    return tuple(raw)


def _evidence(raw: Any) -> Evidence:
    if not isinstance(raw, dict):
        raise _BadLineError('evidence 的每一项应是对象，例如 {"doc": "a.txt", "quote": "原文"}')
    quote = raw.get("quote")
    if quote is not None and (not isinstance(quote, str) or not quote.strip()):
        raise _BadLineError("evidence 的 quote 应是非空文字；要以整篇文档为依据，请去掉 quote")
    return Evidence(_text(raw, "doc"), quote)
