"""The part of a long passage that a question is likely answered in, so that the reader need not read all of it.

Compares characters; knows no words and runs no model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from ragpark.answer.spans import Encoded
from ragpark.read.sentences import clauses, sentences
from ragpark.zh.fold import character_pairs

BESIDE = 0.5  # what the likeness of a neighbour counts: the sentences around the likeliest come with it
SHARE = 3  # a sentence of more than this part of the room is cut at its clauses

Piece = tuple[int, int]  # first token, and the one after the last


def focus(question: str, passage: str, encoded: Encoded, n_tokens: int) -> Encoded:
    """Return at most `n_tokens` of a passage's tokens: its first line, and the sentences likest the question, in order.

    A passage of no more tokens is returned as it is. Sentences are alike by the characters and pairs of characters that
    they share, which count the less the more sentences hold them. Where some are left out, the offsets jump.
    """
    ids, offsets = encoded
    if len(ids) <= n_tokens:
        return encoded
    pieces = list(_pieces(passage, offsets, n_tokens // SHARE))
    kept: list[Piece] = []
    left = n_tokens
    for first, after in _likeliest(question, passage, offsets, pieces):
        if after - first <= left:
            kept.append((first, after))
            left -= after - first
    chosen = [i for first, after in sorted(kept) for i in range(first, after)]
    return [ids[i] for i in chosen], [offsets[i] for i in chosen]


def _likeliest(
    question: str, passage: str, offsets: Sequence[tuple[int, int]], pieces: Sequence[Piece]
) -> Iterator[Piece]:
    """Yield the first piece, which names the document, then the others, the likest first."""
    asked = _grams(question)
    shared = [asked & _grams(passage[offsets[first][0] : offsets[after - 1][1]]) for first, after in pieces]
    holding = Counter(gram for grams in shared for gram in grams)
    own = [sum(sorted(log(1 + len(pieces) / holding[gram]) for gram in grams)) for grams in shared]
    padded = [0.0, *own, 0.0]
    likeness = [own[i] + BESIDE * max(padded[i], padded[i + 2]) for i in range(len(own))]
    for i in sorted(range(len(pieces)), key=lambda i: (i > 0, -likeness[i], i)):
        yield pieces[i]


def _pieces(passage: str, offsets: Sequence[tuple[int, int]], longest: int) -> Iterator[Piece]:
    """Yield the sentences as ranges of tokens; one of more than `longest` in parts that end with a clause if they can."""
    starts = [start for start, _ in offsets]
    first = 0
    for start, end in sentences(passage):
        after = bisect_left(starts, end)
        if after - first > longest:
            ends = [bisect_left(starts, stop + 1) for _, stop in clauses(passage, start, end)]
            while after - first > longest:
                cut = max((at for at in ends if first < at <= first + longest), default=first + longest)
                yield first, cut
                first = cut
        if after > first:
            yield first, after
            first = after


def _grams(text: str) -> set[str]:
    """Return the characters of a text and the pairs of neighbours."""
    return {*text, *character_pairs(text)}
