"""Figures in digits, one at a time: where each ends and what it is worth."""

from __future__ import annotations

import pytest

from ragpark.zh.digit_figures import digit_figure
from ragpark.zh.numbers import find_quantities


def read(text: str) -> list[tuple[str, float, str, str]]:
    return [(q.text, q.value, q.unit, q.qualifier) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "figure", "go_on"),
    [("36家，", "36家", 3), ("3—5家", "3—5家", 4), ("5G网", None, 2), ("2023年", None, 5)],
)
def test_a_figure_and_where_to_go_on(text: str, figure: str | None, go_on: int) -> None:
    quantity, position = digit_figure(text, 0, 0)
    assert (quantity and quantity.text, position) == (figure, go_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a measure word that no list knows
        ("饲养朱鹮41羽", ("41羽", 41, "羽", "")),
        ("16畦菜地", ("16畦", 16, "畦", "")),
        ("日产钢9炉。", ("9炉", 9, "炉", "")),
        ("近260余羽", ("近260余羽", 260, "羽", "近")),
        ("年出栏3.5万羽。", ("3.5万羽", 35_000, "羽", "")),
        ("有450企业入驻", ("450", 450, "", "")),  # a noun is no measure word
        ("吸引5万游客", ("5万", 50_000, "", "")),
        # a Latin name with its figure
        ("某区GDP2150亿元", ("2150亿元", 215_000_000_000, "元", "")),
        ("R&D3.9%", ("3.9%", 3.9, "%", "")),
        ("CPI101.3", ("101.3", 101.3, "", "")),
        ("SCI71篇", ("71篇", 71, "篇", "")),
        ("PM2.5浓度31微克/立方米", ("31微克/立方米", 31, "微克/立方米", "")),
        # several multiples, shorthand
        ("1万5千家", ("1万5千家", 15_000, "家", "")),
        ("2亿3千万元", ("2亿3千万元", 230_000_000, "元", "")),
        ("3千多家", ("3千多家", 3000, "家", "多")),
        ("近2.8千亿元", ("近2.8千亿元", 280_000_000_000, "元", "近")),
        ("0.82兆元", ("0.82兆元", 820_000_000_000, "元", "")),
        ("打8折", ("8折", 80, "%", "")),
        ("翻3番", ("翻3番", 8, "倍", "")),
        # a unit to a unit
        ("人口密度760人/平方公里", ("760人/平方公里", 760, "人/平方公里", "")),
        ("劳动生产率21万元/人", ("21万元/人", 210_000, "元/人", "")),
        # zero and below
        ("事故０起", ("０起", 0, "起", "")),
        ("增长-2.4%", ("-2.4%", -2.4, "%", "")),
        # powers
        ("共1.2×10⁴人", ("1.2×10⁴人", 12_000, "人", "")),
        ("约10^{8}次", ("约10^{8}次", 1e8, "次", "约")),
        # read over damage
        ("覆盖率3 7 . 2 %", ("3 7 . 2 %", 37.2, "%", "")),
        ("投资6·4亿元", ("6·4亿元", 640_000_000, "元", "")),
        (r"占$5.16\%$", (r"5.16\%", 5.16, "%", "")),
        ("产值64²亿元", ("64²亿元", 6_400_000_000, "元", "")),
        ("产值64[2]亿元", ("64[2]亿元", 6_400_000_000, "元", "")),
        ("面积900m²", ("900m²", 900, "平方米", "")),
    ],
)
def test_a_figure_in_digits(text: str, expected: tuple[str, float, str, str]) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2024园区", "985、211高校", "G60走廊", "B2B平台", "A3地块", "C919飞机", "ISO9001认证", "第1 2项", "第3—5条", "第7页", "图3-2", "表5",
        "邮编：215123", "账号：6222 0011 2233 4455", "统一社会信用代码：91320594MA1X0000X7", "苏E·88K21", "云委发〔2023〕14号", "版本号为3.2.1",
        "3.1 总体要求", "星河路1188号", "上午9时30分", "7：20发车", "202306产值", "2023Q2产值", "12345热线", "保7争6",
    ],
)  # fmt: skip
def test_digits_that_are_no_figure(text: str) -> None:
    assert read(text) == []


def test_the_tail_of_a_broken_number_is_never_read_alone() -> None:
    for text in ("指数为1 2 8 6。", "甲 3 5%", "第2 4项"):
        assert read(text) == []


def test_two_columns_are_not_one_number() -> None:
    assert [text for text, *_ in read("2021 2022 3.5%")] == ["3.5%"]
    assert [text for text, *_ in read("2021年 5家")] == ["5家"]
