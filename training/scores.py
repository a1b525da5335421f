"""Exact match and F1 of a short answer, as the CMRC 2018 evaluation script computes them.

Chinese characters count one by one, everything else in runs; punctuation and white space do not count; F1 is over the
longest common run of both answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_MARKS = "-:_*^/\\\\~`+=，。：？！“”；’《》…·、「」（）－～『』"  # what the script leaves out
_SEGMENT = re.compile(rf"[一-鿿]|[^\s一-鿿{_MARKS}]+")


def segments(text: str) -> list[str]:
    """Return the units that are compared: `R&D占5.16%` gives `r&d`, `占`, `5.16%`."""
    return _SEGMENT.findall(text.lower())


def exact(answer: str, gold: Sequence[str]) -> float:
    """Return 1 where the answer equals one of the accepted ones, else 0."""
    return float(any("".join(segments(answer)) == "".join(segments(one)) for one in gold))


def f1(answer: str, gold: Sequence[str]) -> float:
    """Return the best F1 of the answer against one of the accepted ones."""
    return max(_f1(segments(answer), segments(one)) for one in gold)


def _f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    matcher = SequenceMatcher(None, answer, gold, autojunk=False)
    common = matcher.find_longest_match(0, len(answer), 0, len(gold)).size
    if not common:
        return 0.0
    precision, recall = common / len(answer), common / len(gold)
    return 2 * precision * recall / (precision + recall)
