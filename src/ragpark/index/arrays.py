"""Arrays on disk: opened memory-mapped where that pays, and written piece by piece; no pickle."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAP_ABOVE = 4096  # bytes; a smaller file is read (and an array without elements cannot be mapped)


def open_array(path: Path) -> NDArray[Any]:
    """Return the array of a `.npy` file. Raises OSError, ValueError or EOFError if it does not hold one."""
    found = np.load(path, mmap_mode="r" if path.stat().st_size > _MAP_ABOVE else None, allow_pickle=False)
    return np.asarray(found)


def write_rows(path: Path, shape: tuple[int, int], dtype: str, blocks: Iterable[NDArray[Any]]) -> None:
    """Write a `.npy` file of the given shape from blocks of rows, one after the other, so that none has to be kept.

    Raises ValueError if the blocks don't have that shape together.
    """
    kind = np.dtype(dtype)
    n_rows = 0
    with path.open("wb") as file:
        header = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(file, header)
        for block in blocks:
            if block.shape[1:] != shape[1:]:
                raise ValueError(f"block of shape {block.shape} in an array of shape {shape}")
            n_rows += len(block)
            file.write(np.ascontiguousarray(block, dtype=kind).tobytes())
    if n_rows != shape[0]:
        raise ValueError(f"{n_rows} rows in an array of shape {shape}")
