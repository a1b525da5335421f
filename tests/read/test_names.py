"""Whose figure it is: places spoken of, organisations that a sentence or clause begins with."""

from __future__ import annotations

import pytest
from fact_fakes import TAGGER, VOCABULARY, facts

from ragpark.read.names import leads_clause, leads_sentence, parks_named, place_names, places_in, subject_places
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


def test_place_names_come_in_order_with_repeats() -> None:
    assert place_names(squeeze("昆山与苏州，昆山的苏州纳米城"), VOCABULARY) == ["昆山市", "苏州市", "昆山市"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昆山（苏州）的企业", ("昆山市",)),
        ("苏州纳米城在昆山", ("昆山市",)),
        ("据江苏省统计公报，昆山产值增长", ("昆山市",)),  # the source's place only where no other is named
        ("据江苏省统计公报，产值增长", ("江苏省",)),
        ("产值增长", ()),
    ],
)
def test_the_places_a_text_is_about(text: str, names: tuple[str, ...]) -> None:
    assert places_in(text, VOCABULARY) == names


def test_names_in_titles_and_at_the_beginning_count_although_a_name_goes_on() -> None:
    found = subject_places("成都高新区金融中心", VOCABULARY)
    assert found == [] and subject_places("成都高新区金融中心", VOCABULARY, whole=True) == [(0, 5, "成都高新区")]
    assert subject_places("杭州金融中心", VOCABULARY, whole=True) == []  # a short name is no whole one
    assert subject_places("吴中区机器人中心", VOCABULARY, leading=True) == [(0, 3, "吴中区")]


def test_a_park_is_met_where_the_document_is_known_to_name_it() -> None:
    assert subject_places("云澜园区增长", VOCABULARY) == []
    for known in (VOCABULARY.at_home({}, ("云澜园区",)), VOCABULARY.at_home({"园区": "云澜园区"})):
        assert [name for *_, name in subject_places("云澜园区增长", known)] == ["云澜园区"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云澜园区与石桥新区签约", ["云澜园区", "石桥新区"]),
        ("青溪开发区出口增长", ["青溪开发区"]),
        ("同意园区的方案", []),  # a form after a verb
        ("西安高新区出口增长", []),  # known without a tagger
        ("各类产业园区都要整改", []),
        ("推进白鹭湾数字经济园区建设", ["白鹭湾数字经济园区"]),  # the tagger says where a long name begins
        ("被明确为美丽中国省域先行区", []),
    ],
)
def test_parks_are_told_by_form_and_tagger(text: str, expected: list[str]) -> None:
    assert sorted(parks_named([text, text], VOCABULARY, TAGGER)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "clause", "sentence"),  # of the 昆山 in it: whether it leads its clause, and the sentence
    [
        ("昆山增长", True, True),
        ("2023年，昆山增长", True, True),
        ("其中昆山增长", True, True),
        ("而昆山增长", True, True),
        ("出口上升，昆山增长", True, False),
        ("引进昆山企业", False, False),
        ("夺得昆山第一", False, False),
    ],
)
def test_what_stands_at_the_beginning(text: str, clause: bool, sentence: bool) -> None:
    at = text.index("昆山")
    assert (leads_clause(text, at), leads_sentence(text, at)) == (clause, sentence)


@pytest.mark.parametrize(
    ("sentence", "entities"),
    [
        ("全省强度为3%，其中南京、苏州分别达16.8%和15.2%。", ["江苏省", "南京市", "苏州市"]),
        ("其中南京、苏州和无锡企业数分别为5家、6家、7家。", ["南京市", "苏州市", "无锡市"]),
        ("南京、苏州企业数分别为5家和6家，分别增长7%和8%。", ["南京市", "苏州市"] * 2),
        ("苏州出口、进口分别增长5%和6%。", ["苏州市", "苏州市"]),  # one place, two measures
    ],
)
def test_figures_dealt_out_go_to_their_places(sentence: str, entities: list[str]) -> None:
    assert [fact.entity for fact in facts(sentence, title="江苏省通报")] == entities


@pytest.mark.parametrize(
    ("title", "sentence", "entity"),
    [
        ("江苏省公报", "全省产值80亿元。", "江苏省"),
        ("昆山市公报", "全省产值80亿元。", "江苏省"),  # a city's text speaks of its province
        ("昆山市公报", "全市产值80亿元。", "昆山市"),
        ("云澜园区年报", "园区产值80亿元。", "云澜园区"),
        ("统计资料", "园区产值80亿元。", ""),  # no one's, where nothing says whose
        ("统计资料", "全市产值80亿元。", ""),
        ("统计资料", "苏州产值80亿元，昆山产值8亿元。", "昆山市"),
    ],
)
def test_bare_terms_are_the_documents_own(title: str, sentence: str, entity: str) -> None:
    assert facts(sentence, title=title)[-1].entity == entity
