"""Tables that were flattened into lines, rebuilt where their shape shows: one cell a line, cells parted by `|` or by gaps.

Works on lines of any format; a line that is a heading or a row of a table already is left alone. Where no regular
shape of names over figures shows, nothing is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ragpark.load.cells import Cell, is_empty, is_figure
from ragpark.load.table import linearise
from ragpark.records import RawLine
from ragpark.zh.column_names import YEAR_CELL, YEARLIKE, names_measures, says_nothing
from ragpark.zh.header_units import unit_of, without_unit
from ragpark.zh.wording import rx

_MAX_CELL_CHARS = 24  # of a cell that has a line to itself
_MAX_ROW_CHARS = 160
_MAX_COLUMNS = 16
_FAR = 2 * (_MAX_COLUMNS + 2)  # lines: a first figure that is further off is not of a table that begins here
_MIN_ROWS = 3  # of figures, where nothing but the order of the lines speaks for a table
_MAX_CORNER_CHARS = 8
_MAX_WORD_CHARS = 4
_LOOK_AHEAD, _LOOK_ROWS = 72, 10  # cells and rows that are looked at before a whole run of them is
_SENTENCE = re.compile(r"[。；！？;!?]|[，,：:]$")
_ONE_BAR = re.compile(r"[^|｜]*[|｜]")
_GAP = re.compile(r"\t+|[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")
_BAR = re.compile(r"\s*[|｜]\s*")
_RULE = re.compile(r"[\s|｜:+\-—─━=]+")
_SPACED = re.compile(r"[一-鿿](?:[ \u00a0\u3000]+[一-鿿])+(?![一-鿿])")
_MEASURED = re.compile(r"[.．]\d|[%％‰]|\d,\d{3}|\d\s?[一-鿿]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A table in lines[start:end]: rows of (cells, index of the line where the row begins); the first row has the names."""

    start: int
    end: int
    rows: tuple[tuple[tuple[Cell | None, ...], int], ...]


def rebuilt(lines: Sequence[RawLine]) -> list[RawLine]:
    """Return the lines, those of a flattened table in the place of its cells as rows with their table."""
    out: list[RawLine] = []
    position = 0
    figures = [n for n, line in enumerate(lines) if is_figure(line.text.strip(" \u3000|｜"))] + [2 * len(lines) + _FAR]
    while position < len(lines):
        found = None
        if _is_open(lines[position]) and (text := lines[position].text.strip()):
            finders = [_bars] if "|" in text or "｜" in text else [_gaps] if _GAP.search(text) else []
            if figures[bisect_left(figures, position)] - position <= _FAR:
                finders.append(_cells_by_line)
            found = next((f for find in finders if (f := find(lines, position)) is not None), None)
        if found is None:
            out.append(lines[position])
            position += 1
            continue
        out += lines[position : found.start]
        out += _as_rows(lines, found)
        position = found.end
    return out


def _as_rows(lines: Sequence[RawLine], found: _Found) -> Iterator[RawLine]:
    """Yield the rows in the words of the original, names first, so that a quote is verbatim; their table names the cells."""
    above = [line.text for line in lines[max(0, found.start - 8) : found.start] if line.text.strip()][-3:]
    ends = [*(begin for _, begin in found.rows[1:]), found.end]
    said = [
        "   ".join(line.text.strip() for line in lines[begin:end] if line.text.strip())  # the repair keeps one of them
        for (_, begin), end in zip(found.rows, ends, strict=True)
    ]
    yield RawLine(said[0], lines[found.rows[0][1]].place, solid=True)
    for line in linearise([cells for cells, _ in found.rows], 1, above):
        place = lines[found.rows[line.y][1]].place
        cells = _placed(said[line.y], [(line.text[a:b], column) for a, b, column in line.row.cells])
        if cells is None:
            yield line.raw(place)
        else:
            row = replace(line.row, end=len(said[line.y]), cells=cells)
            yield RawLine(said[line.y], place, solid=True, row=row, table=line.table)


def _placed(text: str, cells: Sequence[tuple[str, int]]) -> tuple[tuple[int, int, int], ...] | None:
    """Return where each cell (its text, its column) stands in the text of its row, None where one does not."""
    placed: list[tuple[int, int, int]] = []
    at = 0
    for cell, column in cells:
        match = re.compile(r"\s*".join(map(re.escape, cell.replace(" ", "")))).search(text, at)
        if match is None:
            return None
        placed.append((match.start(), match.end(), column))
        at = match.end()
    return tuple(placed)


