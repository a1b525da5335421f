"""Leaves out the lines that are not content and records each with its reason; what a date or source line says is kept.

Judges by `furniture`, `fields` and `credits`, and by where a line stands; joins nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ragpark.records import Removed
from ragpark.repair import credits, fields, furniture
from ragpark.repair.headings import starts_with_marker
from ragpark.repair.lines import Line, Paragraph, blocks, terminated
from ragpark.zh.calendar import calendar_dates
from ragpark.zh.fold import is_cjk
from ragpark.zh.wording import rx

_TOP_LINES, _BOTTOM_LINES, _HEAD_LINES = 12, 8, 40  # where `时间：…` speaks of the page itself
_FOOTER_REACH = 4  # lines beside a certain footer line that may belong to it
_DATED = r"(?P<key>{publishing}(?:日期|时间))\s*[:：]?\s*"
_CONTROL_CHARS = 4
_PAGE_MARK = re.compile(
    r"[-–—·•]\s*\d{1,4}\s*[-–—·•]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_PAGE_NUMBER = re.compile(r"[-—–·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/]?\s*共\s*\d+\s*页)?[-—–·•\s]*")


def drop_captions(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without photo captions: from the blank line before one to the line ending `（某某  供稿）`."""
    kept: list[Line] = []
    for block in blocks(lines):
        end = max((i for i, line in enumerate(block[:4]) if credits.is_caption(line.text)), default=-1)
        caption = block[: end + 1]
        if any("。" in line.text for line in caption) or any(line.level for line in caption):
            caption = []
        pictured = [line for line in block[len(caption) :] if not line.level and credits.is_pictured(line.text)]
        removed.extend(Removed(line.text, "图片说明", line.place) for line in (*caption, *pictured))
        rest = [line for line in block[len(caption) :] if line not in pictured]
        if caption and rest:
            rest[0].gap = caption[0].gap
        kept.extend(rest)
    return kept


def drop_furniture(lines: Sequence[Line], removed: list[Removed], meta: dict[str, str]) -> list[Line]:
    """Return the lines without navigation, footers, credits and field lines; what the latter say goes into `meta`."""
    lines = _take_values(lines, removed, meta)
    reasons = [_reason(lines, index, meta) for index in range(len(lines))]
    _mark_controls(lines, reasons)
    _spread_footers(lines, reasons)
    _mark_related(lines, reasons)
    kept: list[Line] = []
    carry = 0
    page_start = False
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            removed.append(Removed(line.text.strip(), reason, line.place))
            carry = max(carry, line.gap, 1)
            page_start = page_start or line.page_start
            continue
        line.gap = max(line.gap, carry)
        line.page_start = line.page_start or page_start
        carry, page_start = 0, False
        line.text = line.text.strip()
        kept.append(line)
    return kept


def _take_values(lines: Sequence[Line], removed: list[Removed], meta: dict[str, str]) -> list[Line]:
    """Return the lines with a label and its value on one: `来源:` / `四川日报`; a first `date 2025-09-24 …` is taken out."""
    taken: list[Line] = []
    for index, line in enumerate(lines):
        before = taken[-1] if taken else None
        edge = _at_edge(lines, index)
        if before is not None and edge and fields.open_label(before.text) and _is_value(line):
            before.text = f"{before.text.strip()}{line.text.strip()}"
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
    return (
        not line.level and line.row is None and len(line.text) <= 30 and not re.search(r"[:：。，]$|[:：]\D", line.text)
    )


