"""When a document was published: `发布日期：`, a date line, `（2023年5月6日通过）`, the file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from ragpark.repair.fields import field_date, plain
from ragpark.zh.calendar import calendar_dates, first_date, read_date
from ragpark.zh.fold import simplified, squeeze
from ragpark.zh.numerals import exact
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

_TOP, _BOTTOM = 15, 8  # paragraphs among which a date line is the document's
_MAX_DATE_LINE = 45
_STAMP_REACH = 200
_MAILED = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} (?:19|20)\d{2} \d\d:\d\d:\d\d\b")  # RFC 5322
_NAME_CHARS = 16  # of an office or editor beside the date
# a mark of a sentence, or a date cut in two at the end of a line: `2020年11月18` / `日启用`
_NO_DATE_LINE = re.compile(r"[，。；！？,;!?、]|月\s*(?:\d{1,2}|[一二三十]*[一二三四五六七八九十])$")
_SIGNATURE = re.compile(r"\s*(?:\d{4}年\d{1,2}月\d{1,2}日|[一二][^年]{3}年.{1,3}月.{1,3}日)\s*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?\s*[-—–~～至到]+\s*(?:19|20)?\d{2}(?!\d)")  # `2002-2006` is about all of them


def is_date_line(line: str) -> bool:
    """Tell whether the line is nothing but a date, with the name of an office or editor at most.

    Catches `二〇二五年三月十八日    资料汇编编辑组`, `2023年5月6日 星期六`, `苏州日报 2024-01-31 A3版`; leaves
    `截至2023年5月6日`, `2020年6月30日揭牌`, `从2022年5月到2023年5月` alone.
    """
    if len(line) > _MAX_DATE_LINE or not re.search(r"\d{4}|年", line) or re.match(r"【.*】.", line):
        return False
    line = simplified(unicodedata.normalize("NFKC", line)).strip()
    found = [] if _NO_DATE_LINE.search(line) else list(calendar_dates(line))
    if len(found) != 1:
        return False
    before, after = line[: found[0].start], line[found[0].end :]
    said = rx(r"{date_label}\s*[:：]?").fullmatch(before.strip())
    led = not said and rx(r"{into_date}$|{record_label}[\])]?\s*[:：]?$").search(before.strip())
    if led or rx(r"^(?:{date_end_of_span}|\d)|{dated_event}").search(after):
        return False
    rest = re.sub(r"\d+", "", rx("{beside_date}").sub("", before + " " + after))
    return len(rest) <= _NAME_CHARS and not (before.strip() and after.strip() and len(rest) > 8)


def adopted_on(line: str) -> str | None:
    """Return the latest date on which the line says that a law or rule was adopted or changed, else None.

    `（2003年5月6日某会议通过 2010年7月8日某会议修正）` → 2010-07-08; `自2020年9月1日起施行` is none.
    """
    line = line.strip()
    if len(line) > 400 or "。" in line or not rx(r"{adopted}[\s）)]*$").search(line):
        return None
    dates = list(calendar_dates(line))
    led = bool(dates) and rx("^[（(—\\-\\s]*(?:根据)?$").match(line[: dates[0].start])
    return max(date.iso for date in dates) if led else None


def delivered_on(line: str) -> str | None:
    """Return when a report was delivered: `——2026年2月3日在某市第十届人民代表大会第二次会议上`, else None."""
    date = next(calendar_dates(line), None) if len(line) <= 120 and "。" not in line else None
    return date.iso if date and rx("\\s*{delivered}").match(line, date.end) else None


def stamped_on(line: str) -> str | None:
    """Return the date that a site sets over a page, wherever in the line, else None: `…2019-11-09 12:25 来源：某网`,
    `某财经 Fri, 18 Jun 2021 01:12:58 GMT`, `关于…的通知2017-08-28`; not `2019-11-09 12:25 开始报名`."""
    if mailed := _MAILED.search(line):
        return read_date(mailed[0])
    line = plain(line[:_STAMP_REACH])
    for date in calendar_dates(line):
        if rx(r"\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*{source_label}\s*[:：]").match(line, date.end):
            return date.iso
        if "-" in line[date.start : date.end] and rx("关于[^。]{4,60}的{document_kind}").fullmatch(line, 0, date.start):
            return date.iso
    return None


def publication_date(
    doc: str, meta: Mapping[str, str], paragraphs: Sequence[str], created: str | None = None, title: str = ""
) -> str | None:
    """Return when the document was published, as ISO date (possibly only a month or a year), or None.

    Order: when a law was adopted or last changed, as said under its title; `发布日期：` and its like; a line that is
    nothing but a date at the top or the end; a site's stamp in a line at the top; when a report was delivered; a date in the file name; a line that is just
    `2023年5月6日` anywhere (a signature before attachments); the year of a document number near the top
    (`苏园管〔2023〕15号`); the year in the file name, or in a title such as `某市2021年统计公报`; `created`, from the
    file's own properties. A date inside a sentence is none of these.
    """
    top = paragraphs[:_TOP]
    name = unicodedata.normalize("NFKC", doc.rsplit("/", 1)[-1])
    lines = (line for line in (*top, *paragraphs[-_BOTTOM:]) if is_date_line(line))
    signed = (line for line in paragraphs if _SIGNATURE.fullmatch(line) and is_date_line(line))
    numbers = (found[0] for line in top if len(line) <= 40 and (found := rx("{document_number}").search(line)))
    return (
        max((date for line in top if (date := adopted_on(line))), default=None)
        or field_date(dict(meta))
        or first_date(next(lines, ""))
        or next((date for line in top if (date := stamped_on(line))), None)
        or next((date for line in top if (date := delivered_on(line))), None)
        or first_date(name)
        or first_date(next(signed, ""))
        or next((year[1] for number in numbers if (year := _YEAR.search(number))), None)
        or _only_year(name)
        or (_only_year(title) if rx(r"{document_kind}\d*$").search(title) else None)
        or (created if created and first_date(created) else None)
    )


def _only_year(text: str) -> str | None:
    """Return the year of the text where it names just one, and no span of years: `年鉴2021`; not `概况2002-2006`."""
    years = set() if _YEARS.search(text) else set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


_SENTENCE = re.compile(r"[^。！？!?\n]+")
_NAMED_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")
_WRITTEN_YEAR = re.compile(r"(?:19|20)\d{2}\s?年|[一二][〇○零九一二]{3}年|去年|明年")


def anniversary_year(text: str, vocabulary: Vocabulary) -> tuple[int, str] | None:
    """Return the year a text was written in by an anniversary of a place, and the evidence; None where it tells none.

    `今年是某区开发建设三十周年` with `founded = 1994` in the vocabulary → 2024. The sentence must name the place, say
    that the anniversary is now, and name no other year (`2014年，正值开发建设20周年`); sentences must agree.
    """
    found: dict[int, str] = {}
    anniversary = rx(r"{founding}(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})周年")
    for sentence in _SENTENCE.finditer(text):
        match = anniversary.search(sentence[0]) if "周年" in sentence[0] else None
        if not match or not rx("{anniversary_now}").search(sentence[0]) or _WRITTEN_YEAR.search(sentence[0]):
            continue
        number = int(match["n"]) if match["n"].isdigit() else int(exact(match["n"]) or 0)
        named = vocabulary.find_entities(squeeze(sentence[0][: match.start()]))
        founded = [entity for _, _, entity in named if entity.founded]
        if number and founded:
            entity = founded[-1]
            evidence = f"{match[0]}（{entity.name} {entity.founded}年设立）"
            found.setdefault((entity.founded or 0) + number, evidence)
    return next(iter(found.items())) if len(found) == 1 else None


def planned_year(text: str) -> tuple[int, str] | None:
    """Return the year a text was written in by the plan that it measures a part of the year by, and the evidence.

    `一季度增长2%，与2017年计划目标持平` → 2017, where no later year is named, 2016 is, and nothing is counted from 2017
    itself: that would be a text of the year after, and an aim of years ahead is no plan of this one.
    """
    years = set(map(int, _NAMED_YEAR.findall(text)))
    latest = max(years, default=0)
    if latest - 1 not in years or rx(rf"{{compares_with}}\s?{latest}\s?年(?!{{yearly_plan}})").search(text):
        return None
    plan = rx(rf"{latest}\s?年{{yearly_plan}}")
    for sentence in _SENTENCE.finditer(text):
        match, part = plan.search(sentence[0]), rx(r"{year_part}|\d\s?月?[-—–~至]\d{1,2}\s?月").search(sentence[0])
        if match and part and not _NAMED_YEAR.search(sentence[0], max(part.start() - 5, 0), part.end()):
            return latest, f"{part[0]} … {match[0]}"
    return None
