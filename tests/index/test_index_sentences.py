from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from index_fakes import FakeEncoder, FakePipeline, Project

from ragpark.index import Index, Progress, build_index, open_index, sentences


def build(project: Project, pipeline: FakePipeline | None = None) -> tuple[list[str], Index]:
    """Build; return the sentences that were encoded (a passage has its title's line before it) and the index."""
    encoder = FakeEncoder()
    report = build_index(project.settings, encoder=encoder, pipeline=pipeline or FakePipeline())
    assert report.encoded == len(encoder.seen)
    return [text for text in encoder.seen if "\n" not in text], open_index(project.settings)


def found(index: Index, text: str) -> list[str]:
    """Return the chunks that hold a sentence whose vector is that of `text`."""
    scores = index.fine.best(FakeEncoder().encode_query(text), np.arange(len(index.chunks)))
    return [chunk.text for chunk, score in zip(index.chunks, scores, strict=True) if score > 0.9999]


def test_every_chunk_is_found_by_each_of_its_sentences(project: Project) -> None:
    project.put("新.txt", "新\n园区开园；企业2800家；好\n好；坏")
    encoded, index = build(project)
    # 好 and 坏 are short; the chunk 好；坏 is too (3 characters); 企业2800家 is another text than 企业2800家；
    # in the order of paths: 年 U+5E74, 新 U+65B0, 通 U+901A
    assert encoded == ["收入达22亿元", "企业2800家", "园区开园；", "企业2800家；", "明天开会"]
    assert found(index, "园区开园；") == found(index, "企业2800家；") == ["园区开园；企业2800家；好"]
    assert found(index, "企业2800家") == ["企业2800家"]
    assert index.fine.n_sentences == index.meta.counts["sentences"] == 5


def test_a_sentence_in_two_chunks_is_stored_once(project: Project) -> None:
    project.put("新.txt", "新\n园区开园；明天开会\n明天开会")
    encoded, index = build(project)
    assert encoded.count("明天开会") == 1
    assert found(index, "明天开会") == ["园区开园；明天开会", "明天开会", "明天开会"]
    assert index.fine.n_sentences == 4


def test_changed_renamed_and_merged_documents_encode_only_new_sentences(project: Project) -> None:
    build(project)
    project.put("年鉴.txt", "年鉴\n收入达22亿元；企业2800家\n企业2800家")  # one sentence has another end now
    (project.settings.docs / "通知.txt").rename(project.settings.docs / "改名.txt")
    encoded, index = build(project)
    assert encoded == ["收入达22亿元；"]
    assert found(index, "企业2800家") == ["收入达22亿元；企业2800家", "企业2800家"]
    assert found(index, "明天开会") == ["明天开会"]
    assert found(index, "收入达22亿元") == []  # no chunk holds it any more
    assert index.fine.n_sentences == 3


def test_new_version_of_ingest_splits_sentences_again_but_keeps_their_vectors(project: Project) -> None:
    class Other(FakePipeline):
        ingest_version = "2"

        def sentences(self, document, chunk):  # type: ignore[no-untyped-def]
            return [text[:4] for text in super().sentences(document, chunk)]

    build(project)
    encoded, index = build(project, Other())
    assert encoded == ["收入达2", "企业28"]  # 明天开会 has four characters
    assert found(index, "企业28") == ["企业2800家"]


def test_unchanged_documents_are_not_split_into_sentences(project: Project) -> None:
    class Counting(FakePipeline):
        asked: tuple[str, ...] = ()

        def sentences(self, document, chunk):  # type: ignore[no-untyped-def]
            self.asked += (chunk.text,)
            return super().sentences(document, chunk)

    build(project)
    project.put("新.txt", "园区开园")
    pipeline = Counting()
    build(project, pipeline)
    assert pipeline.asked == ("园区开园",)


