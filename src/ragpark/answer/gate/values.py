"""When two figures are the same: value, unit, and the qualifier that bounds it (余, 近, 超). Knows no years."""

from __future__ import annotations

import re

from ragpark.zh.numbers import Quantity
from ragpark.zh.quantity import NARROW
from ragpark.zh.wording import words_of

ABOVE, AT_LEAST, NEAR, BELOW, AT_MOST, ABOUT = "多于", "不少于", "接近", "不足", "不超过", "大约"

# Which notions of bounds say which meaning, and the signs that figures carry themselves. `以上` includes its figure in
# law and means more than it in the press; `以下` alike.
_NOTIONS = {"over_before": ABOVE, "over_after": ABOVE, "near_before": NEAR, "under_before": BELOW, "about": ABOUT}
_SIGNS = {"≥": AT_LEAST, "≤": AT_MOST, **dict.fromkeys("多＞>上", ABOVE), **dict.fromkeys("＜<", BELOW)}
_SIGNS |= dict.fromkeys("来±", ABOUT)
_SAME_UNIT = {"名": "人", "员": "人", "周年": "年"}


def same_unit(left: str, right: str) -> bool:
    """Tell whether two units are one: `人` and `名`; not `家` and `个`."""
    return _SAME_UNIT.get(left, left) == _SAME_UNIT.get(right, right)


def same_value(left: Quantity, right: Quantity) -> bool:
    """Tell whether the numbers are equal, both ends of a range included: `22.89亿元` and `228900万元`."""
    if not close(left.value, right.value):
        return False
    ranges = left.qualifier == "范围", right.qualifier == "范围"
    if not any(ranges) or not all(ranges):
        return not any(ranges)
    one, other = (quantity.text.translate(NARROW).replace(",", "") for quantity in (left, right))
    return re.findall(r"[0-9.]+", one) == re.findall(r"[0-9.]+", other)


def close(left: float, right: float) -> bool:
    """Tell whether two numbers are equal but for how floats are kept."""
    return abs(left - right) <= 1e-9 * max(abs(left), abs(right), 1e-9)


def meaning(qualifier: str) -> frozenset[str]:
    """Return what a qualifier says of its figure; empty for an exact one. An unknown word is its own meaning."""
    if not qualifier or qualifier == "范围":
        return frozenset()
    for said in (_SIGNS.get(qualifier), *(m for name, m in _NOTIONS.items() if qualifier in words_of(name))):
        if said:
            return frozenset([said])
    if qualifier in words_of("at_least"):
        return frozenset([ABOVE, AT_LEAST] if qualifier.endswith("以上") else [AT_LEAST])
    if qualifier in words_of("at_most"):
        return frozenset([BELOW, AT_MOST] if qualifier.endswith("以下") else [AT_MOST])
    return frozenset([qualifier])


def same_bound(said: str, source: str) -> bool:
    """Tell whether a qualifier may stand for the source's: 超过 for 余; not nothing for 近, nor 近 for 余."""
    left, right = meaning(said), meaning(source)
    return bool(left & right) if left or right else True
