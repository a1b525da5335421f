"""How long an answer takes: a cold `ragpark ask` process as a user starts it, and Engine.ask in a warm one.

    python benchmarks/ask.py [--docs docs_raw] [--gold tests/data/gold_sample.jsonl] [--index FOLDER] [--runs 5]

Questions are told apart by what they needed: facts alone (nothing was searched), a search, the reader. Times are of the
wall and of the processor (all threads): on a busy machine the second is what to compare. Without --index the documents
are indexed into a temporary folder first (not timed). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ragpark.answer.reader import Reader, Span
from ragpark.config import load_settings
from ragpark.engine import Engine
from ragpark.errors import QuestionError
from ragpark.evaluate import read_gold
from ragpark.evaluate.measures import percentile
from ragpark.index import build_index

FACTS, SEARCH, READER = "facts alone", "a search", "the reader"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Timed:
    """One question with what it needed, and the seconds of the wall and of the processor."""

    question: str
    needed: str
    wall: float
    processor: float


class Watched:
    """A reader that remembers that it was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.asked = False

    def read(self, question: str, passages: Sequence[str]) -> list[tuple[Span, ...]]:
        self.asked = True
        return self._reader.read(question, passages)


def cold(question: str, needed: str, index: Path) -> Timed:
    """Time one whole process, from start to exit."""
    command = [sys.executable, "-m", "ragpark.cli", "ask", question, "--index", str(index), "--json"]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timed(question, needed, wall, processor)


def warm(engine: Engine, questions: Sequence[str]) -> list[Timed]:
    """Ask each question once after warming up; those that are no questions are left out.

    The engine must be a new one: an index that is open has the reader it was opened with.
    """
    watched = None
    if engine._reader is not None:
        watched = engine._reader = Watched(engine._reader)
    engine.warm()
    engine.ask(next(question for question in questions if question.strip()))
    timed = []
    for question in questions:
        if watched is not None:
            watched.asked = False
        wall, processor = time.perf_counter(), time.process_time()
        try:
            answer = engine.ask(question)
        except QuestionError:
            continue
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        read = watched is not None and watched.asked
        needed = READER if read else SEARCH if answer.timings_ms["search"] else FACTS
        timed.append(Timed(question, needed, wall, processor))
    return timed


def row(name: str, timed: Sequence[Timed]) -> str:
    """Return a row of the table: milliseconds."""
    columns = ([t.wall for t in timed], [t.processor for t in timed])
    cells = [f"{percentile(times, share) * 1000:.0f} ms" for times in columns for share in (0.5, 0.95)] if timed else []
    return f"| {name} | {len(timed)} | {' | '.join(cells)} |"


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
        asked, n_chunks = warm(engine, questions), len(engine.index.chunks)
        one_of_each = {timed.needed: timed for timed in reversed(asked)}
        started = {
            needed: [cold(timed.question, needed, index) for _ in range(given.runs)]
            for needed, timed in sorted(one_of_each.items())
        }
    print(f"{n_chunks} chunks\n\n| | questions | wall p50 | p95 | processor p50 | p95 |\n|---|---|---|---|---|---|")
    print(row("`Engine.ask`, warm process", asked))
    for needed in (FACTS, SEARCH, READER):
        print(row(f"– that needed {needed}", [timed for timed in asked if timed.needed == needed]))
    for needed, runs in started.items():
        print(row(f"`ragpark ask`, whole cold process, one that needs {needed}", runs))


if __name__ == "__main__":
    main()
