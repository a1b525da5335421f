"""Widens a span to what a person would quote: a whole figure, name, date or clause. Chooses no span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ragpark.read.organisations import organisations
from ragpark.read.sentences import clauses, mark_pairs, sentences
from ragpark.read.tokens import MARKS, tokens_of
from ragpark.retrieve.kinds import kinds
from ragpark.zh.numbers import find_quantities
from ragpark.zh.tagger import Word
from ragpark.zh.times import find_times

MOST = 0.6  # of a clause; F1 of 300 answers of the CMRC trial set: .463 without, .467 at .75, .474 at .6
NAME_CHARS = 24  # what is longer inside quotation marks is speech, not a name
TITLE_CHARS = 60
_AROUND = MARKS + "、"
_TIMES = ("date", "year", "range", "period")
_DATE_PARTS = "年月日"


def widen(text: str, start: int, end: int, words: Sequence[Word] = (), kind: str = "") -> tuple[int, int]:
    """Return where what text[start:end] is a piece of starts and ends; marks and white space at its edges go.

    `2800` → `近2800家`, `苏州工业` → `苏州工业园区`, `若干措施` in a title → `《关于……的若干措施》`; most of a clause → the clause,
    unless `kind` (of the question, as in `retrieve.query`) asks for a figure, a date or a name. `words` are the
    tagger's for the whole text; without them words may be cut. A part of a date stays one (`2023年` in `2023年6月`).
    """
    start, end = _trimmed(text, start, end)
    if start >= end:
        return start, end
    low, high = _around(text, start, end)
    # Time and figure are overlays for the tokens: `612.5亿|元和` is the tagger's cut, `612.5亿元|和` the right one.
    figures = [(low + q.start, low + q.end) for q in find_quantities(text[low:high])]
    times = [(low + t.start, low + t.end) for t in find_times(text[low:high]) if t.kind in _TIMES]
    here = [word for word in words if low <= word.start and word.end <= high]
    overlays = [*((a, b, "T") for a, b in times), *((a, b, "Q") for a, b in figures)]
    whole = [(a, b) for a, b, _ in organisations(text, here)]
    tokens = tokens_of(text, here, overlays)
    exact = {(token.start, token.end) for token in tokens if token.tag in "QT"}
    whole += [(token.start, token.end) for token in tokens if token.tag != "T"]
    dates = [(token.start, token.end) for token in tokens if token.tag == "T"]
    marked = list(_marked(text, low, high))
    while True:
        before = start, end
        for a, b in whole:
            start, end = _joined(start, end, a, b)
        for a, b in dates:
            if (a < start < b and text[start - 1] not in _DATE_PARTS) or (
                a < end < b and text[end - 1] not in _DATE_PARTS
            ):
                start, end = min(start, a), max(end, b)
        for a, b in marked:
            crossed = (a < start < b) != (a < end < b)
            inside = a < start and end < b and text[a] not in "（(【[" and (start, end) not in exact
            if (crossed and b - a <= TITLE_CHARS) or (inside and b - a <= _limit(text[a])):
                start, end = min(start, a), max(end, b)
        if (start, end) == before:
            break
    return (
        (start, end)
        if (kind and kinds()[kind].exact) or (start, end) in exact
        else _clause(text, start, end, low, high)
    )


def _joined(start: int, end: int, a: int, b: int) -> tuple[int, int]:
    """Return the span with [a:b], where it begins or ends inside of it."""
    return (min(start, a), max(end, b)) if a < start < b or a < end < b else (start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _AROUND):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _AROUND):
        end -= 1
    return start, end


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentences begin and end that the span stands in."""
    met = [(a, b) for a, b in sentences(text) if a < end and start < b]
    return min([start, *(a for a, _ in met)]), max([end, *(b for _, b in met)])


def _marked(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield [opening mark:after the closing one] of what stands in brackets or quotation marks, the inner ones first."""
    found = mark_pairs(text, low, high)
    yield from sorted(((a, b + 1) for a, b in found.items() if a < b), key=lambda pair: (pair[1] - pair[0], pair))


def _limit(mark: str) -> int:
    return TITLE_CHARS if mark == "《" else NAME_CHARS


def _clause(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Return the clauses that the span stands in where it is most of them, else the span."""
    met = [(a, b) for a, b in clauses(text, low, high) if a < end and start < b]
    if not met or end - start < MOST * (met[-1][1] - met[0][0]):
        return start, end
    return min(start, met[0][0]), max(end, met[-1][1])
