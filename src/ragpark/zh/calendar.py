"""A calendar date in text: `2024-04-11`, `2023年5月6日`, `二〇二二年四月十五日`, `20230506`. Reads; resolves nothing relative."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ragpark.zh.numerals import numeral
from ragpark.zh.quantity import NARROW

_N = "[一二三四五六七八九十]{1,3}"
# Five ways of writing a date; the second shares the year of the first.
_DATE = re.compile(
    r"(?<![\d.])(?P<y1>(?:19|20)\d{2})\s*(?:年\s*(?P<m1>\d{1,2})\s*月(?:份|\s*(?P<d1>\d{1,2})(?!\d)\s*日?)?"
    r"|(?P<sep>[-/.])\s*(?P<m2>\d{1,2})(?!\d)(?:\s*(?P=sep)\s*(?P<d2>\d{1,2})(?!\d|\.\d))?)(?!\s*[%‰])"
    rf"|(?P<y3>[一二][〇零九一二三四五六七八]{{3}})\s*年\s*(?P<m3>{_N})\s*月(?:\s*(?P<d3>{_N})\s*日?)?"
    rf"|民[国國]\s*(?P<y4>\d{{2,3}}|{_N})\s*年\s*(?P<m4>\d{{1,2}}|{_N})\s*月(?:\s*(?P<d4>\d{{1,2}}|{_N})\s*日?)?"
    r"|(?<!\d)(?P<y5>(?:19|20)\d{2})(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?!\d)"
)
_STAMP = re.compile(r"(?:D:)?((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4,6})?(?!\d)")  # 20220607071720, D:20220607…
_SHORT = re.compile(r"((?:19|20)\d{2})\s*(?:年度?|(?:[./-]\s*(\d{1,2})))?")
_TAIWAN = re.compile(r"(1[0-4]\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")  # 114-07-15 in a field for a date
_ALIKE = NARROW | str.maketrans("○OＯ／", "〇〇〇/")
_REPUBLIC = 1911  # 民国 year 1 is 1912


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date at text[start:end]; `iso` is `YYYY-MM-DD`, or `YYYY-MM` where no day is written."""

    start: int
    end: int
    iso: str


def calendar_dates(text: str) -> Iterator[CalendarDate]:
    """Yield the dates of the text in order: a year with its month at least.

    `2024-04-11 17:52`, `２０２３．５．６`, `二○二三年十二月`, `民國114年7月1日`; not `2020年`, `2020.5%`, `2023-13-01`,
    nor `2023.5`, which may be a figure.
    """
    for match in _DATE.finditer(text.translate(_ALIKE)):
        form = next(n for n in "12345" if match[f"m{n}"])
        year, month, day = match["y1" if form == "2" else f"y{form}"], match[f"m{form}"], match[f"d{form}"]
        if match["sep"] == "." and not day:
            continue
        number = _number(year) + (_REPUBLIC if form == "4" else 0)
        if iso := _iso(number, _number(month), _number(day) if day else None):
            yield CalendarDate(match.start(), match.end(), iso)


def first_date(text: str) -> str | None:
    """Return the first date of the text as ISO `YYYY-MM-DD` or `YYYY-MM`, or None."""
    return next((date.iso for date in calendar_dates(text)), None)


def read_date(text: str) -> str | None:
    """Return what a field for a date says, as exact as it is written: also `2022`, `2022年`, `2022.6`, `114-07-15`, machine forms.

    `D:20220607071720+08'00'`, `Tue, 07 Jun 2022 07:17:20 +0800`; None where it is no date.
    """
    text = text.strip()
    if stamp := _STAMP.match(text):
        return _iso(*map(int, stamp.groups()))
    if found := first_date(text):
        return found
    if taiwan := _TAIWAN.match(text):
        return _iso(int(taiwan[1]) + _REPUBLIC, int(taiwan[2]), int(taiwan[3]))
    if short := _SHORT.fullmatch(text.translate(_ALIKE)):
        return _iso(int(short[1]), int(short[2]) if short[2] else None, None)
    try:
        parsed = email.utils.parsedate(text)
    except (IndexError, TypeError, ValueError):
        return None
    return _iso(*parsed[:3]) if parsed else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(numeral(text) or 0)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    """Return the ISO form, None for a date that the calendar lacks or outside 1900–2100."""
    if not 1900 <= year <= 2100:
        return None
    try:
        date = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return date.isoformat()[: 4 if month is None else 7 if day is None else 10]
