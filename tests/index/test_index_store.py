from __future__ import annotations

from pathlib import Path

import pytest

from ragpark.errors import IndexDamagedError
from ragpark.index.store import Documents, read_records, write_records
from ragpark.records import Chunk, Document, Fact, Heading, Removed, Section

CHUNK = Chunk("a#0", "甲 乙/a.txt", "标题\n“引”", None, ("一、", "（二）"), 3, 0, 4, "5.16%\t\u2028")
SECTION = Section("a.txt", 1, (), 0, 0, 9)
FACT = Fact(
    "收入", "园区", None, "上年", 22.89e8, "元", "22.89亿元", "近", "amount", "a", "2023-01-01", "q", 1, 2, {"page": 3}
)
DOCUMENT = Document(
    doc="a.txt",
    title="题",
    date=None,
    source="源",
    text="正文\r\n\x0b换页\ufffd𠮷",
    headings=(Heading(0, 2, 1, "正文"),),
    places=((0, 1), (3, 2)),
    place_unit="page",
    format="pdf",
    sha256="00",
    removed=(Removed("页眉", "header", 1),),
    problems=("第2页没有文字",),
    also=("b.txt",),
)


@pytest.mark.parametrize("record", [CHUNK, SECTION, FACT, DOCUMENT], ids=lambda record: type(record).__name__)
def test_records_come_back_equal(tmp_path: Path, record: object) -> None:
    path = tmp_path / "records.jsonl"
    assert write_records(path, [record, record]) == 2
    assert read_records(path, type(record)) == (record, record)


def test_no_records_is_an_empty_file(tmp_path: Path) -> None:
    assert write_records(tmp_path / "none.jsonl", []) == 0
    assert read_records(tmp_path / "none.jsonl", Chunk) == ()


@pytest.mark.parametrize("data", [b"{", b"{}\n", b'{"doc": 1}\n', b"\xff\n", b"[]\n"])
def test_lines_of_another_kind_are_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(data)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        read_records(tmp_path / "x.jsonl", Section)


def test_missing_file_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        read_records(tmp_path / "x.jsonl", Section)
    with pytest.raises(IndexDamagedError):
        Documents(tmp_path / "x.jsonl", ["a.txt"])


def test_documents_are_read_one_by_one(tmp_path: Path) -> None:
    write_records(tmp_path / "d.jsonl", [DOCUMENT])
    documents = Documents(tmp_path / "d.jsonl", ["a.txt"])
    (tmp_path / "d.jsonl").unlink()  # a later build may delete it while it is open
    assert list(documents) == ["a.txt"]
    assert documents["a.txt"] == DOCUMENT
    assert documents["a.txt"] is documents["a.txt"]
    assert "b.txt" not in documents
    with pytest.raises(KeyError):
        documents["b.txt"]


@pytest.mark.parametrize("docs", [[], ["a.txt", "b.txt"]])
def test_documents_must_be_as_many_as_lines(tmp_path: Path, docs: list[str]) -> None:
    write_records(tmp_path / "d.jsonl", [DOCUMENT])
    with pytest.raises(IndexDamagedError):
        Documents(tmp_path / "d.jsonl", docs)


def test_document_under_another_name_is_damaged(tmp_path: Path) -> None:
    write_records(tmp_path / "d.jsonl", [DOCUMENT])
    with pytest.raises(IndexDamagedError):
        Documents(tmp_path / "d.jsonl", ["b.txt"])["b.txt"]
