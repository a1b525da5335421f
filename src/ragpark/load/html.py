"""HTML → one solid line per visible block, table rows linearised, page furniture left out; nothing is executed.

`furniture` decides what is navigation, `html_table` what is a table of data; this module walks what remains. Text
patterns of boilerplate (`浏览次数`, `扫一扫`) are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.encoding import decode
from ragpark.load.flattened import rebuilt
from ragpark.load.furniture import drop_furniture, drop_hidden
from ragpark.load.hidden_text import frames_problem, later_text, show_frames
from ragpark.load.html_table import BLOCKS, number, table_lines, visible
from ragpark.load.raised import lowered, raised, settle
from ragpark.records import RawLine

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_META_NAMES: dict[str, tuple[str, ...]] = {  # by trust, best first; compared in lower case
    "title": ("articletitle", "og:title", "dc.title"),
    "date": (
        "pubdate", "publishdate", "article:published_time", "firstpublishedtime", "datepublished", "publishedtime",
        "publish_date", "og:published_time", "dc.date", "dc.date.issued", "date",
    ),
    "source": ("contentsource", "articlesource", "dc.source", "source", "sitename", "og:site_name"),
}  # fmt: skip
_MIN_CHARS = 100  # a page with less text than this of its own is looked into for text that is shown later
_MAX_TERM_CHARS = 30
_SITE_SUFFIX = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|--).*$")


def read_html(data: bytes, doc: str) -> Loaded:
    """Return the page's content blocks and its title, date and source.

    Raises LoadError where the bytes are no text.
    """
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, doc, declared[1].decode("ascii", "replace") if declared else None)
    root = parse(decoded.text)
    if root is None:
        raise LoadError(f"“{doc}”中没有文字；请检查文件内容")
    meta = _page_meta(root)
    later = later_text(root)
    problems = [f"有 {decoded.damaged} 处字节无法解码"] if decoded.damaged else []
    show_frames(root)
    body = root.find("body")
    body = root if body is None else body
    problems += frames_problem(root)
    drop_hidden(body)
    drop_furniture(body)
    lines = tuple(body_lines(body))
    if later and sum(len(line.text) for line in lines) < min(_MIN_CHARS, len(later)):
        lines = (*lines, *fragment_lines(later, 1))  # a page that a program fills in
    return Loaded(tuple(rebuilt(lines)), "lines", meta, tuple(problems))


def fragment_lines(markup: str, place: int) -> list[RawLine]:
    """Return the blocks of a piece of HTML inside a text or Markdown file; its first line is line `place`."""
    root = parse(markup)
    if root is None:
        return []
    drop_hidden(root)
    return list(body_lines(root, place - 1))


def parse(markup: str) -> Any:
    """Return the root element, or None where there is nothing in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        return etree.fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None  # an empty document


def body_lines(body: Any, offset: int = 0) -> Iterator[RawLine]:
    """Yield the visible blocks under `body` in order; `offset` is added to their line numbers."""
    walk = _Walk(offset)
    events = etree.iterwalk(body, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "start":
            yield from walk.start(element, tag)
            if tag == "table" and (rows := table_lines(element, walk.last)) is not None:
                events.skip_subtree()
                for place, line in rows:
                    yield line.raw((place or walk.line) + offset)
            else:
                walk.add(element.text)
        else:
            yield from walk.end(element, tag)
            if element is not body:
                walk.add(element.tail)
    yield from walk.flush()


class _Walk:
    """The block being collected: its text so far, where it began, and what it stands in."""

    def __init__(self, offset: int) -> None:
        self.line = 1  # where the walk stands; lxml counts an element's line at the end of its start tag
        self.last: list[str] = []  # the lines yielded last, which may be a table's caption
        self._offset = offset
        self._parts: list[str] = []
        self._begun = 1
        self._level = 0
        self._pre = 0
        self._marker = ""
        self._term: list[tuple[str, int]] = []  # <dt> whose <dd> is still to come
        self._in_term = False
        self._shift: list[str] = []  # <sup> and <sub> around
        self._numbers: list[int | None] = []

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self._shift and text.strip():
            text = raised(text) if self._shift[-1] == "sup" else lowered(text)
        if not self._parts:
            lead = text[: len(text) - len(text.lstrip())] if not self._pre else ""
            self._begun = self.line + lead.count("\n")
        self._parts.append(text)
        self.line += text.count("\n")

    def start(self, element: Any, tag: str) -> Iterator[RawLine]:
        if tag in BLOCKS:
            yield from self.flush()
        if element.sourceline:
            self.line = max(self.line, element.sourceline)
        if tag == "br":
            if self._level or self._pre:
                self._parts.append("\n" if self._pre else " ")
            else:
                yield from self.flush()
        elif tag in ("sup", "sub"):
            self._shift.append(tag)
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag == "dt":
            self._in_term = True
        elif tag in ("ol", "ul"):
            self._numbers.append(number(element.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._numbers and (count := self._numbers[-1]) is not None:
            count = number(element.get("value"), count)
            self._marker = f"{count}. "
            self._numbers[-1] = count + 1

    def end(self, element: Any, tag: str) -> Iterator[RawLine]:
        if tag in BLOCKS:
            yield from self.flush()
        if tag in ("sup", "sub"):
            self._shift.pop()
        elif tag in _HEADINGS:
            self._level = 0
        elif tag == "pre":
            self._pre -= 1
        elif tag == "dt":
            self._in_term = False
        elif tag == "dl":
            yield from self._terms()
        elif tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()

    def flush(self) -> Iterator[RawLine]:
        """Yield the collected block; in <pre>, its physical lines, which may be wrapped text."""
        text, self._parts = "".join(self._parts), []
        if self._pre:
            for count, line in enumerate(settle(text).split("\n") if text.strip() else ()):
                yield RawLine(line.rstrip("\r"), self._begun + count + self._offset)
            return
        if text := visible(text):
            if self._in_term:
                self._term.append((text, self._begun))
                return
            begun = self._begun
            if self._term and not self._level:
                begun, text = self._term[0][1], f"{self._name_of_term()}{text}"
                self._term = []
            yield from self._terms()
            self.last = [*self.last[-2:], text]
            yield RawLine(self._marker + text, begun + self._offset, self._level, solid=True)
            self._marker = ""

    def _name_of_term(self) -> str:
        """Return what leads a <dd>: `成立时间：`; a question or a long term keeps a space only."""
        name = "、".join(text for text, _ in self._term).rstrip("：: ")
        return f"{name} " if name.endswith(("？", "?", "。")) or len(name) > _MAX_TERM_CHARS else f"{name}："

    def _terms(self) -> Iterator[RawLine]:
        """Yield the terms that no <dd> followed."""
        for text, begun in self._term:
            yield RawLine(text, begun + self._offset, solid=True)
        self._term = []


def _page_meta(root: Any) -> Mapping[str, str]:
    """Return title, date and source from the page's head; nothing from its visible lines."""
    named: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        if name and (content := (element.get("content") or "").strip()):
            named.setdefault(name, content)
    meta = {key: next((named[n] for n in names if n in named), "") for key, names in _META_NAMES.items()}
    if not meta["date"]:
        meta["date"] = next((e.get("datetime") for e in root.iter("time") if e.get("datetime")), "")
    if not meta["title"]:
        head = root.find("head/title")
        page = visible("".join(head.itertext())) if head is not None else ""
        first = next((visible("".join(h.itertext())) for h in root.iter("h1")), "")
        meta["title"] = first if first and (not page or first in page) else _SITE_SUFFIX.sub("", page) or page
    return {key: value for key, value in meta.items() if value}
