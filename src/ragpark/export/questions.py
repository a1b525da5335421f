"""A sheet of questions: .xlsx, .csv, .tsv or .txt → its questions with the cells beside them; asks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ragpark.errors import ExportError
from ragpark.load.cells import Cell
from ragpark.load.delimited import read_rows as read_delimited_rows
from ragpark.load.encoding import decode
from ragpark.load.xlsx import read_rows as read_workbook_rows
from ragpark.zh.wording import notion

SUFFIXES = (".xlsx", ".csv", ".tsv", ".txt")
_HEADER_WITHIN = 10  # rows from the top: above it may stand a title, a date, an empty row
_Cells = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a sheet: the row it stands in, counted from 1 as the sheet's reader counts, and the other cells."""

    number: int
    text: str
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """The questions of the file `name`; a row of other cells has the question "". `columns` are the names of the
    other columns, of which `before` stand to the left of the question; `problems` say what was not read.
    """

    name: str
    questions: tuple[Question, ...]
    columns: tuple[str, ...] = ()
    before: int = 0
    problems: tuple[str, ...] = ()


def read_questions(data: bytes, name: str) -> QuestionSheet:
    """Return the questions of a file by the ending of its name.

    In a table they are the cells under the first column named 问题 or the like, of the first sheet that has one;
    without such a column, the first column of the first sheet that is not empty, from its first row. In a text each
    line is one. Empty rows are passed over. Raises ExportError for another ending or no question at all, and LoadError
    where the file is broken.
    """
    name = PurePath(name).name
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        sheets, problems = read_workbook_rows(data, name)
        tables: list[Sequence[_Cells]] = [rows for _, rows in sheets]
    elif suffix in (".csv", ".tsv"):
        cells, problems = read_delimited_rows(data, name)
        tables = [_one_column(cells)]
    elif suffix == ".txt":
        decoded = decode(data, name)
        problems = [f"有 {decoded.damaged} 处字节无法解码"] if decoded.damaged else []
        lines = enumerate(decoded.text.lstrip("\ufeff").splitlines(), start=1)
        questions = tuple(Question(n, text) for n, line in lines if (text := " ".join(line.split())))
        return _checked(QuestionSheet(name, questions, problems=tuple(problems)))
    else:
        raise ExportError(f"“{name}”不是问题表；请用 {'、'.join(SUFFIXES)} 格式")
    headed = ((rows, place) for rows in tables if (place := _header(rows)) is not None)
    rows, place = next(headed, (next(filter(_filled, tables), ()), None))
    return _checked(_from_table(name, rows, place, problems))


def _one_column(rows: Sequence[_Cells]) -> Sequence[_Cells]:
    """Return the rows of a CSV that has one column as whole lines: a comma in a question parts nothing there."""
    place = _header(rows)
    if place is None or sum(cell is not None for cell in rows[place[0]]) != 1:
        return rows
    return [[Cell(",".join(cell.text for cell in row if cell))] if _filled((row,)) else [] for row in rows]


def _header(rows: Sequence[_Cells]) -> tuple[int, int] | None:
    """Return row and column of the cell that names the questions."""
    for y, row in enumerate(rows[:_HEADER_WITHIN]):
        for x, cell in enumerate(row):
            if cell is not None and notion("question_column").fullmatch(cell.text):
                return y, x
    return None


def _from_table(name: str, rows: Sequence[_Cells], place: tuple[int, int] | None, problems: list[str]) -> QuestionSheet:
    y, x = place or (-1, min((_first(row) for row in rows if _filled((row,))), default=0))
    header = [cell.text if cell else "" for cell in rows[y]] if place else []
    below = rows[y + 1 :]
    used = [at for at in range(max(map(len, rows), default=0)) if at != x and any(_text(row, at) for row in below)]
    columns = tuple((header[at] if at < len(header) else "") or f"第{at + 1}列" for at in used)
    questions = tuple(
        Question(number, _text(row, x), tuple(_text(row, at) for at in used))
        for number, row in enumerate(below, start=y + 2)
        if _filled((row,))
    )
    return QuestionSheet(name, questions, columns, sum(at < x for at in used), tuple(problems))


def _checked(sheet: QuestionSheet) -> QuestionSheet:
    if not any(question.text for question in sheet.questions):
        raise ExportError(f"“{sheet.name}”里没有问题；请把问题写在名为“问题”的一列里，或每行写一个")
    return sheet


def _filled(rows: Sequence[_Cells]) -> bool:
    return any(cell is not None for row in rows for cell in row)


def _first(row: _Cells) -> int:
    return next(at for at, cell in enumerate(row) if cell is not None)


def _text(row: _Cells, at: int) -> str:
    cell = row[at] if at < len(row) else None
    return cell.text if cell else ""
