"""Exact match and F1 of short answers, as the evaluation script of CMRC 2018 computes them (Cui et al. 2019).

Knows no engine and no gold file: texts go in, scores from 0 to 1 come out. The folding is the script's own, not that of
`compare`: lower case, its list of marks left out, everything else as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Part = Sequence[str]  # the accepted alternatives of one part of an answer

# The script's list. Its `……` never meets one character, so an ellipsis stays; so do ASCII full stop and comma.
_LEFT_OUT = str.maketrans("", "", "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
# Chinese characters one by one; between them the tokens that NLTK's word_tokenize makes, English contractions apart.
_SEGMENT = re.compile(
    r"""[一-龥]|\.{2,}|[;@#$%&?!()\[\]{}<>"]|,(?!\d)|\.(?![^\s一-龥])|(?:[^\s一-龥;@#$%&?!()\[\]{}<>",.]|,(?=\d)|\.(?=[^\s.一-龥]))+"""
)


def segments(text: str) -> list[str]:
    """Return the units that F1 counts: `R&D占5.16%。` gives `r`, `&`, `d`, `占`, `5.16`, `%`."""
    return _SEGMENT.findall(_plain(text))


def exact_match(answer: str, parts: Sequence[Part]) -> float:
    """Return 1 where the answer is an accepted one but for marks, else 0.

    An answer in several parts is one where it is nothing but an alternative of each, in any order: `66家、45家`.
    """
    return float(_is_all(_plain(answer), [[_plain(one) for one in part] for part in parts]))


def f1(answer: str, parts: Sequence[Part]) -> float:
    """Return the F1 of segments, what is common being the longest run that answer and accepted answer share.

    The best alternative counts. With several parts, each in turn has its longest run in what the parts before it left
    of the answer, and the runs' lengths are added: `2020年45家，2023年66家` for `45家` and `66家` has 4 of its 8 segments
    in common with the 4 that were asked for.
    """
    said: list[str | None] = list(segments(answer))
    common = wanted = 0
    for part in parts:
        start, size, length = max(
            (_longest_run(said, segments(one)) for one in part), key=lambda run: _harmonic(run[1], len(said), run[2])
        )
        said[start : start + size] = [None] * size
        common, wanted = common + size, wanted + length
    return _harmonic(common, len(said), wanted)


def _plain(text: str) -> str:
    return text.lower().strip().translate(_LEFT_OUT)


def _is_all(answer: str, parts: Sequence[Sequence[str]]) -> bool:
    if not parts:
        return not answer
    return any(
        _is_all(answer[len(one) :].lstrip(), [*parts[:i], *parts[i + 1 :]])
        for i, part in enumerate(parts)
        for one in part
        if answer.startswith(one) and (len(parts) > 1 or answer == one)
    )


def _longest_run(said: Sequence[str | None], wanted: Sequence[str]) -> tuple[int, int, int]:
    """Return where the longest run that both share begins in `said`, its length, and the length of `wanted`."""
    matcher = SequenceMatcher(None, said, wanted, autojunk=False)
    run = matcher.find_longest_match(0, len(said), 0, len(wanted))
    return run.a, run.size, len(wanted)


def _harmonic(common: int, n_said: int, n_wanted: int) -> float:
    return 2 * common / (n_said + n_wanted) if common else 0.0
