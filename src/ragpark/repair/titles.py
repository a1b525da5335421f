"""Headings among the paragraphs: inline ones split off, stand-alone ones marked, empty ones undone; and the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ragpark.records import has_words
from ragpark.repair.headings import (
    INLINE_LEVEL,
    ITEM_LEVEL,
    TITLE_LEVEL,
    is_next_row,
    is_whole_line_heading,
    looks_like_title,
    marker_level,
    split_inline,
    starts_with_marker,
)
from ragpark.repair.lines import Paragraph
from ragpark.repair.opening import is_issuer, title_of
from ragpark.zh.wording import rx

_MAX_LEVELLED = 100  # characters; a longer `# …` or <h2> is a paragraph that someone made bold
_DATED_END = re.compile(r"\s*[（(]\d{4}[-.年]\d{1,2}([-.月]\d{1,2}日?)?[）)]$")  # `某条例(2020-08-03)`
_BARE_CHARS = 8
# A heading's number as a word processor sets it, apart from the words: `1.1 投资估算`; not `5.12汶川地震`, `2023年`.
_COUNTED = re.compile(r"^\d{1,2}(?:[.．]\d{1,2}){0,3}[.．、]?\s+(?=[一-鿿])")
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
        if paragraph.aside:
            continue  # a date, an office or a caption between the title and its text
        following = paragraph
        if paragraph.level or paragraph.in_table or (paragraph.solid and "：" in paragraph.text):
            continue
        if index and is_next_row(paragraphs[index - 1].text, paragraph.text):
            continue
        below = after.text
        opens_body = after.level > TITLE_LEVEL or (len(below) >= 30 and re.search(r"[。！？；]", below))
        if looks_like_title(paragraph.text) and marker_level(paragraph.text) is None and opens_body:
            paragraph.level = TITLE_LEVEL
    opening = [paragraph for paragraph in paragraphs[:12] if not paragraph.aside][:2]
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

    The first that fits, names of parts (`综述`, `目录`) and what stands beside a title left aside: `given` by the file;
    the first unmarked heading with sentences under it; the first short line; the file's name if it holds Chinese words;
    a `running` page header; a later such heading. Else whatever of these is there, else the file's name. A name of a
    kind alone (`政府工作报告`) gives way to a file name that says whose or of when it is.
    """
    given = title_of(given)
    if given and not is_generic(given) and not is_issuer(given):  # a site's own name is no page's title
        return given
    text = [paragraph for paragraph in paragraphs[:40] if not paragraph.aside and not paragraph.in_table]
    headings = [name for name in map(_name, _with_sentences(text)) if name]
    opening = takewhile(lambda item: not _SENTENCE.search(item.text) and not starts_with_marker(item.text), text[:6])
    first_lines = [name for name in map(_name, opening) if looks_like_title(name)]
    stem = _DATED_END.sub("", re.sub(r"\.[^.]+$", "", doc.rsplit("/", 1)[-1])).strip()
    early = [*headings[:1], *first_lines]
    marked = [_name(item) for item in text[:6] if item.level and starts_with_marker(item.text)]
    for name in (*early, stem if has_words(stem) else "", *running, *headings[1:2], *marked[:1]):
        if name and not is_generic(name):
            return stem if len(name) <= _BARE_CHARS and name in stem and has_words(stem) else name
    topmost = [item.text.strip() for item in text[:1] if item.level == 1]  # in no Chinese: `# Data Catalog`
    return next((name for name in (given, *early, *headings, *topmost, stem) if name), doc)


def is_generic(title: str) -> bool:
    """Tell whether the title names a part of any document: `综  述`, `前言`; not `苏州概况`."""
    return bool(rx("{part_heading}").fullmatch(re.sub(r"[\s【】:：]", "", title)))


def _with_sentences(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.level or marker_level(paragraph.text) is not None:
            continue
        nearby = paragraphs[index + 1 : index + 3]
        if any(_SENTENCE.search(item.text) and len(item.text) >= 30 for item in nearby):
            yield paragraph


def _name(paragraph: Paragraph) -> str:
    return title_of(_COUNTED.sub("", paragraph.text))
