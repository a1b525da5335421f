"""Plain text → its physical lines; Markdown headings, giant lines of HTML and flattened tables are recognised in it."""

from __future__ import annotations

import re
from dataclasses import replace

from ragpark.load.base import Loaded
from ragpark.load.encoding import decode
from ragpark.load.flattened import rebuilt
from ragpark.load.frontmatter import front_matter
from ragpark.records import RawLine

_NEWLINE = re.compile(r"\r\n|\n|\r")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?[ \t]*$")
# `<p>甲</p> <p>乙</p>` yes; `HTML 用 <p> 分段` no: the line opens with a block and closes one.
_MARKUP_LINE = re.compile(
    r"^\s*<(p|div|h[1-6]|table|ul|ol|section|article|blockquote|span)\b[^<>]*>.*</\1\s*>", re.I | re.S
)
_PAGE = re.compile(r"^\s*(<!doctype html|<html\b)", re.IGNORECASE)


def read_text(data: bytes, doc: str) -> Loaded:
    """Return one line per physical line, blank ones included, spaces and damage kept; a page break adds one.

    Raises LoadError where the bytes are no text.
    """
    decoded = decode(data, doc)
    if _PAGE.match(decoded.text[:200]):
        from ragpark.load.html import read_html

        return read_html(data, doc)
    physical = physical_lines(decoded.text)
    meta, skip = front_matter(physical)
    lines: list[RawLine] = []
    for place, line in enumerate(physical[skip:], start=skip + 1):
        if "<" in line and _MARKUP_LINE.match(line):
            from ragpark.load.html import fragment_lines

            lines += [replace(found, place=place, solid=True) for found in fragment_lines(line, place)]
        elif "\f" in line:
            lines += [line_of(part, place) for part in line.split("\f")]
        else:
            lines.append(line_of(line, place))
    problems = (f"有 {decoded.damaged} 处字节无法解码",) if decoded.damaged else ()
    return Loaded(tuple(rebuilt(lines)), "lines", meta, problems)


def physical_lines(text: str) -> list[str]:
    """Split at line ends of any system; a final line end does not make one more line."""
    lines = (text if "\r" not in text else _NEWLINE.sub("\n", text)).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def line_of(text: str, place: int) -> RawLine:
    """Return the line, as a heading without its marks if it is `## **一、总体情况**`; `#话题#` is not one."""
    if "#" in text and (match := _HEADING.match(text)) and (title := strip_emphasis(match[2]).strip()):
        return RawLine(title, place, len(match[1]), solid=True)
    return RawLine(text, place)


def strip_emphasis(text: str) -> str:
    """Take paired `**` and `__` off: `**三、沪苏相融**` → `三、沪苏相融`; `2**3`, `5*3*2米` and `a__b` stay."""
    return re.sub(r"(?!(?<=\d)\*+\d)(\*{1,3}|_{2,3})(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?!(?<=\d\*)\d)", r"\2", text)
