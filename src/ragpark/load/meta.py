"""Titles, dates and sources as formats give them → tidy `meta`; front matter and sidecar values pass here too."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Mapping

META_KEYS = ("title", "date", "source", "subject")

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DATE = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(?:(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})(?!\d))?)?)?(?!\d)")
_COMPACT = re.compile(r"^(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4,6})?(?!\d)")
_YEAR = re.compile(r"^\s*((?:19|20)\d\d)\s*$")
_USELESS_TITLE = re.compile(
    r"^(microsoft (word|powerpoint|excel)\b.*|untitled.*|无标题.*|未命名.*|(新建|新)?文档\s*\d*|document\s*\d*"
    r"|(word|wps) 文[档字].*|powerpoint 演示文稿|幻灯片\s*\d*|slide\s*\d*"
    r"|.*\.(docx?|pdf|pptx?|xlsx?|wps|indd|qxd|cdr|txt|html?|rtf|tmp))$",
    re.IGNORECASE,
)


def iso_date(text: str) -> str | None:
    """Return the first date in `text` as YYYY-MM-DD, YYYY-MM or YYYY, as exact as it is written; None if none is.

    `2022-06-07 07:17:20 +0800`, `2022年6月7日`, `二〇二二年四月十五日`, `20220607`, `D:20220607…`, `2022.6`.
    """
    text = text.strip()
    if match := _COMPACT.match(text):
        return _iso(*match.groups())
    if match := _YEAR.match(text):
        return match[1]
    if match := _DATE.search(_arabic(text)):
        return _iso(*match.groups())
    try:
        parsed = email.utils.parsedate(text)  # Tue, 07 Jun 2022 07:17:20 +0800
    except (IndexError, TypeError, ValueError):
        return None
    return _iso(*map(str, parsed[:3])) if parsed else None


def sensible_title(text: str) -> bool:
    """Say whether a title in PDF or DOCX properties names the document: `园区年报` yes, `Microsoft Word - 1` no."""
    text = text.strip()
    if not 4 <= len(text) <= 120 or not text.isprintable() or "\ufffd" in text or _USELESS_TITLE.match(text):
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{2}", text)) or (text.isascii() and len(text.split()) > 1)


def tidy(found: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return `found` without empty values and with an ISO `date`, and a problem for a date that does not parse."""
    meta = {key: " ".join(value.split()) for key, value in found.items() if value.strip()}
    problems: list[str] = []
    if "date" in meta:
        date = iso_date(meta["date"])
        if date is None:
            problems.append(f"日期“{meta.pop('date')[:40]}”无法识别，已忽略；请写成 2024-04-11 的形式")
        else:
            meta["date"] = date
    return meta, problems


def _arabic(text: str) -> str:
    """Turn the Chinese numerals of a date into digits: `二〇二二年四月十五日` → `2022年4月15日`."""

    def tens(match: re.Match[str]) -> str:
        left, right = match[0].split("十", 1)
        return str(int(left.translate(_HAN_DIGITS) or 1) * 10 + int(right.translate(_HAN_DIGITS) or 0))

    text = re.sub(r"[一二三]?十[一二三四五六七八九]?(?=[月日])", tens, text)
    return text.translate(_HAN_DIGITS)


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    try:
        if month is None:
            return f"{int(year):04d}" if 1900 <= int(year) <= 2100 else None
        date = datetime.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    if not 1900 <= date.year <= 2100:
        return None
    return date.isoformat() if day else date.isoformat()[:7]
