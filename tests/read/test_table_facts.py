"""Facts of tables: indicator, place, year, value, unit and kind of every figure, for each way tables are laid out."""

from __future__ import annotations

import pytest
from fact_fakes import TAGGER, VOCABULARY

from ragpark.load.sheet import sheet_lines
from ragpark.load.table import Cell
from ragpark.read.facts import find_facts
from ragpark.read.subject import with_subject
from ragpark.read.table_cells import cell_quantity
from ragpark.records import Document, Fact, RawDocument
from ragpark.repair.clean import clean
from ragpark.repair.sections import split_sections


def table(text: str, title: str = "统计资料") -> Document:
    """Return a workbook of one sheet: a line a row, `|` between cells, `<` for a cell merged with its left neighbour."""
    rows: list[list[Cell | None]] = []
    for line in text.strip("\n").split("\n"):
        row: list[Cell | None] = []
        for part in line.split("|"):
            word = part.strip(" ")
            row.append(
                row[-1]
                if word == "<"
                else Cell(word.strip("　"), indent=len(word) - len(word.lstrip("　")))
                if word
                else None
            )
        rows.append(row)
    lines = tuple(sheet_lines(rows))
    raw = RawDocument("a.xlsx", "0" * 64, "xlsx", "rows", lines, {"title": title}, sheets=((0, "表1"),))
    return with_subject(clean(raw), VOCABULARY)


def facts(text: str, title: str = "统计资料") -> list[Fact]:
    document = table(text, title)
    found = find_facts(document, split_sections(document), VOCABULARY, TAGGER)
    assert all(document.text[fact.start : fact.end] == fact.text for fact in found)
    return found


def read(text: str, title: str = "统计资料") -> list[tuple[str, str, int | None, float, str, str]]:
    """Return (measure, entity, year, value, unit, kind) of each fact."""
    return [(f.measure, f.entity, f.year, f.value, f.unit, f.kind) for f in facts(text, title)]


