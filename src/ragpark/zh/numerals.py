"""Chinese numerals: `四千二百`, `三点五`, `二〇二三`, `一万五`. Reads a whole numeral; finds none in a text."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_ONE = "[一二两三四五六七八九]"
# Below ten thousand, each place at most once and in order: 一千零五十, 二百三, 十五; not 四五, 百千, 十二十.
_SECTION = re.compile(rf"零?(?:{_ONE}?千)?(?:零?{_ONE}?百)?(?:零?{_ONE}?十)?(?:[零〇]?{_ONE})?")
_MYRIADS = {"兆": 10**12, "亿": 10**8, "万": 10**4}
_DIGITS = re.compile(r"[零〇一二三四五六七八九]+")
# `三百五` is 350, `两万三` 23000: a last digit right after a place means the next lower one (`三百零五` is 305).
_SHORT = re.compile(rf"(?P<place>[百千万亿])(?P<digit>{_ONE})$")


def numeral(text: str) -> float | None:
    """Return the value of a Chinese numeral, or None where it is no well-formed one.

    `四千二百` → 4200, `十五` → 15, `二〇二三` → 2023, `三点五` → 3.5, `一万亿` → 1e12; `十四五`, `百千`, `` → None.
    """
    value = exact(text)
    return None if value is None else float(value)


def exact(text: str) -> Decimal | None:
    """Return the numeral's exact value, or None; see `numeral`."""
    whole, point, decimals = text.partition("点")
    if point:
        units = exact(whole)
        if units is None or not _DIGITS.fullmatch(decimals):
            return None
        return units + Decimal("0." + "".join(str(_DIGIT[c]) for c in decimals))
    if _DIGITS.fullmatch(text):
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    value = _whole(text) if text else None
    if value is None:
        return None
    short = _SHORT.search(text) if len(text) > 2 else None
    if short:
        value += _DIGIT[short["digit"]] * ((_PLACE | _MYRIADS)[short["place"]] // 10 - 1)
    return Decimal(value)


def _whole(text: str) -> int | None:
    """Return the value of a whole numeral (`三亿五千万`, `万亿`), None for `百千`, `三万五万`."""
    for sign, worth in _MYRIADS.items():
        front, found, rest = text.rpartition(sign)
        if found:
            high, low = (_whole(front) if front else 1), _whole(rest)
            return None if high is None or low is None or sign in front else high * worth + low
    return _section(text) if _SECTION.fullmatch(text) else None


def _section(text: str) -> int:
    """Return the value of a numeral below ten thousand (`三千零五十` → 3050, `` → 0)."""
    total = digit = 0
    for character in text:
        if character in _DIGIT:
            digit = _DIGIT[character]
        else:
            total += (digit or 1) * _PLACE[character]
            digit = 0
    return total + digit
