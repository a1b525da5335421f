from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from index_fakes import FakeEncoder, FakePipeline, Project

from ragpark.config import Settings
from ragpark.errors import (
    ConfigError,
    DocumentsError,
    EncoderError,
    IndexMismatchError,
    IndexMissingError,
    IndexOutdatedError,
)
from ragpark.index import BuildReport, Progress, build_index, current_generation, generations, open_index


def build(project: Project, encoder: FakeEncoder | None = None, **more: object) -> BuildReport:
    more.setdefault("pipeline", FakePipeline())
    return build_index(project.settings, encoder=encoder or FakeEncoder(), **more)


def texts(project: Project) -> list[str]:
    return [chunk.text for chunk in open_index(project.settings).chunks]


def files(project: Project) -> dict[str, bytes]:
    """The files of the current generation, but for the manifest (it holds the time)."""
    folder = project.settings.index / str(current_generation(project.settings.index))
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"}


def test_first_build_counts_and_reads_back(project: Project) -> None:
    pipeline, encoder = FakePipeline(), FakeEncoder()
    report = build(project, encoder, pipeline=pipeline)
    # 3 + 2 lines; one amount; five different passages and, without the two titles (2 characters), three sentences
    expected = (2, 2, 5, 1, 2, 0, 0, 0, (), 8)
    assert expected == (
        report.documents,
        report.sections,
        report.chunks,
        report.facts,
        report.added,
        report.changed,
        report.removed,
        report.unchanged,
        report.failed,
        report.encoded,
    )
    index = open_index(project.settings, encoder_id="fake-1")
    assert index.generation == report.generation == current_generation(project.settings.index)
    document = pipeline.read(project.settings.docs, "年鉴.txt")
    sections, chunks = pipeline.split(document, encoder.count_tokens)
    assert dict(index.documents) == {d: pipeline.read(project.settings.docs, d) for d in ("年鉴.txt", "通知.txt")}
    assert index.chunks_of("年鉴.txt") == tuple(chunks)
    assert index.chunks_of("没有.txt") == ()
    assert index.sections[0] == sections[0]
    assert index.facts == tuple(pipeline.facts(document, sections))
    assert index.facts[0].value == 22e8
    for row, chunk in enumerate(index.chunks):
        vector = encoder.encode_query(chunk.passage)
        assert np.array_equal(index.dense.vectors([row])[0], vector)
        assert index.dense.search(vector, 1)[0][0] == row
    assert np.flatnonzero(index.lexical.scores(["会"])).tolist() == [4]  # 明天开会 is the last line


def test_nothing_changed_writes_and_encodes_nothing(project: Project) -> None:
    first = build(project)
    encoder, pipeline = FakeEncoder(), FakePipeline()
    second = build(project, encoder, pipeline=pipeline)
    assert (second.unchanged, second.added, second.changed, second.removed, second.encoded) == (2, 0, 0, 0, 0)
    assert second.generation == first.generation
    assert (second.documents, second.chunks) == (2, 5)
    assert encoder.seen == pipeline.read_docs == pipeline.tokenised == []
    assert [path.name for path in project.settings.index.glob("gen-*")] == [first.generation]


def test_changed_document_encodes_only_its_new_lines(project: Project) -> None:
    build(project)
    project.put("年鉴.txt", "年鉴\n收入达22亿元\n企业3000家")
    encoder, pipeline = FakeEncoder(), FakePipeline()
    report = build(project, encoder, pipeline=pipeline)
    assert (report.changed, report.unchanged, report.encoded) == (1, 1, 2)
    assert pipeline.read_docs == ["年鉴.txt"]
    assert pipeline.tokenised == ["年鉴（2024-05-06）\n企业3000家"]
    assert encoder.seen == [*pipeline.tokenised, "企业3000家"]
    assert texts(project) == ["年鉴", "收入达22亿元", "企业3000家", "通知", "明天开会"]


def test_incremental_and_fresh_builds_write_the_same_bytes(project: Project) -> None:
    build(project)
    project.put("年鉴.txt", "年鉴\n企业3000家\n收入达22亿元")
    project.put("甲/新 闻.txt", "新闻\n园区开园")
    project.drop("通知.txt")
    build(project)
    incremental = files(project)
    build(project, rebuild=True)
    assert files(project) == incremental


def test_renamed_file_is_not_encoded_again(project: Project) -> None:
    build(project)
    (project.settings.docs / "年鉴.txt").rename(project.settings.docs / "改名 后.txt")
    encoder = FakeEncoder()
    report = build(project, encoder)
    assert (report.added, report.removed, report.unchanged, report.encoded) == (1, 1, 1, 0)
    assert encoder.seen == []
    assert list(open_index(project.settings).documents) == ["改名 后.txt", "通知.txt"]


