"""What a row stands under: sections, outer numbers, parts, totals of a section and of the whole."""

from __future__ import annotations

import pytest

from ragpark.load.cells import Cell
from ragpark.load.groups import Groups


def under(*rows: str) -> list[str]:
    """Cells divided by `|`; spaces before a cell are its indent."""
    body = [[Cell(text.strip(), indent=len(text) - len(text.lstrip())) for text in row.split("|")] for row in rows]
    return [item.lead for item in Groups(body).read()]


@pytest.mark.parametrize(
    ("rows", "leads"),
    [
        (("一、市区", "甲区|1", "小计|1", "二、县", "乙县|2", "小计|2", "合计|3"),
         ["", "一、市区·", "一、市区·", "", "二、县·", "二、县·", ""]),  # the last total is of both
        (("城镇", "甲区|1", "乡村", "乙县|2", "合计|3"), ["", "城镇·", "", "乡村·", ""]),
        (("城镇", "甲区|1", "合计|1", "乡村", "乙县|2", "合计|2"), ["", "城镇·", "城镇·", "", "乡村·", "乡村·"]),
        (("城镇", "甲区|1", "总计|1"), ["", "城镇·", ""]),
        (("一、收入|9", "（一）税收|7", "1.增值税|5", "（二）其他|2", "二、支出|8"),
         ["", "一、收入·", "（一）税收·", "一、收入·", ""]),
        (("企业|9", "其中：内资|7", "  外资|2", "个体|3"), ["", "企业，", "企业，其中：", ""]),
        (("产值|9|8", "一、按产业|—|—", "农业|4|3", "工业|5|5", "二、按地区|…|…", "甲区|9|8", "乙区|—|—"),
         ["", "", "一、按产业·", "一、按产业·", "", "二、按地区·", "二、按地区·"]),  # 乙区 has no figures, and heads nothing
        (("注：快报数", "甲区|1"), ["", ""]),
        (("单位：亿元", "甲区|1"), ["", ""]),
    ],
)  # fmt: skip
def test_what_a_row_stands_under(rows: tuple[str, ...], leads: list[str]) -> None:
    assert under(*rows) == leads
