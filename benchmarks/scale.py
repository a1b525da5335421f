"""What grows with the library: opening, asking, filters, facts and the catalog over a large made-up folder.

    python benchmarks/scale.py [--documents 2000] [--chars 2500] [--folder FOLDER] [--questions 40]

The documents are paragraphs of `docs_raw/` in another order with other years, and copies of these with other figures,
the same at every run. A hash of character pairs stands in for the model: what is measured is everything but encoding.
Times are on the clock, in brackets those of the processor, which a busy machine does not change as much. With --folder
the documents and the index are kept there and used again. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ragpark import indicators
from ragpark.config import Settings, load_settings
from ragpark.engine import Engine
from ragpark.evaluate.measures import percentile
from ragpark.index import build_index, open_index
from ragpark.index.catalog import Catalog
from ragpark.index.pipeline import DefaultPipeline
from ragpark.load import find_documents
from ragpark.read import read_document
from ragpark.records import Chunk, Document, Fact, Section
from ragpark.zh import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("园区", "苏州", "成都高新区", "武汉东湖高新区", "西安高新区", "全国")
ASKED = ("R&D占比", "高新技术企业数量", "研发经费投入", "地区生产总值", "有效发明专利", "科技人才数量", "进出口总额")
TEMPLATES = 40
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
FIGURE = re.compile(r"(?<![\d.])\d{2,3}(?=[\d.]*(?:亿|万|家|%))")
NUMBER = re.compile(r"(?<=第)\d{5}(?=期)")
T = TypeVar("T")


class Made(NamedTuple):
    """What the product's stages make of one document."""

    document: Document
    sections: Sequence[Section]
    chunks: Sequence[Chunk]
    facts: Sequence[Fact]
    years: Sequence[Collection[int]]


class PairEncoder:
    """Counts character pairs into 256 buckets: fast, and texts that share words point the same way."""

    model_id, dim, max_tokens = "pairs-256", 256, 100_000

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
        pairs = (codes[:-1] * 31 + codes[1:] * 7919) % 255 + 1
        vector = np.bincount(pairs, minlength=256).astype(np.float32)
        vector[0] = 0.01
        return vector / np.float32(np.linalg.norm(vector))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]


class Copies(DefaultPipeline):
    """The product's own stages for the first TEMPLATES documents; every other one is made from one of these.

    A copy has other digits in its figures and its own number in the title, and every offset stays as it was: so a
    large index is made in little time, and no two passages of it are the same.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._made: dict[str, Made] = {}

    def read(self, folder: Path, doc: str) -> Document:
        number = int(doc[-9:-4])
        template = name_of(number % TEMPLATES)
        if template not in self._made:
            document = super().read(folder, template)
            sections, chunks = super().split(document, lambda texts: [len(text) for text in texts])
            facts = super().facts(document, sections)
            self._made[template] = Made(document, sections, chunks, facts, super().years(document, sections, chunks))
        document = self._made[template].document
        source = random.Random(number)
        text = FIGURE.sub(lambda found: str(10 ** len(found[0]) // 10 + source.randrange(9)), document.text)
        title = NUMBER.sub(f"{number:05d}", document.title)
        return replace(document, doc=doc, title=title, text=NUMBER.sub(f"{number:05d}", text))

    def split(
        self, document: Document, count_tokens: Callable[[Sequence[str]], list[int]]
    ) -> tuple[list[Section], list[Chunk]]:
        sections, chunks = self._template(document)[1:3]
        doc, title, text = document.doc, document.title, document.text
        return [replace(section, doc=doc) for section in sections], [
            replace(c, doc=doc, title=title, text=text[c.start : c.end], chunk_id=f"{doc}#{c.start}-{c.end}")
            for c in chunks
        ]

    def facts(self, document: Document, sections: Sequence[Section]) -> list[Fact]:
        return [
            replace(fact, doc=document.doc, text=document.text[fact.start : fact.end])
            for fact in self._template(document).facts
        ]

    def years(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk]
    ) -> Sequence[Collection[int]]:
        return self._template(document).years

    def _template(self, document: Document) -> Made:
        return self._made[name_of(int(document.doc[-9:-4]) % TEMPLATES)]


def name_of(number: int) -> str:
    return f"简报 第{number:05d}期.md"


def make_documents(folder: Path, n_documents: int, n_chars: int) -> None:
    """Write documents of about `n_chars` characters under Chinese names: TEMPLATES different ones, then stand-ins."""
    samples = ROOT / "docs_raw"
    settings = load_settings(docs=samples)
    paragraphs = [
        line
        for doc in find_documents(samples)
        if not doc.endswith((".csv", ".tsv", ".xlsx"))
        for line in read_document(samples, doc, settings).text.split("\n")
        if len(line) >= 40
    ]
    source = random.Random(0)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n_documents):
        parts, length = (
            [f"# {source.choice(PLACES)}发展简报第{number:05d}期", f"发布日期：{2000 + number % 26}-06-15"],
            0,
        )
        while length < n_chars and number < TEMPLATES:
            if length % 3 == 0:
                parts.append(f"## {source.choice(ASKED)}与{source.choice(ASKED)}")
            text = YEAR.sub(lambda _: str(source.randint(2000, 2025)), source.choice(paragraphs))
            parts.append(text)
            length += len(text)
        (folder / name_of(number)).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def rss_mb() -> float:
    """Return the memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


