"""Titles, dates and sources as formats give them → tidy `meta`; front matter and sidecar values pass here too."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ragpark.zh.calendar import read_date
from ragpark.zh.wording import notion, rx

META_KEYS = ("title", "date", "source", "subject")
_LABELS = {"title": "title_label", "date": "date_label", "source": "source_label"}


def iso_date(text: str) -> str | None:
    """Return the first date in `text` as YYYY-MM-DD, YYYY-MM or YYYY, as exact as it is written; None if none is."""
    return read_date(text)


def sensible_title(text: str) -> bool:
    """Say whether a title in PDF or DOCX properties names the document: `园区年报` yes, `Microsoft Word - 1` no."""
    text = text.strip()
    if not 4 <= len(text) <= 120 or not text.isprintable() or "\ufffd" in text:
        return False
    if notion("program_title").fullmatch(text.lower()):
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{2}", text)) or (text.isascii() and len(text.split()) > 1)


def tidy(found: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return `found` without empty values and with an ISO `date`, and a problem for a date that does not parse.

    Keys may be the labels that a page or paper would use: `标题`, `发布时间`, `来源` are title, date and source.
    """
    meta = {key: " ".join(value.split()) for key, value in found.items() if value.strip()}
    for key, label in _LABELS.items():
        said = next((value for name, value in meta.items() if rx(f"{{{label}}}", re.I).fullmatch(name)), None)
        if key not in meta and said:
            meta[key] = said
    problems: list[str] = []
    if "date" in meta:
        date = read_date(meta["date"])
        if date is None:
            problems.append(f"日期“{meta.pop('date')[:40]}”无法识别，已忽略；请写成 2024-04-11 的形式")
        else:
            meta["date"] = date
    return meta, problems
