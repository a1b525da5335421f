"""What a question asks: kind, units, years, parts. Expected values are a careful reader's."""

from __future__ import annotations

import pytest
from park_fakes import park_vocabulary

from ragpark.retrieve.filters import Filter
from ragpark.retrieve.kinds import ANY, DATE, DEFINITION, FIGURE, LIST, NAME, PERSON, PLACE, REASON, kind_of
from ragpark.retrieve.query import Query, restrict, understand
from ragpark.retrieve.units import units_of
from ragpark.zh import Segmenter
from ragpark.zh.tagger import LacTagger

VOCABULARY = park_vocabulary()
SEGMENTER = Segmenter(VOCABULARY.words())


def named_units(indicator: str) -> tuple[str, ...]:
    """The units that the vocabulary gives the indicator: what a question that names no unit is answered in."""
    return next(item.units for item in VOCABULARY.indicators if item.name == indicator)


def understood(question: str, **given: object) -> Query:
    return understand(question, SEGMENTER, VOCABULARY, lambda token: 1.0, today="2026-11-22", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("2023年园区R&D占比", FIGURE),
        ("园区有多少家高新技术企业？", FIGURE),
        ("2023年园区高层次人才总量", FIGURE),
        ("东关街有多长？", FIGURE),
        ("园区在全国排名第几？", FIGURE),
        ("园区哪一年成立的？", DATE),
        ("协议是哪天签署的？", DATE),
        ("会议中心什么时候落成？", DATE),
        ("苏州市商务局局长是谁？", PERSON),
        ("园区管委会主任", PERSON),
        ("新校区位于什么地方？", PLACE),
        ("有哪些上市企业？", LIST),
        ("“一廊一园一港”指什么？", LIST),
        ("要形成哪4个万亿级产业？", LIST),
        ("三大新兴产业是什么？", LIST),
        ("申请人要满足什么条件", LIST),
        ("哪几类企业可以申请", LIST),
        ("为什么要科技招商？", REASON),
        ("保险产品叫什么？", NAME),
        ("什么是研发投入强度？", DEFINITION),
        ("颜料溶于汽油吗？", ANY),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_a_bare_indicator_asks_for_its_figure_in_its_unit() -> None:
    query = understood("园区2023年GDP")
    assert (query.kind, query.years, query.indicators) == (FIGURE, (2023,), ("地区生产总值",))
    assert query.units == named_units("地区生产总值")


@pytest.mark.parametrize(
    ("question", "first", "among"),
    [
        ("有多少家企业", "家", "户"),
        ("R&D占比是多少", "%", "百分点"),
        ("注册资金多少", "元", "美元"),
        ("录用了多少人", "人", "名"),
        ("片区有多大？", "平方米", "平方公里"),
        ("水库蓄水多少万立方米？", "立方米", "立方米"),
        ("工厂用电多少千瓦时？", "千瓦时", "千瓦时"),
    ],
)
def test_units_follow_the_question(question: str, first: str, among: str) -> None:
    units = units_of(question)
    assert units[0] == first
    assert among in units


def test_years_places_and_indicators_are_understood() -> None:
    query = understood("2020年与2023年昆山的研发投入强度对比")
    assert query.years == (2020, 2023)
    assert query.entities == ("昆山市",)
    assert query.indicators == ("研发投入占GDP比重",)
    assert query.series


def test_all_names_of_an_indicator_are_one() -> None:
    names = {
        understood(text).indicators
        for text in ("R&D占比", "研发投入强度", "科学研究与试验发展投入占地区生产总值的比重", "研发经费占GDP的比例")
    }
    assert names == {("研发投入占GDP比重",)}


def test_a_place_inside_another_name_is_not_the_place_asked_about() -> None:
    assert understood("苏州纳米城入驻企业多少家？").entities == ()
    assert understood("苏州入驻企业多少家？").entities == ("苏州市",)


@pytest.mark.parametrize(
    ("question", "scope", "years"),
    [
        ("园区高新技术企业", Filter((2023, 2023)), (2023,)),
        ("2020年园区高新技术企业", Filter((2023, 2023)), (2020,)),  # what is asked stays what is asked
        ("园区高新技术企业", Filter((2020, 2023)), ()),
        ("园区高新技术企业", Filter(doc="年鉴*"), ()),
    ],
)
def test_a_question_without_a_year_asks_about_the_year_of_its_filter(
    question: str, scope: Filter, years: tuple[int, ...]
) -> None:
    query = understood(question, scope=scope)
    assert (query.years, query.scope) == (years, scope)


def test_restrict_leaves_one_year_and_no_series() -> None:
    query = restrict(understood("2020年和2023年R&D占比对比"), 2020)
    assert (query.years, query.series) == ((2020,), False)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("技术交易合同额比上一年涨了多少", {"技术": True, "交易": True, "合同": True}),
        ("企业骗到证书会被罚多少钱", {"企业": True, "骗到": False, "证书": True}),
    ],
)
def test_nouns_are_told_from_other_words_and_what_is_no_word_is_left_out(question: str, named: dict[str, bool]) -> None:
    known = lambda token: token != "w:额比"  # noqa: E731
    assert {term.word: term.named for term in understood(question, tagger=LacTagger(), known=known).terms} == named


