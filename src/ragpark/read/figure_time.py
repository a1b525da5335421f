"""The year and period a figure is about, and from what they were read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ragpark.read.context import Statement
from ragpark.zh.fold import squeeze
from ragpark.zh.periods import months_of, part_of_year
from ragpark.zh.times import TimeMention, find_times, in_aside, is_since, sets_year
from ragpark.zh.wording import notion, rx

MANY, MOST = 2, 0.6
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})\s?年")
_COUNTED_FROM = re.compile(r"(?:相比|相较|较|比)(?:于)?\s?((?:19|20)\d{2})\s?年[^，,。；;0-9]{0,16}$")
_DATED = re.compile(r"(\d{4})-(\d{2})")
_STOP = re.compile(r"[，,。；;、：:！？]")
_AVERAGE = re.compile(r"(年平?均)[^，,。；;、：:！？]*$")
_BEFORE = re.compile(r"(?:截至|截止到?|自从?|从|到|至)\s?$")
_AFTER = re.compile(r"年?(?:底|末|初)|全年|以来|[^，,。；;：、]{0,16}?以来")
# Wordings that go by the year last named, in years from it.
_BY_LAST = {"年内": 0, "当年": 0, "同年": 0, "上年": -1, "上一年": -1, "前一年": -1, "次年": 1, "翌年": 1}


@dataclass(frozen=True, slots=True)
class FigureTime:
    """`year` is None where it stays open; `year_from` says what it was read from, "" where the sentence names it."""

    year: int | None
    period: str
    year_from: str


def main_year(text: str, latest: int | None = None) -> int | None:
    """Return the year a text is about: named at least MANY times, by MOST of all years named; else None.

    A yearbook names its year in every section; a history names many. Years after `latest`, when it was written, are
    aims and count for nothing.
    """
    years = Counter(year for year in map(int, _YEAR.findall(text)) if latest is None or year <= latest)
    if not years:
        return None
    year, count = min(years.items(), key=lambda item: (-item[1], item[0]))
    return year if count >= MANY and count >= MOST * years.total() else None


def time_of(statement: Statement, offset: int, main: int | None = None, *, change: bool = False) -> FigureTime:
    """Return the time of the figure at `offset` of the statement's text; `main` is the year most of the text is about.

    The time last named before it in the sentence counts, then one after it in its clause; then `目前`, which is when
    the document was written; then the year the paragraph has been about, then that of headings and title, then `main`.
    `change` says that the figure is a change, so that what it is counted from is not its time.
    """
    found = _of_whole_year(statement, offset, _time_of(statement, offset, change))
    if found.year is None and found.period and not change:
        found = _end_of_span(statement, offset, found.period) or found
    open_still = found.year is None and not found.period and not found.year_from and not statement.span
    return FigureTime(main, f"{main}年", f"全文多为 {main}年") if main and open_still else found


def _of_whole_year(statement: Statement, offset: int, found: FigureTime) -> FigureTime:
    """Return the year's time where `全年` has followed the part of it: `上半年产值40亿元，|全年|85亿元`."""
    if not part_of_year(found.period):
        return found
    said = max((m.end for m in statement.times if m.start < offset and m.text != "全年"), default=0)
    if statement.plain.find("全年", said, offset) < 0:
        return found
    return FigureTime(found.year, f"{found.year}年" if found.year else "全年", found.year_from)


def _time_of(statement: Statement, offset: int, change: bool) -> FigureTime:
    text = statement.plain
    usable = [m for m in statement.times if m.kind not in ("baseline", "source") and not in_aside(text, m, offset)]
    if change:  # `较2022年的41家增长20%`: counted from 2022, not of it
        usable = [m for m in usable if not text[: m.start].endswith(("较", "比"))]
    before = [m for m in usable if m.start < offset and (sets_year(text, m) or is_since(text, m))]
    now = list(rx("{now}").finditer(text, 0, offset))
    said = max((m.end for m in before), default=0)
    if coming := list(rx("{to_come}").finditer(text, said, offset)):
        return FigureTime(None, coming[-1][0], "")
    if not change and (base := _COUNTED_FROM.search(text, 0, offset)):  # `比2020年的731亿元增加了…`
        return FigureTime(int(base[1]), f"{base[1]}年", "")
    if before and not (now and now[-1].start() > before[-1].start):
        return _of_mention(statement, before)
    if now:
        return _now(statement, now[-1].group())
    after = [m for m in usable if m.start >= offset and m.years and sets_year(text, m)]
    if after and not _STOP.search(text, offset, after[0].start):
        return _of_mention(statement, after[:1])
    told = any(m.kind == "source" and m.start < offset for m in statement.times)  # a report of its own time
    if average := _AVERAGE.search(text, 0, offset):
        return FigureTime(None, statement.span or average[1], "")
    if statement.span:
        return FigureTime(None, statement.span, "")
    if len(statement.inherited) == 1 and not told:
        year = statement.inherited[0]
        return FigureTime(year, f"{year}年{statement.part}", f"上文 {year}年{statement.part}")
    return _titled(statement, "")


