from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ragpark.errors import IndexDamagedError
from ragpark.index.dense import FILE_NAME, Dense


def unit(n: int, dim: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


# Cosines with (1, 0): 0.6, 1, 0, 0.6, -1. Rows 0 and 3 are equal, so the lower row comes first.
ROWS = np.array([[0.6, 0.8], [1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def test_order_is_score_then_row() -> None:
    found = Dense.build(ROWS).search(EAST, 4)
    assert [row for row, _ in found] == [1, 0, 3, 2]
    assert [score for _, score in found] == pytest.approx([1, 0.6, 0.6, 0])


def test_only_allowed_rows_are_returned() -> None:
    dense = Dense.build(ROWS)
    allowed = np.array([False, False, True, True, True])
    assert [row for row, _ in dense.search(EAST, 2, allowed)] == [3, 2]
    assert [row for row, _ in dense.search(EAST, 9, allowed)] == [3, 2, 4]
    assert dense.search(EAST, 2, np.zeros(5, dtype=bool)) == []
    assert dense.search(EAST, 0) == []


def test_many_equal_rows_at_the_cut_off_are_taken_by_row() -> None:
    rows = np.repeat(unit(1, 16), 500, axis=0)
    assert [row for row, _ in Dense.build(rows).search(rows[0], 30)] == list(range(30))


@pytest.mark.parametrize("filtered", [False, True])
def test_search_agrees_with_a_full_sort(filtered: bool) -> None:
    rows, query = unit(300, 32), unit(1, 32, seed=1)[0]
    allowed = np.arange(300) % 3 == 0 if filtered else np.ones(300, dtype=bool)
    exact = rows.astype(np.float64) @ query.astype(np.float64)
    expected = sorted(np.flatnonzero(allowed), key=lambda row: (-exact[row], row))[:20]
    found = Dense.build(rows).search(query, 20, allowed if filtered else None)
    assert [row for row, _ in found] == expected
    assert [score for _, score in found] == pytest.approx(exact[expected], abs=1e-6)


def test_a_score_does_not_depend_on_the_other_rows_asked_for() -> None:
    rows, query = unit(100, 384), unit(1, 384, seed=1)[0]
    dense = Dense.build(rows)
    together = dense.scores(query, range(100))
    assert [float(dense.scores(query, [row])[0]) for row in range(100)] == together.tolist()


def test_saved_index_reads_back_the_same(tmp_path: Path) -> None:
    rows = unit(50, 16)
    Dense.build(rows).save(tmp_path)
    dense = Dense.load(tmp_path)
    assert (len(dense), dense.dim) == (50, 16)
    assert np.array_equal(dense.vectors(range(50)), rows)
    assert dense.search(rows[7], 3) == Dense.build(rows).search(rows[7], 3)


def test_large_index_keeps_half_precision(tmp_path: Path) -> None:
    rows = unit(50, 16)
    Dense.build(rows, flat_up_to=49).save(tmp_path)
    dense = Dense.load(tmp_path)
    assert np.allclose(dense.vectors(range(50)), rows, atol=1e-3)
    assert (tmp_path / FILE_NAME).stat().st_size < 50 * 16 * 4
    assert [dense.search(row, 1, np.ones(50, dtype=bool))[0][0] for row in rows] == list(range(50))


def test_rows_outside_are_an_error() -> None:
    dense = Dense.build(ROWS)
    with pytest.raises(IndexError):
        dense.vectors([5])
    assert dense.vectors([]).shape == (0, 2)
    assert dense.scores(EAST, []).shape == (0,)


def test_file_that_is_not_an_index_is_damaged(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Dense.load(tmp_path)
