"""Facts of whole files: a table of any format gives each figure its names, whatever its header and number format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fact_fakes import TAGGER, VOCABULARY
from openpyxl import Workbook

from ragpark.config import Settings
from ragpark.read import find_facts, read_document
from ragpark.records import Fact
from ragpark.repair.sections import split_sections

YI = 100_000_000


def facts(folder: Path, doc: str) -> list[Fact]:
    document = read_document(folder, doc, Settings(), VOCABULARY, TAGGER)
    found = find_facts(document, split_sections(document), VOCABULARY, TAGGER)
    assert all(document.text[fact.start : fact.end] == fact.text for fact in found)
    return found


def written(folder: Path, doc: str, text: str) -> list[tuple[str, str, int | None, str, float, str]]:
    (folder / doc).write_text(text, encoding="utf-8")
    return told(facts(folder, doc))


def told(found: Sequence[Fact]) -> list[tuple[str, str, int | None, str, float, str]]:
    """Return (indicator, entity, year, period, value, unit) of each."""
    return [(f.indicator, f.entity, f.year, f.period, round(f.value), f.unit) for f in found]


def test_a_banner_of_years_over_months_names_the_columns(tmp_path: Path) -> None:
    text = "指标,2022年,,2023年,\n,1月,2月,1月,2月\n出口（亿元）,3.1,3.2,4.1,4.2\n"
    assert [(f[2], f[4]) for f in written(tmp_path, "云澜园区外贸.csv", text)] == [
        (2022, 310_000_000), (2022, 320_000_000), (2023, 410_000_000), (2023, 420_000_000),
    ]  # fmt: skip


def test_a_row_of_units_under_the_names_is_no_data(tmp_path: Path) -> None:
    text = "年份,出口,企业\n,亿元,家\n2022,3.1,20\n2023,4.1,25\n"
    assert [(f[0], f[2], f[4], f[5]) for f in written(tmp_path, "a.csv", text)] == [
        ("出口", 2022, 310_000_000, "元"), ("企业", 2022, 20, "家"), ("出口", 2023, 410_000_000, "元"), ("企业", 2023, 25, "家"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["<td><ul><li>2023年全年出口总额达到8.6亿元。</li><li>2022年全年出口总额达到7.5亿元。</li></ul></td>", "<td><h4>2023年全年出口总额达到8.6亿元。</h4><p>2022年全年出口总额达到7.5亿元。</p></td>"]
)  # fmt: skip
def test_cells_with_lists_and_headings_give_their_figures(tmp_path: Path, cell: str) -> None:
    page = (
        "<html><head><title>云澜园区外贸情况</title></head><body><table>"
        f"<tr><th>板块</th><th>情况</th></tr><tr><td>外贸</td>{cell}</tr><tr><td>内贸</td><td>平稳</td></tr></table></body></html>"
    )
    found = written(tmp_path, "a.html", page)
    assert [(f[1], f[2], f[4], f[5]) for f in found] == [("云澜园区", 2023, 8.6 * YI, "元"), ("云澜园区", 2022, 7.5 * YI, "元")]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "number_format", "value", "expected"),
    [
        ("产值（亿元）", '0!.0000', 36860, 3.686 * YI),  # shown as 3.6860
        ("产值（万元）", "#,##0.0,", 3686000, 3686.0 * 10_000),  # thousands: shown as 3,686.0
        ("产值（万元）", "#,##0.0", 3686, 3686 * 10_000),
    ],
)  # fmt: skip
def test_figures_count_as_the_sheet_shows_them(
    tmp_path: Path, header: str, number_format: str, value: float, expected: float
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["企业", header])
    sheet.append(["蓝芯科技公司", value])
    sheet.append(["远川药业公司", value])
    for row in (2, 3):
        sheet.cell(row, 2).number_format = number_format
    book.save(tmp_path / "2023年企业.xlsx")
    found = told(facts(tmp_path, "2023年企业.xlsx"))
    assert [(f[0], f[1], f[4], f[5]) for f in found] == [
        ("产值", "蓝芯科技公司", expected, "元"), ("产值", "远川药业公司", expected, "元"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("云澜园区2023年融资4 2 . 5亿元。", 42.5 * YI), ("云澜园区2023年出口２２．８９亿元。", 22.89 * YI)],
)
def test_spaced_and_wide_figures_are_read_whole(tmp_path: Path, text: str, value: float) -> None:
    (fact,) = written(tmp_path, "a.txt", text)
    assert fact[1:] == ("云澜园区", 2023, "2023年", value, "元")
