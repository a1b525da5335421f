"""Whose figure it is: places spoken of, organisations that a sentence or clause begins with."""

from __future__ import annotations

import pytest
from fact_fakes import VOCABULARY, facts

from ragpark.read.names import subject_places
from ragpark.zh.fold import squeeze


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("园区实现进出口总额", []),
        ("苏州、昆山等地", ["苏州市", "昆山市"]),
        ("苏州市政府新闻办", ["苏州市"]),
        ("对昆山来说", ["昆山市"]),
        ("占全国的17%", []),
        ("全国1%的人口", []),
        ("在全省第一", []),
        ("与上海张江开展合作", []),
        ("苏州市级以上人才", []),
        ("苏州纳米城入驻企业", []),
        ("中科院苏州纳米所", []),
        ("苏州自贸片区高新技术企业", ["苏州自贸片区"]),
        ("某某（苏州）有限公司", []),
        ("“苏州湾基金”", []),
        ("据苏州市政府公布", []),
    ],
)
def test_places_spoken_of(text: str, names: list[str]) -> None:
    assert [name for _, _, name in subject_places(squeeze(text), VOCABULARY)] == names


@pytest.mark.parametrize(
    ("lines", "entity"),
    [
        (("2020年，苏州高企900家。",), "苏州市"),
        (("广东、江苏两省在前；西藏研发经费最少，为7亿元。",), "西藏自治区"),
        (("据2023年广东省公报，深圳研发经费2236亿元。",), "深圳市"),
        (("吴江区加快发展。高企900家。",), "吴江区"),
        (("高企900家。",), "昆山市"),  # the document's own
        (("昆山杜克大学目前在校学生1800名。",), "昆山杜克大学"),
        (("以新加坡国立大学苏州研究院为例，累计孵化企业81家。",), "新加坡国立大学苏州研究院"),
        (("同时，太仓德资有限公司今年3月成立，目前已引进项目9个。",), "太仓德资有限公司"),
        (("2009年创办某某生物以来，研制新药30项。",), "某某生物"),
        (("自2015年成立以来，昆山产业技术研究院累计孵化企业210家。",), "昆山产业技术研究院"),
        (("境内外上市公司累计66家。",), "昆山市"),  # a class, no organisation
        (("新设国家重点实验室2家。",), "昆山市"),
        (("吴中区机器人中心成立以来，集聚了一批企业。目前有工程师85名。",), "吴中区"),
    ],
)
def test_whose_figure_it_is(lines: tuple[str, ...], entity: str) -> None:
    assert facts(*lines)[-1].entity == entity
