"""What a document is about, and what its `全市`, `园区`, `我省` stand for."""

from __future__ import annotations

import pytest
from fact_fakes import TAGGER, VOCABULARY

from ragpark.read.subject import bare_terms, find_subject, with_subject
from ragpark.records import Document


def document(
    text: str = "", title: str = "", doc: str = "a.txt", source: str | None = None, subject: str = ""
) -> Document:
    return Document(doc, title, None, source, text, (), ((0, 1),), "lines", "txt", "", subject=subject)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("绵阳市2022年国民经济和社会发展统计公报", "绵阳市"),
        ("江苏省苏州市昆山市2023年预算报告", "昆山市"),  # the innermost
        ("成都高新区金融中心建设方案", "成都高新区"),
        ("关于印发《柳州市节水条例》的通知", "柳州市"),
        ("湖州市人民政府办公室关于人才公寓的意见", "湖州市"),  # an office speaks for its place
        ("星芒材料有限公司2022年年度报告", "星芒材料有限公司"),
        ("苏州纳米城2023年招商手册", "苏州纳米城"),  # an organisation, though a place is in its name
        ("统计年鉴", ""),
        ("吴中区再添一家孵化器", "吴中区"),  # a headline is no organisation's name
        ("星芒重工拟建华东基地 昆山市引来投资", "昆山市"),
        ("欢迎参观星芒大学", "星芒大学"),
        ("走进星芒科技园", "星芒科技园"),
        ("四川出口排名揭晓：绵阳居首，德阳最快", "四川省"),  # one leads that holds all the others
        ("1—4月份全国煤炭产量增长", "全国"),
        ("中江县石桥镇", "石桥镇"),  # never what it lies in
        ("特色小镇建设意见", ""),
    ],
)
def test_the_title_names_the_subject(title: str, subject: str) -> None:
    assert find_subject(document(title=title), VOCABULARY) == subject


@pytest.mark.parametrize(
    ("title", "doc", "subject"),
    [("云澜园区2023年工作总结", "a.txt", "云澜园区"), ("年度报告", "石桥新区年报.pdf", "石桥新区")],
)
def test_a_park_without_a_place_in_its_name_is_told_by_the_tagger(title: str, doc: str, subject: str) -> None:
    found = with_subject(document("园区出口增长。", title=title, doc=doc), VOCABULARY, TAGGER)
    assert (found.subject, found.home[subject]) == (subject, subject)
    assert with_subject(document("园区出口增长。", title=title, doc=doc), VOCABULARY).subject == ""


def test_the_file_name_and_the_issuer_name_it_where_the_title_does_not() -> None:
    assert find_subject(document(doc="x/遵义市2021年年报.pdf", title="年度报告"), VOCABULARY) == "遵义市"
    assert find_subject(document(title="年度报告", source="信阳市统计局"), VOCABULARY) == "信阳市"
    both = document(title="绵阳市年报", doc="柳州市.txt", source="信阳市统计局")
    assert find_subject(both, VOCABULARY) == "绵阳市"  # in this order


def test_a_file_s_name_tells_it_in_brackets_behind_the_title() -> None:
    assert find_subject(document(title="上半年分析", doc="上半年分析(绵阳统计 解读).txt"), VOCABULARY) == "绵阳市"


def test_an_organisation_is_named_as_its_text_does() -> None:
    found = find_subject(document("星芒学院设有三个系。", title="星芒学院学校简介"), VOCABULARY)
    assert found == "星芒学院"
    assert find_subject(document("中心学校设有六个班。", title="星芒中心学校简介"), VOCABULARY) == "星芒中心学校"


def test_the_office_that_signs_at_the_head_names_it() -> None:
    head = "各街道办事处：\n现将有关政策印发给你们。\n昆山市人民政府\n2023年4月22日\n关于经济发展的若干政策"
    assert find_subject(document(head, title="关于经济发展的若干政策"), VOCABULARY) == "昆山市"


def test_the_text_tells_it_where_nothing_else_does() -> None:
    text = "玉溪市财政收入增长。玉溪市税收增长。玉溪市支出下降。曲靖市略有下降。"
    assert find_subject(document(text), VOCABULARY) == "玉溪市"


def test_a_text_is_about_the_one_place_of_its_level_that_it_calls_ours() -> None:
    assert find_subject(document("我县支持企业发展，我县鼓励创业。肥东县财政安排资金。"), VOCABULARY) == "肥东县"
    assert (
        find_subject(document("我县支持企业发展，我县鼓励创业，列入县财政。肥东县、肥西县安排资金。"), VOCABULARY) == ""
    )
    assert find_subject(document("我市支持企业发展。肥东县财政安排资金。"), VOCABULARY) == ""


def test_the_short_name_of_a_place_s_one_park_is_that_park() -> None:
    one = "云澜经济开发区建于2005年，云澜开发区产值增长。"
    found = with_subject(document(one, title="云澜开发区"), VOCABULARY, TAGGER)
    assert found.home["云澜开发区"] == found.home["云澜经济开发区"] == found.subject == "云澜开发区"
    two = with_subject(document(f"{one}云澜高新技术开发区刚成立。", title="云澜开发区"), VOCABULARY, TAGGER)
    assert (two.subject, two.home["云澜经济开发区"]) == ("云澜开发区", "云澜经开区")


