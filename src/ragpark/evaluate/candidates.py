"""Answers that a user marked right or wrong, kept as gold candidates for review: one JSON line each, never doubled."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragpark.errors import GoldError
from ragpark.evaluate.compare import fold_quote
from ragpark.evaluate.gold import PENDING
from ragpark.records import Answer, Citation
from ragpark.zh.wording import rx

RIGHT, WRONG = "对", "错"
LOCK_TIMEOUT_S = 10.0  # a write takes milliseconds; whoever holds the lock longer is stuck

_TIME = re.compile(r"\d+[年月日号]")  # `2020年6月24日` is no figure
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万亿][余多]?[个家人项件元亩]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of the candidates file. `answer` is what was shown (empty for a refusal), right or wrong.

    `lacking` names the fields that a person must fill in before the line can be evaluated.
    """

    candidate_id: str
    kind: str
    question: str
    answer: str
    refused: bool
    verdict: str
    status: str
    docs: tuple[str, ...]
    lacking: tuple[str, ...]


def append_gold(path: Path, answer: Answer, *, correct: bool) -> None:
    """Write the answer as a candidate into the file (made if missing), in gold format plus `verdict` and `status`.

    A right answer becomes its own gold: the answer, its citations as evidence, or `answerable: false` for a
    refusal. A wrong one is kept as `wrong` with `wrong_evidence`, and `answers` and `evidence` stay empty for a
    person to fill in. The same question (folded) is updated, unless a person has reviewed its line (changed
    `status`, or filled in `answers`). Raises GoldError if the file cannot be written.
    """
    fresh = candidate_line(answer, correct=correct)

    def change(lines: list[str]) -> list[str]:
        for number, line in enumerate(lines):
            old = _parsed(line)
            if old is not None and _key(str(old.get("question", ""))) == _key(answer.question):
                if not _reviewed(old):
                    lines[number] = _dumped(fresh)
                return lines
        return [*lines, _dumped(fresh)]

    _rewrite(path, change)


def remove_candidate(path: Path, candidate_id: str) -> None:
    """Take the line with this id out of the file; nothing happens if it is not there. Raises GoldError."""

    def change(lines: list[str]) -> list[str]:
        return [line for line in lines if (_parsed(line) or {}).get("id") != candidate_id]

    if path.is_file():
        _rewrite(path, change)


def read_candidates(path: Path) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """Return the candidates, newest line last, and one sentence for each line that is none; a missing file has none.

    Raises GoldError if the file cannot be read.
    """
    found: list[Candidate] = []
    problems: list[str] = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        raw = _parsed(line)
        if raw is None or not isinstance(raw.get("id"), str) or not isinstance(raw.get("question"), str):
            problems.append(f"{path.name} 第 {number} 行不是一道题；请改正或删去这一行")
        else:
            found.append(_candidate(raw))
    return tuple(found), tuple(problems)


def candidate_line(answer: Answer, *, correct: bool) -> dict[str, object]:
    """Return the JSON object of one candidate."""
    cited = [] if answer.refused else [_evidence(citation) for citation in answer.citations]
    found = not answer.refused
    line: dict[str, object] = {
        "id": f"c-{hashlib.sha256(_key(answer.question).encode()).hexdigest()[:12]}",
        "kind": _kind(answer, correct=correct),
        "question": answer.question,
        "answers": [[answer.answer]] if correct and found else [],
        "evidence": cited if correct else [],
        "answerable": found or not correct,
        "verdict": RIGHT if correct else WRONG,
        "status": PENDING,
    }
    if not correct:
        line["wrong"] = answer.answer if found else answer.reason
        line["wrong_evidence"] = cited
        line["wrong_refusal"] = answer.refused
    return line


def _kind(answer: Answer, *, correct: bool) -> str:
    """Guess the kind: by the answer where there is one, else by what the question asks for."""
    if answer.refused and correct:
        return "unanswerable"
    if rx("{over_years}|{course}").search(answer.question):
        return "series"
    if rx("{ask_list}|列出").search(answer.question):
        return "list"
    if answer.refused:
        return "indicator" if rx("{ask_number}|几|{rate_asked_noun}").search(answer.question) else "fact"
    return "indicator" if _FIGURE.search(_TIME.sub("", answer.answer)) else "fact"


def _evidence(citation: Citation) -> dict[str, str]:
    return {"doc": citation.doc, "quote": citation.quote}


def _candidate(raw: Mapping[str, Any]) -> Candidate:
    answers, evidence = raw.get("answers") or [], raw.get("evidence") or []
    answerable = raw.get("answerable") is not False
    wanted = (("answers", answers), ("evidence", evidence)) if answerable else ()
    shown = "；".join("/".join(map(str, part)) for part in answers if isinstance(part, list))
    items = evidence or raw.get("wrong_evidence") or []
    return Candidate(
        raw["id"],
        str(raw.get("kind", "")),
        raw["question"],
        str(raw["wrong"]) if "wrong" in raw else shown,
        bool(raw.get("wrong_refusal", not answerable)),
        str(raw.get("verdict", "")),
        str(raw.get("status", "")),
        tuple(dict.fromkeys(str(item["doc"]) for item in items if isinstance(item, dict) and "doc" in item)),
        tuple(name for name, value in wanted if not value),
    )


def _reviewed(line: Mapping[str, Any]) -> bool:
    return line.get("status") != PENDING or (line.get("verdict") == WRONG and bool(line.get("answers")))


def _key(question: str) -> str:
    return fold_quote(question).text


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except json.JSONDecodeError:
        return None
    return value if isinstance(value, dict) else None


def _dumped(line: Mapping[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False)


def _lines(path: Path) -> list[str]:
    """Return the lines of the file (also blank and broken ones, which a rewrite must keep); none if it is missing."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise GoldError(f"{path} 不是 UTF-8 编码；请另存为 UTF-8 后再试") from error
    except OSError as error:
        raise GoldError(f"无法读取 {path}（{error.strerror}）；请检查权限") from error
    # Not splitlines(): U+2028 and the like may stand inside a JSON string.
    return text.rstrip("\n").split("\n") if text.strip() else []


def _rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of the file: one writer at a time over all processes, and a reader sees old or new."""
    with _locked(path):
        text = "".join(f"{line}\n" for line in change(_lines(path)))
        aside = path.with_name(f"{path.name}.new")
        try:
            with aside.open("wb") as out:
                out.write(text.encode("utf-8", "replace"))
                out.flush()
                os.fsync(out.fileno())
            os.replace(aside, path)
        except OSError as error:
            raise GoldError(f"无法写入 {path}（{error.strerror}）；请检查权限和磁盘空间") from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        guard = FileLock(path.with_name(f"{path.name}.lock"), timeout=LOCK_TIMEOUT_S)
        guard.acquire()
    except Timeout as error:
        raise GoldError(f"{path} 正在被另一个程序写入；请稍后再试") from error
    except OSError as error:
        raise GoldError(f"无法写入 {path}（{error.strerror}）；请检查权限") from error
    try:
        yield
    finally:
        guard.release()