def _reason(lines: Sequence[Line], index: int, meta: dict[str, str]) -> str:
    line = lines[index]
    if line.level or (line.table is not None and line.table.columns and line.row and len(line.row.cells) > 1):
        return ""  # no row under column names is furniture, whatever its cells say
    edge = _at_edge(lines, index)
    found = fields.page_fields(line.text)
    if found and (not fields.is_ambiguous(found) or (edge and not _in_invitation(lines, index))):
        for key, value in found.items():
            if value:
                meta.setdefault(key, value)
        return "署名" if credits.is_credit(line.text) else "网页信息"
    text = fields.plain(line.text)
    if len(text) <= 200 and (index < 25 or edge) and (label := rx(_DATED).search(text)):
        date = next(calendar_dates(text[label.end() :]), None)
        if date and not date.start:
            meta.setdefault(label["key"], date.iso)
    announced = index > 0 and re.search(r"[:：]$", lines[index - 1].text) and re.match(r"<?https?://", line.text)
    if not announced and (furniture.is_navigation(line.text) or furniture.is_footer(line.text)):
        return "导航或页脚"
    if credits.is_credit(line.text):
        if match := re.search(r"来源\s*[:：]\s*([^（）()]+)", text):
            meta.setdefault("来源", line.text.strip()[match.start(1) : match.end(1)].strip())
        return "署名"
    return ""


