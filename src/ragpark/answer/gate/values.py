"""When two figures are the same: value, unit, and the qualifier that bounds it (余, 近, 超). Knows no years."""

from __future__ import annotations

import re

from ragpark.zh.numbers import Quantity
from ragpark.zh.quantity import NARROW

ABOVE, AT_LEAST, NEAR, BELOW, AT_MOST, ABOUT = "多于", "不少于", "接近", "不足", "不超过", "大约"

# Qualifiers by meaning; two pass for each other if they share one. `以上` includes its figure in law and
# means more than it in the press.
_MEANING: dict[str, frozenset[str]] = {
    **{word: frozenset([ABOVE]) for word in "余 多 超 超过 超出 逾 突破 多于 大于 高于 > ＞ 上 出头 有余".split()},
    **{word: frozenset([ABOVE, AT_LEAST]) for word in "以上 及以上".split()},
    **{word: frozenset([AT_LEAST]) for word in "不少于 不低于 不小于 至少 最低 ≥".split()},
    **{word: frozenset([NEAR]) for word in "近 将近 接近 几近".split()},
    **{word: frozenset([BELOW]) for word in "不足 不到 未满 少于 低于 小于 < ＜".split()},
    **{word: frozenset([BELOW, AT_MOST]) for word in "以下 及以下".split()},
    **{word: frozenset([AT_MOST]) for word in "不超过 不高于 不多于 不大于 至多 最多 最高 以内 之内 ≤".split()},
    **{word: frozenset([ABOUT]) for word in "约 大约 约为 约合 左右 上下 来 ±".split()},
}
_SAME_UNIT = {"名": "人", "员": "人", "周年": "年"}


def same_unit(left: str, right: str) -> bool:
    """Tell whether two units are one: `人` and `名`; not `家` and `个`."""
    return _SAME_UNIT.get(left, left) == _SAME_UNIT.get(right, right)


def same_value(left: Quantity, right: Quantity) -> bool:
    """Tell whether the numbers are equal, both ends of a range included: `22.89亿元` and `228900万元`."""
    if not close(left.value, right.value):
        return False
    ranges = left.qualifier == "范围", right.qualifier == "范围"
    if ranges[0] != ranges[1]:
        return False
    return not ranges[0] or _digits(left.text) == _digits(right.text)


def close(left: float, right: float) -> bool:
    """Tell whether two numbers are equal but for how floats are kept."""
    return abs(left - right) <= 1e-9 * max(abs(left), abs(right), 1e-9)


def _digits(text: str) -> list[str]:
    return re.findall(r"[0-9.]+", text.translate(NARROW).replace(",", ""))


def meaning(qualifier: str) -> frozenset[str]:
    """Return what a qualifier says of its figure; empty for an exact one. An unknown word is its own meaning."""
    return _MEANING.get(qualifier, frozenset([qualifier])) if qualifier and qualifier != "范围" else frozenset()


def same_bound(said: str, source: str) -> bool:
    """Tell whether a qualifier may stand for the source's: 超过 for 余; not nothing for 近, nor 近 for 余."""
    left, right = meaning(said), meaning(source)
    return bool(left & right) if left or right else True
