"""Whether a text reads like a language, or is what comes out of a font that does not say what its characters mean.

What tells them apart is pairs of neighbouring characters: two in five and more of those of a Chinese text stand
together in some word of jieba's dictionary (classical texts, company and drug names too), one in ten of characters
that were exchanged one for one, however common each of them is. Figures and foreign words have no such pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

from ragpark.zh.fold import character_pairs, simplified
from ragpark.zh.surnames import SURNAMES

Verdict = Literal["good", "bad", "unsure"]

# Measured on passages of 60 characters of 31 Chinese documents and on the same texts with their characters exchanged
# (at random among the common ones, by a shift of the code, in order of appearance, by a wrong encoding): the share of
# known pairs is .34 at least there and .15 at most, in 99 of 100, here.
_MIN_SHARE = 0.12
_SURE_SHARE = 0.25
_MIN_PAIRS = 20
_MIN_FREQUENCY = 5  # of a word, in the texts the dictionary was counted in: rarer ones make chance hits
_MAX_NO_TEXT = 0.3  # of the characters: no letters at all, or from everywhere
_MAX_UNMAPPED = 0.5
_MAX_LATIN_1 = 0.4  # `¸ßÐÂÇø`, `ﾁﾖﾇﾀ`: Chinese bytes taken for Western or Japanese letters; French has one in ten
_MAX_SIGNS = 0.15  # `"#$&'*;<=>?@`: characters numbered in order of appearance; English has one in a hundred
_MIN_SIGNS = 6  # of them must differ: a dotted form or a web address has few
_MIN_SCRIPTS = 4  # so many odd scripts side by side are no language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_SIGNS = re.compile(r"""[!"#$&'*;<=>?@\[\\\]^_`{|}~]""")
# What stands in Chinese documents: Latin, Greek, Cyrillic letters; punctuation to dingbats; everything of East Asia.
_AT_HOME = re.compile(r"[\u0000-\u052f\u1e00-\u22ff\u2460-\u27bf\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffef]")


def judge(text: str, unmapped: int = 0) -> Verdict:
    """Judge the text of one font or one page, of whose characters `unmapped` are such that PDFium guessed them.

    `unsure` where there is too little to go by: figures, a short label, names one by one, bullets.
    """
    inked = "".join(text.split())
    if not re.search(r"\S\S", text):
        return "unsure"
    if _no_text(text) > _MAX_NO_TEXT * len(inked) or _soup(inked):
        return "bad"
    known, pairs = _pairs_of(text)
    if pairs >= _MIN_PAIRS:
        return "good" if known >= _MIN_SHARE * pairs else "bad"
    if unmapped > _MAX_UNMAPPED * len(inked):
        return "good" if _reads_like_latin(inked) else "bad"
    return "unsure"


def suspicious(text: str) -> bool:
    """Tell whether some part of the text may be none, so that it is worth judging its fonts one by one."""
    if _no_text(text) or _soup("".join(text.split())):
        return True
    part = ""
    for line in text.splitlines():
        part += line + "\n"
        if len(part) > 2 * _MIN_PAIRS:
            known, pairs = _pairs_of(part)
            if pairs >= _MIN_PAIRS:
                if known < _SURE_SHARE * pairs:
                    return True
                part = ""
    known, pairs = _pairs_of(part)
    return pairs >= _MIN_PAIRS and known < _SURE_SHARE * pairs


def _no_text(text: str) -> int:
    """Return how many characters are no text and stand beside another such: a bullet from a font of signs is alone."""
    marks = [False, *(_is_no_text(c) for c in text if c not in "\r"), False]
    return sum(mark and (before or after) for before, mark, after in zip(marks, marks[1:], marks[2:], strict=False))


def _is_no_text(character: str) -> bool:
    """Tell whether it is for private use, a control character, U+FFFD, or not a character of Unicode."""
    if character in "\t\n":
        return False
    return character == "\ufffd" or unicodedata.category(character) in ("Co", "Cc", "Cn", "Cs")


def _soup(inked: str) -> bool:
    """Tell whether characters of many unrelated scripts stand side by side, or letters with accents, Japanese ones of
    half width, or rare signs prevail."""
    odd = [c for c in inked if not _AT_HOME.match(c) and not _is_no_text(c)]
    scripts = Counter(unicodedata.name(c, "?").split(" ")[0] for c in odd)
    if len(odd) > _MAX_NO_TEXT * len(inked) and len(scripts) >= _MIN_SCRIPTS:
        return True
    if len(inked) < _MIN_PAIRS:
        return False
    bytes_ = sum("\u00a1" <= c <= "\u00ff" or "\uff61" <= c <= "\uff9f" for c in inked)
    signs = _SIGNS.findall(inked)
    numbered = len(signs) > _MAX_SIGNS * len(inked) and len(set(signs)) >= _MIN_SIGNS and not _reads_like_latin(inked)
    return bytes_ > _MAX_LATIN_1 * len(inked) or (numbered and not _HAN.search(inked))


def _pairs_of(text: str) -> tuple[int, int]:
    """Return how many pairs of neighbours of the Chinese runs are known, and how many there are.

    A run of two to four characters that begins with a surname is a name: its pairs are known.
    """
    runs = [run for run in _HAN.findall(simplified(text)) if len(run) > 1]
    pairs = sum(len(run) - 1 for run in runs)
    if pairs < _MIN_PAIRS:
        return 0, pairs
    known = _known_pairs()
    named = sum(len(run) - 1 for run in runs if len(run) <= 4 and run[0] in SURNAMES)
    others = [run for run in runs if len(run) > 4 or run[0] not in SURNAMES]
    return named + sum(pair in known for run in others for pair in character_pairs(run)), pairs


def _reads_like_latin(inked: str) -> bool:
    """Tell whether it is mostly small Latin letters with as many vowels as Western languages have."""
    letters = re.sub(r"[^A-Za-z]", "", inked)
    small = sum(c.islower() for c in letters)
    vowels = sum(c in "aeiou" for c in letters.lower())
    return len(letters) >= 10 and small > 0.6 * len(letters) and 0.25 < vowels / len(letters) < 0.55


@cache
def _known_pairs() -> frozenset[str]:
    """Return the pairs of neighbours in the words of jieba's dictionary (0.3 s, once a process)."""
    import jieba

    found: set[str] = set()
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency = line.split(" ")[:2]
        if len(word) > 1 and int(frequency) >= _MIN_FREQUENCY:
            found.update(character_pairs(word))
    return frozenset(found)
