"""HTML → one solid line per visible block, table rows linearised, page furniture left out; nothing is executed.

`furniture` decides what is navigation; this module walks what remains. Text patterns of boilerplate
(`浏览次数`, `扫一扫`) are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.encoding import decode
from ragpark.load.furniture import drop_furniture, drop_hidden
from ragpark.load.table import Cell, TableLine, linearise, place_spans
from ragpark.records import RawLine, TableRow

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CJK = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…"
_WRAP = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]\s*(?=[{_CJK}])")  # a source line break inside Chinese is no space
_SPACE = re.compile(r"[ \t\r\n\f]+")  # not &nbsp; and 　: `综　述` keeps its inner space
_EDGES = " \t\r\n\f\u00a0\u3000"

_META_NAMES: dict[str, tuple[str, ...]] = {  # by trust, best first; compared in lower case
    "title": ("articletitle", "og:title", "dc.title"),
    "date": (
        "pubdate", "publishdate", "article:published_time", "firstpublishedtime", "datepublished", "publishedtime",
        "publish_date", "og:published_time", "dc.date", "dc.date.issued", "date",
    ),
    "source": ("contentsource", "articlesource", "dc.source", "source", "sitename", "og:site_name"),
}  # fmt: skip
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
    body = root.find("body")
    body = root if body is None else body
    drop_hidden(body)
    drop_furniture(body)
    problems = (f"有 {decoded.damaged} 处字节无法解码",) if decoded.damaged else ()
    return Loaded(tuple(body_lines(body)), "lines", meta, problems)


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
        self._numbers: list[int | None] = []

    def add(self, text: str | None) -> None:
        if not text:
            return
        if not self._parts:
            lead = text[: len(text) - len(text.lstrip())] if not self._pre else ""
            self._begun = self.line + lead.count("\n")
        self._parts.append(text)
        self.line += text.count("\n")

    def start(self, element: Any, tag: str) -> Iterator[RawLine]:
        if tag in _BLOCKS:
            yield from self.flush()
        if element.sourceline:
            self.line = max(self.line, element.sourceline)
        if tag == "br":
            if self._level or self._pre:
                self._parts.append("\n" if self._pre else " ")
            else:
                yield from self.flush()
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ol", "ul"):
            self._numbers.append(_number(element.get("start"), 1) if tag == "ol" else None)
        elif tag == "li" and self._numbers and (count := self._numbers[-1]) is not None:
            count = _number(element.get("value"), count)
            self._marker = f"{count}. "
            self._numbers[-1] = count + 1

    def end(self, element: Any, tag: str) -> Iterator[RawLine]:
        if tag in _BLOCKS:
            yield from self.flush()
        if tag in _HEADINGS:
            self._level = 0
        elif tag == "pre":
            self._pre -= 1
        elif tag in ("ol", "ul") and self._numbers:
            self._numbers.pop()

    def flush(self) -> Iterator[RawLine]:
        """Yield the collected block; in <pre>, its physical lines, which may be wrapped text."""
        text, self._parts = "".join(self._parts), []
        if self._pre:
            for number, line in enumerate(text.split("\n") if text.strip() else ()):
                yield RawLine(line.rstrip("\r"), self._begun + number + self._offset)
            return
        if text := visible(text):
            self.last = [*self.last[-2:], text]
            yield RawLine(self._marker + text, self._begun + self._offset, self._level, solid=True)
            self._marker = ""


def visible(text: str) -> str:
    """Return text as a browser shows it: white space collapsed, a source line break between Chinese signs gone."""
    return _SPACE.sub(" ", _WRAP.sub("", text)).strip(_EDGES)


def table_lines(table: Any, above: Sequence[str] = ()) -> list[tuple[int, TableLine]] | None:
    """Return (source line or 0, line) for each row of a data table; None for one that only lays the page out.

    `above` are the lines before it, which may name it or its unit.
    """
    if next(table.iterdescendants("table", *_HEADINGS, "ul", "ol"), None) is not None:
        return None
    rows: list[list[tuple[Cell, int, int]]] = []
    places: list[int] = []
    head_rows = 0
    for row in table.iterdescendants("tr"):
        cells = [
            (
                _cell(cell),
                _number(cell.get("rowspan"), 1),
                _number(cell.get("colspan"), 1),
            )
            for cell in row.iterchildren("td", "th")
        ]
        rows.append(cells)
        places.append(row.sourceline or 0)
        if row.getparent().tag == "thead" and head_rows == len(rows) - 1:
            head_rows += 1
    grid = place_spans(rows)
    if len(grid) < 2 or max((len(set(row)) for row in grid), default=0) < 2:
        return None
    if any(cell and len(cell.text) > 400 for row in grid for cell in row) and max(map(len, grid)) < 4:
        return None  # whole articles in cells
    caption = table.find("caption")
    title = _cell(caption).text if caption is not None else ""
    lines = [
        (places[line.y], line) for line in linearise(grid, head_rows or None, [*above, *([title] if title else [])])
    ]
    if title and lines:
        own = lines[0][1]
        named = TableLine(0, title, TableRow(0, len(title), ((0, len(title), 0),)), own.table)
        lines.insert(0, (caption.sourceline or 0, named))
    return lines


def _cell(cell: Any) -> Cell:
    text = _cell_text(cell)
    return Cell(visible(text), cell.tag == "th", len(text) - len(text.lstrip("\u00a0\u3000")))


def _cell_text(cell: Any) -> str:
    parts: list[str] = []
    for element in cell.iter():
        if element is not cell and (element.tag in _BLOCKS or element.tag == "br"):
            parts.append("\n")
        parts.append(element.text or "")
        if element is not cell:
            parts.append(element.tail or "")
    return "".join(parts).lstrip(" \t\r\n\f")


def _number(text: str | None, default: int) -> int:
    try:
        return max(0, min(int(text), 10_000)) if text else default
    except ValueError:
        return default


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
