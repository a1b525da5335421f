"""What one paragraph of a Word document says: its visible text, the notes it refers to, the shapes that hang on it.

Left out are what changes deleted or moved away, hidden text, field codes, comments and the prompts of empty controls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ragpark.load.docx_marks import Kind, Piece, joined
from ragpark.load.docx_math import M, linear
from ragpark.load.docx_package import W, find, switch, val
from ragpark.load.docx_styles import Style, Styles
from ragpark.load.docx_symbols import field_text, symbol

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "instrText")
)
_SHAPES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_VERTICAL: dict[str, Kind] = {"superscript": "raised", "subscript": "lowered"}
_FIXED = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_TEXTS = {f"{W}{name}": text for name, text in _FIXED.items()}
_CONTENTS_FIELD = "TOC"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a note: `kind` is `footnote` or `endnote`, `mark` its own mark where it is not counted."""

    kind: str
    note_id: str
    mark: str = ""


@dataclass(slots=True)
class Said:
    """A paragraph being read: pieces and references in order, and the elements that hold shapes."""

    parts: list[Piece | Reference] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)
    in_contents: bool = False

    @property
    def references(self) -> list[Reference]:
        return [part for part in self.parts if isinstance(part, Reference)]

    def text(self, labels: dict[tuple[str, str], str]) -> str:
        """Return the text, with each reference as the label of its note in brackets."""
        pieces = []
        for part in self.parts:
            if isinstance(part, Piece):
                pieces.append(part)
            elif label := labels.get((part.kind, part.note_id)):
                pieces.append(Piece(label, "mark"))
        return joined(pieces)


@dataclass(slots=True)
class _Field:
    begin: Any
    code: str = ""
    in_result: bool = False
    shown: bool = False  # whether its result held text