def _end_of_span(statement: Statement, offset: int, span: str) -> FigureTime | None:
    """Return the last year of several for what a level came to in them: `五年来……强度从2.7%提高到|3.3%`; None elsewhere.

    Of years counted from the document's date, the one before it where the document opens a year.
    """
    if not rx(_CAME_TO).search(statement.plain, 0, offset):
        return None
    dated = _DATED.search(statement.dated_by)
    spans = find_times(span, dated[0] + "-01" if dated else None)
    if not spans or len(spans[0].years) < 2:
        return None
    year = max(spans[0].years)
    if dated and year == int(dated[1]) and int(dated[2]) <= OPENS:
        year -= 1
    return FigureTime(year, f"{year}年", f"{span} 末")


OPENS = 3  # months into a year that a document looks back in
_CAME_TO = "[从由自][^，,。；;：、]{1,24}{changed_to}$"


def _of_mention(statement: Statement, mentions: list[TimeMention]) -> FigureTime:
    chosen = mentions[-1]
    period = _wording(statement.plain, mentions)
    if is_since(statement.plain, chosen):
        return FigureTime(None, period, "")
    if len(chosen.years) == 1:
        return FigureTime(chosen.years[0], period, _origin(statement, mentions))
    if chosen.kind == "relative" and not chosen.years and chosen.text in _BY_LAST and len(statement.inherited) == 1:
        year = statement.inherited[0]
        return FigureTime(year + _BY_LAST[chosen.text], period, f"{chosen.text} ← 上文 {year}年")
    if chosen.years or (chosen.kind in ("relative", "range") and chosen.text != "年内"):
        return FigureTime(None, period, "")
    if len(statement.inherited) == 1:  # `上半年` of the year last named
        year = statement.inherited[0]
        return FigureTime(year, period, f"上文 {year}年")
    if not statement.titled and (latest := _latest(statement, chosen)):
        return FigureTime(latest, period, f"{chosen.text} ← {statement.dated_by}")
    return _titled(statement, period)


def _latest(statement: Statement, mention: TimeMention) -> int | None:
    """Return the year of the latest such part of a year that was over when the document was written; None if unsure.

    `前三季度` in October 2023 is of 2023, `12月` in January 2024 of 2023; an aim lies ahead.
    """
    dated = _DATED.search(statement.dated_by)
    months = months_of(mention.text)
    if not dated or not months or statement.planned or notion("target").search(statement.plain):
        return None
    return int(dated[1]) - (months[1] > int(dated[2]))


def _now(statement: Statement, word: str) -> FigureTime:
    if len(statement.titled) == 1:
        return _titled(statement, word)
    if statement.published and statement.dated_by:
        return FigureTime(statement.published, word, f"{word} ← {statement.dated_by}")
    return FigureTime(None, word, "")


def _titled(statement: Statement, period: str) -> FigureTime:
    if len(statement.titled) == 1:
        year = statement.titled[0]
        whole = f"{year}年{statement.part}" if statement.part else statement.opening or f"{year}年"
        told = statement.opening or f"{year}年"
        by_title = not statement.opening or squeeze(told.removeprefix(f"{year}年")) in statement.head
        by_text = not by_title and statement.dated_by and not _DATED.search(statement.dated_by)
        where = f"{'标题' if by_title else '开头'} {told}"
        return FigureTime(year, period or whole, statement.dated_by if by_text else where)
    return FigureTime(None, period, "")


def _origin(statement: Statement, mentions: list[TimeMention]) -> str:
    """Return `去年 ← 发布日期 2023-03-01`; "" where the year is written out."""
    chosen = mentions[-1]
    if chosen.kind != "relative":
        earlier = [m for m in mentions[:-1] if m.years]
        chosen = earlier[-1] if chosen.kind == "period" and earlier else chosen
    if chosen.kind != "relative" or not chosen.origin:
        return ""
    reference = chosen.origin.removeprefix("以 ").removesuffix(" 为准")
    by_document = statement.dated_by and (reference in statement.dated_by or reference == str(statement.published))
    return f"{chosen.text} ← {statement.dated_by if by_document else reference}"


def _wording(text: str, mentions: list[TimeMention]) -> str:
    """Return the period as worded, with what belongs to it: `截至2020年底`, `今年1—5月`, `自2007年以来`."""
    chosen = mentions[-1]
    start, end = chosen.start, chosen.end
    if len(mentions) > 1 and text[mentions[-2].end : start].strip() in ("", "的") and chosen.kind in ("period", "date"):
        start = mentions[-2].start
    if before := _BEFORE.search(text, 0, start):
        start = before.start()
    if after := _AFTER.match(text, end):
        end = after.end()
    return re.sub(r"\s+", "", text[start:end])
