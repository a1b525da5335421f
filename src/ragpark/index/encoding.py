"""Sends a build's new texts through the model: one progress over all of them, and what comes back is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import EncoderError, IndexMismatchError
from ragpark.index.generations import REBUILD
from ragpark.index.progress import Reporter

if TYPE_CHECKING:
    from ragpark.encode.base import Encoder

_TOLERANCE = 1e-3  # of a vector's length: half-precision models round


class Encoding:
    """The encode stage of one build. `done` counts the texts that went through the model."""

    def __init__(self, encoder: Encoder, reporter: Reporter, total: int, dim: int | None) -> None:
        """`total` texts are to come; `dim` is that of the index they join, None for a new one."""
        self._encoder, self._reporter, self._total, self._dim = encoder, reporter, total, dim
        self.done = 0
        reporter.tell("encode", 0, total)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector for each text, (len(texts), dim). Without texts the model is not even loaded.

        Raises EncoderError if what comes back are not unit vectors, IndexMismatchError for another dimension.
        """
        if not texts:
            return np.zeros((0, self._dim or 0), dtype=np.float32)
        before = self.done

        def tell(done: int, _: int) -> None:
            self._reporter.tell("encode", min(before + done, self._total), self._total)

        found = self._encoder.encode_passages(texts, tell)
        lengths = np.linalg.norm(found, axis=1) if found.ndim == 2 else np.zeros(0)
        if found.shape[0] != len(texts) or not np.all(np.abs(lengths - 1) < _TOLERANCE):
            raise EncoderError(f"模型 {self._encoder.model_id} 没有给出单位向量；请换一个模型")
        if self._dim is not None and found.shape[1] != self._dim:
            raise IndexMismatchError(f"索引的向量是 {self._dim} 维，模型给出 {found.shape[1]} 维；{REBUILD}")
        self._dim = found.shape[1]
        self.done += len(texts)
        self._reporter.tell("encode", self.done, self._total)
        return found