class Runs:
    """Reads the paragraphs of one text in order; fields may reach from one to the next.

    `silent` names the kinds of field whose result is left out: `PAGE` in a header.
    """

    def __init__(self, root: Any, styles: Styles, silent: frozenset[str] = frozenset()) -> None:
        self._styles = styles
        self._silent = silent
        self._open: list[_Field] = []
        self._known = _balanced(root)

    def read(self, paragraph: Any, style: Style, into: Said | None = None) -> Said:
        """Return what the paragraph says, added to `into` where its text goes on with that of the one before."""
        said = into or Said()
        said.in_contents = said.in_contents or any(self._name(item) == _CONTENTS_FIELD for item in self._open)
        self._walk(paragraph, style, said)
        return said

    def _name(self, item: _Field) -> str:
        return (item.code.split() or [""])[0].upper()

    def _walk(self, parent: Any, style: Style, said: Said) -> None:
        for node in parent:
            tag = node.tag
            if not isinstance(tag, str) or tag in GONE:
                continue
            if tag == f"{W}r":
                self._run(node, style, said)
            elif tag == f"{M}oMath":
                self._add(said, linear(node), "plain")
            elif tag == f"{M}oMathPara":
                equations = (linear(item) for item in node.iterchildren(f"{M}oMath"))
                self._add(said, "\n".join(text for text in equations if text), "plain")
            elif tag == f"{W}fldSimple":
                name = (node.get(f"{W}instr") or "").split()
                if not name or name[0].upper() not in self._silent:
                    self._walk(node, style, said)
            elif tag == f"{MC}AlternateContent":
                if (chosen := alternative(node)) is not None:
                    self._walk(chosen, style, said)
            elif not is_prompt(node):
                self._walk(node, style, said)

    def _run(self, run: Any, style: Style, said: Said) -> None:
        properties = find(run, "rPr")
        own = self._styles.run(properties)
        hidden = switch(properties, "vanish") if properties is not None else None
        if hidden is None:
            hidden = style.hidden if own.hidden is None else own.hidden
        if hidden:
            return
        vertical = (val(properties, "vertAlign") if properties is not None else None) or own.vertical or style.vertical
        self._content(run, _VERTICAL.get(vertical or "", "plain"), said)

    def _content(self, run: Any, kind: Kind, said: Said) -> None:
        mark: str | None = None  # a note's own mark, which follows its reference
        for node in run:
            tag = node.tag
            if tag == f"{W}fldChar":
                self._field(node, kind, said)
            elif tag == f"{W}instrText":
                if self._open and not self._open[-1].in_result:
                    self._open[-1].code += node.text or ""
            elif not isinstance(tag, str) or tag in GONE:
                continue
            elif tag == f"{W}t":
                if mark is not None:
                    mark = None
                    last = said.parts.pop()
                    if isinstance(last, Reference):
                        said.parts.append(Reference(last.kind, last.note_id, (node.text or "").strip()))
                else:
                    self._add(said, (node.text or "").replace("\r", "").replace("\n", " "), kind)
            elif tag in _TEXTS:
                self._add(said, _TEXTS[tag], "plain")
            elif tag == f"{W}sym":
                self._add(said, symbol(node), kind)
            elif tag in _NOTES:
                if self._visible():
                    said.parts.append(Reference(_NOTES[tag], node.get(f"{W}id") or ""))
                    mark = "" if (node.get(f"{W}customMarkFollows") or "0").lower() in ("1", "true", "on") else None
            elif tag == f"{W}ruby":
                for base in node.iterchildren(f"{W}rubyBase"):
                    self._walk(base, Style(), said)
            elif tag in _SHAPES:
                said.shapes.append(node)
            elif tag == f"{MC}AlternateContent" and (chosen := alternative(node)) is not None:
                self._content(chosen, kind, said)

    def _field(self, node: Any, kind: Kind, said: Said) -> None:
        step = node.get(f"{W}fldCharType")
        if node not in self._known:
            return
        if step == "begin":
            self._open.append(_Field(node))
        elif step == "separate" and self._open:
            self._open[-1].in_result = True
            said.in_contents = said.in_contents or self._name(self._open[-1]) == _CONTENTS_FIELD
        elif step == "end" and self._open:
            done = self._open.pop()
            if not done.shown and (text := field_text(done.code, done.begin)):
                self._add(said, text, kind)

    def _visible(self) -> bool:
        return all(item.in_result and self._name(item) not in self._silent for item in self._open)

    def _add(self, said: Said, text: str, kind: Kind) -> None:
        if text and self._visible():
            said.parts.append(Piece(text, kind))
            for item in self._open:
                item.shown = True


def alternative(node: Any) -> Any | None:
    """Return the first of the alternatives that holds text or a picture of figures, else the last resort."""
    for choice in node.iterchildren(f"{MC}Choice"):
        if any(isinstance(item.tag, str) and item.tag.endswith(("}t", "}chart", "}relIds")) for item in choice.iter()):
            return choice
    return next(node.iterchildren(f"{MC}Fallback"), None)


def is_prompt(node: Any) -> bool:
    """Tell whether the element is a control that still shows its prompt (`单击此处输入文字`)."""
    return node.tag == f"{W}sdt" and bool(switch(node, "sdtPr/showingPlcHdr"))


def _balanced(root: Any) -> set[Any]:
    """Return the field marks that have their partners: a field without an end must not swallow the rest of a text."""
    known: set[Any] = set()
    stack: list[list[Any]] = []
    for node in _marks(root):
        step = node.get(f"{W}fldCharType")
        if step == "begin":
            stack.append([node])
        elif step == "separate" and stack:
            stack[-1].append(node)
        elif step == "end" and stack:
            known.update((*stack.pop(), node))
    return known


def _marks(root: Any) -> Iterator[Any]:
    gone = (f"{W}del", f"{W}moveFrom")
    for node in root.iter(f"{W}fldChar"):
        if next(node.iterancestors(*gone), None) is None:
            yield node