def test_the_words_of_a_year_and_of_asking_are_no_terms() -> None:
    words = {term.word for term in understood("2023年园区有多少家高新技术企业？").terms}
    assert "高新技术企业" in words
    assert not words & {"2023", "2023年", "多少", "家", "有"}


def test_several_values_asked_at_once_are_marked() -> None:
    assert understood("男子和女子的收入分别是多少？").several
    assert not understood("男子的收入是多少？").several


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("工业总产值在全国排第几位", ("位", "名", "届")),
        ("小巨人企业数量全国排名", ("位", "名", "届")),
        ("2023年知识产权质押融资笔数", ("笔",)),
        ("一般公共预算收入增长多少", ("%", "百分点", "‰", "倍")),
        ("2023年GDP同比增长了多少", ("%", "百分点", "‰", "倍")),
        # these are left alone
        ("城乡居民收入比是多少", ()),
        ("实施了多少产学研项目", ()),  # 产 is no unit
    ],
)
def test_ranks_rates_and_counts_are_asked_for_in_their_units(question: str, units: tuple[str, ...]) -> None:
    assert units_of(question) == units


@pytest.mark.parametrize("question", ["高新技术企业增加了多少家", "营业收入增长到多少亿元"])
def test_an_amount_is_no_rate(question: str) -> None:
    assert "%" not in units_of(question)


@pytest.mark.parametrize(
    ("question", "joint", "compared"),
    [
        ("园区与昆山市哪天签署战略合作协议", True, ()),
        ("园区在成都设立的离岸创新中心有多少个", True, ()),
        ("园区和昆山的高新技术企业有多少家", False, ("苏州工业园区", "昆山市")),
        ("苏州市的园区有多少家企业", False, ()),
        ("园区有多少家企业", False, ()),
    ],
)
def test_places_that_deal_with_each_other_are_not_compared(
    question: str, joint: bool, compared: tuple[str, ...]
) -> None:
    query = understood(question)
    assert (query.joint, query.compared) == (joint, compared)


@pytest.mark.parametrize(
    ("question", "organisation"),
    [
        ("甲州实验室的建设资金总额", "甲州实验室"),
        ("2020年底甲州纳米城入驻企业", "甲州纳米城"),
        ("园区国家重点实验室有几家", ""),
        ("高等学校R&D经费", ""),
        ("园区有多少家高新技术企业", ""),
    ],
)
def test_an_organisation_named_is_noticed_a_kind_of_them_is_not(question: str, organisation: str) -> None:
    assert understood(question).organisation == organisation


def test_recent_years_of_a_question_are_left_to_the_documents() -> None:
    assert understood("近五年实施了多少产学研项目").years == ()
    assert understood("2021—2023年实施了多少产学研项目").years == (2021, 2022, 2023)


