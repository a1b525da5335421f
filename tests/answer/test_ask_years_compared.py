"""A question for the change between two years: told as it stands, computed from both years, or refused; never one year's figure."""

from __future__ import annotations

import pytest
from engines import engine_over
from statement_fakes import understood

from ragpark.engine import Engine
from ragpark.retrieve.side_by_side import years_compared

EARLIER = """---
date: 2023-02-10
---
# 碧湖园区2022年统计公报

2022年末，碧湖园区研发人员687人，泵站41座，公交车30辆，绿化率达到41.5%。
"""
LATER = """---
date: 2024-02-10
---
# 碧湖园区2023年统计公报

2023年末，碧湖园区研发人员816人，泵站52座，绿化率达到43%，桥梁9座，公交线路12条，税收比上年增长5.5%。全年新增绿地8公顷，比上年多3公顷。
"""


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("碧湖园区2023年泵站比前一年多了几座？", (2022, 2023)),
        ("2023年碧湖园区泵站比2021年多几座？", (2021, 2023)),
        ("2023年碧湖园区泵站比上年少了多少座？", (2022, 2023)),
        ("2023年碧湖园区产值比上年增长多少？", ()),  # a rate that texts give themselves
        ("2023年6月碧湖园区泵站比上年多几座？", ()),  # a part of the year
        ("碧湖园区泵站有多少座？", ()),
        ("2022年和2023年碧湖园区泵站分别增加多少座？", ()),  # each is asked
    ],
)
def test_the_years_that_a_change_lies_between(question: str, years: tuple[int, ...]) -> None:
    assert years_compared(understood(question)) == years


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    files = {"公报2022.md": EARLIER, "公报2023.md": LATER}
    return engine_over(tmp_path_factory.mktemp("years"), files, encoder_class)


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("碧湖园区2023年的研发人员比前一年多了几个？", "816 − 687 = 129人"),
        ("2023年碧湖园区泵站比2022年多出来多少座？", "52 − 41 = 11座"),
        ("2023年碧湖园区泵站比上一年多了几座？", "52 − 41 = 11座"),
    ],
)
def test_what_lies_between_two_years_is_computed_from_both(engine: Engine, question: str, computed: str) -> None:
    answer = engine.ask(question)
    assert computed in answer.answer
    assert {citation.doc for citation in answer.citations} == {"公报2022.md", "公报2023.md"}


def test_what_the_text_tells_itself_is_not_computed(engine: Engine) -> None:
    answer = engine.ask("2023年碧湖园区新增绿地比上年多多少公顷？")
    assert "3公顷" in answer.answer
    assert not answer.computed


def test_one_year_of_two_is_no_answer_and_the_missing_one_is_named(engine: Engine) -> None:
    bridges = engine.ask("2023年碧湖园区桥梁比上年多几座？")
    assert bridges.refused
    assert bridges.reason == "库中没有2022年的数据；最接近的是2023年9座"


def test_of_a_share_the_points_between_two_years_are_told(make_engine) -> None:  # type: ignore[no-untyped-def]
    files = {
        "公报2022.md": "# 苏州工业园区2022年公报\n\n2022年，园区R&D占比4.9%。\n",
        "公报2023.md": "# 苏州工业园区2023年公报\n\n2023年，园区R&D占比5.16%。\n",
    }
    assert "5.16 − 4.9 = 0.26个百分点" in make_engine(files).ask("2023年园区R&D占比比上年提高了多少？").answer


def test_of_two_places_in_two_units_none_is_said_to_have_more(make_engine) -> None:  # type: ignore[no-untyped-def]
    files = {
        "甲.md": "# 碧湖镇简介\n\n2023年，碧湖镇茶园面积5400亩。\n",
        "乙.md": "# 青石镇简介\n\n2023年，青石镇茶园面积168平方公里。\n",
    }
    answer = make_engine(files).ask("2023年碧湖镇和青石镇哪个镇茶园面积大？")
    assert "比较" not in answer.answer
    assert not answer.refused or "5400亩" in answer.reason


def test_a_rate_is_no_sum(engine: Engine) -> None:
    assert "5.5%" in engine.ask("2023年碧湖园区税收比上年增长多少？").answer
    assert engine.ask("2023年碧湖园区税收比上年增长了多少亿元？").refused


def test_figures_of_two_sorts_have_nothing_between_them(engine: Engine) -> None:
    assert engine.ask("2023年碧湖园区公交比2022年多多少？").refused
