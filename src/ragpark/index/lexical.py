"""The lexical leg: BM25 over token lists, as postings of term counts on disk; knows rows, not chunks.

Counts, not finished scores, are stored: rows can then be carried over into the next generation without
segmenting their text again, although document frequencies and the average length have changed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import IndexDamagedError
from ragpark.index.arrays import open_array

# Robertson & Zaragoza 2009, section 3.5: 1.2 < K1 < 2 and 0.5 < B < 0.8 are reasonable in most circumstances.
K1 = 1.5
B = 0.75
_MAX_COUNT = 65_535
FILE_NAMES = ("words.bin", "words.npy", "terms.npy", "rows.npy", "counts.npy", "lengths.npy")


class Lexical:
    """BM25, the variant of Lucene 8 and later: idf · tf / (tf + k1 · (1 − b + b · length / mean length)),

    idf = ln(1 + (n − df + 0.5) / (df + 0.5)). `words` are sorted by their UTF-8 bytes; the postings of word t are
    `rows[terms[t]:terms[t + 1]]` (ascending) with `counts` beside them; `lengths` are tokens per row.
    """

    def __init__(
        self,
        words: _Words,
        terms: NDArray[np.int64],
        rows: NDArray[np.int32],
        counts: NDArray[np.uint16],
        lengths: NDArray[np.int32],
        k1: float = K1,
        b: float = B,
    ) -> None:
        self._words, self._terms, self._rows, self._counts, self._lengths = words, terms, rows, counts, lengths
        mean = float(lengths.mean(dtype=np.float64)) if len(lengths) else 0.0
        self._norm = (k1 * (1 - b + b * lengths / (mean or 1.0))).astype(np.float32)

    def __len__(self) -> int:
        return len(self._lengths)

    @classmethod
    def build(
        cls, items: Iterable[list[str] | int], old: Lexical | None = None, k1: float = K1, b: float = B
    ) -> Lexical:
        """Index one item a row, in order: a list of tokens, or the number of a row of `old` to carry over.

        Items are taken one by one and not kept: 100,000 token lists would not fit in memory.
        """
        import scipy.sparse as sparse

        carried = array("q")  # for each row of the result: a row of `old`, or -1
        numbers: defaultdict[str, int] = defaultdict()  # a new token gets the next number
        numbers.default_factory = numbers.__len__
        columns, counts, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.uint16)], array("i")
        for item in items:
            if isinstance(item, int):
                carried.append(item)
                continue
            carried.append(-1)
            counted = Counter(item)
            columns.append(np.fromiter(map(numbers.__getitem__, counted), np.int32, len(counted)))
            counts.append(np.fromiter(counted.values(), np.int64, len(counted)).clip(max=_MAX_COUNT).astype(np.uint16))
            lengths.append(len(item))
        parts = [
            sparse.csr_array(
                (np.concatenate(counts), np.concatenate(columns), np.cumsum([len(part) for part in columns])),
                shape=(len(lengths), len(numbers)),
            )
        ]
        new_words = [token.encode("utf-8", "surrogatepass") for token in numbers]
        source = np.frombuffer(carried, np.int64)
        all_lengths = np.zeros(len(source), dtype=np.int32)
        all_lengths[source < 0] = lengths
        if old is not None:
            kept = source[source >= 0]
            part = sparse.csc_array((old._counts, old._rows, old._terms), shape=(len(old), len(old._words))).tocsr()
            parts.append(part[kept])
            all_lengths[source >= 0] = old._lengths[kept]
        words, places = _union(new_words, old._words.all() if old is not None else [])
        for part, place in zip(parts, places, strict=False):
            part.indices = place[part.indices]
            part.resize((part.shape[0], len(words)))
        stacked = sparse.vstack(parts, format="csr") if len(parts) > 1 else parts[0]
        back = np.empty(len(source), dtype=np.int64)
        back[np.concatenate([np.flatnonzero(source < 0), np.flatnonzero(source >= 0)])] = np.arange(len(source))
        matrix = stacked[back].tocsc()
        matrix.sort_indices()
        used = np.flatnonzero(np.diff(matrix.indptr))  # words whose last row is gone are dropped
        terms = np.concatenate([[0], np.cumsum(np.diff(matrix.indptr)[used])]).astype(np.int64)
        return cls(
            _Words.of([words[i] for i in used]),
            terms,
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.uint16),
            all_lengths,
            k1,
            b,
        )

    def save(self, folder: Path) -> None:
        """Write the files FILE_NAMES into an existing folder; plain arrays, no pickle."""
        (folder / "words.bin").write_bytes(self._words.blob)
        np.save(folder / "words.npy", self._words.ends, allow_pickle=False)
        np.save(folder / "terms.npy", self._terms, allow_pickle=False)
        np.save(folder / "rows.npy", self._rows, allow_pickle=False)
        np.save(folder / "counts.npy", self._counts, allow_pickle=False)
        np.save(folder / "lengths.npy", self._lengths, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, k1: float = K1, b: float = B) -> Lexical:
        """Open with the postings memory-mapped. Raises IndexDamagedError if the arrays don't fit together."""
        try:
            ends, terms, rows, counts, lengths = (open_array(folder / name) for name in FILE_NAMES[1:])
            words = _Words((folder / "words.bin").read_bytes(), np.array(ends))
            fits = len(terms) == len(ends) and len(rows) == len(counts) == terms[-1] and ends[-1] == len(words.blob)
        except (OSError, ValueError, EOFError, IndexError) as error:
            raise IndexDamagedError(f"词表文件打不开（{folder}）；请运行 ragpark index --rebuild 重建索引") from error
        if not fits:
            raise IndexDamagedError(f"词表文件前后不一致（{folder}）；请运行 ragpark index --rebuild 重建索引")
        return cls(words, np.array(terms), rows, counts, np.array(lengths), k1, b)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every row, shape (n,); zero without a match. A token given twice counts twice."""
        total = np.zeros(len(self), dtype=np.float32)
        for token, times in Counter(tokens).items():  # in the order of the query: the same sum every run
            number = self._words.find(token)
            if number is None:
                continue
            start, end = int(self._terms[number]), int(self._terms[number + 1])
            rows = self._rows[start:end].astype(np.int64)  # what NumPy indexes with: a third faster
            counts = self._counts[start:end].astype(np.float32)
            total[rows] += np.float32(times * self._idf(end - start)) * (counts / (counts + self._norm.take(rows)))
        return total

    def idf(self, token: str) -> float:
        """Return the token's inverse document frequency; a token that no row holds has the highest of all."""
        number = self._words.find(token)
        return self._idf(0 if number is None else int(self._terms[number + 1] - self._terms[number]))

    def contains(self, token: str) -> bool:
        """Say whether any row holds the token."""
        return self._words.find(token) is not None

    def _idf(self, df: int) -> float:
        return float(np.log1p((len(self) - df + 0.5) / (df + 0.5)))


