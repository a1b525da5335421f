"""Facts of documents read straight from disk: a file, a folder, what fails, and the same facts as an index holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import FakeEncoder

from ragpark.config import Settings
from ragpark.errors import DocumentsError, LoadError
from ragpark.index import build_index, open_index
from ragpark.index.direct import ReadFiles, read_files
from ragpark.index.pipeline import DefaultPipeline

TABLE = "指标,单位,2022年,2023年\n营业收入,亿元,120.5,133.2\n从业人员,人,800,860\n"
REPORT = "青溪县年度公报\n\n2023年，青溪县实现营业收入22.89亿元，新增企业31家。\n"


def read(path: Path) -> ReadFiles:
    return read_files(path, DefaultPipeline(Settings()))


def test_a_single_file(tmp_path: Path) -> None:
    (tmp_path / "子").mkdir()
    (tmp_path / "子/公报.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "子/另一份.txt").write_text("不读它：2022年营业收入9亿元。", encoding="utf-8")
    found = read(tmp_path / "子/公报.txt")
    assert list(found.documents) == ["公报.txt"] and not found.failed
    assert [(fact.text, fact.year, fact.doc) for fact in found.facts] == [
        ("22.89亿元", 2023, "公报.txt"),
        ("31家", 2023, "公报.txt"),
    ]


def test_a_folder_gives_what_its_index_holds(tmp_path: Path) -> None:
    settings = Settings(docs=tmp_path / "docs", index=tmp_path / "index")
    (settings.docs / "子").mkdir(parents=True)
    for name, text in {"公报.txt": REPORT, "子/表.csv": TABLE, "子/表 副本.csv": TABLE, "空.txt": ""}.items():
        (settings.docs / name).write_text(text, encoding="utf-8")
    found = read(settings.docs)
    build_index(settings, encoder=FakeEncoder())
    index = open_index(settings)
    assert found.facts == index.facts and len(found.facts) == 6  # the table's four once
    assert list(found.documents) == sorted(index.documents) == ["公报.txt", "子/表 副本.csv"]
    assert list(found.failed) == ["空.txt"]


def test_what_a_sidecar_says_counts(tmp_path: Path) -> None:
    (tmp_path / "公报.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "公报.txt.meta.toml").write_text('subject = "青溪县"\ndate = "2024-02"\n', encoding="utf-8")
    document = read(tmp_path / "公报.txt").documents["公报.txt"]
    assert (document.subject, document.date) == ("青溪县", "2024-02")


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [("没有.txt", DocumentsError, "不存在"), ("空.txt", LoadError, "空文件"), ("程序.exe", LoadError, "格式不支持")],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, error: type[Exception], says: str) -> None:
    for file in ("空.txt", "程序.exe"):
        (tmp_path / file).touch()
    with pytest.raises(error, match=says):
        read(tmp_path / name)


def test_a_folder_without_a_readable_document_says_why(tmp_path: Path) -> None:
    with pytest.raises(DocumentsError, match="支持的格式"):
        read(tmp_path)
    (tmp_path / "空.txt").touch()
    with pytest.raises(DocumentsError, match="空文件"):
        read(tmp_path)
