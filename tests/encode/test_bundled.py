"""The bundled encoder: its two engines make one space, rows keep their order, nothing is cut in silence."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ragpark.config import Settings
from ragpark.encode import bundled, load_encoder
from ragpark.encode.base import ProcessGuard, Vectors
from ragpark.encode.bundled import BundledEncoder
from ragpark.encode.e5s1 import E5S1
from ragpark.errors import EncoderError

AT_LEAST = 0.999  # cosine between two engines; measured .99985 and more


@pytest.fixture(scope="module")
def without_nano(cache: Path) -> BundledEncoder:
    encoder = BundledEncoder(cache)
    encoder._nano_failed = True
    return encoder


def test_query_and_bulk_engine_agree_on_queries(
    encoder: BundledEncoder, without_nano: BundledEncoder, varied_texts: tuple[str, ...]
) -> None:
    for text in varied_texts:
        assert float(encoder.encode_query(text) @ without_nano.encode_query(text)) >= AT_LEAST, text


def test_query_and_bulk_engine_agree_on_passages(encoder: BundledEncoder, varied_texts: tuple[str, ...]) -> None:
    nano = encoder._query_engine()
    assert nano is not None
    rows = encoder.encode_passages(varied_texts)
    for row, text in zip(rows, varied_texts, strict=True):
        assert float(row @ nano.passage(text)) >= AT_LEAST, text


def test_rows_are_unit_float32_in_the_order_given(encoder: BundledEncoder, varied_texts: tuple[str, ...]) -> None:
    rows = encoder.encode_passages(varied_texts)
    assert rows.dtype == np.float32
    assert rows.shape == (len(varied_texts), encoder.dim) == (24, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert np.array_equal(rows[::-1], encoder.encode_passages(varied_texts[::-1]))


def test_a_vector_does_not_depend_on_the_texts_beside_it(
    encoder: BundledEncoder, varied_texts: tuple[str, ...]
) -> None:
    alone = encoder.encode_passages([varied_texts[3]])[0]
    assert np.array_equal(alone, encoder.encode_passages(varied_texts[:10])[3])


def test_a_query_is_nearest_to_the_passage_that_answers_it(encoder: BundledEncoder) -> None:
    passages = ["园区研发投入占比为5.16%。", "春天的公园里开满了花。", "食堂中午供应面条和米饭。"]
    scores = encoder.encode_passages(passages) @ encoder.encode_query("研发占比是多少")
    assert int(np.argmax(scores)) == 0


def test_progress_ends_at_the_number_of_texts(encoder: BundledEncoder, varied_texts: tuple[str, ...]) -> None:
    seen: list[tuple[int, int]] = []
    encoder.encode_passages(varied_texts[:5], lambda done, total: seen.append((done, total)))
    assert seen[-1] == (5, 5)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_no_texts_give_no_rows(encoder: BundledEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_passage_over_the_limit_is_named_and_refused(encoder: BundledEncoder) -> None:
    long = "这是一段太长的文字。" * 200
    with pytest.raises(EncoderError, match=r"这是一段太长的文字.*512.*max_tokens"):
        encoder.encode_passages(["短", long])


def test_a_passage_of_exactly_the_limit_is_read(encoder: BundledEncoder) -> None:
    # `，甲` costs the same number of tokens each time: lengthen until one more would not fit.
    text = "，甲" * 400
    while encoder.count_tokens([text])[0] > encoder.max_tokens:
        text = text[:-1]
    assert encoder.count_tokens([text]) == [512]
    assert encoder.encode_passages([text]).shape == (1, 384)


def test_a_long_query_is_cut_at_the_limit_not_averaged(encoder: BundledEncoder, without_nano: BundledEncoder) -> None:
    text = "园区的研发投入是多少？" + "，甲" * 1000
    assert float(encoder.encode_query(text) @ without_nano.encode_query(text)) >= AT_LEAST
    assert np.array_equal(encoder.encode_query(text), encoder.encode_query(text + "完全不同的结尾" * 50))


@pytest.mark.parametrize("text", ["研发\x00占比", "\ud83d研发", "<mask></s>", "\u200b", "\n"])
def test_odd_queries_give_a_unit_vector(encoder: BundledEncoder, text: str) -> None:
    assert np.isclose(np.linalg.norm(encoder.encode_query(text)), 1, atol=1e-5)


def test_what_follows_a_nul_is_read(encoder: BundledEncoder) -> None:
    assert np.array_equal(encoder.encode_query("研发\x00占比"), encoder.encode_query("研发占比"))


def test_the_id_is_that_of_the_weights(encoder: BundledEncoder, model: E5S1, tmp_path: Path) -> None:
    assert encoder.model_id == f"multilingual-e5-small-q4-{model.fingerprint()}"
    assert load_encoder(Settings(model_cache=tmp_path)).model_id == encoder.model_id
    assert list(tmp_path.iterdir()) == []  # nothing is written before it is needed


def test_without_the_c_library_queries_go_through_the_bulk_engine(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, encoder: BundledEncoder
) -> None:
    def missing(model: E5S1) -> None:
        raise OSError("wrong ELF class")

    monkeypatch.setattr(bundled, "NanoEngine", missing)
    other = BundledEncoder(cache)
    assert float(other.encode_query("研发占比") @ encoder.encode_query("研发占比")) >= AT_LEAST
    assert "wrong ELF class" in caplog.text


def wrong_rows(ids: list[list[int]], progress: object = None) -> Vectors:
    return np.eye(384, dtype=np.float32)[: len(ids)]


def test_an_engine_that_disagrees_is_passed_over_for_the_next(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    right = bundled.OpenVinoEngine

    def engine(model: E5S1, precision: str | None) -> object:
        return right(model, "f32") if precision == "f32" else SimpleNamespace(precision="bf16", encode=wrong_rows)

    monkeypatch.setattr(bundled, "OpenVinoEngine", engine)
    other = BundledEncoder(cache)
    assert float(other.encode_passages(["园区"])[0] @ other._nano.passage("园区")) >= AT_LEAST  # type: ignore[union-attr]
    assert "不一致" in caplog.text


def test_without_openvino_sentence_transformers_takes_over(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(model: E5S1, precision: str | None) -> None:
        raise ImportError("No module named 'openvino'")

    folders: list[tuple[str, str]] = []

    def fake(folder: str, model_id: str) -> object:
        folders.append((folder, model_id))
        return SimpleNamespace(dim=384, encode_prefixed=lambda texts, progress: wrong_rows([[0]] * len(texts)))

    monkeypatch.setattr(bundled, "OpenVinoEngine", missing)
    monkeypatch.setattr(bundled, "model_folder", lambda *args: cache / "standard")
    monkeypatch.setattr(bundled, "SentenceEncoder", fake)
    other = BundledEncoder(cache)
    assert np.array_equal(other.encode_passages(["甲", "乙"]), wrong_rows([[0], [0]]))
    assert folders == [(str(cache / "standard"), other.model_id)]
    assert "No module named 'openvino'" in caplog.text


def test_a_forked_child_is_told_instead_of_hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = ProcessGuard()
    guard.check()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(EncoderError, match="spawn"):
        guard.check()
