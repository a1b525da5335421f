"""The documents folder as a user changes it: files added and removed, title, date, source and subject pinned; never outside."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from ragpark.errors import DocumentsError, LoadError, NameTakenError
from ragpark.load import SUFFIXES, load_document, locate
from ragpark.load.filenames import numbered, safe_name
from ragpark.load.meta import META_KEYS, iso_date
from ragpark.load.sidecar import SIDECAR_SUFFIX, dump_sidecar, parse_sidecar

OnTaken = Literal["ask", "replace", "number"]

_WORK_PREFIX = ".ragpark-"  # a hidden folder: what lies in it is no document yet


@dataclass(frozen=True, slots=True)
class Saved:
    """Where an upload went: the document's path in the folder, and what that did there."""

    doc: str
    change: Literal["added", "replaced", "unchanged"]


class DocumentsFolder:
    """The files under `root` that are documents; every path is checked to lie in it, links followed."""

    def __init__(self, root: Path, max_file_mb: int = 100, suffixes: Sequence[str] = SUFFIXES) -> None:
        self.root, self._max_file_mb, self._suffixes = root, max_file_mb, tuple(suffixes)

    def save(self, name: str, data: bytes, on_taken: OnTaken = "ask") -> Saved:
        """Write a file into the folder (made if missing) under a safe form of `name`, whole or not at all.

        The same bytes under the same name change nothing. A name taken by other bytes raises NameTakenError, is
        replaced (its sidecar stays), or gets a number: `报告-2.txt`. Raises DocumentsError or LoadError for a file
        that is too large, of an unsupported kind, or not readable as what its name says.
        """
        name = safe_name(name, self._suffixes)
        if len(data) > self._max_file_mb * 1_000_000:
            raise LoadError(
                f"“{name}”有 {len(data) / 1_000_000:.1f} MB，超过上限 {self._max_file_mb} MB；"
                "请拆分文件或调大设置 max_file_mb"
            )
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            there = self._entry(name)
            if there is not None and there.is_file() and self._inside(there) and there.read_bytes() == data:
                return Saved(name, "unchanged")
            if there is not None and on_taken == "ask":
                raise NameTakenError(f"文档文件夹里已有内容不同的“{name}”；请选择替换它，还是两份都保留", name)
            if there is not None and there.is_dir():
                raise DocumentsError(f"文档文件夹里有一个名为“{name}”的文件夹；请换个文件名再上传")
            if there is not None and on_taken == "number":
                name, there = self._free(name), None
            self._write(self.root / name if there is None else there, name, data, check=True)
        except OSError as error:
            raise self._unwritable(error) from error
        return Saved(name, "added" if there is None else "replaced")

    def remove(self, doc: str) -> None:
        """Delete a document and its sidecar. Raises DocumentsError if it is not a document of this folder."""
        path = self.path(doc)
        try:
            path.unlink()
            sidecar = self._beside(path)
            if sidecar is not None:
                sidecar.unlink()
        except OSError as error:
            raise self._unwritable(error) from error

    def path(self, doc: str) -> Path:
        """Return where the document lies. Raises DocumentsError where it is no document of this folder."""
        parts = PurePosixPath(doc).parts
        plain = doc and not PurePosixPath(doc).is_absolute() and "\0" not in doc and "\\" not in doc
        if not plain or any(part.startswith((".", "~$")) for part in parts):
            raise DocumentsError(f"“{doc}”不是文档文件夹里的文档；请刷新页面后再试")
        if not doc.lower().endswith(self._suffixes):
            raise DocumentsError(f"“{doc}”不是可读的文档；支持的格式有：{'、'.join(self._suffixes)}")
        try:
            path = locate(self.root, doc)
        except OSError:
            path = None
        if path is None:
            raise DocumentsError(f"“{doc}”已不在文档文件夹中；请刷新页面后再试")
        if not self._inside(path):
            raise DocumentsError(f"“{doc}”指向文档文件夹之外，不能在这里改动")
        return path

    def read_meta(self, doc: str) -> dict[str, str]:
        """Return the pinned keys (META_KEYS) as the sidecar has them, only those that are set.

        A sidecar that cannot be parsed gives none (the document's own error says so). Raises DocumentsError as `path`.
        """
        table = self._table(self.path(doc))[0]
        return {key: str(table[key]) for key in META_KEYS if str(table.get(key, "")).strip()}

    def write_meta(self, doc: str, *, title: str = "", date: str = "", source: str = "", subject: str = "") -> None:
        """Pin title, date, source and subject in the sidecar; an empty one is left to the document again.

        Other keys of the sidecar are kept; without any key it is deleted; one that cannot be parsed is kept aside as
        `NAME.meta.toml.bak`. Raises DocumentsError for a date that is none, and as `path`.
        """
        path = self.path(doc)
        values = {"title": title, "date": date, "source": source, "subject": subject}
        values = {key: " ".join(value.split()) for key, value in values.items()}
        if values["date"]:
            iso = iso_date(values["date"])
            if iso is None:
                raise DocumentsError(f"日期“{values['date'][:40]}”无法识别；请写成 2024-04-11、2024-04 或 2024 的形式")
            values["date"] = iso
        table, broken = self._table(path)
        table = {key: value for key, value in table.items() if key not in META_KEYS}
        table = {**{key: value for key, value in values.items() if value}, **table}
        sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
        try:
            there = self._beside(path)
            if broken and there is not None:
                there.replace(there.with_name(there.name + ".bak"))
            elif there is not None and (not table or there != sidecar):
                there.unlink()
            if table:
                self._write(sidecar, sidecar.name, dump_sidecar(table).encode(), check=False)
        except OSError as error:
            raise self._unwritable(error) from error

    def _table(self, path: Path) -> tuple[dict[str, object], bool]:
        """Return the sidecar's table and whether there is one that cannot be parsed."""
        sidecar = self._beside(path)
        if sidecar is None or not self._inside(sidecar):
            return {}, False
        try:
            return parse_sidecar(sidecar.read_bytes(), sidecar.name), False
        except (LoadError, OSError):
            return {}, True

    def _entry(self, name: str) -> Path | None:
        """Return what stands in the root under that name, be it a file, a folder or a link to nowhere."""
        path = self.root / name
        return path if os.path.lexists(path) else locate(self.root, name)

    def _beside(self, path: Path) -> Path | None:
        """Return the sidecar of a document; a link to nowhere is one too."""
        sidecar = path.with_name(path.name + SIDECAR_SUFFIX)
        return sidecar if os.path.lexists(sidecar) else locate(path.parent, sidecar.name)

    def _free(self, name: str) -> str:
        number = 2
        while True:
            candidate = numbered(name, number)
            if self._entry(candidate) is None and self._entry(candidate + SIDECAR_SUFFIX) is None:
                return candidate
            number += 1

    def _write(self, path: Path, name: str, data: bytes, *, check: bool) -> None:
        """Write `data` aside in the same folder, read it as a document if asked to, then put it in place at once.

        A link standing at `path` is replaced, not followed.
        """
        work = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=path.parent))
        try:
            made = work / name
            made.write_bytes(data)
            if check:
                load_document(work, name, max_file_mb=self._max_file_mb)
            made.replace(path)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _inside(self, path: Path) -> bool:
        try:
            return path.resolve().is_relative_to(self.root.resolve())
        except (OSError, RuntimeError):  # a loop of links
            return False

    def _unwritable(self, error: OSError) -> DocumentsError:
        reason = error.strerror or str(error)
        return DocumentsError(f"文档文件夹“{self.root}”无法写入（{reason}）；请检查权限和磁盘空间")
