"""The tokenizer over the pieces of a few texts gives what the whole one gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ragpark.encode.e5s1 import E5S1
from ragpark.encode.folder import tokenizer_file
from ragpark.encode.offsets import OffsetTokens


@pytest.fixture(scope="module")
def tokens(model: E5S1) -> OffsetTokens:
    return OffsetTokens(model)


@pytest.fixture(scope="module")
def whole(model: E5S1, cache: Path) -> Tokenizer:
    return Tokenizer.from_file(str(tokenizer_file(model, model.fingerprint(), cache)))


def by_whole(whole: Tokenizer, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    encoding = whole.encode(text, add_special_tokens=False)
    return encoding.ids, encoding.offsets


def test_ids_and_offsets_are_those_of_the_whole_tokenizer(
    tokens: OffsetTokens, whole: Tokenizer, varied_texts: tuple[str, ...]
) -> None:
    texts = ["", " ", "\n", "<s>园区</s>企业", "a<mask>园区<unk> x", "▁▁a", *varied_texts]
    assert tokens.encode(texts) == [by_whole(whole, text) for text in texts]


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(text=st.text(max_size=40))
def test_they_agree_on_any_text(tokens: OffsetTokens, whole: Tokenizer, text: str) -> None:
    assert tokens.encode([text]) == [by_whole(whole, text)]


def test_offsets_lead_to_the_text_as_printed(tokens: OffsetTokens) -> None:
    text = "占比达５．１６％，居全省第一"
    ((_, offsets),) = tokens.encode([text])
    assert offsets[0] == (0, 1)  # `▁`, which stands before every text
    assert "".join(text[a:b] for a, b in offsets[1:]) == text


def test_a_lone_surrogate_is_read_as_one_unknown_character(tokens: OffsetTokens) -> None:
    assert tokens.encode(["园\ud83d区"]) == tokens.encode(["园\ufffd区"])


def test_importing_it_loads_no_tokenizer() -> None:
    code = (
        "import sys, ragpark.answer.reader\nprint([m for m in ('tokenizers', 'openvino', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
