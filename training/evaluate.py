"""Measures a reader: python evaluate.py WEIGHTS [--field DEV.jsonl] [--drcd FILE] [--trial FOLDER] [--written FILE …] [--limit N]

Exact match and F1 of the best span over the questions with an answer (whether or not it beats "no answer here"), and
the AUC of its margin for questions with an answer against those without.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from encyclopaedia import HELD_OUT, questions_of, read_paragraphs, split
from model import PAD_TO, Reader, Window, Windows, batch_of, encoder_folder
from questions import read_questions
from written import read_written

from ragpark.answer import spans
from ragpark.evaluate.measures import auc
from ragpark.evaluate.short import exact_match, f1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a passage with the accepted answers, () where it has none there."""

    question: str
    passage: str
    answers: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The best span found, and how much better it scored than "no answer here"."""

    text: str
    start: int
    end: int
    margin: float


def read_all(reader: Reader, windows: Windows, asked: Sequence[Asked], size: int = 8) -> list[Read]:
    """Return what the reader finds in each passage: the best span over its windows."""
    work: list[tuple[int, Window]] = [
        (i, w) for i, one in enumerate(asked) for w in windows.of(one.question, one.passage)
    ]
    work.sort(key=lambda item: (-(-len(item[1].ids) // PAD_TO), item[0]))
    scored: dict[int, list[tuple[spans.Window, np.ndarray]]] = {i: [] for i in range(len(asked))}
    reader.eval()
    with torch.no_grad():
        for at in range(0, len(work), size):
            part = work[at : at + size]
            scores = torch.stack(reader(*batch_of([w for _, w in part], windows.pad)), dim=-1).numpy()
            for row, (i, window) in enumerate(part):
                scored[i].append((spans.Window(i, window.ids, window.first, window.offsets), scores[row]))
    return [_best(one.passage, scored[i]) for i, one in enumerate(asked)]


def _best(passage: str, scored: Sequence[tuple[spans.Window, np.ndarray]]) -> Read:
    """Return the best span as the reader in use chooses it; nothing, with the least of margins, where there is none."""
    for span in spans.best_spans(passage, scored, n_spans=1):
        return Read(span.text, span.start, span.end, span.margin)
    return Read("", 0, 0, float("-inf"))


def measure(reader: Reader, windows: Windows, asked: Sequence[Asked]) -> dict[str, float | None]:
    """Return exact match and F1 of the answerable; AUC of the margin and right refusals, None without a question that
    has no answer."""
    begun = time.monotonic()
    found = read_all(reader, windows, asked)
    pairs = [(one, got) for one, got in zip(asked, found, strict=True) if one.answers]
    margins = [got.margin for one, got in zip(asked, found, strict=True) if not one.answers]
    report: dict[str, float | None] = {
        "questions": len(asked),
        "em": float(np.mean([exact_match(got.text, [one.answers]) for one, got in pairs])),
        "f1": float(np.mean([f1(got.text, [one.answers]) for one, got in pairs])),
        "no_answer_auc": auc([got.margin for _, got in pairs], margins),
        "answered": float(np.mean([got.margin > 0 for _, got in pairs])),
        "refused_rightly": float(np.mean([margin <= 0 for margin in margins])) if margins else None,
        "per_s": len(asked) / (time.monotonic() - begun),
    }
    return {key: None if value is None else round(value, 3) for key, value in report.items()}


def field_set(path: Path) -> list[Asked]:
    """Return the questions of a file that `field.py` wrote."""
    return [Asked(q.question, q.passage, (q.answer,) if q.answer else (), q.kind) for q in read_questions(path)]


def drcd_set(path: Path) -> list[Asked]:
    """Return the held-out questions of the encyclopaedia, each with its own paragraph."""
    held = split(read_paragraphs(path), HELD_OUT)[1]
    return [Asked(q.question, q.passage, (q.answer,)) for q in questions_of(held, random.Random(0), unanswerable=0)]


def written_set(paths: Sequence[Path]) -> list[Asked]:
    """Return the questions of the written pages that are held out."""
    found = read_written(paths, random.Random(0), held_out=True)
    return [Asked(q.question, q.passage, (q.answer,) if q.answer else (), q.kind) for q in found]


def trial_set(folder: Path) -> list[Asked]:
    """Return the questions of a folder in the form of the project's gold sets, each with its gold document."""
    asked = []
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        passage = (folder / "docs" / gold["evidence"][0]["doc"]).read_text(encoding="utf-8")
        asked.append(Asked(gold["question"], passage, tuple(gold["answers"][0])))
    return asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--field", type=Path)
    parser.add_argument("--drcd", type=Path)
    parser.add_argument("--trial", type=Path)
    parser.add_argument("--written", type=Path, nargs="+")
    parser.add_argument(
        "--limit", type=int, default=0, help="measure on so many questions of each set, drawn at random"
    )
    parser.add_argument("--by-kind", action="store_true", help="also report the field's questions by kind")
    parser.add_argument("--cache", type=Path, default=Path("encoder"), help="where the encoder is unpacked")
    options = parser.parse_args()
    torch.set_num_threads(2)
    folder = encoder_folder(options.cache)
    reader, windows = Reader(folder), Windows(folder)
    reader.load(options.weights)
    makers = {
        "field": (options.field, field_set),
        "drcd": (options.drcd, drcd_set),
        "trial": (options.trial, trial_set),
        "written": (options.written, written_set),
    }
    for name, (path, make) in makers.items():
        if path is None:
            continue
        asked = make(path)
        if options.limit and len(asked) > options.limit:
            asked = random.Random(7).sample(asked, options.limit)
        print(json.dumps({"set": name} | measure(reader, windows, asked)), flush=True)
        if options.by_kind and name == "field":
            for kind in sorted({one.kind for one in asked}):
                part = [one for one in asked if one.kind == kind]
                found = read_all(reader, windows, part)
                right = [
                    exact_match(got.text, [one.answers]) if one.answers else float(got.margin <= 0)
                    for one, got in zip(part, found, strict=True)
                ]
                print(json.dumps({"kind": kind, "n": len(part), "right": round(float(np.mean(right)), 3)}))


if __name__ == "__main__":
    main()
