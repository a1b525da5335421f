"""Administrative divisions with their short names, and parks told by the form of their names."""

from __future__ import annotations

import pytest

from ragpark.zh.places import divisions, is_zone, park_end, parks_by_form


@pytest.mark.parametrize(
    ("name", "aliases", "kind", "within"),
    [
        ("江苏省", ("江苏",), "省", "全国"),
        ("上海市", ("上海",), "市", "全国"),
        ("苏州市", ("苏州",), "市", "江苏省"),
        ("昆山市", ("昆山",), "县市", "苏州市"),
        ("吴中区", (), "区", "苏州市"),  # `吴中` alone may be anything
        ("肥东县", (), "县", "合肥市"),
        ("内蒙古自治区", ("内蒙古",), "省", "全国"),
        ("广西壮族自治区", ("广西",), "省", "全国"),
        ("新疆维吾尔自治区", ("新疆",), "省", "全国"),
        ("大理白族自治州", ("大理州",), "州", "云南省"),
        ("伊犁哈萨克自治州", ("伊犁州",), "州", "新疆维吾尔自治区"),
        ("恭城瑶族自治县", ("恭城县",), "县", "桂林市"),
        ("日照市", (), "市", "山东省"),  # an everyday word: with 市 only
        ("吉林省", ("吉林",), "省", "全国"),  # the short name is the province's …
        ("吉林市", (), "市", "吉林省"),  # … not the city's
    ],
)
def test_a_division_has_its_short_name_kind_and_what_it_lies_in(
    name: str, aliases: tuple[str, ...], kind: str, within: str
) -> None:
    found = divisions()[name]
    assert (found.aliases, found.kind, found.within) == (aliases, kind, within)


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区"])
def test_a_name_that_is_borne_twice_lies_in_nothing(name: str) -> None:
    assert (divisions()[name].within, divisions()[name].kind) == ("", "区")


def test_short_names_belong_to_one_division_and_all_lie_in_known_ones() -> None:
    found = divisions()
    shorts = [alias for division in found.values() for alias in division.aliases]
    assert len(shorts) == len(set(shorts)) and all(len(short) > 1 for short in shorts)
    assert {division.within for division in found.values()} <= {*found, "全国", ""}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("云澜园区落户企业20家", ["云澜园区"]),
        ("在云澜高新技术产业开发区", ["云澜高新技术产业开发区"]),
        ("云澜科技园和石桥新区", ["石桥新区"]),  # a mere park has no government of its own
        ("云澜高新区与石桥经开区", ["云澜高新区", "石桥经开区"]),
        ("2023年云澜开发区", ["云澜开发区"]),
    ],
)
def test_parks_are_met_by_their_form(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in parks_by_form(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "产业园区、科技园区和各类开发区",
        "全省开发区增长5%",
        "国家级高新区12家",
        "建设园区道路",
        "三大园区",
        "该园区、本园区、某园区",
        "园丁和公园",
        "一个以先进制造业和现代服务业为主的综合性开发区",  # where a name would begin cannot be told
    ],
)
def test_kinds_of_parks_are_no_names(text: str) -> None:
    assert parks_by_form(text) == []


@pytest.mark.parametrize(
    ("text", "at", "end"),
    [("西安高新区党工委", 2, 5), ("西安产业园", 2, 0), ("西安市民", 2, 0), ("西安经济技术开发区", 2, 9)],
)
def test_where_a_parks_name_ends(text: str, at: int, end: int) -> None:
    assert park_end(text, at) == end


@pytest.mark.parametrize(
    ("name", "expected"), [("西安高新区", True), ("怀柔科学城", True), ("云澜产业园", False), ("云澜公司", False)]
)
def test_zones_are_parks_with_a_government(name: str, expected: bool) -> None:
    assert is_zone(name) is expected
