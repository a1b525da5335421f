"""When a document was published: front matter, `发布日期：`, a date line, the file name; and Chinese date numerals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "O": 0}
_PLAIN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年\-/.．]\s*(\d{1,2})(?:\s*[月\-/.．]\s*(\d{1,2})(?!\d))?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_CHINESE = re.compile(r"([一二][〇○零九OＯ一二三四五六七八]{3})年(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})日)?")
_META_KEYS = ("发布日期", "发布时间", "成文日期", "发文日期", "印发日期", "日期", "时间")


def chinese_number(text: str) -> int:
    """Return a Chinese numeral below 100 (`二十三` → 23, `十` → 10) or a digit string (`二〇二二` → 2022)."""
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def parse_date(text: str) -> str | None:
    """Return the first date in the text as ISO `YYYY-MM-DD` or `YYYY-MM`, or None.

    `2024-04-11 17:52` → 2024-04-11; `二〇二二年四月十五日` → 2022-04-15; `2020年` alone is no date.
    """
    for match in _PLAIN.finditer(text):
        iso = _iso(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
        if iso:
            return iso
    match_chinese = _CHINESE.search(text)
    if match_chinese and match_chinese[2]:
        return _iso(
            chinese_number(match_chinese[1]),
            chinese_number(match_chinese[2]),
            chinese_number(match_chinese[3]) if match_chinese[3] else None,
        )
    compact = _COMPACT.search(text)
    return _iso(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None


def _iso(year: int, month: int, day: int | None) -> str | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day is not None else "")


def publication_date(doc: str, meta: Mapping[str, str], paragraphs: Sequence[str]) -> str | None:
    """Return when the document was published, as ISO date (possibly only a month or a year), or None.

    Order: `发布日期：` and its like; a line that is nothing but a date among the first 15 or the last 8;
    `（2023年5月6日）` at the very end; a date or year in the file name.
    """
    for key in _META_KEYS:
        if (value := meta.get(key)) and (date := parse_date(value)):
            return date
    for line in [*paragraphs[:15], *paragraphs[-8:]]:
        if len(line) <= 40 and (date := parse_date(line)) and _only_a_date(line):
            return date
    name = doc.rsplit("/", 1)[-1]
    if date := parse_date(name):
        return date
    year = _YEAR_ONLY.search(name)
    return year[1] if year else None


def _only_a_date(line: str) -> bool:
    rest = _CHINESE.sub("", _PLAIN.sub("", line))
    rest = re.sub(r"(?:印发|发布|发表|成文|日期|时间|来源|讯|电|出版|第\d+版|\d{1,2}:\d{2}(?::\d{2})?|[日（）()\s:：|｜,，《》]|星期.)", "", rest)
    return len(rest) <= 12 and not re.search(r"[，。；,;]", rest)
