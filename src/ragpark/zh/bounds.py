"""What a printed figure leaves open: the range it stands for, and whether two figures can both be true."""

from __future__ import annotations

import re

from ragpark.zh.quantity import NARROW
from ragpark.zh.units import SCALE, SCALES

Range = tuple[float, float]

ABOVE = frozenset(
    "余 多 来 超 超过 超出 逾 突破 破 过 上 多于 高于 大于 不少于 不低于 不小于 至少 以上 及以上 ≥ ＞".split()
)
BELOW = frozenset(
    "近 接近 将近 几近 不足 不到 未满 少于 低于 小于 不超过 不高于 不多于 不大于 至多 最多 最高 以下 及以下 以内 之内 ≤ ＜".split()
)
ABOUT = frozenset("约 大约 约为 约合 左右 上下 ±".split())

_BARE = re.compile(r"[百千万亿萬億]")  # `千亿元大关`: an order of magnitude, not a count
_PRINTED = re.compile(rf"(?P<whole>[0-9][0-9,]*)(?:\.(?P<part>[0-9]+))?\s?(?:余|多)?\s?(?P<scale>{SCALE})?")


def possible(text: str, value: float, qualifier: str) -> Range:
    """Return the lowest and highest value that a figure printed as `text` stands for, in its base unit.

    `1800余家` → (1800, 1900): up to one more of its last digit that is not 0; `近2800家` → (2700, 2800);
    `22.89亿元` → (2288500000, 2289500000), half of the last digit printed, since such figures are rounded;
    `1840家` → (1840, 1840).
    """
    step = _step(value)
    if not qualifier and _BARE.match(text):
        return value - step / 2, value + step
    if qualifier in ABOVE:
        return value, value + step
    if qualifier in BELOW:
        return value - step, value
    if qualifier in ABOUT:
        return value - step / 2, value + step / 2
    half = _rounding(text)
    return value - half, value + half


def exact(text: str, qualifier: str) -> bool:
    """Tell whether the figure is given without a bound: `45家` is, `近2800家` and `千亿元` are not."""
    return qualifier not in ABOVE | BELOW | ABOUT and not _BARE.match(text)


def agree(one: Range, other: Range) -> bool:
    """Tell whether two figures can both be true of one thing: `1800余家` and `1840家` can, `45家` and `66家` cannot."""
    slack = 1e-9 * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _step(value: float) -> float:
    """Return one unit of the last digit that is not 0: 2800 → 100, 6.3 → 0.1, 1840 → 10; 0 for 0."""
    digits = f"{abs(value):.12g}"
    if "e" in digits:
        digits = f"{abs(value):.0f}"
    if not digits.strip("0."):
        return 0.0
    if "." in digits:
        return float(10.0 ** -len(digits.split(".")[1]))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _rounding(text: str) -> float:
    """Return half of the last digit printed where a figure was rounded (`6.3万`, `5.16%`), 0 for a plain count."""
    match = _PRINTED.search(text.translate(NARROW))
    if not match or not (match["part"] or match["scale"]):
        return 0.0
    scale = float(SCALES[match["scale"]]) if match["scale"] else 1.0
    return float(0.5 * scale * 10.0 ** -len(match["part"] or ""))
