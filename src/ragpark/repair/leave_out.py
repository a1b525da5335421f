"""Leaves out the lines that are not content and records each with its reason; what a date or source line says is kept.

Judges by `furniture`, `fields` and `credits`, and by where a line stands; joins nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, takewhile

from ragpark.records import Removed
from ragpark.repair import credits, fields, furniture, headings
from ragpark.repair.lines import Line, blocks, terminated
from ragpark.zh.fold import is_cjk
from ragpark.zh.wording import rx

_NAVIGATION = "导航或页脚"
_TOP_LINES, _BOTTOM_LINES, _HEAD_LINES = 12, 8, 40  # where `时间：…` speaks of the page itself
_BYLINE_LINES = 4  # of a page, the first not among them, where a body and a name are who wrote it
_CONTROL_CHARS = 4
_PAGE_NUMBER = re.compile(r"[-–—·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/]?\s*共?\s*\d+\s*页?)?[-–—·•\s]*")
_DECORATED = re.compile(r"[-–—·•第].*[-–—·•页]|\d+\s*/\s*\d+")


def drop_captions(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without photo captions: from the blank line before one to the line ending `（某某  供稿）`."""
    kept: list[Line] = []
    for block in blocks(lines):
        end = max((at + 1 for at, line in enumerate(block[:4]) if credits.is_caption(line.text)), default=0)
        if any(line.level or "。" in line.text for line in block[:end]):
            end = 0
        if 0 < end < len(block):
            block[end].gap = block[0].gap
        for at, line in enumerate(block):
            if at < end or (not line.level and credits.is_pictured(line.text)):
                removed.append(Removed(line.text, "图片说明", line.place))
            else:
                kept.append(line)
    return kept


def drop_furniture(lines: Sequence[Line], removed: list[Removed], meta: dict[str, str]) -> list[Line]:
    """Return the lines without navigation, footers, credits and field lines; what the latter say goes into `meta`."""
    lines = _take_values(lines, removed, meta)
    reasons = [_reason(lines, index, meta) for index in range(len(lines))]
    _mark_controls(lines, reasons)
    _mark_related(lines, reasons)
    kept: list[Line] = []
    carry = 0
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            removed.append(Removed(line.text.strip(), reason, line.place))
            carry = max(carry, line.gap, 1)
            continue
        line.gap, carry = max(line.gap, carry), 0
        line.text = line.text.strip()
        kept.append(line)
    return kept


def _take_values(lines: Sequence[Line], removed: list[Removed], meta: dict[str, str]) -> list[Line]:
    """Return the lines with a label and its value on one: `来源:` / `四川日报`; a first `date 2025-09-24 …` is taken out."""
    taken: list[Line] = []
    for index, line in enumerate(lines):
        if taken and _at_edge(lines, index) and fields.open_label(taken[-1].text) and _is_value(line):
            taken[-1].text = f"{taken[-1].text.strip()}{line.text.strip()}"
            continue
        if index < 3 and (found := fields.plain_date(line.text)):
            meta.setdefault("发布时间", found[0])
            removed.append(Removed(line.text[: len(line.text) - len(found[1])].strip(), "网页信息", line.place))
            line.text = found[1]
        if line.text:
            taken.append(line)
    return taken