def _is_open(line: RawLine) -> bool:
    return not line.level and line.row is None


def _cell(text: str) -> Cell | None:
    stripped = text.strip()
    if not stripped:
        return None
    tidy = _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), stripped)
    return Cell(re.sub(r"(?<=[一-鿿])\s+(?=[（(])", "", tidy), indent=len(text) - len(text.lstrip(" \u00a0\u3000")))


def _text(cell: Cell | None) -> str:
    return cell.text if cell is not None else ""


# one cell a line


def _cells_by_line(lines: Sequence[RawLine], start: int) -> _Found | None:
    """Find `指标 / 2022年 / 2023年 / 产值 / 10 / 12 / …`, a line each, with or without a `|` at the end of each."""
    barred = bool(_ONE_BAR.fullmatch(lines[start].text.rstrip()))
    before = next((line.text.rstrip() for line in reversed(lines[max(0, start - 3) : start]) if line.text.strip()), "")
    if barred and _ONE_BAR.fullmatch(before):
        return None  # in the middle of cells in whose order no table was found
    found = _in_order(lines, start, barred, _LOOK_AHEAD)
    return _in_order(lines, start, barred, len(lines)) if found is not None else None


def _in_order(lines: Sequence[RawLine], start: int, barred: bool, limit: int) -> _Found | None:
    """Read at most `limit` cells that stand one below the other as names, then rows of figures in the same order."""
    cells: list[Cell | None] = []
    places: list[int] = []
    told = False  # whether a figure was met
    for n in range(start, len(lines)):
        text = lines[n].text.rstrip()
        if not text.strip() and _is_open(lines[n]):
            continue
        if len(cells) >= limit or not _is_open(lines[n]) or (barred and not _ONE_BAR.fullmatch(text)):
            break
        text = text.rstrip("|｜") if barred else text
        if len(text.strip()) > _MAX_CELL_CHARS or _SENTENCE.search(text) or "|" in text:
            break
        cells.append(_cell(text))
        places.append(n)
        told = told or _kind(cells[-1]) == "figure"
        if not told and len(cells) > _MAX_COLUMNS + 2:
            return None
    kinds = [_kind(cell) for cell in cells]
    first = kinds.index("figure") if "figure" in kinds else -1
    if first < 2:
        return None
    width = _run(kinds, first) + 1
    head = _head(cells[: first - 1], width, barred) if width <= _MAX_COLUMNS else None
    if head is None:
        return None
    begin, names = head
    rows: list[tuple[tuple[Cell | None, ...], int]] = [(names, places[begin])]
    at, n_rows = first - 1, 0
    while at < len(cells):
        row = tuple(cells[at : at + width])
        if _is_row(row, width, barred):
            rows.append((row, places[at]))
            at += width
            n_rows += 1
        elif kinds[at] == "label" and _is_row(tuple(cells[at + 1 : at + 1 + width]), width, barred):
            rows.append(((cells[at],), places[at]))  # the name of a section
            at += 1
        else:
            break
    body = [text for row, _ in rows[1:] for cell in row[1:] if (text := _text(cell))]
    if n_rows < (2 if barred else _MIN_ROWS) or not (barred or _measures(names[1:], body)):
        return None
    return _Found(places[begin], places[at] if at < len(cells) else places[-1] + 1, tuple(rows))


def _kind(cell: Cell | None) -> str:
    if cell is None or is_empty(cell.text):
        return "empty"
    return "figure" if is_figure(cell.text) else "label"


def _run(kinds: Sequence[str], start: int) -> int:
    end = start
    while end < len(kinds) and kinds[end] != "label":
        end += 1
    return end - start


def _head(before: Sequence[Cell | None], width: int, barred: bool) -> tuple[int, tuple[Cell | None, ...]] | None:
    """Return where the names of `width` columns begin in the cells before the first row, and the names.

    The cell over the rows' own labels may be missing; what is too long or too full for it is the table's caption.
    """
    if barred:
        names = tuple(before) if len(before) == width else (None, *before)
        return (0, names) if len(names) == width else None
    if len(before) >= width and not _is_caption(_text(before[-width])):
        names = tuple(before[-width:])
        return (len(before) - width, names) if all(names) else None
    if len(before) >= width - 1:
        names = tuple(before[len(before) - width + 1 :])
        return (len(before) - width + 1, (None, *names)) if all(names) else None
    return None


