from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ragpark.errors import ConfigError
from ragpark.zh import Vocabulary, load_vocabulary
from ragpark.zh.fold import squeeze
from ragpark.zh.units import base_unit
from ragpark.zh.wording import rx

BUILTIN = load_vocabulary()


def indicators(text: str, vocabulary: Vocabulary = BUILTIN) -> list[tuple[str, str]]:
    folded = squeeze(text)
    return [(folded[start:end], item.name) for start, end, item in vocabulary.find_indicators(folded)]


def entities(text: str, vocabulary: Vocabulary = BUILTIN) -> list[str]:
    return [item.name for _, _, item in vocabulary.find_entities(squeeze(text))]


@pytest.mark.parametrize(
    "wording",
    [
        "R&D占比", "Ｒ＆Ｄ投入占比", "研发投入强度", "科学研究与试验发展投入占地区生产总值的比重", "研究与试验发展(R&D)投入占GDP比重",
        "研发经费投入相当于GDP", "R&D经费与国内生产总值之比", "科學研究與試驗發展投入佔地區生產總值的比重",
    ],
)  # fmt: skip
def test_all_wordings_of_one_indicator_are_known(wording: str) -> None:
    assert [name for _, name in indicators(f"2023年园区{wording}是")] == ["研发投入占GDP比重"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("地区生产总值3686亿元", [("地区生产总值", "地区生产总值")]),
        ("人均GDP", [("人均gdp", "人均GDP")]),  # the longer name hides the shorter
        ("潜在独角兽企业49家", [("潜在独角兽企业", "潜在独角兽企业数")]),
        ("授权发明专利和有效发明专利", [("授权发明专利", "发明专利授权数"), ("有效发明专利", "有效发明专利数")]),
        ("科技上市企业33家", [("科技上市企业", "科技上市企业数")]),
        ("孵化器内在孵企业", [("孵化器", "科技企业孵化器数"), ("在孵企业", "在孵企业数")]),
        ("空气质量优良天数比率", [("空气质量优良天数比率", "空气质量优良率")]),
        ("今天天气好", []),
        ("", []),
    ],
)
def test_indicators_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert indicators(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云桥县CPI涨幅", [("cpi", "居民消费价格指数")]),
        ("一产增加值与二产投资", [("一产增加值", "第一产业增加值"), ("二产投资", "第二产业投资")]),
        ("规上工业产销率", [("规上工业产销率", "工业产品销售率")]),
        ("社零总额、限上社零额", [("社零总额", "社会消费品零售总额"), ("限上社零额", "限额以上社会消费品零售额")]),
        ("这一年打了多少粮食", [("打了多少粮食", "粮食产量")]),
        ("经济增速是多少", [("经济", "地区生产总值")]),
        ("建筑业企业共完成总产值9亿元", [("建筑业企业共完成总产值", "建筑业总产值")]),
        ("全县民营经济实现增加值9亿元", [("民营经济实现增加值", "民营经济增加值")]),
        ("外资企业完成投资9亿元", [("外资企业", "外资企业数")]),
        ("工业用电量", [("工业用电量", "工业用电量")]),  # a part of what the whole of society uses
        ("城镇登记失业率", [("城镇登记失业率", "城镇登记失业率")]),  # not the surveyed one
        ("婴儿死亡率", [("婴儿死亡率", "婴儿死亡率")]),  # not that of all people
        ("产粮大县的经济林", []),
        ("公共图书馆几点开门", []),
    ],
)
def test_indicators_of_a_bulletin(text: str, expected: list[tuple[str, str]]) -> None:
    assert indicators(text) == expected


@pytest.mark.parametrize(
    ("phrase", "unit", "kind", "expected"),
    [
        ("粮食", "吨", "level", "粮食产量"),
        ("粮食", "亩", "level", "粮食播种面积"),
        ("粮食", "元", "level", ""),
        ("粮食", "%", "growth", ""),  # of the harvest or of the fields
        ("全年粮食", "吨", "level", "粮食产量"),
        ("一产", "元", "level", "第一产业增加值"),
        ("第一产业", "%", "growth", "第一产业增加值"),
        ("第一产业", "人", "level", ""),
        ("新生儿", "", "level", "出生人口"),  # no unit told, and one measure of that name
        ("粮食", "", "level", ""),
        ("物价", "%", "growth", "居民消费价格指数"),
        ("博物馆", "座", "level", "博物馆数"),
        ("外资企业研发投入", "元", "level", ""),
    ],
)
def test_what_a_phrase_is_as_a_whole(phrase: str, unit: str, kind: str, expected: str) -> None:
    assert BUILTIN.standard(phrase, unit, kind) == expected
    assert BUILTIN.at_home({"全县": "云桥县"}).standard(phrase, unit, kind) == expected


