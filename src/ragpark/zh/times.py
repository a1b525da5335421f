"""Years and dates in text and questions: explicit, ranged and relative ones, resolved against a reference date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ragpark.zh.numerals import numeral
from ragpark.zh.quantity import NARROW


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A wording of time: `text` at [start:end], the years it stands for (ascending, maybe none) and its kind.

    Kinds: `year` (`2023年`), `date` (`2023年6月`; `6月26日` of the year last named), `range` (`2018-2022年`,
    `“十四五”`, `上世纪80年代`), `period` (`上半年`, `1—5月`, of the year last named), `relative` (`去年`, `同年`),
    `baseline` (`比上年增长`, `较2022年提高`: what a figure is compared with, not when it holds; no years),
    `source` (`据某网2025年2月8日报道`: when it was told, not when it was; no years).
    `origin` says from what a relative wording was resolved (`以 2022-04-15 为准`), else it is empty.
    """

    start: int
    end: int
    text: str
    years: tuple[int, ...]
    kind: str
    origin: str = ""


_Y = r"(?:19|20)[0-9]{2}"
_TO = r"(?:[—–~～-]+|至|到)"
_N = "[一二三四五六七八九十]"
_NOT_MEASURED = r"(?![0-9]|\.[0-9]|\s?(?:[%‰万亿元个家人件项倍]|平方|美元|公里|千瓦|吨|米))"  # 2023.5, not 2023.5亿元
# One alternative for each wording, tried in this order at each place; the look-ahead passes over other places fast.
_MENTION = re.compile(
    r"(?=[0-9一二三四五六七八九十“\"去上下前今本年当明次翌同近最过未])(?:"
    rf"(?<![0-9.])(?P<first>{_Y})\s?年?\s?{_TO}\s?(?P<final>(?:19|20)?[0-9]{{2}})\s?年(?!代)"  # 2018-2022年
    rf"|(?<![0-9.])(?P<from>{_Y}){_TO}(?P<until>{_Y})(?![0-9年]|[./-][0-9])"  # 2018-2022
    rf"|(?<![0-9.])(?P<listed>{_Y})(?=(?:\s?[、,，和与及]\s?{_Y}){{1,8}}\s?年)"  # 2020、2021和2022年: the first two
    rf"|(?<![0-9.])(?P<year>{_Y})\s?年(?!代)度?(?:\s?(?P<month>[0-9]{{1,2}})\s?月(?:\s?[0-9]{{1,2}}\s?日)?)?"
    rf"|(?P<cn_year>[一二][〇○零九OＯ一二三四五六七八]{{3}})年(?P<cn_month>{_N}{{1,3}}月(?:{_N}{{1,3}}日)?)?"
    rf"|(?<![0-9.])(?P<iso_year>{_Y}(?:[-/.](?=[0-9]{{1,2}}[-/.])|[-/]|(?<=19[89][0-9]|20[0-4][0-9])\.))"
    rf"(?:1[0-2]|0?[1-9])(?:[-/.](?:3[01]|[12][0-9]|0?[1-9]))?{_NOT_MEASURED}"  # 1911.8 is no month
    r"|(?<![0-9.])(?P<age>上世纪|本世纪|19|20|(?:20|21|二十|二十一)世纪)?(?P<tens>[0-9]0|[二三四五六七八九]十)\s?年代"
    r"(?:初|末|中期|后期)?"
    rf"|(?<![0-9.])(?P<months>[0-9]{{1,2}}\s?(?:{_TO}|、)\s?[0-9]{{1,2}}\s?月份?(?![0-9]))"
    r"|(?<![0-9.])(?P<month_day>[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?日|份|底|初|末|[上中下]旬)?(?![0-9]))"
    rf"|(?P<cn_day>{_N}{{1,2}}月(?:{_N}{{1,3}}日|份|底|初|[上中下]旬))"
    r"|(?<![二三四五六七八九])(?P<quote>[“\"]?)(?P<plan>十[一二三四五六]?|[一二三四五六七八九])[”\"]?五[”\"]?(?P<said>时期|期间|规划|以来|末期?|初期?)?"
    r"|(?P<part>上半年|下半年|[前第]?[一二三四1-4]个?季度)"
    r"|(?:最近|过去|近)(?P<n>[两二三四五六七八九十]{1,2}|[0-9]{1,2})个?年(?![级代])"
    r"|(?:未来|今后)(?P<coming>[两二三四五六七八九十]|[0-9]{1,2})年"
    r"|(?P<last_year>(?<![过失])去年)|(?P<before>(?<![以之])上一?年(?![纪龄级代])|前一年)"
    r"|(?P<before_last>(?<![0-9一二两三四五六七八九十百几多])前年)|(?P<next_year>明年|(?<!以)下一年(?!级))"
    r"|(?P<this_year>今年|本年度?(?!级))|(?P<within>(?<![0-9一二两三四五六七八九十百半数几多])年内)"
    r"|(?P<same>当年(?![轻长幼老])|同年(?![级龄代轮]))|(?P<following>[次翌]年)"
    ")"
)
_ANY = re.compile(r"[年月五]|[2２][0０]|[1１][9９]")
_ROUND = str.maketrans("○OＯ", "〇〇〇")

