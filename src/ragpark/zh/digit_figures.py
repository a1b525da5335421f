"""Figures printed in digits: plain ones, ranges, ratios, fractions, and table cells with the unit in the header."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.zh.header_units import is_unit
from ragpark.zh.notnumbers import code_end, follows_indicator, skipped
from ragpark.zh.quantity import ARABIC, Counted, Quantity, closes, counted, figure, made, number, qualified, rank
from ragpark.zh.units import base_unit, measured, scale_end, scale_value, unit_end
from ragpark.zh.wording import rx, words_of

_JOINT = re.compile(r"\s?([—–~～-]+|[至到:/])\s?")  # between the two numbers of a range, ratio or fraction
_HIGH = rf"(?P<high>{ARABIC})\s?(?P<scale>{{scale}})?余?"
_RIGHT = re.compile(rf"{ARABIC}(?![0-9:.])")
_FRACTION = re.compile(r"(?P<part>[0-9]{1,3})/(?P<whole>[2-9]|10{1,3})(?![0-9/.年月日]|决赛)")
_DOUBLED = re.compile(r"翻了?$")

# The unit in the header, before the cell itself or before the row's cells:
# `2023年产值（亿元）：1006`; `地区生产总值（亿元）；2021年：2800.6；2022年：3015.8`.
_HEADER = re.compile(
    r"[（(](?:单位\s?:\s?)?(?P<unit>[^（(）)]{1,12})[）)]\s?"
    r"(?:[；;][^；;:。（(]{1,20}:[^0-9；;:。（(]{0,4}[0-9.,]+\s?)*(?:[；;][^；;:。（(]{1,20})?:\s?$"
)
_CELL_END = re.compile(r"\s*(?:[；;。|]|\n|$)")
_RECENT = ("年", "个月", "天")
_SPANNED = ("", "%", "‰", "℃", "度")  # stands at both ends of a range in words: `60%至70%`
_BELOW_ZERO = ("%", "‰", "百分点", "℃", "度")
_YEARLIKE = re.compile(r"(?:1[89]|20)\d\d")
_NO_COUNT = re.compile(r"(?:1[89]|20)\d\d|0\d+|\d{9,}|\d+\.0")


def digit_figure(line: str, at: int, floor: int) -> tuple[Quantity | None, int]:
    """Return the quantity whose first digit is at `at` of a line as read (or None), and where to go on.

    `floor` is where the quantity before it ends: a qualifier does not reach further back.
    """
    found: Quantity | None
    if line[at - 1 : at] == "第" and (found := rank(line, at, floor)):
        return found, found.end
    if skip := skipped(line, at):
        return None, skip
    read = counted(line, at, ARABIC)
    if joint := _JOINT.match(line, read.end):
        by = {":": _ratio, "/": _fraction}.get(joint[1], _range)
        if found := by(line, read, joint, floor):
            return found, found.end
    if (code := _code(line, read)) > 0:
        return None, max(code, read.digits_end)
    if read.scale and read.unit == "级":
        return None, read.end  # `4个万亿级产业` counts industries
    sign = _sign(line, at, read.unit)
    money = line[at - 1 : at] in tuple("$¥")
    if not read.unit and not read.scale:
        if found := _cell(line, read, sign, floor):
            return found, found.end
        if turned := _DOUBLED.search(line, max(0, at - 2), at) if line.startswith("番", read.digits_end) else None:
            value = Decimal(2) ** min(int(number(read.digits)), 60)
            return made(line, turned.start(), read.digits_end + 1, value, "倍", ""), read.digits_end + 1
        read = (not money and _by_form(line, read)) or read
        if not read.unit and not money and not _bare_counts(line, read):
            return None, read.digits_end
    elif read.scale and not read.unit and (closed := _by_form(line, read)) and closes(line, closed.end):
        read = closed
    start, qualifier = qualified(line, at - sign, floor)
    recent = qualifier == "近" and not read.scale and read.unit in _RECENT
    if recent and not rx("{lasting}了?$").search(line, max(0, start - 3), start):
        return None, read.end  # 近5年 says when, not how long
    found = figure(line, read, number(read.digits) * (-1 if sign else 1), start, qualifier)
    if money and found.unit in ("", "元"):
        unit = "美元" if line[at - 1] == "$" else "元"
        found = made(line, min(start, at - 1), found.end, Decimal(str(found.value)), unit, found.qualifier)
    return found, read.end


def _sign(line: str, at: int, unit: str | None) -> int:
    """Return how many characters before `at` make the number negative: `-1.2%` 1, `零下5℃` 2, `3-5家`, `园区-5家` 0."""
    if line[max(0, at - 2) : at] == "零下":
        return 2
    if line[at - 1 : at] != "-":
        return 0
    before = line[at - 2] if at > 1 else "\n"
    measured = "一" <= before <= "鿿" and base_unit(unit or "")[0] in _BELOW_ZERO
    return 1 if measured or before in "（(:,，、；;|\n \u3000" else 0


def _ratio(line: str, left: Counted, joint: re.Match[str], floor: int) -> Quantity | None:
    """`1.79∶1`; not `表1：30家`, `9:30`."""
    right = _RIGHT.match(line, joint.end())
    if not right or measured(line, right.end()) or left.end > left.unit_start or left.scale or left.infix:
        return None
    if rx("{name_before}$").search(line, max(0, left.start - 2), left.start) or not (divisor := number(right[0])):
        return None
    return made(line, left.start, right.end(), number(left.digits) / divisor, "比", "")


def _range(line: str, low: Counted, joint: re.Match[str], floor: int) -> Quantity | None:
    """`3—5年`, `60%—70%`, `3万至5万元`; not `3家到5家` (a change), `3-5` without a unit."""
    high = rx(_HIGH).match(line, joint.end())
    if not high or low.infix or low.more or low.after or low.digits[0] == "0" != low.digits[:2].strip("."):
        return None
    end = unit_end(line, high.end())
    unit, scale = line[high.end() : end], high["scale"]
    if not (scale or unit) or low.unit not in ("", unit) or (joint[1] in "至到" and low.unit not in _SPANNED):
        return None
    if not low.scale and number(low.digits) > number(high["high"]):
        return None
    unit, factor = base_unit(unit)
    value = number(low.digits) * factor * scale_value(low.scale or scale)
    return made(line, qualified(line, low.start, floor)[0], end, value, unit, "范围")


def _fraction(line: str, part: Counted, joint: re.Match[str], floor: int) -> Quantity | None:
    """`1/3` of something, in `%`; not `3/1`, `1/8决赛`, `5/12/2023`."""
    at = part.start
    match = _FRACTION.match(line, at)
    if not match or not 0 < int(match["part"]) < int(match["whole"]) or line[at - 1 : at] in ("/", "."):
        return None
    start, qualifier = qualified(line, at, floor)
    return made(line, start, match.end(), Decimal(match["part"]) * 100 / Decimal(match["whole"]), "%", qualifier)


def _code(line: str, read: Counted) -> int:
    """Return where the code ends that the number is part of (`5G`, `A1地块`), 0 for a figure (`16nm`, `GDP36亿元`)."""
    unit, before = read.unit, line[read.start - 1 : read.start]
    if read.scale or unit in words_of("money_like"):
        return 0
    code = code_end(line, read.start, read.digits_end)
    letter_before = before.isascii() and before.isalpha()
    if letter_before and code == read.digits_end and follows_indicator(line, read.start):
        known = unit and not unit.isascii() and unit not in words_of("unsure_unit")
        return 0 if known or (not unit and "." in read.digits) else code
    return 0 if unit in words_of("latin_unit") and read.unit_end >= code and not letter_before else code


def _cell(line: str, read: Counted, sign: int, floor: int) -> Quantity | None:
    start, qualifier = qualified(line, read.start - sign, floor)
    if line[start - 1 : start] not in (":", " ") or not _CELL_END.match(line, read.digits_end):
        return None
    header = _HEADER.search(line, max(0, start - 100), start)
    if not header or not is_unit(header["unit"]):
        return None
    scaled = scale_end(header["unit"], 0)
    unit, factor = base_unit(header["unit"][scaled:])
    value = number(read.digits) * factor * scale_value(header["unit"][:scaled]) * (-1 if sign else 1)
    return made(line, start, read.digits_end, value, unit, qualifier, header["unit"])


def _by_form(line: str, read: Counted) -> Counted | None:
    """Return the number with a measure word that no list knows (`37羽`); not `2023园区`, `985高校`."""
    at, digits, found = read.start, read.digits, read.by_form(line)
    if not found or line[at - 1 : at] in tuple("-—“‘"):
        return None
    plain = not (read.scale or read.infix)
    if plain and rx("{name_before}$").search(line, max(0, at - 2), at):
        return None
    if plain and (_YEARLIKE.fullmatch(digits) or digits[0] == "0" != digits):
        return None
    if plain and len(digits) > 4 and digits.isdigit() and not closes(line, found.end):
        sure = qualified(line, at, 0)[1] or line[at - 1 : at] in words_of("counted_before")
        return found if sure and len(digits) < 9 else None  # `12355青少年服务台`
    return found


def _bare_counts(line: str, read: Counted) -> bool:
    """Tell whether a number without unit or multiple is a figure: `指数为329.4`; not a year, `985高校`, `007`."""
    at, digits, end = read.start, read.digits, read.end
    before, after = line[at - 1 : at], line[end : end + 1]
    if after in tuple("-–—/.:+~～") or rx("{name_after}").match(line, end):
        return False
    named = rx("{name_before}$").search(line, max(0, at - 2), at)
    letters = before.isascii() and before.isalpha() and not (follows_indicator(line, at) and "." in digits)
    if named or letters or _NO_COUNT.fullmatch(digits):
        return False
    if "." in digits or "," in digits or "^" in digits:
        return True
    known = before in words_of("counted_before") or before in tuple(":=")
    if len(digits) == 1:
        return closes(line, end) and known and before != ":"
    return known or (closes(line, end) and bool(before) and "一" <= before <= "鿿")
