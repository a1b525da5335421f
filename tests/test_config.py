from __future__ import annotations

import os
from pathlib import Path

import pytest

from ragpark.config import Settings, load_settings
from ragpark.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "ragpark.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings()
    assert load_settings(tmp_path, {}).origins == {}


def test_the_file_wins_over_defaults_the_environment_over_the_file_the_caller_over_both(tmp_path: Path) -> None:
    write(tmp_path, "max_tokens = 100\nmax_chars = 200\ncandidates = 10")
    environ = {"RAGPARK_MAX_CHARS": "300", "RAGPARK_CANDIDATES": "20", "PATH": "/bin"}
    settings = load_settings(tmp_path, environ, candidates=30, model=None)
    assert (settings.max_tokens, settings.max_chars, settings.candidates) == (100, 300, 30)
    assert settings.model == "bundled"  # None was not given
    assert settings.origins == {"max_tokens": "ragpark.toml", "max_chars": "RAGPARK_MAX_CHARS", "candidates": "命令行"}


def test_values_take_the_kind_of_their_default(tmp_path: Path) -> None:
    environ = {
        "RAGPARK_LEXICAL_WEIGHT": "0.3",
        "RAGPARK_DOCS": "资料",
        "RAGPARK_VOCABULARY": os.pathsep.join(["a.toml", "b.toml"]),
    }
    settings = load_settings(write(tmp_path, "refuse_below = 1"), environ)
    assert (settings.lexical_weight, settings.docs) == (0.3, Path("资料"))
    assert settings.vocabulary == (Path("a.toml"), Path("b.toml"))
    assert settings.refuse_below == 1.0


def test_a_list_of_files_is_read_from_the_file(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, 'vocabulary = ["a.toml"]'), {}).vocabulary == (Path("a.toml"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("max_token = 100", "未知设置“max_token”；可用的设置有：docs、index"),
        ("max_tokens = 'many'", "“max_tokens”的值不对：'many'，应为 int"),
        ("max_tokens = 10", "“max_tokens”应在 64 到 8192 之间，现在是 10"),
        ("lexical_weight = 1.5", "应在 0 到 1 之间"),
        ("max_tokens =", "ragpark.toml 无法解析"),
        ("reader = 'large'", "“reader”应为 bundled 或 none，现在是 'large'"),
        ("[answer]\nreaders = 'none'", "未知设置“answer.readers”"),
        ("[answer]\nmodel = 'bundled'", "未知设置“answer.model”"),
        ("answer = 1", "未知设置“answer”"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        load_settings(write(tmp_path, text), {})


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "ragpark.toml").write_bytes("model = '模型'".encode("gb18030"))
    with pytest.raises(ConfigError, match="无法解析"):
        load_settings(tmp_path, {})


def test_a_mistake_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="max_tokens"):
        load_settings(tmp_path, {"RAGPARK_MAX_TOKENS": "many"})


def test_an_unknown_setting_given_by_the_caller_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="未知设置“colour”"):
        load_settings(tmp_path, {}, colour="red")


def test_where_values_come_from_does_not_make_settings_differ(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}, max_tokens=Settings().max_tokens) == Settings()


def test_every_setting_has_a_name() -> None:
    assert "origins" not in Settings.names()
    assert {"docs", "index", "model", "vocabulary"} <= set(Settings.names())


@pytest.mark.parametrize("text", ["reader = 'none'", "[answer]\nreader = 'none'"])
def test_the_reader_is_set_with_or_without_its_heading(tmp_path: Path, text: str) -> None:
    settings = load_settings(write(tmp_path, text), {})
    assert settings.reader == "none"
    assert settings.origins == {"reader": "ragpark.toml"}
    assert load_settings(tmp_path, {"RAGPARK_READER": "bundled"}).reader == "bundled"