class _Words(Sequence[bytes]):
    """Sorted words as one block of bytes and their ends: opens at once however many there are."""

    def __init__(self, blob: bytes, ends: NDArray[np.int64]) -> None:
        self.blob, self.ends = blob, ends

    @classmethod
    def of(cls, words: Sequence[bytes]) -> _Words:
        return cls(b"".join(words), np.concatenate([[0], np.cumsum([len(w) for w in words])]).astype(np.int64))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: Any) -> Any:
        return self.blob[int(self.ends[number]) : int(self.ends[number + 1])]

    def all(self) -> list[bytes]:
        ends = self.ends.tolist()
        return [self.blob[start:end] for start, end in pairwise(ends)]

    def find(self, token: str) -> int | None:
        word = token.encode("utf-8", "surrogatepass")
        number = bisect_left(self, word)
        return number if number < len(self) and self[number] == word else None


def _union(new: list[bytes], old: list[bytes]) -> tuple[list[bytes], list[NDArray[np.int32]]]:
    """Return all words sorted, and for both lists the places of their words in it; `old` is sorted, `new` is not."""
    order = sorted(range(len(new)), key=new.__getitem__)
    before = np.array([bisect_left(old, new[i]) for i in order], dtype=np.int64)  # old words before each new one
    known = np.array([at < len(old) and old[at] == new[i] for at, i in zip(before, order, strict=True)], dtype=bool)
    old_places = np.arange(len(old)) + np.searchsorted(before[~known], np.arange(len(old)), side="right")
    new_places = np.empty(len(new), dtype=np.int64)
    new_places[order] = before + np.cumsum(~known) - ~known
    words = sorted([*old, *(new[i] for i, is_known in zip(order, known, strict=True) if not is_known)])  # two runs
    return words, [new_places.astype(np.int32), old_places.astype(np.int32)]
