"""The figures in the cells of a table: each with its unit, its year and the names that say what it measures.

Reads rows and names alone; what indicator and place they stand for is judged by `table_facts`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ragpark.records import Document, Table, TableRow
from ragpark.zh.column_names import holds_no_figures, is_relative, kind_of, names_years, says_nothing
from ragpark.zh.header_units import caption_units, is_unit, unit_of, without_unit
from ragpark.zh.numbers import find_quantities, numeral
from ragpark.zh.quantity import NARROW, Quantity
from ragpark.zh.times import find_times
from ragpark.zh.wording import rx

_BARE = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_ASIDE = re.compile(r"[\s*＊①-⑳]*(?:[（(〔\[][^（）()]*[）)〕\]])?[\s*＊①-⑳]*")
_RELATIVE = ("share", "growth")
_LABEL = 24  # characters: a longer cell is text
_RANK = re.compile(r"第?\s?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,3})\s?[位名]?")
_EMPTY = re.compile(r"[-–—―…·./／*＊\s]*|无|暂无|缺|n/?a|x|#n/a", re.IGNORECASE)  # what stands for no value
_NOW, _BEFORE = re.compile(r"本期|当年|当期"), re.compile(r"上期|上年同期|去年同期|上年期末")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a cell: `quantity` with offsets into the row's text, and what stands around it.

    `names` are those over its column, without unit, the outermost first; `labels` the row's own words, the group it
    stands under first; `kind` as of a Fact; `year` None where the table leaves it open, `period` its wording.
    `subjects` are the names over the row's labels (`地区`), `` for the group; `part` says that the row is a part of its group (`其中：…`),
    `beside` are the names of the column that a growth or share stands beside (`产值 | 比上年增长`).
    """

    quantity: Quantity
    column: int
    names: tuple[str, ...]
    labels: tuple[str, ...]
    kind: str
    year: int | None
    period: str
    caption: str = ""
    subjects: tuple[str, ...] = ()
    part: bool = False
    beside: tuple[str, ...] = ()


class Rows:
    """The rows of the tables in one section, by where they begin."""

    def __init__(self, rows: Sequence[tuple[TableRow, list[Figure]]]) -> None:
        self._rows = sorted(rows, key=lambda item: item[0].start)
        self._starts = [row.start for row, _ in self._rows]

    def within(self, start: int, end: int, text: str) -> tuple[tuple[Quantity, ...], tuple[Figure, ...]]:
        """Return the quantities of a sentence at [start:end], and those of them that are figures in cells.

        Offsets are into `text`, the sentence. In a row, numbers of short cells that are no figures (serial numbers,
        codes) count for nothing; those of whole sentences in cells do.
        """
        at = bisect_right(self._starts, start) - 1
        if at < 0 or start >= self._rows[at][0].end:
            return tuple(find_quantities(text)), ()
        row, figures = self._rows[at]
        shift = row.start - start
        moved = [
            replace(f, quantity=replace(q, start=q.start + shift, end=q.end + shift))
            for f in figures
            if (q := f.quantity).start + shift >= 0 and q.end + shift <= end - start
        ]
        prose = [
            quantity
            for quantity in find_quantities(text)
            if any(
                a <= start + quantity.start and start + quantity.end <= b and b - a > _LABEL for a, b, _ in row.cells
            )
            and not any(f.quantity.start < quantity.end and quantity.start < f.quantity.end for f in moved)
        ]
        quantities = sorted([*prose, *(f.quantity for f in moved)], key=lambda quantity: quantity.start)
        return tuple(quantities), tuple(moved)


def figures_by_row(document: Document, start: int, end: int, titled: Sequence[int]) -> Rows:
    """Return the rows of several cells in text[start:end]; `titled` are the years of the headings over their tables."""
    found: list[tuple[TableRow, list[Figure]]] = []
    for table in document.tables:
        if table.rows and table.rows[0].start < end and table.rows[-1].end > start:
            read = _Reader(document, table, titled).read()
            found += [(row, figures) for row, figures in read if start <= row.start < end]
    return Rows(found)


@dataclass(frozen=True, slots=True)
class _When:
    year: int | None
    period: str = ""


