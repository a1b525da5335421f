"""Years and dates in text and questions: explicit, ranged and relative ones, resolved against a reference date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ragpark.lexicon.numbers import NARROW, numeral

_CN_YEAR = r"[一二][〇○零九OＯ一二三四五六七八]{3}"
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?年(?:度)?(?:\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?)?"
    r"|(?P<cnyear>" + _CN_YEAR + r")年(?:(?P<cnmonth>[一二三四五六七八九十]{1,3})月(?:(?P<cnday>[一二三四五六七八九十]{1,3})日)?)?"
    r"|(?<![\d.])(?P<isoyear>(?:19|20)\d{2})[-/.](?P<isomonth>\d{1,2})(?:[-/.](?P<isoday>\d{1,2}))?(?!\d)"
    r"|(?<!\d)(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日"
    r"|(?<!\d)(?P<mo>\d{1,2})\s?月(?:份|底|初|中旬|上旬|下旬)?(?!\d)"
)
_OLD_DATE = re.compile(
    r"(?:公元前?|前)?\d{1,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?!代)|\d{1,2}世纪(?:\d0年代)?(?:初|末|中叶|中期|后期)?|(?:19|20)?\d0年代(?:初|末|中期|后期)?|上世纪\d0年代(?:初|末)?"
)
_YEAR_RANGE = re.compile(r"(?<!\d)(?P<a>(?:19|20)\d{2})\s?(?:年)?\s?(?:—|－|–|-|~|～|至|到)+\s?(?P<b>(?:19|20)?\d{2})\s?年")
_BARE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.%家人个万亿元件项])")
_PLAN = re.compile(r"[“\"']?(十[一二三四五]|[一二三四五六七八九])[”\"']?五[”\"']?(?:时期|期间|规划|末|以来)?")
_RELATIVE = re.compile(
    r"(?P<last>去年|上年|上一年|前一年)|(?P<this>今年|本年度?|(?<![两二三四五六七八九十\d])年内|当年)|(?P<next>明年|下一年)|(?P<before>前年)|近(?P<n>[两二三四五六七八九十\d]{1,2})年"
)

# `据某网2025年2月8日报道，去年……`: the date of the report, from which 去年 is counted, not the year of the figure
_REPORTED = re.compile(r"((?:19|20)\d{2})年\d{1,2}月(?:\d{1,2}日)?(?=报道|发布|公布|披露|消息|讯|电|刊)[一-鿿]{0,2}")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A year or date in a text: `text[start:end]`; `years` it stands for; `kind` date, year, range or relative.

    `origin` says from what a relative wording was resolved (`去年（以 2022-04-15 为准）`), else it is empty.
    """

    start: int
    end: int
    text: str
    years: tuple[int, ...]
    kind: str
    origin: str = ""


def find_times(text: str, reference: str | None = None) -> list[TimeMention]:
    """Return the mentions of years and dates in order, without overlaps.

    Relative wordings (`去年`, `近三年`, `"十四五"`) are resolved against `reference` (ISO date); without one
    they have no years. `十四五` is 2021–2025 always: five-year plans have fixed years.
    """
    narrow = text.translate(NARROW)
    base = int(reference[:4]) if reference else None
    found: list[TimeMention] = []

    def add(start: int, end: int, years: tuple[int, ...], kind: str, origin: str = "") -> None:
        if not any(item.start < end and start < item.end for item in found):
            found.append(TimeMention(start, end, text[start:end], years, kind, origin))

    for match in _YEAR_RANGE.finditer(narrow):
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if first <= last <= first + 40:
            add(*match.span(), tuple(range(first, last + 1)), "range")
    for match in _DATE.finditer(narrow):
        year = match["year"] or match["isoyear"]
        value = int(year) if year else int(numeral(match["cnyear"]) or 0) if match["cnyear"] else None
        if value is not None:
            exact = match["month"] or match["cnmonth"] or match["isomonth"]
            add(*match.span(), (value,), "date" if exact else "year")
        else:
            add(*match.span(), (), "date")
    for match in _PLAN.finditer(text):
        ordinal = int(numeral(match[1]) or 0)
        quoted = match[0][0] in "“\"'" or re.search(r"[”\"']|时期|期间|规划|末|以来", match[0])
        if ordinal >= 10 or quoted:
            first = 1953 + (ordinal - 1) * 5 if ordinal < 3 else 1966 + (ordinal - 3) * 5
            add(*match.span(), tuple(range(first, first + 5)), "range", "五年规划")
    reported = _REPORTED.search(narrow)
    if reported:
        base, reference = int(reported[1]), reported[0]
        found = [
            TimeMention(m.start, m.end, m.text, (), "source") if reported.start() <= m.start < reported.end() else m
            for m in found
        ]
    for match in _RELATIVE.finditer(narrow):
        years, origin = _resolve(match, base), f"以 {reference} 为准" if reference else ""
        add(*match.span(), years, "relative", origin)
    return sorted(found, key=lambda item: item.start)


def _resolve(match: re.Match[str], base: int | None) -> tuple[int, ...]:
    if base is None:
        return ()
    if match["n"]:
        n = int(match["n"]) if match["n"].isdigit() else int(numeral(match["n"]) or 0)
        return tuple(range(base - n, base + 1))
    shift = -1 if match["last"] else 1 if match["next"] else -2 if match["before"] else 0
    return (base + shift,)


def years_asked(question: str, today: str) -> tuple[int, ...]:
    """Return the years a question names, ascending: `2020年与2023年` → (2020, 2023), `2020-2023年` → all four.

    Relative wordings (`去年`) are read against `today` (ISO). A bare `2023` counts as a year.
    """
    years: list[int] = []
    mentions = find_times(question, today)
    for mention in mentions:
        years.extend(mention.years)
    rest = list(question.translate(NARROW))
    for mention in mentions:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    years.extend(int(match[1]) for match in _BARE_YEAR.finditer("".join(rest)))
    return tuple(sorted(set(years)))


def find_dates(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates that can answer `什么时候`: also those of history (`前221年`, `19世纪末`)."""
    spans = [(item.start, item.end) for item in find_times(text) if item.kind in ("date", "year", "range")]
    narrow = text.translate(NARROW)
    for match in _OLD_DATE.finditer(narrow):
        if not any(a < match.end() and match.start() < b for a, b in spans):
            spans.append(match.span())
    return sorted(spans)