def test_latin_names_are_met_as_whole_words_only() -> None:
    assert indicators("agdp1") == []
    assert entities("gossip") == []
    assert entities("SIP的") == ["苏州工业园区"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("苏州工业园区在苏州", ["苏州工业园区", "苏州市"]),
        ("园区2023年，全市", []),  # whose, only its document says
        ("產業轉移到蘇州工業園區", ["苏州工业园区"]),
        ("一个科技园区、产业园区和软件园区", []),  # a kind of park
        ("全国平均水平", ["全国"]),
        ("居全国前列，全国首个", []),  # a rank, not the country's figure
        ("武汉东湖新技术开发区又称中国光谷", ["东湖高新区", "东湖高新区"]),
        ("江苏省苏州市昆山高新区", ["江苏省", "苏州市", "昆山高新区"]),
        ("苏州大学、南京银行、上海路", []),  # part of another name
        ("黄河南岸", []),
        ("上海路演", ["上海市"]),
    ],
)
def test_entities_in_a_text(text: str, expected: list[str]) -> None:
    assert entities(text) == expected


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("苏州市", "昆山市", True),
        ("江苏省", "昆山高新区", True),  # over two steps
        ("昆山市", "昆山市", True),
        ("昆山市", "苏州市", False),
        ("苏州市", "没有这个地方", False),
        ("苏州市", "", False),
    ],
)
def test_covers(outer: str, inner: str, expected: bool) -> None:
    assert BUILTIN.covers(outer, inner) is expected


def test_synonyms_are_folded_and_contain_the_word_itself() -> None:
    assert {"gdp", "地区生产总值"} <= BUILTIN.same("ＧＤＰ")
    assert BUILTIN.same("昆虫") == {"昆虫"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人均", "平均"),
        ("局长", "书记"),
        ("目标", "到"),
        ("发明专利", "专利"),
        ("占地面积", "建筑面积"),
        ("融资", "授信"),
        ("录用", "引进"),
    ],
)
def test_words_of_different_meaning_are_no_synonyms(one: str, other: str) -> None:
    assert other not in BUILTIN.same(one)


def test_no_name_stands_for_two_things() -> None:
    for items in (BUILTIN.indicators, BUILTIN.entities):
        names = Counter(name for item in items for name in {squeeze(name) for name in (item.name, *item.aliases)})
        assert [name for name, count in names.items() if count > 1] == []


def test_every_place_lies_in_a_known_one() -> None:
    assert all(BUILTIN.entity(entity.within) for entity in BUILTIN.entities if entity.within)
    assert [entity.name for entity in BUILTIN.entities if not entity.within] == ["全国"]


def test_every_unit_of_an_indicator_is_one_that_numbers_come_in() -> None:
    units = {unit for item in BUILTIN.indicators for unit in item.units}
    assert {unit for unit in units if base_unit(unit)[0] != unit or not rx("{unit}").fullmatch(unit)} == {"比"}
    assert all(item.units for item in BUILTIN.indicators)


def test_every_name_is_found_by_itself() -> None:
    for indicator in BUILTIN.indicators:
        for name in (indicator.name, *indicator.aliases):
            assert [found for _, found in indicators(name)] == [indicator.name], name
    for entity in BUILTIN.entities:
        assert entities(entity.name) == [entity.name] or entity.patterns


def test_words_for_the_segmenter_are_chinese_and_sorted() -> None:
    words = BUILTIN.words()
    assert list(words) == sorted(set(words))
    assert "研发" in words and "GDP" not in words and "占" not in words


