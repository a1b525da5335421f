"""Passages as they are in use: whole sentences around an answer, often under a line with title and date."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from news import NewsText

from ragpark.read.sentences import sentences

LENGTHS = (160, 220, 300, 400, 510)  # characters; the last is a full chunk's, the short ones train faster
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is a heading line (or none) and document[start:end]; `shift` brings a document's offset into `text`."""

    text: str
    start: int
    end: int
    shift: int

    def span(self, start: int, end: int) -> Span:
        """Return the place in `text` of document[start:end]."""
        return start + self.shift, end + self.shift


def around(spans: Sequence[Span], at: int, length: int, rnd: random.Random) -> tuple[int, int]:
    """Return the first and last sentence of a stretch of about `length` characters that holds sentence `at`."""
    first = last = at
    while spans[last][1] - spans[first][0] < length:
        room = length - (spans[last][1] - spans[first][0])
        before = first > 0 and spans[first][0] - spans[first - 1][0] <= room
        after = last + 1 < len(spans) and spans[last + 1][1] - spans[last][1] <= room
        if not before and not after:
            break
        if before and (not after or rnd.random() < 0.5):
            first -= 1
        else:
            last += 1
    return first, last


def passage_with(news: NewsText, sentence: int, rnd: random.Random, heading: str = "") -> Passage:
    """Return a passage of random length that holds the sentence, three in five under a heading line.

    The line has the title (`heading`, else the text's headline) and the date, as the breadcrumb of a chunk has.
    """
    first, last = around(news.spans, sentence, rnd.choice(LENGTHS), rnd)
    start, end = news.spans[first][0], news.spans[last][1]
    line = ""
    if rnd.random() < 0.6:
        date = f"（{news.document.date}）" if news.document.date and rnd.random() < 0.8 else ""
        title = heading or news.headline
        body = news.document.text[start:end]
        line = (title if title not in body else "") + date
        line = f"{line}\n" if line else ""
    return Passage(line + news.document.text[start:end], start, end, len(line) - start)


def shortened(text: str, start: int, end: int, rnd: random.Random) -> tuple[str, Span]:
    """Return whole sentences of `text` around text[start:end], of random length, and the span's place in them."""
    spans = sentences(text)
    holders = [i for i, (a, b) in enumerate(spans) if a <= start and end <= b]
    if not holders:
        return text, (start, end)
    first, last = around(spans, holders[0], rnd.choice(LENGTHS), rnd)
    begin = spans[first][0]
    return text[begin : spans[last][1]], (start - begin, end - begin)
