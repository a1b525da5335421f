"""What stands in a text without telling anything itself: contents, references, captions, imprints, lines of labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.records import Removed
from ragpark.repair.fields import is_imprint, is_label_line, is_pair, plain
from ragpark.repair.headings import is_caption_line, marker_level
from ragpark.repair.lines import Paragraph
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import rx

CONTENTS, REFERENCES, CAPTION, IMPRINT = "目录", "参考文献", "图表标题", "编印信息"
_MAX_ENTRY = 60
_EDGE = 15  # paragraphs at the head and the end where an imprint stands
_DOTS = re.compile(r"\s*[.…·．‥•]{2,}[\s.…·．‥•]*[（(]?\d{1,4}[）)]?$")
_PAGE = re.compile(r"\s*[（(]?\d{1,4}[）)]?$")
_REFERENCE = re.compile(r"^\s*(?:[\[［〔]\d{1,3}[\]］〕]|\d{1,3}\s*[.．、]|[（(]\d{1,3}[）)])\s*\S")
_PUBLISHED = re.compile(r"[\[［](?:[JMNDRCSPAZ]|DB|EB|EB/OL|J/OL|OL|CP)[\]］]")  # the kinds of GB/T 7714


def drop_contents(paragraphs: Sequence[Paragraph], removed: list[Removed]) -> list[Paragraph]:
    """Return the paragraphs without lists of contents whose entries come again below; others are set aside.

    An entry ends in dots and a page number (`第一章 总则……3`), or it stands in a run of short lines under `目录`, or
    of headings at the top, that come again in the text.
    """
    keys = [_key(paragraph.text) for paragraph in paragraphs]
    last = {key: index for index, key in enumerate(keys)}
    gone: set[int] = set()
    index = body = 0
    while index < len(paragraphs):
        begins = _is_contents_heading(paragraphs[index])
        first = index + begins
        end = first
        while end < len(paragraphs) and _is_entry(
            paragraphs[end], bool(begins), end < body + 40 and last[keys[end]] > end + 2
        ):
            end += 1
            if begins and keys[end - 1] == keys[first] and end - 1 > first:  # the first part begins: the list is over
                end -= 1
                break
        entries = range(first, end)
        again = sum(last[keys[at]] >= end for at in entries)
        dotted = sum(bool(_DOTS.search(paragraphs[at].text)) for at in entries)
        if len(entries) >= (2 if begins else 3) and (begins or dotted >= 3 or again == len(entries)):
            for at in range(index, end):
                paragraphs[at].level, paragraphs[at].aside = 0, CONTENTS
            if 5 * again >= 4 * len(entries):
                gone.update(range(index, end))
        index = max(end, index + 1)
    removed.extend(Removed(paragraphs[at].text.strip(), CONTENTS, paragraphs[at].pieces[0][1]) for at in sorted(gone))
    return [paragraph for at, paragraph in enumerate(paragraphs) if at not in gone]


def _key(text: str) -> str:
    return squeeze(_PAGE.sub("", _DOTS.sub("", text)))


def _is_contents_heading(paragraph: Paragraph) -> bool:
    return len(paragraph.text) <= 12 and bool(
        rx(r"[【\s]*{contents_heading}[】\s:：]*").fullmatch(re.sub(r"\s", "", paragraph.text))
    )


def _is_entry(paragraph: Paragraph, under: bool, again: bool) -> bool:
    text = paragraph.text
    if len(text) > _MAX_ENTRY or paragraph.row is not None or re.search(r"[。；;]", text):
        return False
    marked = marker_level(text) is not None
    return (
        bool(_DOTS.search(text))
        or (marked and bool(_PAGE.search(text)))
        or under
        or (again and (marked or paragraph.level > 0))
    )


def mark_asides(paragraphs: Sequence[Paragraph]) -> None:
    """Set `aside` on references, captions and imprints."""
    listing = False
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if paragraph.row is not None or paragraph.aside:
            continue
        if len(text) <= 16 and rx(r"[【\s]*{references_heading}[】\s:：]*").fullmatch(text):
            listing = True
        elif listing and not _REFERENCE.match(text):
            listing = False
        edge = index < _EDGE or index >= len(paragraphs) - _EDGE
        if listing or (_REFERENCE.match(text) and _PUBLISHED.search(text)):
            paragraph.aside = REFERENCES
        elif rx(r"^{caption_mark}").match(plain(text[:20])) and is_caption_line(text):
            paragraph.aside = CAPTION
        elif edge and is_imprint(text):
            paragraph.aside = IMPRINT


def demote_labels(paragraphs: Sequence[Paragraph]) -> None:
    """Take the level off captions, imprints and lines of labels, which head nothing: `申请时间：…`, two pairs in a row."""
    pairs = [is_pair(paragraph.text) for paragraph in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        in_row = pairs[index] and any(pairs[max(index - 1, 0) : index] + pairs[index + 1 : index + 2])
        if paragraph.level and (paragraph.aside in (CAPTION, IMPRINT) or in_row or is_label_line(paragraph.text)):
            paragraph.level = 0
