"""Units in the names of columns and in captions, and what a name says of its figures."""

import pytest

from ragpark.zh.column_names import holds_no_figures, kind_of, names_years, says_nothing
from ragpark.zh.header_units import caption_units, unit_of, without_unit


@pytest.mark.parametrize(
    ("name", "unit", "rest"),
    [
        ("产值（亿元）", "亿元", "产值"),
        ("产值(单位:万元)", "万元", "产值"),
        ("比上年增长%", "%", "比上年增长"),
        ("占比（％）", "%", "占比"),
        ("进出口总额，亿美元", "亿美元", "进出口总额"),
        ("人口密度（人/平方公里）", "人/平方公里", "人口密度"),
        ("企业数（家）（年末）", "家", "企业数（年末）"),
        ("增加值（可比价）", "", "增加值（可比价）"),  # leave alone: no unit
        ("苏州（全市）", "", "苏州（全市）"),
        ("指标", "", "指标"),
    ],
)
def test_the_unit_of_a_name(name: str, unit: str, rest: str) -> None:
    assert (unit_of(name), without_unit(name)) == (unit, rest)


@pytest.mark.parametrize(
    ("caption", "units"),
    [
        ("单位：亿元", ("亿元",)),
        ("表1 主要指标（计量单位：万人）", ("万人",)),
        ("单位：家、%", ("家", "%")),
        ("表3 各区产值（亿元）", ("亿元",)),
        ("发布单位：统计局", ()),
        ("责任单位：一局、二局", ()),
        ("表1 主要指标", ()),
    ],
)
def test_the_units_of_a_caption(caption: str, units: tuple[str, ...]) -> None:
    assert caption_units(caption) == units


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("比上年增长", "%", "growth"),
        ("同比增长", "家", "increase"),
        ("占全国比重", "%", "share"),
        ("研发投入强度", "%", "share"),
        ("2025年目标", "家", "target"),
        ("目标完成率", "%", "share"),
        ("计划完成情况", "%", "level"),
        ("全国位次", "位", "rank"),
        ("新增专利", "件", "increase"),
        ("工业增加值", "元", "level"),
        ("2023年产值", "元", "level"),
    ],
)
def test_the_kind_a_name_stands_for(name: str, unit: str, kind: str) -> None:
    assert kind_of(name, unit) == kind


@pytest.mark.parametrize("name", ["序号", "编号", "联系电话", "行业代码", "成立日期", "批准文号", "邮编", "成立年份"])
def test_columns_whose_numbers_count_nothing(name: str) -> None:
    assert holds_no_figures(name)


@pytest.mark.parametrize("name", ["电话用户数", "产值", "排名", "年龄", "日均客流"])
def test_columns_whose_numbers_count(name: str) -> None:
    assert not holds_no_figures(name)
    assert not names_years(name)


@pytest.mark.parametrize(
    ("name", "nothing"),
    [("", True), ("数值", True), ("年末数", True), ("比上年增长", True), ("产值", False), ("新增", False)],
)
def test_names_that_leave_open_what_is_measured(name: str, nothing: bool) -> None:
    assert says_nothing(name) == nothing