YI = 100_000_000
GDP = "地区生产总值"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(  # years as columns, the unit in the row's name
            "指标|2022年|2023年\n地区生产总值（亿元）|3515.6|3686.0",
            [(GDP, "", 2022, 3515.6 * YI, "元", "level"), (GDP, "", 2023, 3686 * YI, "元", "level")],
            id="years as columns",
        ),
        pytest.param(  # years as rows, written as numbers
            "年份|地区生产总值（亿元）|高新技术企业（家）\n2022|3515.6|2480\n2023|3686.0|2800",
            [
                (GDP, "", 2022, 3515.6 * YI, "元", "level"),
                ("高新技术企业数", "", 2022, 2480, "家", "level"),
                (GDP, "", 2023, 3686 * YI, "元", "level"),
                ("高新技术企业数", "", 2023, 2800, "家", "level"),
            ],
            id="years as rows",
        ),
        pytest.param(  # two levels of names; the places are the rows
            "地区|2022年|<|2023年|<\n|产值（亿元）|增速（%）|产值（亿元）|增速（%）\n昆山|100|5.1|110|-0.5",
            [
                ("产值", "昆山市", 2022, 100 * YI, "元", "level"),
                ("产值", "昆山市", 2022, 5.1, "%", "growth"),
                ("产值", "昆山市", 2023, 110 * YI, "元", "level"),
                ("产值", "昆山市", 2023, -0.5, "%", "growth"),
            ],
            id="two levels",
        ),
        pytest.param(  # the place over the columns
            "指标|苏州|<|昆山|<\n|2022年|2023年|2022年|2023年\n上市公司（家）|200|217|40|45",
            [
                ("境内外上市企业数", "苏州市", 2022, 200, "家", "level"),
                ("境内外上市企业数", "苏州市", 2023, 217, "家", "level"),
                ("境内外上市企业数", "昆山市", 2022, 40, "家", "level"),
                ("境内外上市企业数", "昆山市", 2023, 45, "家", "level"),
            ],
            id="places over columns",
        ),
        pytest.param(  # the unit above the table is not that of the growth
            "2023年苏州主要指标||单位：亿元\n指标|绝对数|比上年增长（%）\n地区生产总值|24653.4|4.6",
            [(GDP, "苏州市", 2023, 24653.4 * YI, "元", "level"), (GDP, "苏州市", 2023, 4.6, "%", "growth")],
            id="unit and year above",
        ),
        pytest.param(  # a column of units, the year of the growth is that of the column to its left
            "指标|单位|2022年|2023年|增长（%）\n有效发明专利|件|10|12|20",
            [
                ("有效发明专利数", "", 2022, 10, "件", "level"),
                ("有效发明专利数", "", 2023, 12, "件", "level"),
                ("有效发明专利数", "", 2023, 20, "%", "growth"),
            ],
            id="column of units",
        ),
        pytest.param(  # parts stay parts, and so do those set in below them
            "指标|2023年（亿元）\n规上工业总产值|100\n其中：高技术产业|30\n　　重工业|60\n税收收入|50",
            [
                ("规模以上工业总产值", "", 2023, 100 * YI, "元", "level"),
                ("规模以上工业总产值其中高技术产业", "", 2023, 30 * YI, "元", "level"),
                ("规模以上工业总产值其中重工业", "", 2023, 60 * YI, "元", "level"),
                ("税收收入", "", 2023, 50 * YI, "元", "level"),
            ],
            id="parts",
        ),
        pytest.param(  # long form: one figure a row
            "序号|年份|城市|指标|单位|数值\n1|2023|苏州|常住人口|万人|1295.8\n2|2023|昆山|常住人口|万人|214.8",
            [
                ("常住人口", "苏州市", 2023, 12_958_000, "人", "level"),
                ("常住人口", "昆山市", 2023, 2_148_000, "人", "level"),
            ],
            id="long form",
        ),
        pytest.param(  # two columns of labels
            "产业|指标|2023年（亿元）\n生物医药|产值|1523\n生物医药|税收|60",
            [("生物医药产值", "", 2023, 1523 * YI, "元", "level"), ("生物医药税收", "", 2023, 60 * YI, "元", "level")],
            id="two labels",
        ),
        pytest.param(  # the indicator stands above, the rows are its parts
            "2023年研发经费执行情况（亿元）\n执行主体|金额\n企业|50\n高等学校|6",
            [("企业研发投入", "", 2023, 50 * YI, "元", "level"), ("高等学校研发投入", "", 2023, 6 * YI, "元", "level")],
            id="indicator above",
        ),
        pytest.param(  # shares of what the caption names; the rows are years
            "表3 各类主体占全国R&D经费的比重（%）\n年份|企业|高等学校\n2022|77.6|7.8",
            [
                ("企业占全国R&D经费的比重", "", 2022, 77.6, "%", "share"),
                ("高等学校占全国R&D经费的比重", "", 2022, 7.8, "%", "share"),
            ],
            id="shares of the caption",
        ),
        pytest.param(  # neither row nor column names what is counted
            "表1 上市公司数\n地区|2022年（家）|2023年（家）\n昆山|40|45",
            [("境内外上市企业数", "昆山市", 2022, 40, "家", "level"), ("境内外上市企业数", "昆山市", 2023, 45, "家", "level")],
            id="all in the caption",
        ),
        pytest.param(  # targets beside what was reached
            "指标|2025年目标|2023年完成\n高新技术企业（家）|3500|2800",
            [("高新技术企业数", "", 2025, 3500, "家", "target"), ("高新技术企业数", "", 2023, 2800, "家", "level")],
            id="targets",
        ),
        pytest.param(  # an organisation as the row
            "机构名称|2023年孵化企业（家）\n甲研究院|81\n合计|81",
            [("在孵企业数", "甲研究院", 2023, 81, "家", "level"), ("在孵企业数", "", 2023, 81, "家", "level")],
            id="organisations",
        ),
        pytest.param(  # ranks, with a remark behind them
            "指标|2022年|2023年\n综合排名|第6（上升2位）|5",
            [("综合排名", "", 2022, 6, "位", "rank"), ("综合排名", "", 2023, 5, "位", "rank")],
            id="ranks",
        ),
        pytest.param(  # last year and this year go by the year of the caption
            "2023年财政收支（亿元）\n项目|本年|上年同期\n税收收入|50|45",
            [("税收收入", "", 2023, 50 * YI, "元", "level"), ("税收收入", "", 2022, 45 * YI, "元", "level")],
            id="this year and last",
        ),
    ],
)  # fmt: skip
def test_tables_of_every_layout(text: str, expected: list[tuple[object, ...]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "序号|单位|联系电话\n1|科技局|66681234\n2|统计局|66685678",
        "企业|成立年份|统一社会信用代码\n甲公司|2009|913205941234",
        "指标|2022年|2023年\n产值（亿元）|…|—",
        "姓名|职务\n甲某|局长\n乙某|处长",
        "1|2|3\n4|5|6",
    ],
    ids=["telephones", "years and codes", "no figures", "people", "numbers without names"],
)
def test_what_is_no_fact(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("1,006", "亿元", (100_600_000_000, "元", "")),
        ("２８００", "家", (2800, "家", "")),
        ("近2800", "家", (2800, "家", "近")),
        ("5.16%", "", (5.16, "%", "")),
        ("-3.2", "%", (-3.2, "%", "")),
        ("12（快报数）", "件", (12, "件", "")),
        ("12.5*", "亿元", (1_250_000_000, "元", "")),
        ("3家", "", (3, "家", "")),
        ("2023年", "家", None),
        ("见附注", "家", None),
        ("2023-15", "", None),
        ("500强", "", None),
    ],
)
def test_what_a_cell_holds(cell: str, unit: str, expected: tuple[float, str, str] | None) -> None:
    found = cell_quantity(cell, unit)
    assert (found and (found.value, found.unit, found.qualifier)) == expected


