"""Figures that an answer works out itself: differences, growth, multiples, shares, sums, means. Recomputed, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from ragpark.answer.gate.values import ABOUT, ABOVE, AT_LEAST, BELOW, NEAR, meaning, same_unit
from ragpark.read.readings import Reading
from ragpark.zh.quantity import NARROW
from ragpark.zh.units import scale_value
from ragpark.zh.wording import notion, rx

_GROWTH = "{change}|[增降减涨跌多少]"


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that may be reckoned with: one the answer states and the passages hold, or one of the passages."""

    value: float
    unit: str
    qualifier: str
    years: tuple[int, ...]
    shown: str


def recompute(claim: Reading, operands: Sequence[Operand]) -> str:
    """Return the formula that gives the claim (`58家 − 41家 = 17家`), or "" where none does.

    The clause must say what is reckoned (`多`, `合计`, `占`); the result must agree to the last digit printed. From
    figures that are not exact (`近2600家`) no exact one comes.
    """
    for formula, value, used, falls in _results(claim, operands):
        inexact = any(meaning(operand.qualifier) for operand in used)
        if _agrees(claim, value) and not (inexact and not meaning(claim.bound)) and not falls:
            return f"{formula} = {claim.quantity.shown}"
    return ""


def _results(claim: Reading, operands: Sequence[Operand]) -> Iterator[tuple[str, float, tuple[Operand, ...], bool]]:
    """Yield (formula, value, what it uses, whether the clause names the wrong direction)."""
    clause, unit = claim.clause, claim.quantity.unit
    like = [o for o in operands if same_unit(o.unit, "%" if unit == "百分点" else unit)]
    falling = bool(notion("falling_said").search(clause))
    if notion("difference_said").search(clause) and unit != "%":
        for a, b in permutations(like, 2):
            if b.value > a.value:
                later = max(b.years, default=0), max(a.years, default=0)
                risen = later[0] > later[1] if all(later) and later[0] != later[1] else None
                wrong = risen is not None and claim.way != 0 and (claim.way > 0) != risen
                yield f"{b.shown} − {a.shown}", b.value - a.value, (a, b), wrong
    if unit == "%" and rx(_GROWTH).search(clause):
        for a, b in _same_units(operands):
            if a.value:
                change = (b.value - a.value) / a.value * 100
                wrong = (change < 0) != falling
                yield f"({b.shown} − {a.shown}) ÷ {a.shown}", abs(change), (a, b), wrong or _backwards(a, b)
    if unit == "倍":
        for a, b in _same_units(operands):
            if a.value:
                yield f"{b.shown} ÷ {a.shown}", b.value / a.value, (a, b), bool(rx(_GROWTH).search(clause))
                yield f"{b.shown} ÷ {a.shown} − 1", b.value / a.value - 1, (a, b), not rx(_GROWTH).search(clause)
    if unit == "%" and notion("share").search(clause):
        for a, b in _same_units(operands):
            if b.value and a.unit != "%":
                yield f"{a.shown} ÷ {b.shown}", a.value / b.value * 100, (a, b), False
    if notion("sum_said").search(clause) and unit not in ("%", "百分点"):
        yield from _sums(like)
    if notion("mean_said").search(clause):
        for count in range(2, min(len(like), 6) + 1):
            for group in combinations(like, count):
                total = sum(o.value for o in group)
                yield f"({' + '.join(o.shown for o in group)}) ÷ {count}", total / count, group, False


def _sums(like: Sequence[Operand]) -> Iterator[tuple[str, float, tuple[Operand, ...], bool]]:
    """Yield the sums of neighbouring figures: those listed one after the other."""
    for count in range(2, len(like) + 1):
        for start in range(len(like) - count + 1):
            group = tuple(like[start : start + count])
            yield " + ".join(o.shown for o in group), sum(o.value for o in group), group, False


def _same_units(operands: Sequence[Operand]) -> Iterator[tuple[Operand, Operand]]:
    for a, b in permutations(operands, 2):
        if same_unit(a.unit, b.unit) and a.value != b.value:
            yield a, b


def _backwards(start: Operand, end: Operand) -> bool:
    """Tell whether the figure taken as the earlier is of a later year."""
    return bool(start.years and end.years and max(start.years) > max(end.years))


def _agrees(claim: Reading, value: float) -> bool:
    """Tell whether the value rounds to the figure printed; one bounded by 近 or 超 may lie up to 5 % beside it."""
    printed = claim.quantity.value
    bounds = meaning(claim.bound)
    step = _step(claim)
    if abs(value - printed) <= 0.5 * step + 1e-9 * abs(value):
        return not bounds & {ABOVE, BELOW, NEAR} or value != printed
    if bounds & {ABOVE, AT_LEAST}:
        return printed <= value <= 1.05 * printed
    if bounds & {NEAR, BELOW}:
        return 0.95 * printed <= value <= printed
    return bool(bounds & {ABOUT}) and abs(value - printed) <= 0.01 * abs(printed)


def _step(claim: Reading) -> float:
    """Return what one more in the last printed digit is worth: `10.6亿元` → 1e7."""
    line = claim.quantity.text.translate(NARROW).replace(",", "")
    match = rx(r"[0-9]+(?:\.(?P<decimals>[0-9]+))?\s?(?P<scale>{scale})?").search(line)
    if not match:
        return 0.0
    return float(scale_value(match["scale"])) * 10.0 ** -len(match["decimals"] or "")