class _Reader:
    """One table with what its columns hold."""

    def __init__(self, document: Document, table: Table, titled: Sequence[int]) -> None:
        self._text = document.text
        self._table = table
        units = caption_units(table.caption)
        levels = [unit for unit in units if unit != "%" or len(units) == 1]
        self._unit = levels[0] if len(levels) == 1 else ""
        self._title = without_unit(table.caption)
        self._percent = "%" if "%" in units else ""
        said = [m for m in find_times(table.caption, None) if m.kind in ("year", "date", "period")]
        years = sorted({year for mention in said for year in mention.years}) or titled
        self._base = years[0] if len(years) == 1 else None
        self._reference = f"{self._base}-12-31" if self._base else None
        columns = {column for row in table.rows for _, _, column in row.cells}
        self._names = {column: table.names(column) for column in columns}
        self._measures = self._measured()
        self._whens = {column: self._when("".join(names)) for column, names in self._names.items()}

    def read(self) -> list[tuple[TableRow, list[Figure]]]:
        return [(row, self._row(row)) for row in self._table.rows if len(row.cells) > 1]

    def _row(self, row: TableRow) -> list[Figure]:
        texts = {column: self._text[start:end] for start, end, column in row.cells}
        unit_cell = next((text for text in texts.values() if is_unit(text)), "")
        quantities: dict[int, Quantity] = {}
        labels: list[str] = [row.group] if row.group else []
        subjects = [""] if row.group else []
        first = self._text[row.cells[0][0] : row.cells[0][1]]
        part = bool(row.group) and (
            f"{row.group}，" in self._text[row.start : row.cells[0][0]] or bool(rx("{part_of}").match(first))
        )
        when = _When(None)
        for start, _, column in row.cells:
            text, name = texts[column], "".join(self._names[column])
            bare = without_unit(name)
            of = bare if bare and not says_nothing(bare) else labels[-1] if labels else ""
            if _EMPTY.fullmatch(text) or holds_no_figures(of) or (unit_cell and text == unit_cell):
                continue
            if names_years(bare) or (not quantities and _is_year(text)):
                when = self._when(text) if when.year is None else when
                continue
            unit = self._unit_of(self._names[column], labels, unit_cell)
            ranks = kind_of("".join((*labels[-1:], name)), "") == "rank"
            quantity = rank_quantity(text) if ranks else cell_quantity(text, unit)
            if quantity is None or (not self._names[column] and column == row.cells[0][2]):
                if not quantities:
                    subjects.append(bare)
                    labels.append(text)
                continue
            at = start - row.start
            quantities[column] = replace(quantity, start=quantity.start + at, end=quantity.end + at)
        if when.year is None and not when.period:
            when = self._when(" ".join(labels))
        found: list[Figure] = []
        for column, quantity in quantities.items():
            names = tuple(name for name in map(without_unit, self._names[column]) if name)
            if not names and not labels:
                continue
            own = self._year_of(column, when)
            name = "".join(names)
            kind = kind_of(name, quantity.unit)
            if kind == "level":
                kind = kind_of(labels[-1] if labels else "", quantity.unit)
            if (
                kind == "level"
                and quantity.unit in ("%", "‰")
                and (told := kind_of(self._title, quantity.unit)) in _RELATIVE
            ):
                kind = told  # `表3 三类主体占全国的比重（%）`
            # where the fields run down, the column is a record: its name is whose figure it is
            record, across = (("".join(names),), (self._table.across,)) if self._table.across else ((), ())
            found.append(
                Figure(
                    quantity,
                    column,
                    () if record else names,
                    (*record, *map(without_unit, labels)),
                    kind,
                    own.year,
                    own.period,
                    self._table.caption,
                    (*across, *subjects),
                    part,
                    self._beside(column) if is_relative(name) else (),
                )
            )
        return found

    def _unit_of(self, names: Sequence[str], labels: Sequence[str], unit_cell: str) -> str:
        """Return the unit of a bare figure: of its column, of its row, of the table; those not of a growth or share."""
        own = next((unit for name in reversed(names) if (unit := unit_of(name))), "")
        if own:
            return own
        if is_relative("".join(names)):
            return self._percent
        label = next((unit for text in reversed(labels) if (unit := unit_of(text))), "")
        if label or unit_cell:
            return label or unit_cell
        return self._percent if any(is_relative(text) for text in labels[-1:]) else self._unit

    def _beside(self, column: int) -> tuple[str, ...]:
        """Return the names of the nearest column to the left that holds no growth, share, year or text."""
        for left in sorted((c for c in self._names if c < column), reverse=True):
            names = tuple(map(without_unit, self._names[left]))
            name = "".join(names)
            if left in self._measures and not is_relative(name):
                return names
        return ()

    def _year_of(self, column: int, row: _When) -> _When:
        """Return when a figure holds: by its column, its row, the column of a year to its left, or the caption."""
        own = self._whens[column]
        if own.year is not None and row.year is None and row.period:
            return _When(own.year, f"{own.period}{row.period}")  # `2023年` over a row of `3月`
        if own.year is not None:
            return own
        if row.year is not None:
            return _When(row.year, own.period or row.period)
        left = [self._whens[c] for c in sorted(self._whens) if c < column and self._whens[c].year is not None]
        if left and is_relative("".join(self._names[column])):
            return left[-1]
        period = own.period or row.period
        return _When(self._base, period or (f"{self._base}年" if self._base else ""))

    def _when(self, text: str) -> _When:
        """Return the single year that a name or label speaks of, and its wording; `本年` by the caption's year."""
        text = _BEFORE.sub("上年", _NOW.sub("本年", text.translate(NARROW)))
        text = re.sub(r"^((?:19|20)\d\d)$", r"\1年", text.strip())
        mentions = [m for m in find_times(text, self._reference) if m.kind not in ("baseline", "source")]
        years = {year for m in mentions if m.kind != "range" for year in m.years}
        parts = [m for m in mentions if m.kind in ("period", "date")]
        period = " ".join(dict.fromkeys(m.text for m in mentions))
        if len(years) == 1:
            return _When(next(iter(years)), period)
        return _When(None, period if parts or any(m.kind == "range" for m in mentions) else "")

    def _measured(self) -> frozenset[int]:
        """Return the columns that hold figures in most of their cells."""
        counts: dict[int, list[int]] = {}
        for row in self._table.rows:
            for start, end, column in row.cells if len(row.cells) > 1 else ():
                name = without_unit("".join(self._names[column]))
                figure = (
                    not names_years(name) and not holds_no_figures(name) and cell_quantity(self._text[start:end], "")
                )
                seen = counts.setdefault(column, [0, 0])
                seen[0] += bool(figure)
                seen[1] += 1
        return frozenset(column for column, (figures, cells) in counts.items() if 2 * figures > cells)


