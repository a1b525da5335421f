"""The one period that a document reports on, where its opening says so and its title does not."""

from __future__ import annotations

from ragpark.read.sentences import sentences
from ragpark.records import Document
from ragpark.zh.fold import simplified
from ragpark.zh.times import find_times, sets_year

OPENING = 400  # characters in which the first sentence of the text stands
LEAST = 15  # characters of a sentence; what is shorter is a heading or a line of labels
LEAD = 12  # characters that may lead to the time, up to a comma: `据初步核算，今年一季度…`


def opening_time(document: Document) -> tuple[int, str] | None:
    """Return the year and the wording of the period with which the text begins; None where that is not its one period.

    `2024年1—9月，全区经济总体平稳。` in a text of October 2024 gives 2024, `2024年1—9月`; so does `今年一季度` its year and
    quarter. Not a day or month, which is of an event (`2024年5月，某公司落户`), nor a year long past: a history begins so.
    """
    written = int(document.date[:4]) if document.date else document.year
    for start, end in sentences(document.text, 0, min(OPENING, len(document.text))):
        plain = simplified(document.text[start:end])
        if len(plain) < LEAST or not plain.endswith("。"):
            continue
        if any(start < aside_end and aside_start < end for aside_start, aside_end, _ in document.aside):
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