_COMPARED = re.compile("[比较与同和]$")
_CHANGED = re.compile(
    "(?:同期|同口径|底|末)?(?:相比)?[，,]?(?:分别|同比|净|实际|名义|年均|累计|平均|又|再|约|还|均|都|大幅|略有|略|明显|有所|进一步|小幅|显著)*"
    "(?:增|提|上升|上涨|上浮|下降|下跌|下浮|减|降|多|少|翻|扩|缩|回落|前进|后退|改善|持平|高|低|快|慢)"
)
_COMING = re.compile("(?:力争|计划|预计|将|有望|确保|争取|拟)[^，。；]{0,3}$")
# `据某网2025年2月8日报道，去年……`: the date of the report, from which 去年 is counted, not the year of the figure
_REPORTED = re.compile(rf"({_Y})年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?(?=报道|发布|公布|披露|消息|讯|电|刊)")

_ERAS = (
    "民国|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|顺治|洪武|永乐|宣德|成化|弘治|正德|嘉靖|隆庆|万历|天启|崇祯|贞观|开元|天宝|元和|"
    "建隆|熙宁|元丰|靖康|绍兴|至元|昭和|明治|大正|平成"
)
# Dates of history: 前221年, 康熙二十三年, 618年, 19世纪末; not 10年 (how long), 30年来, 500年历史.
_OLD_DATE = re.compile(
    rf"(?:公元前|公元|前)[0-9]{{1,4}}年|(?:{_ERAS})(?:元|{_N}{{1,3}}|[0-9]{{1,2}})年"
    rf"|[一-鿿]{{2}}(?:元|{_N}{{1,3}}|[0-9]{{1,2}})年(?=[（(](?:公元)?[0-9]{{3,4}}年)"  # 永禄5年（1562年）
    r"|(?<![0-9.])(?:[0-9]{3,4}|[4-9][0-9])年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?![代级轮多来间以之内前]|的?历史|左右)"
    r"|(?<![0-9.])[0-9]{1,2}世纪(?:[0-9]0年代)?(?:初期?|末期?|中叶|中期|后期|晚期|早期|前期)?|(?:本|上)世纪(?:初|末|中叶)?"
)
_DATES = ("date", "year", "range", "period", "source")
_OLD_ANY = re.compile("年|世纪")
_BARE_YEAR = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})(?![0-9.%家人个万亿元件项])")
# `23年园区研发占比`, `22年和23年`; not `近20年`, `20年来`, `10年要投多少`
_SHORT_YEAR = re.compile(
    r"(?:^|(?<=[于在从到至、，,和与及\s]))([12][0-9])年(?![来内间的后前里以中多时之期要])|(?<=[0-9]年[和与、至到])([12][0-9])年"
)


def find_times(text: str, reference: str | None = None) -> list[TimeMention]:
    """Return the mentions of years and dates in order, without overlaps.

    Relative wordings (`去年`, `近三年`) are resolved against `reference` (ISO date); without one they have no years.
    `上年`, `同年`, `次年`, `年内`, months and parts of a year go by the year last named in the text, where there is
    one. `十四五` is 2021–2025 always: five-year plans have fixed years.
    """
    return _mentions(text, reference, keep_baseline=False)


def years_asked(question: str, today: str) -> tuple[int, ...]:
    """Return the years a question names, ascending: `2020年与2023年` → (2020, 2023), `2020-2023年` → all four.

    Relative wordings (`去年`) are read against `today` (ISO); `比上年增长` asks for no year. A bare `2023` counts as
    a year, and so does `23年` where a year begins a question or follows another.
    """
    years: list[int] = []
    rest = list(question.translate(NARROW))
    for mention in _mentions(question, today, keep_baseline=True):
        years.extend(mention.years)
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = "".join(rest)
    years.extend(int(match[1]) for match in _BARE_YEAR.finditer(left))
    years.extend(
        short for match in _SHORT_YEAR.finditer(left) if (short := 2000 + int(match[1] or match[2])) <= int(today[:4])
    )
    return tuple(sorted(set(years)))


