"""The standard folder in plain sentence-transformers, against the other engines. The one module that imports torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ragpark.config import Settings
from ragpark.encode import load_encoder
from ragpark.encode.bundled import BundledEncoder
from ragpark.encode.e5s1 import E5S1
from ragpark.encode.folder import PASSAGE_PREFIX, QUERY_PREFIX, model_folder
from ragpark.encode.nano import NanoEngine
from ragpark.encode.ov import OpenVinoEngine
from ragpark.encode.sentence import SentenceEncoder
from ragpark.errors import EncoderError

AT_LEAST = 0.999


@pytest.fixture(scope="module")
def folder(model: E5S1, cache: Path) -> Path:
    return model_folder(model, model.fingerprint(), cache)


@pytest.fixture(scope="module")
def plain(folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu")


@pytest.fixture(scope="module")
def plain_rows(plain: Any, varied_texts: tuple[str, ...]) -> Any:
    return plain.encode([PASSAGE_PREFIX + text for text in varied_texts], batch_size=8)


def cosines(a: Any, b: Any) -> Any:
    return (np.asarray(a) * np.asarray(b)).sum(axis=1)


def test_plain_sentence_transformers_agrees_with_the_c_library(
    plain: Any, plain_rows: Any, model: E5S1, varied_texts: tuple[str, ...]
) -> None:
    nano = NanoEngine(model)
    queries = plain.encode([QUERY_PREFIX + text for text in varied_texts], batch_size=8)
    assert cosines(plain_rows, [nano.passage(text) for text in varied_texts]).min() >= AT_LEAST
    assert cosines(queries, [nano.query(text) for text in varied_texts]).min() >= AT_LEAST


def test_the_folder_carries_prompts_and_the_limit(plain: Any) -> None:
    assert plain.prompts["query"] == QUERY_PREFIX
    assert plain.prompts["passage"] == PASSAGE_PREFIX
    assert plain.max_seq_length == 512


def test_its_tokens_are_those_that_are_counted(
    plain: Any, encoder: BundledEncoder, varied_texts: tuple[str, ...]
) -> None:
    counted = [len(ids) for ids in plain.tokenizer([PASSAGE_PREFIX + text for text in varied_texts])["input_ids"]]
    assert counted == encoder.count_tokens(varied_texts)


@pytest.mark.parametrize(("precision", "at_least"), [("f32", 0.99999), (None, AT_LEAST)])
def test_openvino_agrees_with_plain_sentence_transformers(
    plain: Any, plain_rows: Any, model: E5S1, varied_texts: tuple[str, ...], precision: str | None, at_least: float
) -> None:
    ids = plain.tokenizer([PASSAGE_PREFIX + text for text in varied_texts])["input_ids"]
    assert cosines(OpenVinoEngine(model, precision).encode(list(ids)), plain_rows).min() >= at_least


@pytest.fixture(scope="module")
def named(folder: Path) -> SentenceEncoder:
    encoder = load_encoder(Settings(model=str(folder)))
    assert isinstance(encoder, SentenceEncoder)
    return encoder


def test_a_folder_named_in_the_settings_is_an_encoder(
    named: SentenceEncoder, encoder: BundledEncoder, varied_texts: tuple[str, ...]
) -> None:
    assert (named.dim, named.max_tokens) == (encoder.dim, encoder.max_tokens)
    assert named.model_id.startswith("multilingual-e5-small-")
    assert named.count_tokens(varied_texts) == encoder.count_tokens(varied_texts)
    assert cosines(named.encode_passages(varied_texts), encoder.encode_passages(varied_texts)).min() >= AT_LEAST
    assert float(named.encode_query("研发占比") @ encoder.encode_query("研发占比")) >= AT_LEAST


def test_it_reports_progress_and_refuses_what_does_not_fit(named: SentenceEncoder) -> None:
    seen: list[tuple[int, int]] = []
    rows = named.encode_passages(["甲", "乙" * 9] * 20, lambda done, total: seen.append((done, total)))
    assert rows.shape == (40, 384)
    assert seen == [(32, 40), (40, 40)]
    with pytest.raises(EncoderError, match="太长"):
        named.encode_passages(["太长。" * 400])


def test_a_folder_with_broken_weights_is_a_clear_error(folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*.json"):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(EncoderError, match="载入失败"):
        load_encoder(Settings(model=str(tmp_path))).encode_query("甲")
