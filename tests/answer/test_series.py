"""Several figures for one question: years, places, what is missing, what is computed, and documents that disagree."""

from __future__ import annotations

import pytest
from statement_fakes import LAKE, STONE, bare_library, cut_of, fact, sentences_of, supported, understood

from ragpark.answer.finding import Finding
from ragpark.answer.series import each_its_own
from ragpark.engine import Engine

EARLY = """# 苏州工业园区年鉴

## 概况

2020年，园区研发投入强度为4.5%。园区境内外上市企业累计45家。年末，园区高新技术企业1840家。苏州市研发投入强度为3.7%。
"""
LATE = """# 苏州工业园区2023年成绩单

发布日期：2024-04-11

2023年，园区研发投入强度为5.16%。2023年末，园区境内外上市企业累计66家，高新技术企业近2800家。2023年，苏州市研发投入强度为4.2%。

2023年，昆山市高新技术企业3100家。
"""
REVISED = """# 苏州工业园区上市企业统计

发布日期：2024-09-01

2023年末，园区境内外上市企业累计63家。2023年末，园区高新技术企业2780家。
"""


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({"年鉴2020.md": EARLY, "成绩单.md": LATE})


@pytest.mark.parametrize(("known", "kept"), [((), []), ((STONE,), [STONE])])
def test_one_figure_is_not_given_for_two_places(known: tuple[str, ...], kept: list[str]) -> None:
    (statement,) = sentences_of("2023年碧湖园区税收超过青石园区的379亿元。")
    cut = cut_of(statement, "379亿元")
    facts = [fact("税收", 379e8, "元", statement.text, "379亿元", entity=place) for place in known]
    query = understood("2023年碧湖园区和青石园区税收各是多少？")
    spans = ((supported(statement), ((cut.start, cut.end),)),)
    found = [Finding(query, cut.text, spans, 0.9, 2023, cut, place) for place in (LAKE, STONE)]
    assert [one.entity for one in each_its_own(bare_library(facts=facts), found)] == kept


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("园区上市企业2023年比2020年增长了多少", "2020年45家；2023年66家；计算：66 − 45 = 21家，增长46.7%"),
        ("园区历年上市企业数", "2020年45家；2023年66家"),
        ("园区上市企业2020年到2023年变化", "2020年45家；2023年66家；计算：66 − 45 = 21家，增长46.7%"),
        ("园区研发投入强度变化", "2020年4.5%；2023年5.16%；计算：5.16 − 4.5 = 0.66个百分点"),
        ("2023年园区和昆山高新技术企业有多少家", "苏州工业园区2023年近2800家；昆山市2023年3100家"),
        ("2023年苏州和园区研发投入强度各是多少", "苏州市2023年4.2%；苏州工业园区2023年5.16%"),
        ("园区2021年和2023年上市企业数", "2021年无数据；2023年66家"),
    ],
)
def test_each_figure_has_its_year_and_place(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert found.answer == answer


def test_a_computed_figure_is_told_apart_from_cited_ones(engine: Engine) -> None:
    found = engine.ask("园区上市企业2023年比2020年增长了多少")
    assert found.computed == "66 − 45 = 21家，增长46.7%"
    assert [c.quote[a:b] for c in found.citations for a, b in c.marks] == ["45家", "66家"]
    assert engine.ask("2023年园区上市企业数").computed == ""


def test_documents_that_disagree_are_both_shown_the_newer_first(make_engine) -> None:  # type: ignore[no-untyped-def]
    engine = make_engine({"年鉴2020.md": EARLY, "成绩单.md": LATE, "更正.md": REVISED})
    found = engine.ask("2023年园区境内外上市企业有多少家")
    assert (
        found.answer
        == "63家（《苏州工业园区上市企业统计》，2024-09-01）；66家（《苏州工业园区2023年成绩单》，2024-04-11）"
    )
    assert "不一致" in found.reason
    assert [c.doc for c in found.citations] == ["更正.md", "成绩单.md"]


def test_a_bounded_figure_agrees_with_the_exact_one(make_engine) -> None:  # type: ignore[no-untyped-def]
    """近2800家 and 2780家 are both true; neither is called a conflict."""
    engine = make_engine({"成绩单.md": LATE, "更正.md": REVISED})
    found = engine.ask("2023年园区高新技术企业有多少家")
    assert "不一致" not in found.reason
    assert found.answer in ("近2800家", "2780家")
