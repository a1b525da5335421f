"""The years each chunk is about, as arrays: which chunks a range of years lets through, without reading a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import IndexDamagedError
from ragpark.index.arrays import open_array

YEARS, ENDS = FILE_NAMES = ("years.npy", "year_ends.npy")


class Years:
    """The years of chunk row r are `years[ends[r]:ends[r + 1]]`, int16, ascending."""

    def __init__(self, years: NDArray[np.int16], ends: NDArray[np.int64]) -> None:
        self._years, self._ends = years, ends

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self._ends) - 1

    @classmethod
    def build(cls, rows: Iterable[Collection[int]]) -> Years:
        """Take the years of each chunk, in row order; each year from 1 to 9999."""
        ordered = [sorted(years) for years in rows]
        ends = np.cumsum([0, *map(len, ordered)], dtype=np.int64)
        return cls(np.fromiter(chain.from_iterable(ordered), np.int16, int(ends[-1])), ends)

    def save(self, folder: Path) -> None:
        """Write the files FILE_NAMES into an existing folder; plain arrays, no pickle."""
        np.save(folder / YEARS, self._years, allow_pickle=False)
        np.save(folder / ENDS, self._ends, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Years:
        """Open memory-mapped. Raises IndexDamagedError if the arrays don't fit together."""
        try:
            years, ends = (open_array(folder / name) for name in FILE_NAMES)
            fits = (ends[0], ends[-1]) == (0, len(years)) and bool(np.all(np.diff(ends) >= 0))
        except (OSError, ValueError, EOFError, IndexError) as error:
            raise IndexDamagedError(f"年份文件打不开（{folder}）；请运行 ragpark index --rebuild 重建索引") from error
        if not fits:
            raise IndexDamagedError(f"年份文件前后不一致（{folder}）；请运行 ragpark index --rebuild 重建索引")
        return cls(years, ends)

    def of(self, row: int) -> frozenset[int]:
        """Return the years of one chunk."""
        return frozenset(self._years[self._ends[row] : self._ends[row + 1]].tolist())

    def within(self, first: int, last: int) -> NDArray[np.bool_]:
        """Return which chunks are about a year from `first` to `last`, both included, shape (n_chunks,)."""
        hits = np.concatenate([[0], np.cumsum((self._years >= first) & (self._years <= last))])
        found: NDArray[np.bool_] = hits[self._ends[1:]] > hits[self._ends[:-1]]
        return found
