"""Figures that an answer works out itself: differences, growth, multiples, shares, sums, means. Recomputed, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from ragpark.answer.gate.values import ABOUT, ABOVE, AT_LEAST, BELOW, NEAR, meaning, same_unit
from ragpark.read.readings import Reading
from ragpark.zh.quantity import NARROW
from ragpark.zh.units import scale_value
from ragpark.zh.wording import notion, rx

_GROWTH = "{change}|[增降减涨跌多少]"
_Result = tuple[str, float, Sequence[Reading], bool]


def recompute(claim: Reading, operands: Sequence[Reading]) -> str:
    """Return the formula that gives the claim (`58家 − 41家 = 17家`), or "" where none does.

    The clause must say what is reckoned (`多`, `合计`, `占`); the result must agree to the last digit printed. From
    figures that are not exact (`近2600家`) no exact one comes.
    """
    for formula, value, used, wrong in _results(claim, operands):
        inexact = any(meaning(operand.bound) for operand in used)
        if _agrees(claim, value) and not (inexact and not meaning(claim.bound)) and not wrong:
            return f"{formula} = {claim.quantity.shown}"
    return ""


def _results(claim: Reading, operands: Sequence[Reading]) -> Iterator[_Result]:
    """Yield (formula, value, what it uses, whether the clause names the wrong direction)."""
    clause, unit = claim.clause, claim.quantity.unit
    grows = bool(rx(_GROWTH).search(clause))
    like = [o for o in operands if same_unit(o.quantity.unit, "%" if unit == "百分点" else unit)]
    for a, b in permutations(operands, 2):
        x, y = a.quantity.value, b.quantity.value
        if x == y or not same_unit(a.quantity.unit, b.quantity.unit):
            continue
        first, second = a.quantity.shown, b.quantity.shown
        if y > x and a in like and unit != "%" and notion("difference_said").search(clause):
            earlier, later = max(a.years, default=0), max(b.years, default=0)
            dated = earlier and later and earlier != later and claim.way
            yield f"{second} − {first}", y - x, (a, b), bool(dated) and (claim.way > 0) != (later > earlier)
        if unit == "%" and grows and x:
            backwards = bool(a.years and b.years and max(a.years) > max(b.years))
            wrong = (y < x) != bool(notion("falling_said").search(clause)) or backwards
            yield f"({second} − {first}) ÷ {first}", abs((y - x) / x * 100), (a, b), wrong
        if unit == "倍" and x:
            yield f"{second} ÷ {first}", y / x, (a, b), grows
            yield f"{second} ÷ {first} − 1", y / x - 1, (a, b), not grows
        if unit == "%" and y and a.quantity.unit != "%" and notion("share").search(clause):
            yield f"{first} ÷ {second}", x / y * 100, (a, b), False
    if notion("sum_said").search(clause) and unit not in ("%", "百分点"):  # of figures listed one after the other
        runs = [like[i : i + n] for n in range(2, len(like) + 1) for i in range(len(like) - n + 1)]
        yield from ((" + ".join(o.quantity.shown for o in run), _sum(run), run, False) for run in runs)
    if notion("mean_said").search(clause):
        for group in (group for n in range(2, min(len(like), 6) + 1) for group in combinations(like, n)):
            shown = " + ".join(o.quantity.shown for o in group)
            yield f"({shown}) ÷ {len(group)}", _sum(group) / len(group), group, False


def _sum(group: Sequence[Reading]) -> float:
    return sum(operand.quantity.value for operand in group)


def _agrees(claim: Reading, value: float) -> bool:
    """Tell whether the value rounds to the figure printed; one bounded by 近 or 超 may lie up to 5 % beside it."""
    printed, bounds = claim.quantity.value, meaning(claim.bound)
    if abs(value - printed) <= 0.5 * _step(claim) + 1e-9 * abs(value):
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
    return float(scale_value(match["scale"])) * 10.0 ** -len(match["decimals"] or "") if match else 0.0
