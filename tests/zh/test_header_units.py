"""Units in the names of columns and in captions."""

import pytest

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