def test_removed_document_is_gone(project: Project) -> None:
    build(project)
    project.drop("年鉴.txt")
    report = build(project)
    assert (report.documents, report.removed, report.unchanged) == (1, 1, 1)
    index = open_index(project.settings)
    assert texts(project) == ["通知", "明天开会"]
    assert (len(index.dense), len(index.lexical), index.facts) == (2, 2, ())
    assert not index.lexical.contains("企")


def test_same_line_in_two_documents_is_encoded_once(project: Project) -> None:
    project.put("甲.txt", "同名\n一样的话\n不一样的话")
    project.put("乙.txt", "同名\n一样的话")
    encoder = FakeEncoder()
    assert build(project, encoder).chunks == 10
    # the fixture's 5 passages and 3 sentences; 3 and 2 more
    assert len(encoder.seen) == len(set(encoder.seen)) == 13


def test_same_name_in_two_folders_is_two_documents(project: Project) -> None:
    project.put("甲/通知.txt", "甲的通知")
    project.put("乙/通知.txt", "乙的通知")
    build(project)
    assert sorted(open_index(project.settings).documents) == ["乙/通知.txt", "年鉴.txt", "甲/通知.txt", "通知.txt"]


def test_same_content_is_indexed_once_and_names_all_files(project: Project) -> None:
    project.put("年鉴 副本.txt", "年鉴\n收入达22亿元\n企业2800家")  # the same bytes
    project.put("年鉴换行.txt", "年鉴\r\n收入达22亿元\r\n企业2800家")  # the same text once cleaned
    report = build(project)
    assert (report.documents, report.added, report.chunks) == (2, 4, 5)
    first = open_index(project.settings).documents["年鉴 副本.txt"]  # a space sorts before a full stop
    assert first.also == ("年鉴.txt", "年鉴换行.txt")
    assert build(project).generation == report.generation

    project.drop("年鉴 副本.txt")  # the next takes its place; nothing is encoded
    report = build(project)
    assert (report.documents, report.removed, report.unchanged, report.encoded) == (2, 1, 3, 0)
    assert open_index(project.settings).documents["年鉴.txt"].also == ("年鉴换行.txt",)

    project.drop("年鉴.txt")
    assert build(project).encoded == 0
    assert open_index(project.settings).documents["年鉴换行.txt"].also == ()

    project.put("先.txt", "年鉴\n收入达22亿元\n企业2800家")  # a new first path takes over
    build(project)
    index = open_index(project.settings)
    assert index.documents["先.txt"].also == ("年鉴换行.txt",)
    assert list(index.documents) == ["先.txt", "通知.txt"]


def test_copy_that_stops_being_one_becomes_a_document(project: Project) -> None:
    project.put("抄.txt", "通知\n明天开会")
    build(project)
    project.put("抄.txt", "通知\n后天开会")
    report = build(project)
    assert (report.documents, report.changed, report.encoded) == (3, 1, 2)
    assert open_index(project.settings).documents["通知.txt"].also == ()


def test_failed_document_is_named_and_the_others_go_on(project: Project) -> None:
    project.put("坏.txt", "坏 KeyError")
    project.put("空.txt", "")
    project.put("长.txt", "长" * 1001)  # fails in splitting
    report = build(project)
    assert report.documents == 2
    assert [path for path, _ in report.failed] == ["坏.txt", "空.txt", "长.txt"]
    errors = dict(report.failed)
    assert errors["坏.txt"] == "KeyError：'坏了'"
    assert "没有文字" in errors["空.txt"]
    assert errors["长.txt"] == "ValueError：line too long"
    again = build(project)
    assert again.failed == report.failed
    assert again.generation == report.generation


def test_document_that_fails_now_is_no_longer_served(project: Project) -> None:
    build(project)
    project.put("年鉴.txt", "坏 KeyError")
    report = build(project)
    assert (report.documents, report.removed, len(report.failed)) == (1, 1, 1)
    assert texts(project) == ["通知", "明天开会"]


def test_copies_of_a_document_that_fails_in_splitting_fail_with_it(project: Project) -> None:
    project.put("长.txt", "长" * 1001)
    project.put("长抄.txt", "长" * 1001)
    assert [path for path, _ in build(project).failed] == ["长.txt", "长抄.txt"]


