"""At which width the text was wrapped, around every line: a page may have several columns. Joins nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

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
    flowing = [line for line in lines if not line.solid and not line.level]
    loose = [line for line in flowing if line.width <= _MAX_WIDTH]
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
    broken = [line for line, after in pairwise(lines) if _broken(line, after)]
    even = [line for line in broken if -_SLACK <= line.width - line.column <= 2]
    marked = sum(bool(_MARK_INSIDE.search(line.text)) for line in even)
    wrapped = len(even) >= _MIN_LINES and 3 * marked >= len(even) and 6 * len(even) >= len(flowing)
    if not wrapped:
        for line in loose:
            line.column = 0
    return wrapped


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
    if line.solid or line.level or following.solid or not _MIN_WIDTH <= line.width <= _MAX_WIDTH:
        return False
    if terminated(line.text) or re.search(r"[：:；;]$", line.text):
        return False
    return marker_level(line.text) is None or bool(_MARK_INSIDE.search(line.text, 4))


def _usual(widths: Sequence[int], at_least: int) -> int:
    """Return the width that most lines have, or up to _SLACK less; of several the widest; 0 if fewer than `at_least`.

    Lines that end in half-width signs run a little over.
    """
    counts = Counter(width for width in widths if width >= _MIN_WIDTH)
    found = {width: sum(n for other, n in counts.items() if width - _SLACK <= other <= width + 1) for width in counts}
    best = max(found.values(), default=0)
    return max(width for width, n in found.items() if n == best) if best >= at_least else 0
