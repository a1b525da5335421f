"""The tables of a cleaned text: their rows, as the loader read them, moved to where they stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ragpark.records import Table, TableRow
from ragpark.repair.lines import Paragraph


def place_tables(paragraphs: Sequence[Paragraph]) -> tuple[Table, ...]:
    """Return the tables with offsets into the text that the paragraphs make when joined by line breaks.

    A row whose text was changed by more than its spaces, or cut in two, is left out: its cells cannot be told apart.
    """
    tables: dict[int, Table] = {}
    rows: dict[int, list[TableRow]] = {}
    offset = 0
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.row is not None and paragraph.table is not None:
            row = _moved(paragraph.row, paragraph.source, text, offset)
            if row is not None:
                tables[id(paragraph.table)] = paragraph.table
                rows.setdefault(id(paragraph.table), []).append(row)
        offset += len(text) + 1
    return tuple(replace(table, rows=tuple(rows[key])) for key, table in tables.items())


def _moved(row: TableRow, source: str, text: str, offset: int) -> TableRow | None:
    """Return the row at its place: `source` is its text as loaded, `text` as cleaned, both alike but for spaces."""
    if source == text:
        cells = tuple((offset + start, offset + end, column) for start, end, column in row.cells)
    elif "".join(source.split()) != "".join(text.split()):
        return None
    else:
        kept = [index for index, character in enumerate(text) if not character.isspace()]
        before = [0]  # visible characters before each place of `source`
        for character in source:
            before.append(before[-1] + (not character.isspace()))
        cells = tuple(
            (offset + kept[before[start]], offset + kept[before[end] - 1] + 1, column)
            for start, end, column in row.cells
            if before[end] > before[start]
        )
    return replace(row, start=offset, end=offset + len(text), cells=cells)
