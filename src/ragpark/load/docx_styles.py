"""The styles of a Word document, each with what it inherits: heading level, numbering, hidden or raised text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ragpark.load.docx_package import W, find, switch, val, whole

TITLE = -1  # the level of a document's title
_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^(?:toc|目录)\s*\d*$|^toc heading$|^table of (?:figures|authorities)$|^图表目录$", re.IGNORECASE
)
_TITLES = frozenset(("title", "标题"))
_MAX_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, its ancestors included; None and "" where nobody says.

    `level` is that of a heading, TITLE, or 0 for text; `number_id` and `number_level` its automatic numbering, which
    may be looked up by `names`: the ids of the style and its ancestors, the nearest first.
    """

    level: int | None = None
    contents: bool = False
    number_id: str | None = None
    number_level: int | None = None
    hidden: bool | None = None
    vertical: str | None = None
    centred: bool = False
    names: tuple[str, ...] = ()


class Styles:
    """The styles of `word/styles.xml` (None: there is none) by id; an unknown id is the default paragraph's style."""

    def __init__(self, root: Any | None) -> None:
        found = root.iterchildren(f"{W}style") if root is not None else ()
        self._elements = {item.get(f"{W}styleId") or "": item for item in found}
        self._default = next(
            (
                id_
                for id_, item in self._elements.items()
                if item.get(f"{W}type") == "paragraph"
                and (item.get(f"{W}default") or "0").lower() in ("1", "true", "on")
            ),
            "",
        )
        self._known: dict[str, Style] = {}

    def paragraph(self, properties: Any | None) -> Style:
        """Return the style of a paragraph with these `w:pPr`."""
        name = val(properties, "pStyle") if properties is not None else None
        return self.of(name if name in self._elements else self._default)

    def run(self, properties: Any | None) -> Style:
        """Return the character style of a run with these `w:rPr`; one that says nothing where there is none."""
        name = val(properties, "rStyle") if properties is not None else None
        return self.of(name) if name else Style()

    def of(self, style_id: str | None) -> Style:
        if not style_id or style_id not in self._elements:
            return Style()
        if style_id not in self._known:
            chain: list[str] = []
            current: str | None = style_id
            while current in self._elements and current not in chain:
                chain.append(current or "")
                current = val(self._elements[current], "basedOn")
            style = Style()
            for item in reversed(chain):
                style = _over(style, item, self._elements[item])
            self._known[style_id] = style
        return self._known[style_id]

    def linked(self) -> Mapping[str, str]:
        """Return the numbering that each style names itself: style id → number id."""
        found = ((id_, val(item, "pPr/numPr/numId")) for id_, item in self._elements.items())
        return {id_: number_id for id_, number_id in found if number_id}


def _over(base: Style, style_id: str, element: Any) -> Style:
    """Return the style whose own words stand in `element` and which is based on `base`."""
    name = (val(element, "name") or style_id).strip()
    level, contents = base.level, base.contents
    if _CONTENTS.match(name):
        level, contents = 0, True
    elif name.lower() in _TITLES:
        level, contents = TITLE, False
    elif match := _HEADING.match(name):
        level, contents = min(int(match[1]), _MAX_LEVEL), False
    elif level != TITLE and find(element, "pPr/outlineLvl") is not None:
        level = outline_level(element, "pPr/outlineLvl")
    hidden = switch(element, "rPr/vanish")
    own_level = whole(val(element, "pPr/numPr/ilvl"))
    alignment = val(element, "pPr/jc")
    return Style(
        level,
        contents,
        val(element, "pPr/numPr/numId") or base.number_id,
        base.number_level if own_level is None else own_level,
        base.hidden if hidden is None else hidden,
        val(element, "rPr/vertAlign") or base.vertical,
        base.centred if alignment is None else alignment == "center",
        (style_id, *base.names),
    )


def outline_level(element: Any, names: str) -> int:
    """Return the heading level that an outline level at that path means: 0 → 1; 0 for body text."""
    level = whole(val(element, names))
    return level + 1 if level is not None and 0 <= level < _MAX_LEVEL else 0
