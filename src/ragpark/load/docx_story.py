"""One text of a Word document (its body, a note, a header, a text box) → paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ragpark.load.docx_blocks import Block, TextBlock
from ragpark.load.docx_drawings import Shapes
from ragpark.load.docx_math import M, linear
from ragpark.load.docx_notes import Notes
from ragpark.load.docx_numbering import Counter, Numbering, gap_after
from ragpark.load.docx_package import Package, W, find, switch, val, whole
from ragpark.load.docx_runs import MC, Runs, Said, alternative, is_prompt
from ragpark.load.docx_styles import Style, Styles, outline_level
from ragpark.load.docx_tables import read_table

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"))
_CONTENTS_LINE = re.compile(r"[\t.…·]\s*\d{1,4}$")
_NOT_SHOWN = ("Contents", "Watermarks")


@dataclass(frozen=True, slots=True)
class Context:
    """What all texts of a document share."""

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes | None = None  # None where a text cannot have any
    silent: frozenset[str] = frozenset()
    problems: list[str] = field(default_factory=list)


class Story:
    """Reads one text, whose elements stand under `root` in the package's part `part`."""

    def __init__(self, context: Context, root: Any, part: str, counter: Counter | None = None) -> None:
        self._context = context
        self._root = root
        self._part = part
        self._counter = counter or Counter(context.numbering)
        self._runs = Runs(root, context.styles, context.silent)

    def blocks(self) -> list[Block]:
        return list(self._blocks(self._root))

    def _blocks(self, parent: Any, in_cell: bool = False) -> Iterator[Block]:
        """Yield what stands under `parent`; a paragraph whose end was deleted goes on in the next one."""
        kept: tuple[Said, Any | None] | None = None
        for element in _elements(parent):
            if element.tag == f"{W}p":
                properties = find(element, "pPr")
                said, first = kept or (None, None)
                said = self._runs.read(element, self._context.styles.paragraph(properties), said)
                if said.parts and not any(said.text({}).split()) and not said.references:
                    said.parts.clear()
                first = properties if first is None else first
                if _goes_on(properties):
                    kept = said, first if said.parts or said.shapes else None
                else:
                    yield from self._paragraph(said, first, in_cell)
                    kept = None
                continue
            if kept is not None:
                yield from self._paragraph(*kept, in_cell)
                kept = None
            if element.tag == f"{W}tbl":
                yield from read_table(element, lambda cell: list(self._blocks(cell, in_cell=True)))
            elif element.tag == f"{W}altChunk":
                yield from self._shapes().embedded(element)
            else:
                yield TextBlock(linear(element))
        if kept is not None and (kept[0].parts or kept[0].shapes):
            yield from self._paragraph(*kept, in_cell)

    def _paragraph(self, said: Said, properties: Any | None, in_cell: bool) -> Iterator[Block]:
        style = self._context.styles.paragraph(properties)
        notes = self._context.notes
        labels = {} if notes is None else {(r.kind, r.note_id): notes.label(r) for r in said.references}
        text = said.text({} if in_cell else labels)  # a figure of a table stays one: its notes name it instead
        if style.contents or (said.in_contents and _CONTENTS_LINE.search(text.rstrip())):
            yield TextBlock("")  # counted, not shown
            return
        empty = not text.strip()
        hidden = empty and properties is not None and switch(properties, "rPr/vanish")
        label = "" if hidden else self._label(properties, style)
        if label and (not empty or in_cell):
            text = label + ("" if empty else gap_after(label)) + text.lstrip()
        yield TextBlock(
            text,
            _level(properties, style),
            val(properties, "jc") == "center" if find_jc(properties) else style.centred,
            tuple(self._notes(said, text if in_cell else "")),
            tuple(block for shape in said.shapes for block in self._shapes().read(shape)),
        )

    def _label(self, properties: Any | None, style: Style) -> str:
        """Return the paragraph's number as printed; every call counts one on."""
        direct = val(properties, "numPr/numId") if properties is not None else None
        number_id = direct or style.number_id
        if not number_id or number_id == "0":
            return ""
        at = whole(val(properties, "numPr/ilvl")) if properties is not None else None
        if at is None:
            at = self._context.numbering.level_of_style(number_id, style.names)
        if at is None and direct is None:
            at = style.number_level
        return self._counter.next(number_id, at or 0)

    def _notes(self, said: Said, of: str) -> Iterator[Block]:
        """Yield the notes that the paragraph is the first to refer to; `of` is the text of the cell it stands in."""
        notes = self._context.notes
        for reference in said.references if notes else ():
            if notes is None or not notes.first_time(reference):
                continue
            root, part = notes.body(reference)
            if root is None:
                continue
            blocks = Story(self._without_notes(), root, part).blocks()
            lead = notes.lead(reference, of.strip())
            for block in blocks:
                if isinstance(block, TextBlock) and block.text.strip():
                    yield TextBlock(lead + block.text.strip(), 0, boxes=block.boxes)
                    lead = ""
                else:
                    yield block

    def _without_notes(self) -> Context:
        context = self._context
        return Context(context.package, context.styles, context.numbering, None, context.silent, context.problems)

    def _shapes(self) -> Shapes:
        context = self._context
        return Shapes(
            context.package,
            self._part,
            context.problems,
            lambda content: Story(context, content, self._part, self._counter).blocks(),
        )


def find_jc(properties: Any | None) -> bool:
    return properties is not None and find(properties, "jc") is not None


def _elements(parent: Any) -> Iterator[Any]:
    """Yield paragraphs, tables, equations and embedded files in order, through controls and insertions."""
    for child in parent:
        tag = child.tag
        if tag in (f"{W}p", f"{W}tbl", f"{W}altChunk", f"{M}oMath", f"{M}oMathPara"):
            yield child
        elif tag in _WRAPPERS:
            gallery = val(child, "sdtPr/docPartObj/docPartGallery") or ""
            if not any(word in gallery for word in _NOT_SHOWN) and not is_prompt(child):
                yield from _elements(child)
        elif tag == f"{MC}AlternateContent" and (chosen := alternative(child)) is not None:
            yield from _elements(chosen)


def _goes_on(properties: Any | None) -> bool:
    """Tell whether the paragraph's end was deleted or moved away, or it is an initial set large before its text."""
    if properties is None:
        return False
    if find(properties, "rPr/del") is not None or find(properties, "rPr/moveFrom") is not None:
        return True
    frame = find(properties, "framePr")
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")


def _level(properties: Any | None, style: Style) -> int:
    """Return the level of a heading, TITLE or 0; what the paragraph says itself wins where its style is not named one."""
    if properties is None or find(properties, "outlineLvl") is None:
        return style.level or 0
    own = outline_level(properties, "outlineLvl")
    return own if not style.level or not own else style.level
