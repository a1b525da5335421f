"""Makes the fine leg of a new generation: what is carried over, what has to be encoded; streamed to disk."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ragpark.index import fine
from ragpark.index.arrays import write_rows
from ragpark.index.fitting import cuts
from ragpark.index.gather import Entry
from ragpark.index.reader import Index

if TYPE_CHECKING:
    from ragpark.encode.base import Encoder

_BLOCK = 8192  # sentences whose vectors are in memory at a time


@dataclass(frozen=True, slots=True)
class Plan:
    """The sentences of all chunks, in the order in which they first appear: the same however the index grew.

    `ids` and `ends` as in `Fine`. `sources[i]` is where sentence i comes from: a row of the old leg, or
    −1 − j for `texts[j]`, which is to be encoded.
    """

    ids: NDArray[np.int32]
    ends: NDArray[np.int64]
    sources: NDArray[np.int64]
    texts: list[str]
    old: fine.Fine | None

    def write(self, folder: Path, encode: Callable[[Sequence[str]], NDArray[np.float32]], dim: int) -> None:
        """Write the leg's files into an existing folder; `encode` is called with all of `texts`, block by block."""
        keys = np.zeros((len(self.sources), fine.KEY_BYTES), dtype=np.uint8)
        new = self.sources < 0
        if self.old is not None:
            keys[~new] = self.old.keys[self.sources[~new]]
        if self.texts:
            digests = b"".join(_key(self.texts[-1 - source]) for source in self.sources[new].tolist())
            keys[new] = np.frombuffer(digests, np.uint8).reshape(-1, fine.KEY_BYTES)
        write_rows(folder / fine.VECTORS, (len(self.sources), dim), fine.VECTOR_TYPE, self._blocks(encode, dim))
        np.save(folder / fine.KEYS, keys, allow_pickle=False)
        np.save(folder / fine.IDS, self.ids, allow_pickle=False)
        np.save(folder / fine.ENDS, self.ends, allow_pickle=False)

    def _blocks(self, encode: Callable[[Sequence[str]], NDArray[np.float32]], dim: int) -> Iterator[NDArray[np.int16]]:
        for first in range(0, len(self.sources), _BLOCK):
            sources = self.sources[first : first + _BLOCK]
            block = np.empty((len(sources), dim), dtype=np.int16)
            if self.old is not None:
                block[sources >= 0] = self.old.vectors[sources[sources >= 0]]
            if texts := [self.texts[-1 - source] for source in sources[sources < 0].tolist()]:
                block[sources < 0] = fine.stored(encode(texts))
            yield block


def plan(entries: Sequence[Entry], old: Index | None, encoder: Encoder) -> Plan:
    """Decide where the vector of each sentence comes from. A text that the old leg holds is not encoded again.

    Sentences over the model's limit are cut into pieces that fit.
    """
    fresh = dict.fromkeys(text for entry in entries for texts in entry.sentences or () for text in texts)
    n_old = old.fine.n_sentences if old else 0
    known = {key.tobytes(): row for row, key in enumerate(np.array(old.fine.keys))} if old and fresh else {}
    unknown = [text for text in fresh if _key(text) not in known]
    cut = cuts(unknown, encoder.count_tokens, encoder.max_tokens) if unknown else {}
    new: dict[str, int] = {}
    numbers: dict[str, list[int]] = {}  # of each sentence: rows of the old leg, then numbers from n_old on
    for text in fresh:
        numbers[text] = []
        for piece in cut.get(text, (text,)):
            row = known.get(_key(piece))
            numbers[text].append(n_old + new.setdefault(piece, len(new)) if row is None else row)

    ids, counts = array("q"), array("q", [0])
    for entry in entries:
        if entry.sentences is not None:
            for texts in entry.sentences:
                found = dict.fromkeys(number for text in texts for number in numbers[text])
                ids.extend(found)
                counts.append(len(found))
        elif old is not None:
            carried, n_each = old.fine.ids_of(old.rows_of(entry.document.doc))
            ids.extend(carried.tolist())
            counts.extend(n_each.tolist())
    used, firsts, places = np.unique(np.frombuffer(ids, np.int64), return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    ranks = np.empty(len(used), dtype=np.int64)
    ranks[order] = np.arange(len(used))
    sources = used[order]
    return Plan(
        ids=ranks[places].astype(np.int32),
        ends=np.cumsum(np.frombuffer(counts, np.int64)),
        sources=np.where(sources < n_old, sources, n_old - 1 - sources),
        texts=list(new),
        old=old.fine if old else None,
    )


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[: fine.KEY_BYTES]
