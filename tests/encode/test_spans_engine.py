"""The reader's engines on a model of two layers: OpenVINO against numpy, what is kept, what is passed over."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from ragpark.encode import spans
from ragpark.encode.adapter import AdaptedModel
from ragpark.encode.e5s1 import LAYER_PARTS, Shape
from ragpark.encode.spans import OpenVinoSpans, PlainEngine, apart, load_engine
from ragpark.errors import ReaderError

SHAPE = Shape(hidden=8, layers=2, heads=2, intermediate=16, vocabulary=50, positions=32, types=2, eps=1e-12)
IDS = [[1, 5, 9, 30, 2], [1, 7, 2], [1, *range(10, 30), 2]]
NORMS = ("aln", "oln")


class Small:
    """A bundled encoder of 8 × 2 with weights from a seed."""

    shape = SHAPE

    def fingerprint(self) -> str:
        return "small"

    def tensor(self, name: str, width: int | None = None) -> NDArray[np.float32]:
        sizes = {"emb.pos": 32 * 8, "emb.type": 2 * 8, "emb.ln.w": 8, "emb.ln.b": 8}
        n = sizes.get(name) or (128 if ".f" in name else 64)
        source = np.random.default_rng(sum(map(ord, name)))
        values = source.normal(size=n).astype(np.float32)
        return values if width is None else values.reshape(-1, width)

    def word_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.random.default_rng(0).normal(size=(50, 8)).astype(np.float32)[ids]


def adapter_tensors() -> dict[str, NDArray[np.float16]]:
    source = np.random.default_rng(1)
    found = {"head.weight": source.normal(size=(2, 8)), "head.bias": source.normal(size=2)}
    for layer in range(2):
        for short, long in LAYER_PARTS.items():
            prefix = f"m.encoder.layer.{layer}.{long}"
            if short in NORMS:
                found |= {f"{prefix}.weight": source.normal(size=8), f"{prefix}.bias": source.normal(size=8)}
                continue
            n_out, n_in = (16 if short == "fi" else 8), (16 if short == "fo" else 8)
            found |= {f"{prefix}.A": source.normal(size=(3, n_in)), f"{prefix}.B": source.normal(size=(n_out, 3))}
            found[f"{prefix}.base.bias"] = source.normal(size=n_out)
    return {name: values.astype(np.float16) for name, values in found.items()}


def saved(folder: Path, tensors: dict[str, NDArray[np.float16]], **about: str) -> Path:
    path = folder / "reader.safetensors"
    save_file(tensors, path, metadata={"rank": "3", "alpha": "6"} | about)
    return path


@pytest.fixture
def adapted(tmp_path: Path) -> AdaptedModel:
    return AdaptedModel(Small(), saved(tmp_path, adapter_tensors()))  # type: ignore[arg-type]


def test_a_matrix_is_merged_and_the_trained_biases_and_norms_replace(adapted: AdaptedModel) -> None:
    tensors = {name: values.astype(np.float32) for name, values in adapter_tensors().items()}
    prefix = "m.encoder.layer.1.output.dense"
    # alpha / rank = 6 / 3
    expected = Small().tensor("l1.fo.w", 16) + 2 * (tensors[f"{prefix}.B"] @ tensors[f"{prefix}.A"])
    assert np.allclose(adapted.tensor("l1.fo.w", 16), expected, atol=1e-5)
    assert np.array_equal(adapted.tensor("l1.fo.b"), tensors[f"{prefix}.base.bias"])
    assert np.array_equal(adapted.tensor("l0.aln.w"), tensors["m.encoder.layer.0.attention.output.LayerNorm.weight"])
    assert np.array_equal(adapted.tensor("emb.ln.w"), Small().tensor("emb.ln.w"))


@pytest.mark.parametrize(
    ("name", "values", "complaint"),
    [
        ("head.weight", None, "head.weight"),
        ("m.encoder.layer.0.output.dense.A", np.zeros((3, 8), np.float16), r"output\.dense\.A"),
        ("m.encoder.layer.1.attention.self.query.B", np.zeros((8, 2), np.float16), r"query\.B"),
    ],
)
def test_an_adapter_of_another_encoder_is_refused(
    tmp_path: Path, name: str, values: NDArray[np.float16] | None, complaint: str
) -> None:
    tensors = adapter_tensors()
    if values is None:
        del tensors[name]
    else:
        tensors[name] = values
    with pytest.raises(ReaderError, match=complaint):
        AdaptedModel(Small(), saved(tmp_path, tensors))  # type: ignore[arg-type]


def test_a_rank_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="读不了"):
        AdaptedModel(Small(), saved(tmp_path, adapter_tensors(), rank="many"))  # type: ignore[arg-type]


def test_openvino_scores_as_numpy_does_in_the_order_given(adapted: AdaptedModel, tmp_path: Path) -> None:
    found = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32").scores(IDS)
    expected = PlainEngine(adapted).scores(IDS)
    assert [rows.shape for rows in found] == [(5, 2), (3, 2), (22, 2)]
    for one, other in zip(found, expected, strict=True):
        assert np.allclose(one, other, atol=1e-4)


def test_what_was_compiled_is_kept_for_the_next_process(
    adapted: AdaptedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32").scores(IDS)
    monkeypatch.setattr(spans, "_graph", lambda model: pytest.fail("built again"))
    again = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32").scores(IDS)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


def test_an_engine_that_is_wrong_is_passed_over_and_not_tried_again(
    adapted: AdaptedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(spans, "apart", lambda one, other: 1.0)
    assert load_engine(adapted, tmp_path, IDS[0]).name == "numpy f32"
    assert "differs from numpy by 1.000" in caplog.text
    monkeypatch.setattr(spans, "_graph", lambda model: pytest.fail("built again"))
    assert load_engine(adapted, tmp_path, IDS[0]).name == "numpy f32"


def test_without_openvino_numpy_reads(
    adapted: AdaptedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert load_engine(adapted, tmp_path, IDS[0]).name == "numpy f32"
    assert "不能用 OpenVINO" in caplog.text


def test_a_damaged_file_in_the_cache_is_built_again(adapted: AdaptedModel, tmp_path: Path) -> None:
    first = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32").scores(IDS)
    (blob,) = tmp_path.rglob(spans._BLOB)
    blob.write_bytes(b"")
    again = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32").scores(IDS)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


def test_a_cache_that_cannot_be_written_costs_only_time(
    adapted: AdaptedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert OpenVinoSpans(adapted, file / "cache", IDS[0], "f32").scores(IDS)[0].shape == (5, 2)


def test_scores_apart_are_measured_against_their_spread() -> None:
    one = np.array([[0.0, 2.0], [4.0, 2.0]], np.float32)  # standard deviation √2
    assert apart(one + np.float32(2**0.5), one) == pytest.approx(1.0)
    assert apart(one, one) == 0.0


def test_a_forked_child_is_told(adapted: AdaptedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OpenVinoSpans(adapted, tmp_path, IDS[0], "f32")
    engine._guard = SimpleNamespace(check=lambda: (_ for _ in ()).throw(RuntimeError("forked")))  # type: ignore[assignment]
    with pytest.raises(RuntimeError, match="forked"):
        engine.scores(IDS)
