"""Of several figures, dates and places near each other, the one asked for; and what is asked beside must be met."""

from __future__ import annotations

import pytest

from ragpark.engine import Engine

NOTES = """# 甲城资料

## 企业

2023年，园区新增三类医疗器械注册证88个、累计470个。园区规模以上工业总产值超3.2万亿元、位居全国第二。

2023年，园区签约亿元以上项目近700个、总投资超过5200亿元，其中50亿元以上项目10个。

2023年上半年，园区地区生产总值1800亿元。2023年，园区地区生产总值3686亿元，一般公共预算收入411.1亿元，同口径增幅6.1%。

## 合作

园区与张家港市于2019年3月8日签署战略合作协议。园区已在美国、英国建设了22个海外离岸创新中心。

## 数字

R&D经费2012年超过1万亿元，2019年超过2万亿元。2022年度的公报于2023年9月18日发布，2023年度的公报于2024年10月2日发布。

2023年，广东省R&D经费超过5200亿元；西藏自治区最少，R&D经费为7.2亿元。

## 招商

太仓某某科技招商有限公司2022年成立，注册资金1.57亿元。

## 材料科学姑苏实验室

实验室10年内建设资金总额200亿元。
"""


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({"资料.md": NOTES, "别的.md": "# 别的\n\n蓝桥软件股份有限公司牵头组建创新联合体。\n"})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("园区三类医疗器械注册证累计多少个", "470个"),
        ("2023年园区新增三类医疗器械注册证多少个", "88个"),
        ("园区规上工业总产值在全国排第几位", "位居全国第二"),
        ("园区规上工业总产值是多少", "超3.2万亿元"),
        ("2023年园区签约亿元以上项目总投资多少", "超过5200亿元"),
        ("2023年园区GDP", "3686亿元"),
        ("2023年上半年园区GDP", "1800亿元"),
        ("园区一般公共预算收入增长多少", "6.1%"),
        ("2023年园区一般公共预算收入", "411.1亿元"),
        ("R&D经费哪一年超过2万亿元", "2019年"),
        ("R&D经费哪一年超过1万亿元", "2012年"),
        ("2023年度的公报哪天发布", "2024年10月2日"),
        ("2022年度的公报哪天发布", "2023年9月18日"),
        ("2023年西藏R&D经费多少", "7.2亿元"),
        ("园区与张家港市哪天签署战略合作协议", "2019年3月8日"),
        ("姑苏实验室的建设资金总额是多少", "200亿元"),
    ],
)
def test_of_neighbouring_figures_the_one_asked_for_is_given(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert found.answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "园区与昆山市哪天签署战略合作协议",
        "园区在成都设立的离岸创新中心有多少个",
        "蓝桥软件的注册资本是多少",
        "苏州实验室的建设资金总额是多少",
        "西藏常住人口有多少",
    ],
)
def test_what_is_said_of_another_is_no_answer(engine: Engine, question: str) -> None:
    assert engine.ask(question).refused


def test_a_chunk_with_the_fact_asked_for_is_found_among_many_that_only_sound_alike(make_engine) -> None:  # type: ignore[no-untyped-def]
    others = {f"别处{n}.md": f"# 谈研发占比\n\n第{n}篇谈园区研发占比怎么看，占比变化说明什么。\n" for n in range(30)}
    told = {"年鉴.md": "# 概况\n\n2020年，园区研究与试验发展投入占地区生产总值的4.5%。\n"}
    engine = make_engine({**others, **told})
    legs = {hit.chunk.doc: hit.legs["fact"] for hit in engine.search("2020年园区研发占比")}
    assert legs.pop("年鉴.md") == 0.8
    assert set(legs.values()) == {0.0}
    assert engine.search("园区研发占比", k=3, doc="别处*")[0].legs["fact"] == 0.0  # not outside the filter
    assert engine.ask("2020年园区研发占比").answer == "4.5%"


@pytest.mark.parametrize("name", ["云澜园区", "石桥园区"])
def test_a_bare_park_is_not_one_that_has_a_name(make_engine, name: str) -> None:  # type: ignore[no-untyped-def]
    named = make_engine({"a.md": f"# 情况\n\n2023年，{name}上市企业27家。\n"})
    assert named.ask("园区2023年上市企业有多少家？").refused
    assert named.ask(f"{name}2023年上市企业有多少家？").answer == "27家"


def test_a_bare_park_is_the_one_that_a_text_calls_so(make_engine) -> None:  # type: ignore[no-untyped-def]
    bare = make_engine({"a.md": "# 情况\n\n2023年，园区上市企业27家。2023年，昆山上市企业31家。\n"})
    assert bare.ask("园区2023年上市企业有多少家？").answer == "27家"
    assert bare.ask("2023年园区和昆山上市企业有多少家？").answer == "园区2023年27家；昆山市2023年31家"