def test_interrupt_stops_the_build_and_keeps_the_old_index(project: Project) -> None:
    first = build(project)
    project.put("断.txt", "坏 KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        build(project)
    assert current_generation(project.settings.index) == first.generation


def test_file_that_vanishes_before_it_is_read(project: Project) -> None:
    class Vanishing(FakePipeline):
        def find(self, folder: Path) -> list[str]:
            return [*super().find(folder), "不见.txt"]

        def read(self, folder: Path, doc: str) -> object:  # type: ignore[override]
            if doc == "通知.txt":
                (folder / doc).unlink()
            return super().read(folder, doc)

    report = build(project, pipeline=Vanishing())
    assert report.documents == 1
    assert [path for path, _ in report.failed] == ["不见.txt", "通知.txt"]


def test_text_that_has_no_utf8_form_fails_by_name(project: Project) -> None:
    class Surrogates(FakePipeline):
        def read(self, folder: Path, doc: str) -> object:  # type: ignore[override]
            document = super().read(folder, doc)
            return replace(document, text=document.text + "\ud800") if doc == "通知.txt" else document

    report = build(project, pipeline=Surrogates())
    assert [path for path, _ in report.failed] == ["通知.txt"]


def test_wrong_offsets_fail_by_name(project: Project) -> None:
    class Shifted(FakePipeline):
        def split(self, document, count_tokens):  # type: ignore[no-untyped-def]
            sections, chunks = super().split(document, count_tokens)
            if document.doc == "通知.txt":
                chunks[-1] = replace(chunks[-1], start=chunks[-1].start - 1)
            return sections, chunks

    assert [path for path, _ in build(project, pipeline=Shifted()).failed] == ["通知.txt"]


def test_side_car_changes_the_document(project: Project) -> None:
    build(project)
    (project.settings.docs / "年鉴.txt.meta.toml").write_text('title = "新"', encoding="utf-8")
    pipeline = FakePipeline()
    assert build(project, pipeline=pipeline).changed == 1
    assert pipeline.read_docs == ["年鉴.txt"]


@pytest.mark.parametrize(
    ("attribute", "tokenised"), [("ingest_version", 0), ("segmenter_fingerprint", 5)], ids=["ingest", "segmenter"]
)
def test_new_version_reads_again_but_does_not_encode_again(project: Project, attribute: str, tokenised: int) -> None:
    build(project)
    pipeline, encoder = FakePipeline(), FakeEncoder()
    setattr(pipeline, attribute, "2")
    report = build(project, encoder, pipeline=pipeline)
    assert (report.changed, report.encoded, encoder.seen) == (2, 0, [])
    assert len(pipeline.read_docs) == 2
    assert len(pipeline.tokenised) == tokenised


def test_new_chunk_size_splits_again(project: Project) -> None:
    build(project)
    project.settings = replace(project.settings, max_chars=500)
    assert build(project).changed == 2
    assert build(project).unchanged == 2


def test_rebuild_ignores_everything_old(project: Project) -> None:
    first = build(project)
    encoder = FakeEncoder("fake-2", dim=16)
    report = build(project, encoder, rebuild=True)
    assert (report.added, report.encoded) == (2, 8)
    assert report.generation != first.generation
    assert open_index(project.settings, encoder_id="fake-2").dense.dim == 16


def test_another_model_is_refused_without_rebuild(project: Project) -> None:
    build(project)
    with pytest.raises(IndexMismatchError, match="ragpark index --rebuild"):
        build(project, FakeEncoder("fake-2"))
    with pytest.raises(IndexMismatchError, match="ragpark index --rebuild"):
        open_index(project.settings, encoder_id="fake-2")


def test_same_model_id_with_another_dimension_is_refused(project: Project) -> None:
    first = build(project)
    project.put("新.txt", "新")
    with pytest.raises(IndexMismatchError, match="8 维"):
        build(project, FakeEncoder(dim=16))
    assert open_index(project.settings).generation == first.generation


def test_model_without_unit_vectors_is_refused(project: Project) -> None:
    class Broken(FakeEncoder):
        def encode_passages(self, texts, progress=None):  # type: ignore[no-untyped-def]
            return np.full((len(texts), 8), np.nan, dtype=np.float32)

    with pytest.raises(EncoderError, match="单位向量"):
        build(project, Broken())


def test_missing_folder_is_an_error(project: Project) -> None:
    project.settings = replace(project.settings, docs=project.settings.docs / "没有")
    with pytest.raises(DocumentsError, match="不存在"):
        build(project)


def test_an_empty_folder_names_the_formats_and_what_was_deleted_is_answered_from_no_more(project: Project) -> None:
    build(project)
    for doc in ("年鉴.txt", "通知.txt"):
        project.drop(doc)
    with pytest.raises(DocumentsError, match=r"已停用.*\.txt、\.md"):
        build(project)
    with pytest.raises(IndexMissingError):
        open_index(project.settings)
    project.put("坏.txt", "坏 KeyError")
    with pytest.raises(DocumentsError, match=r"坏\.txt.*\.txt、\.md"):
        build(project)
    project.put("通知.txt", "园区通知。")
    assert build(project).documents == 1


def test_index_place_that_is_a_file_is_a_clear_error(project: Project) -> None:
    project.settings.index.write_text("")
    with pytest.raises(ConfigError, match="无法写入"):
        build(project)


def test_disk_error_while_writing_leaves_the_old_index(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build(project)
    project.put("新.txt", "新")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ragpark.index.lexical.Lexical.save", full)
    with pytest.raises(ConfigError, match="No space left"):
        build(project)
    assert open_index(project.settings).generation == first.generation
    assert not (project.settings.index / "building").exists()


def test_document_of_punctuation_only_has_no_tokens_but_does_not_crash(tmp_path: Path) -> None:
    class NoTokens(FakePipeline):
        def tokens(self, text: str) -> list[str]:
            return []

    project = Project(tmp_path)
    project.put("点.txt", "。")
    assert build(project, pipeline=NoTokens()).chunks == 1
    assert open_index(project.settings).lexical.scores(["。"]).tolist() == [0.0]


def test_progress_names_every_stage_and_ends_full(project: Project) -> None:
    events: list[Progress] = []
    build(project, progress=events.append)
    assert list(dict.fromkeys(event.stage for event in events)) == ["read", "split", "encode", "write"]
    assert all(0 <= event.done <= event.total for event in events)
    last = {event.stage: event for event in events}
    assert all(event.done == event.total for event in last.values())
    assert last["encode"].total == 8
    assert [event.detail for event in events if event.stage == "read"] == ["年鉴.txt", "通知.txt", ""]


@pytest.mark.parametrize("old", ['{"format": 3}', '{"format": 4, "model_id": "x", "counts": [], "more": null}'])
def test_whatever_an_older_manifest_holds_the_index_is_built_anew(project: Project, old: str) -> None:
    folder = project.settings.index / "gen-000007-0123abcd"
    folder.mkdir(parents=True)
    (folder / generations.MANIFEST).write_text(old, encoding="utf-8")
    digest = generations.hash_file(folder / generations.MANIFEST)
    generations.switch(project.settings.index, generations.Pointer(folder.name, 7, digest))
    assert generations.outdated_format(project.settings.index) == int(old[11])
    with pytest.raises(IndexOutdatedError, match="请运行 ragpark index，会自动重建"):
        open_index(project.settings)
    report = build(project)
    assert (report.added, report.generation[:10], folder.exists()) == (2, "gen-000008", False)
    assert generations.outdated_format(project.settings.index) is None


def test_no_index_or_a_damaged_one_is_not_of_an_older_format(project: Project) -> None:
    assert generations.outdated_format(project.settings.index) is None
    build(project)
    (project.settings.index / generations.POINTER).write_text("?", encoding="ascii")
    assert generations.outdated_format(project.settings.index) is None


def test_an_index_of_an_older_format_is_built_anew(tmp_path: Path) -> None:
    settings = Settings(docs=tmp_path / "docs", index=tmp_path / "index")
    settings.docs.mkdir()
    (settings.docs / "a.txt").write_text("甲；乙\n丙", encoding="utf-8")
    encoder, pipeline = FakeEncoder(), FakePipeline()
    build_index(settings, encoder=encoder, pipeline=pipeline)
    for number, outcome in ((generations.FORMAT - 1, None), (generations.FORMAT + 1, IndexMismatchError)):
        pointer = generations.read_pointer(settings.index)
        assert pointer is not None
        manifest = settings.index / pointer.generation / generations.MANIFEST
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace(f'"format": {generations.FORMAT},', f'"format": {number},'), encoding="utf-8")
        generations.switch(settings.index, replace(pointer, manifest_sha256=generations.hash_file(manifest)))
        if outcome is not None:  # a newer one is not thrown away
            with pytest.raises(outcome, match="请升级"):
                build_index(settings, encoder=encoder, pipeline=pipeline)
            continue
        report = build_index(settings, encoder=encoder, pipeline=pipeline)
        assert (report.added, report.documents) == (1, 1) and report.encoded > 0
        assert open_index(settings, encoder_id=encoder.model_id).generation == report.generation
