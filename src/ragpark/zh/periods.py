"""What a period's wording covers: its kind, and which months of the year. Finds no times in a text."""

from __future__ import annotations

import re

from ragpark.zh.line import read_line
from ragpark.zh.numerals import numeral
from ragpark.zh.wording import notion, rx

_TO = r"(?:[—–~～-]+|至|到)"
_N = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二两三四五六七八九])"
_MONTHS = rf"(?:(?<![0-9一二三四五六七八九十.])(?P<from>{_N})\s?月?\s?{_TO}\s?)?(?<![0-9一二三四五六七八九十])(?P<until>{_N})\s?月"
_FIRST = rf"[前头](?P<n>{_N})个月"
_ISO = r"(?<![0-9])(?:19|20)[0-9]{2}(?:[./-](?P<month>1[0-2]|0?[1-9])(?![0-9])|(?P<joined>0[1-9]|1[0-2])(?![0-9]))"
_WHOLE = re.compile(r"12\s?月\s?(?:底|末|31\s?日)|十二月(?:底|末|三十一日)")
_NAMES = {(1, 3): "一季度", (4, 6): "二季度", (7, 9): "三季度", (10, 12): "四季度", (1, 6): "上半年", (7, 12): "下半年", (1, 9): "前三季度"}  # fmt: skip

_KINDS = (
    ("since", r"以来|至今|^自"),
    ("until", r"^截[至止]|{now}"),
    ("half", r"半年|[Hh][12]$"),
    ("months", rf"[前头](?:{_N})个?(?:季度|月)|{_N}\s?月?\s?(?:{_TO}|、)\s?{_N}\s?月"),
    ("quarter", r"季度?$|季度|[Qq][1-4]$"),
    ("day", r"日$|-\d{1,2}-\d{1,2}$"),
    ("month", r"月(?:份|底|末|初)?$|旬$|年-\d{1,2}$|[0-9]{4}[./-]\d{1,2}$|^20[0-9]{4}$"),
    ("years", r"{several_years}|[0-9]{4}\s?年?\s?(?:[—–~～-]+|至|到)"),
    ("year", r"年|^FY"),
)


def period_kind(period: str) -> str:
    """Return the kind of a period's wording: year, half, quarter, months, month, day, until, since, years; "" for none.

    `2020年` year, `今年1—5月` and `前三季度` months, `截至2020年底` until, `自2007年以来` since, `近三年` years.
    """
    return next((kind for kind, template in _KINDS if rx(template).search(period)), "")


def months_of(period: str) -> tuple[int, int] | None:
    """Return the first and last month that a period's wording names; None for a whole year, or where it names none.

    `上半年` → (1, 6), `二季度` and `2023Q2` → (4, 6), `前三季度` → (1, 9), `前11个月` → (1, 11), `2023.6` → (6, 6).
    """
    line = read_line(period).text
    if match := rx("{year_part}").search(line):
        return _named(match[0])
    if match := rx("{periodic_report}").search(line):
        first, last = notion("periodic_report").means[match[0]].split("-")
        return int(first), int(last)
    if match := rx(_FIRST).search(line):
        return 1, _month(match["n"])
    if match := rx(_MONTHS).search(line):
        until = _month(match["until"])
        return (_month(match["from"]) if match["from"] else until), until
    if match := rx(_ISO).search(line):
        month = int(match["month"] or match["joined"])
        return month, month
    return None


def part_of_year(period: str) -> str:
    """Return which part of its year a period's wording names, "" for the whole year; alike for what is the same.

    `上半年` for `1—6月`, `二季度` for `第二季度` and `2023Q2`, `前三季度`, `1—5月`, `6月`; `同期` where an earlier
    wording says which part. A figure `截至12月底` and one of `1—12月` is the year's.
    """
    months = months_of(period)
    if months is None:
        return "同期" if "同期" in period else ""
    to_the_end = _WHOLE.search(period) or (months == (12, 12) and rx("{until_word}").match(period))
    if months == (1, 12) or to_the_end:
        return ""
    first, last = months
    return _NAMES.get(months) or (f"{first}月" if first == last else f"{first}—{last}月")


def _named(text: str) -> tuple[int, int]:
    """`第二季度`, `前3季度`, `Q2`, `H1`, `上半年`."""
    letter, digit = text[0].upper(), text[-1]
    if letter in "QH":
        size = 3 if letter == "Q" else 6
        last = min(int(digit) * size, 12)
        return last - size + 1, last
    plain = text.replace("个", "").removeprefix("第").translate(str.maketrans("1234", "一二三四"))
    months = notion("year_part").means[plain].split("-")
    return int(months[0]), int(months[1])


def _month(text: str) -> int:
    return int(text) if text.isdigit() else int(numeral(text) or 0)
