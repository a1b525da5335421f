"""One row a file: what the index made of it, and whether the folder still agrees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from index_fakes import FakeEncoder, FakePipeline, Project

from ragpark.errors import DocumentsError
from ragpark.index import build_index, open_index
from ragpark.index.catalog import Catalog, DocumentRow, pending
from ragpark.index.failures import Failure, read_failures, write_failures
from ragpark.records import Document, Removed


class CountingPipeline(FakePipeline):
    """Counts in `hashed` the documents whose bytes were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.hashed: list[str] = []

    def locate(self, folder: Path, doc: str) -> Path | None:
        if not doc.endswith(".meta.toml"):
            self.hashed.append(doc)
        return super().locate(folder, doc)


def _build(project: Project) -> None:
    build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline())


def _rows(project: Project, catalog: Catalog | None = None) -> dict[str, DocumentRow]:
    catalog = catalog or Catalog(project.settings, FakePipeline())
    return {row.doc: row for row in catalog.rows(open_index(project.settings))}


def test_a_row_holds_what_the_index_made_of_the_file(project: Project) -> None:
    _build(project)
    rows = _rows(project)
    # 年鉴.txt: 年鉴 / 收入达22亿元 / 企业2800家, each line a chunk: 2 + 7 + 7 characters and 2 line ends.
    assert rows["年鉴.txt"] == DocumentRow(
        "年鉴.txt", "indexed", "年鉴", "2024-05-06", None, "", "txt", chars=18, sections=1, chunks=3, facts=1
    )
    assert list(rows) == ["年鉴.txt", "通知.txt"]
    assert not pending(rows.values())


def test_subject_and_what_was_left_out_by_reason(project: Project) -> None:
    removed = tuple(Removed(f"{n}", reason, n) for n, reason in enumerate(("页眉", "署名", "页眉", "导航")))

    class Pipeline(FakePipeline):
        def read(self, folder: Path, doc: str) -> Document:
            return replace(super().read(folder, doc), subject="青溪县", removed=removed)

    build_index(project.settings, encoder=FakeEncoder(), pipeline=Pipeline())
    row = _rows(project)["年鉴.txt"]
    assert row.subject == "青溪县"
    assert row.left_out == (("页眉", 2), ("导航", 1), ("署名", 1))  # the most frequent first, then by name


def test_new_changed_and_deleted_files_are_told(project: Project) -> None:
    project.put("旧.txt", "旧\n不要了")
    _build(project)
    project.put("年鉴.txt", "年鉴\n收入达23亿元")
    project.put("子/新.txt", "新\n内容")
    project.put("通知.txt.meta.toml", 'title = "题"')
    project.drop("旧.txt")
    rows = _rows(project)
    assert {doc: row.state for doc, row in rows.items()} == {
        "子/新.txt": "new",
        "年鉴.txt": "changed",
        "旧.txt": "deleted",
        "通知.txt": "changed",  # its sidecar counts
    }
    assert rows["子/新.txt"] == DocumentRow("子/新.txt", "new", "新.txt", format="txt")
    assert rows["年鉴.txt"].chunks == 3  # of the version indexed
    found = pending(rows.values())
    assert (found.new, found.changed, found.deleted) == (1, 2, 1)


def test_a_file_that_failed_says_why_until_it_changes(project: Project) -> None:
    project.put("坏.txt", "坏 KeyError")
    _build(project)
    row = _rows(project)["坏.txt"]
    assert row.state == "failed" and "坏了" in row.error
    assert not pending([row])
    project.put("坏.txt", "坏 KeyError again")
    assert _rows(project)["坏.txt"].state == "new"
    project.put("坏.txt", "好了")
    _build(project)
    assert _rows(project)["坏.txt"].state == "indexed" and read_failures(project.settings.index) == {}


def test_an_indexed_file_that_breaks_is_named_after_the_next_build(project: Project) -> None:
    _build(project)
    project.put("通知.txt", "坏 KeyError")
    assert _rows(project)["通知.txt"].state == "changed"
    _build(project)
    assert _rows(project)["通知.txt"].state == "failed"


def test_a_build_in_which_nothing_can_be_read_says_why_too(project: Project) -> None:
    project.drop("年鉴.txt")
    project.put("通知.txt", "坏 KeyError")
    with pytest.raises(DocumentsError):
        _build(project)
    (row,) = Catalog(project.settings, FakePipeline()).rows(None)
    assert (row.state, row.chunks) == ("failed", 0)


def test_copies_have_rows_of_their_own(project: Project) -> None:
    project.put("通知 副本.txt", "通知\n明天开会")
    _build(project)
    rows = _rows(project)
    copy, first = rows["通知.txt"], rows["通知 副本.txt"]
    assert (first.copy_of, first.also) == ("", ("通知.txt",))
    assert (copy.state, copy.copy_of, copy.also) == ("indexed", "通知 副本.txt", ("通知 副本.txt",))


def test_without_an_index_or_a_folder(project: Project, tmp_path: Path) -> None:
    catalog = Catalog(project.settings, FakePipeline())
    assert [row.state for row in catalog.rows(None)] == ["new", "new"]
    nowhere = replace(project.settings, docs=tmp_path / "没有")
    assert Catalog(nowhere, FakePipeline()).rows(None) == ()


def test_files_are_hashed_once_until_they_change(project: Project) -> None:
    _build(project)
    pipeline = CountingPipeline()
    catalog = Catalog(project.settings, pipeline)
    index = open_index(project.settings)
    first = catalog.rows(index)
    assert catalog.rows(index) is first
    assert pipeline.hashed == ["年鉴.txt", "通知.txt"]
    project.put("通知.txt", "通知\n后天开会，地点另行通知")
    project.put("年鉴.txt.meta.toml", "")
    states = [row.state for row in catalog.rows(index)]
    assert states == ["changed", "changed"]
    project.put("新.txt", "新")
    assert [row.state for row in catalog.rows(index)] == ["changed", "new", "changed"]
    assert pipeline.hashed == ["年鉴.txt", "通知.txt", "年鉴.txt", "通知.txt", "新.txt"]


def test_noted_failures_read_back_and_a_garbled_note_counts_as_none(tmp_path: Path) -> None:
    noted = {"坏.pdf": Failure("ab12", "“坏.pdf”已损坏")}
    write_failures(tmp_path, noted)
    assert read_failures(tmp_path) == noted
    (tmp_path / "failed.json").write_text('{"a": 1}', encoding="utf-8")
    assert read_failures(tmp_path) == {}
    assert read_failures(tmp_path / "没有") == {}
