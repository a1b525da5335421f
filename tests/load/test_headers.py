"""Which rows name the columns without merged cells: year banners, units, column numbers; fields down the first column."""

from __future__ import annotations

import pytest

from ragpark.load.cells import Cell
from ragpark.load.headers import column_names, n_header_rows, runs_down


def grid(*rows: str) -> list[list[Cell | None]]:
    """Cells divided by `,`; an empty one is no cell."""
    return [[Cell(text) if text else None for text in row.split(",")] for row in rows]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (  # a banner of years over the first of its columns
            ("月份,2022年,,2023年,", ",出口,进口,出口,进口", "1月,4,2,5,3"),
            [("月份",), ("2022年", "出口"), ("2022年", "进口"), ("2023年", "出口"), ("2023年", "进口")],
        ),
        (  # the banner over the middle of its columns: the names below come round again
            (",,2022年,,,2023年,", "街道,户数,人数,面积,户数,人数,面积", "东街,1,2,3,4,5,6"),
            [("街道",)] + [(year, name) for year in ("2022年", "2023年") for name in ("户数", "人数", "面积")],
        ),
        (  # the banner written over each of its columns
            ("指标,2022年,2022年,2023年,2023年", ",绝对数,增速,绝对数,增速", "产值,1,2%,3,4%"),
            [("指标",), ("2022年", "绝对数"), ("2022年", "增速"), ("2023年", "绝对数"), ("2023年", "增速")],
        ),
        (  # a row of units
            ("地区,产值,增长", ",亿元,%", "甲区,1,2"),
            [("地区",), ("产值（亿元）",), ("增长（%）",)],
        ),
        (  # a row of units with its own name, in brackets
            ("镇街,粮食产量,播种面积", "计量单位,（吨）,（公顷）", "北镇,1,2"),
            [("镇街",), ("粮食产量（吨）",), ("播种面积（公顷）",)],
        ),
        (  # three rows, and the numbers of the columns
            (",2022,,2023,", "区县,人口,产值,人口,产值", ",万人,亿元,万人,亿元", "甲,1,2,3,4", "甲县,7,8,9,6"),
            [("区县",), ("2022年", "人口（万人）"), ("2022年", "产值（亿元）"), ("2023年", "人口（万人）"), ("2023年", "产值（亿元）")],
        ),
    ],
)  # fmt: skip
def test_rows_that_go_on_naming_the_columns(rows: tuple[str, ...], names: list[tuple[str, ...]]) -> None:
    table = grid(*rows)
    count = n_header_rows(table)
    assert count == len(rows) - 1
    assert list(column_names(table, count, len(table[0]))) == names


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (("街道,负责人,电话", "东街,张三,李四", "西街,王五,赵六"), 1),  # the second row is data
        (("产品,单位,产量", "水泥,万吨,12", "布匹,万米,3"), 1),  # units are a column, not a row
        (("指标,2022年,2023年", "产值,1,2"), 1),
        (("主管单位,科技局", "面积（公顷）,12", "职工（人）,30"), 0),  # a card: pairs from the first line on
        (("岗位,人数", "电工,12", "木工,3"), 1),
        (("指标,数值", "开业日期,2021年3月", "面积,12公顷"), 1),
    ],
)
def test_rows_of_data_are_no_names(rows: tuple[str, ...], count: int) -> None:
    assert n_header_rows(grid(*rows)) == count


@pytest.mark.parametrize(
    ("rows", "down"),
    [
        (("企业名称,东山公司,西山公司", "法定代表人,张三,李四", "员工人数（人）,320,185"), True),
        (("项目名称,一期,二期", "负责人,张三,李四", "投资（亿元）,3.5,4"), True),
        (("单位名称,东山研究院", "地址,东路1号", "职工（人）,320"), True),
        (("企业名称,员工（人）,产值（万元）", "东山公司,320,5000", "西山公司,185,8000"), False),
        (("指标,2022年,2023年", "产值（亿元）,1,2", "企业（家）,3,4"), False),
        (("城市,目标,实际", "东州,1,2", "西州,3,4"), False),
        (("街道,负责人,联系人", "东街,张三,李四", "西街,王五,赵六"), False),
    ],
)
def test_fields_that_run_down_the_first_column(rows: tuple[str, ...], down: bool) -> None:
    assert runs_down(grid(*rows), 1) is down
