"""A Word table → rows of cells on a grid, merged cells as one, without deleted rows and cells; frames are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ragpark.load.docx_blocks import Block, RowBlock, TableBlock, TextBlock
from ragpark.load.docx_package import W, find, switch, val, whole
from ragpark.load.docx_runs import MC, alternative, is_prompt
from ragpark.load.table import Cell
from ragpark.zh.fold import is_cjk

ReadCell = Callable[[Any], list[Block]]  # the content of a cell as blocks

_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MAX_SPAN = 200
_SHORT = 12  # characters; shorter paragraphs of a cell may be one name that was broken by hand
_ENDS = re.compile(r"[。！？；;，,、：:]$")
_SENTENCE = re.compile(r"[。！？；]")


def read_table(table: Any, read_cell: ReadCell) -> list[Block]:
    """Return the table as one block, or what stands in it where it is only a frame around text.

    `read_cell` is called once for each cell that is shown, in order.
    """
    rows: list[_Row] = []
    for element in _children(table, "tr"):
        if find(element, "trPr/del") is None and not switch(element, "trPr/hidden"):
            rows.append(_Row(element, rows[-1] if rows else None, read_cell))
    if not rows:
        return []
    if all(row.is_frame for row in rows):
        return [block for row in rows for block in row.blocks]
    marked = next((y for y, row in enumerate(rows) if not row.marked), len(rows))
    while 0 < marked < len(rows) and _reaches(rows[marked - 1], rows[marked]):
        marked += 1
    notes = tuple(note for row in rows for block in row.blocks if isinstance(block, TextBlock) for note in block.notes)
    header_rows = marked if 0 < marked < len(rows) else None
    return [TableBlock(tuple(row.block() for row in rows), header_rows, notes=notes)]


class _Row:
    """A row: its cells on the grid, the same object where cells are merged, and all blocks that stand in them."""

    def __init__(self, element: Any, above: _Row | None, read_cell: ReadCell) -> None:
        self.marked = bool(switch(element, "trPr/tblHeader"))
        self.cells: list[Cell | None] = [None] * min(whole(val(element, "trPr/gridBefore")) or 0, _MAX_SPAN)
        self.open: dict[int, Cell] = {}  # cells that may reach down, by column
        self._held: list[list[Block]] = []
        for tc in _children(element, "tc"):
            if find(tc, "tcPr/cellDel") is not None:
                continue
            width = min(max(whole(val(tc, "tcPr/gridSpan")) or 1, 1), _MAX_SPAN)
            at = len(self.cells)
            merged, begins = _merge(tc)
            left = self.cells[-1] if self.cells else None
            across = find(tc, "tcPr/hMerge")
            upper = above.open.get(at) if merged and above else None
            if across is not None and val(across) != "restart" and left is not None:
                cell = left
            elif upper is not None:
                cell = self.open[at] = upper
            else:
                blocks = read_cell(tc)
                self._held.append(blocks)
                cell = _cell(blocks, self.marked or above is None)
                if merged or begins:
                    self.open[at] = cell
            self.cells += [cell] * width

    @property
    def blocks(self) -> list[Block]:
        return [block for held in self._held for block in held]

    @property
    def is_frame(self) -> bool:
        """Whether the row is a single cell, which holds text rather than a value."""
        return len(dict.fromkeys(cell for cell in self.cells if cell is not None)) == 1 and not self.open

    def block(self) -> RowBlock:
        texts = [block.text for block in self.blocks if isinstance(block, TextBlock) and block.text]
        if self.is_frame and len(texts) > 1 and any(_SENTENCE.search(text) for text in texts):
            return RowBlock((), tuple(_without_notes(block) for block in self.blocks))
        within: list[Block] = []
        for held in self._held:
            above: list[str] = []
            for block in held:
                if isinstance(block, TextBlock):
                    above += [block.text] if block.text else []
                    within += block.boxes
                else:
                    within.append(TableBlock(block.rows, block.header_rows, tuple(above[-3:]), block.notes))
                    above = []
        return RowBlock(tuple(self.cells), tuple(within))


def cell_text(paragraphs: Sequence[str], names_columns: bool = False) -> str:
    """Return the paragraphs of a cell in one line.

    A name broken by hand is closed (`产值`, `（亿元）` → `产值（亿元）`), always so in a row that `names_columns`; longer
    paragraphs, or three and more, are items (`甲公司；乙公司；丙公司`).
    """
    lines: list[str] = []
    for text in paragraphs:
        parts = [part for part in text.split("\n") if part.strip()]
        listed = len(parts) > 2 and max(map(len, parts)) <= _SHORT
        lines += parts if listed else [unbroken(text)]
    lines = [" ".join(line.split()) for line in lines if line.strip()]
    longest = max((len(line) for line in lines), default=0)
    if names_columns or longest <= 2 or (len(lines) <= 2 and longest <= _SHORT):
        return unbroken("\n".join(lines))
    text = ""
    for line in lines:
        text += ("" if not text or _ENDS.search(text) or line.startswith(("（", "(")) else "；") + line
    return text


def unbroken(text: str) -> str:
    """Close line breaks between Chinese characters and marks; elsewhere they become a space."""
    out = ""
    for line in text.split("\n"):
        line = line.strip(" \t\u3000\u00a0")
        if out and line and not (_wide(out[-1]) and _wide(line[0]) and not re.search("[:：].", out + line)):
            out += " "
        out += line
    return out


def _wide(character: str) -> bool:
    return is_cjk(character) or character in "（）《》“”、，。：；％"


def _cell(blocks: Sequence[Block], names_columns: bool) -> Cell:
    texts = [block.text for block in blocks if isinstance(block, TextBlock)]
    first = next((text for text in texts if text.strip()), "")
    return Cell(cell_text(texts, names_columns), indent=len(first) - len(first.lstrip(" \u00a0\u3000")))


def _merge(tc: Any) -> tuple[bool, bool]:
    """Return whether the cell goes on with the one above it, and whether it begins a cell that may reach down."""
    merge = val(tc, "tcPr/vMerge")
    if find(tc, "tcPr/vMerge") is not None:
        return merge != "restart", merge == "restart"
    tracked = find(tc, "tcPr/cellMerge")
    how = tracked.get(f"{W}vMerge") if tracked is not None else None
    return how == "cont", how == "rest"


def _reaches(upper: _Row, lower: _Row) -> bool:
    """Tell whether a cell of the header's last row reaches into the row below, which then belongs to the header."""
    return any(cell is not None and cell in lower.cells and cell.text for cell in upper.cells)


def _without_notes(block: Block) -> Block:
    if isinstance(block, TextBlock):
        return TextBlock(block.text, block.level, block.centred, (), block.boxes)
    return block


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, through content controls, insertions and alternatives."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS and not is_prompt(child):
            yield from _children(child, name)
        elif child.tag == f"{MC}AlternateContent" and (chosen := alternative(child)) is not None:
            yield from _children(chosen, name)
