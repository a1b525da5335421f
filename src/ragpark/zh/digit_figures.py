"""Figures printed in digits: plain ones, ranges, ratios, fractions, and table cells with the unit in the header."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.zh.notnumbers import code_end, follows_indicator, skipped
from ragpark.zh.quantity import ARABIC, REST, REST_BY_FORM, Quantity, figure, made, number, qualified, rank
from ragpark.zh.units import base_unit, scale_value
from ragpark.zh.wording import rx, words_of

_PLAIN = f"(?P<number>{ARABIC}){REST}"
_BY_FORM = f"(?P<number>{ARABIC}){REST_BY_FORM}"
_RANGE = (
    rf"(?P<low>{ARABIC})\s?(?P<low_scale>{{scale}})?(?P<low_unit>{{unit}})?\s?(?P<to>[—–~～-]+|至|到)\s?"
    rf"(?P<high>{ARABIC})\s?(?P<scale>{{scale}})?余?(?P<unit>{{unit}})?"
)
_RATIO = rf"(?P<left>{ARABIC})\s?:\s?(?P<right>{ARABIC})(?![0-9:.]|\s?(?:{{scale}}|{{unit}}))"
_FRACTION = re.compile(r"(?P<part>[0-9]{1,3})/(?P<whole>[2-9]|10{1,3})(?![0-9/.年月日]|决赛)")
_DOUBLED = re.compile(r"翻了?$")

# The unit in the header, before the cell itself or before the row's cells:
# `2023年产值（亿元）：1006`; `地区生产总值（亿元）；2021年：2800.6；2022年：3015.8`.
_HEADER = (
    r"[（(](?:单位\s?:\s?)?(?P<unit>{scale}?{unit})[）)]\s?"
    r"(?:[；;][^；;:。（(]{1,20}:[^0-9；;:。（(]{0,4}[0-9.,]+\s?)*(?:[；;][^；;:。（(]{1,20})?:\s?$"
)
_SCALED = r"(?P<scale>{scale})?(?P<unit>.+)"
_CELL_END = re.compile(r"\s*(?:[；;。|]|\n|$)")
_LASTING = r"{lasting}了?$"
_RECENT = ("年", "个月", "天")
_BELOW_ZERO = ("%", "‰", "百分点", "℃", "度")
_CLOSED = frozenset("，,。；;、！？!?）)】”’|\n")  # ends a clause
_JOINTS = frozenset(":/—–~～-至到")  # what can stand between the two numbers of a ratio, range or fraction
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
    match = rx(_PLAIN).match(line, at)
    if not match:
        return None, at + 1
    if line[match.end() : match.end() + 1] in _JOINTS:
        found = _ratio(line, at) or _range(line, at, floor) or _fraction(line, at, floor)
        if found:
            return found, found.end
    end_of_digits = match.end("number")
    if (code := _code(line, at, match)) > 0:
        return None, max(code, end_of_digits)
    if match["scale"] and match["unit"] == "级":
        return None, match.end()  # `4个万亿级产业` counts industries
    sign = _sign(line, at, match["unit"])
    money = line[at - 1 : at] in tuple("$¥")
    if not match["unit"] and not match["scale"]:
        if found := _cell(line, at, end_of_digits, sign, floor):
            return found, found.end
        if turned := _DOUBLED.search(line, max(0, at - 2), at) if line.startswith("番", end_of_digits) else None:
            value = Decimal(2) ** min(int(number(match["number"])), 60)
            return made(line, turned.start(), end_of_digits + 1, value, "倍", ""), end_of_digits + 1
        match = (not money and _by_form(line, at)) or match
        if not match["unit"] and not money and not _bare_counts(line, at, match["number"], match.end()):
            return None, end_of_digits
    elif match["scale"] and not match["unit"] and (closed := _by_form(line, at)) and _closes(line, closed.end()):
        match = closed
    start, qualifier = qualified(line, at - sign, floor)
    recent = qualifier == "近" and not match["scale"] and match["unit"] in _RECENT
    if recent and not rx(_LASTING).search(line, max(0, start - 3), start):
        return None, match.end()  # 近5年 says when, not how long
    found = figure(line, match, number(match["number"]) * (-1 if sign else 1), start, qualifier)
    if money and found.unit in ("", "元"):
        unit = "美元" if line[at - 1] == "$" else "元"
        found = made(line, min(start, at - 1), found.end, Decimal(str(found.value)), unit, found.qualifier)
    return found, match.end()


def _sign(line: str, at: int, unit: str | None) -> int:
    """Return how many characters before `at` make the number negative: `-1.2%` 1, `零下5℃` 2, `3-5家`, `园区-5家` 0."""
    if line[max(0, at - 2) : at] == "零下":
        return 2
    if line[at - 1 : at] != "-":
        return 0
    before = line[at - 2] if at > 1 else "\n"
    measured = "一" <= before <= "鿿" and base_unit(unit or "")[0] in _BELOW_ZERO
    return 1 if measured or before in "（(:,，、；;|\n \u3000" else 0


def _ratio(line: str, at: int) -> Quantity | None:
    """`1.79∶1`; not `表1：30家`, `9:30`."""
    match = rx(_RATIO).match(line, at)
    if not match or rx("{name_before}$").search(line, max(0, at - 2), at) or not (right := number(match["right"])):
        return None
    return made(line, at, match.end(), number(match["left"]) / right, "比", "")


def _range(line: str, at: int, floor: int) -> Quantity | None:
    """`3—5年`, `60%—70%`, `3万至5万元`; not `3家到5家` (a change), `3-5` without a unit."""
    match = rx(_RANGE).match(line, at)
    if not match or not (match["scale"] or match["unit"]) or match["low"][0] == "0" != match["low"][:2].strip("."):
        return None
    same = match["low_unit"] is None or match["low_unit"] == match["unit"]
    if not same or (match["to"] in "至到" and match["low_unit"] not in (None, "%", "‰", "℃", "度")):
        return None
    if not match["low_scale"] and number(match["low"]) > number(match["high"]):
        return None
    unit, factor = base_unit(match["unit"] or "")
    value = number(match["low"]) * factor * scale_value(match["low_scale"] or match["scale"])
    return made(line, qualified(line, at, floor)[0], match.end(), value, unit, "范围")


def _fraction(line: str, at: int, floor: int) -> Quantity | None:
    """`1/3` of something, in `%`; not `3/1`, `1/8决赛`, `5/12/2023`."""
    match = _FRACTION.match(line, at)
    if not match or not 0 < int(match["part"]) < int(match["whole"]) or line[at - 1 : at] in ("/", "."):
        return None
    start, qualifier = qualified(line, at, floor)
    return made(line, start, match.end(), Decimal(match["part"]) * 100 / Decimal(match["whole"]), "%", qualifier)


def _code(line: str, at: int, match: re.Match[str]) -> int:
    """Return where the code ends that the number is part of (`5G`, `A1地块`), 0 for a figure (`16nm`, `GDP36亿元`)."""
    unit = match["unit"]
    if match["scale"] or (unit and rx("{money_like}").fullmatch(unit)):
        return 0
    code = code_end(line, at, match.end("number"))
    letter_before = line[at - 1 : at].isascii() and line[at - 1 : at].isalpha()
    if letter_before and code == match.end("number") and follows_indicator(line, at):
        known = unit and not unit.isascii() and unit not in words_of("unsure_unit")
        return 0 if known or (not unit and "." in match["number"]) else code
    latin = unit and rx("{latin_unit}").fullmatch(unit) and match.end("unit") >= code and not letter_before
    return 0 if latin else code


def _cell(line: str, at: int, end: int, sign: int, floor: int) -> Quantity | None:
    start, qualifier = qualified(line, at - sign, floor)
    if line[start - 1 : start] not in (":", " ") or not _CELL_END.match(line, end):
        return None
    header = rx(_HEADER).search(line, max(0, start - 100), start)
    parts = header and rx(_SCALED).match(header["unit"])
    if not header or not parts:
        return None
    unit, factor = base_unit(parts["unit"])
    value = number(line[at:end]) * factor * scale_value(parts["scale"]) * (-1 if sign else 1)
    return made(line, start, end, value, unit, qualifier, header["unit"])


def _by_form(line: str, at: int) -> re.Match[str] | None:
    """Return the match of a number with a measure word that no list knows (`37羽`); not `2023园区`, `985高校`."""
    match = rx(_BY_FORM).match(line, at)
    if not match or line[at - 1 : at] in tuple("-—“‘"):
        return None
    digits = match["number"]
    plain = not (match["scale"] or match["infix"])
    if plain and rx("{name_before}$").search(line, max(0, at - 2), at):
        return None
    if plain and (_YEARLIKE.fullmatch(digits) or digits[0] == "0" != digits):
        return None
    if plain and len(digits) > 4 and digits.isdigit() and not _closes(line, match.end()):
        sure = qualified(line, at, 0)[1] or line[at - 1 : at] in words_of("counted_before")
        return match if sure and len(digits) < 9 else None  # `12355青少年服务台`
    return match


def _closes(line: str, at: int) -> bool:
    return line[at : at + 1] in _CLOSED or at >= len(line)


def _bare_counts(line: str, at: int, digits: str, end: int) -> bool:
    """Tell whether a number without unit or multiple is a figure: `指数为329.4`; not a year, `985高校`, `007`."""
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
        return _closes(line, end) and known and before != ":"
    return known or (_closes(line, end) and bool(before) and "一" <= before <= "鿿")
