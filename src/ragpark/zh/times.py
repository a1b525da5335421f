"""Years and dates in text and questions: explicit, ranged and relative ones, resolved against a reference date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ragpark.zh.line import read_line
from ragpark.zh.numerals import numeral
from ragpark.zh.periods import months_of as months_of
from ragpark.zh.periods import part_of_year as part_of_year
from ragpark.zh.periods import period_kind as period_kind
from ragpark.zh.units import measured
from ragpark.zh.wording import notion, rx


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A wording of time: `text` at [start:end], the years it stands for (ascending, maybe none) and its kind.

    Kinds: `year` (`2023年`), `date` (`2023年6月`; `6月26日` of the year last named), `range` (`2018-2022年`,
    `“十四五”`, `上世纪80年代`), `period` (`上半年`, `1—5月`, of the year last named), `relative` (`去年`, `同年`),
    `baseline` (`比上年增长`, `较2022年提高`: what a figure is compared with, not when it holds; no years),
    `source` (`据某网2025年2月8日报道`: when it was told, not when it was; no years).
    `origin` says from what a relative wording was resolved (`以 2022-04-15 为准`), else it is empty.
    `months` are the first and last month it covers, None for the whole year: `上半年` → (1, 6), `去年同期` → those of
    the time named before it.
    """

    start: int
    end: int
    text: str
    years: tuple[int, ...]
    kind: str
    origin: str = ""
    months: tuple[int, int] | None = None


_Y = r"(?:19|20)[0-9]{2}"
_TO = r"(?:[—–~～-]+|至|到)"
_N = "[一二三四五六七八九十]"
_SOLE = "(?<![0-9.])"
_ENDS = r"(?![0-9A-Za-z]|\.[0-9])"
_NAMED_PART = r"(?:[前第]?[一二三四1-4]个?季度|[上下]半年)"
_PART = rf"(?:{_NAMED_PART}|[0-9]{{1,2}}\s?月|[QqHh][1-4](?![0-9A-Za-z]))"
_COUNT = r"(?:[两二三四五六七八九十]{1,2}|[0-9]{1,2})"

_ANY = re.compile(r"[年月五季]|[2２][0０]|[1１][９9]|[FfＦ][YyＹ]|[QHqh][1-4]")
_ROUND = str.maketrans("○OＯ", "〇〇〇")
_COMPARED = re.compile("[比较与同和]$")
_CHANGED = "(?:同期|同口径|底|末)?(?:相比)?[，,]?{degree_word}*(?:{change}|{compared_result})"
# `据某网2025年2月8日报道，去年……`: the date of the report, from which 去年 is counted, not the year of the figure
_REPORTED = rf"({_Y})年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?(?={{reported_verb}})"

# Dates of history: 前221年, 康熙二十三年, 618年, 19世纪末; not 10年 (how long), 30年来, 500年历史.
_OLD_DATES = "|".join(
    (
        r"(?:公元前|公元|前)[0-9]{1,4}年",
        rf"{{era_name}}(?:元|{_N}{{1,3}}|[0-9]{{1,2}})年",
        rf"[一-鿿]{{2}}(?:元|{_N}{{1,3}}|[0-9]{{1,2}})年(?=[（(](?:公元)?[0-9]{{3,4}}年)",  # 永禄5年（1562年）
        r"(?<![0-9.])(?:[0-9]{3,4}|[4-9][0-9])年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?![代级轮多来间以之内前]|的?历史|左右)",
        r"(?<![0-9.])[0-9]{1,2}世纪(?:[0-9]0年代)?(?:[初末]期?|中叶|[中后晚早前]期)?|[本上]世纪(?:初|末|中叶)?",
    )
)
_CLOCK = (
    r"(?:{day_part})?(?<![0-9.第])(?<![0-9]:)(?:2[0-4]|[01]?[0-9])"
    r"(?::[0-5][0-9](?::[0-5][0-9])?(?![0-9:])|\s?{clock_word}(?:\s?[0-9]{1,2}\s?分)?(?![0-9]))"
)
_CLOCKS = rf"{_CLOCK}(?:\s?{_TO}\s?{_CLOCK})?"
_DATES = ("date", "year", "range", "period", "source")
_BARE_YEAR = re.compile(rf"(?<![0-9.])({_Y})(?![0-9.]|%)")
# `23年园区研发占比`, `22年和23年`; not `近20年`, `20年来`, `10年要投多少`
_SHORT_YEAR = re.compile(
    r"(?:^|(?<=[于在从到至、，,和与及\s]))([12][0-9])年(?![来内间的后前里以中多时之期要])|(?<=[0-9]年[和与、至到])([12][0-9])年"
)


