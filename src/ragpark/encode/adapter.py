"""The bundled encoder with a trained low-rank adapter (Hu et al. 2021, LoRA) merged into its weights, and a span head.

The file is safetensors, float16, names as in the training model: `m.encoder.layer.N.PART` with `.A` (rank, in), `.B`
(out, rank) and `.base.bias` for a matrix, `.weight` and `.bias` for a layer norm; `head.weight` (2, hidden) and
`head.bias` (2,). Its metadata give `rank` and `alpha`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.e5s1 import E5S1, LAYER_PARTS
from ragpark.errors import ReaderError

_NORMS = ("aln", "oln")
_WAY_OUT = '请重装 ragpark，或用设置 reader = "none" 不用它'


class AdaptedModel:
    """`Weights` of the adapted encoder. A matrix is merged where it is asked for: W + B·A·(alpha / rank)."""

    def __init__(self, model: E5S1, path: Path) -> None:
        """Open the adapter file. Raises ReaderError if it is missing, damaged, or made for another encoder."""
        from safetensors import SafetensorError, safe_open

        self.shape = model.shape
        self._model = model
        self._path = there(path)
        try:
            with safe_open(path, "numpy") as file:
                about = file.metadata() or {}
                names = file.keys()
                self._tensors: dict[str, NDArray[np.float32]] = {
                    name: file.get_tensor(name).astype(np.float32) for name in names
                }
            self._scale = float(about["alpha"]) / int(about["rank"])
        except (OSError, SafetensorError, KeyError, ValueError, ZeroDivisionError) as error:
            raise self._damaged(error) from error
        self._check()
        self.head_weight = self._tensors["head.weight"]
        self.head_bias = self._tensors["head.bias"]

    def fingerprint(self) -> str:
        """Return 12 hexadecimal digits over both files: encoder and adapter."""
        digest = hashlib.sha256(self._model.fingerprint().encode())
        digest.update(self._path.read_bytes())
        return digest.hexdigest()[:12]

    def tensor(self, name: str, width: int | None = None) -> NDArray[np.float32]:
        """Return a tensor of the adapted encoder, named as in the bundled file: `l0.q.w`, `l11.oln.b`, `emb.pos`."""
        layer, _, rest = name.partition(".")
        short, _, kind = rest.partition(".")
        if short not in LAYER_PARTS:
            return self._model.tensor(name, width)
        prefix = f"m.encoder.layer.{layer[1:]}.{LAYER_PARTS[short]}"
        if short in _NORMS:
            return self._tensors[f"{prefix}.{'weight' if kind == 'w' else 'bias'}"]
        if kind == "b":
            return self._tensors[f"{prefix}.base.bias"]
        down, up = self._tensors[f"{prefix}.A"], self._tensors[f"{prefix}.B"]
        merged: NDArray[np.float32] = np.matmul(up * np.float32(self._scale), down, dtype=np.float32)
        merged += self._model.tensor(name, down.shape[1])
        return merged if width is not None else merged.reshape(-1)

    def word_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the word embeddings of the given ids, shape (len(ids), hidden); the adapter leaves them alone."""
        return self._model.word_rows(ids)

    def _check(self) -> None:
        hidden, wide = self.shape.hidden, self.shape.intermediate
        wanted: dict[str, tuple[int, ...]] = {"head.weight": (2, hidden), "head.bias": (2,)}
        for layer in range(self.shape.layers):
            for short, long in LAYER_PARTS.items():
                prefix = f"m.encoder.layer.{layer}.{long}"
                if short in _NORMS:
                    wanted |= {f"{prefix}.weight": (hidden,), f"{prefix}.bias": (hidden,)}
                    continue
                n_out, n_in = (wide if short == "fi" else hidden), (wide if short == "fo" else hidden)
                rank = self._tensors.get(f"{prefix}.A", np.zeros((0, 0))).shape[0]
                wanted |= {f"{prefix}.A": (rank, n_in), f"{prefix}.B": (n_out, rank), f"{prefix}.base.bias": (n_out,)}
        for name, shape in wanted.items():
            if name not in self._tensors or self._tensors[name].shape != shape:
                raise self._damaged(name)

    def _damaged(self, reason: object) -> ReaderError:
        return ReaderError(f"阅读模型 {self._path.name} 读不了（{reason}）；{_WAY_OUT}")


def there(path: Path) -> Path:
    """Return the path. Raises ReaderError if there is no such file."""
    if not path.is_file():
        raise ReaderError(f"没有找到阅读模型 {path}；{_WAY_OUT}")
    return path
