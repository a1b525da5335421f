"""Differences and growth between two figures found, always shown as computed: `66 − 45 = 21家`."""

from __future__ import annotations

import re
from decimal import Decimal

from ragpark.answer.finding import Finding
from ragpark.zh.bounds import exact
from ragpark.zh.quantity import NARROW
from ragpark.zh.wording import rx

_SHOWN = re.compile(r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s?[余多]?(?P<tail>[^0-9]*)$")
_AFTER = re.compile(r"(?:及?以上|左右|及?以下|以内|之内|上下)$")
_SHARES = ("%", "百分点", "‰")
_OF_EACH = "{ask_together}[^，,。；;]{0,2}?{change}"  # `分别增长多少` asks for each figure, not for what lies between


def asked(question: str) -> bool:
    """Tell whether the question asks how figures differ: `对比`, `上涨了多少`, `相差几家`."""
    return bool(rx("{course}|{change}|{gap}").search(question))


def change(question: str, findings: list[Finding]) -> str:
    """Return the difference between the first and the last figure, and the growth, as a calculation one can follow: of
    two years the later less the earlier, of two places the first named less the second,
    or the larger less the smaller where it is asked how far they lie apart.

    `2020年45家`, `2023年66家` → `66 − 45 = 21家，增长46.7%`; shares and rates (`下降2%` is −2) differ by 百分点 and have no growth rate. Where a
    figure is bounded (`近2800家`) the result is marked with 约. Empty where no change is asked for or the figures
    cannot be compared (another unit, one only, ranks).
    """
    if len(findings) < 2 or not asked(question):
        return ""
    one, other = findings[0], findings[-1]
    apart = one.year != other.year and not rx(_OF_EACH).search(question)
    if not _comparable(one, other) or not (apart or rx("{course}|{gap}").search(question)):
        return ""
    shown = _same_scale(one, other)
    if shown is None:
        return ""
    before, after, unit = shown
    things = one.entity != other.entity  # two things side by side, not one in two years
    if (things or one.year == other.year) and (not rx("{gap}").search(question) or after < before):
        before, after = after, before
    difference = after - before
    bounded = not (_is_exact(one) and _is_exact(other))
    about = "约" if bounded else ""
    if one.unit in _SHARES:
        return f"{_plain(after)} − {_plain(before, inside=True)} = {about}{_plain(difference)}个百分点"
    text = f"{_plain(after)} − {_plain(before)} = {about}{_plain(difference)}{unit}"
    if before and not things and one.year != other.year:
        rate = difference / before * 100
        word = "增长" if rate >= 0 else "下降"
        text += f"，{word}{about}{_plain(abs(rate).quantize(Decimal('0.1')))}%"
    return text


def _comparable(one: Finding, other: Finding) -> bool:
    if one.value is None or other.value is None or one.unit != other.unit or one.unit == "位":
        return False
    years = {one.year, other.year}
    if one.entity == other.entity:
        return len(years) > 1
    return len(years) == 1 or None in years  # two things in two years are not compared


def _is_exact(finding: Finding) -> bool:
    return bool(finding.cut and finding.cut.value and exact(finding.cut.value.text, finding.cut.value.qualifier))


def _same_scale(one: Finding, other: Finding) -> tuple[Decimal, Decimal, str] | None:
    """Return both numbers as printed and their unit, or in the later one's unit where they were printed in two."""
    first, second = _printed(one), _printed(other)
    if first is None or second is None:
        return None
    if first[1] == second[1]:
        return first[0], second[0], second[1]
    value = Decimal(repr(other.value))
    if not second[0] or not value:
        return None
    factor = value / second[0]
    return (Decimal(repr(one.value)) / factor).normalize(), second[0], second[1]


def _printed(finding: Finding) -> tuple[Decimal, str] | None:
    """Return the number as printed and what follows it: `22.89亿元` → (22.89, 亿元); None for `四千二百家`."""
    match = _SHOWN.search(_AFTER.sub("", finding.text.translate(NARROW)))
    if not match:
        return None
    number = Decimal(match["number"].replace(",", ""))
    return -number if rx("^{change_down}").match(finding.text) else number, _AFTER.sub("", match["tail"])


def _plain(number: Decimal, inside: bool = False) -> str:
    """Return the number in digits without an exponent or trailing zeros, with a true minus sign; `inside` a calculation, a
    negative one in parentheses."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "−")
    return f"（{text}）" if inside and number < 0 else text
