"""The shapes that the content of a Word document takes while it is read: paragraphs and tables with what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass

from ragpark.load.table import Cell


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph; `text` may hold line breaks and be empty where only shapes hang on it.

    `level` is that of a heading, TITLE or 0. `notes` are the foot- and endnotes that it refers to, `boxes` what stands
    in its text boxes, charts and diagrams.
    """

    text: str
    level: int = 0
    centred: bool = False
    notes: tuple[Block, ...] = ()
    boxes: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class RowBlock:
    """A row of a table; `within` is what its cells hold beyond their text: tables, boxes, whole paragraphs."""

    cells: tuple[Cell | None, ...]
    within: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; `header_rows` where the file marks them, `above` the lines before it in the cell that it stands in."""

    rows: tuple[RowBlock, ...]
    header_rows: int | None = None
    above: tuple[str, ...] = ()
    notes: tuple[Block, ...] = ()


Block = TextBlock | TableBlock