def test_a_fact_names_its_cell_and_quotes_its_row() -> None:
    fact = facts("指标|2022年|2023年\n上市公司（家）|60|66")[1]
    assert (fact.locator, fact.text, fact.period) == ({"sheet": "表1", "cells": "C2"}, "66", "2023年")
    assert fact.quote == "指标：上市公司（家）；2022年：60；2023年：66"


def test_the_year_and_place_of_the_title_hold_where_the_table_names_none() -> None:
    assert read("指标|数值\n上市公司（家）|66", "苏州工业园区2023年成绩单") == [
        ("境内外上市企业数", "苏州工业园区", 2023, 66, "家", "level")
    ]


def test_a_long_text_in_a_cell_is_read_as_text() -> None:
    text = "政策|内容\n上市奖励|对2023年在境内外成功上市的企业，园区给予最高500万元的一次性奖励，分三年兑现到位"
    assert [(f.value, f.unit) for f in facts(text)][:1] == [(5_000_000, "元")]


def test_a_row_says_in_its_text_which_group_it_stands_under() -> None:
    found = facts("指标|2023年（亿元）\n苏州市\n税收收入|50\n昆山市\n税收收入|30")
    assert [(f.entity, f.quote) for f in found] == [
        ("苏州市", "指标：苏州市·税收收入；2023年（亿元）：50"),
        ("昆山市", "指标：昆山市·税收收入；2023年（亿元）：30"),
    ]


def test_a_long_table_with_english_names_of_columns() -> None:
    found = facts("Region|Indicator|Period|Value|Unit\n苏州市|用电量|2021|726.6|亿千瓦时")
    assert [(f.indicator, f.entity, f.year, f.text) for f in found] == [("用电量", "苏州市", 2021, "726.6")]
