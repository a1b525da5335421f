"""The model cache: a folder is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ragpark.encode.folder import ABANDONED_S, ensure_folder
from ragpark.errors import EncoderError


def fill(folder: Path) -> None:
    (folder / "part").write_text("whole", encoding="utf-8")


def test_a_folder_is_filled_once(tmp_path: Path) -> None:
    calls: list[Path] = []
    for _ in range(2):
        folder = ensure_folder(tmp_path / "cache", "model", lambda target: (calls.append(target), fill(target))[1])
    assert folder == tmp_path / "cache" / "model"
    assert (folder / "part").read_text(encoding="utf-8") == "whole"
    assert len(calls) == 1


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise OSError(28, "No space left on device")

    with pytest.raises(EncoderError, match="腾出"):
        ensure_folder(tmp_path, "model", fail)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_half_way_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(folder: Path) -> None:
        fill(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_folder(tmp_path, "model", interrupt)
    assert list(tmp_path.iterdir()) == []


def test_the_second_of_two_writers_uses_the_folder_of_the_first(tmp_path: Path) -> None:
    def overtaken(folder: Path) -> None:
        fill(folder)
        ensure_folder(tmp_path, "model", lambda target: (target / "part").write_text("first", encoding="utf-8"))

    folder = ensure_folder(tmp_path, "model", overtaken)
    assert (folder / "part").read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_what_a_killed_process_left_is_removed_but_not_a_living_ones(tmp_path: Path) -> None:
    dead, living = tmp_path / ".model.dead", tmp_path / ".model.living"
    for folder in (dead, living):
        folder.mkdir()
    long_ago = living.stat().st_mtime - ABANDONED_S - 60
    os.utime(dead, (long_ago, long_ago))
    ensure_folder(tmp_path, "model", fill)
    assert {path.name for path in tmp_path.iterdir()} == {"model", ".model.living"}


def test_a_cache_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", encoding="utf-8")
    with pytest.raises(EncoderError, match="model_cache"):
        ensure_folder(tmp_path / "cache", "model", fill)


def test_the_home_sign_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert ensure_folder(Path("~/cache"), "model", fill) == tmp_path / "cache" / "model"
