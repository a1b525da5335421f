"""Units and multiples: where one ends and what it is worth. Which there are is data; finds no numbers itself."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from ragpark.zh.wording import notion, rx, words_of

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
_FACTORS = {"成": Decimal(10), "折": Decimal(10), "万人": Decimal(10**4)}


def scale_end(text: str, at: int) -> int:
    """Return where the multiple at `at` ends, `at` where there is none: `千亿元` → 2, `千瓦时` → 0."""
    match = rx("{scale}").match(text, at)
    return match.end() if match else at


def unit_end(text: str, at: int) -> int:
    """Return where the unit at `at` ends, a unit to a unit as one, `at` where there is none.

    `平方公里的` → 4, `微克/立方米` → 6, `元/百户` → 4; `台阶`, `kmh` → 0.
    """
    end = plain_unit_end(text, at)
    if end > at and text.startswith("/", end):
        for start in (scale_end(text, end + 1), end + 1):
            if (last := plain_unit_end(text, start)) > start:
                return last
    return end


def plain_unit_end(text: str, at: int) -> int:
    """Return where the single unit at `at` ends, `at` where there is none: `微克/立方米` → 2, `28nmx` from 2 → 2."""
    end = notion("latin_unit").end(text, at)
    if end > at and not _in_a_word(text[at - 1 : at], "") and not _in_a_word(text[end : end + 1], "0123456789²³"):
        return end
    return notion("plain_unit").end(text, at)


def measured(text: str, at: int) -> bool:
    """Tell whether a multiple or a unit stands at `at`, or after a white space there: `亿元`, ` km`; not `园区`."""
    at += text[at : at + 1].isspace()
    return scale_end(text, at) > at or unit_end(text, at) > at


@cache
def scale_value(scale: str | None) -> Decimal:
    """Return what a multiple is worth: `万` → 10⁴, `千亿` → 10¹¹, `万亿` and `兆` → 10¹²; 1 for none."""
    return Decimal(10) ** sum(_POWERS[character] for character in scale or "")


@cache
def base_unit(unit: str) -> tuple[str, Decimal]:
    """Return the unit's one name and what the number is multiplied by: `km` → (`公里`, 1), `成` → (`%`, 10)."""
    name = notion("plain_unit").means.get(unit) or notion("latin_unit").means.get(unit, unit)
    return name, _FACTORS.get(unit, Decimal(1))


@cache
def dimension(unit: str) -> str:
    """Return what a unit measures, by the notion that holds it, "" for none: `亩` → area_unit, `元/吨` → money_unit; people
    and things are both counted."""
    first = unit.split("/")[0]
    found = next((name for name in _DIMENSIONS if first in words_of(name)), "")
    return "thing_unit" if found == "person_unit" else found


_DIMENSIONS = tuple(f"{name}_unit" for name in "area volume length weight money power time rate person thing".split())


def _in_a_word(character: str, others: str) -> bool:
    return (character.isascii() and character.isalpha()) or (bool(character) and character in others)
