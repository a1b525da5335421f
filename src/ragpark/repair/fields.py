"""Label–value lines: `发布日期：…  来源：…` that speak of the page, `申请时间：…` that is content. Decides only."""

from __future__ import annotations

import re

from ragpark.zh.calendar import calendar_dates, first_date, read_date
from ragpark.zh.fold import simplified
from ragpark.zh.wording import notion, rx

_EDGES = " \t\u3000|｜-—·[]【】()（）"
_CLOCK = re.compile(r"\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}|分)?秒?")
_WEEKDAY = re.compile(r"\s*(?:星期|周)[一二三四五六日天]")
_STAMP_BEHIND = re.compile(r"\s+((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?)$")
_COLON_NEAR = re.compile(r".{2,16}[:：]")
_PAIR = re.compile(r"^[^\s，。；、：:！？“”《》]{2,8}\s*[:：]\s*[^\s:：].{0,60}$")
_SPACED_LABEL = re.compile(r"(?:^|(?<=[\s|｜]))(?:[一-鿿][ \u3000]+){1,4}[一-鿿](?=\s*[:：])")  # `标　　题：`
_PLAIN_DATE = re.compile(r"^\s*(?:date|pubdate|published)\s+(?=\d{4}\D)", re.I)


def plain(line: str) -> str:
    """Return the line with traditional characters made simplified, every offset unchanged; a long line as it is."""
    return simplified(line) if len(line) <= 200 and not line.isascii() else line


def page_fields(line: str) -> dict[str, str]:
    """Return {label: value} when the whole line is made of fields like `发布日期：…  来源：…  浏览次数：…`, else {}.

    `2024-03-05 10:20 来源：某报` begins with a date: it counts as 发布时间. Leaves sentences alone: `来源：` in the
    middle of a line does not count, nor a value over 60 characters, with a full stop, or with another field in it.
    """
    line = _SPACED_LABEL.sub(lambda match: re.sub(r"\s", "", match[0]), line.strip().strip(_EDGES))
    if controls := rx(r"(?:[\s|｜]+(?=\S\S)(?:{web_control}|{related_heading})(?![一-鿿])[\s>»›]*)+$").search(
        plain(line)
    ):
        line = line[: controls.start()]
    if not 3 <= len(line) <= 160:
        return {}
    folded = plain(line)
    if rx(r"[一-鿿（）()、]{2,40}{issuer_end}\s+(?={date_label}\s*[:：])").match(folded):
        line, folded = (f"发布机构：{text}" for text in (line, folded))
    found: dict[str, str] = {}
    position = stamp = _date_end(folded)
    field = rx(r"(?P<key>{page_label})\s*[:：｜]\s*(?P<value>.*?)(?=[\s|｜【\[（(]*{page_label}\s*[:：｜]|$)", re.I)
    for match in field.finditer(folded, position):
        if folded[position : match.start()].strip(_EDGES + "0123456789"):
            return {}
        value = line[match.start("value") : match.end("value")].strip(_EDGES)
        longest = 120 if rx("{title_label}", re.I).fullmatch(match["key"]) else 60
        if len(value) > longest or "。" in value or (longest == 60 and re.search(r"[:：]", _CLOCK.sub("", value))):
            return {}
        stamped = None if rx("{date_label}", re.I).fullmatch(match["key"]) else _STAMP_BEHIND.search(value)
        if stamped and first_date(stamped[1]):
            found.setdefault("发布时间", stamped[1])
            value = value[: stamped.start()].strip()
        found.setdefault(match["key"], value)
        position = match.end()
    if not found or folded[position:].strip(_EDGES):
        return {}
    if stamp:
        found.setdefault("发布时间", line[:stamp].strip())
    return found


def _date_end(line: str) -> int:
    """Return where a date and hour at the beginning of the line end, 0 where there are none."""
    date = next(calendar_dates(line), None)
    if date is None or date.start:
        return 0
    end = date.end
    for after in (_WEEKDAY, _CLOCK):
        if match := after.match(line, end):
            end = match.end()
    return end


def is_ambiguous(fields: dict[str, str]) -> bool:
    """Tell whether such labels may as well be content: `时间：3月5日下午` in an invitation, `来源：企业自筹`."""
    return all(rx("{content_label}").fullmatch(key) for key in fields)


def open_label(line: str) -> bool:
    """Tell whether the line is nothing but a label of the page, its value on the next line: `来源:`, `责任编辑：`."""
    return bool(rx(r"^\s*(?:{date_label}|{source_label}|{credit_role})\s*[:：]\s*$", re.I).match(plain(line)))


def plain_date(line: str) -> tuple[str, str] | None:
    """Return (date, rest) of a first line like `date 2025-09-24 某图说明`, as plain front matter is written; else None."""
    match = _PLAIN_DATE.match(line)
    if not match:
        return None
    date = next(calendar_dates(line[match.end() :]), None)
    return None if date is None or date.start else (date.iso, line[match.end() + date.end :].strip())


def is_label_line(line: str) -> bool:
    """Tell whether the line is a label with its value: `申请时间：3月5日`, `主编：某某`; never a heading.

    Leaves `某市：驶入“新赛道”` alone, whose beginning names no kind of value.
    """
    line = line.strip()
    if len(line) > 120 or "。" in line[:-1] or not _COLON_NEAR.match(line):
        return False
    return bool(rx(r"^[^\s，。；、：:！？]{0,6}{label_end}\s*[:：]\s*\S").match(plain(line)))


def is_pair(line: str) -> bool:
    """Tell whether the line has the shape of label and value, whatever the label: two such in a row are label lines."""
    return bool(_PAIR.match(line.strip())) and "。" not in line


def is_imprint(line: str) -> bool:
    """Tell whether the line says who runs or prints the paper and where to reach them: `主编：…  电话：…`."""
    line = plain(line.strip())
    found = rx(r"{imprint_label}(?:单位|机构)?\s*[:：]").findall(line)
    return bool(found) and len(line) <= 60 + 20 * len(found) and "。" not in line


def field_date(meta: dict[str, str]) -> str | None:
    """Return the date that the page's fields give: when it was published, before when it was signed or changed."""
    order = notion("label_of_release").words
    dated = [key for key in meta if rx("{date_label}", re.I).fullmatch(key)]
    dated.sort(key=lambda key: next((rank for rank, word in enumerate(order) if word in key.lower()), len(order)))
    return next((date for key in dated if (date := first_date(meta[key]) or read_date(meta[key]))), None)


def field_value(meta: dict[str, str], label: str) -> str | None:
    """Return the value of the first field whose label is one of that notion (`source_label`), None without one."""
    return next((value for key, value in meta.items() if value and rx(f"{{{label}}}", re.I).fullmatch(key)), None)
