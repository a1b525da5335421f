"""Headings among the paragraphs: inline ones split off, stand-alone ones marked, empty ones undone; and the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ragpark.records import has_words
from ragpark.repair.dates import is_date_line
from ragpark.repair.headings import (
    INLINE_LEVEL,
    ITEM_LEVEL,
    TITLE_LEVEL,
    is_whole_line_heading,
    looks_like_title,
    marker_level,
    split_inline,
    starts_with_marker,
)
from ragpark.repair.lines import Paragraph

_MAX_LEVELLED = 100  # characters; a longer `# …` or <h2> is a paragraph that someone made bold
# Headings that name a part, not the document.
_GENERIC = re.compile(
    r"(?:综述|综合|概况|概述|概览|概要|总述|前言|序|序言|自序|代序|目录|目次|导语|导言|导读|摘要|内容摘要|提要|引言|引子|正文|编者按|编者的话|卷首语|"
    r"绪论|结语|结论|附录|附件|后记|说明|编写说明|致谢|参考文献|内部资料|领导参阅|内部参考|特载|要闻|公告|通知|通告|首页|专题|头版|新闻)"
)
_SENTENCE = re.compile(r"[。！？]")


def split_headings(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs with headings that share one with text on their own, and levels on marked lines.

    In a solid paragraph `1.` and `（1）` mark list items, not headings; so does any marker of a paragraph that ends in `；`
    or follows one that does.
    """
    in_list = False
    for paragraph in paragraphs:
        text = paragraph.text
        ends_item = text.rstrip().endswith(("；", ";"))
        is_item = (in_list or ends_item) and (marker_level(text) or 0) > INLINE_LEVEL
        in_list = ends_item
        if paragraph.level:
            if len(text) > _MAX_LEVELLED or re.search(r"。.", text):
                paragraph.level = 0
            yield paragraph
            continue
        if is_item or paragraph.in_table or (paragraph.solid and "：" in text and "；" in text):
            yield paragraph
            continue
        deepest = ITEM_LEVEL - 1 if paragraph.solid else ITEM_LEVEL + 1
        inline = split_inline(text, deepest)
        if inline:
            level, end = inline
            head, rest = _halves(paragraph, end)
            head.level = level
            yield head
            yield rest
            continue
        paragraph.level = is_whole_line_heading(text, deepest) or 0
        yield paragraph


def _halves(paragraph: Paragraph, end: int) -> tuple[Paragraph, Paragraph]:
    """Return the paragraph cut at character `end`, white space at the cut left out."""
    head, rest = Paragraph(solid=paragraph.solid), Paragraph(solid=paragraph.solid)
    for piece, place in paragraph.pieces:
        if end > 0:
            head.pieces.append((piece[:end], place))
        if len(piece) > end:
            tail = piece[max(end, 0) :]
            tail = tail if rest.pieces else tail.lstrip()
            if tail:
                rest.pieces.append((tail, place))
        end -= len(piece)
    return head, rest


def mark_titles(paragraphs: Sequence[Paragraph]) -> None:
    """Give TITLE_LEVEL to short stand-alone lines that have text of whole sentences under them.

    A first line directly above the first marked heading is the document's title: it goes one level above that.
    """
    following = Paragraph()
    for index in range(len(paragraphs) - 1, -1, -1):
        paragraph, after = paragraphs[index], following
        if is_date_line(paragraph.text) and index < 10:
            continue  # a date between the title and its text
        following = paragraph
        if paragraph.level or paragraph.in_table or (paragraph.solid and "：" in paragraph.text):
            continue
        below = after.text
        opens_body = after.level > TITLE_LEVEL or (len(below) >= 30 and re.search(r"[。！？；]", below))
        if looks_like_title(paragraph.text) and marker_level(paragraph.text) is None and opens_body:
            paragraph.level = TITLE_LEVEL
    opening = [paragraph for paragraph in paragraphs[:4] if not is_date_line(paragraph.text)][:2]
    if len(opening) < 2 or opening[0].level not in (0, TITLE_LEVEL) or not 1 < opening[1].level <= TITLE_LEVEL:
        return
    if looks_like_title(opening[0].text) and starts_with_marker(opening[1].text):
        opening[0].level = opening[1].level - 1


def demote_bodiless(paragraphs: Sequence[Paragraph]) -> None:
    """Make a heading plain text again where no text stands under it (stranded headings, mastheads).

    A heading directly above a deeper one keeps its level: `第一章` over `第一节`.
    """
    stranded = True  # nothing follows the last paragraph
    below = 0
    for paragraph in reversed(paragraphs):
        level = paragraph.level
        if not level:
            stranded, below = False, 0
        elif stranded or (below and below <= level):
            paragraph.level = 0
            stranded = True
        else:
            below = level


def choose_title(paragraphs: Sequence[Paragraph], doc: str, given: str = "", running: Sequence[str] = ()) -> str:
    """Return the document's title, never empty.

    The first that fits, names of parts (`综述`, `目录`) left aside: `given` by the file; the first unmarked heading
    with sentences under it; the first short line; the file's name if it holds Chinese words; a `running` page header;
    a later such heading. Else whatever of these is there, else the file's name.
    """
    if given.strip() and not is_generic(given):
        return given.strip()
    headings = [text for text in map(_name, _with_sentences(paragraphs[:40])) if text]
    opening = takewhile(lambda item: not _SENTENCE.search(item.text), paragraphs[:6])
    first_lines = [_name(item) for item in opening if looks_like_title(item.text) and not starts_with_marker(item.text)]
    stem = re.sub(r"\.[^.]+$", "", doc.rsplit("/", 1)[-1]).strip()
    early = [*headings[:1], *first_lines]
    if headings and is_generic(headings[0]):
        early = first_lines  # what follows `综述` are its sisters
    for text in (*early, stem if has_words(stem) else "", *running, *headings[1:2]):
        if text and not is_generic(text):
            return text
    return next((text for text in (given.strip(), *early, *headings, stem) if text), doc)


def is_generic(title: str) -> bool:
    """Tell whether the title names a part of any document: `综  述`, `前言`; not `苏州概况`."""
    return bool(_GENERIC.fullmatch(re.sub(r"[\s【】:：]", "", title)))


def _with_sentences(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.level or marker_level(paragraph.text) is not None:
            continue
        nearby = paragraphs[index + 1 : index + 3]
        if any(_SENTENCE.search(item.text) and len(item.text) >= 30 for item in nearby):
            yield paragraph


def _name(paragraph: Paragraph) -> str:
    return paragraph.text.strip().strip("【】■●◆▲ ")