def test_a_users_file_adds_to_an_indicator_and_replaces_an_entity(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        """
short = [["专利密度", "专密"]]
[[synonyms]]
words = ["专利密度", "万人专利"]
[[indicator]]
name = "研发投入占GDP比重"
aliases = ["科研强度"]
[[indicator]]
name = "专利密度"
patterns = ['每.人专利']
units = ["件"]
[[entity]]
name = "苏州市"
aliases = ["姑苏城"]
kind = "市"
""",
        encoding="utf-8",
    )
    vocabulary = load_vocabulary([path])
    assert indicators("科研强度与R&D占比", vocabulary) == [
        ("科研强度", "研发投入占GDP比重"),
        ("r&d占比", "研发投入占GDP比重"),
    ]
    assert indicators("每万人专利数", vocabulary) == [("每万人专利", "专利密度")]
    assert indicators("云桥县专密", vocabulary) == [("专密", "专利密度")]
    assert entities("姑苏城外", vocabulary) == ["苏州市"]
    assert entities("苏州", vocabulary) == []
    assert "万人专利" in vocabulary.same("专利密度")
    assert vocabulary.fingerprint != BUILTIN.fingerprint


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("= 1", "无法解析"),
        ("[[synonym]]\nwords = ['a']", "没有“synonym”这个键"),
        ("[synonyms]\nwords = ['a']", "synonyms：应为列表"),
        ("[[synonyms]]\nwords = []", "words：列表不能为空"),
        ("[[synonyms]]\nwords = ['a']\n[[synonyms]]\nwords = 'ab'", "synonyms\\[1\\].words：应为列表，却是文字"),
        ("[[indicator]]\naliases = ['a']", "indicator\\[0\\]：缺少“name”"),
        ("[[indicator]]\nname = 'a'\nalias = ['b']", "没有“alias”这个键"),
        ("[[indicator]]\nname = 'a'\npatterns = ['(']", "不是正确的正则表达式"),
        ("[[entity]]\nname = 'a'\nfounded = '1994'", "founded：应为整数，却是文字"),
        ("[[entity]]\nname = 'a'\nwithin = 3", "within：应为文字，却是整数"),
    ],
)
def test_a_mistake_in_a_users_file_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "我的词表.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=complaint) as caught:
        load_vocabulary([path])
    assert "我的词表.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"没有.toml 读不到"):
        load_vocabulary([tmp_path / "没有.toml"])


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="无法解析"):
        load_vocabulary([path])


def test_an_empty_vocabulary_finds_nothing() -> None:
    empty = Vocabulary((), (), (), "0")
    assert empty.find_indicators("园区gdp") == empty.find_entities("园区gdp") == []
    assert empty.words() == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("西安高新区和西安市", ["西安高新区", "西安市"]),
        ("合肥经济技术开发区的企业", ["合肥经开区"]),
        ("云澜园区与石桥新区", []),  # no place in them: a tagger tells such names, see `at_home`
        ("河南省开发区", ["河南省"]),  # those of a province, no single one
        ("全省开发区、各产业园区", []),
        ("大理州和恩施州", ["大理白族自治州", "恩施土家族苗族自治州"]),
    ],
)
def test_zones_are_met_by_their_form(text: str, expected: list[str]) -> None:
    assert entities(text) == expected


def test_a_zone_lies_in_the_place_it_is_named_after() -> None:
    found = BUILTIN.entity("西安高新区")
    assert found is not None
    assert (found.name, found.kind, found.within) == ("西安高新区", "园区", "西安市")
    assert BUILTIN.covers("陕西省", "西安高新区") and not BUILTIN.covers("西安高新区", "西安市")
    assert BUILTIN.entity("云澜园区") is None  # a name without a place says nothing of where it lies


def test_bare_terms_mean_what_they_are_bound_to() -> None:
    own = BUILTIN.at_home({"全市": "阜阳市", "园区": "云澜园区"})
    assert entities("全市和园区", own) == ["阜阳市", "云澜园区"]
    assert entities("云澜园区与石桥新区", own) == ["云澜园区"]  # what a text is at home in is met by its full name
    assert entities("全省、产业园区、全市场", own) == []  # not bound, a kind of park, another word
    assert entities("全市和园区") == []  # the vocabulary itself stays as it was


def test_another_home_replaces_the_first() -> None:
    own = BUILTIN.at_home({"全市": "阜阳市"}, ("海陵中学",)).at_home({"全市": "绵阳市"})
    assert entities("全市与海陵中学", own) == ["绵阳市"]


def test_a_document_knows_its_own_name_and_its_districts_short_one() -> None:
    own = BUILTIN.at_home({"全区": "海淀区"}, ("星芒材料有限公司", "海淀区"))
    assert entities("海淀发展，星芒材料有限公司在海淀大学路", own) == ["海淀区", "星芒材料有限公司"]
    assert entities("海淀发展") == []


