from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ragpark.errors import IndexDamagedError
from ragpark.index.arrays import write_rows
from ragpark.index.fine import ENDS, FILE_NAMES, IDS, KEY_BYTES, KEYS, VECTORS, Fine, stored


def unit(n: int, dim: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def make(vectors: NDArray[np.float32], sentences: list[list[int]]) -> Fine:
    """A leg in which chunk r has the sentences `sentences[r]`."""
    return Fine(
        stored(vectors),
        np.zeros((len(vectors), KEY_BYTES), dtype=np.uint8),
        np.array([i for row in sentences for i in row], dtype=np.int32),
        np.cumsum([0, *map(len, sentences)]),
    )


def save(fine: Fine, folder: Path) -> None:
    for name, values in zip(FILE_NAMES, (fine.vectors, fine.keys, fine.ids, fine.ends), strict=True):
        np.save(folder / name, values)


# Cosines with (1, 0): 0.6, 1, 0, -1.
VECTORS_OF = np.array([[0.6, 0.8], [1, 0], [0, 1], [-1, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)
# The best of each chunk: 1 (its second), 0.6, none, -1, 1 (shared with chunk 0), none.
FINE = make(VECTORS_OF, [[0, 1], [0, 2, 3], [], [3], [1], []])


def best(fine: Fine, vector: NDArray[np.float32], rows: list[int]) -> list[float]:
    return fine.best(vector, np.array(rows, dtype=np.int64)).tolist()


def test_a_chunk_has_the_cosine_of_its_best_sentence() -> None:
    assert (len(FINE), FINE.n_sentences, FINE.dim) == (6, 4, 2)
    assert best(FINE, EAST, [0, 1, 3, 4]) == pytest.approx([1, 0.6, -1, 1], abs=1e-4)
    assert best(FINE, EAST, [4, 1, 1]) == pytest.approx([1, 0.6, 0.6], abs=1e-4)


def test_a_chunk_without_sentences_is_level_with_the_lowest_asked_for() -> None:
    assert best(FINE, EAST, [5, 0, 2, 1]) == pytest.approx([0.6, 1, 0.6, 0.6], abs=1e-4)
    assert best(FINE, EAST, [2, 3]) == pytest.approx([-1, -1], abs=1e-4)
    assert best(FINE, EAST, [2, 5]) == [0, 0]


def test_no_rows_give_no_scores_and_unknown_rows_are_an_error() -> None:
    scores = FINE.best(EAST, np.zeros(0, dtype=np.int64))
    assert (scores.shape, scores.dtype) == ((0,), np.float32)
    for row in (-1, 6):
        with pytest.raises(IndexError):
            best(FINE, EAST, [0, row])


def test_an_index_without_any_sentence_scores_zero() -> None:
    assert best(make(np.zeros((0, 2), dtype=np.float32), [[], []]), EAST, [0, 1]) == [0, 0]


def test_agrees_with_the_exact_maximum_and_a_score_does_not_depend_on_the_other_rows() -> None:
    vectors, query = unit(300, 384), unit(1, 384, seed=1)[0]
    sentences = [[(7 * row + i) % 300 for i in range(1 + row % 9)] for row in range(100)]
    exact = vectors.astype(np.float64) @ query.astype(np.float64)
    fine = make(vectors, sentences)
    together = best(fine, query, list(range(100)))
    assert together == pytest.approx([max(exact[row]) for row in sentences], abs=1e-4)
    assert [best(fine, query, [row])[0] for row in range(100)] == together


def test_ids_of_consecutive_rows() -> None:
    ids, counts = FINE.ids_of(range(1, 5))
    assert (ids.tolist(), counts.tolist()) == ([0, 2, 3, 3, 1], [3, 0, 1, 1])
    ids, counts = FINE.ids_of(range(0))
    assert (ids.tolist(), counts.tolist()) == ([], [])


def test_components_are_kept_to_a_sixty_five_thousandth() -> None:
    values = np.array([[1.0005, -1.0005, 0, 0.5, -0.051]], dtype=np.float32)  # a model in half precision goes past 1
    assert stored(values).dtype == np.int16
    assert stored(values) / 32767 == pytest.approx(np.clip(values, -1, 1), abs=1 / 65534 + 1e-7)


def test_saved_leg_reads_back_the_same(tmp_path: Path) -> None:
    vectors, query = unit(40, 64), unit(1, 64, seed=1)[0]  # large enough to be mapped
    written = make(vectors, [[i, (i + 1) % 40] for i in range(40)])
    save(written, tmp_path)
    fine = Fine.load(tmp_path)
    assert np.array_equal(fine.vectors, written.vectors)
    assert best(fine, query, list(range(40))) == best(written, query, list(range(40)))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (VECTORS, np.zeros((4, 2), dtype=np.float16)),
        (VECTORS, np.zeros(8, dtype=np.int16)),
        (KEYS, np.zeros((3, KEY_BYTES), dtype=np.uint8)),
        (IDS, np.array([0, 1, 0, 2, 3, 3, 4], dtype=np.int32)),  # there is no sentence 4
        (IDS, np.array([0, 1], dtype=np.int32)),
        (ENDS, np.array([0, 2, 5, 4, 6, 7, 7])),
        (ENDS, np.zeros(0, dtype=np.int64)),
    ],
)
def test_arrays_that_do_not_fit_together_are_damaged(tmp_path: Path, name: str, values: NDArray[np.generic]) -> None:
    save(FINE, tmp_path)
    Fine.load(tmp_path)
    np.save(tmp_path / name, values)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Fine.load(tmp_path)
    (tmp_path / name).write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Fine.load(tmp_path)


def test_rows_written_in_blocks_are_the_same_file_as_at_once(tmp_path: Path) -> None:
    whole = np.arange(12, dtype=np.int16).reshape(6, 2)
    write_rows(tmp_path / "blocks.npy", (6, 2), "<i2", [whole[:4], whole[4:4], whole[4:]])
    np.save(tmp_path / "whole.npy", whole)
    assert (tmp_path / "blocks.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()
    with pytest.raises(ValueError, match="4 rows"):
        write_rows(tmp_path / "short.npy", (6, 2), "<i2", [whole[:4]])
    with pytest.raises(ValueError, match="shape"):
        write_rows(tmp_path / "narrow.npy", (6, 2), "<i2", [whole[:, :1]])
