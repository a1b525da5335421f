"""Questions that people wrote over encyclopaedia articles (DRCD, XQuAD), some with a paragraph that answers them not.

The files have a paragraph a line: `article`, `context`, `questions` of `question` and `answers` (`text`, `start`).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from questions import Question

UNANSWERABLE = 0.2  # share of the questions that get another paragraph of the same article
HELD_OUT = 200  # questions of the last articles of the first file, never trained on


def read_paragraphs(path: Path) -> list[dict[str, Any]]:
    """Return the paragraphs of a file in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def split(paragraphs: Sequence[dict[str, Any]], n_questions: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the paragraphs to train on and those held out: the last whole articles with about `n_questions`."""
    held: set[str] = set()
    count = 0
    for paragraph in reversed(paragraphs):
        if count >= n_questions and paragraph["article"] not in held:
            break
        held.add(paragraph["article"])
        count += len(paragraph["questions"])
    return [p for p in paragraphs if p["article"] not in held], [p for p in paragraphs if p["article"] in held]


def questions_of(
    paragraphs: Sequence[dict[str, Any]], rnd: random.Random, unanswerable: float = UNANSWERABLE
) -> Iterator[Question]:
    """Yield every question with its paragraph, or with one of the same article that its answers do not stand in."""
    articles: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        articles.setdefault(paragraph["article"], []).append(paragraph["context"])
    for paragraph in paragraphs:
        context, article = paragraph["context"], paragraph["article"]
        for asked in paragraph["questions"]:
            answers = [answer["text"] for answer in asked["answers"]]
            others = [o for o in articles[article] if o != context and not any(answer in o for answer in answers)]
            if others and rnd.random() < unanswerable:
                yield Question("encyclopaedia/other paragraph", article, asked["question"], rnd.choice(others))
                continue
            start = asked["answers"][0]["start"]
            yield Question("encyclopaedia", article, asked["question"], context, start, start + len(answers[0]))
