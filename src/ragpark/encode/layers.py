"""The bundled encoder's layers, written once as an OpenVINO graph and once in numpy; what is read off them is not here.

`hidden_nodes` is what runs; `hidden_rows` is slow, needs no engine, and is what an engine is checked against.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.e5s1 import Shape

Rows = NDArray[np.float32]


class Weights(Protocol):
    """Where the layers' weights come from: the bundled file, or that file with an adapter merged into it."""

    @property
    def shape(self) -> Shape: ...

    def tensor(self, name: str, width: int | None = None) -> NDArray[np.float32]:
        """Return a tensor as float32, shape (count,) or (count / width, width)."""
        ...

    def word_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the word embeddings of the given ids, shape (len(ids), hidden)."""
        ...


class Embeddings:
    """Token ids to what the first layer reads. Words are de-quantised per text: as a whole they are 384 MB."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        hidden = weights.shape.hidden
        self._places = weights.tensor("emb.pos", hidden) + weights.tensor("emb.type", hidden)[0]

    def __call__(self, ids: Sequence[int]) -> Rows:
        """Return the sums of word, position and type embeddings, shape (1, len(ids), hidden)."""
        words = self._weights.word_rows(np.asarray(ids, dtype=np.int64))
        embedded: Rows = (words + self._places[: len(ids)])[None]
        return embedded


def hidden_nodes(weights: Weights) -> tuple[Any, Any]:
    """Return OpenVINO nodes: the parameter for embeddings (1, tokens, hidden), and the last layer's output, alike."""
    from openvino import opset13 as op

    shape = weights.shape
    hidden, heads = shape.hidden, shape.heads
    split, swap = op.constant(np.array([0, 0, heads, hidden // heads])), op.constant(np.array([0, 2, 1, 3]))
    join, last = op.constant(np.array([0, 0, hidden])), op.constant(np.array([-1]))

    def vector(name: str) -> Any:
        return op.constant(weights.tensor(name).reshape(1, 1, -1))

    def norm(node: Any, name: str) -> Any:
        scaled = op.multiply(op.mvn(node, last, True, shape.eps, "inside_sqrt"), vector(f"{name}.w"))
        return op.add(scaled, vector(f"{name}.b"))

    def dense(node: Any, name: str, columns: int) -> Any:
        matrix = op.constant(weights.tensor(f"{name}.w", columns))
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
    return source, state


def hidden_rows(weights: Weights, embedded: Rows) -> Rows:
    """Return the last layer's output, shape (tokens, hidden), of embeddings (1, tokens, hidden), in float32 numpy."""
    from scipy.special import erf

    shape = weights.shape
    heads, hidden = shape.heads, shape.hidden
    size = hidden // heads

    def norm(rows: Rows, name: str) -> Rows:
        centred = rows - rows.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(shape.eps))
        result: Rows = scaled * weights.tensor(f"{name}.w") + weights.tensor(f"{name}.b")
        return result

    def dense(rows: Rows, name: str, columns: int) -> Rows:
        result: Rows = rows @ weights.tensor(f"{name}.w", columns).T + weights.tensor(f"{name}.b")
        return result

    state = norm(embedded[0], "emb.ln")
    for layer in range(shape.layers):
        name = f"l{layer}"
        query, key, value = (
            dense(state, f"{name}.{part}", hidden).reshape(-1, heads, size).transpose(1, 0, 2) for part in "qkv"
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        attended = (shares / shares.sum(axis=2, keepdims=True)) @ value
        joined = attended.transpose(1, 0, 2).reshape(-1, hidden)
        state = norm(state + dense(joined, f"{name}.ao", hidden), f"{name}.aln")
        wide = dense(state, f"{name}.fi", hidden)
        wide = wide * np.float32(0.5) * (1 + erf(wide / np.float32(2**0.5)))
        state = norm(state + dense(wide, f"{name}.fo", shape.intermediate), f"{name}.oln")
    return state
