"""Joins wrapped lines into paragraphs, each piece with its place. `columns` says at which width they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ragpark.repair.columns import INDENT, cut_by_blanks
from ragpark.repair.cut_clause import goes_on, stands_alone
from ragpark.repair.dates import is_date_line
from ragpark.repair.headings import MAX_HEADING_CHARS, TITLE_LEVEL, looks_like_title, starts_with_marker
from ragpark.repair.lines import Line, Paragraph, terminated
from ragpark.repair.spacing import between, tidy, without_lost
from ragpark.zh.fold import display_width
from ragpark.zh.wording import rx

_CLEAR_ROOM = 8  # columns: so much is never left free inside a paragraph
_FIRST_WORD = re.compile(
    r"[A-Za-z\d.,%％‰/&+\-]+[，。；、！？：）”]?|.[，。；、！？：）”]?", re.S
)  # what is never broken
_BRACKET_OPEN = re.compile(r"【[^】]*$|[（(][^（）()]*$")  # `（2023年2月2日在某市第十届人民代表大会` / `第二次会议上）`


@dataclass(slots=True)
class _Open:
    """The paragraph being collected: its first and last line, its text so far (only the last 200 characters)."""

    paragraph: Paragraph
    first: Line
    last: Line
    lines: int
    chars: int
    tail: str
    set_off: bool  # the page or a blank line begins before it


def close_double_spacing(lines: Sequence[Line]) -> None:
    """Where nearly every line has a blank line before it, that blank line means nothing: take one away."""
    gaps = [line.gap for line in lines[1:] if not line.solid]
    if gaps and sum(gap >= 1 for gap in gaps) >= 0.7 * len(gaps):
        for line in lines:
            line.gap = max(line.gap - 1, 0)


def join(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs that the lines make up; headings known by their shape get TITLE_LEVEL."""
    current: _Open | None = None
    whole = not cut_by_blanks(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if current is not None and _continues(current, line, following, whole):
            _append(current, line)
            continue
        if current is not None:
            yield from _closed(current)
        level = line.level
        if line.column and not level and not line.solid and _stands_out(line, following):
            level = TITLE_LEVEL
        text = re.sub(r" +", " ", line.text) if is_date_line(line.text) else tidy(line.text)
        paragraph = Paragraph([(text, line.place)], level, line.solid, line.row, line.table, line.source)
        current = _Open(paragraph, line, line, 1, len(text), text[-200:], bool(line.gap) or index == 0)
    if current is not None:
        yield from _closed(current)


def _closed(current: _Open) -> Iterator[Paragraph]:
    pieces = ((without_lost(piece), place) for piece, place in current.paragraph.pieces)
    current.paragraph.pieces = [(piece, place) for piece, place in pieces if piece]
    if current.paragraph.text.strip():
        yield current.paragraph


def _append(current: _Open, line: Line) -> None:
    text = tidy(line.text)
    text = between(current.tail, text) + text
    current.paragraph.pieces.append((text, line.place))
    current.tail = (current.tail + text)[-200:]
    current.chars += len(text)
    current.lines += 1
    current.last = line


def _continues(current: _Open, line: Line, following: Line | None, whole: bool) -> bool:
    """Tell whether `line` goes on with the sentence or paragraph of `current`.

    `whole` says that blank lines stand between paragraphs only, never inside a sentence.
    """
    last = current.last
    if line.level or last.ends:
        return False
    bracket_open = current.chars < MAX_HEADING_CHARS and bool(_BRACKET_OPEN.match(current.tail))
    if current.paragraph.level:  # a heading that was cut: `……的信心问` / `题`, or an unclosed bracket
        cut = not line.gap and line.width <= 4 and not starts_with_marker(line.text)
        return not line.solid and not last.solid and (bracket_open or cut)
    if not line.gap and not (last.row or line.row) and goes_on(current.tail, line.text):
        return True
    if line.solid or last.solid:
        return False
    if bracket_open:
        return True
    if stands_alone(line.text) or is_date_line(current.first.text):
        return False
    if line.gap and rx("关于.{4,60}的{document_kind}").fullmatch(current.tail):
        return False  # a whole title, over whom it is addressed to
    if last.column:
        return _continues_wrapped(current, line, following, whole)
    return (
        line.gap <= 2
        and current.chars >= 30
        and bool(re.search(r"[，。,].*[^。！？!?…：:；;”’」』）)\s]$", current.tail))
    )


def _continues_wrapped(current: _Open, line: Line, following: Line | None, whole: bool) -> bool:
    last, column = current.last, current.last.column
    if terminated(current.tail):
        return not line.gap and not line.indent and last.width >= column - INDENT
    if line.indent == INDENT and not last.indent:
        return False
    room = _room(current, line)
    marked = starts_with_marker(current.first.text)
    if not looks_like_title(current.tail) or (not marked and re.search(r"[；;，,]", current.tail)):
        return room < _CLEAR_ROOM
    # nothing of a sentence in it so far: a title if it stands alone and so does the next, or if it left room
    if current.set_off and line.gap and not marked:
        alone = line.width < column and looks_like_title(line.text) and (following is None or bool(following.gap))
        return not whole and (last.width >= column - 2 or not (alone or current.lines > 1 or room >= 2))
    return room < (2 if current.lines == 1 else 4) and not (marked and line.gap)


def _room(current: _Open, line: Line) -> int:
    """Return how many columns were left on the last line after the next word: many mean that the paragraph ended there.

    A paragraph's first line is shorter by its indent, whether or not the extraction kept it.
    """
    indent = (current.last.indent or INDENT) if current.lines == 1 else 0
    word = _FIRST_WORD.match(line.text)
    return current.last.column - current.last.width - indent - (display_width(word[0]) if word else 2)


def _stands_out(line: Line, following: Line | None) -> bool:
    """Tell whether a line of wrapped text is a heading by its shape.

    Wider than the column while the next line is not, or much shorter than the column without ending a sentence.
    """
    if not looks_like_title(line.text) or starts_with_marker(line.text):
        return False
    column, wide = line.column, line.width > line.column + 4
    if following is None or (not wide and line.width > column * 0.7):
        return wide
    if following.gap or (wide and following.width <= column + 4):
        return True
    return not wide and (starts_with_marker(following.text) or following.width > column - 4)
