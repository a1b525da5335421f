"""At which width the text was wrapped, around every line: a page may have several columns. Joins nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ragpark.repair.fields import is_pair
from ragpark.repair.headings import marker_level
from ragpark.repair.lines import Line, blocks, terminated

_MAX_WIDTH = 120  # half-width columns; a longer line is a paragraph, not a wrapped line
_MIN_WIDTH = 16
_SLACK = 4  # a wrapped line ends up to two characters early, so that no mark begins the next one
_MIN_LINES = 3
INDENT = 4  # columns: the two characters by which a paragraph is set in, often lost in extraction
_MARK_INSIDE = re.compile(r"[，。；、：,;].")


def set_columns(lines: Sequence[Line]) -> bool:
    """Set every line's `column` and tell whether the text was wrapped; if not, all are 0.

    Wrapped means: the lines that stop in the middle of a sentence are about equally wide, at least three of them, and
    a third of those have a mark inside. Leaves alone a text with a paragraph a line, and lists of names.
    """
    loose = [line for line in lines if not line.solid and not line.level and line.width <= _MAX_WIDTH]
    for line in lines:
        line.column = 0
    common = _usual([line.width for line in loose], _MIN_LINES)
    if not common:
        return False
    for block in blocks(loose):  # a run of lines without a blank one may have a width of its own
        own = _usual([line.width for line in block[:-1]], _MIN_LINES)
        for index, line in enumerate(block):
            ahead = block[index + 1 : index + 4]  # a newspaper column may narrow without a blank line
            widest = max((item.width for item in (line, *ahead)), default=0) if len(ahead) >= 2 else _MAX_WIDTH
            line.column = min(own or common, max(widest, _MIN_WIDTH))
    spacing = sorted(line.gap for line in loose)[len(loose) // 2]  # blank lines between two wrapped ones
    broken = [line for line, after in pairwise(lines) if after.gap <= spacing and _broken(line, after)]
    even = [line for line in broken if -_SLACK <= line.width - line.column <= 2]
    marked = sum(bool(_MARK_INSIDE.search(line.text)) for line in even)
    wrapped = len(even) >= _MIN_LINES and len(even) >= 0.6 * len(broken) and 3 * marked >= len(even)
    if not wrapped or 6 * len(even) < sum(not line.solid and not line.level for line in lines):
        for line in loose:
            line.column = 0
        return False
    return True


def lost_indent(lines: Sequence[Line]) -> int:
    """Return by how much (half-width columns) a paragraph's first line falls short because its indent was lost: 0 or 4.

    0 where first lines, with the indent they still have, fill the column as others do; 4 where too few tell.
    """
    first = [
        line.column - line.width - line.indent
        for before, line in pairwise(lines)
        if line.column
        and terminated(before.text)
        and (line.gap or line.indent or before.width < before.column - 8)
        and not terminated(line.text)
        and line.width > line.column - 10
        and marker_level(line.text) is None
    ]
    return 0 if len(first) >= 3 and 3 * sum(short <= 0 for short in first) >= len(first) else INDENT


def kept_indent(lines: Sequence[Line]) -> int:
    """Return by how much (half-width columns) paragraphs are set in, where the text kept that; else 0.

    Kept means: at least three lines are set in by two characters, and most of those follow the end of a sentence.
    """
    after_end = [terminated(before.text) for before, line in pairwise(lines) if line.indent == INDENT]
    return INDENT if sum(after_end) >= 3 and 2 * sum(after_end) >= len(after_end) else 0


def cut_by_blanks(lines: Sequence[Line]) -> bool:
    """Tell whether blank lines stand inside sentences: full lines with a mark in them stop before one, twice at least."""
    full = (
        line.column and line.width >= line.column - 2 and after.gap and not terminated(line.text)
        for line, after in pairwise(lines)
        if _MARK_INSIDE.search(line.text) and not re.search(r"[：:；;]$", line.text)
    )
    return sum(map(bool, full)) >= 2


def _broken(line: Line, following: Line) -> bool:
    """Tell whether the line stops in the middle of a sentence, as far as it can be seen without knowing the width."""
    if line.solid or line.level or following.solid or following.level or not _MIN_WIDTH <= line.width <= _MAX_WIDTH:
        return False
    if terminated(line.text) or re.search(r"[：:；;]$", line.text) or is_pair(line.text):
        return False
    return marker_level(line.text) is None or bool(re.search(r"[，。；].", line.text))


def _usual(widths: Sequence[int], at_least: int) -> int:
    """Return the width that most lines have, or up to _SLACK less; of several the widest; 0 if fewer than `at_least`.

    Lines that end in half-width signs run a little over.
    """
    counts = Counter(width for width in widths if width >= _MIN_WIDTH)
    found = {width: sum(n for other, n in counts.items() if width - _SLACK <= other <= width + 1) for width in counts}
    best = max(found.values(), default=0)
    return max(width for width, n in found.items() if n == best) if best >= at_least else 0
