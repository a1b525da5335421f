"""Workbooks → the rows of their visible sheets as lines, numbers as the sheet shows them; nothing is computed."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from lxml import etree

from ragpark.errors import LoadError
from ragpark.load.base import Loaded
from ragpark.load.cells import Cell
from ragpark.load.meta import sensible_title
from ragpark.load.number_format import is_date_format, is_time_format, plain, shown
from ragpark.load.raised import settle
from ragpark.load.sheet import sheet_lines
from ragpark.load.xlsx_parts import Package, SheetPart, Style, rich_text
from ragpark.records import RawLine, file_words, has_words

MAX_ROWS, MAX_COLUMNS = 20_000, 200  # of a file, of a sheet: more are named as a problem and left out
_MAX_UNPACKED_MB = 1000  # a sheet of 20,000 full rows unpacks to about 100
_T = TypeVar("_T")
_MAX_MERGED = 20_000  # cells of one merged range
_OLE = b"\xd0\xcf\x11\xe0"  # old .xls files and password-protected .xlsx files
_PLAIN_NAME = re.compile(r"(?:sheet|工作表|表)\s?\d*", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BROKEN = (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, OSError, EOFError)


@dataclass(slots=True)
class _Sheet:
    """What one sheet holds: its rows, merged ranges (top, left, bottom, right from 0), and what is not read."""

    rows: list[list[Cell | None]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)  # hidden
    hidden: bool = False
    empty_formulas: int = 0
    errors: int = 0
    cut: bool = False
    broken: bool = False


def read_xlsx(data: bytes, doc: str) -> Loaded:
    """Return the visible rows of every visible sheet; a place counts the rows of all sheets, see `Loaded.sheets`.

    A sheet that cannot be read is named as a problem. Raises LoadError for a file that is broken altogether,
    encrypted, an old .xls, or too large when unpacked.
    """
    return _opened(data, doc, lambda package: _workbook(package, doc))


def read_rows(data: bytes, doc: str) -> tuple[list[tuple[str, list[list[Cell | None]]]], list[str]]:
    """Return name and cells, row by row, of every visible sheet, and what was not read. Raises LoadError as above."""

    def read(package: Package) -> tuple[list[tuple[str, list[list[Cell | None]]]], list[str]]:
        found, problems = [], []
        for part in package.sheets():
            if part.state == "visible" and part.kind == "worksheet":
                sheet = _sheet(package, part, MAX_ROWS)
                problems += _problems(part.name, sheet)
                found.append((part.name, sheet.rows))
        return found, problems

    return _opened(data, doc, read)


def _opened(data: bytes, doc: str, read: Callable[[Package], _T]) -> _T:
    if data.startswith(_OLE):
        raise LoadError(f"“{doc}”是旧版 .xls 或有密码保护；请在 Excel 中另存为不带密码的 .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
            if size > _MAX_UNPACKED_MB * 1_000_000:
                raise LoadError(
                    f"“{doc}”解压后有 {size / 1_000_000:.0f} MB，超过上限 {_MAX_UNPACKED_MB} MB；请拆分工作簿"
                )
            return read(Package(archive))
    except _BROKEN as error:
        raise LoadError(f"“{doc}”已损坏或不是 Excel 工作簿；请重新另存为 .xlsx 后再试") from error


def _workbook(package: Package, doc: str) -> Loaded:
    lines: list[RawLine] = []
    sheets: list[tuple[int, str]] = []
    problems: list[str] = []
    before = read = 0
    parts = package.sheets()
    pages = [part for part in parts if part.state == "visible" and part.kind == "worksheet"]
    for part in parts:
        if part.state != "visible":
            problems.append(f"工作表“{part.name}”是隐藏的，没有读取；需要检索请先取消隐藏")
        elif part.kind == "chartsheet":
            problems.append(f"工作表“{part.name}”只有图表，没有读取")
        elif part.kind != "worksheet":
            problems.append(f"工作表“{part.name}”不是普通的工作表，没有读取")
    for part in pages:
        sheet = _sheet(package, part, MAX_ROWS - before)
        problems += _problems(part.name, sheet)
        read += not sheet.broken or bool(sheet.rows)
        found = list(sheet_lines(sheet.rows, before))
        for row, text in package.drawn_texts(part.part):
            found.append(RawLine(text, before + min(row, max(len(sheet.rows) - 1, 0)) + 1, solid=True))
        if found and (len(pages) > 1 or not _PLAIN_NAME.fullmatch(part.name.strip())):
            lines.append(RawLine(part.name.strip(), found[0].place, 2, solid=True))
        lines += found
        sheets.append((before, part.name))
        before += len(sheet.rows)
    if pages and not read:
        raise KeyError("no sheet can be read")
    return Loaded(tuple(lines), "rows", _meta(package, doc), tuple(problems), tuple(sheets))


def _meta(package: Package, doc: str) -> dict[str, str]:
    stem = file_words(doc)
    title = package.property("title")
    created = package.property("created")[:10]
    meta = {"title": title if sensible_title(title) else stem if has_words(stem) else ""}
    meta["created"] = created if re.fullmatch(r"\d{4}-\d\d-\d\d", created) else ""
    return {key: value for key, value in meta.items() if value}


def _problems(name: str, sheet: _Sheet) -> list[str]:
    name = f"工作表“{name}”"
    found: list[str] = []
    if sheet.broken:
        found.append(f"{name}有损坏，只读到第 {len(sheet.rows)} 行" if sheet.rows else f"{name}有损坏，没有读取")
    if sheet.cut:
        found.append(f"{name}的行数超过上限，全文件只读取前 {MAX_ROWS} 行；请拆分后再放入")
    if sheet.hidden or sheet.columns:
        found.append(f"{name}有隐藏的行或列，没有读取；需要检索请先取消隐藏")
    if sheet.empty_formulas:
        found.append(f"{name}有 {sheet.empty_formulas} 个公式没有存下结果；请在 Excel 中打开并保存一次")
    if sheet.errors:
        found.append(f"{name}有 {sheet.errors} 个单元格是错误值（如 #DIV/0!），没有读取；请检查公式")
    return found


def _sheet(package: Package, part: SheetPart, limit: int) -> _Sheet:
    """Return what the sheet holds, hidden rows empty, merged cells the same object everywhere."""
    sheet = _Sheet()
    tags = tuple(f"{{*}}{tag}" for tag in ("row", "col", "mergeCell"))
    try:
        with package.open(part.part) as source:
            for _, element in etree.iterparse(source, tag=tags, resolve_entities=False, huge_tree=True):
                tag = etree.QName(element).localname
                if tag == "row":
                    _row(package, sheet, element, limit)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                elif tag == "col" and _is_hidden(element, "width"):
                    last = min(int(element.get("max") or 0), MAX_COLUMNS)
                    sheet.columns |= set(range(int(element.get("min") or 1) - 1, last))
                elif tag == "mergeCell" and (ends := _range(element.get("ref") or "")):
                    sheet.merged.append(ends)
    except _BROKEN:
        sheet.broken = True
    for merge in sheet.merged:
        _merge(sheet.rows, merge)
    return sheet


def _row(package: Package, sheet: _Sheet, element: Any, limit: int) -> None:
    y = int(element.get("r") or len(sheet.rows) + 1) - 1
    cells: list[Cell | None] = []
    hidden = _is_hidden(element, "ht")
    filled = False
    for item in element.iterchildren("{*}c"):
        match = _REFERENCE.fullmatch(item.get("r") or "")
        x = _column(match[1]) if match else len(cells)
        if x >= MAX_COLUMNS:
            break
        cells += [None] * (x - len(cells))
        formula, value = item.find("{*}f"), item.find("{*}v")
        if formula is not None and item.get("t") != "str" and (value is None or not value.text):
            sheet.empty_formulas += item.get("t") != "inlineStr"
        if hidden or x in sheet.columns:
            cell = None
            filled = filled or (value is not None and hidden)
        elif item.get("t") == "e":
            cell = None
            sheet.errors += 1
        else:
            cell = _cell(package, item, value)
        cells[x:] = [cell]
    if y >= limit:
        sheet.cut = sheet.cut or any(cells) or filled
        return
    sheet.hidden = sheet.hidden or hidden
    while len(sheet.rows) <= y:
        sheet.rows.append([])
    sheet.rows[y] = cells


def _is_hidden(element: Any, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or element.get(size) in ("0", "0.0")


def _merge(rows: list[list[Cell | None]], merge: tuple[int, int, int, int]) -> None:
    """Put the first cell of a merged range into every place of it that is in a row that is read."""
    top, left, bottom, right = merge
    cell = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
    if cell is None or (bottom - top + 1) * (right - left + 1) > _MAX_MERGED:
        return
    right = min(right, MAX_COLUMNS - 1)
    for row in rows[top : bottom + 1]:
        if row or len(rows) > top:
            row += [None] * (right + 1 - len(row))
            row[left : right + 1] = [cell] * (right + 1 - left)


def _range(reference: str) -> tuple[int, int, int, int] | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.replace("$", "").split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    return int(ends[0][2]) - 1, _column(ends[0][1]), int(ends[1][2]) - 1, _column(ends[1][1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell(package: Package, item: Any, value: Any) -> Cell | None:
    styles = package.styles
    number = int(item.get("s") or 0)
    style = styles[number] if number < len(styles) else Style()
    kind = item.get("t") or "n"
    raw = value.text if value is not None else None
    if kind == "inlineStr":
        raw = "".join(rich_text(inner) for inner in item.iterchildren("{*}is"))
    if raw is None or raw == "":
        return None
    if kind == "s":
        raw = package.texts[int(raw)]
    is_text = kind in ("s", "str", "inlineStr")
    text = shown(raw, style.number_format) if is_text else _value(raw, kind, style.number_format, package)
    stripped = settle(" ".join(text.split()))
    indent = len(text) - len(text.lstrip(" \u00a0\u3000"))
    return Cell(stripped, indent=indent or (style.indent if is_text else 0)) if stripped else None


def _value(raw: str, kind: str, number_format: str, package: Package) -> str:
    """Return the text of a cell that holds no text: a number, a date, true or false."""
    if kind == "b":
        return shown(raw.strip() in ("1", "true"), number_format)
    if kind == "d":
        try:
            return shown(datetime.datetime.fromisoformat(raw.strip()), number_format)
        except ValueError:
            return raw
    try:
        number = Decimal(raw.strip())
    except InvalidOperation:
        return raw
    if not is_date_format(number_format):
        return shown(float(number), number_format)
    moment = _moment(number, package.since_1904)
    if moment is None:
        return plain(number)
    if re.search(r"\[[hms]+\]", number_format, re.IGNORECASE):
        return shown(datetime.timedelta(days=float(number)), number_format)
    return shown(moment.time() if is_time_format(number_format) else moment, number_format)


def _moment(serial: Decimal, since_1904: bool) -> datetime.datetime | None:
    """Return the time that a day number stands for, to the second; None before 1900 and after 9999."""
    days = float(serial) + (1462 if since_1904 else 0)
    if not 0 <= days < 2_958_466:
        return None
    days += 1 if days < 60 and not since_1904 else 0  # a 29 February 1900 that never was
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(days * 86400))
