"""Makes the questions of this field: python field.py NEWS.jsonl OUT_FOLDER [--show N]

Reads news texts with ragpark, asks about their figures and names, adds made-up documents, and writes `train.jsonl` and
`dev.jsonl` (questions over 8 % of the texts, and over made-up documents drawn apart). `--show` prints some to look at.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import figures
from fit_facts import pool_of
from forms import Forms
from names import Names
from news import NewsText, is_market_report, read_news
from passages import around
from questions import Question, write_questions

HERE = Path(__file__).parent
SEED = 2026
HELD_OUT = 12  # every 12th text is for measuring
N_FORMS, N_FORMS_HELD_OUT = 1100, 70  # made-up documents
MARKET_REPORTS = 20  # of the reports on shares that a program writes, this many are kept


def questions_over(texts: Sequence[NewsText], wordings: dict[str, Any], rnd: random.Random) -> list[Question]:
    """Return the questions made from the figures and names of the texts."""
    names = Names(wordings["form"], wordings["name"], rnd)
    pool, offices = pool_of(texts, wordings["fact"]), names.offices_of(texts)
    found: list[Question] = []
    for news in texts:
        found += figures.questions_of(news, pool, wordings["fact"], wordings["figure"], rnd)
        found += names.questions_of(news, offices)
    return found


def among_news(questions: Iterable[Question], texts: Sequence[NewsText], rnd: random.Random) -> list[Question]:
    """Put two in five of the made-up passages before or behind sentences of a news text: in use, passages are long."""
    found = []
    for question in questions:
        if rnd.random() < 0.4:
            news = rnd.choice(texts)
            first, last = around(news.spans, rnd.randrange(len(news.spans)), rnd.choice((80, 160, 260)), rnd)
            other = news.document.text[news.spans[first][0] : news.spans[last][1]]
            before = question.start is not None and rnd.random() < 0.5
            shift = len(other) + 1 if before else 0
            passage = f"{other}\n{question.passage}" if before else f"{question.passage}\n{other}"
            if question.start is not None and question.end is not None:
                question = replace(question, start=question.start + shift, end=question.end + shift)
            question = replace(question, passage=passage)
        found.append(question)
    return found


def show(questions: Sequence[Question], n: int, rnd: random.Random) -> None:
    """Print `n` random questions with their answers marked."""
    for question in rnd.sample(questions, min(n, len(questions))):
        text = question.passage
        if question.start is not None and question.end is not None:
            a, b = question.start, question.end
            text = f"{text[max(a - 60, 0) : a]}【{text[a:b]}】{text[b : b + 30]}"
        print(question.kind, "|", question.question, "|", text.replace("\n", "⏎")[:300])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    make(list(read_news(options.news)), options.out, options.show)


def make(texts: list[NewsText], out: Path, n_shown: int) -> None:
    """Make and write the questions over these texts."""
    market = [news for news in texts if is_market_report(news.document.text)]
    left_out = {news.number for news in market[MARKET_REPORTS:]}
    texts = [news for news in texts if news.number not in left_out]
    wordings = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))
    parts = {
        "train": ([news for news in texts if news.number % HELD_OUT], N_FORMS, SEED),
        "dev": ([news for news in texts if not news.number % HELD_OUT], N_FORMS_HELD_OUT, SEED + 1),
    }
    for name, (part, n_forms, seed) in parts.items():
        rnd = random.Random(seed)
        found = questions_over(part, wordings, rnd)
        found += among_news(Forms(HERE / "forms.toml", rnd).questions(n_forms), part, rnd)
        rnd.shuffle(found)
        write_questions(out / f"{name}.jsonl", found)
        n_absent = sum(question.start is None for question in found)
        print(f"{name}: {len(part)} texts, {len(found)} questions, {n_absent} without an answer")
        for kind, count in sorted(Counter(question.kind for question in found).items()):
            print(f"  {kind} {count}")
        if n_shown:
            show(found, n_shown, rnd)


if __name__ == "__main__":
    main()
