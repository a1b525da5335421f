"""Workbooks → the rows of their visible sheets as lines, numbers as the sheet shows them; nothing is computed."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.meta import sensible_title
from ragpark.load.sheet import sheet_lines
from ragpark.load.table import Cell
from ragpark.records import RawLine, has_words

MAX_ROWS, MAX_COLUMNS = 20_000, 200  # of a file, of a sheet: more are named as a problem and left out
_MAX_UNPACKED_MB = 1000  # a sheet of 20,000 full rows unpacks to about 100
_MAX_MERGED = 20_000  # cells of one merged range
_OLE = b"\xd0\xcf\x11\xe0"  # old .xls files and password-protected .xlsx files
_PLAIN_NAME = re.compile(r"(?:sheet|工作表|表)\s?\d*", re.IGNORECASE)
_N = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(slots=True)
class _Shape:
    """What openpyxl's reading row by row leaves out: merged ranges (rows and columns from 0), hidden ones, formulas."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)  # hidden
    columns: set[int] = field(default_factory=set)  # hidden
    empty_formulas: int = 0


def read_xlsx(data: bytes, doc: str) -> Loaded:
    """Return the visible rows of every visible sheet; a place counts the rows of all sheets, see `Loaded.sheets`.

    Raises LoadError for a file that is broken, encrypted, an old .xls, or too large when unpacked.
    """
    if data.startswith(_OLE):
        raise LoadError(f"“{doc}”是旧版 .xls 或有密码保护；请在 Excel 中另存为不带密码的 .xlsx")
    broken = LoadError(f"“{doc}”已损坏或不是 Excel 工作簿；请重新另存为 .xlsx 后再试")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise broken from error
    if size > _MAX_UNPACKED_MB * 1_000_000:
        raise LoadError(f"“{doc}”解压后有 {size / 1_000_000:.0f} MB，超过上限 {_MAX_UNPACKED_MB} MB；请拆分工作簿")
    try:
        return _read(data, doc)
    except Exception as error:  # zipfile, XML parsers and openpyxl raise a dozen kinds between them
        raise broken from error


def _read(data: bytes, doc: str) -> Loaded:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return _workbook(workbook, doc)
        finally:
            workbook.close()


def _workbook(workbook: Any, doc: str) -> Loaded:
    lines: list[RawLine] = []
    sheets: list[tuple[int, str]] = []
    problems: list[str] = []
    before = 0
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(f"工作表“{sheet.title}”是隐藏的，没有读取；需要检索请先取消隐藏")
    for sheet in visible:
        rows = list(_rows(sheet, MAX_ROWS - before, problems))
        found = list(sheet_lines(rows, before))
        if found and (len(visible) > 1 or not _PLAIN_NAME.fullmatch(sheet.title.strip())):
            lines.append(RawLine(sheet.title.strip(), found[0].place, 2, solid=True))
        lines += found
        sheets.append((before, sheet.title))
        before += len(rows)
    stem = re.sub(r"\.[^.]+$", "", doc.rsplit("/", 1)[-1]).strip()
    title, created = workbook.properties.title or "", workbook.properties.created
    meta = {"title": title if sensible_title(title) else stem if has_words(stem) else ""}
    if isinstance(created, datetime.datetime):
        meta["created"] = created.date().isoformat()
    return Loaded(tuple(lines), "rows", {k: v for k, v in meta.items() if v}, tuple(problems), tuple(sheets))


def _rows(sheet: Any, limit: int, problems: list[str]) -> Iterator[list[Cell | None]]:
    """Yield the sheet's rows, hidden ones as empty, merged cells the same object everywhere; problems are added."""
    shape = _shape(sheet)
    merges: dict[int, list[tuple[int, int, int, int]]] = {}
    for merge in shape.merged:
        merges.setdefault(merge[0], []).append(merge)
    running: list[tuple[tuple[int, int, int, int], Cell]] = []  # merged ranges that reach further down
    errors = cut = hidden = 0
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    for y, row in enumerate(sheet.iter_rows()):
        if y >= limit:
            cut = max(sheet.max_row or 0, y + 1)
            break
        cells: list[Cell | None] = []
        for x, cell in enumerate(row[:MAX_COLUMNS]):
            if x in shape.columns or y in shape.rows or cell.value is None:
                cells.append(None)
                hidden += y in shape.rows and cell.value is not None and not (cells[:-1] and any(cells[:-1]))
            elif cell.data_type == "e":
                errors += 1
                cells.append(None)
            else:
                cells.append(_cell(cell))
        for merge in merges.get(y, ()):
            top, left, bottom, right = merge
            if left < len(cells) and (merged := cells[left]) and (bottom - top + 1) * (right - left + 1) <= _MAX_MERGED:
                running.append((merge, merged))
        running = [item for item in running if item[0][2] >= y]
        for (_, left, _, right), merged in running:
            if y in shape.rows:
                continue
            cells += [None] * (min(right + 1, MAX_COLUMNS) - len(cells))
            cells[left : right + 1] = [merged] * len(cells[left : right + 1])
        yield cells
    name = f"工作表“{sheet.title}”"
    if cut:
        problems.append(f"{name}的行数超过上限，全文件只读取前 {MAX_ROWS} 行；请拆分后再放入")
    if shape.rows or shape.columns:
        problems.append(f"{name}有隐藏的行或列，没有读取；需要检索请先取消隐藏")
    if shape.empty_formulas:
        problems.append(f"{name}有 {shape.empty_formulas} 个公式没有存下结果；请在 Excel 中打开并保存一次")
    if errors:
        problems.append(f"{name}有 {errors} 个单元格是错误值（如 #DIV/0!），没有读取；请检查公式")


