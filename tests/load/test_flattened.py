"""Tables flattened into lines: one cell a line, cells parted by bars or by gaps; and lines that are none."""

from __future__ import annotations

import pytest

from ragpark.load.flattened import rebuilt
from ragpark.records import RawLine


def rows_of(*texts: str) -> list[RawLine]:
    return rebuilt([RawLine(text, n) for n, text in enumerate(texts, start=1)])


def read(*texts: str) -> list[str]:
    """Return the lines; a row that was rebuilt as (name of the column, cell), in its own words."""
    return [named(line) if line.row and len(line.row.cells) > 1 else line.text for line in rows_of(*texts)]


def named(line: RawLine) -> str:
    assert line.row is not None and line.table is not None
    return "；".join(f"{''.join(line.table.names(x))}：{line.text[a:b]}" for a, b, x in line.row.cells)


def test_a_cell_a_line_with_a_bar_behind_each() -> None:
    lines = [
        "港区吞吐量",
        "|",
        "2019 |",
        "2020 |",
        "货物（万吨） |",
        "120 |",
        "131.5 |",
        "集装箱（万箱） |",
        "8 |",
        "— |",
        "完。",
    ]
    assert read(*lines) == [
        "港区吞吐量",
        "|   2019 |   2020 |",
        "：货物（万吨）；2019年：120；2020年：131.5",
        "：集装箱（万箱）；2019年：8；2020年：—",
        "完。",
    ]
    assert [line.text for line in rows_of(*lines)][2] == "货物（万吨） |   120 |   131.5 |"  # verbatim


def test_a_cell_a_line_with_blank_lines_between_and_its_caption() -> None:
    cells = ["2021年全县粮食产量", "品    种", "产量（吨）", "合计", "811.4", "其中：稻谷", "500", "  小麦", "311.4"]
    lines = [line for cell in cells for line in (cell, "")]
    found = rebuilt([RawLine(text, n) for n, text in enumerate(lines, start=1)])
    rows = [line for line in found if line.row]
    assert [line.text for line in rows] == ["合计   811.4", "其中：稻谷   500", "小麦   311.4"]
    assert [line.row.group for line in rows if line.row] == ["", "合计", "合计"]
    assert rows[0].table is not None
    assert (rows[0].table.caption, rows[0].place) == ("2021年全县粮食产量", 7)


def test_a_damaged_figure_does_not_end_a_table_with_bars() -> None:
    lines = ["指标 |", "2019 |", "2020 |", "利润 |", "2 |", "3 |", "产值 |", "12-3 |", "13 |"]
    assert read(*lines)[1:] == ["指标：利润；2019年：2；2020年：3", "指标：产值；2019年：12-3；2020年：13"]
    assert read(*lines[:3], *lines[6:], *lines[3:6]) == [*lines[:3], *lines[6:], *lines[3:6]]  # where does a row end?


def test_rows_parted_by_bars_whose_first_name_is_missing() -> None:
    lines = [
        "表1 生产总值",
        "| 绝 对 数 (亿元) | 比上年增长 (%) |",
        "第一产业 | 37.1 | 2.6 |",
        "第二产业 | 339 | 持平 |",
    ]
    assert read(*lines) == [
        "表1 生产总值",
        "| 绝 对 数 (亿元) | 比上年增长 (%) |",
        "：第一产业；绝对数(亿元)：37.1；比上年增长(%)：2.6",
        "：第二产业；绝对数(亿元)：339；比上年增长(%)：持平",
    ]


def test_rows_parted_by_bars_all_around() -> None:
    lines = ["| 镇 | 人口（万人） | 企业（家） |", "|---|---|---|", "| 东镇 | 3.1 | 20 |", "| 西镇 | 2 | 31 |"]
    assert read(*lines)[1:] == [
        "镇：东镇；人口（万人）：3.1；企业（家）：20",
        "镇：西镇；人口（万人）：2；企业（家）：31",
    ]


@pytest.mark.parametrize("gap", ["    ", "\t", "\u3000\u3000"])
def test_columns_held_together_by_gaps(gap: str) -> None:
    lines = [
        gap.join(row)
        for row in (("指标", "2022年", "2023年"), ("产值（亿元）", "10", "12"), ("企业（家）", "30", "33"))
    ]
    assert read(*lines)[1:] == [
        "指标：产值（亿元）；2022年：10；2023年：12",
        "指标：企业（家）；2022年：30；2023年：33",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("目录", "总则", "1", "分则", "4", "附则", "9"),  # page numbers
        ("首页 | 新闻 | 关于", "登录 | 注册 | 帮助", "地图 | 邮箱 | 电话"),
        ("六个词 | 读懂一份成绩单", "正文第一段。"),
        (
            "园区坚持创新",
            "引领发展，2023",
            "年产值达到",
            "12.5",
            "亿元，增长",
            "5.1",
            "%，继续",
            "领先。",
        ),  # wrapped prose
        ("　　第一段从这里开始。", "　　第二段有12家企业。", "　　第三段有13家企业。"),
        ("姓  名：张三", "性  别：男", "年  龄：35"),
    ],
)
def test_what_is_no_table_stays(lines: tuple[str, ...]) -> None:
    assert read(*lines) == list(lines)


def test_headings_and_rows_of_tables_are_left_alone() -> None:
    lines = [RawLine("指标", 1, level=2), RawLine("产值", 2), RawLine("12.5", 3)]
    assert rebuilt(lines) == lines
