"""Repair of extracted text: RawDocument → Document with whole sentences, no furniture, headings, title and date.

Only the order of the steps and the final assembly are here; each step has a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.records import Document, Heading, RawDocument, Removed
from ragpark.repair import dates
from ragpark.repair.asides import demote_labels, drop_contents, mark_asides
from ragpark.repair.columns import set_columns
from ragpark.repair.fields import field_value
from ragpark.repair.headings import looks_like_title
from ragpark.repair.leave_out import (
    drop_bylines,
    drop_captions,
    drop_furniture,
    drop_page_headers,
    drop_vertical,
)
from ragpark.repair.lines import Paragraph, read_lines
from ragpark.repair.opening import is_issuer, join_titles, mark_opening
from ragpark.repair.spacing import tidy
from ragpark.repair.table_rows import place_tables
from ragpark.repair.titles import choose_title, demote_bodiless, mark_titles, split_headings
from ragpark.repair.wrap import close_double_spacing, join

_MAX_TITLE_CHARS = 120


def clean(raw: RawDocument) -> Document:
    """Return the document with whole sentences, without boilerplate, each piece mapped to its original place.

    Never raises: what no rule understands stays as it is.
    """
    removed: list[Removed] = []
    meta: dict[str, str] = {}
    lines = list(read_lines(raw.lines))
    lines = drop_captions(lines, removed)
    lines = drop_furniture(lines, removed, meta)
    lines = drop_bylines(drop_vertical(lines, removed), removed)
    if set_columns(lines):
        close_double_spacing(lines)
    lines = drop_page_headers(lines, removed)
    paragraphs = list(split_headings(join(lines)))
    paragraphs = drop_contents(paragraphs, removed)
    join_titles(paragraphs)
    mark_opening(paragraphs)
    mark_asides(paragraphs)
    mark_titles(paragraphs)
    demote_labels(paragraphs)
    demote_bodiless(paragraphs)
    return _assemble(raw, paragraphs, meta, removed)


def _assemble(
    raw: RawDocument, paragraphs: Sequence[Paragraph], meta: dict[str, str], removed: Sequence[Removed]
) -> Document:
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    headings: list[Heading] = []
    aside: list[tuple[int, int, str]] = []
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
        if paragraph.aside:
            joined = bool(aside) and aside[-1][1:] == (start - 1, paragraph.aside)
            begun = aside.pop()[0] if joined else start
            aside.append((begun, offset, paragraph.aside))
        parts.append("\n")
        offset += 1
    text = "".join(parts)[:-1]
    tables = place_tables(paragraphs)
    problems = list(raw.problems)
    if "\ufffd" in text:
        problems.append(f"有 {text.count(chr(0xFFFD))} 个字符无法辨认")
    title = _title(raw, paragraphs, meta, removed)
    return Document(
        doc=raw.doc,
        title=title,
        date=_date(raw, paragraphs, meta, title),
        source=raw.pinned.get("source") or raw.meta.get("source") or field_value(meta, "source_label"),
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
        aside=tuple(aside),
    )


def _title(raw: RawDocument, paragraphs: Sequence[Paragraph], meta: dict[str, str], removed: Sequence[Removed]) -> str:
    pinned = raw.pinned.get("title", "").strip()
    heads = [*(item.text for item in removed if item.reason == "页眉"), raw.meta.get("running", "")]
    running = [head for head in heads if looks_like_title(head)]  # not `· 132 ·`
    given = raw.meta.get("title", "")
    if not given or is_issuer(given):
        given = field_value(meta, "title_label") or given
    title = pinned or choose_title(paragraphs, raw.doc, given, running)
    return tidy(title.strip())[:_MAX_TITLE_CHARS].strip() or raw.doc


def _date(raw: RawDocument, paragraphs: Sequence[Paragraph], meta: dict[str, str], title: str) -> str | None:
    texts = [paragraph.text for paragraph in paragraphs]
    return (
        raw.pinned.get("date")
        or raw.meta.get("date")
        or dates.publication_date(raw.doc, meta, texts, raw.meta.get("created"), title)
    )
