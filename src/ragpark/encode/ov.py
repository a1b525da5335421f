"""The bulk engine: the bundled model as an OpenVINO graph built straight from its 4-bit file.

No torch, no export. Texts run one by one, longest first, one per stream: nothing is padded, and a vector does not
depend on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ragpark.encode.base import ProcessGuard, Progress, Vectors
from ragpark.encode.e5s1 import E5S1
from ragpark.encode.layers import Embeddings, Rows, hidden_nodes
from ragpark.encode.streams import Streams, best_precision, options, usable_cores


class OpenVinoEngine:
    """Mean-pooled, normalised vectors of token ids, on the CPU."""

    def __init__(self, model: E5S1, precision: str | None = None, threads: int | None = None) -> None:
        """Build and compile the graph (about 1 s).

        `precision` is "bf16" or "f32"; by default bf16 where the CPU computes it in hardware. `threads` is the
        number of texts under way at once; by default one per usable core. Raises ImportError or RuntimeError
        where OpenVINO cannot run.
        """
        import openvino

        core = openvino.Core()
        self.precision = precision or best_precision(core)
        n_streams = threads or usable_cores()
        compiled = core.compile_model(_graph(model), "CPU", options(self.precision, n_streams))
        self._streams = Streams(compiled, n_streams)
        self._hidden = model.shape.hidden
        self._embeddings = Embeddings(model)
        self._guard = ProcessGuard()

    def encode(self, ids: Sequence[Sequence[int]], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(ids), hidden). Each row of ids has at most `positions` tokens."""
        self._guard.check()
        rows = np.zeros((len(ids), self._hidden), np.float32)
        n_done = 0

        def take(row: int, output: Rows) -> None:
            nonlocal n_done
            rows[row] = output[0]
            n_done += 1
            if progress is not None and n_done < len(ids):
                progress(n_done, len(ids))

        order = sorted(range(len(ids)), key=lambda i: (-len(ids[i]), i))
        self._streams.run(order, lambda i: self._embeddings(ids[i]), take)
        if progress is not None and len(ids):
            progress(len(ids), len(ids))
        vectors: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors


def _graph(model: E5S1) -> Any:
    """Return the encoder as an openvino.Model: embeddings (1, tokens, hidden) to their mean output (1, hidden)."""
    import openvino
    from openvino import opset13 as op

    source, hidden = hidden_nodes(model)
    mean = op.reduce_mean(hidden, op.constant(np.array([1])), False)
    return openvino.Model([mean], [source], "e5")
