"""Repair of extracted text: RawDocument → Document with whole sentences, no furniture, headings, title and date.

Only the order of the steps and the final assembly are here; each step has a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ragpark.records import Document, Heading, RawDocument, Removed
from ragpark.repair import dates
from ragpark.repair.columns import set_columns
from ragpark.repair.headings import looks_like_title
from ragpark.repair.leave_out import (
    drop_bylines,
    drop_captions,
    drop_cut_bylines,
    drop_furniture,
    drop_page_headers,
    drop_vertical,
)
from ragpark.repair.lines import Paragraph, read_lines
from ragpark.repair.spacing import tidy
from ragpark.repair.table_rows import place_tables
from ragpark.repair.titles import choose_title, demote_bodiless, mark_titles, split_headings
from ragpark.repair.wrap import close_double_spacing, join

_MAX_TITLE_CHARS = 120
_SOURCE_KEYS = ("来源", "信息来源", "文章来源", "稿件来源", "新闻来源", "内容来源", "本文来源", "发布机构", "发布单位")


def clean(raw: RawDocument) -> Document:
    """Return the document with whole sentences, without boilerplate, each piece mapped to its original place.

    Never raises: what no rule understands stays as it is.
    """
    removed: list[Removed] = []
    meta: dict[str, str] = {}
    lines = list(read_lines(raw.lines, raw.place_unit == "page"))
    lines = drop_captions(lines, removed)
    lines = drop_furniture(lines, removed, meta)
    lines = drop_bylines(drop_vertical(lines, removed), removed)
    if set_columns(lines):
        close_double_spacing(lines)
    lines = drop_page_headers(lines, removed)
    paragraphs = list(split_headings(drop_cut_bylines(join(lines), removed)))
    mark_titles(paragraphs)
    demote_bodiless(paragraphs)
    return _assemble(raw, paragraphs, meta, removed)


def _assemble(
    raw: RawDocument, paragraphs: Sequence[Paragraph], meta: Mapping[str, str], removed: Sequence[Removed]
) -> Document:
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    headings: list[Heading] = []
    offset = 0
    for paragraph in paragraphs:
        start = offset
        for piece, place in paragraph.pieces:
            if not places or places[-1][1] != place:
                places.append((offset, place))
            parts.append(piece)
            offset += len(piece)
        if paragraph.level:
            headings.append(Heading(start, offset, paragraph.level, paragraph.text.strip().strip("【】")))
        parts.append("\n")
        offset += 1
    text = "".join(parts)[:-1]
    tables = place_tables(paragraphs)
    problems = list(raw.problems)
    if "\ufffd" in text:
        problems.append(f"有 {text.count(chr(0xFFFD))} 个字符无法辨认")
    return Document(
        doc=raw.doc,
        title=_title(raw, paragraphs, removed),
        date=_date(raw, paragraphs, meta),
        source=raw.pinned.get("source")
        or raw.meta.get("source")
        or next((meta[key] for key in _SOURCE_KEYS if meta.get(key)), None),
        text=text,
        headings=tuple(headings),
        places=tuple(places),
        place_unit=raw.place_unit,
        format=raw.format,
        sha256=raw.sha256,
        removed=tuple(removed),
        problems=tuple(problems),
        tables=tables,
        sheets=raw.sheets,
        subject=raw.pinned.get("subject", ""),
    )


def _title(raw: RawDocument, paragraphs: Sequence[Paragraph], removed: Sequence[Removed]) -> str:
    pinned = raw.pinned.get("title", "").strip()
    heads = [*(item.text for item in removed if item.reason == "页眉"), raw.meta.get("running", "")]
    running = [head for head in heads if looks_like_title(head)]  # not `· 132 ·`
    title = pinned or choose_title(paragraphs, raw.doc, raw.meta.get("title", ""), running)
    return tidy(title.strip())[:_MAX_TITLE_CHARS].strip() or raw.doc


def _date(raw: RawDocument, paragraphs: Sequence[Paragraph], meta: Mapping[str, str]) -> str | None:
    texts = [paragraph.text for paragraph in paragraphs]
    return (
        raw.pinned.get("date")
        or raw.meta.get("date")
        or dates.publication_date(raw.doc, meta, texts, raw.meta.get("created"))
    )
