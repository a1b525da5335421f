"""Figures written in Chinese words: `四千二百余家`, `超万家`, `三成五`, `百分之五`; not `一批`, `三方`, `十分`."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.zh.numerals import exact
from ragpark.zh.quantity import ARABIC, Counted, Quantity, closes, counted, figure, made, number, qualified, rank
from ragpark.zh.units import base_unit, scale_value, unit_end
from ragpark.zh.wording import rx, words_of

_NUMERAL = r"[零〇一二两三四五六七八九十百千万亿兆]+(?:点[零〇一二三四五六七八九]+(?![十分钟半]))?"
_PARTS = rf"(?P<whole>{_NUMERAL})分之(?P<part>{ARABIC}|{_NUMERAL})(?P<after>{{at_least_after}}|{{about_after}}|多)?"
_TENTHS = (
    r"(?P<tens>[一两二三四五六七八九])(?:成|(?P<fine>[一二三四五六七八九])?折)"
    r"(?P<ones>(?<=成)[一二三四五六七八九半](?![成个]))?(?P<after>{at_least_after}|{about_after}|多)?"
)
_DOUBLED = re.compile(r"(?P<n>[一两二三四])番")
# `七八十家`, `两三百人`, `十七八个`: two digits in order make a range.
_TWIN = r"(?P<ten>十?)(?P<low>[一两二三四五六七八])(?P<high>[二两三四五六七八九])(?P<place>[十百千]?(?:{scale})?)\s?"
_RANGE = re.compile(rf"(?P<low>{_NUMERAL})(?:[—–~～-]+|至|到)(?P<high>{_NUMERAL})\s?")
_DIGITS = "一二三四五六七八九"
_PLACES = frozenset("百千万亿兆")


def word_figure(line: str, at: int, floor: int) -> tuple[Quantity | None, int]:
    """Return the quantity whose first numeral is at `at` of a line as read (or None), and where to go on.

    `floor` is where the quantity before it ends: a qualifier does not reach further back.
    """
    before = line[at - 1 : at]
    if before == "第" and (found := rank(line, at, floor)):
        return found, found.end
    found = (
        _lapse(line, at, floor)
        or _tenths(line, at, floor)
        or _parts(line, at, floor)
        or _doubled(line, at)
        or _range(line, at, floor)
    )
    if found:
        return found, found.end
    read = counted(line, at, _NUMERAL)
    start, qualifier = qualified(line, at, floor)
    if before == "上" and read.digits[0] in _PLACES and line[max(0, at - 2)] not in "以海路线网之地":
        start, qualifier = max(at - 1, floor), "上"
    value = exact(read.digits)
    bound = qualifier or (before if before in tuple("达过破") else "")
    if before == "第" or value is None:
        return None, read.digits_end
    if not read.unit:
        read = _by_form(line, read, bound) or read
    if not _counts(line, read, value, before, bound):
        return None, read.digits_end
    return figure(line, read, value, start, qualifier), read.end


def _by_form(line: str, read: Counted, bound: str) -> Counted | None:
    """`四十二畦。`: a numeral of several places with a measure word that no list knows, where all else is sure."""
    if not set(read.digits) & set("十百千万") or len(read.digits) < 2 or not (found := read.by_form(line)):
        return None
    before = line[read.start - 1 : read.start]
    return found if closes(line, found.end) or bound or found.infix or before in words_of("counted_before") else None


def _lapse(line: str, at: int, floor: int) -> Quantity | None:
    """`十五日内`, `百天以内`: how long, as `15日内`; not `五月十五日内`."""
    match = _LAPSE.match(line, at)
    value = exact(match["n"]) if match else None
    if match is None or value is None or line[at - 1 : at] in tuple("月近第几数"):
        return None
    start, qualifier = qualified(line, at, floor)
    return made(line, start, match.end(), value, match["unit"], qualifier)


_LAPSE = re.compile(rf"(?P<n>{_NUMERAL})(?P<unit>[日天])(?=[之以]?内)")


def _tenths(line: str, at: int, floor: int) -> Quantity | None:
    """`三成`, `两成半`, `近三成五`, `打八五折`; not `六七成`, `一成不变`, `三成立`, `一波三折`."""
    match = rx(_TENTHS).match(line, at)
    if not match or line[at - 1 : at] in tuple("一二三四五六七八九十几数第"):
        return None
    sign = at + 2 if match["fine"] else at + 1
    if not rx("{rate_unit}").match(line, sign) or (line[sign] == "折" and line[at - 1 : at] not in tuple("打为按享")):
        return None
    ones = Decimal(5) if match["ones"] == "半" else exact(match["fine"] or match["ones"] or "零") or Decimal(0)
    tens = exact(match["tens"]) or Decimal(0)
    start, qualifier = qualified(line, at, floor)
    return made(line, start, match.end(), tens * 10 + ones, "%", qualifier or match["after"] or "")


def _parts(line: str, at: int, floor: int) -> Quantity | None:
    """`百分之三十五`, `三分之一`, `千分之5`, all in `%` (per mille in `‰`)."""
    match = rx(_PARTS).match(line, at)
    if not match:
        return None
    whole = exact(match["whole"])
    part = number(match["part"]) if match["part"][0] in "0123456789" else exact(match["part"])
    if not whole or part is None:
        return None
    start, qualifier = qualified(line, at, floor)
    value, unit = (part, "‰") if whole == 1000 else (part * 100 / whole, "%")
    return made(line, start, match.end(), value, unit, qualifier or match["after"] or "")


def _doubled(line: str, at: int) -> Quantity | None:
    """`翻一番` is twice as much, `翻两番` four times."""
    match = _DOUBLED.match(line, at)
    turned = match and re.search("翻了?$", line[max(0, at - 2) : at])
    if not match or not turned:
        return None
    return made(line, at - len(turned[0]), match.end(), Decimal(2) ** int(exact(match["n"]) or 1), "倍", "")


def _range(line: str, at: int, floor: int) -> Quantity | None:
    """`七八十家`, `三至五家`, `十七八个`: the lower end counts; not `三五家`, `六七成`, `三家到五家`."""
    start = qualified(line, at, floor)[0]
    if line[at - 1 : at] in tuple("几数第" + _DIGITS):
        return None
    if (twin := rx(_TWIN).match(line, at)) and (end := unit_end(line, twin.end())) > twin.end():
        low, high = (Decimal(exact(twin[digit]) or 0) for digit in ("low", "high"))
        if low < high and (twin["ten"] or twin["place"]):
            value = (Decimal(10) if twin["ten"] else Decimal(0)) + low * scale_value(twin["place"])
            unit, factor = base_unit(line[twin.end() : end])
            return made(line, start, end, value * factor, unit, "范围")
    match = _RANGE.match(line, at)
    if not match or (from_ := exact(match["low"])) is None or (to := exact(match["high"])) is None or from_ >= to:
        return None
    end = unit_end(line, match.end())
    if end == match.end() or match["low"][0] in _PLACES or rx("{slogan_after}").match(line, end):
        return None
    last = match["high"][-1]
    scale = last if last in "万亿" and match["low"][-1] not in "万亿" else ""  # 三至五万元
    unit, factor = base_unit(line[match.end() : end])
    return made(line, start, end, from_ * scale_value(scale) * factor, unit, "范围")


def _counts(line: str, read: Counted, value: Decimal, before: str, bound: str) -> bool:
    """Tell whether the numeral is a figure, not part of a word or a name (`一批`, `三方`, `十分`, `万一`, `双一流`)."""
    digits, unit, after = read.digits, read.unit, line[read.end : read.end + 1]
    if before in tuple("几数若") or (digits[0] in _PLACES and not set(digits) <= _PLACES):
        return False
    bounded = bool(bound or read.infix)
    if set(digits) <= _PLACES:  # `超万家`, `百余家`, `突破千亿元`; not `万家灯火`, `千亿级`
        return bounded and (bool(unit and unit != "级") or (digits[-1] == "亿" and after not in tuple("级欧")))
    if len(digits) == 1:
        return _one_counts(line, read, before, bound)
    if not set(digits) & (_PLACES | set("十点")):
        return False  # `三五家`, `一二三`, `二〇二三年`
    if unit:
        if unit == "年" and before == "近":
            return False
        return unit not in words_of("unsure_unit") or (unit != "级" and (bounded or value >= 100))
    return digits[-1] in "万亿兆" and after != "级" and (bounded or not after or after in "，,。；;、）)大台")


def _one_counts(line: str, read: Counted, before: str, bound: str) -> bool:
    """Tell whether a single numeral counts: `两倍`, `三家企业`, `历时三年`; not `一个`, `四个“新”`, `三件事`."""
    unit = read.unit
    if unit == "年":
        lasting = rx("{lasting}了?$").search(line, max(0, read.start - 4), read.start)
        return bool(lasting or read.after or rx("{lasted}").match(line, read.unit_end))
    if unit in words_of("sure_measure") or (read.infix and unit and unit not in words_of("unsure_unit")):
        return True
    if unit not in words_of("counted_unit") or read.digits == "一" or before in tuple("“‘"):
        return False  # a slogan: `“三个千亿”`
    return bool(bound) or not (rx("{slogan_after}").match(line, read.end) or unit in ("件", "次"))