def _at_edge(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the line stands near the end, near the top, or above the first sentence of the text."""
    if index < _TOP_LINES or index >= len(lines) - _BOTTOM_LINES:
        return True
    return index < _HEAD_LINES and not any(len(line.text) >= 30 and "。" in line.text for line in lines[:index])


def _is_value(line: Line) -> bool:
    return not line.level and line.row is None and len(line.text) <= 30 and not re.search(r"[:：。，]", line.text)


def _reason(lines: Sequence[Line], index: int, meta: dict[str, str]) -> str:
    line = lines[index]
    if line.level or (line.table is not None and line.table.columns and line.row and len(line.row.cells) > 1):
        return ""  # no row under column names is furniture, whatever its cells say
    found = fields.page_fields(line.text)
    of_page = _at_edge(lines, index) and not _in_invitation(lines, index)
    if found and (of_page or not fields.is_ambiguous(found)):
        for key, value in found.items():
            if value:
                meta.setdefault(key, value)
        called = lines[0].text.strip().rstrip("！？!?")
        if index == 1 and called != lines[0].text.strip() and headings.looks_like_title(called):
            lines[0].level = lines[0].level or 1  # `某园区开工了！` over when it was published
        return "署名" if credits.is_credit(line.text) else "网页信息"
    if furniture.is_navigation(line.text) or furniture.is_footer(line.text):
        return _NAVIGATION
    if index < _TOP_LINES and furniture.is_trail(line.text, lines[index + 1].text if index + 1 < len(lines) else ""):
        return _NAVIGATION
    return "署名" if credits.is_credit(line.text, under_title=0 < index < _BYLINE_LINES) else ""


def _in_invitation(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a neighbour says where or what about: `时间：…` above `地点：…` is content."""
    around = [*lines[max(index - 2, 0) : index], *lines[index + 1 : index + 3]]
    return any(rx(r"\S{0,6}{event_label}\S{0,4}\s*[:：]").match(fields.plain(item.text)) for item in around)


def _mark_controls(lines: Sequence[Line], reasons: list[str]) -> None:
    """Mark runs of at least three very short lines at the edges of which half are buttons: `下载` `全屏` `听文章` `大`."""

    def is_short(at: int) -> bool:
        line = lines[at]
        return _at_edge(lines, at) and not line.level and line.row is None and len(line.text) <= _CONTROL_CHARS

    for short, group in groupby(range(len(lines)), is_short):
        run = list(group)
        known = sum(bool(reasons[at]) or furniture.is_control(lines[at].text) for at in run)
        if short and len(run) >= 3 and 2 * known >= len(run):
            for at in run:
                reasons[at] = reasons[at] or _NAVIGATION


def _mark_related(lines: Sequence[Line], reasons: list[str]) -> None:
    """Mark `相关阅读` with the titles of links under it, down to the end; where sentences follow, it heads a text."""
    for index, line in enumerate(lines):
        if reasons[index] or line.level or not furniture.is_related(line.text):
            continue
        rest = [at for at in range(index + 1, len(lines)) if not reasons[at]]
        links = list(takewhile(lambda at: furniture.is_link(lines[at].text), rest))
        if len(links) == len(rest) or (links and len(rest) - len(links) <= 1):
            for at in (index, *links):
                reasons[at] = "相关链接"


def drop_vertical(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without text set vertically, a character a line (`供` / `图`): at least four such in a row."""
    kept: list[Line] = []
    for upright, group in groupby(lines, lambda line: len(line.text) == 1 and is_cjk(line.text) and not line.solid):
        run = list(group)
        if upright and len(run) >= 4:
            removed.append(Removed("".join(line.text for line in run), "竖排文字", run[0].place))
        else:
            kept.extend(run)
    return kept


def drop_bylines(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without by-lines; the paragraph ends there, unless one stands inside a sentence (page break)."""
    kept: list[Line] = []
    for line in lines:
        start = credits.byline_start(line.text) if not line.level else None
        if start is None:
            kept.append(line)
            continue
        removed.append(Removed(line.text[start:].strip(" \ufffd"), "署名", line.place))
        if start:
            line.text = line.text[:start]
            line.ends = True
            kept.append(line)
    return kept


def drop_page_headers(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without page numbers (`— 12 —`), and without running titles inside an unfinished sentence.

    Catches an indented `科学技术` between `推介` and `园区创新创业环境。`, and `园区观察 2025年第3期` that comes back;
    leaves `【概况】` that heads every chapter, and a short line between two paragraphs.
    """
    counts = Counter(_key(line.text) for line in lines)
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is not None and not line.solid and not line.level and _is_header(before, line, counts):
            removed.append(Removed(line.text, "页眉", line.place))
        else:
            kept.append(line)
    return kept


def _is_header(before: Line, line: Line, counts: Counter[str]) -> bool:
    inside = not before.level and not terminated(before.text)
    if _PAGE_NUMBER.fullmatch(line.text):
        return bool(_DECORATED.fullmatch(line.text.strip())) or (inside and line.gap > 0)
    column, key = line.column or before.column, _key(line.text)
    if not inside or not column or not key:
        return False
    set_in = line.indent > 0 and before.width >= column - 6 and line.width <= column * 0.6
    return set_in or (counts[key] >= 3 and line.width <= 60)


def _key(text: str) -> str:
    """Return the line without digits and spaces, or "" where it cannot be a running title: it has a mark or a marker."""
    if re.search(r"[，。；！？、,;!?:：]", text) or headings.starts_with_marker(text):
        return ""
    return re.sub(r"[\d\s〇一二三四五六七八九十]+", "#", text)
