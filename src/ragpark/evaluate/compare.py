"""How texts are compared for judging: folding with a way back, and a match that never cuts a number.

Kept apart from the folding that search uses: a measure must not move when the product learns a new fold.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# After NFKC. 1,840 and 1，840 are one number; 2020,2021 (four digits first) and 3,5 (a list) are not.
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793]")  # ① ⑴ ⒈ ❶: list marks that NFKC would turn into digits
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")
_MYRIADS = frozenset("万亿")  # 20 is not in 20万; 千 and 百 also begin units (10千克), so they don't count


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with, for each of its characters, the span of the original that it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the folded text[start:end] (not empty)."""
        return self.starts[start], self.ends[end - 1]

    def without(self, characters: frozenset[str]) -> Folded:
        """Return the same without the given characters; offsets still lead to the original."""
        return self._kept([i for i, character in enumerate(self.text) if character not in characters])

    def outside(self, spans: Sequence[tuple[int, int]]) -> Folded:
        """Return the same without what came from the given spans of the original, which are in order and apart."""
        ends = [end for _, end in spans]
        return self._kept(
            [i for i, s in enumerate(self.starts) if (n := bisect_right(ends, s)) == len(spans) or s < spans[n][0]]
        )

    def _kept(self, kept: Sequence[int]) -> Folded:
        return Folded(
            "".join(self.text[i] for i in kept),
            tuple(self.starts[i] for i in kept),
            tuple(self.ends[i] for i in kept),
        )


def fold_quote(text: str) -> Folded:
    """Return the text in NFKC with all white space removed: `占 GDP\\n５％` → `占GDP5%`."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for character in unicodedata.normalize("NFKC", text[start:end]):
            if not character.isspace():
                folded.append(character)
                starts.append(start)
                ends.append(end)
    return Folded("".join(folded), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterable[tuple[int, int]]:
    """Yield the spans of a character with the combining marks after it, so that NFKC can compose them."""
    start = 0
    for offset in range(1, len(text) + 1):
        if offset == len(text) or not unicodedata.combining(text[offset]):
            yield start, offset
            start = offset


@dataclass(frozen=True, slots=True)
class Plain:
    """A text folded for comparing answers; `breaks` holds the positions before which white space was removed."""

    text: str
    breaks: frozenset[int]


def fold_answer(text: str) -> Plain:
    """Return the form in which answers are compared: NFKC, no white space, no thousands separators, lower case.

    The breaks keep `1. 45家` and `①45家` from reading as 1.45家 and 145家.
    """
    text = unicodedata.normalize("NFKC", _ENCLOSED.sub(r" \g<0> ", text)).lower()
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    kept: list[str] = []
    breaks: set[int] = set()
    for character in text:
        if character.isspace():
            breaks.add(len(kept))
        else:
            kept.append(character)
    return Plain("".join(kept), frozenset(breaks))


def occurs(part: Plain, text: Plain) -> bool:
    """Tell whether the part stands in the text with its numbers whole.

    `45家` is in `共45家，` but not in `145家`; `5%` is not in `4.5%`; `6月24日` is in `2020年6月24日`.
    """
    if not part.text:
        return False
    at = text.text.find(part.text)
    while at >= 0:
        end = at + len(part.text)
        cut_before = at not in text.breaks and _cut_before(text.text[max(at - 2, 0) : at], text.text[at])
        cut_after = end not in text.breaks and _cut_after(text.text[end - 1], text.text[end : end + 2])
        if not cut_before and not cut_after:
            return True
        at = text.text.find(part.text, at + 1)
    return False


def holds(text: Plain, part: Iterable[str]) -> bool:
    """Tell whether any alternative of an answer part stands in the folded text."""
    return any(occurs(fold_answer(alternative), text) for alternative in part)


def _cut_before(before: str, first: str) -> bool:
    """Tell whether a number goes on to the left of `first`: 1|45家, 4.|5%, 二|十三个, 5|千亿."""
    if not before:
        return False
    if _digit(first):
        return _digit(before[-1]) or (before[-1] == "." and _digit(before[:-1]))
    return first in _NUMERALS and (before[-1] in _NUMERALS or _digit(before[-1]))


def _cut_after(last: str, after: str) -> bool:
    """Tell whether a number goes on to the right of `last`: 4.5|5, 4|.5, 20|万, 1.42万|亿."""
    if not after:
        return False
    if _digit(last):
        return _digit(after[0]) or after[0] in _MYRIADS or (after[0] == "." and _digit(after[1:]))
    return last in _NUMERALS and after[0] in _NUMERALS


def _digit(character: str) -> bool:
    return character.isascii() and character.isdigit()  # "" is not
