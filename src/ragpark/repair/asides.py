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
_PICTURE = 40  # characters of a line that says what a photograph shows
_EDGE = 15  # paragraphs at the head and the end where an imprint stands
_DOTS = re.compile(r"\s*[.…·．‥•]{2,}[\s.…·．‥•]*[（(]?\d{1,4}[）)]?$")
_PAGE = re.compile(r"\s*[（(]?\d{1,4}[）)]?$")
_REFERENCE = re.compile(r"^\s*(?:[\[［〔]\d{1,3}[\]］〕]|\d{1,3}\s*[.．、]|[（(]\d{1,3}[）)])\s*\S")
_PUBLISHED = re.compile(r"[\[［](?:[JMNDRCSPAZ]|DB|EB|EB/OL|J/OL|OL|CP)[\]］]")  # the kinds of GB/T 7714


def drop_contents(paragraphs: Sequence[Paragraph], removed: list[Removed]) -> list[Paragraph]:
    """Return the paragraphs without lists of contents; entries whose part does not follow stay and are set aside.

    A list stands under `目录`, or is three entries long: lines that end in dots and a page number (`第一章 总则……3`),
    or marked lines that come again below. Leaves headings that come once.
    """
    last = {_key(paragraph.text): index for index, paragraph in enumerate(paragraphs)}
    kept: list[Paragraph] = []
    run: list[tuple[int, Paragraph]] = []
    for index, paragraph in enumerate([*paragraphs, Paragraph()]):
        begins = not run and _is_contents_heading(paragraph)
        if begins or _is_entry(paragraph, last.get(_key(paragraph.text), 0) > index):
            run.append((index, paragraph))
            continue
        again = [last[_key(entry.text)] > at for at, entry in run]
        if run and _is_contents_heading(run[0][1]):
            again[:1] = again[1:2] or [False]  # the heading goes with its first entry
        for (_, entry), gone in zip(run, again, strict=True):
            if len(run) >= 3:
                entry.level, entry.aside = 0, CONTENTS
            if gone and len(run) >= 3:
                removed.append(Removed(entry.text.strip(), CONTENTS, entry.pieces[0][1]))
            else:
                kept.append(entry)
        run = []
        kept.append(paragraph)
    return kept[:-1]


def _key(text: str) -> str:
    return squeeze(_PAGE.sub("", _DOTS.sub("", text)))


def _is_contents_heading(paragraph: Paragraph) -> bool:
    return bool(rx(r"[【\s]*{contents_heading}[】\s:：]*").fullmatch(re.sub(r"\s", "", paragraph.text[:12])))


def _is_entry(paragraph: Paragraph, again: bool) -> bool:
    text = paragraph.text
    if len(text) > _MAX_ENTRY or paragraph.row is not None or re.search(r"[。；;]", text):
        return False
    return bool(_DOTS.search(text)) or (again and (marker_level(text) is not None or paragraph.level > 0))


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
        elif len(text) <= _PICTURE and rx("{picture_line}").fullmatch(plain(text)):
            paragraph.aside, paragraph.level = CAPTION, 0
        elif edge and is_imprint(text):
            paragraph.aside = IMPRINT


def demote_labels(paragraphs: Sequence[Paragraph]) -> None:
    """Take the level off captions, imprints and lines of labels, which head nothing: `申请时间：…`, two pairs in a row."""
    pairs = [is_pair(paragraph.text) for paragraph in paragraphs]
    for index, paragraph in enumerate(paragraphs):
        in_row = pairs[index] and any(pairs[max(index - 1, 0) : index] + pairs[index + 1 : index + 2])
        if paragraph.level and (paragraph.aside in (CAPTION, IMPRINT) or in_row or is_label_line(paragraph.text)):
            paragraph.level = 0
