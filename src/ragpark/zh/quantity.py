"""The record of a quantity, and what figures in digits and in words share: qualifier, rank, value. Searches no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from ragpark.zh.line import NARROW as NARROW
from ragpark.zh.line import tidy
from ragpark.zh.numerals import exact
from ragpark.zh.units import base_unit, scale_value, unit_end
from ragpark.zh.wording import rx

ARABIC = r"(?:10\^-?[0-9]+|(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:\s?[×*]\s?10\^-?[0-9]+)?)"
_POWER = re.compile(r"(?:(?P<front>[0-9.,]+?)\s?[×*]\s?)?10\^(?P<power>-?[0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `text` as printed at [start:end] with qualifier, `value` in the base unit.

    `近2800家` → value 2800, unit `家`, qualifier `近`; `22.89亿元` → 2289000000, `元`; `6.3万人` → 63000, `人`.
    A range has its lower end as value and `范围` as qualifier; a rank has the unit `位`, a ratio `比`, and a
    fraction (`三成`, `1/3`, `百分之五`) is in `%`.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    qualifier: str
    shown_unit: str = ""  # for a table cell, whose unit stands in the header: `产值（亿元）：1006`

    @property
    def shown(self) -> str:
        """The figure as a reader wants it: whole, without layout and note marks, with the unit from a table's header."""
        return tidy(self.text) + self.shown_unit


_BEFORE = r"(?P<word>{at_least_before}|{at_most_before}|{about_before}|[≥≤±＞＜><])了?\s?$"
# Between a number and its unit: `余`, a multiple and more (`1亿3000万`).
_BETWEEN = (
    r"\s?(?P<infix>{more_than})?(?:\s?(?P<scale>{scale})(?P<more>(?:[0-9]+(?:\.[0-9]+)?(?:{scale}))*))?"
    r"(?P<infix2>{more_than})?\s?"
)
_AFTER = "{at_least_after}|{at_most_after}|{about_after}|{more_after}"
_MORE = r"(?P<n>[0-9]+(?:\.[0-9]+)?)(?P<scale>{scale})"

# `位居全国高新区第三`, `列全市第一`, `全国第二`; `均列苏州市第一`, `保持省、市第一` where the clause ends with the rank.
_PLACED = r"(?:(?:{rank_verb}|[居列排])(?:{ranked_among})?|{ranked_among})(?:[一-鿿]{0,5}{park_end})?第$"
_PLACED_BY_PLACE = r"(?:(?:{rank_verb}|[居列排]|保持)[一-鿿、]{1,8}|省、市|(?:(?<![一-鿿])|(?<=[全和及与]))[省市县])第$"
_CLAUSE_ENDS = re.compile(r"(?:位|名)?\s*(?:[，,。；;、！!）)]|$)")
_RANK = r"(?P<n>[一二三四五六七八九十]{1,3}|[0-9]{1,3})(?:位|名)?(?![0-9一二三四五六七八九十百—–-]|{ordinal_of})"


def number(digits: str) -> Decimal:
    """Return the value of digits as `ARABIC` matches them: `1,840` → 1840, `1.2×10^4` → 12000."""
    if power := _POWER.fullmatch(digits):
        return number(power["front"] or "1") * Decimal(10) ** int(power["power"])
    return Decimal(re.sub(r"[,\s]", "", digits))


class Counted(NamedTuple):
    """A number as printed from `start` on, and what follows it, each "" where it is missing.

    `2亿3千万多元以上`: digits `2`, scale `亿`, more `3千万`, infix `多`, unit `元`, after `以上`.
    """

    start: int
    digits: str
    infix: str
    scale: str
    more: str
    unit_start: int
    unit: str
    after: str
    end: int

    @property
    def digits_end(self) -> int:
        return self.start + len(self.digits)

    @property
    def unit_end(self) -> int:
        return self.unit_start + len(self.unit)

    def by_form(self, line: str) -> Counted | None:
        """Return the number with a measure word that no list knows (`37羽`), or None."""
        unit = rx("{unit_by_form}").match(line, self.unit_start)
        if not unit:
            return None
        after = _after(line, unit.end())
        return self._replace(unit=unit[0], after=after, end=unit.end() + len(after))


def counted(line: str, at: int, pattern: str) -> Counted:
    """Return the number at `at`, written as the pattern says, with what follows it."""
    match = rx(f"(?P<digits>{pattern}){_BETWEEN}").match(line, at)
    if not match:
        raise ValueError(f"no number at {at} of {line!r}")
    infix = match["infix"] or match["infix2"] or ""
    start = match.end()
    end = unit_end(line, start)
    after = _after(line, end)
    scale, more = match["scale"] or "", match["more"] or ""
    return Counted(at, match["digits"], infix, scale, more, start, line[start:end], after, end + len(after))


def _after(line: str, at: int) -> str:
    match = rx(_AFTER).match(line, at)
    return match[0] if match else ""


def closes(line: str, at: int) -> bool:
    """Tell whether a clause ends at `at`: a mark that ends one stands there, or nothing."""
    return at >= len(line) or line[at] in "，,。；;、！？!?）)】”’|\n"


def made(line: str, start: int, end: int, value: Decimal, unit: str, qualifier: str, shown_unit: str = "") -> Quantity:
    """Return the quantity at line[start:end], white space at its end left out."""
    while line[end - 1].isspace():
        end -= 1
    return Quantity(start, end, line[start:end], float(value), unit, qualifier, shown_unit)


def qualified(line: str, at: int, floor: int) -> tuple[int, str]:
    """Return where the figure at `at` starts with its qualifier, not before `floor`, and the qualifier (or "")."""
    match = rx(_BEFORE).search(line, max(floor, at - 6), at)
    return (match.start(), match["word"]) if match else (at, "")


def rank(line: str, at: int, floor: int) -> Quantity | None:
    """Return the rank whose number is at `at` (`全市第一`, `列第12位`), or None: `第27批`, `第三代`, a bare `第一`.

    `均列苏州市第一`, `省、市第一` are ranks where the clause ends with them; `市第一人民医院` is a name.
    """
    match = rx(_RANK).match(line, at)
    if not match:
        return None
    prefix = rx(_PLACED).search(line, max(floor, at - 16), at)
    if not prefix and _CLAUSE_ENDS.match(line, match.end("n")):
        prefix = rx(_PLACED_BY_PLACE).search(line, max(floor, at - 16), at)
    value = exact(match["n"]) if not match["n"].isdigit() else Decimal(match["n"])
    return made(line, prefix.start(), match.end(), value, "位", "") if prefix and value else None


def first_place(line: str, at: int, floor: int) -> Quantity | None:
    """Return the rank at `首位` (`稳居全国首位`, `居中部首位`), or None: a bare `首位`."""
    if not line.startswith("首位", at):
        return None
    prefix = rx("(?:(?:{rank_verb}|[居列排])[一-鿿]{0,8}|{ranked_among})$").search(line, max(floor, at - 14), at)
    return made(line, prefix.start(), at + 2, Decimal(1), "位", "") if prefix else None


def figure(line: str, found: Counted, value: Decimal, start: int, qualifier: str) -> Quantity:
    """Return the quantity of a number of this value with what follows it; `start` is where its qualifier stands."""
    value *= scale_value(found.scale)
    for part in rx(_MORE).finditer(found.more) if found.more else ():
        value += Decimal(part["n"]) * scale_value(part["scale"])
    unit, factor = base_unit(found.unit)
    more = "多" if found.unit == "个多月" else ""
    return made(line, start, found.end, value * factor, unit, qualifier or found.infix or found.after or more)