@pytest.mark.parametrize("block", [1, 2, 100])
def test_incremental_and_fresh_legs_are_the_same_whatever_the_block(
    project: Project, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(sentences, "_BLOCK", block)
    project.put("甲.txt", "甲\n园区开园；企业2800家；收入达22亿元")
    build(project)
    project.put("甲.txt", "甲\n企业2800家；园区关园；园区开园；收入达22亿元")
    project.put("丁.txt", "丁\n园区关园；明天开会")
    project.drop("年鉴.txt")
    _, grown = build(project)
    build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline(), rebuild=True)
    fresh = open_index(project.settings)
    for name in ("vectors", "keys", "ids", "ends"):
        assert np.array_equal(getattr(grown.fine, name), getattr(fresh.fine, name))
    # 丁, 通知 and 甲 in the order of their code points: 丁 U+4E01, 甲 U+7532, 通 U+901A
    assert fresh.fine.ids.tolist() == [0, 1, 2, 0, 3, 4, 1]


def test_sentence_over_the_model_s_limit_is_encoded_in_pieces_and_carried_over_as_such(project: Project) -> None:
    class Short(FakeEncoder):
        max_tokens = 40

    # 26 characters in two halves of 13; with its breadcrumb (长（2024-05-06） and a line break: 14) just 40
    project.put("长.txt", "长\n" + "园" * 12 + "，" + "区" * 13)
    encoder = Short()
    build_index(project.settings, encoder=encoder, pipeline=FakePipeline())
    assert "园" * 12 + "，" + "区" * 13 in encoder.seen  # 26 fit

    class Shorter(Short):
        def count_tokens(self, texts):  # type: ignore[no-untyped-def]
            return [2 * len(text) if "\n" not in text else len(text) for text in texts]

    encoder = Shorter("fake-2")
    report = build_index(project.settings, encoder=encoder, pipeline=FakePipeline(), rebuild=True)
    pieces = ["园" * 12 + "，", "区" * 13]
    assert [text for text in encoder.seen if "\n" not in text and len(text) > 9] == pieces
    index = open_index(project.settings)
    assert found(index, pieces[0]) == found(index, pieces[1]) == [pieces[0] + pieces[1]]

    project.put("长.txt", "长\n" + pieces[0] + pieces[1] + "\n又一行字")
    encoder = Shorter("fake-2")
    again = build_index(project.settings, encoder=encoder, pipeline=FakePipeline())
    assert (report.chunks, again.chunks) == (7, 8)
    assert encoder.seen == ["长（2024-05-06）\n又一行字", "又一行字"]


def test_progress_of_passages_and_sentences_is_one(project: Project) -> None:
    events: list[Progress] = []
    build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline(), progress=events.append)
    done = [event.done for event in events if event.stage == "encode"]
    assert (done[0], done[-1]) == (0, 8)
    assert all(a <= b for a, b in pairwise(done))


def test_documents_without_sentences_make_an_index(project: Project) -> None:
    for doc in ("年鉴.txt", "通知.txt"):
        project.put(doc, "空" + doc[0])
    _, index = build(project)
    assert (index.fine.n_sentences, len(index.fine)) == (0, 2)
    assert index.fine.best(FakeEncoder().encode_query("空"), np.arange(2)).tolist() == [0, 0]
    project.put("新.txt", "园区开园")
    encoded, index = build(project)
    assert "园区开园" in encoded  # as a passage it has its title before it
    assert (index.fine.n_sentences, len(index.fine)) == (1, 3)


def test_deleting_every_sentence_leaves_none(project: Project) -> None:
    build(project)
    for doc in ("年鉴.txt", "通知.txt"):
        project.put(doc, "空" + doc[0])
    assert build(project)[1].fine.n_sentences == 0


def test_reading_an_index_imports_nothing_that_only_building_needs() -> None:
    command = "import sys, ragpark.index; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True)
    loaded = done.stdout.split()
    later = ("ragpark.index.build", "ragpark.read", "ragpark.zh", "scipy", "pydantic", "faiss", "filelock")
    assert [name for name in loaded if name.startswith(later)] == []


def test_other_chunk_sizes_encode_no_sentence_again(project: Project) -> None:
    build(project)
    project.settings = replace(project.settings, max_chars=500)
    assert build(project)[0] == []
