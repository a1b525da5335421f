"""How fast a sheet of 1,000 questions is answered and written, and what memory that takes.

    python benchmarks/batch.py [--docs docs_raw] [--index FOLDER] [--questions 1000]

The questions are made from the facts of the documents, each in several wordings until there are enough. Peak memory is
that of the process so far. Without --index the documents are indexed into a temporary folder first (not timed). Prints
a Markdown table.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from ragpark.config import load_settings
from ragpark.engine import Engine
from ragpark.export import Asking, Batch, Journal, Question, QuestionSheet, asked_under, file_links, write
from ragpark.index import build_index
from ragpark.records import Fact
from ragpark.retrieve.filters import EVERYTHING

ROOT = Path(__file__).resolve().parents[1]
WORDINGS = (
    "{period}{entity}{indicator}是多少？",
    "{entity}{period}的{indicator}",
    "{period}，{entity}的{indicator}为多少",
)
TOLD_AT = (0.1, 0.5, 1.0)  # shares of the questions after which memory is told: it is to stay flat


def questions_of(facts: Sequence[Fact], n: int) -> tuple[Question, ...]:
    """Return n different questions, in the order of the facts; fewer where the facts give no more."""
    made = (
        wording.format(period=fact.period or f"{fact.year or ''}", entity=fact.entity, indicator=fact.indicator)
        for wording in WORDINGS
        for fact in facts
    )
    return tuple(Question(row, text) for row, text in enumerate(islice(dict.fromkeys(made), n), start=2))


def peak_mb() -> float:
    """Return the greatest memory of this process so far, in MB: `ru_maxrss` is in kilobytes, on macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    parser.add_argument("--index", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        settings = load_settings(docs=given.docs, index=given.index or folder / "index").without_llm()
        if given.index is None:
            build_index(settings)
        engine = Engine(settings)
        engine.warm()
        sheet = QuestionSheet("batch.xlsx", questions_of(engine.index.facts, given.questions))
        asking = Asking(
            engine.ask, lambda: asked_under(engine.index.generation, settings, EVERYTHING, date(2026, 1, 1))
        )
        batch = Batch(sheet, asking, Journal(folder / "batch.part.jsonl"))
        n = len(sheet.questions)
        marks = {max(round(share * n), 1) for share in TOLD_AT}
        print(f"{n} questions\n\n| | | peak memory |\n|---|---|---|\n| before | | {peak_mb():,.0f} MB |")
        began = time.perf_counter()

        def told(done: int, total: int) -> None:
            if done in marks:
                rate = done / (time.perf_counter() - began)
                print(f"| {done} asked | {rate:.1f} a second | {peak_mb():,.0f} MB |", flush=True)

        report = batch.run(told)
        head = batch.head("batch", datetime(2026, 1, 1), report)
        for suffix in (".jsonl", ".md", ".xlsx", ".docx"):
            path, began = folder / f"answers{suffix}", time.perf_counter()
            write(path, head, batch.rows(), file_links(settings.docs, folder))
            took = time.perf_counter() - began
            print(f"| written as {suffix} | {took:.2f} s, {path.stat().st_size / 1e3:,.0f} kB | {peak_mb():,.0f} MB |")
        print(f"\n{report.counts['answered']} answered, {report.counts['refused']} refused")


if __name__ == "__main__":
    main()
