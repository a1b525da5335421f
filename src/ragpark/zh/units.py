"""What units and multiples are worth. Which there are is data (`notions/units.toml`); finds no numbers itself."""

from __future__ import annotations

from decimal import Decimal

from ragpark.zh.wording import notion

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
_FACTORS = {"成": Decimal(10), "折": Decimal(10), "万人": Decimal(10**4)}


def scale_value(scale: str | None) -> Decimal:
    """Return what a multiple is worth: `万` → 10⁴, `千亿` → 10¹¹, `万亿` and `兆` → 10¹²; 1 for none."""
    return Decimal(10) ** sum(_POWERS[character] for character in scale or "")


def base_unit(unit: str) -> tuple[str, Decimal]:
    """Return the unit's one name and what the number is multiplied by: `km` → (`公里`, 1), `成` → (`%`, 10)."""
    name = notion("plain_unit").means.get(unit) or notion("latin_unit").means.get(unit, unit)
    return name, _FACTORS.get(unit, Decimal(1))
