"""Sheets of questions: which column, which rows, what is kept, what is said of files that are none."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ragpark.errors import ExportError, LoadError
from ragpark.export import Question, read_questions


def _book(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_column_named_questions_and_what_stands_beside_it() -> None:
    data = _book([["编号", "问题", "部门"], [1, "占比多少", "科技局"], [None, None, None], [2, " 人口 ", None]])
    found = read_questions(data, "表/问题.xlsx")
    assert (found.name, found.columns, found.before) == ("问题.xlsx", ("编号", "部门"), 1)
    assert found.questions == (Question(2, "占比多少", ("1", "科技局")), Question(4, "人口", ("2", "")))


def test_a_title_above_the_header_and_another_sheet_before_it() -> None:
    data = _book([["说明"]], [["问题清单"], [], ["题目", ""], ["占比多少", None]])
    assert read_questions(data, "a.xlsx").questions == (Question(4, "占比多少", ()),)


def test_without_a_named_column_every_row_of_the_first_asks() -> None:
    found = read_questions(_book([["占比多少", "甲"], ["人口多少", "乙"]]), "a.xlsx")
    assert [(q.number, q.text, q.kept) for q in found.questions] == [(1, "占比多少", ("甲",)), (2, "人口多少", ("乙",))]
    assert found.columns == ("第2列",)


def test_a_row_of_other_cells_alone_is_there_with_no_question() -> None:
    found = read_questions(_book([["问题", "部门"], ["占比", "甲"], [None, "乙"]]), "a.xlsx")
    assert found.questions[1] == Question(3, "", ("乙",))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    text = '问题,备注\n"园区占比多少,人口多少",急\n2023年园区的研发投入占比是多少,\n'
    found = read_questions(text.encode(encoding), "a.csv")
    assert [q.text for q in found.questions] == ["园区占比多少,人口多少", "2023年园区的研发投入占比是多少"]
    assert found.questions[0].kept == ("急",)


def test_a_csv_of_one_column_is_not_cut_at_commas() -> None:
    found = read_questions("问题\n园区占比,人口各多少\n,\n占比\n".encode(), "a.csv")
    assert [(q.number, q.text, q.kept) for q in found.questions] == [(2, "园区占比,人口各多少", ()), (4, "占比", ())]


def test_a_text_has_a_question_a_line() -> None:
    found = read_questions("\ufeff占比多少\r\n\r\n 人口  多少\n".encode(), "a.txt")
    assert [(q.number, q.text) for q in found.questions] == [(1, "占比多少"), (3, "人口 多少")]


@pytest.mark.parametrize(
    ("name", "data", "error", "told"),
    [
        ("a.pdf", b"%PDF", ExportError, "不是问题表"),
        ("a.txt", b" \n", ExportError, "没有问题"),
        ("a.xlsx", b"junk", LoadError, "不是 Excel"),
        ("a.xlsx", _book([["问题"], []]), ExportError, "没有问题"),
        ("a.xlsx", _book([[]]), ExportError, "没有问题"),
    ],
)
def test_what_is_no_sheet_of_questions(name: str, data: bytes, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        read_questions(data, name)
