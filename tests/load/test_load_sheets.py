"""Workbooks and delimited files: sheets, merged and hidden cells, formats of numbers, delimiters, encodings, places."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ragpark.errors import LoadError
from ragpark.load import load_document
from ragpark.load.delimited import find_delimiter, read_delimited
from ragpark.load.number_format import shown
from ragpark.load.xlsx import read_xlsx
from ragpark.records import column_letters
from ragpark.repair.clean import clean


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(*values: list[object]) -> bytes:
    """Return a workbook of one sheet named `表1`."""

    def fill(book: Any) -> None:
        book.active.title = "表1"
        for row in values:
            book.active.append(row)

    return workbook(fill)


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_xlsx(data, "a.xlsx").lines]


TABLE = [["指标", 2022, 2023], ["产值（亿元）", 10, 12.5], ["企业（家）", 30, None]]


def test_a_row_names_its_columns_and_a_year_reads_as_one() -> None:
    assert texts(rows(*TABLE)) == ["指标：产值（亿元）；2022年：10；2023年：12.5", "指标：企业（家）；2022年：30"]


def test_each_sheet_has_its_heading_and_its_places(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active.title = "总量"
        for row in TABLE:
            book.active.append(row)
        other = book.create_sheet("企业")
        other.append([None, "企业", "2023年产值（亿元）"])
        other.append([None, "甲公司", 7])

    (tmp_path / "a.xlsx").write_bytes(workbook(fill))
    document = clean(load_document(tmp_path, "a.xlsx"))
    assert [heading.text for heading in document.headings] == ["总量", "企业"]
    at = document.text.index("企业：甲公司；2023年产值（亿元）：7")
    assert document.locator(at, at + 20) == {"sheet": "企业", "cells": "B2:C2"}
    value = document.text.rindex("7")
    assert document.locator(value, value + 1) == {"sheet": "企业", "cells": "C2"}
    first = document.text.index("指标：产值")
    assert document.locator(first, at) == {"sheet": "总量", "cells": "A2:C3"}  # cut at the sheet's end


def test_a_single_sheet_of_the_usual_name_gives_no_heading() -> None:
    loaded = read_xlsx(workbook(lambda book: [book.active.append(row) for row in TABLE]), "年度指标.xlsx")
    assert all(line.level == 0 for line in loaded.lines)
    assert loaded.meta["title"] == "年度指标"


def test_merged_names_and_labels_hold_for_all_their_cells() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["地区", "2023年", None], [None, "产值", "增速"], ["甲区", 10, 5], [None, 12, 6]):
            sheet.append(row)
        for cells in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(cells)

    assert texts(workbook(fill)) == [
        "地区：甲区；2023年产值：10；2023年增速：5",
        "地区：甲区；2023年产值：12；2023年增速：6",
    ]


def test_what_is_hidden_is_left_out_and_said() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for row in ([*TABLE[0], "备注"], [*TABLE[1], "内部"], ["产值二（亿元）", 1, 2, "内部"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        secret = book.create_sheet("底稿")
        secret.append(["不公开", 1])
        secret.sheet_state = "hidden"

    loaded = read_xlsx(workbook(fill), "a.xlsx")
    assert [line.text for line in loaded.lines] == ["指标：产值（亿元）；2022年：10；2023年：12.5"]
    assert any("“底稿”是隐藏的" in problem for problem in loaded.problems)
    assert any("隐藏的行或列" in problem for problem in loaded.problems)


def test_formulas_without_a_result_and_errors_are_said() -> None:
    loaded = read_xlsx(rows(*TABLE, ["合计（亿元）", "=SUM(B2:B3)", "#DIV/0!"]), "a.xlsx")
    assert any("1 个公式没有存下结果" in problem for problem in loaded.problems)
    assert any("1 个单元格是错误值" in problem for problem in loaded.problems)


def test_tables_below_and_beside_each_other_are_parted_and_titles_found() -> None:
    data = rows(
        ["表一", None, None, None, "表二", None],
        ["地区", "产值（亿元）", None, None, "企业", "税收（亿元）"],
        ["甲区", 1, None, None, "甲公司", 3],
        ["乙区", 2, None, None, "乙公司", 4],
        [],
        ["丙区", 5],  # a blank row inside the left table
    )
    assert texts(data) == [
        "表一", "地区：甲区；产值（亿元）：1", "地区：乙区；产值（亿元）：2",
        "表二", "企业：甲公司；税收（亿元）：3", "企业：乙公司；税收（亿元）：4",
        "地区：丙区；产值（亿元）：5",
    ]  # fmt: skip


def test_a_blank_row_inside_a_table_parts_nothing() -> None:
    data = rows(["地区", "产值（亿元）", "企业（家）"], ["甲区", 1, 2], [], ["乙区", 3, 4])
    assert texts(data)[-1] == "地区：乙区；产值（亿元）：3；企业（家）：4"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (1840, "General", "1840"),
        (0.1 + 0.2, "General", "0.3"),
        (1e6, "General", "1000000"),
        (0.0516, "0.00%", "5.16%"),
        (0.125, "0%", "13%"),  # half up, as Excel does
        (1840.5, "#,##0.0", "1,840.5"),
        (1840, '#,##0"家"', "1,840家"),
        (-3.2, "0.0", "-3.2"),
        (-3.2, "0.0_);(0.0)", "-3.2"),
        (12.5, "0.##", "12.5"),
        (12, "0.00E+00", "12"),
        (3.14159, "[Red]0.00", "3.14"),
        (True, "General", "是"),
        (datetime.datetime(2023, 6, 26), "yyyy-mm-dd", "2023年6月26日"),
        (datetime.datetime(2023, 6, 1), 'yyyy"年"m"月"', "2023年6月"),
        (datetime.datetime(2023, 1, 1), 'yyyy"年"', "2023年"),
    ],
)  # fmt: skip
def test_values_read_as_the_sheet_shows_them(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_a_spreadsheet_does(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_old_and_broken_workbooks_are_named() -> None:
    with pytest.raises(LoadError, match=r"旧版 \.xls"):
        read_xlsx(b"\xd0\xcf\x11\xe0rest", "a.xlsx")
    with pytest.raises(LoadError, match="已损坏"):
        read_xlsx(b"PK\x03\x04rest", "a.xlsx")


def test_too_many_rows_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ragpark.load.xlsx.MAX_ROWS", 3)
    loaded = read_xlsx(rows(["指标", "数值"], *([f"项{n}", n] for n in range(9))), "a.xlsx")
    assert [line.text for line in loaded.lines][-1] == "指标：项1；数值：1"
    assert any("只读取前 3 行" in problem for problem in loaded.problems)


CSV = '指标,2022年,2023年\r\n产值（亿元）,"1,006",12\r\n"说明，\n两行",1,2\r\n'
LINES = ["指标：产值（亿元）；2022年：1,006；2023年：12", "指标：说明， 两行；2022年：1；2023年：2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimited_files_in_every_encoding(encoding: str) -> None:
    loaded = read_delimited(CSV.encode(encoding), "a.csv")
    assert [(line.text, line.place) for line in loaded.lines] == [(LINES[0], 2), (LINES[1], 3)]
    assert loaded.place_unit == "rows"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("甲,乙\n1,2\n", ","),
        ("甲;乙\n1,5;2,5\n", ";"),
        ("甲\t乙\n1\t2\n", "\t"),
        ("甲|乙|丙\n1|2|3\n", "|"),
        ("只有一列\n一，二\n", ","),
        ('甲,乙\n"一;二;三",2\n', ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text, ",") == delimiter


def test_excels_own_hint_counts_as_a_row() -> None:
    loaded = read_delimited("sep=;\r\n指标;数值\r\n产值;5\r\n税收;6\r\n".encode(), "a.csv")
    assert [(line.text, line.place) for line in loaded.lines] == [
        ("指标：产值；数值：5", 3),
        ("指标：税收；数值：6", 4),
    ]


def rewritten(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the package with each part as `change(name, content)` makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            target.writestr(item.filename, change(item.filename, source.read(item.filename)))
    return out.getvalue()


def two_sheets(book: Any) -> None:
    for sheet, value in ((book.active, 1), (book.create_sheet("税收"), 2)):
        sheet.append(["指标", "2023年"])
        sheet.append(["收入（亿元）", value])


def test_a_chart_sheet_and_a_broken_sheet_refuse_nothing() -> None:
    def charted(book: Any) -> None:
        two_sheets(book)
        book.create_chartsheet("图")

    loaded = read_xlsx(workbook(charted), "a.xlsx")
    assert [line.text for line in loaded.lines if not line.level] == [
        "指标：收入（亿元）；2023年：1",
        "指标：收入（亿元）；2023年：2",
    ]
    assert "工作表“图”只有图表，没有读取" in loaded.problems

    broken = rewritten(workbook(two_sheets), lambda name, data: b"<worksheet" if name.endswith("sheet2.xml") else data)
    loaded = read_xlsx(broken, "a.xlsx")
    assert [line.text for line in loaded.lines if not line.level] == ["指标：收入（亿元）；2023年：1"]
    assert "工作表“税收”有损坏，没有读取" in loaded.problems
    with pytest.raises(LoadError, match="已损坏"):
        read_xlsx(rewritten(broken, lambda name, data: b"" if "sheet1.xml" in name else data), "a.xlsx")


def test_a_workbook_without_its_styles_still_reads() -> None:
    data = rewritten(workbook(two_sheets), lambda name, data: b"<" if name.endswith("styles.xml") else data)
    assert "指标：收入（亿元）；2023年：1" in texts(data)


def test_a_workbook_in_strict_form_reads_alike() -> None:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def strict(name: str, data: bytes) -> bytes:
        data = data.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        return data.replace(relations, b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    data = workbook(two_sheets)
    assert read_xlsx(rewritten(data, strict), "a.xlsx").lines == read_xlsx(data, "a.xlsx").lines


def test_raised_runs_of_a_cell_stay_apart() -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    up = InlineFont(vertAlign="superscript")
    area = CellRichText("绿地面积（km", TextBlock(up, "2"), "）")
    data = rows(["指标", "2022年", "2023年"], [area, CellRichText("12.5", TextBlock(up, "1")), 13])
    assert texts(data) == ["指标：绿地面积（km²）；2022年：12.5[1]；2023年：13"]


def test_dates_by_number_alone_read_as_chinese_excel_shows_them() -> None:
    data = rows(["事项", "时间"], ["开工", 45103], ["竣工", 45292])

    def styled(name: str, data: bytes) -> bytes:
        if name.endswith("styles.xml"):
            return data.replace(b'<xf numFmtId="0" ', b'<xf numFmtId="31" ')
        return data

    # 45103 days after 30 December 1899 is 26 June 2023, 45292 is 1 January 2024
    assert texts(rewritten(data, styled))[-2:] == ["开工：2023年6月26日", "竣工：2024年1月1日"]


def test_a_year_banner_that_is_not_merged_names_its_columns() -> None:
    data = rows(["月份", 2022, None, 2023, None], [None, "出口", "进口", "出口", "进口"], ["1月", 4.1, 2.1, 5.1, 3.1])
    assert texts(data) == ["月份：1月；2022年出口：4.1；2022年进口：2.1；2023年出口：5.1；2023年进口：3.1"]
    banner = "镇街,播种面积,,粮食产量,\n,2022年,2023年,2022年,2023年\n,公顷,公顷,吨,吨\n北镇,1,2,3,4\n"
    assert [line.text for line in read_delimited(banner.encode(), "a.csv").lines] == [
        "镇街：北镇；播种面积2022年（公顷）：1；播种面积2023年（公顷）：2；粮食产量2022年（吨）：3；粮食产量2023年（吨）：4"
    ]


def test_records_side_by_side_keep_whose_fields_they_are() -> None:
    data = rows(["企业名称", "东山公司", "西山公司"], ["法定代表人", "张三", "李四"], ["员工（人）", 320, 185])
    loaded = read_xlsx(data, "a.xlsx")
    assert [line.text for line in loaded.lines] == [
        "企业名称：东山公司；西山公司",
        "法定代表人；东山公司：张三；西山公司：李四",
        "员工（人）；东山公司：320；西山公司：185",
    ]
    table = loaded.lines[0].table
    assert table is not None
    assert (table.across, table.columns) == ("企业名称", ((), ("东山公司",), ("西山公司",)))
    card = "单位名称,东山研究院\n地址,东路1号\n职工（人）,320\n"
    assert [line.text for line in read_delimited(card.encode(), "a.csv").lines] == [
        "单位名称：东山研究院",
        "地址；东山研究院：东路1号",
        "职工（人）；东山研究院：320",
    ]


def test_a_first_cell_left_blank_holds_on_and_a_repeated_header_is_dropped() -> None:
    text = "区域,指标,数值\n甲区,产值,1\n,人口,3\n区域,指标,数值\n乙区,产值,2\n,合计,6\n"
    assert [line.text for line in read_delimited(text.encode(), "a.csv").lines] == [
        "区域：甲区；指标：产值；数值：1",
        "区域：甲区；指标：人口；数值：3",
        "区域：乙区；指标：产值；数值：2",
        "指标：合计；数值：6",
    ]


def test_tables_stacked_without_a_blank_row() -> None:
    data = rows(
        ["表1 人口"], ["地区", "2022年"], ["甲", 1], ["表2 就业"], ["地区", "人数"], ["甲", 10], ["乡村"], ["丙", 4]
    )
    assert texts(data) == [
        "表1 人口",
        "地区：甲；2022年：1",
        "表2 就业",
        "地区：甲；人数：10",
        "乡村",
        "地区：乡村·丙；人数：4",
    ]
