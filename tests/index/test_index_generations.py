from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from index_fakes import FakeEncoder, FakePipeline, Project

import ragpark
from ragpark.errors import IndexBusyError, IndexDamagedError, IndexMismatchError, IndexMissingError
from ragpark.index import BuildReport, Index, Progress, build_index, current_generation, generations, open_index, reader

FILES = (
    "CURRENT",
    "manifest.json",
    "documents.jsonl",
    "sections.jsonl",
    "chunks.jsonl",
    "facts.jsonl",
    "sources.jsonl",
    "dense.faiss",
    "fine.npy",
    "fine_keys.npy",
    "fine_ids.npy",
    "fine_ends.npy",
    "words.bin",
    "words.npy",
    "terms.npy",
    "rows.npy",
    "counts.npy",
    "lengths.npy",
    "years.npy",
    "year_ends.npy",
)


def build(project: Project, **more: object) -> BuildReport:
    return build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline(), **more)


def file_of(project: Project, name: str) -> Path:
    if name == "CURRENT":
        return project.settings.index / name
    return project.settings.index / str(current_generation(project.settings.index)) / name


def texts(index: Index) -> list[str]:
    return [chunk.text for chunk in index.chunks]


def test_no_index_says_what_to_run(project: Project) -> None:
    assert current_generation(project.settings.index) is None
    with pytest.raises(IndexMissingError, match="ragpark index"):
        open_index(project.settings)


def test_all_files_are_listed_and_nothing_else_is_there(project: Project) -> None:
    report = build(project)
    folder = project.settings.index / report.generation
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES[1:])
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    assert sorted(listed) == sorted(FILES[2:])


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_anywhere_is_refused(project: Project, name: str) -> None:
    build(project)
    path = file_of(project, name)
    whole = path.read_bytes()
    step = max(len(whole) // 12, 1)
    for place in {*range(0, len(whole), step), len(whole) - 1}:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            open_index(project.settings)
    path.write_bytes(whole)
    open_index(project.settings)


@pytest.mark.parametrize("name", FILES)
def test_cut_or_missing_file_is_refused_and_rebuild_repairs(project: Project, name: str) -> None:
    build(project)
    path = file_of(project, name)
    whole = path.read_bytes()
    for length in (0, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            open_index(project.settings)
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            build(project)
    if name != "CURRENT":  # without a pointer there is no index
        path.unlink()
        with pytest.raises(IndexDamagedError, match="--rebuild"):
            open_index(project.settings)
    build(project, rebuild=True)
    assert len(open_index(project.settings).chunks) == 5


def test_other_format_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT - 1)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        open_index(project.settings)
    build(project, rebuild=True)
    open_index(project.settings)


@pytest.mark.parametrize("name", ["dense.faiss", "fine.npy"])
def test_large_arrays_are_checked_by_size_on_opening_and_fully_by_a_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    build(project)
    monkeypatch.setattr(generations, "CHECK_ARRAYS_UP_TO", 0)
    path = file_of(project, name)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    open_index(project.settings)
    with pytest.raises(IndexDamagedError):
        build(project)
    path.write_bytes(whole[:-1])
    with pytest.raises(IndexDamagedError):
        open_index(project.settings)


def test_second_builder_is_turned_away_at_once(project: Project) -> None:
    refused = []

    def second(event: Progress) -> None:
        if event.stage == "encode" and not refused:
            with pytest.raises(IndexBusyError) as caught:
                build(project)
            refused.append(str(caught.value))

    build(project, progress=second)
    assert "另一个程序" in refused[0]
    assert build(project).unchanged == 2  # the lock is free again


def test_reader_notices_the_switch_and_keeps_what_it_has_open(project: Project) -> None:
    first = build(project)
    index = open_index(project.settings)
    before = texts(index)
    for n in range(3):  # after two more builds the first generation's files are gone
        project.put("新.txt", f"新\n第{n}次")
        build(project)
    assert not (project.settings.index / first.generation).exists()
    assert current_generation(project.settings.index) != index.generation
    assert texts(index) == before
    assert index.documents["年鉴.txt"].text == "年鉴\n收入达22亿元\n企业2800家"
    vector = FakeEncoder().encode_query(index.chunks[1].passage)
    assert index.dense.search(vector, 1)[0][0] == 1
    assert index.lexical.scores(["亿"]).argmax() == 1
    assert index.fine.best(FakeEncoder().encode_query("收入达22亿元"), np.arange(5)).argmax() == 1
    assert "第2次" in texts(open_index(project.settings))


def test_only_the_current_and_the_previous_generation_stay(project: Project) -> None:
    names = []
    for n in range(4):
        project.put("新.txt", f"新\n第{n}次")
        names.append(build(project).generation)
    assert sorted(path.name for path in project.settings.index.glob("gen-*")) == names[2:]


def test_generation_deleted_between_pointer_and_opening_is_retried(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    real = generations.read_pointer
    calls = []

    def overtaken(index_path: Path) -> generations.Pointer | None:
        pointer = real(index_path)
        if not calls:  # two builds end between reading the pointer and opening what it named
            calls.append(1)
            for n in range(2):
                project.put("新.txt", f"新\n第{n}次")
                build(project)
        return pointer

    monkeypatch.setattr(reader, "read_pointer", overtaken)
    assert "第1次" in texts(open_index(project.settings))


STOPS = [
    ("read", 1),
    ("split", 1),
    ("encode", 2),
    ("encode", 4),  # at the sentences
    ("write", 1),  # records are written
    ("分词", 1),
    ("校验", 1),  # all files, no manifest
    ("切换", 1),  # sealed and verified, the pointer not switched
]


@pytest.mark.parametrize(("stage", "number"), STOPS)
def test_killed_build_leaves_the_old_index_and_the_next_one_succeeds(project: Project, stage: str, number: int) -> None:
    first = build(project)
    project.put("新.txt", "新\n新的一行")
    project.drop("通知.txt")
    done = killed(project, stage, number)
    assert done == 9
    index = open_index(project.settings)
    assert index.generation == first.generation
    assert texts(index) == ["年鉴", "收入达22亿元", "企业2800家", "通知", "明天开会"]
    report = build(project)
    assert (report.added, report.removed, report.unchanged) == (1, 1, 1)
    assert texts(open_index(project.settings)) == ["年鉴", "收入达22亿元", "企业2800家", "新", "新的一行"]
    assert sorted(path.name for path in project.settings.index.iterdir() if path.name != ".lock") == sorted(
        ["CURRENT", first.generation, report.generation]
    )


def test_build_killed_right_after_the_switch_has_switched(project: Project) -> None:
    build(project)
    project.put("新.txt", "新")
    assert killed(project, "完成", 1) == 9
    assert "新" in texts(open_index(project.settings))
    assert build(project).unchanged == 3


def test_first_build_killed_leaves_no_index(project: Project) -> None:
    assert killed(project, "切换", 1) == 9
    with pytest.raises(IndexMissingError):
        open_index(project.settings)
    assert build(project).added == 2
    assert len(list(project.settings.index.glob("gen-*"))) == 1


def killed(project: Project, stage: str, number: int) -> int:
    """Run a builder that ends at the given event; return its exit code."""
    here = Path(__file__).parent
    paths = [str(here), str(Path(ragpark.__file__).parents[1])]
    command = [sys.executable, str(here / "index_killed.py"), str(project.settings.docs.parent), stage, str(number)]
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    return subprocess.run(command, env=environ, timeout=60, check=False).returncode
