"""The two shapes that text takes during its repair: lines as they stand in the file, and paragraphs made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ragpark.records import RawLine, Table, TableRow
from ragpark.zh.fold import display_width

_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_RULE_LINE = re.compile(r"^[-=*_—─━·.。~～…]{3,}$")  # `———`, `***`
_TERMINATED = re.compile(r"[。！？!?…][”’」』）)】》\"']*$")


@dataclass(slots=True)
class Line:
    """A line on its way through the repair.

    `gap` counts the blank lines before it, `indent` says how far it is set in (half-width columns; `width` is without
    it), `column` is the width at which the text around it was wrapped, 0 where it was not, and `ends` says that its
    paragraph is over because a by-line stood behind it.
    """

    text: str
    place: int
    level: int = 0
    solid: bool = False
    gap: int = 0
    indent: int = 0
    column: int = 0
    ends: bool = False
    row: TableRow | None = None  # with `table`, as in RawLine
    table: Table | None = None
    source: str = ""  # the row's text as it was loaded
    _measured: tuple[str, int] = ("", 0)

    @property
    def width(self) -> int:
        if self._measured[0] is not self.text:
            self._measured = self.text, display_width(self.text)
        return self._measured[1]


@dataclass(slots=True)
class Paragraph:
    """Pieces of text with the place each came from. `level` is that of a heading, 0 for text.

    `aside` says why it is no text to read facts from (`题头`, `参考文献`), as in Document.
    """

    pieces: list[tuple[str, int]] = field(default_factory=list)
    level: int = 0
    solid: bool = False
    row: TableRow | None = None  # with `table`, as in RawLine
    table: Table | None = None
    source: str = ""  # the row's text as it was loaded
    aside: str = ""

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)

    @property
    def in_table(self) -> bool:
        """Whether it is a row of several cells, which is never a heading; a single cell may be a title."""
        return self.row is not None and len(self.row.cells) > 1


def read_lines(raw: Iterable[RawLine]) -> Iterator[Line]:
    """Yield the lines that hold something, without invisible characters, with the blank lines before each counted.

    A line that is only a rule (`———`) counts as blank.
    """
    gap = 0
    for line in raw:
        text = _ODD_SPACE.sub(" ", line.text)
        indent = display_width(line.text[: len(text) - len(text.lstrip(" "))])
        text = _INVISIBLE.sub("", text.replace("\t", " ")).strip()
        if not text or (not line.solid and _RULE_LINE.match(text)):
            gap += 1
            continue
        source = line.text if line.row else ""
        yield Line(text, line.place, line.level, line.solid, gap, indent, row=line.row, table=line.table, source=source)
        gap = 0


def blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines without a blank line between them; a solid line is a run of its own."""
    block: list[Line] = []
    for line in lines:
        if block and (line.gap or line.solid or block[-1].solid):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def terminated(text: str) -> bool:
    """Tell whether the text ends as a sentence does, closing marks included: `……成果涌流。”` yes, `……，` no."""
    return bool(_TERMINATED.search(text[-8:].rstrip(" \u3000\ufffd")))
