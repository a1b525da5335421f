"""Foot- and endnotes of a Word document: their labels in the order in which the text refers to them, and their bodies."""

from __future__ import annotations

from typing import Any

from ragpark.load.docx_numerals import written
from ragpark.load.docx_package import Package, W, val, whole
from ragpark.load.docx_runs import Reference

_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}
_MAX_NAME_CHARS = 20
_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


class Notes:
    """The notes of the document whose body is `root` in the part `part`; counts the references as they are met."""

    def __init__(self, package: Package, part: str, root: Any) -> None:
        self._bodies: dict[tuple[str, str], tuple[Any, str]] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._told: set[tuple[str, str]] = set()
        self._counts: dict[str, int] = {}
        self._formats: dict[str, str] = {}
        settings_part = package.related(part, "settings", "word/settings.xml")
        settings = package.tree(settings_part) if settings_part else None
        for kind, name in _PARTS.items():
            source = package.related(part, name, f"word/{name}.xml")
            tree = package.tree(source) if source else None
            for note in tree.iterchildren(f"{W}{kind}") if tree is not None else ():
                if (note.get(f"{W}type") or "normal") == "normal":
                    self._bodies[kind, note.get(f"{W}id") or ""] = note, source or ""
            said = list(root.iter(f"{W}{kind}Pr"))
            said += list(settings.iter(f"{W}{kind}Pr")) if settings is not None else []
            formats = [text for item in said if (text := val(item, "numFmt"))]
            starts = [start for item in said if (start := whole(val(item, "numStart"))) is not None]
            self._formats[kind] = formats[0] if formats else _FORMATS[kind]
            self._counts[kind] = (starts[0] if starts else 1) - 1

    def label(self, reference: Reference) -> str:
        """Return the note's label as it is printed, "" where there is no such note."""
        key = reference.kind, reference.note_id
        if key not in self._bodies:
            return ""
        if key not in self._labels:
            if not reference.mark:
                self._counts[reference.kind] += 1
            label = reference.mark or written(self._counts[reference.kind], self._formats[reference.kind])
            alike = self._formats["footnote"] == self._formats["endnote"]
            own = f"尾{label}" if alike and reference.kind == "endnote" else label
            self._labels[key] = own.strip("[]［］〔〕【】()（） ")
        return self._labels[key]

    def first_time(self, reference: Reference) -> bool:
        """Tell whether the note has not been given yet; a second reference does not repeat it."""
        key = reference.kind, reference.note_id
        if key in self._told:
            return False
        self._told.add(key)
        return True

    def body(self, reference: Reference) -> tuple[Any | None, str]:
        """Return the note's element and the part it stands in."""
        return self._bodies.get((reference.kind, reference.note_id), (None, ""))

    def lead(self, reference: Reference, of: str = "") -> str:
        """Return what marks the note's text as one: `注1：`, `尾注i：`, and in a table `注2（产值）：`."""
        label = self.label(reference)
        name = f"尾注{label.removeprefix('尾')}" if reference.kind == "endnote" else f"注{label}"
        names = 0 < len(of) <= _MAX_NAME_CHARS and of[0].isalpha() and "\n" not in of  # a figure names nothing
        return f"{name}（{of}）：" if names else f"{name}："