def find_times(text: str, reference: str | None = None) -> list[TimeMention]:
    """Return the mentions of years and dates in order, without overlaps.

    Relative wordings (`去年`, `近三年`, `上月`) are resolved against `reference` (ISO date); without one they have no
    years. `上年`, `同年`, `次年`, `年内`, months and parts of a year go by the year last named in the text, where there
    is one. `十四五` is 2021–2025 always: five-year plans have fixed years. `112年` is 2023 where 民國 is named.
    """
    if not _ANY.search(text):
        return []
    line = read_line(text)
    found = []
    for mention in _on_line(line.text, reference, keep_baseline=False):
        start, end = line.span(mention.start, mention.end)
        found.append(replace(mention, start=start, end=end, text=text[start:end]))
    return found


def years_asked(question: str, today: str) -> tuple[int, ...]:
    """Return the years a question names, ascending: `2020年与2023年` → (2020, 2023), `2020-2023年` → all four.

    Relative wordings (`去年`) are read against `today` (ISO); `比上年增长` asks for no year. A bare `2023` counts as
    a year, and so does `23年` where a year begins a question or follows another.
    """
    years: list[int] = []
    line = read_line(question)
    rest = list(line.text)
    for mention in _on_line(line.text, today, keep_baseline=True):
        years.extend(mention.years)
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = "".join(rest)
    years.extend(
        int(match[1])
        for match in _BARE_YEAR.finditer(left)
        if left[match.end() : match.end() + 1].isspace() or not measured(left, match.end())
    )
    years.extend(
        short for match in _SHORT_YEAR.finditer(left) if (short := 2000 + int(match[1] or match[2])) <= int(today[:4])
    )
    return tuple(sorted(set(years)))


