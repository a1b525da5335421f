"""What share of indexing the finding of facts takes: it should stay under a tenth.

    python benchmarks/facts.py [--docs docs_raw]

Builds an index of the folder in a temporary place, with the model made ready beforehand, and times the finding of
facts by itself on the same documents. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from ragpark.config import load_settings
from ragpark.encode import load_encoder
from ragpark.index import build_index
from ragpark.load import find_documents
from ragpark.read import find_facts, read_document
from ragpark.repair.sections import split_sections
from ragpark.zh import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 3


def facts_s(docs: Path) -> tuple[float, int]:
    """Return the seconds that finding the facts takes, the best of ROUNDS, and how many there are."""
    settings = load_settings(docs=docs)
    vocabulary = load_vocabulary(settings.vocabulary)
    documents = [read_document(docs, doc, settings, vocabulary) for doc in find_documents(docs)]
    prepared = [(document, split_sections(document)) for document in documents]
    best, count = float("inf"), 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        count = sum(len(find_facts(document, sections, vocabulary)) for document, sections in prepared)
        best = min(best, time.perf_counter() - started)
    return best, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    given = parser.parse_args()
    load_encoder(load_settings()).encode_passages(["预备"])
    with tempfile.TemporaryDirectory() as temporary:
        report = build_index(load_settings(docs=given.docs, index=Path(temporary) / "index"))
    seconds, count = facts_s(given.docs)
    print("| documents | facts | finding facts, s | indexing, s | share |")
    print("|---|---|---|---|---|")
    print(f"| {report.documents} | {count} | {seconds:.2f} | {report.seconds:.2f} | {seconds / report.seconds:.1%} |")


if __name__ == "__main__":
    main()