def find_dates(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates that can answer `什么时候`, in order: also those of history (`前221年`, `19世纪末`)."""
    spans = [(m.start, m.end) for m in find_times(text) if m.kind in _DATES]
    if _OLD_ANY.search(text):
        for match in _OLD_DATE.finditer(text.translate(NARROW)):
            if not any(start < match.end() and match.start() < end for start, end in spans):
                spans.append(match.span())
    return sorted(spans)


def _mentions(text: str, reference: str | None, *, keep_baseline: bool) -> list[TimeMention]:
    if not _ANY.search(text):
        return []
    line = text.translate(NARROW)
    reported = _REPORTED.search(line)
    if reported:
        reference = reported[0]
    base = int(reference[:4]) if reference else None
    found: list[TimeMention] = []
    last: int | None = None  # the single year last named
    for match in _MENTION.finditer(line):
        start, end = match.span()
        kind, years = _explicit(match, last)
        origin = ""
        if not kind:
            kind = "relative"
            years = _relative(match, line, base, last)
            origin = _origin(match, reference, last)
        if kind == "none":
            continue
        if reported and reported.start() <= start < reported.end():
            kind, years = "source", ()
        elif kind in ("year", "date", "relative") and _is_baseline(line, start, end):
            years = years if keep_baseline and kind != "relative" else ()
            kind = "baseline"
        elif len(years) == 1:
            last = years[0]
        found.append(TimeMention(start, end, text[start:end], years, kind, origin))
    return found


def _origin(match: re.Match[str], reference: str | None, last: int | None) -> str:
    """Return from what a relative wording is resolved: the year last named (`同年`, `上年`) or the reference date."""
    by_last = match["same"] or match["following"] or match["before"] or match["within"]
    if last and by_last:
        return f"以 {last}年 为准"
    if match["same"] or match["following"]:
        return ""
    return f"以 {reference} 为准" if reference else ""


# `自2007年以来`, `2009年创办某公司以来`, `2018年起`; `今年以来` stays within the year.
_SINCE = re.compile(r"(?:底|末|初)?[^，,。；;：、]{0,16}?以来|起(?=[，,至到])|至今")
# `获得2022年全国创新大赛优胜奖`: the year belongs to the name
_AWARDED = re.compile(r"(?:获得?|获评|荣获|入选|列入|参加|上榜|公布|发布|根据|按照)了?$")
_EVENT = re.compile(r"[^，,。；;、]{0,30}?(?:赛|名单|榜单?|奖|目录|峰会|论坛|博览会|清单|试点)")


def is_since(text: str, mention: TimeMention) -> bool:
    """Tell whether the time only begins a span: `自2007年以来`, `2009年创办某公司以来`; not `今年以来`."""
    if mention.kind not in ("year", "date", "range"):
        return False
    begun = text.startswith("起", mention.end) and bool(re.search(r"[自从]\s?$", text[: mention.start]))
    return begun or bool(_SINCE.match(text, mention.end))


def sets_year(text: str, mention: TimeMention) -> bool:
    """Tell whether the figures after this time are of it.

    Not after the beginning of a span (`自2007年以来`), in the name of a prize or list (`获得2022年全国大赛优胜奖`) or of
    a paper (`《三年行动计划（2020）》`).
    """
    if is_since(text, mention):
        return False
    opened = text.rfind("《", 0, mention.start)
    if opened > text.rfind("》", 0, mention.start) and "》" in text[mention.end :]:
        return False
    return not (_AWARDED.search(text, 0, mention.start) and _EVENT.match(text, mention.end))


_PERIODS = (
    ("since", re.compile(r"以来|至今|^自")),
    ("until", re.compile(r"^截[至止]|迄今|目前")),
    ("half", re.compile(r"半年")),
    ("quarter", re.compile(r"季度?$|季度")),
    ("months", re.compile(r"[0-9一二三四五六七八九十]\s?(?:[—–~～、-]+|至|到)\s?[0-9一二三四五六七八九十]+\s?月")),
    ("day", re.compile(r"日$|-\d{1,2}-\d{1,2}$")),
    ("month", re.compile(r"月(?:份|底|末|初)?$|旬$|年-\d{1,2}$")),
    ("years", re.compile(r"近|过去|未来|今后|年代|规划|[五]|[0-9]{4}\s?年?\s?(?:[—–~～-]+|至|到)")),
    ("year", re.compile(r"年|本年度?")),
)


def period_kind(period: str) -> str:
    """Return the kind of a period's wording: year, half, quarter, months, month, day, until, since, years; "" for none.

    `2020年` year, `今年1—5月` months, `截至2020年底` until, `自2007年以来` since, `近三年` and `“十四五”` years.
    """
    return next((kind for kind, pattern in _PERIODS if pattern.search(period)), "")


_PART = re.compile(
    r"(?P<named>前?[一二三四1-4]个?季度|前三季度|[上下]半年)"
    r"|(?:(?P<from>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s?(?:[—–~～-]+|至|到)\s?)?"
    r"(?<![0-9一二三四五六七八九十])(?P<until>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月"
)


def part_of_year(period: str) -> str:
    """Return which part of its year a period's wording names: `上半年`, `一季度`, `1—5月`, `6月`; "" for the whole year.

    A figure `截至12月底` and one of `1—12月` is the year's.
    """
    match = _PART.search(period.translate(NARROW))
    if not match:
        return ""
    if match["named"]:
        return match["named"]
    first, last = (_month(text or "") for text in (match["from"], match["until"]))
    if last == 12:
        return "" if first <= 1 else f"{first}—12月"
    return f"{first}—{last}月" if first else f"{last}月"


def _month(text: str) -> int:
    return int(text) if text.isdigit() else int(numeral(text) or 0)


def _is_baseline(line: str, start: int, end: int) -> bool:
    """Tell whether the time at [start:end] is one compared with: `比上年增长5%`; not `比2022年的4.5%`."""
    return bool(_COMPARED.search(line, max(0, start - 1), start) and _CHANGED.match(line, end))


def _explicit(match: re.Match[str], last: int | None) -> tuple[str, tuple[int, ...]]:
    """Return the kind and years of a match that needs no reference date, ("", ()) for others, "none" for no time."""
    if match["year"]:
        return "date" if match["month"] else "year", (int(match["year"]),)
    if match["iso_year"]:
        return "date", (int(match["iso_year"][:4]),)
    if match["months"] or match["part"]:
        return "period", (last,) if last else ()
    if match["month_day"] or match["cn_day"]:
        return "date", (last,) if last else ()
    if match["listed"]:
        return "year", (int(match["listed"]),)
    if match["cn_year"]:
        year = int(numeral(match["cn_year"].translate(_ROUND)) or 0)
        return "date" if match["cn_month"] else "year", (year,)
    if first := match["first"] or match["from"]:
        final = match["final"] or match["until"]
        until = int(final) if len(final) == 4 else int(first[:2] + final)
        wide = 0 <= until - int(first) <= 40
        return "range", tuple(range(int(first), until + 1)) if wide else (int(first),)
    if match["tens"]:
        tens = int(match["tens"]) if match["tens"].isdigit() else int(numeral(match["tens"]) or 0)
        century = 2000 if match["age"] in ("20", "本世纪", "21世纪", "二十一世纪") else 1900
        return "range", tuple(range(century + tens, century + tens + 10))
    if match["plan"]:
        return _plan(match)
    return "", ()


def _plan(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    """`“十四五”`, `十三五时期`, `十三五末`; not `三五家`, `十五`: a short one needs quotation marks or its word."""
    ordinal, said = int(numeral(match["plan"]) or 0), match["said"] or ""
    if ordinal <= 10 and not match["quote"] and not said:
        return "none", ()
    first = 1953 + (ordinal - 1) * 5 if ordinal < 3 else 1966 + (ordinal - 3) * 5
    if said.startswith(("末", "初")):
        return "year", (first + 4 if said[0] == "末" else first,)
    return "range", tuple(range(first, first + 5))


def _relative(match: re.Match[str], line: str, base: int | None, last: int | None) -> tuple[int, ...]:
    """Return the years of a relative wording: from the year last named, or from `base`, () where neither is known."""
    if match["same"]:
        return (last,) if last else ()
    if match["following"]:
        return (last + 1,) if last else ()
    if match["before"] and last:
        return (last - 1,)
    if match["within"]:
        if last:
            return (last,)
        return (base,) if base and _COMING.search(line, max(0, match.start() - 8), match.start()) else ()
    if base is None:
        return ()
    if count := match["n"] or match["coming"]:
        n = int(count) if count.isdigit() else int(numeral(count) or 0)
        return tuple(range(base - n, base + 1)) if match["n"] else tuple(range(base + 1, base + n + 1))
    shifts = {"next_year": 1, "before_last": -2, "last_year": -1, "before": -1}
    return (base + next((shift for group, shift in shifts.items() if match[group]), 0),)
