"""How long an answer takes: a cold `ragpark ask` process as a user starts it, and Engine.ask in a warm one.

    python benchmarks/ask.py [--docs docs_raw] [--gold tests/data/gold_sample.jsonl] [--index FOLDER] [--runs 5]

Without --index the documents are indexed into a temporary folder first (not timed). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ragpark.config import load_settings
from ragpark.engine import Engine
from ragpark.errors import QuestionError
from ragpark.evaluate import read_gold
from ragpark.evaluate.measures import percentile
from ragpark.index import build_index

ROOT = Path(__file__).resolve().parents[1]


def cold_seconds(question: str, index: Path) -> float:
    """Return the wall time of one whole process, from start to exit."""
    command = [sys.executable, "-m", "ragpark.cli", "ask", question, "--index", str(index), "--json"]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def warm_ms(engine: Engine, questions: list[str]) -> list[float]:
    """Return the milliseconds of each question, asked once after a warm-up question; empty ones are left out."""
    engine.ask(next(question for question in questions if question.strip()))
    times = []
    for question in questions:
        started = time.perf_counter()
        try:
            engine.ask(question)
        except QuestionError:
            continue
        times.append((time.perf_counter() - started) * 1000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "data" / "gold_sample.jsonl")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    questions = [gold.question for gold in read_gold(given.gold)]
    with tempfile.TemporaryDirectory() as folder:
        index = given.index or Path(folder) / "index"
        settings = load_settings(docs=given.docs, index=index)
        if given.index is None:
            build_index(settings)
        engine = Engine(settings)
        chunks = len(engine.index.chunks)
        warm = warm_ms(engine, questions)
        cold = [cold_seconds(questions[0], index) for _ in range(given.runs)]
    print(f"| {len(questions)} questions, {chunks} chunks | p50 | p95 |")
    print("|---|---|---|")
    print(f"| `Engine.ask`, warm process | {percentile(warm, 0.5):.1f} ms | {percentile(warm, 0.95):.1f} ms |")
    print(f"| `ragpark ask`, whole cold process | {percentile(cold, 0.5):.2f} s | {percentile(cold, 0.95):.2f} s |")


if __name__ == "__main__":
    main()
