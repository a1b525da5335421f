"""A gold quote of a table, as the original file has it, is found in the rows as they are read."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from docx_files import row, table, word_file

from ragpark.evaluate.locate import QuoteFinder
from ragpark.load import load_document
from ragpark.repair.clean import clean

MARKDOWN = "# 甲镇统计\n\n| 行业 | 产值（万元） | 增速（%） |\n|---|---:|---:|\n| 纺织 | 5507 | 23.9 |\n| 制茶 | 1,812 | -2.2 |\n"
CSV = '行业,产值（万元）,增速（%）\n纺织,5507,23.9\n制茶,"1,812",-2.2\n'
HTML = (
    "<html><body><h1>甲镇统计</h1><table><tr><th>行业</th><th>产值（万元）</th><th>增速（%）</th></tr>"
    "<tr><td>纺织</td><td>5507</td><td>23.9</td></tr><tr><td>制茶</td><td>1,812</td><td>-2.2</td></tr></table></body></html>"
)
FLAT = "甲镇统计\n\n行业    产值（万元）    增速（%）\n纺织    5507    23.9\n制茶    1,812    -2.2\n"
GRID = [["行业", "产值（万元）", "增速（%）"], ["纺织", "5507", "23.9"], ["制茶", "1,812", "-2.2"]]


def found(folder: Path, name: str, data: str | bytes, quote: str) -> list[str]:
    """Write the file, read it, and return what of its text holds the quote."""
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    document = clean(load_document(folder, name))
    return [document.text[start:end] for start, end in QuoteFinder(document).find(quote)]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in GRID:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "quote"),
    [
        ("甲镇.md", MARKDOWN, "| 制茶 | 1,812 | -2.2 |"),
        ("甲镇.md", MARKDOWN, "制茶 | 1,812 | -2.2"),
        ("甲镇.md", MARKDOWN, "| 行业 | 产值（万元） | 增速（%） |\n|---|---:|---:|\n| 制茶 | 1,812 | -2.2 |"),  # under names it had
        ("甲镇.csv", CSV, '制茶,"1,812",-2.2'),
        ("甲镇.tsv", CSV.replace('"1,812"', "1812").replace(",", "\t"), "制茶\t1812\t-2.2"),
        ("甲镇.html", HTML, "<tr><td>制茶</td><td>1,812</td><td>-2.2</td></tr>"),
        ("甲镇.txt", FLAT, "制茶    1,812    -2.2"),
        ("甲镇.docx", word_file(table(*(row(*line) for line in GRID))), "制茶\t1,812\t-2.2"),
        ("甲镇.xlsx", workbook(), "制茶 1,812 -2.2"),
    ],
)  # fmt: skip
def test_a_row_is_found_in_every_format(tmp_path: Path, name: str, data: str | bytes, quote: str) -> None:
    (text,) = found(tmp_path, name, data, quote)
    assert text.startswith("制茶")
    assert text.endswith("-2.2")
    assert "5507" not in text


def test_some_cells_of_a_row_are_found_and_rows_with_a_year_and_two_rows(tmp_path: Path) -> None:
    assert found(tmp_path, "甲镇.md", MARKDOWN, "| 5507 | 23.9 |") == ["5507；增速（%）：23.9"]
    (both,) = found(tmp_path, "甲镇.md", MARKDOWN, "| 纺织 | 5507 | 23.9 |\n| 制茶 | 1,812 | -2.2 |")
    assert both.startswith("纺织；")
    assert both.endswith("-2.2")
    years = "| 年份 | 产值（万元） |\n|---|---|\n| 2021 | 30 |\n| 2022 | 40 |\n"
    assert found(tmp_path, "历年.md", years, "| 2022 | 40 |") == ["2022年；产值（万元）：40"]


@pytest.mark.parametrize("quote", ["| 制茶 | 5507 | 23.9 |", "| 纺织 | 23.9 |", "| 行业 | 产值（万元） | 增速（%） |"])
def test_what_no_row_says_is_not_found(tmp_path: Path, quote: str) -> None:
    assert found(tmp_path, "甲镇.md", MARKDOWN, quote) == []
