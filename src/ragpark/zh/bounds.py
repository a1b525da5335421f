"""What a printed figure leaves open: the range it stands for, and whether two figures can both be true."""

from __future__ import annotations

from decimal import Decimal

from ragpark.zh.line import read_line
from ragpark.zh.units import scale_value
from ragpark.zh.wording import rx, words_of

Range = tuple[float, float]

_PRINTED = r"(?P<whole>[0-9][0-9,]*)(?:\.(?P<part>[0-9]+))?\s?(?:余|多)?\s?(?P<scale>{scale})?"
_ROUND = r"^(?:{scale})+"  # `千亿元大关`: an order of magnitude, not a count


def possible(text: str, value: float, qualifier: str) -> Range:
    """Return the lowest and highest value that a figure printed as `text` stands for, in its base unit.

    `1800余家` → (1800, 1900): up to one more of its last digit that is not 0; `近2800家` → (2700, 2800);
    `22.89亿元` → (2288500000, 2289500000), half of the last digit printed, since such figures are rounded;
    `1840家` → (1840, 1840).
    """
    step = _step(value)
    if not qualifier:
        half = _rounding(text)
        return (value - step / 2, value + step) if _is_round(text) else (value - half, value + half)
    if _means(qualifier, "more_than_printed"):
        return value, value + step
    if _means(qualifier, "less_than_printed"):
        return value - step, value
    half = step / 2 if _means(qualifier, "about") or qualifier == "±" else _rounding(text)
    return value - half, value + half


def exact(text: str, qualifier: str) -> bool:
    """Tell whether the figure is given without a bound: `45家` is, `近2800家` and `千亿元` are not."""
    bounds = ("more_than_printed", "less_than_printed", "about")
    return qualifier != "±" and not any(_means(qualifier, name) for name in bounds) and not _is_round(text)


def agree(one: Range, other: Range) -> bool:
    """Tell whether two figures can both be true of one thing: `1800余家` and `1840家` can, `45家` and `66家` cannot."""
    slack = 1e-9 * max(abs(one[1]), abs(other[1]))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _means(qualifier: str, name: str) -> bool:
    return bool(qualifier) and qualifier in words_of(name)


def _is_round(text: str) -> bool:
    return bool(rx(_ROUND).match(read_line(text).text))


def _step(value: float) -> float:
    """Return one unit of the last digit that is not 0: 2800 → 100, 6.3 → 0.1, 1840 → 10; 0 for 0."""
    if not value:
        return 0.0
    exponent = Decimal(f"{value:.12g}").normalize().as_tuple().exponent
    return float(f"1e{exponent}")


def _rounding(text: str) -> float:
    """Return half of the last digit printed where a figure was rounded (`6.3万`, `5.16%`), 0 for a plain count."""
    match = rx(_PRINTED).search(read_line(text).text)
    if not match or not (match["part"] or match["scale"]):
        return 0.0
    return float(0.5 * float(scale_value(match["scale"])) * 10.0 ** -len(match["part"] or ""))
