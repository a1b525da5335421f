"""Finding documents in a folder and reading one file into a RawDocument, whatever its format; no repair of its text."""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import unicodedata
from pathlib import Path

from ragpark.errors import DocumentsError, LoadError
from ragpark.load.base import Loaded, Reader
from ragpark.load.meta import tidy
from ragpark.load.sidecar import SIDECAR_SUFFIX, read_sidecar
from ragpark.records import RawDocument

__all__ = ["SUFFIXES", "find_documents", "load_document"]

_READERS = {  # suffix → (format, module, function); modules are imported when a file of theirs is read
    ".md": ("md", "markdown", "read_markdown"),
    ".txt": ("txt", "text", "read_text"),
    ".html": ("html", "html", "read_html"),
    ".htm": ("html", "html", "read_html"),
    ".pdf": ("pdf", "pdf", "read_pdf"),
    ".docx": ("docx", "docx", "read_docx"),
    ".xlsx": ("xlsx", "xlsx", "read_xlsx"),
    ".csv": ("csv", "delimited", "read_delimited"),
    ".tsv": ("csv", "delimited", "read_delimited"),
}
SUFFIXES: tuple[str, ...] = tuple(_READERS)

_log = logging.getLogger(__name__)


def find_documents(folder: Path) -> list[str]:
    """Return the documents under `folder` as relative paths with forward slashes, in NFC, sorted.

    Hidden files and folders, Office lock files (`~$…`), sidecars, linked folders and links that leave the folder
    are passed over; a subfolder that cannot be listed is logged. Raises DocumentsError if `folder` is no folder or
    cannot be read.
    """
    if not folder.is_dir():
        raise DocumentsError(f"文档文件夹“{folder}”不存在；请新建它并放入文档，或用 --docs 指定别的文件夹")
    root = folder.resolve()

    def failed(error: OSError) -> None:
        if error.filename is not None and Path(error.filename) == folder:
            raise DocumentsError(f"没有权限读取文档文件夹“{folder}”；请检查权限") from error
        _log.warning("子文件夹无法读取，已跳过：%s", error.filename)

    found: set[str] = set()
    for parent, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(parent, name)
            if name.startswith((".", "~$")) or name.lower().endswith(SIDECAR_SUFFIX):
                continue
            if path.suffix.lower() not in _READERS or (path.is_symlink() and not _inside(path, root)):
                continue
            if path.is_file() or path.is_symlink():
                found.add(unicodedata.normalize("NFC", path.relative_to(folder).as_posix()))
    return sorted(found)


def load_document(folder: Path, doc: str, *, max_file_mb: int = 100) -> RawDocument:
    """Read `folder/doc` and its sidecar `doc.meta.toml`, if there is one.

    `sha256` is over the file's bytes and the sidecar's, so that a change of either counts. Raises LoadError, naming
    the file, for one that is missing, unreadable, empty, too large, broken or of another kind than its name says.
    """
    kind = _READERS.get(Path(doc).suffix.lower())
    if kind is None:
        raise LoadError(f"“{doc}”的格式不支持；支持的格式有：{'、'.join(SUFFIXES)}")
    data = _read_bytes(folder, doc, max_file_mb)
    if data is None:
        raise LoadError(f"“{doc}”不存在或已被移走；请检查文档文件夹后重新建立索引")
    if not data:
        raise LoadError(f"“{doc}”是空文件；请放入内容或删除它")
    sidecar = _read_bytes(folder, doc + SIDECAR_SUFFIX, max_file_mb)
    digest = hashlib.sha256(data)
    pinned: dict[str, str] = {}
    pin_problems: list[str] = []
    if sidecar is not None:
        digest.update(b"\0sidecar\0" + sidecar)
        pinned, pin_problems = read_sidecar(sidecar, doc + SIDECAR_SUFFIX)
    format_name, module, function = kind
    reader: Reader = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    loaded: Loaded = reader(data, doc)
    if not any(line.text.strip() for line in loaded.lines):
        raise LoadError(f"“{doc}”中没有文字；请检查文件内容")
    meta, problems = tidy(loaded.meta)
    return RawDocument(
        doc=doc,
        sha256=digest.hexdigest(),
        format=format_name,
        place_unit=loaded.place_unit,
        lines=loaded.lines,
        meta=meta,
        pinned=pinned,
        problems=(*loaded.problems, *problems, *pin_problems),
        sheets=loaded.sheets,
    )


def _read_bytes(folder: Path, doc: str, max_file_mb: int) -> bytes | None:
    """Return the file's bytes, None where there is no such file."""
    try:
        path = locate(folder, doc)
        if path is None:
            return None
        if not _inside(path, folder.resolve()):
            raise LoadError(f"“{doc}”指向文档文件夹之外，没有读取；请把文件本身放进文档文件夹")
        size = path.stat().st_size
        if size > max_file_mb * 1_000_000:
            raise LoadError(
                f"“{doc}”有 {size / 1_000_000:.1f} MB，超过上限 {max_file_mb} MB；请拆分文件或调大设置 max_file_mb"
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise LoadError(f"没有权限读取“{doc}”；请检查文件权限") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise LoadError(f"读取“{doc}”时出错：{error}；请检查文件后再试") from error


def locate(folder: Path, doc: str) -> Path | None:
    """Return the path of `doc`; where the disk spells a name decomposed (NFD), find it by its NFC form."""
    path = folder / doc
    if path.is_file() or doc.isascii():
        return path if path.is_file() else None
    path = folder
    for part in Path(doc).parts:
        if (path / part).exists():
            path = path / part
            continue
        if not path.is_dir():
            return None
        names = sorted(n for n in os.listdir(path) if unicodedata.normalize("NFC", n) == part)
        if not names:
            return None
        path = path / names[0]
    return path if path.is_file() else None


def _inside(path: Path, root: Path) -> bool:
    """Say whether `path`, links followed, lies under `root` (already resolved)."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        return False