def _in_invitation(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a neighbour says where or what about: `时间：…` above `地点：…` is content."""
    around = [*lines[max(index - 2, 0) : index], *lines[index + 1 : index + 3]]
    return any(rx(r"\S{0,6}{event_label}\S{0,4}\s*[:：]").match(fields.plain(item.text)) for item in around)


def _mark_controls(lines: Sequence[Line], reasons: list[str]) -> None:
    """Mark runs of at least three very short lines at the edges of which half are buttons: `下载` `全屏` `听文章` `大`."""
    run: list[int] = []
    for index in range(len(lines) + 1):
        line = lines[index] if index < len(lines) else None
        edge = _at_edge(lines, index)
        if line is not None and edge and not line.level and line.row is None and len(line.text) <= _CONTROL_CHARS:
            run.append(index)
            continue
        known = [lines[at].text for at in run if reasons[at] or furniture.is_control(lines[at].text)]
        if len(run) >= 3 and 2 * len(known) >= len(run) and max(map(len, known)) >= 2:  # not a column `大` `中` `小`
            for at in run:
                reasons[at] = reasons[at] or "导航或页脚"
        run = []


def _spread_footers(lines: Sequence[Line], reasons: list[str]) -> None:
    """Mark what stands beside a certain footer line and looks like one: `主办：…` above `京ICP备…`."""
    for index, line in enumerate(lines):
        if not reasons[index] or not furniture.is_footer(line.text):
            continue
        for step in (-1, 1):
            for distance in range(1, _FOOTER_REACH + 1):
                at = index + step * distance
                if not 0 <= at < len(lines):
                    break
                if not reasons[at] and not furniture.is_near_footer(lines[at].text):
                    break
                reasons[at] = reasons[at] or "导航或页脚"


def _mark_related(lines: Sequence[Line], reasons: list[str]) -> None:
    """Mark `相关阅读` with the titles of links under it, down to the end; where sentences follow, it heads a text."""
    for index, line in enumerate(lines):
        if line.level and index + 1 < len(lines) and furniture.is_related(line.text):
            line.level = 0 if furniture.are_links([item.text for item in lines[index + 1 :]]) else line.level
        if reasons[index] or line.level or not furniture.is_related(line.text):
            continue
        rest = [at for at in range(index + 1, len(lines)) if not reasons[at]]
        links = list(takewhile(lambda at: furniture.are_links([lines[at].text]), rest))
        if len(links) == len(rest) or (len(links) >= 2 and len(rest) - len(links) <= 1):
            for at in (index, *links):
                reasons[at] = "相关链接"


def drop_vertical(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without text set vertically, a character a line (`供` / `图`): at least four such in a row."""
    kept: list[Line] = []
    run: list[Line] = []
    for line in (*lines, None):
        if line is not None and len(line.text) == 1 and is_cjk(line.text) and not line.solid:
            run.append(line)
            continue
        if len(run) >= 4:
            removed.append(Removed("".join(item.text for item in run), "竖排文字", run[0].place))
        else:
            kept.extend(run)
        run = []
        if line is not None:
            kept.append(line)
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
        elif kept and terminated(kept[-1].text):
            kept[-1].ends = True
    return kept


def drop_cut_bylines(paragraphs: Iterable[Paragraph], removed: list[Removed]) -> Iterator[Paragraph]:
    """Yield the joined paragraphs without by-lines that stood on two lines: `……。（本报记者 陈晓 实习生 王` / `婷婷）`."""
    for paragraph in paragraphs:
        start = None
        if len(paragraph.pieces) > 1 and not paragraph.level and paragraph.text.rstrip().endswith(("）", ")")):
            start = credits.cut_byline_start(paragraph.text)
        if start is None or start >= len(paragraph.text) - len(paragraph.pieces[-1][0]):
            yield paragraph
            continue
        removed.append(Removed(paragraph.text[start:].strip(), "署名", paragraph.pieces[-1][1]))
        kept: list[tuple[str, int]] = []
        for piece, place in paragraph.pieces:
            if start > 0:
                kept.append((piece[:start], place))
            start -= len(piece)
        paragraph.pieces = kept
        if kept:
            yield paragraph


def drop_page_headers(lines: Sequence[Line], removed: list[Removed]) -> list[Line]:
    """Return the lines without running titles and page numbers: at page starts, or inside an unfinished sentence.

    Catches an indented `科学技术` between `推介` and `园区创新创业环境。`, and `园区观察 2025年第3期` that comes back
    inside sentences; leaves the full-width line of a page start alone, and `【概况】` that heads every chapter.
    """
    repeated = _running(lines)
    kept: list[Line] = []
    for index, line in enumerate(lines):
        before = kept[-1] if kept else None
        inside = before is not None and not before.level and not terminated(before.text)
        if (
            before is not None
            and not line.level
            and not line.solid
            and (
                _key(line.text) in repeated
                or _PAGE_MARK.fullmatch(line.text)
                or (inside and index + 1 < len(lines) and _is_header(before, line, lines[index + 1]))
            )
        ):
            removed.append(Removed(line.text, "页眉", line.place))
            if index + 1 < len(lines):
                following = lines[index + 1]
                following.page_start = following.page_start or line.page_start
            continue
        kept.append(line)
    return kept


def _is_header(before: Line, line: Line, following: Line) -> bool:
    if following.width < 4:
        return False
    if _PAGE_NUMBER.fullmatch(line.text) and (line.gap or line.page_start or following.page_start):
        return True
    column = line.column or before.column
    short = line.width <= column * 0.6 and not re.search(r"[，。；、！？,;:：]", line.text)
    return short and line.indent > 0 and before.width >= column - 6 and not starts_with_marker(line.text)


def _running(lines: Sequence[Line]) -> set[str]:
    """Return the keys of running titles: short lines that come back at page starts, or mostly inside a sentence."""
    total: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    at_start: Counter[str] = Counter()
    for index, line in enumerate(lines):
        key = _key(line.text) if not (line.level or line.solid) else ""
        if not key:
            continue
        total[key] += 1
        before = lines[index - 1] if index else None
        inside[key] += before is not None and not before.level and before.column > 0 and not terminated(before.text)
        at_start[key] += line.page_start
    return {
        key for key, count in total.items() if at_start[key] >= 2 or (count >= 3 and 2 * inside[key] >= count and count)
    }


def _key(text: str) -> str:
    """Return the line without digits and spaces, or "" where it cannot be a running title (long, or with a mark)."""
    if len(text) > 30 or re.search(r"[，。；！？、,;!?]", text) or starts_with_marker(text):
        return ""
    key = re.sub(r"[\d\s〇一二三四五六七八九十]+", "#", text)
    return key if len(re.findall(r"[^\W\d_]", key)) >= 3 else ""
