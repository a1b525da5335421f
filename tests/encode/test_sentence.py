"""Models named by the settings: where they are looked for, their prefixes, their fingerprint. Loads no torch."""

from __future__ import annotations

from pathlib import Path

import pytest

from ragpark.config import Settings
from ragpark.encode import load_encoder
from ragpark.encode.sentence import find_model, fingerprint, prefixes
from ragpark.errors import EncoderError


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("any", {"query": "Q: ", "passage": "P: "}, ("Q: ", "P: ")),
        ("any", {"query": "Q: ", "document": "D: "}, ("Q: ", "D: ")),
        ("any", {"query": "Q: ", "document": ""}, ("Q: ", "")),
        ("someone/multilingual-e5-base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("models/e5_large", {}, ("query: ", "passage: ")),
        ("someone/multilingual-e5-large-instruct", {}, ("", "")),
        ("someone/type5-base", {}, ("", "")),
        ("someone/text2vec-base-chinese", {}, ("", "")),
    ],
)
def test_prefixes(name: str, prompts: dict[str, str | None], expected: tuple[str, str]) -> None:
    assert prefixes(name, prompts) == expected


@pytest.mark.parametrize("name", ["someone/no-such-model", "no-such-model", "./没有这个文件夹", "/no/such/folder"])
def test_a_missing_model_fails_at_once_with_the_way_out(name: str) -> None:
    with pytest.raises(EncoderError, match="下载到本机"):
        load_encoder(Settings(model=name))


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"modules\.json"):
        find_model(str(tmp_path))


def test_the_fingerprint_follows_weights_and_configuration_not_notes(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(bytes(6 << 20))
    first = fingerprint(tmp_path)
    (tmp_path / "README.md").write_text("note", encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "state.json").write_text("{}", encoding="utf-8")
    assert fingerprint(tmp_path) == first
    weights.write_bytes(bytes((6 << 20) - 1) + b"\x01")
    second = fingerprint(tmp_path)
    (tmp_path / "config.json").write_text('{"a": 1}', encoding="utf-8")
    assert len({first, second, fingerprint(tmp_path)}) == 3