class Table:
    """Rows of (what, milliseconds, memory afterwards), printed as they come."""

    def __init__(self) -> None:
        print("| | time | memory after |\n|---|---|---|")

    def time(self, name: str, step: Callable[[], T]) -> T:
        started, worked = time.perf_counter(), time.process_time()
        found = step()
        took, cpu = time.perf_counter() - started, time.process_time() - worked
        self.tell(name, f"{took * 1000:,.0f} ms ({cpu * 1000:,.0f})")
        return found

    def tell(self, name: str, value: str) -> None:
        print(f"| {name} | {value} | {rss_mb():,.0f} MB |", flush=True)

    def spread(self, name: str, step: Callable[[str], object], questions: Sequence[str]) -> None:
        times, worked = [], []
        for question in questions:
            started, cpu = time.perf_counter(), time.process_time()
            step(question)
            times.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - cpu) * 1000)
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        cpu50, cpu95 = percentile(worked, 0.5), percentile(worked, 0.95)
        self.tell(name, f"p50 {p50:,.0f} ({cpu50:,.0f}), p95 {p95:,.0f} ({cpu95:,.0f}) ms")


def measure(settings: Settings, n_questions: int) -> None:
    encoder, table = PairEncoder(), Table()
    names = frozenset(indicator.name for indicator in load_vocabulary(settings.vocabulary).indicators)
    source = random.Random(1)
    questions = [
        f"{source.randint(2001, 2025)}年{source.choice(PLACES)}{source.choice(ASKED)}是多少" for _ in range(n_questions)
    ]
    table.time("build, nothing changed", lambda: build_index(settings, encoder=encoder, pipeline=Copies(settings)))
    table.time("open", lambda: open_index(settings))
    engine = Engine(settings, encoder)
    table.time("first `ask` (opens the index)", lambda: engine.ask(questions[0]))
    table.time("first `ask` with a range of years", lambda: engine.ask(questions[1], years=(2010, 2012)))
    table.time("first `search` with a year nothing is about", lambda: engine.explain(questions[1], year=1901))
    table.time("`warm`", engine.warm)
    table.spread("`ask`, new questions", engine.ask, questions[2:])
    table.spread("`ask`, the same again", engine.ask, questions[2:])
    table.spread("`ask` with a range of years", lambda q: engine.ask(q, years=(2015, 2020)), questions)
    table.spread("`search`", engine.search, questions)
    table.time("years to choose from", engine.years)
    table.time("facts decoded", lambda: engine.index.facts)
    overview = table.time("overview of indicators", lambda: indicators.overview(engine.index.facts, names))
    key = overview.rows[0][0]
    table.time("one curve", lambda: indicators.course(engine.index.facts, key))
    catalog = Catalog(settings)
    table.time("documents page, first", lambda: catalog.rows(engine.index))
    table.time("documents page, again", lambda: catalog.rows(engine.index))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--chars", type=int, default=2500)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--questions", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        settings = load_settings(docs=folder / "docs", index=folder / "index")
        if not settings.docs.exists():
            make_documents(settings.docs, given.documents, given.chars)
        report = build_index(settings, encoder=PairEncoder(), pipeline=Copies(settings))
        print(
            f"{report.documents} documents, {report.sections} sections, {report.chunks} chunks, {report.facts} facts; "
            f"built in {report.seconds:.0f} s without encoding\n"
        )
        measure(settings, given.questions)


if __name__ == "__main__":
    main()
