"""Tables of a web page: which are data and not layout, and their rows as lines; cells may hold lists and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ragpark.load.cells import Cell, Grid, distinct, place_spans
from ragpark.load.raised import lowered, raised, settle
from ragpark.load.table import TableLine, linearise
from ragpark.records import TableRow

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_HEADLINES = ("h1", "h2")
_PARTS = frozenset(("p", "div", "h3", "h4", "h5", "h6", "blockquote"))  # set apart inside a cell
_ITEMS = frozenset(("li", "dt", "dd"))
_LAYOUT_ROLES = ("presentation", "none")
_MAX_CELL_CHARS = 400  # more in a table of few columns is an article
_CJK = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…"
_WRAP = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]\s*(?=[{_CJK}])")  # a source line break inside Chinese is no space
_SPACE = re.compile(r"[ \t\r\n\f]+")  # not &nbsp; and 　: `综　述` keeps its inner space
_WORDS = re.compile("[一-鿿]")
_EDGES = " \t\r\n\f\u00a0\u3000"
_GAP = "\x1f"  # stands between the parts of a cell until they are joined
_ITEM = "\x1e"  # the same between the items of a list
_TERM = "\x1d"  # between a term and its meaning
_APART = re.compile(f"[{_GAP}{_ITEM}{_TERM}]+")


def table_lines(table: Any, above: Sequence[str] = ()) -> list[tuple[int, TableLine]] | None:
    """Return (source line or 0, line) for each row of a data table; None for one that only lays the page out.

    `above` are the lines before it, which may name it or its unit.
    """
    if table.get("role") in _LAYOUT_ROLES or any(_is_grid(inner) for inner in table.iterdescendants("table")):
        return None
    rows: list[list[tuple[Cell, int, int]]] = []
    places: list[int] = []
    head_rows = 0
    for row in _own_rows(table):
        found = list(row.iterchildren("td", "th"))
        rows.append(
            [
                (_cell(cell, not rows or x == 0), number(cell.get("rowspan"), 1), number(cell.get("colspan"), 1))
                for x, cell in enumerate(found)
            ]
        )
        places.append(row.sourceline or 0)
        if row.getparent().tag == "thead" and head_rows == len(rows) - 1:
            head_rows += 1
    grid = place_spans(rows)
    if len(grid) < 2 or max((len(set(row)) for row in grid), default=0) < 2 or _lays_out(table, grid):
        return None
    caption = table.find("caption")
    title = _cell(caption, True).text if caption is not None else ""
    lines = [
        (places[line.y], line) for line in linearise(grid, head_rows or None, [*above, *([title] if title else [])])
    ]
    if title and lines:
        own = lines[0][1]
        named = TableLine(0, title, TableRow(0, len(title), ((0, len(title), 0),)), own.table)
        lines.insert(0, (caption.sourceline or 0, named))
    return lines


def _own_rows(table: Any) -> list[Any]:
    return [row for row in table.iterdescendants("tr") if next(row.iterancestors("table")) is table]


def _is_grid(table: Any) -> bool:
    """Tell whether a table inside another has rows and columns of its own, and is no mere box."""
    rows = _own_rows(table)
    return len(rows) > 1 and any(len(list(row.iterchildren("td", "th"))) > 1 for row in rows)


def _lays_out(table: Any, grid: Grid) -> bool:
    """Tell whether a table with rows and columns only lays out a page: articles, headlines, menus in its cells."""
    if next(table.iterdescendants(*_HEADLINES), None) is not None:
        return True
    texts = [cell.text for row in grid for cell in dict.fromkeys(row) if cell is not None and cell.text]
    if any(len(text) > _MAX_CELL_CHARS for text in texts) and max(map(len, grid)) < 4:
        return True
    if next(table.iterdescendants("ul", "ol", "h3", "h4", "h5", "h6"), None) is None:
        return False
    if next(table.iterdescendants("th", "caption"), None) is not None:
        return False
    full = [row for row in grid if len(distinct(row)) > 1]
    linked = sum(len("".join(link.itertext())) for link in table.iterdescendants("a"))
    return 2 * len(full) <= len(grid) or linked > 0.5 * sum(map(len, texts))


def visible(text: str) -> str:
    """Return text as a browser shows it: white space collapsed, a source line break between Chinese signs gone."""
    return settle(_SPACE.sub(" ", _WRAP.sub("", text)).strip(_EDGES))


def number(text: str | None, default: int) -> int:
    """Return an attribute's whole number between 0 and 10,000, the default where there is none."""
    try:
        return max(0, min(int(text), 10_000)) if text else default
    except ValueError:
        return default


def _cell(cell: Any, names: bool) -> Cell:
    """Return the cell; in one that names a row or column a line break is only a wrap: `地区生产<br>总值`."""
    text = "".join(_parts(cell, "\n" if names or cell.tag == "th" else _GAP)).lstrip(" \t\r\n\f" + _GAP + _ITEM)
    return Cell(_joined(text), cell.tag == "th", len(text) - len(text.lstrip("\u00a0\u3000")))


def _joined(text: str) -> str:
    """Return the parts of a cell in one line; the items of a list of words stay apart: `申请；审核`, `住宅：80元；其他：90元`."""
    shown = gap = ""
    for apart, part in zip(["", *_APART.findall(text)], map(visible, _APART.split(text)), strict=True):
        gap += apart
        if not part:
            continue
        if shown and _TERM in gap:
            shown += "" if shown[-1] in "：:？?" else "："
        elif shown and _ITEM in gap and not re.search(r"[。；;，,、：:！？]$", shown) and _WORDS.search(shown + part):
            shown += "；"
        elif shown:
            shown += " "
        shown, gap = shown + part, ""
    return shown


def _parts(element: Any, line_break: str) -> Iterator[str]:
    """Yield the text under an element, its blocks set apart, raised and lowered characters marked."""
    wrap = {"sup": raised, "sub": lowered}.get(element.tag, str)
    if element.text:
        yield wrap(element.text)
    for child in element:
        apart = _ITEM if child.tag in _ITEMS else _GAP if child.tag in _PARTS else "\n" if child.tag in BLOCKS else ""
        after_term = child.tag == "dd" and (child.getprevious() is not None and child.getprevious().tag == "dt")
        yield line_break if child.tag == "br" else _TERM if after_term else apart
        yield from map(wrap, _parts(child, line_break)) if element.tag in ("sup", "sub") else _parts(child, line_break)
        yield apart
        if child.tail:
            yield wrap(child.tail)
