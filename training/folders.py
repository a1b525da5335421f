"""Questions over folders of invented documents, each asked of a chunk that answers it and of the likest that don't.

A folder holds `docs/` and `gold.jsonl`, as `ragpark evaluate` reads it. The documents of a folder lie near each other
(two years of a bulletin, a neighbour's notice): what search brings up beside the right passage is what a reader must
turn down. Questions in several parts are left out: in use, each part is asked by itself. The reader is trained on the
folders a to d and j to r; e to i, s and t are kept from it, for measuring it, and for fitting what weighs its margin.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from questions import Question

from ragpark.config import Settings
from ragpark.encode.e5s1 import E5S1, bundled_path
from ragpark.encode.offsets import OffsetTokens
from ragpark.evaluate.gold import GoldQuestion, read_gold
from ragpark.evaluate.judge import Target
from ragpark.evaluate.run import Locator
from ragpark.read import read_document, split_document
from ragpark.records import Chunk, Document
from ragpark.zh import load_vocabulary
from ragpark.zh.fold import character_pairs, squeeze
from ragpark.zh.tagger import LacTagger

TRAINED_ON = sorted((Path(__file__).parent / "folders").glob("[a-dj-r]*"))
NEAR = 1  # chunks that do not answer, asked about beside the one that does
NEAR_ABSENT = 2  # and those of a question that no document answers


@dataclass(frozen=True, slots=True)
class Folder:
    """The chunks of a folder's documents, and its questions."""

    name: str
    documents: dict[str, Document]
    chunks: tuple[Chunk, ...]
    gold: tuple[GoldQuestion, ...]


def read_folders(paths: Sequence[Path]) -> Iterator[Folder]:
    """Yield the folders, each read and split as for an index."""
    vocabulary, tagger, settings = load_vocabulary(), LacTagger(), Settings()
    tokens = OffsetTokens(E5S1(bundled_path()))
    for path in paths:
        docs = path / "docs"
        documents: dict[str, Document] = {}
        chunks: list[Chunk] = []
        for file in sorted(docs.iterdir()):
            document = read_document(docs, file.name, settings, vocabulary, tagger)
            documents[document.doc] = document
            chunks += split_document(document, lambda texts: [len(ids) for ids, _ in tokens.encode(texts)], settings)[1]
        yield Folder(path.name, documents, tuple(chunks), tuple(read_gold(path / "gold.jsonl")))


def questions_of(folder: Folder, rnd: random.Random) -> Iterator[Question]:
    """Yield the folder's questions, each with the chunk that answers it and the likest that don't."""
    locator = Locator(folder.documents.values())
    holding = Counter(pair for chunk in folder.chunks for pair in set(character_pairs(squeeze(chunk.passage))))
    for asked in folder.gold:
        if len(asked.answers) > 1:
            continue
        source = f"{folder.name}:{asked.question_id}"
        targets = [locator.target(item) for item in asked.evidence]
        likest = ranked(asked.question, folder.chunks, holding)
        meeting = [chunk for chunk in likest if any(t.met_by(chunk.doc, chunk.start, chunk.end) for t in targets)]
        others = [chunk for chunk in likest if chunk not in meeting and not _says(chunk, asked)]
        for chunk in meeting[:1]:
            if span := answer_in(chunk, asked, targets):
                yield Question("folder/answered", source, asked.question, chunk.passage, *span)
        for chunk in rnd.sample(others[:6], min(NEAR if asked.answerable else NEAR_ABSENT, len(others))):
            yield Question("folder/absent", source, asked.question, chunk.passage)


def ranked(question: str, chunks: Sequence[Chunk], holding: Counter[str]) -> list[Chunk]:
    """Return the chunks, those first that share most pairs of characters with the question; rare pairs count more."""
    asked = set(character_pairs(squeeze(question)))

    def likeness(chunk: Chunk) -> float:
        shared = asked & set(character_pairs(squeeze(chunk.passage)))
        return sum(sorted(log(1 + len(chunks) / holding[pair]) for pair in shared))

    return sorted(chunks, key=lambda chunk: -likeness(chunk))


def answer_in(chunk: Chunk, asked: GoldQuestion, targets: Sequence[Target]) -> tuple[int, int] | None:
    """Return where the answer stands in the chunk's passage, inside the evidence; None where it is written otherwise."""
    lead = len(chunk.passage) - len(chunk.text)
    for target in targets:
        for low, high in target.spans or ((chunk.start, chunk.end),):
            if target.doc != chunk.doc:
                continue
            for told in sorted((told for part in asked.answers for told in part), key=len, reverse=True):
                at = chunk.text.find(told, max(0, low - chunk.start), max(0, high - chunk.start))
                if at >= 0:
                    return lead + at, lead + at + len(told)
    return None


def _says(chunk: Chunk, asked: GoldQuestion) -> bool:
    text = squeeze(chunk.text)
    return any(squeeze(told) in text for part in asked.answers for told in part)
