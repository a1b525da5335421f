"""The parts of an .xlsx package: its sheets, texts, formats and properties; no rows are read here.

Tags are met by their local names, so that workbooks in Strict form read like the others.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Any

from lxml import etree

from ragpark.load.raised import lowered, raised

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# formats that a workbook names by number alone (ECMA-376 part 1, 18.8.30; those from 27 on as in Chinese Excel)
_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy",
    31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日",
    54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of one style show: the number format and the indent in steps."""

    number_format: str = "General"
    indent: int = 0


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it: its state (`visible`, `hidden`, `veryHidden`), kind and the part it is in."""

    name: str
    state: str
    kind: str  # `worksheet`, `chartsheet`, …
    part: str


class Package:
    """The parts of an open archive, by names without regard to case and slashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}
        roots = self.targets("")
        self.workbook = next((part for kind, part in roots.values() if kind == "officeDocument"), "xl/workbook.xml")
        self._core = next((part for kind, part in roots.values() if kind == "core-properties"), "docProps/core.xml")

    def open(self, part: str) -> IO[bytes]:
        """Open a part. Raises KeyError where there is none."""
        return self._archive.open(self._names[_plain(part)])

    def root(self, part: str) -> Any:
        """Return the root element of a part. Raises KeyError, XMLSyntaxError."""
        with self.open(part) as source:
            return etree.parse(source, etree.XMLParser(resolve_entities=False, huge_tree=True)).getroot()

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: id → (kind, part); {} where it refers to nothing or that cannot be read."""
        folder, name = posixpath.split(part)
        try:
            root = self.root(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for item in root.iter("{*}Relationship"):
            target = item.get("Target") or ""
            path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[item.get("Id") or ""] = ((item.get("Type") or "").rsplit("/", 1)[-1], path.lstrip("/"))
        return found

    def sheets(self) -> list[SheetPart]:
        """Return the sheets in their order. Raises KeyError, XMLSyntaxError where the workbook cannot be read."""
        targets = self.targets(self.workbook)
        found: list[SheetPart] = []
        for item in self.root(self.workbook).iter("{*}sheet"):
            key = next((value for name, value in item.attrib.items() if str(name).endswith("}id")), "")
            kind, part = targets.get(key, ("", ""))
            found.append(SheetPart(item.get("name") or "", item.get("state") or "visible", kind, part))
        return found

    @cached_property
    def since_1904(self) -> bool:
        """Whether dates count from 1904, as old Macs did."""
        properties = next(self.root(self.workbook).iter("{*}workbookPr"), None)
        return properties is not None and properties.get("date1904") in ("1", "true")

    @cached_property
    def texts(self) -> list[str]:
        """The shared texts, with raised characters marked. Raises XMLSyntaxError where they cannot be read."""
        part = self._part_of("sharedStrings", "xl/sharedStrings.xml")
        if _plain(part) not in self._names:
            return []
        return [rich_text(item) for item in self.root(part).iter("{*}si")]

    @cached_property
    def styles(self) -> list[Style]:
        """The styles of cells by number; where they cannot be read, none."""
        try:
            root = self.root(self._part_of("styles", "xl/styles.xml"))
        except (KeyError, etree.XMLSyntaxError):
            return []
        own = {int(item.get("numFmtId")): item.get("formatCode") or "" for item in root.iter("{*}numFmt")}
        found: list[Style] = []
        for formats in root.iter("{*}cellXfs"):
            for item in formats.iterchildren("{*}xf"):
                number = int(item.get("numFmtId") or 0)
                alignment = item.find("{*}alignment")
                indent = int(alignment.get("indent") or 0) if alignment is not None else 0
                found.append(Style(own.get(number, _FORMATS.get(number, "General")), indent))
        return found

    def property(self, name: str) -> str:
        """Return a property of the file: `title`, `created`; `` where it is not told."""
        try:
            return next((item.text or "" for item in self.root(self._core).iter(f"{{*}}{name}")), "").strip()
        except (KeyError, etree.XMLSyntaxError):
            return ""

    def drawn_texts(self, sheet: str) -> Iterator[tuple[int, str]]:
        """Yield (row from 0, text) of the text boxes and shapes on a sheet; nothing where they cannot be read."""
        for kind, part in self.targets(sheet).values():
            if kind != "drawing":
                continue
            try:
                root = self.root(part)
            except (KeyError, etree.XMLSyntaxError):
                continue
            for anchor in root:
                row = next((item.text for item in anchor.iterfind("{*}from/{*}row")), None)
                for body in anchor.iter("{*}txBody"):
                    for paragraph in body.iter("{*}p"):
                        if text := "".join(item.text or "" for item in paragraph.iter("{*}t")).strip():
                            yield int(row or 0), text

    def _part_of(self, kind: str, usual: str) -> str:
        return next((part for found, part in self.targets(self.workbook).values() if found == kind), usual)


def rich_text(item: Any) -> str:
    """Return the text of an `si` or `is` element without its readings, raised and lowered runs marked."""
    parts: list[str] = []
    for child in item:
        tag = etree.QName(child).localname
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            text = "".join(t.text or "" for t in child.iterchildren("{*}t"))
            align = next((a.get("val") for a in child.iterfind("{*}rPr/{*}vertAlign")), "")
            parts.append(raised(text) if align == "superscript" else lowered(text) if align == "subscript" else text)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(parts))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
