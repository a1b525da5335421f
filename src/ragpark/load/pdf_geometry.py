"""What a page is made of for the reading of its tables: characters, ruling lines, tables, and lines of characters.

Knows nothing of PDF and finds no tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ragpark.load.table import Cell

Part = Literal["whole", "names", "rows"]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points; `made_up` for spaces and line ends that no font drew, whose box is empty."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    made_up: bool = False

    @property
    def x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: vertical at x = `at` from y = `low` to `high`, or horizontal at y = `at`, x from low to high."""

    vertical: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its cells, row by row (merged cells the same object everywhere), and its box in points.

    `columns` are the left and right sides of the columns; `ruled` says that lines are drawn between them. A `part` is
    what is a table only together with the page before or after: `names` of columns alone, or a few `rows` without
    names. `lines` is its text as it would stand on the page were it no table.
    """

    cells: list[list[Cell | None]]
    left: float
    bottom: float
    right: float
    top: float
    columns: tuple[tuple[float, float], ...] = ()
    ruled: bool = True
    part: Part = "whole"
    lines: tuple[str, ...] = ()

    def holds(self, glyph: Glyph) -> bool:
        return self.left <= glyph.x <= self.right and self.bottom <= glyph.y <= self.top


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text with the height of its characters, its middle and its left end in points."""

    text: str
    y: float
    height: float
    left: float


def drawn(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters that a font drew, without spaces."""
    return [glyph for glyph in glyphs if not glyph.made_up and glyph.text.strip()]


def glyph_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the characters line by line, from the top down, each line from the left."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.y, g.left)):
        if lines and lines[-1][0].y - glyph.y < 0.5 * (lines[-1][0].top - lines[-1][0].bottom):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda g: g.left) for line in lines]


def text_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the lines of the characters of a cell, from the top down."""
    found = []
    for line in glyph_lines(glyphs):
        text = ""
        for before, glyph in zip([None, *line], line, strict=False):
            gap = glyph.left - before.right if before else 0.0
            text += (" " if gap > 0.2 * (glyph.top - glyph.bottom) else "") + glyph.text
        first = max(line, key=lambda g: g.y)
        found.append(TextLine(_together(text), first.y, first.top - first.bottom, line[0].left))
    return found


def joined(lines: Sequence[TextLine]) -> str:
    """Return the lines of a cell as one text, a space between two Latin words."""
    text = ""
    for line in lines:
        text += " " if re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z]", line.text) else ""
        text += line.text
    return text


def _together(text: str) -> str:
    """Return the text with spaces only beside Latin letters and figures: `指    标` → `指标`, `R&D 经费` stays."""
    return re.sub(r"(?<![A-Za-z0-9]) +(?![A-Za-z0-9])", "", text).strip()
