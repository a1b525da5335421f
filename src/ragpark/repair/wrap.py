"""Joins wrapped lines into paragraphs, each piece with its place. `columns` says at which width they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ragpark.repair.columns import INDENT, cut_by_blanks, kept_indent, lost_indent
from ragpark.repair.cut_clause import goes_on
from ragpark.repair.dates import is_date_line
from ragpark.repair.fields import is_label_line
from ragpark.repair.headings import (
    MAX_HEADING_CHARS,
    TITLE_LEVEL,
    is_caption_line,
    looks_like_title,
    starts_item,
    starts_with_marker,
)
from ragpark.repair.lines import Line, Paragraph, terminated
from ragpark.repair.spacing import between, tidy, without_lost
from ragpark.zh.fold import display_width

_CLEAR_ROOM = 8  # columns: so much is never left free inside a paragraph
_FIRST_WORD = re.compile(
    r"[A-Za-z\d.,%％‰/&+\-]+[，。；、！？：）”]?|.[，。；、！？：）”]?", re.S
)  # what is never broken
_NUMBER_END = re.compile(r"\d[.,]?$")
_NUMBER_GOES_ON = re.compile(r"[.,]?\d|[%％‰一-鿿]")  # `3` / `8家`, `25.` / `6%`, `2800` / `家`: never parted
_BRACKET_OPEN = re.compile(r"【[^】]*$|[（(][^（）()]*$")  # `（2023年2月2日在某市第十届人民代表大会` / `第二次会议上）`
_OPEN_PAIR = re.compile(r"[，、,—（(《“‘【]$")


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
    indent: int  # of its first line, in columns, as it was before the extraction


def close_double_spacing(lines: Sequence[Line]) -> None:
    """Where nearly every line has a blank line before it, that blank line means nothing: take one away."""
    gaps = [line.gap for line in lines[1:] if not line.solid]
    if gaps and sum(gap >= 1 for gap in gaps) >= 0.7 * len(gaps):
        for line in lines:
            line.gap = max(line.gap - 1, 0)


def join(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs that the lines make up; headings known by their shape get TITLE_LEVEL."""
    current: _Open | None = None
    kept, lost, whole = kept_indent(lines), lost_indent(lines), not cut_by_blanks(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if current is not None and not (kept and line.indent == kept) and _continues(current, line, following, whole):
            _append(current, line)
            continue
        if current is not None:
            yield from _closed(current)
        level = line.level
        if line.column and not level and not line.solid and _stands_out(line, following):
            level = TITLE_LEVEL
        text = re.sub(r" +", " ", line.text) if is_date_line(line.text) else tidy(line.text)
        paragraph = Paragraph([(text, line.place)], level, line.solid, line.row, line.table, line.source)
        current = _Open(
            paragraph, line, line, 1, len(text), text[-200:], bool(line.gap) or index == 0, line.indent or lost
        )
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
    if not current.paragraph.level and not line.gap and not (last.row or line.row) and goes_on(current.tail, line.text):
        return True
    if line.solid or last.solid:
        return False
    bracket_open = current.chars < MAX_HEADING_CHARS and bool(_BRACKET_OPEN.match(current.tail))
    if current.paragraph.level:  # a heading that was cut: `……的信心问` / `题`, or an unclosed bracket
        return bracket_open or (not line.gap and line.width <= 4 and not starts_with_marker(line.text))
    if bracket_open:
        return True
    numbered = (
        last.column
        and not is_label_line(current.first.text)
        and not line.gap
        and not line.indent
        and _NUMBER_END.search(current.tail)
    )
    if numbered and _NUMBER_GOES_ON.match(line.text) and not starts_with_marker(line.text):
        return True
    if is_label_line(line.text) or is_caption_line(line.text):
        return False
    closed = terminated(current.tail)
    if starts_with_marker(line.text) and not (_is_cut(current) and not closed and not line.gap and not line.indent):
        return False
    if starts_item(line.text) and (closed or re.search(r"[：:；;]$", current.tail.rstrip()) or not _is_cut(current)):
        return False
    if _is_apart(current, line):
        return False
    if last.column:
        return _continues_wrapped(current, line, following, whole and not closed, closed)
    if closed:
        return False
    if _OPEN_PAIR.search(current.tail.rstrip(" \ufffd")):
        return True
    return (
        line.gap <= 2
        and current.chars >= 30
        and bool(re.search(r"[，。,]", current.tail))
        and not re.search(r"[：:；;]$", current.tail.rstrip())
    )


def _continues_wrapped(current: _Open, line: Line, following: Line | None, whole: bool, closed: bool) -> bool:
    last, column = current.last, current.last.column
    if closed:
        return (
            not line.gap
            and not line.indent
            and last.width >= column - INDENT
            and not (line.column and _stands_out(line, following))
        )
    if _OPEN_PAIR.search(current.tail.rstrip(" \ufffd")):
        return True
    room = _room(current, line)
    title = looks_like_title(current.tail) and not re.search(r"[；;]", current.tail)
    if title and not re.search(r"[，,]", current.tail) and not starts_with_marker(current.first.text):
        # nothing of a sentence in it so far: a title if it was ended before the column was full
        if current.set_off and line.gap:  # …or if it stands alone and so does the next: headings far from their text
            alone = line.width < column and looks_like_title(line.text) and (following is None or bool(following.gap))
            return not (whole or (last.width < column - 2 and (alone or current.lines > 1 or room >= 2)))
        if current.set_off and following is not None and following.gap and _pairs_up(last, line):
            return True
        if current.lines == 1:
            return room < 2 and not (line.gap and line.indent)
    if title and starts_with_marker(current.first.text):
        return not line.gap and room < (2 if current.lines == 1 else 4)
    return room < (2 if title and line.gap else _CLEAR_ROOM)


def _pairs_up(last: Line, line: Line) -> bool:
    """Tell whether two lines set off from the text make one title: of like length, nothing of a sentence in them."""
    column = last.column
    if not looks_like_title(line.text) or re.search(r"[，。；,;]", line.text) or starts_with_marker(line.text):
        return False
    return 0.5 * column <= last.width < column - 2 and 0.4 * last.width <= line.width < column - 2


def _room(current: _Open, line: Line) -> int:
    """Return how many columns were left on the last line after the next word: many mean that the paragraph ended there.

    A paragraph's first line is shorter by its indent, whether or not the extraction kept it.
    """
    last = current.last
    indent = current.indent if current.lines == 1 else 0
    word = _FIRST_WORD.match(line.text)
    needed = display_width(word[0]) if word else 2
    return last.column - last.width - indent - needed


def _is_cut(current: _Open) -> bool:
    """Tell whether the last line is full and stops inside a sentence, so that a `二、` after it is no heading."""
    last = current.last
    return bool(last.column) and last.width >= last.column - 3 and not re.search(r"[：:；;]$", current.tail)


def _is_apart(current: _Open, line: Line) -> bool:
    """Tell whether a date line stands between: `二〇二五年三月十八日  编辑组` belongs to no paragraph."""
    first = current.first.text
    cut = re.search(r"[年月\d]$", first) and re.match(r"\d|[月日]", line.text)  # `2020年6月` / `30日`
    if current.lines == 1 and is_date_line(first) and not cut and not re.match(r"[，。、；：,;]", line.text):
        return " " in first or not line.column or _room(current, line) >= 2
    if not is_date_line(line.text):
        return False
    return terminated(current.tail) or not _is_cut(current)


def _stands_out(line: Line, following: Line | None) -> bool:
    """Tell whether a line of wrapped text is a heading by its shape.

    Wider than the column while the next line is not, or much shorter than the column without ending a sentence.
    """
    if not looks_like_title(line.text) or starts_with_marker(line.text):
        return False
    column = line.column
    if following is None:
        return line.width > column + 4
    if line.width > column + 4:
        return following.width <= column + 4 or bool(following.gap)
    if line.width > column * 0.7:
        return False
    return bool(following.gap) or starts_with_marker(following.text) or following.width > column - 4
