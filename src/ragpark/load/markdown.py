"""Markdown → headings with their levels, paragraphs line by line, list items and table rows whole, markup taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ragpark.load.base import Loaded
from ragpark.load.cells import Cell
from ragpark.load.encoding import decode
from ragpark.load.flattened import rebuilt
from ragpark.load.frontmatter import front_matter
from ragpark.load.markdown_source import keep_characters, kept_notes, marked, outside_formulas
from ragpark.load.raised import lowered, raised, settle
from ragpark.load.table import linearise
from ragpark.load.text import physical_lines, read_text, strip_emphasis
from ragpark.records import RawLine

if TYPE_CHECKING:
    from markdown_it.token import Token

_MAX_PARSED_BYTES = 8_000_000  # the parser reads about 1 MB/s; beyond, lines and `#` headings must do
_MAX_UNDERLINED_CHARS = 60
_MAX_TERM_CHARS = 40
_MEANING = re.compile(r"^\s{0,3}[:~]\s+(\S.*)$")
_SENTENCE_END = re.compile(r"[。！？；!?;]\s*$")
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]*\}\s*$")  # `## 概况 {#intro}`


def read_markdown(data: bytes, doc: str) -> Loaded:
    """Return the document's lines with their original line numbers. Raises LoadError where the bytes are no text."""
    if len(data) > _MAX_PARSED_BYTES:
        loaded = read_text(data, doc)
        return Loaded(loaded.lines, "lines", loaded.meta, (*loaded.problems, "文件较大，按纯文本读取"))
    decoded = decode(data, doc)
    physical = physical_lines(decoded.text.replace("\f", "\n"))
    meta, skip = front_matter(physical)
    body = physical[skip:]
    found = sorted(_defined(_lines(_parse("\n".join(kept_notes(body))))), key=lambda line: line.place)
    blank = [RawLine("", n) for n, line in enumerate(body, start=1) if not line.strip()]
    lines = sorted([*found, *blank], key=lambda line: line.place)
    problems = (f"有 {decoded.damaged} 处字节无法解码",) if decoded.damaged else ()
    return Loaded(tuple(_moved(line, skip) for line in rebuilt(lines)), "lines", meta, problems)


