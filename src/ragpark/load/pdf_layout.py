"""A page of a PDF as its lines, its tables in their slots among them, and what stands beside it, turned or oblique."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ragpark.load.pdf_aligned import aligned_tables
from ragpark.load.pdf_geometry import Glyph, PageTable
from ragpark.load.pdf_page import FontKey, Scan, View, page_rules, page_views
from ragpark.load.pdf_ruled import may_hold_table, ruled_tables

SLOT = "\ufffc"  # where a table stands among the lines of a page (Unicode's sign for an object in a text)
# `高校 2412.4 2753.3`: only where two such lines follow one another is it worth looking for columns
_FIGURES_APART = re.compile(r"^\S.*?(?: +[-−+]?\d[\d,.]*[%％]?| +[…—–-]+){2,}\s*$")
_WORDS_APART = re.compile(
    r"^(?=.*[\u4e00-\u9fff])\S{1,20}(?: +\S{1,20}){2,}$"
)  # `地区 产值 增速` at a page's end may name columns
_END_LINES = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, and the tables that belong into their slots, in order."""

    lines: list[str]
    tables: list[PageTable]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What a page holds: the text of its main direction, and `asides` that read in another one."""

    main: Block
    asides: tuple[Block, ...] = ()


def page_layout(page: Any, scan: Scan, bad_fonts: Collection[FontKey] = ()) -> PageLayout:
    """Return the page's text; characters of the `bad_fonts` are U+FFFD. `page` may be left turned."""
    if set(scan.turns) <= {0} and not bad_fonts:
        lines = split_lines(scan.text)
        if not (lines and (_columns(lines) or may_hold_table(page_rules(page)))):
            return PageLayout(Block(lines, []))
    views, oblique = page_views(page, scan.turns, bad_fonts)
    blocks = [_block(view) for view in views]
    asides = [block for block in blocks[1:] if block.lines]
    if oblique:
        asides.append(Block(oblique, []))
    return PageLayout(blocks[0] if blocks else Block([], []), tuple(asides))


def split_lines(text: str) -> list[str]:
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\0", "")  # PDFium's line-end hyphens
    return re.split(r"\r\n|\r|\n", text.strip("\r\n")) if text.strip() else []


def _columns(lines: Sequence[str]) -> bool:
    """Tell whether it is worth looking for tables without rules."""
    if any(_FIGURES_APART.match(a) and _FIGURES_APART.match(b) for a, b in pairwise(lines)):
        return True
    return any(_WORDS_APART.match(line) for line in lines[-_END_LINES:])


def _block(view: View) -> Block:
    lines = split_lines(_text(view.glyphs))
    tables = ruled_tables(view.glyphs, view.rules)
    if _columns(lines):
        tables += aligned_tables([glyph for glyph in view.glyphs if not any(table.holds(glyph) for table in tables)])
    return _with_slots(view.glyphs, tables) if tables else Block(lines, [])


def _with_slots(glyphs: Sequence[Glyph], tables: Sequence[PageTable]) -> Block:
    """Return the text with a slot where the first character of each table stood, and the tables in that order."""
    parts: list[str] = []
    held: dict[int, list[Glyph]] = {}
    inside: int | None = None
    for glyph in glyphs:
        if not glyph.made_up:  # what PDFium made up stands where the character before it does
            inside = next((index for index, table in enumerate(tables) if table.holds(glyph)), None)
        if inside is None:
            parts.append("" if glyph.text == SLOT else glyph.text)
            continue
        if inside not in held:
            parts.append(f"\n{SLOT}\n")
        elif parts[-1] != "\n":
            parts.append("\n")
        held.setdefault(inside, []).append(glyph)
    text = re.sub(r"[\r\n]+", "\n", "".join(parts))
    return Block(
        split_lines(_whole_characters(text)),
        [replace(tables[index], lines=tuple(split_lines(_text(held[index])))) for index in held],
    )


def _text(glyphs: Sequence[Glyph]) -> str:
    return _whole_characters("".join(glyph.text for glyph in glyphs if glyph.text != SLOT))


def _whole_characters(text: str) -> str:
    """Return the text with the halves that PDFium makes of rare characters put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
