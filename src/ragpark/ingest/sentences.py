"""Sentences and clauses of Chinese text, as spans. Never splits a number, a quotation or a bracketed aside."""

from __future__ import annotations

import re

Span = tuple[int, int]

_END = "。！？!?\n"
_CLOSERS = "”’」』）)】》\"'"
_OPEN, _CLOSE = "“‘「『（(【《", "”’」』）)】》"


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the spans of the sentences in text[start:end], without white space around them.

    A sentence ends at 。！？ and a line break, at `……` before a new clause, and at a half-width full stop between
    Chinese characters (`等功能.材料科学`); not at the point of `4.5%` or of `No.7`, and inside quotation marks only
    where the quotation ends with it.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = position = start
    while position < stop:
        position = _boundary(text, position, stop)
        span = _strip(text, begin, position)
        if span:
            spans.append(span)
        begin = position
    return spans


def _boundary(text: str, position: int, stop: int) -> int:
    """Return the offset after the next sentence end at or after `position`."""
    depth = 0
    begin = position
    while position < stop:
        character = text[position]
        if character == "\n":
            return position + 1
        if character in "“‘「『（(":
            depth += 1
        elif character in "”’」』）)":
            depth = max(depth - 1, 0)
        elif _ends_here(text, position, stop):
            after = position + 1
            while after < stop and text[after] in _END.replace("\n", "") + "…":
                after += 1
            closed = after
            while closed < stop and text[closed] in _CLOSERS:
                closed += 1
            if depth == 0 or (closed > after and depth <= closed - after) or position - begin > 300:
                # `“……成果涌流。”吴庆文说，` goes on after the quotation: it stays one sentence with its speaker
                if closed > after and closed < stop and re.match(r"[一-鿿]{2,16}(?:说|表示|介绍|认为|指出|强调)", text[closed:stop]):
                    depth = 0
                    position = closed
                    continue
                return closed
        position += 1
    return stop


def _ends_here(text: str, position: int, stop: int) -> bool:
    character = text[position]
    if character in "。！？!?":
        return True
    before = text[position - 1] if position else ""
    after = text[position + 1] if position + 1 < stop else ""
    if character == "…":
        return before == "…" and after not in "”’」』）)…，。、"
    return character == "." and "一" <= before <= "鿿" and ("一" <= after <= "鿿")


def clauses(text: str, start: int, end: int, marks: str = "，,；;：:。！？!?…") -> list[Span]:
    """Return the spans of the clauses in text[start:end], split at `marks` outside brackets and quotation marks.

    A comma or colon between digits (`1,840家`, `1:2`) is no boundary.
    """
    spans: list[Span] = []
    depth = 0
    begin = start
    for position in range(start, end):
        character = text[position]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(depth - 1, 0)
        elif character in marks and (depth == 0 or character in "。；;"):
            between_digits = character in ",:" and position > start and text[position - 1].isdigit() and text[position + 1 : position + 2].isdigit()
            if between_digits:
                continue
            span = _strip(text, begin, position)
            if span:
                spans.append(span)
            begin = position + 1
    span = _strip(text, begin, end)
    if span:
        spans.append(span)
    return spans


def _strip(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
