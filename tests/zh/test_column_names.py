"""What the names of columns and rows say; units in them have tests of their own."""

from __future__ import annotations

import pytest

from ragpark.zh.column_names import (
    holds_no_figures,
    is_relative,
    is_total,
    kind_of,
    names_measures,
    names_years,
    says_nothing,
)


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("较上年增减", "%", "growth"),
        ("比上年增长", "%", "growth"),
        ("同比增长", "家", "increase"),
        ("研发投入强度", "%", "share"),
        ("计划完成情况", "%", "level"),
        ("全国位次", "位", "rank"),
        ("新增专利", "件", "increase"),
        ("2023年产值", "元", "level"),
        ("环比", "%", "growth"),
        ("增幅", "%", "growth"),
        ("比年初增加", "户", "increase"),
        ("净增", "家", "increase"),
        ("占全市比重", "%", "share"),
        ("就业率", "%", "share"),
        ("2030年目标", "家", "target"),
        ("年度计划（亿元）", "元", "target"),
        ("实际完成", "元", "level"),
        ("目标完成率", "%", "share"),
        ("排位", "", "rank"),
        ("规上工业增加值", "元", "level"),
        ("税收收入", "元", "level"),
    ],
)
def test_the_kind_a_name_stands_for(name: str, unit: str, kind: str) -> None:
    assert kind_of(name, unit) == kind


@pytest.mark.parametrize(
    "name",
    [
        "行次",
        "编号",
        "联系电话",
        "邮编",
        "成立年份",
        "序号",
        "ID",
        "手机号码",
        "批准文号",
        "登记日期",
        "统一社会信用代码",
        "电子邮箱",
        "经度",
    ],
)
def test_columns_whose_numbers_count_nothing(name: str) -> None:
    assert holds_no_figures(name)


@pytest.mark.parametrize(
    "name", ["手机产量", "电话用户数", "排名", "日均客流", "年龄", "工时", "编制数", "人均住房面积"]
)
def test_columns_whose_numbers_count(name: str) -> None:
    assert not holds_no_figures(name)
    assert not names_years(name)


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("本期数", True),
        ("比上年增减", True),
        ("", True),
        ("数值", True),
        ("年末数", True),
        ("产值", False),
        ("新增", False),
        ("全年累计", True),
        ("年度目标", True),
        ("位次", True),
        ("税收", False),
        ("人口数量", False),
        ("绿地", False),
    ],
)
def test_names_that_leave_open_what_is_measured(name: str, nothing: bool) -> None:
    assert says_nothing(name) is nothing


@pytest.mark.parametrize(
    ("name", "relative"), [("增长率", True), ("占比", True), ("名次", True), ("失业率", True), ("产量", False)]
)
def test_names_of_what_the_tables_unit_is_not_meant_for(name: str, relative: bool) -> None:
    assert is_relative(name) is relative


@pytest.mark.parametrize(("name", "total"), [("合 计", True), ("总计", True), ("平均", True), ("其他", False)])
def test_rows_that_sum_up(name: str, total: bool) -> None:
    assert is_total(name) is total


def test_columns_of_years_and_of_measures() -> None:
    assert names_years("会计年度") and not names_years("年龄")
    assert names_measures("主要指标") and not names_measures("地区")
