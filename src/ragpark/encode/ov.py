"""The bulk engine: the bundled model as an OpenVINO graph built straight from its 4-bit file.

No torch, no export: the graph is twelve encoder layers, about 80 lines. Word embeddings are de-quantised per text,
so they never stand in memory as a whole (384 MB). Texts run one by one, longest first, one per stream: nothing is
padded, and a vector does not depend on the texts beside it.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.base import ProcessGuard, Progress, Vectors
from ragpark.encode.e5s1 import E5S1


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
        self.precision = precision or ("bf16" if _has_bf16(core) else "f32")
        self._n_streams = threads or _usable_cores()
        options = {
            "INFERENCE_PRECISION_HINT": self.precision,
            "NUM_STREAMS": str(self._n_streams),
            "INFERENCE_NUM_THREADS": str(self._n_streams),
        }
        self._compiled = core.compile_model(_graph(model), "CPU", options)
        self._model = model
        hidden = model.shape.hidden
        self._places = model.tensor("emb.pos", hidden) + model.tensor("emb.type", hidden)[0]
        self._guard = ProcessGuard()
        self._lock = threading.Lock()

    def encode(self, ids: Sequence[Sequence[int]], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(ids), hidden). Each row of ids has at most `positions` tokens."""
        self._guard.check()
        rows = np.zeros((len(ids), self._model.shape.hidden), np.float32)
        under_way: deque[tuple[Any, int]] = deque()
        n_done = 0

        def collect() -> Any:
            """Wait for the text begun first; return its request, free again."""
            nonlocal n_done
            request, row = under_way.popleft()
            request.wait()
            rows[row] = request.get_output_tensor(0).data[0]
            n_done += 1
            if progress is not None and n_done < len(ids):
                progress(n_done, len(ids))
            return request

        # Requests are waited for in order. A callback would run Python in OpenVINO's threads, and those are joined
        # with the interpreter's lock held when the model is dropped: that can hang for good.
        with self._lock:
            free = [self._compiled.create_infer_request() for _ in range(self._n_streams)]
            for row in sorted(range(len(ids)), key=lambda i: (-len(ids[i]), i)):
                request = free.pop() if free else collect()
                request.start_async({0: self._embedded(ids[row])})
                under_way.append((request, row))
            while under_way:
                collect()
        if progress is not None and len(ids):
            progress(len(ids), len(ids))
        vectors: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors

    def _embedded(self, ids: Sequence[int]) -> NDArray[np.float32]:
        words = self._model.word_rows(np.asarray(ids, dtype=np.int64))
        embedded: NDArray[np.float32] = (words + self._places[: len(ids)])[None]
        return embedded


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _has_bf16(core: Any) -> bool:
    """Return whether the CPU has bf16 instructions.

    OpenVINO also reports BF16 where AVX-512 emulates it, slower than float32; so Linux is asked too.
    """
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        return False
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return any(flag in flags for flag in ("avx512_bf16", "amx_bf16"))


def _graph(model: E5S1) -> Any:
    """Return the encoder as an openvino.Model: embeddings (1, tokens, hidden) to their mean output (1, hidden)."""
    import openvino
    from openvino import opset13 as op

    shape = model.shape
    hidden, heads = shape.hidden, shape.heads
    split, swap = op.constant(np.array([0, 0, heads, hidden // heads])), op.constant(np.array([0, 2, 1, 3]))
    join, last = op.constant(np.array([0, 0, hidden])), op.constant(np.array([-1]))

    def vector(name: str) -> Any:
        return op.constant(model.tensor(name).reshape(1, 1, -1))

    def norm(node: Any, name: str) -> Any:
        scaled = op.multiply(op.mvn(node, last, True, shape.eps, "inside_sqrt"), vector(f"{name}.w"))
        return op.add(scaled, vector(f"{name}.b"))

    def dense(node: Any, name: str, columns: int) -> Any:
        matrix = op.constant(model.tensor(f"{name}.w", columns))
        return op.add(op.matmul(node, matrix, False, True), vector(f"{name}.b"))

    source = op.parameter([1, -1, hidden], np.float32, name="embedded")
    state = norm(source, "emb.ln")
    for layer in range(shape.layers):
        name = f"l{layer}"
        query, key, value = (
            op.transpose(op.reshape(dense(state, f"{name}.{part}", hidden), split, True), swap) for part in "qkv"
        )
        # No mask: every token of the one text is read. The scale is 1/√(head size), the default.
        attended = op.scaled_dot_product_attention(query, key, value, causal=False)
        attended = op.reshape(op.transpose(attended, swap), join, True)
        state = norm(op.add(state, dense(attended, f"{name}.ao", hidden)), f"{name}.aln")
        wide = op.gelu(dense(state, f"{name}.fi", hidden), "erf")
        state = norm(op.add(state, dense(wide, f"{name}.fo", shape.intermediate)), f"{name}.oln")
    mean = op.reduce_mean(state, op.constant(np.array([1])), False)
    return openvino.Model([mean], [source], "e5")
