"""The package of a Word document: its parts as XML trees, their relations, what is broken named. Reads no text.

Strict Open XML is turned into the transitional names, so that nothing else needs to know of it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cache
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MAX_PART_BYTES = 400_000_000
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_OFF = frozenset(("0", "false", "off"))


class Package:
    """The parts of one file by name. `problems` grows by a line (in Chinese) for each part that cannot be read.

    Raises zipfile.BadZipFile where the bytes are no zip archive.
    """

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._zip.namelist()}
        self._relations: dict[str, list[tuple[str, str, str]]] = {}
        self.problems: list[str] = []

    def bytes_of(self, part: str) -> bytes | None:
        """Return the part's bytes, None where it is missing or broken (which is noted)."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            if self._zip.getinfo(name).file_size > MAX_PART_BYTES:
                raise ValueError("too large")
            return self._zip.read(name)
        except Exception:  # zlib.error, BadZipFile, NotImplementedError, RuntimeError (encrypted) …
            self._broken(part)
            return None

    def tree(self, part: str) -> Any | None:
        """Return the part's root element, None where there is none; damage is noted and what is left is returned."""
        data = self.bytes_of(part)
        if data is None:
            return None
        if data.startswith(_UTF16):
            data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        for recover in (False, True):
            try:
                root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True, recover=recover))
            except etree.XMLSyntaxError:
                continue
            if recover:
                self._broken(part, partly=root is not None and len(root) > 0)
            return root
        self._broken(part)
        return None

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return (id, kind, part) of what the part refers to inside the package; `kind` is the type's last word."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
            found = []
            for item in root if root is not None else ():
                target = item.get("Target") if isinstance(item.tag, str) else None
                if not target or item.get("TargetMode") == "External":
                    continue
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = (item.get("Type") or "").rsplit("/", 1)[-1]
                found.append((item.get("Id") or "", kind, posixpath.normpath(path)))
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str, fallback: str = "") -> str | None:
        """Return the first part of that kind that `part` refers to, else `fallback` if there is such a part."""
        for _, found, target in self.relations(part):
            if found == kind and target.lower() in self._names:
                return target
        return fallback if fallback.lower() in self._names else None

    def target(self, part: str, relation_id: str | None) -> str | None:
        """Return the part behind a relation's id, None where it leads nowhere."""
        return next((target for id_, _, target in self.relations(part) if id_ == relation_id), None)

    def _broken(self, part: str, partly: bool = False) -> None:
        kept = "能辨认的内容已读取" if partly else "其中内容没有读取"
        problem = f"文件中的部件“{part}”已损坏，{kept}"
        if problem not in self.problems:
            self.problems.append(problem)


@cache
def _path(names: str) -> tuple[str, ...]:
    return tuple(W + name for name in names.split("/"))


def find(element: Any, names: str) -> Any | None:
    """Return the first element at the path of Word names below `element`: `pPr/numPr`."""
    for tag in _path(names):
        element = next(element.iterchildren(tag), None)
        if element is None:
            return None
    return element


def val(element: Any, names: str = "") -> str | None:
    """Return `w:val` of the element at that path, None where either is missing."""
    found = find(element, names) if names else element
    return found.get(f"{W}val") if found is not None else None


def whole(text: str | None) -> int | None:
    """Return the whole number that the text is, None where it is none."""
    try:
        return int(text or "")
    except ValueError:
        return None


def switch(element: Any, names: str) -> bool | None:
    """Return whether the property at that path is on (`<w:vanish/>`) or off (`w:val="0"`), None where not said."""
    found = find(element, names)
    return None if found is None else (found.get(f"{W}val") or "1").lower() not in _OFF
