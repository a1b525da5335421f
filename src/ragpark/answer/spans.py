"""What a reader finds, and the way there and back: passages to windows of token ids, scores to spans of the passage.

Runs no model. Windows are cut as they were in training (Devlin et al. 2019, BERT's SQuAD reader).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

QUESTION_TOKENS = 60  # what a question has beyond them is not read
OVERLAP = 128  # tokens that a window of a long passage shares with the one before
LONGEST = 40  # tokens from the first of a span to its last
N_SPANS = 3

Scores = NDArray[np.float32]
Encoded = tuple[Sequence[int], Sequence[tuple[int, int]]]  # token ids, and [start:end] of each in the text


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a passage that may answer: `text` is passages[passage][start:end].

    `margin` is its score minus the score of "no answer here": above 0 the reader holds it for an answer. Margins of
    one question can be compared between passages.
    """

    passage: int
    start: int
    end: int
    text: str
    margin: float


@dataclass(frozen=True, slots=True)
class Window:
    """`ids` are `<s> question </s> tokens of the passage </s>`; the passage's begin at `first`, with these offsets."""

    passage: int
    ids: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]


def windows(
    passage: int, question: Sequence[int], encoded: Encoded, bos: int, eos: int, max_tokens: int
) -> list[Window]:
    """Return the windows of a passage, at most `max_tokens` ids each; none for a passage without tokens.

    All tokens of the passage are in one, and each but the first begins `OVERLAP` tokens before the end of the last.
    """
    ids, offsets = encoded
    asked = tuple(question[:QUESTION_TOKENS])
    room = max_tokens - len(asked) - 3
    if room <= OVERLAP:
        raise ValueError(f"windows of {max_tokens} tokens leave no room to move on")
    found = []
    for at in range(0, max(len(ids) - OVERLAP, min(len(ids), 1)), room - OVERLAP):
        part = tuple(ids[at : at + room])
        found.append(Window(passage, (bos, *asked, eos, *part, eos), len(asked) + 2, tuple(offsets[at : at + room])))
    return found


def best_spans(text: str, read: Iterable[tuple[Window, Scores]], n_spans: int = N_SPANS) -> tuple[Span, ...]:
    """Return the best spans of a passage that do not overlap, best first, of all its windows with their scores.

    The scores have shape (ids of the window, 2): how well each token begins and ends an answer. Position 0 stands for
    "no answer"; only the passage's tokens can be in one, and none holds what no token of the window stands for. Of spans
    that score alike, the first in the text.
    """
    found: dict[tuple[int, int], Span] = {}
    for window, scores in read:
        for first, last, margin in _best_in(window, scores, n_spans, _stretches(text, window.offsets)):
            start, end = _stripped(text, window.offsets[first][0], window.offsets[last][1])
            known = found.get((start, end))
            if start < end and (known is None or margin > known.margin):
                found[start, end] = Span(window.passage, start, end, text[start:end], margin)
    kept: list[Span] = []
    for span in sorted(found.values(), key=lambda s: (-s.margin, s.start, s.end)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return tuple(kept[:n_spans])


def _stretches(text: str, offsets: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Return for each token the number of the stretch of text it stands in: one ends where words were left out."""
    left_out = [False, *(bool(text[end:start].strip()) for (_, end), (start, _) in pairwise(offsets))]
    return np.cumsum(left_out[: len(offsets)])


def _best_in(
    window: Window, scores: Scores, n_spans: int, stretches: NDArray[np.int64]
) -> list[tuple[int, int, float]]:
    """Return (first token, last token, margin) of the best spans of one window that do not overlap, best first.

    Both tokens of a span stand in the same of the stretches.
    """
    n = len(window.offsets)
    starts = scores[window.first : window.first + n, 0].astype(np.float64)
    ends = scores[window.first : window.first + n, 1].astype(np.float64)
    nothing = float(scores[0, 0]) + float(scores[0, 1])
    # sums[i, j]: the span from token i to token i + j
    reach = np.concatenate((ends, np.full(LONGEST, -np.inf)))
    sums = starts[:, None] + np.lib.stride_tricks.sliding_window_view(reach, LONGEST + 1)
    lasts = np.arange(n)[:, None] + np.arange(LONGEST + 1)
    sums[stretches[:, None] != stretches[np.minimum(lasts, n - 1)]] = -np.inf
    found: list[tuple[int, int, float]] = []
    while len(found) < n_spans:
        first, more = divmod(int(sums.argmax()), LONGEST + 1)
        if sums[first, more] == -np.inf:
            break
        last = first + more
        found.append((first, last, float(sums[first, more]) - nothing))
        overlapping = (np.arange(n)[:, None] <= last) & (lasts >= first)
        sums[overlapping] = -np.inf
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
