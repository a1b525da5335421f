"""The reader's speed: what a new process spends until its first answer, and what a question costs after that.

    python benchmarks/reader.py [--weights FILE] [--passages 3 5] [--chars 510] [--runs 10]

Times are of the wall and of the processor (all threads): on a busy machine the second is what to compare.
Passages come from ../shared/bench where that folder is there, else they are generated. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from encode import passages

from ragpark.answer.reader import WEIGHTS, BundledReader

QUESTION = "2023年园区研发投入占比是多少？"
COLD = """
import json, sys, time
from pathlib import Path
def now():
    return time.perf_counter(), time.process_time()
laps = [now()]
from ragpark.answer.reader import BundledReader
reader = BundledReader(Path(sys.argv[1]), Path(sys.argv[2]))
laps.append(now())
reader._open()
laps.append(now())
reader.read("{question}", ["园区研发投入占比为5.16%。"])
laps.append(now())
print(json.dumps([[b - a for a, b in zip(*pair)] for pair in zip(laps, laps[1:])]))
"""


def cold(cache: Path, weights: Path) -> list[tuple[float, float]]:
    """Return (wall, processor) seconds of a new process for its imports, for loading, and for one short passage."""
    command = [sys.executable, "-c", COLD.format(question=QUESTION), str(cache), str(weights)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [(wall, cpu) for wall, cpu in json.loads(done.stdout)]


def timed_ms(call: Callable[[], object], runs: int) -> tuple[float, float, float]:
    """Return the median and the 95th percentile of the wall, and the median of the processor, in milliseconds."""
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return statistics.median(walls), sorted(walls)[int(0.95 * (runs - 1))], statistics.median(cpus)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--passages", type=int, nargs="+", default=(3, 5))
    parser.add_argument("--chars", type=int, default=510)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        first, *again = (cold(cache, given.weights) for _ in range(4))
        texts, origin = passages(max(given.passages), given.chars, given.chars)
        reader = BundledReader(cache, given.weights)
        reader.read(QUESTION, texts)
        warm = {n: timed_ms(lambda n=n: reader.read(QUESTION, texts[:n]), given.runs) for n in given.passages}
    print(f"{reader.loaded}; passages of {given.chars} characters ({origin})\n")
    print("| a new process | wall | processor |")
    print("|---|---|---|")
    print(f"| load, first time on a machine | {first[1][0]:.2f} s | {first[1][1]:.2f} s |")
    for name, part in (("imports", 0), ("load, after that", 1), ("one short passage", 2)):
        wall, cpu = (statistics.median(run[part][i] for run in again) for i in (0, 1))
        print(f"| {name} | {wall:.2f} s | {cpu:.2f} s |")
    print("\n| warm | wall p50 | wall p95 | processor p50 |")
    print("|---|---|---|---|")
    for n, (p50, p95, cpu) in warm.items():
        print(f"| {n} passages | {p50:.0f} ms | {p95:.0f} ms | {cpu:.0f} ms |")


if __name__ == "__main__":
    main()
