"""What reading costs beside encoding: loading and repair, tagging, finding facts; the latter two stay under a third.

    python benchmarks/reading.py [--docs docs_raw] [--rounds 2]

Goes through the stages of `ragpark index` over the folder in this process, with the models made ready beforehand.
Each stage is timed by itself, in every round; the best of the rounds counts. A file that cannot be read is named and
left out. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ragpark.config import load_settings
from ragpark.encode import load_encoder
from ragpark.encode.base import Encoder
from ragpark.errors import LoadError
from ragpark.index import sentences
from ragpark.index.fitting import worth_keeping
from ragpark.index.gather import Entry
from ragpark.index.pipeline import DefaultPipeline
from ragpark.records import Document
from ragpark.zh.tagger import LacTagger, Tagger, Word

ROOT = Path(__file__).resolve().parents[1]
STAGES = {
    "read": "loading and repair",
    "tag": "tagging",
    "facts": "finding facts, tagging apart",
    "passages": "encoding chunks",
    "sentences": "encoding sentences",
}
CEILING = 1 / 3  # of encoding, for tagging and facts together


@dataclass
class Clock:
    """Adds up the seconds of each stage, and those of all cores together, which a busy machine spoils less."""

    wall: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    cpu: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    running: list[str] = field(default_factory=list)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Count what runs within for the stage; a stage within another is not counted for the outer one."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.running.append(stage)
        try:
            yield
        finally:
            self.running.pop()
            for seconds, passed in ((self.wall, time.perf_counter() - wall), (self.cpu, time.process_time() - cpu)):
                seconds[stage] += passed
                if self.running:
                    seconds[self.running[-1]] -= passed


class TimedTagger:
    """The tagger, with its time counted as a stage of its own."""

    def __init__(self, tagger: Tagger, clock: Clock) -> None:
        self.fingerprint, self._tagger, self._clock = tagger.fingerprint, tagger, clock

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        with self._clock.time("tag"):
            return self._tagger.tag(texts)


def read(docs: Path, pipeline: DefaultPipeline, clock: Clock) -> list[Document]:
    documents = []
    for doc in pipeline.find(docs):
        try:
            with clock.time("read"):
                documents.append(pipeline.read(docs, doc))
        except LoadError as error:
            print(f"{doc}: {error}", file=sys.stderr)
    return documents


def one_round(docs: Path, encoder: Encoder, model: Tagger) -> tuple[Clock, dict[str, int]]:
    """Return the time of each stage, and how much there was to do."""
    clock = Clock()
    pipeline = DefaultPipeline(load_settings(docs=docs))
    pipeline.tokens("预备")  # the vocabulary is read
    pipeline.__dict__["tagger"] = TimedTagger(model, clock)  # in place of the cached property's own
    documents = read(docs, pipeline, clock)
    entries = []
    for document in documents:
        sections, chunks = pipeline.split(document, encoder.count_tokens)
        with clock.time("facts"):
            facts = pipeline.facts(document, sections)
            pipeline.years(document, sections, chunks)  # read off the same statements
        said = tuple(worth_keeping(pipeline.sentences(document, chunk), chunk.text) for chunk in chunks)
        entries.append(Entry(document, tuple(sections), tuple(chunks), tuple(facts), said))
    passages = list(dict.fromkeys(chunk.passage for entry in entries for chunk in entry.chunks))
    texts = sentences.plan(entries, None, encoder).texts
    with clock.time("passages"):
        encoder.encode_passages(passages)
    with clock.time("sentences"):
        encoder.encode_passages(texts)
    sizes = {
        "documents": len(entries),
        "characters": sum(len(entry.document.text) for entry in entries),
        "chunks": len(passages),
        "sentences": len(texts),
        "facts": sum(len(entry.facts) for entry in entries),
    }
    return clock, sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    encoder, model = load_encoder(load_settings()), LacTagger()
    encoder.encode_passages(["预备"])
    model.tag(["预备"])
    rounds = [one_round(given.docs, encoder, model) for _ in range(given.rounds)]
    sizes = rounds[-1][1]
    wall = {stage: min(clock.wall[stage] for clock, _ in rounds) for stage in STAGES}
    cpu = {stage: min(clock.cpu[stage] for clock, _ in rounds) for stage in STAGES}
    encoding = wall["passages"] + wall["sentences"]
    encoding_cpu = cpu["passages"] + cpu["sentences"]
    print(f"| {' | '.join(sizes)} |")
    print(f"|{'---|' * len(sizes)}")
    print(f"| {' | '.join(f'{size:,}' for size in sizes.values())} |")
    print()
    print("| stage | seconds | of encoding | on all cores | of encoding |")
    print("|---|---|---|---|---|")
    for stage, title in STAGES.items():
        print(_row(title, wall[stage], encoding, cpu[stage], encoding_cpu))
    reading = wall["tag"] + wall["facts"]
    verdict = "within" if reading <= CEILING * encoding else "over"
    print(
        _row(f"**tagging and facts** ({verdict} a third)", reading, encoding, cpu["tag"] + cpu["facts"], encoding_cpu)
    )


def _row(title: str, wall: float, encoding: float, cpu: float, encoding_cpu: float) -> str:
    return f"| {title} | {wall:.2f} | {wall / encoding:.1%} | {cpu:.2f} | {cpu / encoding_cpu:.1%} |"


if __name__ == "__main__":
    main()
