"""Figures printed in digits: plain ones, ranges, ratios, fractions, and table cells with the unit in the header."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.zh.notnumbers import code_end, skipped
from ragpark.zh.quantity import REST, Quantity, figure, made, qualified, rank
from ragpark.zh.units import SCALE, SCALES, UNIT, base_unit

# Groups of three may be set apart by commas, or (GB/T 15835) by spaces where a unit follows: `1,840`, `2 800家`.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|"
    rf"[0-9]{{1,3}}(?:[ \u00a0\u2009\u202f][0-9]{{3}})+(?=(?:\.[0-9]+)?\s?(?:{SCALE}|{UNIT}))|[0-9]+)(?:\.[0-9]+)?"
)
_APART = re.compile(r"[,\s]")
_PLAIN = re.compile(rf"(?P<number>{ARABIC}){REST}")
_RANGE = re.compile(
    rf"(?P<low>{ARABIC})\s?(?P<low_scale>{SCALE})?(?P<low_unit>{UNIT})?\s?(?P<to>[—–~～-]+|至|到)\s?"
    rf"(?P<high>{ARABIC})\s?(?P<scale>{SCALE})?余?(?P<unit>{UNIT})?"
)
_RATIO = re.compile(rf"(?P<left>{ARABIC})\s?:\s?(?P<right>{ARABIC})(?![0-9:.]|\s?(?:{SCALE}|{UNIT}))")
_FRACTION = re.compile(r"(?P<part>[0-9]{1,3})/(?P<whole>[2-9]|10{1,3})(?![0-9/.年月日]|决赛)")

# The unit in the header, before the cell itself or before the row's cells:
# `2023年产值（亿元）：1006`; `地区生产总值（亿元）；2021年：2800.6；2022年：3015.8`.
_HEADER = re.compile(
    rf"[（(](?:单位\s?:\s?)?(?P<unit>(?:{SCALE})?(?:{UNIT}))[）)]\s?"
    r"(?:[；;][^；;:。（(]{1,20}:[^0-9；;:。（(]{0,4}[0-9.,]+\s?)*(?:[；;][^；;:。（(]{1,20})?:\s?$"
)
_SCALED = re.compile(rf"(?P<scale>{SCALE})?(?P<unit>.+)")
_CELL_END = re.compile(r"\s*(?:[；;。|]|\n|$)")

_DURATION = re.compile(r"(?:历时|用时|耗时|为期|长达|持续|历经|经过|历史|已有|距今|花)了?$")
_STRONG = frozenset(["元", "美元", "%", "‰", "百分点", "倍", "平方米", "平方公里", "家", "人"])  # also after letters
# A bare number is a figure after one of these words, or at the end of a clause; `985高校`, `G60`, `3大` are names.
_BARE_BEFORE = frozenset("有共为是达至到超约近逾余仅比:和计增减得获投建占成=由从")
_NAME_BEFORE = frozenset("码号第原话编区楼室图表式例栏附件版")
_NAME_AFTER = frozenset("强后版号路型系式大高代室楼弄幢线级-–—/.:+~～")
_JOINTS = frozenset(":/—–~～-至到")  # what can stand between the two numbers of a ratio, range or fraction
_CLAUSE_END = frozenset("，,。；;、！？!?）)】”’|\n")


def digit_figure(text: str, line: str, at: int, floor: int) -> tuple[Quantity | None, int]:
    """Return the quantity whose first digit is at `at` in the narrowed text (or None), and where to go on.

    `floor` is where the quantity before it ends: a qualifier does not reach further back.
    """
    found: Quantity | None
    if line[at - 1 : at] == "第" and (found := rank(text, line, at, floor)):
        return found, found.end
    if skip := skipped(line, at):
        return None, skip
    match = _PLAIN.match(line, at)
    if not match:
        return None, at + 1
    if line[match.end() : match.end() + 1] in _JOINTS:
        found = _ratio(text, line, at) or _range(text, line, at, floor) or _fraction(text, line, at, floor)
        if found:
            return found, found.end
    end_of_digits = match.end("number")
    if (code := _code(line, at, match)) > 0:
        return None, max(code, end_of_digits)
    if match["scale"] and match["unit"] == "级":
        return None, match.end()  # `4个万亿级产业` counts industries
    sign = _sign(line, at, match["unit"])
    if not match["unit"] and not match["scale"]:
        if found := _cell(text, line, at, end_of_digits, sign, floor):
            return found, found.end
        if line[at - 1 : at] not in tuple("$¥") and not _bare_counts(line, at, match["number"], match.end()):
            return None, end_of_digits
    start, qualifier = qualified(line, at - sign, floor)
    recent = qualifier == "近" and not match["scale"] and match["unit"] in ("年", "个月", "天")
    if recent and not _DURATION.search(line, max(0, start - 3), start):
        return None, match.end()  # 近5年 says when, not how long
    value = _decimal(match["number"]) * (-1 if sign else 1)
    found = figure(text, match, value, start, qualifier)
    if line[at - 1 : at] in tuple("$¥") and found.unit in ("", "元"):
        unit = "美元" if line[at - 1] == "$" else "元"
        found = made(text, min(start, at - 1), found.end, Decimal(str(found.value)), unit, found.qualifier)
    return found, match.end()


def _decimal(digits: str) -> Decimal:
    return Decimal(_APART.sub("", digits))


def _sign(line: str, at: int, unit: str | None) -> int:
    """Return how many characters before `at` make the number negative: `-1.2%` 1, `零下5℃` 2, `3-5家`, `园区-5家` 0."""
    if line[max(0, at - 2) : at] == "零下":
        return 2
    if line[at - 1 : at] != "-":
        return 0
    before = line[at - 2] if at > 1 else "\n"
    measured = "一" <= before <= "鿿" and unit in ("%", "‰", "个百分点", "百分点", "℃", "°C", "度")
    return 1 if measured or before in "（(:,，、；;|\n \u3000" else 0


def _ratio(text: str, line: str, at: int) -> Quantity | None:
    """`1.79∶1`; not `表1：30家`, `9:30`."""
    match = _RATIO.match(line, at)
    if not match or line[at - 1 : at] in tuple("图表式例栏附件") or not (right := _decimal(match["right"])):
        return None
    return made(text, at, match.end(), _decimal(match["left"]) / right, "比", "")


def _range(text: str, line: str, at: int, floor: int) -> Quantity | None:
    """`3—5年`, `60%—70%`, `3万至5万元`; not `3家到5家` (a change), `3-5` without a unit."""
    match = _RANGE.match(line, at)
    if not match or not (match["scale"] or match["unit"]) or match["low"][0] == "0" != match["low"][:2].strip("."):
        return None
    same = match["low_unit"] is None or match["low_unit"] == match["unit"]
    if not same or (match["to"] in "至到" and match["low_unit"] not in (None, "%", "‰", "℃", "度")):
        return None
    scale = match["low_scale"] or match["scale"]
    if not match["low_scale"] and _decimal(match["low"]) > _decimal(match["high"]):
        return None
    unit, factor = base_unit(match["unit"] or "")
    value = _decimal(match["low"]) * factor * (SCALES[scale] if scale else 1)
    return made(text, qualified(line, at, floor)[0], match.end(), value, unit, "范围")


def _fraction(text: str, line: str, at: int, floor: int) -> Quantity | None:
    """`1/3` of something, in `%`; not `3/1`, `1/8决赛`, `5/12/2023`."""
    match = _FRACTION.match(line, at)
    if not match or not 0 < int(match["part"]) < int(match["whole"]) or line[at - 1 : at] in ("/", "."):
        return None
    start, qualifier = qualified(line, at, floor)
    return made(text, start, match.end(), Decimal(match["part"]) * 100 / Decimal(match["whole"]), "%", qualifier)


def _code(line: str, at: int, match: re.Match[str]) -> int:
    """Return where the code ends that the number is part of (`5G`, `A1地块`), 0 for a figure (`16nm`, `GDP36亿元`)."""
    unit = match["unit"]
    if match["scale"] or (unit and base_unit(unit)[0] in _STRONG):
        return 0
    code = code_end(line, at, match.end("number"))
    letter_before = line[at - 1 : at].isascii() and line[at - 1 : at].isalpha()
    return 0 if unit and unit.isascii() and match.end("unit") >= code and not letter_before else code


def _cell(text: str, line: str, at: int, end: int, sign: int, floor: int) -> Quantity | None:
    start, qualifier = qualified(line, at - sign, floor)
    if line[start - 1 : start] not in (":", " ") or not _CELL_END.match(line, end):
        return None
    header = _HEADER.search(line, max(0, start - 100), start)
    parts = header and _SCALED.match(header["unit"])
    if not header or not parts:
        return None
    unit, factor = base_unit(parts["unit"])
    value = _decimal(line[at:end]) * factor * (SCALES[parts["scale"]] if parts["scale"] else 1) * (-1 if sign else 1)
    return made(text, start, end, value, unit, qualifier, header["unit"])


def _bare_counts(line: str, at: int, number: str, end: int) -> bool:
    """Tell whether a number without unit or multiple is a figure: `指数为329.4`; not a year, `985高校`, `007`."""
    before, after = line[at - 1 : at], line[end : end + 1]
    if after in _NAME_AFTER or before in _NAME_BEFORE or (before.isascii() and before.isalpha()):
        return False
    if re.fullmatch(r"(?:1[89]|20)\d\d|0\d+|\d{9,}|\d+\.0", number):
        return False
    if "." in number or "," in number:
        return True
    ends = not after or after in _CLAUSE_END
    if len(number) == 1:
        return ends and before in _BARE_BEFORE and before != ":"
    return before in _BARE_BEFORE or (ends and bool(before) and "一" <= before <= "鿿")
