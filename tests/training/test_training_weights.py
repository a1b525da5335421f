"""The weights in the package are what training writes, and the package carries them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
from model import ALPHA, RANK
from safetensors import safe_open

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "src" / "ragpark" / "answer" / "data" / "reader.safetensors"


def test_the_weights_hold_every_layer_s_adapters_and_the_head() -> None:
    with safe_open(WEIGHTS, "np") as file:
        metadata, names = file.metadata(), set(file.keys())
        tensors = [file.get_tensor(name) for name in names]
    assert (metadata["rank"], metadata["alpha"]) == (str(RANK), str(ALPHA))
    # per layer 6 linear layers with A, B and bias, 2 norms with weight and bias; the head's weight and bias
    assert len(names) == 12 * (6 * 3 + 2 * 2) + 2
    assert all(tensor.dtype == np.float16 and np.isfinite(tensor).all() for tensor in tensors)


def test_the_package_carries_the_weights_and_their_card() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert {"data/*.safetensors", "data/*.md"} <= set(data["ragpark.answer"])
    assert WEIGHTS.stat().st_size < 8_000_000
    assert WEIGHTS.with_suffix(".md").exists()