def _parse(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    # Without indented code: a paragraph indented by four spaces is the usual thing in Chinese text.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    keep_characters(parser)
    return parser.parse(text)


def _moved(line: RawLine, by: int) -> RawLine:
    return replace(line, place=line.place + by) if by else line


def _defined(lines: Iterable[RawLine]) -> Iterator[RawLine]:
    """Yield the lines, a term and the line `: what it is` under it as one: `容积率：建筑面积与用地面积之比`."""
    term: RawLine | None = None
    held = False  # the term has not been yielded yet
    for line in lines:
        meaning = _MEANING.match(line.text)
        near = term is not None and line.place - term.place <= 2 + 2 * (not held)
        if meaning and term is not None and near and line.row is None and not line.level:
            yield RawLine(
                f"{term.text.strip().rstrip('：:')}：{meaning[1]}", term.place if held else line.place, 0, True
            )
            term, held = replace(term, place=line.place), False
            continue
        if held and term is not None:
            yield term
        is_term = not line.level and line.row is None and len(line.text.strip()) <= _MAX_TERM_CHARS
        term, held = (line, True) if is_term and not _SENTENCE_END.search(line.text) else (None, False)
        if not held:
            yield line
    if held and term is not None:
        yield term


def _lines(tokens: Sequence[Token]) -> Iterator[RawLine]:
    markers: list[str] = []  # of the list items around, each used up by its first line
    level, underlined, depth = 0, False, 0
    above: list[str] = []  # the lines yielded last, which may name a table
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open":
            level, underlined = int(token.tag[1]), token.markup in ("-", "=")
        elif token.type == "heading_close":
            level = 0
        elif token.type == "list_item_open":
            depth += 1
            markers.append(f"{token.info}{token.markup} " if token.info else "")
        elif token.type == "list_item_close":
            depth -= 1
            markers.pop()
        elif token.type == "table_open":
            end = next(n for n in range(position, len(tokens)) if tokens[n].type == "table_close")
            yield from _table(tokens[position:end], above)
            position = end
        elif token.type in ("fence", "code_block") and token.map:
            first = token.map[0] + (2 if token.type == "fence" else 1)
            for number, line in enumerate(token.content.split("\n"), start=first):
                if line.strip():
                    yield RawLine(line, number, solid=True)
        elif token.type == "html_block" and token.map:
            from ragpark.load.html import fragment_lines

            yield from fragment_lines(token.content, token.map[0] + 1)
        elif token.type == "inline" and token.map:
            found = _inline(token)
            above = [*above, *(text for text, _ in found if text.strip())][-3:]
            if level:
                text = _ATTRIBUTES.sub("", "".join(text for text, _ in found)).strip()
                if underlined and (len(text) > _MAX_UNDERLINED_CHARS or text.endswith(("。", "；", "，"))):
                    yield from (RawLine(text, place) for text, place in found)  # a paragraph over a `---` rule
                elif text:
                    yield RawLine(text, found[0][1], level, solid=True)
            elif depth:
                if text := _joined([text for text, _ in found]):
                    yield RawLine(markers[-1] + text, found[0][1], solid=True)
                    markers[-1] = ""
            else:
                yield from (RawLine(text, place) for text, place in found if text.strip())
        position += 1


def _inline(token: Token) -> list[tuple[str, int]]:
    """Return (visible text, line number) for each line of a paragraph."""
    assert token.map is not None
    first, end = token.map[0] + 1, token.map[1]
    lines: list[str] = [""]
    shift: list[str] = []  # <sup> and <sub> around
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif child.type in ("text", "code_inline", "text_special"):
            text = child.content
            if child.type == "text":
                text = marked(text, raised("{}"), lowered("{}"))
            if shift:
                text = raised(text) if shift[-1] == "sup" else lowered(text)
            lines[-1] += text
        elif child.type == "html_inline":
            tag = re.match(r"<(/?)(br|sup|sub)\b", child.content, re.IGNORECASE)
            name = tag[2].lower() if tag else ""
            if name == "br":
                lines[-1] += "\n"
            elif tag and tag[1]:
                shift = shift[:-1]
            elif name:
                shift.append(name)
    found: list[tuple[str, int]] = []
    for number, line in enumerate(lines):
        # `**导语：**科技` is no emphasis to CommonMark (a sign before the mark, a letter after): take it off here.
        for part in outside_formulas(settle(line), strip_emphasis).split("\n"):
            found.append((part, min(first + number, max(end, first))))
    return found


def _joined(lines: Sequence[str]) -> str:
    """Join the wrapped lines of a list item: no space between Chinese characters, one between other words."""
    text = ""
    for line in (line.strip() for line in lines):
        text += f" {line}" if re.search(r"[!-~]$", text) and re.match(r"[!-~]", line) else line
    return text


def _table(tokens: Sequence[Token], above: Sequence[str]) -> Iterator[RawLine]:
    """Yield the rows of a table. A first row without names is dropped: the names are looked for below it."""
    rows: list[list[Cell | None]] = []
    places: list[int] = []
    for position, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
            places.append((token.map or [0])[0] + 1)
        elif token.type in ("th_open", "td_open"):
            text = " ".join(text.strip() for text, _ in _cell(tokens[position + 1])).strip()
            rows[-1].append(Cell(text, token.type == "th_open") if text else None)
    names = bool(rows) and any(cell and cell.text for cell in rows[0])
    for line in linearise(rows if names else rows[1:], None, above, blank_holds_on=True):
        yield line.raw(places[line.y if names else line.y + 1])


def _cell(token: Token) -> list[tuple[str, int]]:
    token.map = token.map or [0, 1]
    return _inline(token)
