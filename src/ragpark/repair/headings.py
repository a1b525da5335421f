"""Which lines are headings, and how deep: markers (`第三章`, `一、`, `【概况】`) and short stand-alone lines."""

from __future__ import annotations

import re

from ragpark.repair.dates import is_date_line
from ragpark.repair.fields import is_label_line, plain
from ragpark.zh.calendar import first_date
from ragpark.zh.wording import rx

# Depth by kind of marker; Markdown and HTML bring their own level. A stand-alone title line is TITLE_LEVEL.
TITLE_LEVEL = 3
INLINE_LEVEL = 4  # `【概况】`: text behind it on the same line is the rule; below, markers may also be list items
ITEM_LEVEL = 7  # arabic markers, from here down: headings in running text, list items in formats that know lists
_NUMERAL = "[一二三四五六七八九十百零〇两\\d]{1,4}"
# `一、总体要求` yes; `一、二季度增长5%`, `二、三线城市`, `一、二、三产业` no
_NO_SERIES = r"(?!\s*[一二三四五六七八九十]{1,2}\s*{series_word})"
_ARTICLE = rf"^第\s*{_NUMERAL}\s*[条條](?=[\s\u3000]|$)"
_MARKERS = (
    (rf"^第\s*{_NUMERAL}\s*(?:编(?!号)|篇(?!章)|部分|卷)", 1),
    (rf"^第\s*{_NUMERAL}\s*章(?!程)", 2),
    (rf"^{{part_word}}{_NUMERAL}(?=[\s\u3000:：]|$)", 2),
    (rf"^第\s*{_NUMERAL}\s*[节節](?![车课能])", 3),
    (r"^【[^】]{1,60}】", 4),
    (rf"^[一二三四五六七八九十]{{1,3}}\s*、{_NO_SERIES}", 5),
    (_ARTICLE, 5),
    (r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]", 6),
    (r"^\d{1,2}\s*(?:[.．、](?!\d))", ITEM_LEVEL),
    (r"^[（(]\s*\d{1,2}\s*[）)]", 8),
)
_ITEM = re.compile(r"^(?:\d{1,2}\s*[.．、）)](?!\d)|[（(]\s*\d{1,2}\s*[）)]|[①-⑳]|[●■◆▲•◇□★]|[\[［]\d{1,3}[\]］])")
_BRACKET = re.compile(r"^【[^】]{1,60}】")
_LEAD = re.compile(
    r"^(?P<lead>(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*、|\d{1,2}\s*[.．、](?!\d))"
    r"[^。！？；，,;:：]{2,28}。)(?=\S)"
)
_FIGURE = re.compile(r"\d(?!\d{0,3}年)[\d.]*(?!\d|年)")
_DIGIT = re.compile(r"\d")
_ROW_FIGURE = re.compile(r"[^\d\s]{0,8}\d[\d,.]*(?![年月日号期届卷])[^\d\s]{0,4}")
_FIGURE_UNIT = re.compile(r"\d[\d,.]*\s?([一-鿿%％‰]?)")
_ENDS_OPEN = re.compile(r"[。！？!?；;，,、：:…]\s*$")
MAX_HEADING_CHARS = 60


def marker_level(line: str) -> int | None:
    """Return the level of the marker that the line begins with, or None.

    Catches `第三章 …`, `一、…`, `（二）…`, `3. …`, `【概况】`, `关键词一`; leaves `3.5亿元…`, `一是…`, `第一批…`,
    `一、二季度…` alone.
    """
    return next((level for pattern, level in _MARKERS if rx(pattern).match(line[:80])), None)


def starts_with_marker(line: str) -> bool:
    """Tell whether a new paragraph certainly begins here, whatever the line before it looked like."""
    level = marker_level(line)
    return (level is not None and level < ITEM_LEVEL) or (line.startswith("【") and "】" not in line)


