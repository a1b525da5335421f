"""Tables to lines: which rows name the columns, merged cells, captions, tables of names and values."""

import pytest

from ragpark.load.table import Cell, linearise, place_spans


def grid(*rows: str) -> list[list[Cell | None]]:
    """Cells divided by spaces; `*` marks a header cell, `_` is empty."""
    return [[Cell(text.strip("*_"), text.startswith("*")) for text in row.split()] for row in rows]


def texts(rows: list[list[Cell | None]], header_rows: int | None = None) -> list[str]:
    return [line.text for line in linearise(rows, header_rows)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("*指标 *2023年", "产值 12亿元"), ["指标：产值；2023年：12亿元"]),
        (("指标 2022年 2023年", "产值 10亿元 12亿元"), ["指标：产值；2022年：10亿元；2023年：12亿元"]),
        (("指标 数值", "产值 10亿元", "企业 33家"), ["指标：产值；数值：10亿元", "指标：企业；数值：33家"]),
        (("姓名 职务 单位", "甲某 局长 科技局"), ["姓名：甲某；职务：局长；单位：科技局"]),
        (("索引号 2023-15", "机构 科技局"), ["索引号：2023-15", "机构：科技局"]),
        (("*机构 科技局 *文号 〔2023〕5号",), ["机构：科技局；文号：〔2023〕5号"]),
        (("产值 10亿元 12亿元", "企业 33家 40家"), ["产值；10亿元；12亿元", "企业；33家；40家"]),  # no names at all
        (("*指标 *2023年", "产值 _"), ["产值"]),
        (("单位：亿元 _ _", "指标 2022年 2023年", "产值 10 12"), ["单位：亿元", "指标：产值；2022年（亿元）：10；2023年（亿元）：12"]),
        (("*指标 *数值",), ["指标；数值"]),
        ((), []),
    ],
)  # fmt: skip
def test_rows_become_lines(rows: tuple[str, ...], expected: list[str]) -> None:
    assert texts(grid(*rows)) == expected


def test_names_over_names_are_joined_and_merged_labels_repeat_down() -> None:
    c = Cell
    rows = place_spans(
        [
            [(c("地区"), 2, 1), (c("2023年"), 1, 2)],
            [(c("产值"), 1, 1), (c("增速"), 1, 1)],
            [(c("甲区"), 2, 1), (c("10亿元"), 1, 1), (c("5%"), 1, 1)],
            [(c("12亿元"), 1, 1), (c("6%"), 1, 1)],
            [(c("合计"), 1, 1), (c("22亿元"), 1, 2)],
            [(c("注：快报数"), 1, 3)],
        ]
    )
    assert [(line.y, line.text) for line in linearise(rows)] == [
        (2, "地区：甲区；2023年产值：10亿元；2023年增速：5%"),
        (3, "地区：甲区；2023年产值：12亿元；2023年增速：6%"),
        (4, "地区：合计；2023年产值、2023年增速：22亿元"),
        (5, "注：快报数"),
    ]


def test_spans_are_laid_out_as_a_browser_does() -> None:
    a, b, d, e = (Cell(t) for t in "abde")
    assert place_spans([[(a, 2, 1), (b, 1, 1)], [(d, 1, 2)], [(e, 99, 1)]]) == [[a, b], [a, d, d], [e]]
    assert place_spans([[(a, 0, 1), (b, 1, 1)], [(d, 1, 1)]]) == [[a, b], [a, d]]  # rowspan 0: to the end
