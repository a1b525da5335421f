"""The one period that a document reports on: as its title says, its opening, or all of its text alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ragpark.read.sentences import sentences
from ragpark.records import Document
from ragpark.zh.fold import simplified
from ragpark.zh.times import TimeMention, find_times, in_aside, part_of_year, sets_year

OPENING = 400  # characters in which the first sentence of the text stands
LEAST = 15  # characters of a sentence; what is shorter is a heading or a line of labels
LEAD = 12  # characters that may lead to the time, up to a comma: `据初步核算，今年一季度…`
OFTEN, MOST = 3, 0.8  # a part of the year is named so often, and by this share of all such parts


def opening_time(document: Document) -> tuple[int, str] | None:
    """Return the year and the wording of the one period that the document reports on; None where that is unsure.

    Its title comes first, then the first sentence of the text, then, of a text without a date whose year is known, the
    part of the year that nearly all of it is about.
    """
    return titled_time(document) or _opened(document) or _throughout(document)


def titled_time(document: Document) -> tuple[int, str] | None:
    """Return the year and the one part of it that the title names: `2024年1—9月`, `前三季度` in a text of October 2024."""
    times = find_times(simplified(document.title), document.date)
    parts = [m for m in times if _spans_months(m)]
    years = {m.years for m in times if m.years}
    if len(parts) != 1 or len(years) > 1:
        return None
    if years:
        only = years.pop()
        return (only[0], f"{only[0]}年{_without_year(parts[0].text)}") if len(only) == 1 else None
    year = latest_part(document.date, parts[0])
    return (year, f"{year}年{parts[0].text}") if year else None


def latest_part(date: str | None, mention: TimeMention) -> int | None:
    """Return the year of the latest such part of a year that was over at `date`; None without its month."""
    if not date or len(date) < 7 or not mention.months:
        return None
    return int(date[:4]) - (mention.months[1] > int(date[5:7]))


def part_in(text: str, times: Sequence[TimeMention]) -> str | None:
    """Return the one part of the year that a sentence is about, as worded; "" for whole years; None where it names no time."""
    told = (m for m in times if m.kind not in ("baseline", "source") and not in_aside(text, m))
    said = [m for m in told if sets_year(text, m)]
    parts = {_without_year(m.text) for m in said if _spans_months(m)}
    return (parts.pop() if len(parts) == 1 else "") if said else None


def _opened(document: Document) -> tuple[int, str] | None:
    """Return the period with which the text begins: `2024年1—9月，全区经济总体平稳。` in a text of October 2024.

    So does `今年一季度` give its year and quarter. Not a day or month, which is of an event (`2024年5月，某公司落户`), nor a
    year long past: a history begins so.
    """
    written = int(document.date[:4]) if document.date else document.year
    for start, end in sentences(document.text, 0, min(OPENING, len(document.text))):
        plain = simplified(document.text[start:end])
        if len(plain) < LEAST or not plain.endswith("。") or document.is_aside(start, end):
            continue
        times = find_times(plain, document.date)
        if not times or not sets_year(plain, times[0]):
            return None
        first = times[0]
        second = times[1] if len(times) > 1 and times[1].start == first.end and times[1].kind == "period" else first
        years = {m.years for m in times if m.years and m.kind in ("year", "relative", "period") and sets_year(plain, m)}
        begins = first.start == 0 or (first.start <= LEAD and plain[first.start - 1] in "，,")
        whole = first.kind in ("year", "relative") and (second.months is None or second.months[0] < second.months[1])
        if not begins or not whole or len(years) != 1 or len(first.years) != 1 or written is None:
            return None
        year = first.years[0]
        return (year, plain[first.start : second.end]) if written - 1 <= year <= written else None
    return None


def _throughout(document: Document) -> tuple[int, str] | None:
    if document.date or not document.year:
        return None
    part = _part_throughout(document.text)
    return (document.year, f"{document.year}年{part}") if part else None


@lru_cache(maxsize=8)  # asked for each section of a document
def _part_throughout(text: str) -> str:
    counts = Counter(part_of_year(m.text) for m in find_times(simplified(text), None) if _spans_months(m))
    part, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    return part if count >= OFTEN and count >= MOST * counts.total() else ""


def _without_year(part: str) -> str:
    return re.sub(r"^(?:19|20)\d{2}\s?年?", "", part)


def _spans_months(mention: TimeMention) -> bool:
    return mention.kind == "period" and mention.months is not None and mention.months[0] < mention.months[1]
