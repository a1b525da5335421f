"""The fine leg: a vector for every sentence, memory-mapped; scores chunks by their best sentence, finds none itself.

A sentence that stands in several chunks is stored once. Components are stored as 16-bit integers: as small as half
precision and as exact (a cosine moves by 5e-6, against 6e-6), but turned into float32 twenty times faster by NumPy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import IndexDamagedError
from ragpark.index.arrays import open_array

VECTORS, KEYS, IDS, ENDS = FILE_NAMES = ("fine.npy", "fine_keys.npy", "fine_ids.npy", "fine_ends.npy")
KEY_BYTES = 16
VECTOR_TYPE = "<i2"
_SCALE = 32_767  # stands for a component of 1


class Fine:
    """The sentences of chunk row r are `ids[ends[r]:ends[r + 1]]`: rows of `vectors`, shape (n_sentences, dim),

    int16, and of `keys`, (n_sentences, KEY_BYTES), the hashes of their texts.
    """

    def __init__(
        self,
        vectors: NDArray[np.int16],
        keys: NDArray[np.uint8],
        ids: NDArray[np.int32],
        ends: NDArray[np.int64],
    ) -> None:
        self.vectors, self.keys, self.ids, self.ends = vectors, keys, ids, ends

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self.ends) - 1

    @property
    def n_sentences(self) -> int:
        """Different sentences, each stored once."""
        return len(self.vectors)

    @property
    def dim(self) -> int:
        return int(self.vectors.shape[1])

    def best(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return for each chunk row the highest cosine of `vector`, (dim,), with its sentences; shape (len(rows),).

        A chunk without sentences gets the lowest of the results beside it, so that it is never preferred and does
        not stretch their scale; 0 where no chunk has any. The other scores do not depend on which rows are asked
        for. Raises IndexError for a row that is not there.
        """
        wanted = np.asarray(rows, dtype=np.int64)
        if not len(wanted):
            return np.zeros(0, dtype=np.float32)
        if wanted.min() < 0 or wanted.max() >= len(self):
            raise IndexError(f"row outside 0..{len(self) - 1}")
        counts = self.ends[wanted + 1] - self.ends[wanted]
        places, firsts = _spans(self.ends[wanted], counts)
        # The cosines of each sentence are summed by themselves, see Dense.scores.
        sentences = self.vectors[self.ids[places]].astype(np.float32)
        cosines = np.einsum("ij,j->i", sentences, np.asarray(vector, dtype=np.float32) / np.float32(_SCALE))
        result = np.zeros(len(wanted), dtype=np.float32)
        has = counts > 0
        if has.any():
            result[has] = np.maximum.reduceat(cosines, firsts[has])
            result[~has] = result[has].min()
        return result

    def ids_of(self, rows: range) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the sentences of consecutive chunk rows, one after the other, and how many each row has."""
        ends = self.ends[rows.start : rows.stop + 1]
        if len(ends) < 2:
            return self.ids[:0], np.zeros(0, dtype=np.int64)
        return self.ids[int(ends[0]) : int(ends[-1])], np.diff(ends)

    @classmethod
    def load(cls, folder: Path) -> Fine:
        """Open memory-mapped: nothing is read but what is asked for.

        Raises IndexDamagedError if the arrays don't fit together.
        """
        try:
            vectors, keys, ids, ends = (open_array(folder / name) for name in FILE_NAMES)
            fits = (
                vectors.dtype == np.dtype(VECTOR_TYPE)
                and vectors.ndim == 2
                and keys.shape == (len(vectors), KEY_BYTES)
                and (ends[0], ends[-1]) == (0, len(ids))
                and bool(np.all(np.diff(ends) >= 0))
                and (not len(ids) or (ids.min() >= 0 and ids.max() < len(vectors)))
            )
        except (OSError, ValueError, EOFError, IndexError) as error:
            raise IndexDamagedError(f"句向量文件打不开（{folder}）；请运行 ragpark index --rebuild 重建索引") from error
        if not fits:
            raise IndexDamagedError(f"句向量文件前后不一致（{folder}）；请运行 ragpark index --rebuild 重建索引")
        return cls(vectors, keys, ids, ends)


def stored(vectors: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return unit vectors in the form in which they are kept, same shape."""
    scaled: NDArray[np.float32] = np.rint(np.clip(vectors, -1, 1) * np.float32(_SCALE))
    return scaled.astype(np.int16)


def _spans(starts: NDArray[Any], counts: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places start, start + 1, … of all spans one after the other, and where each span begins in that."""
    firsts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - firsts, counts), firsts