def _shape(sheet: Any) -> _Shape:
    from lxml import etree

    shape = _Shape()
    with sheet.parent._archive.open(sheet._worksheet_path) as source:
        tags = tuple(f"{_N}{tag}" for tag in ("c", "row", "col", "mergeCell"))
        for _, element in etree.iterparse(source, tag=tags, resolve_entities=False, huge_tree=True):
            kind = element.tag[len(_N) :]
            if kind == "c":
                formula, value = element.find(f"{_N}f"), element.find(f"{_N}v")
                shape.empty_formulas += formula is not None and (value is None or not value.text)
            elif kind == "row":
                if element.get("hidden") in ("1", "true"):
                    shape.rows.add(int(element.get("r")) - 1)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            elif kind == "col" and element.get("hidden") in ("1", "true"):
                shape.columns |= set(range(int(element.get("min")) - 1, min(int(element.get("max")), MAX_COLUMNS)))
            elif kind == "mergeCell":
                from openpyxl.utils import range_boundaries

                left, top, right, bottom = range_boundaries(element.get("ref"))
                shape.merged.append((top - 1, left - 1, bottom - 1, right - 1))
    return shape


def _cell(cell: Any) -> Cell | None:
    text = cell.value if isinstance(cell.value, str) else shown(cell.value, cell.number_format or "General")
    stripped = " ".join(text.split())
    indent = len(text) - len(text.lstrip(" \u00a0\u3000"))
    if not indent and isinstance(cell.value, str) and cell.alignment is not None:
        indent = int(cell.alignment.indent or 0)
    return Cell(stripped, indent=indent) if stripped else None


def shown(value: object, number_format: str) -> str:
    """Return a value as the sheet shows it: 0.0516 in `0.00%` → `5.16%`, 1840 in `#,##0"家"` → `1,840家`.

    A date is written in full (`2023年6月26日`), as far as its format goes; a number in a format that this does not
    know, with up to 15 digits.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, number_format)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _date(value: datetime.date, number_format: str) -> str:
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    text = f"{value.year}年"
    if "m" in pattern or "d" in pattern:
        text += f"{value.month}月"
    return f"{text}{value.day}日" if "d" in pattern or ("m" not in pattern and "y" not in pattern) else text


def _number(value: float, number_format: str) -> str:
    number = Decimal(repr(value))
    sections = re.sub(r"\[[^\]]*\]|_.|\*.", "", number_format).split(";")
    section = sections[1] if len(sections) > 1 and number < 0 and "0" in sections[1] else sections[0]
    match = re.fullmatch(
        r"(?P<before>(?:\"[^\"]*\"|[¥￥$\s])*)(?P<minus>[-(]?)(?P<body>[#0,]*0(?:\.(?P<places>[0#]+))?)"
        r"(?P<percent>%?)\)?(?P<after>(?:\"[^\"]*\"|\\.|[%\s\u4e00-\u9fff])*)",
        section.strip(),
    )
    if not match or match["body"].rstrip("0.#").endswith(",0") or number.is_nan():
        return _plain(number)
    places = match["places"] or ""
    number *= 100 if match["percent"] else 1
    number = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{number:,f}" if "," in match["body"] else f"{number:f}"
    for _ in range(places.count("#")):
        text = text[:-1] if text.endswith("0") else text
    before, after = (re.sub(r'["\\\s]', "", match[name]) for name in ("before", "after"))
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{before}{text.lstrip('-').rstrip('.')}{match['percent']}{after}"


def _plain(number: Decimal) -> str:
    """Return the number without an exponent, rounded to 15 digits as Excel does: 0.30000000000000004 → `0.3`."""
    return format(Decimal(f"{number:.15g}").normalize(), "f")