def starts_item(line: str) -> bool:
    """Tell whether the line begins like an item of a list: `1. …`, `（2）…`, `③…`, `● …`; not `1.5亿元`."""
    return bool(_ITEM.match(line))


def split_inline(paragraph: str, deepest: int = 8) -> tuple[int, int] | None:
    """Return (level, end) of a heading that shares its paragraph with the text after it, or None.

    Catches `【概况】2020年……`, `（一）加强组织领导。各地……` and the number of `第三条 各篇……`; leaves
    `一、二季度增长5%。` alone, a lead with a figure in it, markers deeper than `deepest`, and a lead without text.
    """
    bracket = _BRACKET.match(paragraph)
    if bracket and paragraph[bracket.end() :].strip():
        return 4, bracket.end()
    level = marker_level(paragraph)
    lead = _LEAD.match(paragraph)
    if lead and level is not None and level <= deepest and not _FIGURE.search(re.sub(r"^\W*\d*\W*", "", lead["lead"])):
        return level, lead.end()
    article = re.match(_ARTICLE, paragraph)
    return (5, article.end()) if article and paragraph[article.end() :].strip() else None


def looks_like_title(line: str) -> bool:
    """Tell whether a stand-alone line reads like a heading: short, and not the end or the middle of a sentence.

    Catches `驶入科技招商“新赛道”`, `首次破千亿,先进产业持续集聚`; leaves `加强区域互补，`, `二〇二二年四月十五日` and
    `资料汇编编辑组` alone.
    """
    line = line.strip()
    if not 2 <= len(line) <= 40 or _ENDS_OPEN.search(line):
        return False
    if not re.search(r"[一-鿿]{2}", line):
        return False
    if any(line.count(a) != line.count(b) for a, b in ("“”", "（）", "《》", "「」", "‘’", "〔〕")):
        return False  # `一是激发科技创新“新活` is the first half of something
    if _is_row(line) or is_label_line(line) or is_caption_line(line) or rx("{speech_end}$").search(plain(line)):
        return False
    if is_date_line(line) or len(first_date(line) or "") == 10:  # to the day: not `2023年5月大事`
        return False
    if re.fullmatch(r"[\d〇零一二三四五六七八九十年月日\s.．\-—:：()（）第期总]+", line):
        return False
    return line.count("，") + line.count(",") <= 2 and "。" not in line


def _is_row(line: str) -> bool:
    """Tell whether the line is a row of figures with its label: `修理业  营业额3.5亿元  +0.7%`, `甲厂 120 35`."""
    label, *cells = line.split()
    return len(cells) > 1 and not _DIGIT.search(label) and all(map(_ROW_FIGURE.fullmatch, cells))


def is_next_row(before: str, line: str) -> bool:
    """Tell whether both lines hold figures of the same units in the same order: `一产7万元，增长2%`, `二产9万元，下降1%`."""
    one, other = (_FIGURE_UNIT.findall(text) for text in (before, line))
    return len(one) > 1 and one == other


def is_caption_line(line: str) -> bool:
    """Tell whether the line names a table or picture, or is a note of one: `表1：主要指标`, `图2 结构`, `注：…`."""
    line = line.strip()
    if not line.startswith(("图", "圖", "表", "注", "註")) or len(line) > 80 or "。" in line[:-1]:
        return False
    return bool(rx(r"^(?:{caption_mark}|注\s*\d?\s*[:：])").match(plain(line)))


def is_whole_line_heading(line: str, deepest: int = 8) -> int | None:
    """Return the level when a marked line is nothing but a heading (`一、总体要求`), else None (`一、……。`).

    `第三条` alone is one, `第三条 各篇……` is not: only its number is the heading. Nor is a marker below `deepest`.
    """
    level = marker_level(line)
    if level is None or level > deepest or len(line) > MAX_HEADING_CHARS or _ENDS_OPEN.search(line):
        return None
    article = re.match(_ARTICLE, line)
    return None if article and line[article.end() :].strip() else level
