"""Headings among the paragraphs: inline ones split off, stand-alone ones marked, empty ones undone; and the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ragpark.records import file_words, has_words
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
from ragpark.zh.fold import character_pairs, squeeze
from ragpark.zh.wording import rx

_MAX_LEVELLED = 100  # characters; a longer `# …` or <h2> is a paragraph that someone made bold
_BARE_CHARS = 8  # a line so short is as well a part's name or a page's menu
_WORDED = 3  # characters; a file's name of so many is worded
_MADE_FROM = 0.6  # of a file's name; it leaves out and shortens
_HAN, _WORD = re.compile("[一-鿿]"), re.compile(r"\w")
_LINKS = re.compile("([一-鿿]{4,8}).+\\1")  # a row of a site's parts: `园区简介园区规划新闻动态园区简介`
# A heading's number as a word processor sets it, apart from the words: `1.1 投资估算`; not `5.12汶川地震`, `2023年`.
_COUNTED = re.compile(r"^\d{1,2}(?:[.．]\d{1,2}){0,3}[.．、]?\s+(?=[一-鿿])")
_TRAIL = re.compile("[>＞»]")  # the way to a page: `首页 > 学校概况 > 学校简介`
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
    the first line, where it says what kind of paper this is; the first unmarked heading with sentences under it; the first
    short line; the file's name if it holds Chinese words; a `running` page header; a later such heading. Else whatever of these is there, else the file's name.

    A file's name that is worded as a title points to the line that it was made from, and gives way only to what opens
    the text, not to a heading further down (`附则`). It stands for a title of which it holds every word and says more:
    `青岭区开放政策` for `开放政策`, `2026年青禾县政府工作报告` for `政府工作报告`.
    """
    stem = rx("{file_tail}$").sub("", file_words(doc)).strip()
    given = title_of(given)
    if given and not is_generic(given) and not is_issuer(given):  # a site's own name is no page's title
        return _fuller(given, stem)
    text = [paragraph for paragraph in paragraphs[:40] if not paragraph.aside and not paragraph.in_table]
    sections = [item for item in _with_sentences(text) if _name(item)]
    headings = [_name(item) for item in sections]
    opening = takewhile(lambda item: not _SENTENCE.search(item.text) and not starts_with_marker(item.text), text[:6])
    first_lines = [name for name in map(_name, opening) if looks_like_title(name)]
    named = [name for name in first_lines[:1] if rx("{document_kind}$").search(name) and not is_issuer(name)]
    named = [name for name in named if not _TRAIL.search(name)]
    early = [*named, *headings[:1], *first_lines]
    if len(_HAN.findall(stem)) >= _WORDED and not is_generic(stem):
        top = list(takewhile(lambda item: not _SENTENCE.search(item.text), text[:12]))
        shares = {name: _share(stem, name) for name in map(_name, top) if looks_like_title(name)}
        made_from = [name for name, share in shares.items() if share >= _MADE_FROM or name in stem]
        at_top = [_name(item) for item in top[:3] if item in sections[:1]]
        told = (name for name in first_lines[:1] if len(name) >= min(len(stem), _BARE_CHARS + 1))
        early = [*sorted(made_from, key=lambda name: -shares[name]), *named, *at_top, *told]
    marked = [_name(item) for item in text[:6] if item.level and starts_with_marker(item.text)]
    for name in (*early, stem if has_words(stem) else "", *running, *headings[1:2], *marked[:1]):
        if name and not is_generic(name):
            return _fuller(name, stem)
    topmost = [item.text.strip() for item in text[:1] if item.level == 1]  # in no Chinese: `# Data Catalog`
    return next((name for name in (given, *early, *headings, *topmost, stem) if name), doc)


def _fuller(name: str, stem: str) -> str:
    """Return the file's name where it holds all that the title says and two characters more, else the title."""
    more = len(_HAN.findall(stem)) - len(_HAN.findall(name))
    return stem if more > 1 and _share(name, stem) == 1 else name


def _share(one: str, other: str) -> float:
    """Return the share of the pairs of characters in `one`, marks left out, that `other` holds, 0 to 1."""
    of_one, of_other = (set(character_pairs("".join(_WORD.findall(squeeze(text))))) for text in (one, other))
    return len(of_one & of_other) / len(of_one) if of_one else 0.0


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
    return "" if _LINKS.fullmatch(paragraph.text) else title_of(_COUNTED.sub("", paragraph.text))