def find_dates(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates that can answer `什么时候`, in order: also those of history (`前221年`, `19世纪末`)."""
    spans = [(m.start, m.end) for m in find_times(text) if m.kind in _DATES]
    line = read_line(text)
    for match in rx(_OLD_DATES).finditer(line.text):
        found = line.span(match.start(), match.end())
        if not any(start < found[1] and found[0] < end for start, end in spans):
            spans.append(found)
    return sorted(spans)


def find_clocks(text: str) -> list[tuple[int, int]]:
    """Return the spans of times of day that can answer `几点`, in order: `７：２０`, `8:30-17:30`, `上午9时30分`; not `1∶3`."""
    line = read_line(text)
    return [line.span(match.start(), match.end()) for match in rx(_CLOCKS).finditer(line.text)]


def _on_line(line: str, reference: str | None, *, keep_baseline: bool) -> list[TimeMention]:
    reported = rx(_REPORTED).search(line)
    if reported:
        reference = reported[0]
    found: list[TimeMention] = []
    last: int | None = None  # the single year last named
    part: tuple[int, int] | None = None  # the months last named, for 同期
    for match in rx(_MENTION).finditer(line):
        start, end = match.span()
        rule = match.lastgroup or ""
        kind, years, months = _READERS[rule](match, _At(line, reference, last))
        if kind == "none":
            continue
        origin = _origin(rule, match, reference, last) if kind == "relative" else ""
        months = months or (part if match[0].endswith("同期") else months_of(match[0]) if rule != "span" else None)
        if reported and reported.start() <= start < reported.end():
            kind, years = "source", ()
        elif (
            kind in ("year", "date", "relative")
            and _COMPARED.search(line, max(0, start - 1), start)
            and rx(_CHANGED).match(line, end)
        ):  # `比上年增长5%`; not `比2022年的4.5%`
            years = years if keep_baseline and kind != "relative" else ()
            kind = "baseline"
        else:
            last = years[0] if len(years) == 1 else last
            part = months if months or kind in ("year", "relative") else part
        found.append(TimeMention(start, end, match[0], years, kind, origin, months))
    return found


@dataclass(frozen=True, slots=True)
class _At:
    """What a wording is read by: the line, the reference date, the single year last named."""

    line: str
    reference: str | None
    last: int | None

    @property
    def base(self) -> int | None:
        return int(self.reference[:4]) if self.reference else None

    @property
    def named(self) -> tuple[int, ...]:
        return (self.last,) if self.last else ()


_Reading = tuple[str, tuple[int, ...], tuple[int, int] | None]


def _of(kind: str, *years: int | None) -> _Reading:
    return kind, tuple(year for year in years if year is not None), None


def _value(text: str) -> int:
    return int(text) if text.isdigit() else int(numeral(text.translate(_ROUND)) or 0)


def _span(match: re.Match[str], at: _At) -> _Reading:
    first = match["first"] or match["from"]
    final = match["final"] or match["until"]
    until = int(final) if len(final) == 4 else int(first[:2] + final)
    wide = 0 <= until - int(first) <= 40
    return _of("range", *(range(int(first), until + 1) if wide else (int(first),)))


def _decade(match: re.Match[str], at: _At) -> _Reading:
    late = match["age"] in ("20", "本世纪", "21世纪", "二十一世纪")
    first = (2000 if late else 1900) + _value(match["tens"])
    return _of("range", *range(first, first + 10))


def _plan(match: re.Match[str], at: _At) -> _Reading:
    """`“十四五”`, `十三五时期`, `十三五末`; not `三五家`, `十五`: a short one needs quotation marks or its word."""
    ordinal, said = int(numeral(match["nth"]) or 0), match["said"] or ""
    if ordinal <= 10 and not match["quote"] and not said:
        return _of("none")
    first = 1953 + (ordinal - 1) * 5 if ordinal < 3 else 1966 + (ordinal - 3) * 5
    if said.startswith(("末", "初", "收官")):
        return _of("year", first if said[0] == "初" else first + 4)
    return _of("range", *range(first, first + 5))


def _some_years(match: re.Match[str], at: _At) -> _Reading:
    """`近三年`, `未来三年`; `五年来` is like `近五年`, but what lasted longer (`30年来`) is of no years one could list."""
    count = _value(match["n"] or match["coming"] or match["gone"])
    if at.base is None or (match["gone"] and count > 10):
        return _of("relative")
    first = at.base + 1 if match["coming"] else at.base - count
    return _of("relative", *range(first, at.base + (count if match["coming"] else 0) + 1))


def _relative_year(match: re.Match[str], at: _At) -> _Reading:
    """`去年`; `上年` is counted from the year last named, where there is one."""
    shift = int(notion("relative_year").means[match["rel"]])
    if match["rel"] in ("上年", "上一年", "前一年") and at.last:
        return _of("relative", at.last - 1)
    return _of("relative", at.base + shift if at.base else None)


def _by_last(match: re.Match[str], at: _At) -> _Reading:
    shift = int(notion("year_by_last").means[match["follows"]])
    return _of("relative", at.last + shift if at.last else None)


def _within(match: re.Match[str], at: _At) -> _Reading:
    coming = rx("(?:{target}|将)[^，。；]{0,3}$").search(at.line, max(0, match.start() - 8), match.start())
    return _of("relative", at.last or (at.base if coming else None))


def _from_now(match: re.Match[str], at: _At) -> _Reading:
    """`上月`, `本月29日`, `本季度`: months of the reference date's year, or of the one before."""
    name, size = ("relative_month", 1) if match["rel_month"] else ("relative_quarter", 3)
    date = re.match(r"(\d{4})-(\d{2})", at.reference or "")
    if not date:
        return _of("relative")
    shift = int(notion(name).means[match["rel_month"] or match[0]])
    year, index = divmod(int(date[1]) * 12 // size + (int(date[2]) - 1) // size + shift, 12 // size)
    kind = "date" if match[0].endswith("日") else "relative"
    return kind, (year,), (index * size + 1, index * size + size)


def _roc(match: re.Match[str], at: _At) -> _Reading:
    year = 1 if match["roc"] == "元" else _value(match["roc"])
    return _of("date" if match["roc_month"] else "year", 1911 + year)


def _by_numbers(match: re.Match[str], at: _At) -> _Reading:
    """`2023.5`, `202306`, `2023/5/6周六`; not `2023.5亿元`, `202306家`."""
    return _of("none") if not match["iso_day"] and measured(at.line, match.end()) else _of("date", int(match[0][:4]))


# One rule for each wording, tried in this order at each place: its pattern, and what it says.
_RULES: tuple[tuple[str, str, Callable[[re.Match[str], _At], _Reading]], ...] = (
    ("span", rf"{_SOLE}(?P<first>{_Y})\s?年?\s?{_TO}\s?(?P<final>(?:19|20)?[0-9]{{2}})\s?年(?!代)", _span),  # 2018-2022年
    ("span_bare", rf"{_SOLE}(?P<from>{_Y}){_TO}(?P<until>{_Y})(?![0-9年]|[./-][0-9])", _span),  # 2018-2022
    ("listed", rf"{_SOLE}(?P<one>{_Y})(?=(?:\s?[、,，和与及]\s?{_Y}){{1,8}}\s?年)", lambda match, at: _of("year", int(match["one"]))),  # 2020、2021和2022年: the first two
    ("fiscal", r"(?<![A-Za-z])[Ff][Yy]\s?(?P<fy>(?:20)?[0-9]{2})(?![0-9])", lambda match, at: _of("year", int(f"20{match['fy'][-2:]}"))),  # FY2023
    ("lettered", rf"{_SOLE}(?P<of>{_Y})\s?年?\s?[QqHh][1-4](?![0-9A-Za-z])", lambda match, at: _of("period", int(match["of"]))),  # 2023Q2
    ("year", rf"{_SOLE}(?P<y>{_Y})\s?年(?!代)度?(?:(?P<month>\s?[0-9]{{1,2}}\s?月)(?:\s?[0-9]{{1,2}}\s?日)?|同期)?", lambda match, at: _of("date" if match["month"] else "year", int(match["y"]))),
    ("cn_year", rf"(?P<cn>[一二][〇○零九OＯ一二三四五六七八]{{3}})年(?P<cn_month>{_N}{{1,3}}月(?:{_N}{{1,3}}日)?)?", lambda match, at: _of("date" if match["cn_month"] else "year", _value(match["cn"]))),
    ("roc_year", rf"民国(?P<roc>元|{_N}{{1,3}}|[0-9]{{1,3}})\s?年(?P<roc_month>\s?[0-9]{{1,2}}\s?月(?:\s?[0-9]{{1,2}}\s?日)?)?", _roc),
    ("iso", rf"{_SOLE}(?:{_Y})(?:[-/.](?=[0-9]{{1,2}}[-/.])|[-/]|(?<=19[89][0-9]|20[0-4][0-9])\.)(?:1[0-2]|0?[1-9])(?P<iso_day>[-/.](?:3[01]|[12][0-9]|0?[1-9]))?{_ENDS}", _by_numbers),
    ("joined", rf"(?<![0-9A-Za-z.=/])20[0-4][0-9](?:0[1-9]|1[0-2]){_ENDS}", _by_numbers),  # 202306
    ("decade", rf"{_SOLE}(?P<age>[上本]世纪|19|20|(?:20|21|二十|二十一)世纪)?(?P<tens>[0-9]0|[二三四五六七八九]十)\s?年代(?:[初末]|[中后]期)?", _decade),
    ("halved", rf"{_SOLE}(?P<whole>{_Y})(?={_NAMED_PART}|{{periodic_report}}|年报)", lambda match, at: _of("year", int(match["whole"]))),  # 2025上半年
    ("short", rf"(?<![0-9.近])(?P<yy>[12][0-9])年(?={_PART}|度)", lambda match, at: _of("year", 2000 + int(match["yy"]))),  # 23年二季度
    ("months", rf"{_SOLE}[0-9]{{1,2}}\s?月?(?:{_TO}|、)\s?[0-9]{{1,2}}\s?月份?(?![0-9])|[前头](?:{_COUNT})个月", lambda match, at: _of("period", *at.named)),
    ("day", rf"{_SOLE}[0-9]{{1,2}}\s?月(?:\s?[0-9]{{1,2}}\s?日|份|底|初|末|[上中下]旬)?(?![0-9])|{_N}{{1,2}}月(?:{_N}{{1,3}}日|份|底|初|[上中下]旬)", lambda match, at: _of("date", *at.named)),
    ("plan", r"(?<![二三四五六七八九])(?P<quote>[“\"]?)(?P<nth>十[一二三四五六]?|[一二三四五六七八九])[”\"]?五[”\"]?(?P<said>时期|期间|规划|以来|末期?|初期?|收官)?", _plan),
    ("part", "{year_part}|{periodic_report}", lambda match, at: _of("period", *at.named)),
    ("back", rf"(?:最近|过去|近)(?P<n>{_COUNT})个?年(?![级代])", _some_years),
    ("past", rf"{_SOLE}(?P<gone>[两二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})[多余]?年[多余]?来(?![自源到了临访华])", _some_years),  # 五年来
    ("ahead", rf"(?:未来|今后)(?P<coming>{_COUNT})年", _some_years),
    ("relative", "(?P<rel>{relative_year})(?:同期)?", _relative_year),
    ("by_last", "(?P<follows>{year_by_last})", _by_last),
    ("within", "{within_year}", _within),
    ("month_from_now", r"(?P<rel_month>{relative_month})(?:\s?[0-9]{1,2}\s?日)?", _from_now),
    ("quarter_from_now", "(?P<rel_quarter>{relative_quarter})", _from_now),
    ("roc_short", rf"{_SOLE}(?P<roc_n>[89][0-9]|1[0-4][0-9])\s?年度?(?![代级轮多来间以之内前])", lambda match, at: _of("year", 1911 + int(match["roc_n"])) if "民国" in at.line else _of("none")),  # where 民国 is named
)  # fmt: skip
_FIRST = (
    '(?=[0-9一二两三四五六七八九十“"半去上下前后头今本年当明次翌同近最过未民第FfQqHh])'  # passes over other places fast
)
_MENTION = f"{_FIRST}(?:" + "|".join(f"(?P<{name}>{template})" for name, template, _ in _RULES) + ")"
_READERS = {name: reader for name, _, reader in _RULES}


def _origin(rule: str, match: re.Match[str], reference: str | None, last: int | None) -> str:
    """Return from what a relative wording is resolved: the year last named (`同年`, `上年`) or the reference date."""
    by_last = rule in ("by_last", "within") or match[0].startswith(("上年", "上一年", "前一年"))
    if last and by_last:
        return f"以 {last}年 为准"
    return f"以 {reference} 为准" if reference and rule != "by_last" else ""


# `自2007年以来`, `2009年创办某公司以来`, `2018年起`; `今年以来` stays within the year.
_SINCE = re.compile(r"(?:底|末|初)?[^，,。；;：、]{0,16}?以来|起(?=[，,至到])|至今")
_TO_YEAR = re.compile(r"\s?[至到—~-]+\s?(?:19|20)\d\d\s?年")
_FROM_YEAR = re.compile(r"(?:19|20)\d\d\s?年(?:\d{1,2}月)?\s?[至到—~-]+\s?$")
_AWARDED = "{awarded}了?$"  # `获得2022年全国创新大赛优胜奖`: the year belongs to the name
_EVENT = "[^，,。；;、]{0,30}?{event_noun}"


def is_since(text: str, mention: TimeMention) -> bool:
    """Tell whether the time only begins a span: `自2007年以来`, `2009年创办某公司以来`; not `今年以来`."""
    if mention.kind not in ("year", "date", "range"):
        return False
    begun = text.startswith("起", mention.end) and bool(re.search(r"[自从]\s?$", text[: mention.start]))
    return begun or bool(_SINCE.match(text, mention.end))


def sets_year(text: str, mention: TimeMention) -> bool:
    """Tell whether the figures after this time are of it.

    Not after the beginning of a span (`自2007年以来`), in the name of a prize or list (`获得2022年全国大赛优胜奖`) or of
    a paper (`《三年行动计划（2020）》`), where someone is born, or at either end of a span (`1989年10月至1993年任厂长`).
    """
    if is_since(text, mention):
        return False
    opened = text.rfind("《", 0, mention.start)
    if opened > text.rfind("》", 0, mention.start) and "》" in text[mention.end :]:
        return False
    if rx("{born}").search(text, max(0, mention.start - 4), mention.end + 4):
        return False
    if _TO_YEAR.match(text, mention.end) or _FROM_YEAR.search(text, 0, mention.start):
        return False
    return not (rx(_AWARDED).search(text, 0, mention.start) and rx(_EVENT).match(text, mention.end))


def in_aside(text: str, mention: TimeMention, offset: int = -1) -> bool:
    """Tell whether the time stands in a bracket that tells more than it, and `offset` outside: `5%（2022年同期为3%），…`.

    Not `上市企业（2022年）30家`, where the bracket says when the figure holds.
    """
    opened = max(text.rfind(mark, 0, mention.start) for mark in "（(")
    closed = min((at for mark in "）)" if (at := text.find(mark, max(opened, 0))) >= 0), default=-1)
    inside = opened >= 0 and mention.end <= closed
    return inside and not opened < offset < closed and closed - opened > mention.end - mention.start + 4
