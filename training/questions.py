"""The record that data and training share: a question over a passage, with the span of its answer or none; its file."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Question:
    """`passage[start:end]` is the answer; both are None where the passage holds none. `source` says from which text.

    `kind` names how the question was made (`level`, `who`, `level/other year`): what is counted and looked at.
    """

    kind: str
    source: str
    question: str
    passage: str
    start: int | None = None
    end: int | None = None

    @property
    def answer(self) -> str:
        return "" if self.start is None else self.passage[self.start : self.end]


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    """Write one JSON object a line."""
    lines = (json.dumps(asdict(question), ensure_ascii=False) + "\n" for question in questions)
    path.write_text("".join(lines), encoding="utf-8")


def read_questions(path: Path) -> list[Question]:
    """Read what `write_questions` wrote."""
    return [Question(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def pick(rnd: random.Random, template: str | list[str], **words: str) -> str:
    """Return a template (one of them, if several) with its `{words}` filled in."""
    return (template if isinstance(template, str) else rnd.choice(template)).format(**words)