def _is_caption(text: str) -> bool:
    return len(text) > _MAX_CORNER_CHARS or bool(
        YEARLIKE.search(text) or unit_of(text) or rx(r"^(?:{table_number}|[（(]?{unit_column}\s*[:：])").search(text)
    )


def _is_row(row: Sequence[Cell | None], width: int, barred: bool) -> bool:
    """Tell whether cells make a row: a label, then figures; a short word (`持平`) or a damaged figure may stand for one."""
    kinds = [_kind(cell) for cell in row]
    if len(row) != width or kinds[0] != "label":
        return False
    others = [_text(cell) for kind, cell in zip(kinds[1:], row[1:], strict=True) if kind == "label"]
    longest = _MAX_CELL_CHARS if barred else _MAX_WORD_CHARS
    return 2 * kinds.count("figure") >= width - 1 and all(len(text) <= longest for text in others)


def _measures(names: Sequence[Cell | None], values: Sequence[str]) -> bool:
    """Tell whether the figures are measured, not page numbers or a count of lines: units, years or decimals show it."""
    told = [_text(name) for name in names]
    if any(unit_of(name) or YEAR_CELL.match(name) or says_nothing(without_unit(name)) for name in told if name):
        return True
    return 2 * sum(bool(_MEASURED.search(value)) for value in values) >= len(values)


# one row a line


def _rows_by_line(lines: Sequence[RawLine], start: int, split: Callable[[str], list[str]]) -> _Found | None:
    """Find a row of names over rows of as many cells, some with figures; the first lines must show it already."""
    found = _rows_within(lines, start, start + _LOOK_ROWS, split)
    return _rows_within(lines, start, len(lines), split) if found is not None else None


def _rows_within(lines: Sequence[RawLine], start: int, stop: int, split: Callable[[str], list[str]]) -> _Found | None:
    rows: list[tuple[list[Cell | None], int]] = []
    end = start
    for n in range(start, min(stop, len(lines))):
        text = lines[n].text
        if not text.strip() and _is_open(lines[n]) and n == end and rows:
            end = n + 1
            continue
        if not _is_open(lines[n]) or len(text) > _MAX_ROW_CHARS or re.search(r"[。！？]", text):
            break
        parts = split(text)
        if len(parts) < 2 or len(parts) > _MAX_COLUMNS:
            break
        if not all(_RULE.fullmatch(part) for part in parts if part):
            rows.append(([_cell(part) for part in parts], n))
        end = n + 1
    if len(rows) < 3:
        return None
    width = max(len(row) for row, _ in rows[1:])
    names, first = rows[0]
    if len(names) == width - 1:
        names = [None, *names]
    body: list[tuple[tuple[Cell | None, ...], int]] = []
    for row, n in rows[1:]:
        if len(row) != width:
            break
        body.append((tuple(row), n))
        end = n + 1
    labels = [cell for cell in names if cell is not None]
    if len(body) < 2 or len(names) != width or any(_kind(cell) != "label" for cell in labels):
        return None
    figures = [any(_kind(cell) == "figure" for cell in row) for row, _ in body]
    shown = all(figures) if len(labels) == len(names) or width > 2 else False
    if not shown and not (sum(figures) > len(body) / 2 and (names_measures(_text(names[0])) or width > 2)):
        return None
    return _Found(start, end, ((tuple(names), first), *body))


def _bars(lines: Sequence[RawLine], start: int) -> _Found | None:
    """Find rows whose cells are parted by `|`; one that begins with a bar among others that don't lacks its first cell."""
    run: list[str] = []
    for line in lines[start : start + _LOOK_ROWS]:
        if line.text.strip() and ("|" in line.text or "｜" in line.text) and _is_open(line):
            run.append(line.text.strip())
        elif line.text.strip():
            break
    bordered = 2 * sum(text[0] in "|｜" for text in run) > len(run)

    def split(text: str) -> list[str]:
        text = text.strip()
        if text.endswith(("|", "｜")):
            text = text[:-1]
        if bordered and text.startswith(("|", "｜")):
            text = text[1:]
        return _BAR.split(text)

    return _rows_by_line(lines, start, split) if len(run) > 2 else None


def _gaps(lines: Sequence[RawLine], start: int) -> _Found | None:
    """Find rows whose cells stand apart by tabs or runs of spaces: `指标    2022年    2023年`."""

    def split(text: str) -> list[str]:
        text = _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), text.strip())
        return [part for part in _GAP.split(text) if part]

    if len(split(lines[start].text)) < 2:
        return None
    return _rows_by_line(lines, start, split)
