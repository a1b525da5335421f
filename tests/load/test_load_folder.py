"""Finding documents and loading one: names, links, limits, sidecars, files that vanish."""

import hashlib
import unicodedata
from pathlib import Path

import pytest

from ragpark.errors import DocumentsError, LoadError
from ragpark.load import SUFFIXES, find_documents, load_document
from ragpark.records import RawLine


def put(folder: Path, name: str, content: str | bytes = "正文。") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_documents_are_found_sorted_by_relative_path(tmp_path: Path) -> None:
    for name in ("b.txt", "子 夹/年报 一.PDF", "子 夹/b.txt", "a.md", "c.htm", "d.docx", "e.html"):
        put(tmp_path, name)
    for name in (".hidden.txt", ".git/x.txt", "~$d.docx", "a.md.meta.toml", "x.xls", "y.doc", "readme"):
        put(tmp_path, name)
    assert find_documents(tmp_path) == [
        "a.md",
        "b.txt",
        "c.htm",
        "d.docx",
        "e.html",
        "子 夹/b.txt",
        "子 夹/年报 一.PDF",
    ]
    assert set(SUFFIXES) == {".md", ".txt", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".csv", ".tsv"}


def test_an_empty_folder_holds_nothing_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    assert find_documents(tmp_path) == []
    for wrong in (tmp_path / "没有", put(tmp_path, "file.txt")):
        with pytest.raises(DocumentsError, match="不存在"):
            find_documents(wrong)


def test_names_are_composed_and_still_found_on_disk(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "résumé/données.txt")
    put(tmp_path, decomposed)
    (doc,) = find_documents(tmp_path)
    assert doc == "résumé/données.txt" != decomposed
    assert load_document(tmp_path, doc).lines == (RawLine("正文。", 1),)


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    inside = put(docs, "a.txt")
    outside = put(tmp_path, "秘密.txt")
    (docs / "out.txt").symlink_to(outside)
    (docs / "in.txt").symlink_to(inside)
    (docs / "dir").symlink_to(tmp_path)
    (docs / "loop.txt").symlink_to(docs / "loop.txt")
    assert find_documents(docs) == ["a.txt", "in.txt"]
    for wrong in ("out.txt", "../秘密.txt"):
        with pytest.raises(LoadError, match="之外"):
            load_document(docs, wrong)


def test_a_document_is_loaded_with_its_fingerprint(tmp_path: Path) -> None:
    put(tmp_path, "子/a.txt", "---\ntitle: 甲\ndate: 2022年6月7日\n---\n正文。\n")
    raw = load_document(tmp_path, "子/a.txt")
    assert (raw.doc, raw.format, raw.place_unit) == ("子/a.txt", "txt", "lines")
    assert raw.sha256 == hashlib.sha256((tmp_path / "子/a.txt").read_bytes()).hexdigest()
    assert (raw.meta, raw.pinned, raw.problems) == ({"title": "甲", "date": "2022-06-07"}, {}, ())


def test_a_sidecar_pins_values_and_counts_as_a_change(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    before = load_document(tmp_path, "a.txt")
    put(tmp_path, "a.txt.meta.toml", 'title = "年报"\ndate = "择日"\n')
    after = load_document(tmp_path, "a.txt")
    assert after.pinned == {"title": "年报"}
    assert after.sha256 != before.sha256
    assert "a.txt.meta.toml" in after.problems[0]
    put(tmp_path, "a.txt.meta.toml", "titel = 1")
    with pytest.raises(LoadError, match=r"a\.txt\.meta\.toml.*titel"):
        load_document(tmp_path, "a.txt")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "“空.txt”是空文件"),
        ("白.txt", " \n\n　\n", "“白.txt”中没有文字"),
        ("白.html", "<html><body><script>1</script></body></html>", "“白.html”中没有文字"),
        ("白.md", "<!-- 无 -->\n", "“白.md”中没有文字"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "“图.txt”不是文本文件"),
        ("坏.pdf", b"%PDF-1.4 oops", "“坏.pdf”已损坏"),
        ("坏.docx", b"PK oops", "“坏.docx”已损坏"),
        ("表.xls", b"PK", "“表.xls”的格式不支持；支持的格式有："),
        ("坏.xlsx", b"PK", "“坏.xlsx”已损坏"),
        ("大.txt", b"a" * 1_000_001, "“大.txt”有 1.0 MB，超过上限 1 MB"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, content: str | bytes, says: str) -> None:
    put(tmp_path, name, content)
    with pytest.raises(LoadError) as caught:
        load_document(tmp_path, name, max_file_mb=1)
    assert says in str(caught.value)


@pytest.mark.parametrize("doc", ["走了.txt", "没有/走了.txt", "gone.txt", "a\0b.txt"])
def test_a_file_that_has_vanished_is_named(tmp_path: Path, doc: str) -> None:
    with pytest.raises(LoadError, match=r"不存在|出错"):
        load_document(tmp_path, doc)


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "锁.txt")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(LoadError, match=r"没有权限读取“锁\.txt”"):
        load_document(tmp_path, "锁.txt")


def test_a_folder_named_like_a_document_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "夹.txt").mkdir()
    assert find_documents(tmp_path) == []