@pytest.mark.parametrize(
    "text",
    [
        "浙江进出口增长。安徽进出口增长。浙江出口多。安徽进口多。浙江快。安徽稳。",  # two compared
        "玉溪市财政收入增长。",  # named but once
        "财政收入增长，支出下降。",
    ],
)
def test_an_unsure_subject_stays_empty(text: str) -> None:
    found = with_subject(document(text, title="外贸观察"), VOCABULARY)
    assert (found.subject, dict(found.home)) == ("", {})


def test_two_places_of_a_title_are_weighed_by_the_text() -> None:
    title = "浙江安徽外贸观察"
    assert find_subject(document("浙江强。安徽强。" * 4, title=title), VOCABULARY) == ""
    assert find_subject(document("浙江强。" * 4 + "安徽弱。", title=title), VOCABULARY) == "浙江省"


def test_a_park_within_the_city_of_the_title() -> None:
    text = "园区产值增长。西安高新区企业增加。西安高新区出口增长。西安高新区人才集聚。"
    assert find_subject(document(text, title="西安科技创新报道"), VOCABULARY) == "西安高新区"
    assert find_subject(document("西安市产值增长。" * 3 + text, title="西安科技创新报道"), VOCABULARY) == "西安市"


def test_what_the_user_says_counts() -> None:
    found = with_subject(document("全市增长。", title="绵阳市年报", subject="玉溪市"), VOCABULARY)
    assert (found.subject, found.home["全市"]) == ("玉溪市", "玉溪市")


@pytest.mark.parametrize(
    ("text", "subject", "home"),
    [
        ("全市增长，我市领先。", "阜阳市", {"全市": "阜阳市", "我市": "阜阳市"}),
        ("位居全省第三，全国前列。", "阜阳市", {"全省": "安徽省", "全国": "全国"}),  # what it lies in
        ("全县增长。", "阜阳市", {}),  # fits nothing
        ("全市增长。", "昆山市", {"全市": "昆山市"}),  # a city of a county's level is its own 全市
        ("园区增长，占全市一成。", "西安高新区", {"园区": "西安高新区", "全市": "西安市"}),
        ("全区增长。", "西安高新区", {"全区": "西安高新区"}),
        ("园区增长。", "西安市", {}),  # some park in the city
        ("全市园区增长。", "", {}),
        ("园区增长，全市第一。", "云澜园区", {"园区": "云澜园区"}),  # where it lies is not known
        ("我州旅游升温。", "大理白族自治州", {"我州": "大理白族自治州"}),
    ],
)
def test_bare_terms_stand_for_the_subject_or_what_it_lies_in(text: str, subject: str, home: dict[str, str]) -> None:
    own = {subject: subject} if subject else {}
    assert bare_terms(text, subject, VOCABULARY) == own | home


def test_a_title_may_begin_with_the_short_name_of_a_district_named_in_the_text() -> None:
    assert find_subject(document("吴中区产值增长。", title="吴中再添一家孵化器"), VOCABULARY) == "吴中区"
    assert find_subject(document("产值增长。", title="吴中再添一家孵化器"), VOCABULARY) == ""


def test_the_country_in_the_name_of_an_issuer_is_no_subject() -> None:
    assert find_subject(document("产值增长。", title="节水法", source="全国人民代表大会"), VOCABULARY) == ""


def test_a_bare_term_is_a_park_under_any_form_of_its_name() -> None:
    assert bare_terms("开发区产值增长。", "西安经开区", VOCABULARY)["开发区"] == "西安经开区"


@pytest.mark.parametrize(
    ("title", "text", "subject"),
    [
        ("柳州产业推介会在武汉举行", "推介会吸引客商。", "柳州市"),  # not where it was held
        ("产业推介会在武汉举行", "推介会吸引客商。", "武汉市"),
        (
            "公司介绍",
            "星芒材料有限公司是一家新材料企业，位于武汉市。武汉市支持公司，武汉市出台政策。",
            "星芒材料有限公司",
        ),
        ("公司介绍", "星芒材料有限公司获武汉市嘉奖。武汉市支持企业，武汉市出台政策。", "武汉市"),
        (
            "奖励办法",
            "列入县财政预算，按照《昌平县办法》，报县委、县政府。迁入我县的企业享受奖励。",
            "",
        ),  # no such county
        ("奖励办法", "列入县财政预算，按照《柳河县办法》，报县委、县政府。迁入我县的企业享受奖励。", "柳河县"),
        (
            "奖励办法",
            "列入县财政预算，参照柳河县和梅河口市，报县委、县政府。迁入我县享受奖励。",
            "",
        ),  # of its neighbours
        ("奖励办法", "列入县财政预算，按照《柳河县办法》执行。", ""),  # once is not enough
        ("长江干线吞吐量增长", "长江干线港口吞吐量20亿吨。长江干线码头接收垃圾。长江干线畅通。", "长江干线"),
        ("长江干线吞吐量增长", "港口吞吐量20亿吨。", ""),
    ],
)
def test_what_a_text_is_about_where_no_place_leads(title: str, text: str, subject: str) -> None:
    assert find_subject(document(text, title), VOCABULARY) == subject
