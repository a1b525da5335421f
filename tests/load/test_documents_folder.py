"""Uploads, removal and pinned values: nothing outside the folder, nothing half written, nothing lost unasked."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from ragpark.errors import DocumentsError, LoadError, NameTakenError
from ragpark.load import find_documents, load_document
from ragpark.load.folder import DocumentsFolder, Saved

TEXT = "年报\n\n收入22亿元。\n".encode()
OTHER = "通报\n\n收入23亿元。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> DocumentsFolder:
    return DocumentsFolder(tmp_path / "docs", max_file_mb=1)


def _names(folder: DocumentsFolder) -> list[str]:
    return sorted(path.name for path in folder.root.iterdir())


def test_an_upload_goes_into_the_folder_which_is_made(folder: DocumentsFolder) -> None:
    assert folder.save("../../年报.txt", TEXT) == Saved("年报.txt", "added")
    assert folder.path("年报.txt").read_bytes() == TEXT
    assert _names(folder) == ["年报.txt"]
    assert not (folder.root.parent / "年报.txt").exists()


def test_the_same_upload_again_changes_nothing(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    assert folder.save("年报.txt", TEXT) == Saved("年报.txt", "unchanged")


def test_a_taken_name_is_asked_about(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    with pytest.raises(NameTakenError, match="替换") as taken:
        folder.save("子/年报.txt", OTHER)
    assert taken.value.doc == "年报.txt" and folder.path("年报.txt").read_bytes() == TEXT
    folder.write_meta("年报.txt", title="甲")
    assert folder.save("年报.txt", OTHER, "replace") == Saved("年报.txt", "replaced")
    assert folder.path("年报.txt").read_bytes() == OTHER and folder.read_meta("年报.txt") == {"title": "甲"}
    assert folder.save("年报.txt", TEXT, "number") == Saved("年报-2.txt", "added")
    (folder.root / "年报-3.txt.meta.toml").write_text('title = "别人的"', encoding="utf-8")
    assert folder.save("年报.txt", TEXT + OTHER, "number") == Saved("年报-4.txt", "added")


def test_a_name_is_taken_however_the_disk_spells_it(folder: DocumentsFolder) -> None:
    folder.root.mkdir()
    (folder.root / unicodedata.normalize("NFD", "données.txt")).write_bytes(TEXT)
    with pytest.raises(NameTakenError):
        folder.save("données.txt", OTHER)
    folder.save("données.txt", OTHER, "replace")
    assert find_documents(folder.root) == ["données.txt"] and len(_names(folder)) == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("表.pdf", b"junk", "不是 PDF"),
        ("表.docx", b"junk", "不是 Word"),
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是文本文件"),
        ("空.md", b"", "空文件"),
        ("大.txt", b"a" * 1_000_001, "超过上限 1 MB"),
        ("a.exe", TEXT, "格式不支持"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    folder: DocumentsFolder, name: str, data: bytes, says: str
) -> None:
    folder.save("年报.txt", TEXT)
    with pytest.raises((LoadError, DocumentsError), match=says):
        folder.save(name, data)
    assert _names(folder) == ["年报.txt"]


def test_a_failed_replacement_leaves_the_old_file(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    with pytest.raises(LoadError):
        folder.save("年报.txt", b"", "replace")
    assert folder.path("年报.txt").read_bytes() == TEXT


def test_links_out_of_the_folder_are_never_followed(folder: DocumentsFolder, tmp_path: Path) -> None:
    outside = tmp_path / "秘密.txt"
    outside.write_bytes(TEXT)
    (tmp_path / "别处").mkdir()
    (tmp_path / "别处" / "b.txt").write_bytes(TEXT)
    folder.root.mkdir()
    (folder.root / "a.txt").symlink_to(outside)
    (folder.root / "夹").symlink_to(tmp_path / "别处")
    (folder.root / "c.txt").symlink_to(folder.root / "没有")
    for doc in ("a.txt", "夹/b.txt"):
        for change in (folder.remove, folder.path, folder.read_meta, lambda doc: folder.write_meta(doc, title="x")):
            with pytest.raises(DocumentsError, match="之外"):
                change(doc)
    for name in ("a.txt", "c.txt"):
        with pytest.raises(NameTakenError):
            folder.save(name, OTHER)
        folder.save(name, OTHER, "replace")
        assert not (folder.root / name).is_symlink()
    assert outside.read_bytes() == TEXT


@pytest.mark.parametrize(
    "doc",
    ["../秘密.txt", "/etc/passwd.txt", "", ".", "子/../../秘密.txt", ".git/x.txt", "~$a.docx", "a\0.txt", "子\\a.txt",
     "年报.txt.meta.toml", "没有.txt", "夹.txt", "x.exe"],
)  # fmt: skip
def test_only_documents_of_the_folder_can_be_removed(folder: DocumentsFolder, tmp_path: Path, doc: str) -> None:
    (tmp_path / "秘密.txt").write_bytes(TEXT)
    folder.save("年报.txt", TEXT)
    (folder.root / "夹.txt").mkdir()
    (folder.root / "x.exe").write_bytes(TEXT)
    before = _names(folder)
    with pytest.raises(DocumentsError):
        folder.remove(doc)
    assert _names(folder) == before and (tmp_path / "秘密.txt").exists()


def test_a_document_is_removed_with_its_sidecar(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    (folder.root / "子").mkdir()
    (folder.root / "子" / "乙.txt").write_bytes(TEXT)
    folder.write_meta("年报.txt", title="甲")
    folder.write_meta("子/乙.txt", source="局")
    folder.remove("年报.txt")
    folder.remove("子/乙.txt")
    assert _names(folder) == ["子"] and not list((folder.root / "子").iterdir())


def test_pinned_values_are_what_the_loader_reads(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    assert folder.read_meta("年报.txt") == {}
    folder.write_meta("年报.txt", title='甲 "乙" \\丙\n丁', date="2024年4月11日", source="", subject=" 青溪县 ")
    pinned = {"title": '甲 "乙" \\丙 丁', "date": "2024-04-11", "subject": "青溪县"}
    assert folder.read_meta("年报.txt") == pinned
    assert load_document(folder.root, "年报.txt").pinned == pinned
    folder.write_meta("年报.txt")
    assert folder.read_meta("年报.txt") == {} and _names(folder) == ["年报.txt"]


@pytest.mark.parametrize("date", ["某天", "2024-13-01", "明年", "24年"])
def test_a_date_must_be_one(folder: DocumentsFolder, date: str) -> None:
    folder.save("年报.txt", TEXT)
    with pytest.raises(DocumentsError, match="2024-04-11"):
        folder.write_meta("年报.txt", date=date)
    assert _names(folder) == ["年报.txt"]


def test_other_keys_of_the_sidecar_are_kept(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    sidecar = folder.root / "年报.txt.meta.toml"
    more = 'note = "a\\u0007"\nn = 3\nok = true\nat = 2024-05-06\nlist = [1, "二"]\n[more]\n"键 1" = 1.5\n'
    sidecar.write_text(f'title = "旧"\n{more}', encoding="utf-8")
    folder.write_meta("年报.txt", source="局")
    assert tomllib.loads(sidecar.read_text(encoding="utf-8")) == {"source": "局", **tomllib.loads(more)}


def test_a_sidecar_that_cannot_be_parsed_is_kept_aside(folder: DocumentsFolder) -> None:
    folder.save("年报.txt", TEXT)
    (folder.root / "年报.txt.meta.toml").write_text("= 坏", encoding="utf-8")
    assert folder.read_meta("年报.txt") == {}
    folder.write_meta("年报.txt", title="甲")
    assert folder.read_meta("年报.txt") == {"title": "甲"}
    assert (folder.root / "年报.txt.meta.toml.bak").read_text(encoding="utf-8") == "= 坏"
    assert find_documents(folder.root) == ["年报.txt"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "docs").write_bytes(b"a file")
    with pytest.raises(DocumentsError, match="无法写入"):
        DocumentsFolder(tmp_path / "docs").save("年报.txt", TEXT)
