"""What two wordings have in common: the pairs of characters that carry meaning, and what bears a number or letters."""

from __future__ import annotations

import re

from ragpark.zh.fold import character_pairs, squeeze
from ragpark.zh.wording import rx


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters of a text, words that say nothing left out."""
    return bigrams(rx("{says_nothing}").sub(" ", re.sub(r"[0-9０-９.．%％]+", " ", squeeze(text))))


def bigrams(text: str) -> frozenset[str]:
    """Return all pairs of neighbouring Chinese characters."""
    return frozenset(pair for run in re.findall(r"[一-鿿]{2,}", text) for pair in character_pairs(run))


def marks(text: str) -> frozenset[str]:
    """Return what is told apart by a number or by letters: `3号线`, `gdp`."""
    squeezed = squeeze(text)
    numbered = rx("(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})号{numbered_thing}").findall(squeezed)
    return frozenset((*numbered, *re.findall(r"[a-z][a-z0-9&]+", squeezed)))


def short(name: str) -> str:
    """Return a zone's name in its short form, folded: 经开区 for 经济技术开发区."""
    folded = squeeze(name)
    for long, brief in (("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("高新技术开发区", "高新区")):
        folded = folded.replace(long, brief)
    return folded


def stem(name: str) -> str:
    """Return a place's short name without what it is: 苏州 for 苏州市, not 高新 for 高新区."""
    brief = short(name)
    whole = len(brief) <= 2 or brief[-1] not in "市县区省镇" or brief.endswith(("高新区", "经开区"))
    return brief if whole else brief[:-1]


def same_name(left: str, right: str) -> bool:
    """Tell whether two names may be of one place or organisation: 昆山 and 昆山市."""
    return left == right or stem(left) in short(right) or stem(right) in short(left)
