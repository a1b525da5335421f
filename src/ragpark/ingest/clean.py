"""Repair of extracted text: RawDocument → Document. Joins wrapped lines, leaves out what is not content.

Knows lines and their widths; which lines are boilerplate is decided in `boilerplate`, which are headings in
`headings`, which date a document has in `dates`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ragpark.ingest import boilerplate, dates
from ragpark.ingest.headings import (
    TITLE_LEVEL,
    is_whole_line_heading,
    looks_like_title,
    split_inline,
    starts_with_marker,
)
from ragpark.lexicon.fold import display_width, is_cjk
from ragpark.records import Document, Heading, RawDocument, RawLine, Removed

_ODD_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f]")
_RULE_LINE = re.compile(r"^[-=*_—─━·.。]{3,}$")
_TERMINATED = re.compile(r"[。！？!?…][”’」』）)】]*$")
_MAX_WRAP_WIDTH = 90  # columns; a longer line is a paragraph, not a wrapped line


@dataclass(slots=True)
class _Line:
    """A line on its way through the repair. `gap`: blank lines before it; `tight`: none although others have."""

    text: str
    place: int
    level: int
    solid: bool
    gap: int = 0
    indented: bool = False
    ends: bool = False  # a by-line stood here: the paragraph is over


@dataclass(slots=True)
class _Paragraph:
    pieces: list[tuple[str, int]] = field(default_factory=list)
    level: int = 0
    solid: bool = False
    last_width: int = 0
    ended: bool = False

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


def clean(raw: RawDocument) -> Document:
    """Return the document with whole sentences, without boilerplate, each piece mapped to its original place."""
    removed: list[Removed] = []
    found_meta: dict[str, str] = {}
    lines = list(_prepare(raw.lines))
    lines = _drop_captions(lines, removed)
    lines = _drop_furniture(lines, removed, found_meta)
    lines = _drop_bylines(_drop_vertical(lines, removed), removed)
    wrap = _wrap_width(lines)
    if wrap:
        _close_double_spacing(lines)
        lines = _drop_page_headers(lines, wrap, removed)
    paragraphs = [paragraph for paragraph in _join(lines, wrap) if _without_damage(paragraph).text.strip()]
    return _assemble(raw, list(_split_headings(paragraphs)), found_meta, removed)


def _prepare(lines: Iterable[RawLine]) -> Iterator[_Line]:
    gap = 0
    for line in lines:
        raw = _ODD_SPACE.sub(" ", line.text)
        indented = raw[:1] == " "
        text = _INVISIBLE.sub("", raw.replace("\t", "\t" if raw.startswith("\t") else " "))
        text = text.rstrip() if text.startswith("\t") else text.strip()
        if not text or (not line.solid and _RULE_LINE.match(text)):
            gap += 1
            continue
        yield _Line(text, line.place, line.level, line.solid, gap, indented)
        gap = 0


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if block and (line.gap or line.solid):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _drop_captions(lines: list[_Line], removed: list[Removed]) -> list[_Line]:
    """Leave out photo captions: from the blank line before it to the line that ends with `（某某  供稿）`."""
    kept: list[_Line] = []
    for block in _blocks(lines):
        end = max((i for i, line in enumerate(block[:4]) if boilerplate.is_caption(line.text)), default=-1)
        caption = block[: end + 1]
        if caption and not any("。" in line.text for line in caption) and not caption[0].level:
            removed.extend(Removed(line.text, "图片说明", line.place) for line in caption)
            rest = block[end + 1 :]
            if rest:
                rest[0].gap = caption[0].gap
        else:
            rest = block
        kept.extend(rest)
    return kept


def _drop_furniture(lines: list[_Line], removed: list[Removed], meta: dict[str, str]) -> list[_Line]:
    """Leave out navigation, credits and `发布日期：…` lines; what the latter say goes into `meta`."""
    kept: list[_Line] = []
    carry = 0
    for line in lines:
        found = boilerplate.metadata(line.text)
        reason = ""
        if found:
            meta.update({key: value for key, value in found.items() if value and key not in meta})
            reason = "网页信息"
        elif boilerplate.is_navigation(line.text):
            reason = "导航或页脚"
        elif boilerplate.is_credit(line.text):
            reason = "署名"
            if match := re.search(r"来源\s*[:：]\s*([^（）()]+)", line.text):
                meta.setdefault("来源", match[1].strip())
        if reason and not line.level:
            removed.append(Removed(line.text.strip(), reason, line.place))
            carry = max(carry, line.gap, 1)
            continue
        line.gap = max(line.gap, carry)
        carry = 0
        line.text = line.text.strip()
        kept.append(line)
    return kept


def _drop_vertical(lines: list[_Line], removed: list[Removed]) -> list[_Line]:
    """Leave out text set vertically, a character a line (`供` / `图`): at least four such lines in a row."""
    kept: list[_Line] = []
    run: list[_Line] = []
    for line in [*lines, _Line("", 0, 0, True)]:
        if len(line.text) == 1 and is_cjk(line.text):
            run.append(line)
            continue
        if len(run) >= 4:
            removed.append(Removed("".join(item.text for item in run), "竖排文字", run[0].place))
        else:
            kept.extend(run)
        run = []
        if line.text:
            kept.append(line)
    return kept


def _drop_bylines(lines: list[_Line], removed: list[Removed]) -> list[_Line]:
    """Leave out by-lines; the paragraph ends there unless the by-line stands inside a sentence at a page break."""
    kept: list[_Line] = []
    for line in lines:
        start = boilerplate.byline_start(line.text) if not line.level else None
        if start is None:
            kept.append(line)
            continue
        removed.append(Removed(line.text[start:].strip(" \ufffd"), "署名", line.place))
        if start:
            line.text = line.text[:start]
            line.ends = True
            kept.append(line)
        elif kept and _TERMINATED.search(kept[-1].text.rstrip(" \ufffd")):
            kept[-1].ends = True
    return kept


def _wrap_width(lines: list[_Line]) -> int:
    """Return the column width at which the text was wrapped, or 0 if its lines are paragraphs.

    Wrapped means: most lines are short, and most of them stop in the middle of a sentence.
    """
    loose = [line for line in lines if not line.solid and not line.level]
    if len(loose) < 6:
        return 0
    widths = [display_width(line.text) for line in loose]
    long_share = sum(w > _MAX_WRAP_WIDTH for w in widths) / len(widths)
    open_share = sum(not _TERMINATED.search(line.text) for line in loose) / len(loose)
    if long_share > 0.15 or open_share < 0.5:
        return 0
    common = Counter(width // 2 for width in widths if width >= 12)
    if not common:
        return 0
    # the widest width that is still usual: lines ending in half-width marks run a little over
    peak = max(common.items(), key=lambda kv: (kv[1], kv[0]))[0]
    near = sum(count for width, count in common.items() if abs(width - peak) <= 2)
    return peak * 2 if near >= 0.4 * len(loose) else 0


def _close_double_spacing(lines: list[_Line]) -> None:
    """Where nearly every line has a blank line before it, that blank line means nothing: take one away."""
    gaps = [line.gap for line in lines[1:] if not line.solid]
    if gaps and sum(gap >= 1 for gap in gaps) >= 0.7 * len(gaps):
        for line in lines:
            line.gap = max(line.gap - 1, 0)


def _drop_page_headers(lines: list[_Line], wrap: int, removed: list[Removed]) -> list[_Line]:
    """Leave out running titles at page starts: a short line inside a sentence, set off from the lines around it.

    Catches an indented `科学技术` between `推介` and `园区创新创业环境。`; leaves the full-width line of a page start alone.
    """
    kept: list[_Line] = []
    for index, line in enumerate(lines):
        inside = bool(kept) and not kept[-1].level and not _TERMINATED.search(kept[-1].text.rstrip(" \ufffd"))
        full_before = inside and display_width(kept[-1].text) >= wrap - 6
        short = display_width(line.text) <= wrap * 0.6 and not re.search(r"[，。；、！？,;:：]", line.text)
        page_number = re.fullmatch(r"[-—·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—·\s]*", line.text)
        follows = index + 1 < len(lines) and display_width(lines[index + 1].text) >= 4
        if inside and follows and not line.level and not line.solid and (
            (short and line.indented and full_before and not starts_with_marker(line.text)) or (page_number and line.gap)
        ):
            removed.append(Removed(line.text, "页眉", line.place))
            continue
        kept.append(line)
    return kept


def _join(lines: list[_Line], wrap: int) -> Iterator[_Paragraph]:
    current = _Paragraph()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if current.pieces and _continues(current, line, following, wrap):
            _append(current, line)
            continue
        if current.pieces:
            yield current
        current = _Paragraph([(_tidy(line.text), line.place)], line.level, line.solid, display_width(line.text), line.ends)
        if wrap and not line.level and not line.solid and _stands_out(line, following, wrap):
            current.level = TITLE_LEVEL
    if current.pieces:
        yield current


def _continues(current: _Paragraph, line: _Line, following: _Line | None, wrap: int) -> bool:
    """Tell whether `line` goes on with the sentence or paragraph of `current`."""
    if line.solid or current.solid or line.level or current.ended:
        return False
    text = current.text
    if current.level:  # a heading that was cut: `……的信心问` / `题`, or an unclosed bracket
        return (text.startswith("【") and "】" not in text) or (not line.gap and display_width(line.text) <= 4)
    if text.startswith("【") and "】" not in text and len(text) < 60:
        return True
    if starts_with_marker(line.text):
        return False
    bare = text.rstrip(" \ufffd")
    if _TERMINATED.search(bare):
        return bool(wrap) and not line.gap and not line.indented and current.last_width >= wrap - 4 and not (
            _stands_out(line, following, wrap)
        )
    if wrap:
        # a paragraph's first line is set in by two characters, which the extraction lost
        full = wrap - (7 if len(current.pieces) == 1 else 3)
        if current.last_width < full and _is_title_block(text, line):
            return False
        return not (current.last_width <= wrap * 0.7 and looks_like_title(text))
    if re.search(r"[，、,—（(《“]$", bare):
        return True
    return line.gap <= 2 and len(bare) >= 30 and bool(re.search(r"[，。,]", bare)) and not re.search(r"[：:；;]$", bare)


def _is_title_block(text: str, line: _Line) -> bool:
    """Tell whether `text`, so far, is a title set off by a blank line: no mark of a sentence in it."""
    return bool(line.gap) and len(text) <= 40 and looks_like_title(text) and not re.search(r"[，。；,;]", text)


def _stands_out(line: _Line, following: _Line | None, wrap: int) -> bool:
    """Tell whether a line of wrapped text is a heading by its shape.

    Wider than the column while the next line is not, or much shorter than the column without ending a sentence.
    """
    width = display_width(line.text)
    if not looks_like_title(line.text) or starts_with_marker(line.text):
        return False
    if following is None:
        return width > wrap + 4
    next_width = display_width(following.text)
    if width > wrap + 4:
        return next_width <= wrap + 4 or bool(following.gap)
    return width <= wrap * 0.7 and (bool(following.gap) or starts_with_marker(following.text) or next_width > wrap - 4)


def _append(current: _Paragraph, line: _Line) -> None:
    text = _tidy(line.text)
    last = current.pieces[-1][0][-1:]
    if last.isascii() and last.isalpha() and text[:1].isascii() and text[:1].isalpha():
        text = " " + text
    current.pieces.append((text, line.place))
    current.last_width = display_width(line.text)
    current.ended = line.ends


_SPACED_OUT = re.compile(r"(?<![一-鿿〇A-Za-z0-9])((?:[一-鿿]\s+){1,7}[一-鿿])(?![一-鿿〇A-Za-z0-9])")
_CJK_GAP = re.compile(r"(?<=[一-鿿〇，。；：、！？“”‘’（）《》【】％]) ?(?=[一-鿿〇，。；：、！？“”‘’（）《》【】％])")
_DIGIT_GAP = re.compile(r"(?<=[一-鿿〇，。；：、！？“”（）《》]) (?=[\d])|(?<=[\d%‰]) (?=[一-鿿〇，。；：、！？“”（）《》%‰])")


def _tidy(text: str) -> str:
    """Return the line without layout spaces: `综  述` → `综述`, `6月 26日` → `6月26日`; `主任：甲      主编：乙` keeps one."""
    text = _SPACED_OUT.sub(lambda match: re.sub(r"\s+", "", match[1]), text)
    text = re.sub(r" {3,}", "\x01", text)
    text = re.sub(r" {2}", " ", text)
    text = _CJK_GAP.sub("", text)
    text = _DIGIT_GAP.sub("", text)
    return text.replace("\x01", " ")


def _without_damage(paragraph: _Paragraph) -> _Paragraph:
    """Return the paragraph without U+FFFD where nothing can have been lost with it: at an end, beside a space, mark or bracket."""
    cleaned = []
    for piece, place in paragraph.pieces:
        piece = re.sub(r"\ufffd(?=[\s\ufffd（(，。；、]|$)|(?<=[\s。；，、）)])\ufffd|^\ufffd", "", piece)
        cleaned.append((re.sub(r"(?<=[一-鿿。；，、]) +$", "", piece), place))
    paragraph.pieces = [(piece, place) for piece, place in cleaned if piece]
    return paragraph


def _split_headings(paragraphs: Iterable[_Paragraph]) -> Iterator[_Paragraph]:
    """Give headings that share a paragraph with text a paragraph of their own, and levels to marked lines."""
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.level or (paragraph.solid and "：" in text and "；" in text):
            yield paragraph
            continue
        inline = split_inline(text)
        if inline:
            level, end = inline
            head, rest = _halves(paragraph, end)
            head.level = level
            yield head
            yield rest
            continue
        level_found = is_whole_line_heading(text)
        if level_found:
            paragraph.level = level_found
        yield paragraph


def _halves(paragraph: _Paragraph, end: int) -> tuple[_Paragraph, _Paragraph]:
    head, rest = _Paragraph(), _Paragraph()
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


def _assemble(
    raw: RawDocument, paragraphs: list[_Paragraph], meta: dict[str, str], removed: list[Removed]
) -> Document:
    _mark_titles(paragraphs)
    _demote_bodiless(paragraphs)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    headings: list[Heading] = []
    offset = 0
    for paragraph in paragraphs:
        start = offset
        for piece, place in paragraph.pieces:
            places.append((offset, place))
            parts.append(piece)
            offset += len(piece)
        if paragraph.level:
            headings.append(Heading(start, offset, paragraph.level, paragraph.text.strip().strip("【】")))
        parts.append("\n")
        offset += 1
    text = "".join(parts)[:-1] if parts else ""
    title = raw.pinned.get("title") or raw.meta.get("title") or _title(paragraphs, raw.doc)
    source = raw.pinned.get("source") or raw.meta.get("source") or _first(meta, "来源", "信息来源", "文章来源", "稿件来源")
    date = raw.pinned.get("date") or raw.meta.get("date") or dates.publication_date(
        raw.doc, meta, [paragraph.text for paragraph in paragraphs]
    )
    problems = list(raw.problems)
    if "\ufffd" in text:
        problems.append(f"有 {text.count(chr(0xFFFD))} 个字符无法辨认")
    return Document(
        doc=raw.doc,
        title=_tidy(title.strip()),
        date=date,
        source=source,
        text=text,
        headings=tuple(headings),
        places=tuple(places),
        place_unit=raw.place_unit,
        format=raw.format,
        sha256=raw.sha256,
        removed=tuple(removed),
        problems=tuple(problems),
    )


def _first(meta: dict[str, str], *keys: str) -> str | None:
    return next((meta[key] for key in keys if meta.get(key)), None)


def _mark_titles(paragraphs: list[_Paragraph]) -> None:
    """Give a level to short stand-alone lines that have text of whole sentences under them."""
    for paragraph, following in reversed(list(zip(paragraphs, paragraphs[1:], strict=False))):
        if paragraph.level or (paragraph.solid and "：" in paragraph.text):
            continue
        below = following.text
        opens_body = following.level > TITLE_LEVEL or (len(below) >= 30 and re.search(r"[。！？；]", below))
        if looks_like_title(paragraph.text) and opens_body:
            paragraph.level = TITLE_LEVEL


def _demote_bodiless(paragraphs: list[_Paragraph]) -> None:
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


def _title(paragraphs: list[_Paragraph], doc: str) -> str:
    """Return the document's title: its first heading with sentences under it, else its first short line, else its name."""
    for index, paragraph in enumerate(paragraphs[:40]):
        if not paragraph.level or starts_with_marker(paragraph.text):
            continue
        nearby = paragraphs[index + 1 : index + 3]
        if any(re.search(r"[。！？]", item.text) and len(item.text) >= 30 for item in nearby):
            return paragraph.text
    for paragraph in paragraphs[:6]:
        if looks_like_title(paragraph.text):
            return paragraph.text
    return re.sub(r"\.[^.]+$", "", doc.rsplit("/", 1)[-1])