def cell_quantity(text: str, unit: str) -> Quantity | None:
    """Return the figure that the cell is, bare numbers in `unit`; None for text, dates, years with 年 and empty cells.

    `1,006` in `亿元` → 100600000000 元; `近2800` in `家` → 2800 with `近`; `5.16%` as it stands; `12（快报数）` → 12.
    """
    narrow = text.translate(NARROW).replace("−", "-")
    if match := _BARE.match(narrow):
        rest = narrow[match.end() :]
        if _ASIDE.fullmatch(rest):
            read = find_quantities(f"{match[0].lstrip('+-')}{unit}") if unit else []
            number = Decimal(match[0].replace(",", "").lstrip("+-"))
            value, base = (Decimal(str(read[0].value)), read[0].unit) if len(read) == 1 else (number, unit)
            value = -value if match[0].startswith("-") else value
            return Quantity(0, match.end(), text[: match.end()], float(value), base, "", unit)
    found = find_quantities(text)
    if not found or found[0].start > 0 or not _ASIDE.fullmatch(text[found[0].end :]):
        found = [q for q in find_quantities(f"{text}{unit}") if unit]  # `近2800` alone is no quantity
        if not found or found[0].start > 0 or found[0].end < len(text):
            return None
        first = found[0]
        return replace(first, end=len(text), text=text, shown_unit=unit)
    first = found[0]
    if not first.unit and unit:
        again = find_quantities(f"{first.text}{unit}")
        if len(again) == 1 and again[0].start == 0:
            return replace(again[0], end=first.end, text=first.text, shown_unit=unit)
    return first


def rank_quantity(text: str) -> Quantity | None:
    """Return the rank that the cell is, in 位: `3`, `第3`, `第一（连续4年）`; None for others."""
    narrow = text.translate(NARROW)
    match = _RANK.match(narrow)
    if not match or not _ASIDE.fullmatch(narrow[match.end() :]):
        return None
    value = float(match["n"]) if match["n"].isdigit() else numeral(match["n"])
    shown = "" if match[0].endswith(("位", "名")) or not match["n"].isdigit() else "位"
    return Quantity(0, match.end(), text[: match.end()], float(value), "位", "", shown) if value else None


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d年度?(?:.{0,8}(?:月|季度|半年|[底末初]))?", text.translate(NARROW)))
