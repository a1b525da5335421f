"""Documents that disagree: by date, time of the year, plan and result, bounds, scale, and within one document."""

from __future__ import annotations

import pytest

from ragpark.engine import Engine

DOCUMENTS = {
    "简报.txt": "发布日期：2024-01-10\n苏州工业园区2023年简报\n截至2023年底，园区累计境内外上市企业66家。2023年上半年，园区地区生产总值1800亿元。"
    "2023年，园区高新技术企业近2800家。到2023年底，园区瞪羚企业目标为1000家。2023年，园区技术合同成交额100亿元。\n",
    "公报.txt": "发布日期：2024-03-01\n苏州工业园区统计公报\n截至2023年底，园区累计境内外上市企业60家。2023年，园区地区生产总值3686亿元。"
    "2023年，园区高新技术企业2789家。2023年，园区瞪羚企业900家。2023年，园区技术合同成交额1000000万元。\n",
    "汇编.txt": "苏州工业园区资料汇编\n截至2023年底，园区累计境内外上市企业58家。2020年，园区境内外上市企业45家。\n",
    "手册.txt": "发布日期：2024-02-01\n苏州工业园区手册\n2023年，园区独角兽企业12家。另一处统计显示，2023年园区独角兽企业15家。\n",
}


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({**DOCUMENTS, "公报副本.txt": DOCUMENTS["公报.txt"]})


def test_three_values_stand_with_their_sources_the_newer_first_the_undated_last(engine: Engine) -> None:
    found = engine.ask("2023年园区上市企业有多少家")
    assert found.answer == (
        "60家（《苏州工业园区统计公报》，2024-03-01）；66家（《苏州工业园区2023年简报》，2024-01-10）；58家（《苏州工业园区资料汇编》，日期不明）"
    )
    assert "不一致" in found.reason
    assert found.citations[0].also == ("公报副本.txt",)  # the same text under two names is one source


def test_a_course_shows_every_value_of_a_year_and_computes_nothing_from_them(engine: Engine) -> None:
    found = engine.ask("园区上市企业数2020年和2023年对比")
    assert found.answer.startswith("2020年45家；2023年60家（《苏州工业园区统计公报》，2024-03-01）；66家（")
    assert found.computed == ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2023年园区GDP", "3686亿元"),  # the half year's is no rival
        ("2023年园区高新技术企业数量", "2789家"),  # agrees with 近2800家
        ("2023年园区瞪羚企业有多少家", "900家"),  # a plan is no rival of what was reached
    ],
)
def test_what_can_both_be_true_is_no_conflict(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert (found.answer, found.reason) == (answer, "")


def test_the_same_amount_in_another_scale_is_no_conflict(engine: Engine) -> None:
    found = engine.ask("2023年园区技术合同成交额")
    assert found.reason == ""
    assert len(found.citations) == 2


def test_one_document_may_contradict_itself(engine: Engine) -> None:
    found = engine.ask("2023年园区独角兽企业数量")
    assert {"12家", "15家"} == {c.quote[a:b] for c in found.citations for a, b in c.marks}
    assert "不一致" in found.reason
