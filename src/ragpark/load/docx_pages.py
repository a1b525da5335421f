"""What the pages of a Word document bear at head and foot, each line once; page numbers and what repeats are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ragpark.load.docx_blocks import Block, TextBlock
from ragpark.load.docx_package import R, W, find, switch
from ragpark.zh.fold import squeeze

if TYPE_CHECKING:
    from ragpark.load.docx_story import Context

# Fields that say where the page stands, or when and from which file it is printed.
_CHANGING = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME SAVEDATE PRINTDATE CREATEDATE FILENAME STYLEREF REVNUM".split()
)
_PAGE_NUMBER = re.compile(r"(?:[\W\d_第页頁共总]|page|of)*", re.IGNORECASE)


def page_lines(context: Context, body: Any, part: str, said: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the lines at the head and at the foot of pages that the text (`said`) does not hold itself."""
    known = "".join(squeeze(text) + "\n" for text in said)
    kept: tuple[list[str], list[str]] = ([], [])
    for which, name in enumerate(("headerReference", "footerReference")):
        for target in dict.fromkeys(_shown(context, body, part, name)):
            for text in _texts_of(context, target):
                key = squeeze(text)
                if key and key not in known:
                    kept[which].append(text)
                    known += key + "\n"
    return kept


def _shown(context: Context, body: Any, part: str, name: str) -> Iterator[str]:
    """Yield the parts that some page shows: one for first or even pages only where the document tells them apart."""
    settings_part = context.package.related(part, "settings", "word/settings.xml")
    settings = context.package.tree(settings_part) if settings_part else None
    even = settings is not None and bool(switch(settings, "evenAndOddHeaders"))
    for section in body.iter(f"{W}sectPr"):
        if section.getparent().tag == f"{W}sectPrChange":
            continue
        for reference in section.iterchildren(f"{W}{name}"):
            kind = reference.get(f"{W}type") or "default"
            if (kind == "even" and not even) or (kind == "first" and not switch(section, "titlePg")):
                continue
            if target := context.package.target(part, reference.get(f"{R}id")):
                yield target


def _texts_of(context: Context, target: str) -> Iterator[str]:
    from ragpark.load.docx_story import Story

    root = context.package.tree(target)
    if root is None or find(root, "body") is not None:
        return
    blocks = Story(replace(context, notes=None, silent=_CHANGING), root, target).blocks()
    for text in _flat(blocks):
        for line in re.split(r"[\n\t]", text):
            line = " ".join(line.split())
            if line and not _PAGE_NUMBER.fullmatch(line):
                yield line


def _flat(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, TextBlock):
            yield block.text
            yield from _flat(block.boxes)
        else:
            for row in block.rows:
                yield from (cell.text for cell in dict.fromkeys(row.cells) if cell)
                yield from _flat(row.within)
