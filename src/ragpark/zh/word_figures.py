"""Figures written in Chinese words: `四千二百余家`, `超万家`, `三成五`, `百分之五`; not `一批`, `三方`, `十分`."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.zh.digit_figures import ARABIC
from ragpark.zh.numerals import exact
from ragpark.zh.quantity import REST, Quantity, figure, made, qualified, rank

_NUMERAL = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+(?![十分钟半]))?"
_WORDS = re.compile(rf"(?P<number>{_NUMERAL}){REST}")
_PARTS = re.compile(rf"(?P<whole>{_NUMERAL})分之(?P<part>{ARABIC}|{_NUMERAL})(?P<after>以上|左右|多)?")
_TENTHS = re.compile(
    r"(?P<tens>[一两二三四五六七八九])成(?![立为功果本员就都长套熟效型交品分年新]|不变|天)"
    r"(?P<ones>[一二三四五六七八九半](?![成个]))?(?P<after>以上|左右|多)?"
)
_DOUBLED = re.compile(r"(?P<n>[一两二三四])番")

# After a numeral of several characters these are words as often as units: `三十二届`, `二十级`, `百度`.
_UNSURE = frozenset("分度里级字口头门章节卷代任首站组队股班道对根斤日周期轮届球局尺寸块批层成集孔床")
# After a single numeral these are measures, those below counted things: `两个校区`, `三家企业`; not `一个`, `四个“新”`,
# `两个方面`, `三件事`.
_MEASURE = (
    "倍|个百分点|百分点|公里|平方公里|平方米|亩|公顷|米|吨|小时|个小时|分钟|个月|个多月|个半月|岁|元|美元|千瓦|周年"
)
_MEASURES = frozenset(_MEASURE.split("|"))
_COUNTED = frozenset("家所个人名位座项件户条种次场部栋艘")
# `历时三年`, `三年左右` last; `三年目标`, `近三年`, `三年内`, `大学三年级` do not.
_LASTING = re.compile(r"(?:历时|用时|耗时|为期|长达|持续|连续|历经|经过|已有|任期|花)了?$")
_LASTED = re.compile(r"左右|之久|多|以上|(?:的)?时间")


def word_figure(text: str, line: str, at: int, floor: int) -> tuple[Quantity | None, int]:
    """Return the quantity whose first numeral is at `at` in the narrowed text (or None), and where to go on.

    `floor` is where the quantity before it ends: a qualifier does not reach further back.
    """
    before = line[at - 1 : at]
    if before == "第" and (found := rank(text, line, at, floor)):
        return found, found.end
    found = _tenths(text, line, at, floor) or _parts(text, line, at, floor) or _doubled(text, line, at)
    if found:
        return found, found.end
    match = _WORDS.match(line, at)
    if not match:
        return None, at + 1
    start, qualifier = qualified(line, at, floor)
    if before == "上" and match["number"][0] in "百千万亿" and line[max(0, at - 2)] not in "以海路线网之地":
        start, qualifier = max(at - 1, floor), "上"
    value = exact(match["number"])
    bound = qualifier or (before if before in tuple("达过破") else "")
    if before == "第" or value is None or not _counts(line, match, value, before, bound):
        return None, match.end("number")
    return figure(text, match, value, start, qualifier), match.end()


def _tenths(text: str, line: str, at: int, floor: int) -> Quantity | None:
    """`三成`, `两成半`, `近三成五`; not `六七成`, `一成不变`, `三成立`."""
    match = _TENTHS.match(line, at)
    if not match or line[at - 1 : at] in tuple("一二三四五六七八九十几数第"):
        return None
    ones = Decimal(5) if match["ones"] == "半" else exact(match["ones"] or "零") or Decimal(0)
    tens = exact(match["tens"]) or Decimal(0)
    start, qualifier = qualified(line, at, floor)
    return made(text, start, match.end(), tens * 10 + ones, "%", qualifier or match["after"] or "")


def _parts(text: str, line: str, at: int, floor: int) -> Quantity | None:
    """`百分之三十五`, `三分之一`, `千分之5`, all in `%` (per mille in `‰`)."""
    match = _PARTS.match(line, at)
    if not match:
        return None
    whole = exact(match["whole"])
    part = Decimal(re.sub(r"[,\s]", "", match["part"])) if match["part"][0] in "0123456789" else exact(match["part"])
    if not whole or part is None:
        return None
    start, qualifier = qualified(line, at, floor)
    value, unit = (part, "‰") if whole == 1000 else (part * 100 / whole, "%")
    return made(text, start, match.end(), value, unit, qualifier or match["after"] or "")


def _doubled(text: str, line: str, at: int) -> Quantity | None:
    """`翻一番` is twice as much, `翻两番` four times."""
    match = _DOUBLED.match(line, at)
    turned = match and re.search("翻了?$", line[max(0, at - 2) : at])
    if not match or not turned:
        return None
    return made(text, at - len(turned[0]), match.end(), Decimal(2) ** int(exact(match["n"]) or 1), "倍", "")


def _counts(line: str, match: re.Match[str], value: Decimal, before: str, qualifier: str) -> bool:
    """Tell whether the numeral is a figure, not part of a word or a name (`一批`, `三方`, `十分`, `万一`, `双一流`)."""
    number, unit = match["number"], match["unit"] or ""
    after = line[match.end() : match.end() + 1]
    if before in tuple("几数若") or (number[0] in "百千万亿" and not set(number) <= set("百千万亿")):
        return False
    bounded = bool(qualifier or match["infix"])
    if set(number) <= set("百千万亿"):  # `超万家`, `百余家`, `突破千亿元`; not `万家灯火`, `千亿级`
        return bounded and (bool(unit and unit != "级") or (number[-1] == "亿" and after not in tuple("级欧")))
    if len(number) == 1:
        if unit == "年":
            lasting = _LASTING.search(line, max(0, match.start() - 4), match.start())
            return bool(lasting or match["after"] or _LASTED.match(line, match.end("unit")))
        if unit in _MEASURES or (match["infix"] and unit and unit not in _UNSURE):
            return True
        if unit not in _COUNTED or number == "一" or before in tuple("“‘"):
            return False  # a slogan: `“三个千亿”`
        return bool(qualifier) or (after not in tuple("“‘方环层一代全帮渠") and unit not in tuple("件次"))
    if not set(number) & set("十百千万亿点"):
        return False  # `三五家`, `一二三`, `二〇二三年`
    if unit:
        if unit == "年" and before == "近":
            return False
        return unit not in _UNSURE or (unit != "级" and (bounded or value >= 100))
    return number[-1] in "万亿" and after != "级" and (bounded or not after or after in "，,。；;、）)大台")