def test_names_that_overlap_give_the_longer() -> None:
    assert entities("苏州工业园区苏州市") == ["苏州工业园区", "苏州市"]
    assert entities("浦东新区") == ["浦东新区"]


@pytest.mark.parametrize(
    ("text", "expected"), [("来澜城投资兴业", []), ("由两家出资兴建", []), ("资兴的企业有30家", ["资兴市"])]
)
def test_a_short_name_across_two_words_is_not_met(text: str, expected: list[str]) -> None:
    assert [entity.name for _, _, entity in load_vocabulary().find_entities(text)] == expected


def test_a_term_bound_to_itself_is_met_alone_and_in_no_longer_name() -> None:
    bound = load_vocabulary().at_home({"园区": "园区", "云澜园区": "云澜园区"})
    assert bound.unnamed == {"园区": "园区"}
    found = [entity.name for _, _, entity in bound.find_entities("园区、产业园区与云澜园区")]
    assert found == ["园区", "云澜园区"]


def test_names_of_parks_that_are_equal_by_form() -> None:
    assert BUILTIN.park_names("云澜国家级经济技术开发区")[:2] == ("云澜经开区", "云澜经济技术开发区")
    assert BUILTIN.park_names("云澜高新技术开发区")[0] == BUILTIN.park_names("云澜高新区")[0] == "云澜高新区"
    assert BUILTIN.park_names("国家高新区") == ("国家高新区",)  # a kind
    assert BUILTIN.park_names("云澜园区") == ("云澜园区",)
    own = BUILTIN.at_home({}, ["云澜经济技术开发区"])
    assert entities("雲瀾經濟技術開發區、云澜经开区和云澜经济开发区", own) == ["云澜经开区"] * 3


def test_all_names_of_a_place() -> None:
    named = {name: BUILTIN.entity(name) for name in ("福建省", "肥东县", "长阳土家族自治县")}
    assert {name: BUILTIN.names_of(place) for name, place in named.items() if place} == {
        "福建省": ("福建省", "福建"),
        "肥东县": ("肥东县", "肥东"),
        "长阳土家族自治县": ("长阳土家族自治县", "长阳县", "长阳"),
    }


def test_a_bare_kind_of_park_beside_a_place_is_of_that_place() -> None:
    home = BUILTIN.at_home({"高新区": "西安高新区", "园区": "苏州工业园区"})
    for question, expected in (
        ("高新区的企业", ["西安高新区"]),
        ("西安市和高新区的企业", ["西安市", "西安高新区"]),
        ("绵阳市和高新区的企业", ["绵阳市"]),
        ("绵阳市和园区的企业", ["绵阳市", "苏州工业园区"]),
    ):
        assert entities(question, home.beside(question)) == expected
    unnamed = BUILTIN.at_home({"园区": "园区"})
    assert entities("绵阳市的园区", unnamed.beside("绵阳市的园区")) == ["绵阳市"]
    assert entities("绵阳市和园区", unnamed.beside("绵阳市和园区")) == ["绵阳市", "园区"]


def test_a_division_is_met_by_its_short_name_behind_the_place_it_lies_in() -> None:
    for question, expected in (
        ("宜昌秭归有几个码头", ["宜昌市", "秭归县"]),
        ("秭归有几个码头", []),
        ("黄石秭归有几个码头", ["黄石市"]),  # it lies elsewhere
    ):
        assert entities(question, BUILTIN.beside(question)) == expected


@pytest.mark.parametrize(
    ("form", "park"),
    [
        ("云澜开发区", "云澜经开区"),
        ("云澜园区", "云澜经开区"),
        ("石桥开发区", ""),  # two have it in their names
        ("明波开发区", ""),
    ],
)
def test_a_park_called_by_a_shorter_form_is_the_one_a_document_names(form: str, park: str) -> None:
    parks = ("云澜经济技术开发区", "石桥经济技术开发区", "石桥高新技术产业开发区")
    own = BUILTIN.at_home({}, parks).with_parks((), (form,))
    assert [entity.name for _, _, entity in own.find_entities(f"{form}有多大")] == ([park] if park else [])


def test_a_park_that_no_document_names_is_one_of_its_own() -> None:
    own = BUILTIN.at_home({}, ("云澜经济技术开发区",)).with_parks(("明波园区",), ("明波园区",))
    assert [entity.name for _, _, entity in own.find_entities("明波园区有多大")] == ["明波园区"]
