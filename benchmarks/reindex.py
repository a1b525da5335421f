"""How long indexing takes: all documents, again with nothing changed, again with one document changed.

    python benchmarks/reindex.py [--docs docs_raw]

Works on a copy of the folder; each step is a whole `ragpark index` process, as a user waits for it. The model is
made ready beforehand, in the settings' model_cache, and not timed. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ragpark.config import load_settings
from ragpark.encode import load_encoder

ROOT = Path(__file__).resolve().parents[1]
ADDED = "\n\n附记：为测量重建索引的速度，在文末添加了这一句话。\n"


def index(docs: Path, folder: Path) -> tuple[float, dict[str, int]]:
    """Run `ragpark index` and return its wall time in seconds and what it reports."""
    command = [sys.executable, "-m", "ragpark.cli", "index", "--docs", str(docs), "--index", str(folder), "--json"]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return time.perf_counter() - started, json.loads(done.stdout)


def change_one(docs: Path) -> str:
    """Add a sentence to the first plain-text document and return its name."""
    path = next(path for path in sorted(docs.rglob("*")) if path.suffix.lower() in {".txt", ".md"})
    raw = path.read_bytes()
    encoding = "utf-8"
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
    path.write_bytes(raw + ADDED.encode(encoding))
    return path.name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    given = parser.parse_args()
    load_encoder(load_settings()).encode_passages(["预备"])
    with tempfile.TemporaryDirectory() as temporary:
        docs, folder = Path(temporary) / "docs", Path(temporary) / "index"
        shutil.copytree(given.docs, docs)
        steps = [("everything new", *index(docs, folder)), ("nothing changed", *index(docs, folder))]
        name = change_one(docs)
        steps.append((f"one document changed ({name})", *index(docs, folder)))
    print("| `ragpark index`, whole process | seconds | documents | chunks | encoded |")
    print("|---|---|---|---|---|")
    for step, seconds, report in steps:
        print(f"| {step} | {seconds:.2f} | {report['documents']} | {report['chunks']} | {report['encoded']} |")


if __name__ == "__main__":
    main()
