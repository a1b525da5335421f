"""The reader from question to spans, with an engine by hand; its setting; what it says where it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from reader_fakes import FakeReader

from ragpark.answer import reader
from ragpark.answer.reader import FOCUS_TOKENS, BundledReader, Reader, load_reader
from ragpark.answer.spans import Scores, Span
from ragpark.config import Settings
from ragpark.errors import ReaderError

PASSAGES = ("园区有企业2800家。", "", "会议由周某主持，2023年召开。" * 60)


class OnePiece:
    """Holds one piece for the answer, wherever it stands."""

    name = "one piece"

    def __init__(self, piece: int) -> None:
        self._piece = piece
        self.lengths: list[int] = []

    def scores(self, ids: Sequence[Sequence[int]]) -> list[Scores]:
        self.lengths += [len(row) for row in ids]
        return [np.repeat((np.asarray(row) == self._piece).astype(np.float32)[:, None], 2, axis=1) for row in ids]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "reader.safetensors"
    path.write_bytes(b"opened by no one")
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> OnePiece:
    from ragpark.encode.e5s1 import E5S1, bundled_path
    from ragpark.encode.offsets import OffsetTokens

    ((ids, _),) = OffsetTokens(E5S1(bundled_path())).encode(["企业2800家"])
    found = OnePiece(ids[-2])
    monkeypatch.setattr(reader, "AdaptedModel", lambda model, path: None)
    monkeypatch.setattr(reader, "load_engine", lambda model, cache, probe: found)
    return found


def test_each_passage_gets_its_spans_verbatim(tmp_path: Path, weights: Path, engine: OnePiece) -> None:
    found = BundledReader(tmp_path, weights).read("有多少家企业？", PASSAGES)
    assert [len(spans) > 0 for spans in found] == [True, False, True]
    assert found[0][0].text == "800"  # 企业|2|800|家
    for number, spans in enumerate(found):
        assert all(s.passage == number and s.text == PASSAGES[number][s.start : s.end] for s in spans)
    assert len(engine.lengths) == 2  # nothing is read of the empty one
    assert max(engine.lengths) <= FOCUS_TOKENS + 12  # question and marks


def test_a_long_passage_is_read_whole_where_that_is_asked_for(tmp_path: Path, weights: Path, engine: OnePiece) -> None:
    BundledReader(tmp_path, weights, focus_tokens=10_000).read("有多少家企业？", PASSAGES)
    assert len(engine.lengths) == 1 + 2  # the last passage takes two windows
    assert 500 < max(engine.lengths) <= 512


def test_what_was_just_read_is_not_read_again(
    tmp_path: Path, weights: Path, engine: OnePiece, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "REMEMBERED", 2)
    found = BundledReader(tmp_path, weights)
    first = found.read("有多少家企业？", ["园区有企业2800家。", "甲区有企业800家。"])
    again = found.read("有多少家企业？", ["甲区有企业800家。", "园区有企业2800家。", "甲区有企业800家。"])
    assert len(engine.lengths) == 2
    assert [[s.text for s in spans] for spans in again] == [
        [s.text for s in spans] for spans in (first[1], first[0], first[1])
    ]
    assert [{s.passage for s in spans} for spans in again] == [{0}, {1}, {2}]
    found.read("企业有多少家？", ["园区有企业2800家。"])  # another question, and the oldest is forgotten
    found.read("有多少家企业？", ["甲区有企业800家。"])
    assert len(engine.lengths) == 4


def test_nothing_is_loaded_before_the_first_passage(tmp_path: Path, weights: Path, engine: OnePiece) -> None:
    found = BundledReader(tmp_path, weights)
    assert found.read("有多少家企业？", []) == []
    assert found.loaded == ""
    found.read("有多少家企业？", PASSAGES[:1])
    assert found.loaded == "one piece"


def test_the_setting_none_gives_no_reader(tmp_path: Path) -> None:
    assert load_reader(Settings(reader="none"), tmp_path / "missing") is None


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"没有找到阅读模型 .*absent\.safetensors.*reader = \"none\""):
        load_reader(Settings(), tmp_path / "absent.safetensors")


def test_weights_that_are_none_are_a_clear_error(tmp_path: Path, weights: Path) -> None:
    with pytest.raises(ReaderError, match=r"阅读模型 reader\.safetensors 读不了"):
        BundledReader(tmp_path, weights).read("有多少家企业？", PASSAGES)


def test_the_fake_finds_what_it_is_told() -> None:
    fake: Reader = FakeReader({"有多少家？": {"2800家": 3.0, "周某": -1.0}})
    assert fake.read("有多少家？", PASSAGES[:2]) == [(Span(0, 5, 10, "2800家", 3.0),), ()]