def test_a_latin_name_ends_before_a_year() -> None:
    query = understood("杭州GDP 2021到2023年的变化")
    assert query.indicators == ("地区生产总值",)
    assert query.years == (2021, 2022, 2023)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("碧溪园区哪一年设立？", ["碧溪", "园区", "设立"]),
        ("碧溪园区哪一天揭牌？", ["碧溪", "园区", "揭牌"]),
        ("碧溪园区住户数是多少？", ["碧溪", "园区", "住户"]),
        ("碧溪园区展馆数有多少？", ["碧溪", "园区", "展馆"]),
        ("碧溪园区有几座桥梁？", ["碧溪", "园区", "桥梁"]),
        ("请列出碧溪园区的码头", ["碧溪", "园区", "码头"]),
        ("碧溪园区到底有多少码头", ["碧溪", "园区", "码头"]),
        ("碧溪园区现行规划是什么", ["碧溪", "园区", "规划"]),
        ("碧溪园区哪个码头没有泊位", ["碧溪", "园区", "码头", "泊位"]),
    ],
)
def test_words_that_only_ask_are_no_content(question: str, words: list[str]) -> None:
    held = [term.word for term in understood(question).terms]
    # the segmenter may cut a noun otherwise (`住户` or `住户数`): each is met by a beginning
    assert len(held) == len(words) and all(one.startswith(other) for one, other in zip(held, words, strict=True))


def test_a_word_that_only_narrows_and_that_no_document_holds_is_dropped() -> None:
    assert [t.word for t in understood("最高的码头", known=lambda token: token != "w:最高").terms] == ["码头"]
    assert [t.word for t in understood("最高的码头").terms] == ["最高", "码头"]


def test_how_many_there_are_only_narrows() -> None:
    unheard = lambda token: token not in ("w:四个", "w:一家")  # noqa: E731
    words = {t.word for t in understood("四个码头里哪个最大", known=unheard).terms}
    assert "码头" in words and "四个" not in words
    assert "一家" in {t.word for t in understood("北岸码头一家有几名职工", known=unheard).terms}  # that one alone


def test_when_a_figure_was_told_is_not_the_part_of_the_year_it_is_of() -> None:
    assert understood("2023年5月18日公布的运价是多少").part == ""
    assert understood("2023年5月的运价是多少").part == "5月"


@pytest.mark.parametrize(
    ("question", "rate"),
    [
        ("碧溪区进出口总额上涨多少", True),  # a change of an amount, no unit named: in percent
        ("碧溪区进出口总额下滑了多少", True),
        ("碧溪区进出口总额同比提高多少", True),
        ("碧溪区企业增加了多少家", False),  # a number of firms
        ("碧溪区进出口总额是多少", False),
    ],
)
def test_a_change_without_a_unit_is_asked_in_percent(question: str, rate: bool) -> None:
    assert ("%" in units_of(question)) is rate


@pytest.mark.parametrize(
    ("question", "target"),
    [
        ("2030年碧溪区企业目标是多少", True),
        ("2030年碧溪区有望建成学校多少所", True),
        ("碧溪区计划引进人才多少人", True),
        ("碧溪区规划面积多少", False),  # the size of a planned area is no aim
        ("碧溪区双创计划人才多少人", False),  # the name of a scheme
    ],
)
def test_a_question_for_an_aim(question: str, target: bool) -> None:
    assert understood(question).target is target


def test_an_indicator_asks_for_its_figure_only_where_nothing_else_asks() -> None:
    assert understood("园区高新技术企业").kind == FIGURE
    assert understood("园区高新技术企业可以免租吗？").kind == ANY


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年博物馆有多少座", ("博物馆数",)),  # a name that alone means it
        ("博物馆几点开门", ()),
    ],
)
def test_the_indicators_of_a_question(question: str, expected: tuple[str, ...]) -> None:
    assert understood(question, tagger=LacTagger()).indicators == expected


@pytest.mark.parametrize(("held", "known"), [({"肥", "东", "肥东"}, True), ({"肥", "东"}, False), ({"w:肥东县"}, True)])
def test_a_place_is_known_under_any_of_its_names(held: set[str], known: bool) -> None:
    vocabulary = VOCABULARY.at_home({"肥东县": "肥东县"})
    query = understand("肥东的产值", SEGMENTER, vocabulary, lambda token: 1.0, held.__contains__, today="2026-11-22")
    assert [term.known for term in query.terms if term.place] == [known]
