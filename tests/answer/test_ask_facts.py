"""Facts first: a figure the index holds for just what is asked, orders among figures, rows of tables, codes, versions."""

from __future__ import annotations

import pytest
from engines import engine_over

from ragpark.answer.scorer import load_scorer
from ragpark.answer.settled import SETTLED as SETTLED_BY_FACTS
from ragpark.engine import Engine

REPORT = """# 碧湖园区运行情况

2021年，碧湖园区用水量为310万吨。2022年，碧湖园区用水量为355万吨。2023年，碧湖园区用水量为342万吨。

2023年7月，碧湖园区用水量为31万吨。2023年第四季度，碧湖园区用水量为88万吨。

2023年，青石园区用水量为401万吨。2023年，碧湖园区公有企业6家，非公企业52家。

碧湖园区报修热线：0555-4128800，坐席6个。碧湖园区供水办法（碧管规〔2022〕7号）拨付资金200万元。

2023年，碧湖园区北泵房通过了验收，南泵房没有通过验收。碧湖园区设值班、巡检两个站，不设化验站。
"""
OLD = "---\ntitle: 碧湖园区停车收费办法\ndate: 2020-05-01\n---\n\n碧湖园区停车收费标准为每小时4元。\n"
NEW = "---\ntitle: 碧湖园区停车收费办法（修订）\ndate: 2024-03-01\n---\n\n碧湖园区停车收费标准为每小时6元。\n"
STORES = "# 冷库情况\n\n赤岸冷库暂停使用。2022年，白鹭湾园区库容8万吨。\n"
PUMPS = "泵站,功率（千瓦）,投用年份\n东岸泵站,75,2011\n西岸泵站,110,2014\n南湾泵站,55,2016\n北塘泵站,90,2019\n"

SETTLED = load_scorer().probability({SETTLED_BY_FACTS: 1.0})


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    files = {"运行.md": REPORT, "2020.md": OLD, "2024.md": NEW, "泵站清单.csv": PUMPS, "冷库.md": STORES}
    return engine_over(tmp_path_factory.mktemp("facts"), files, encoder_class)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2022年碧湖园区用水量是多少？", "355万吨"),
        ("碧湖园区用水量", "342万吨"),  # the newest year
        ("2023年7月碧湖园区用水量", "31万吨"),
        ("碧湖园区2023年四季度用水量是多少", "88万吨"),
        ("2023年碧湖园区非公企业有多少家", "52家"),
        ("2023年碧湖园区公有企业有几家", "6家"),
    ],
)
def test_the_figure_of_just_this_subject_indicator_and_period(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert (found.answer, found.score) == (answer, SETTLED)
    assert answer in found.citations[0].quote


@pytest.mark.parametrize(
    "question", ["2023年8月碧湖园区用水量是多少", "2019年碧湖园区用水量是多少", "2023年昆山市用水量是多少"]
)
def test_another_month_year_or_place_is_no_answer(engine: Engine, question: str) -> None:
    assert engine.ask(question).refused


@pytest.mark.parametrize(
    ("question", "first", "n_quotes"),
    [
        ("碧湖园区哪一年用水量最高？", "2022年（比较：2022年355万吨、2023年342万吨、2021年310万吨）", 3),
        ("碧湖园区用水量最少的是哪一年", "2021年（比较：2021年310万吨、2023年342万吨、2022年355万吨）", 3),
        ("2023年碧湖园区和青石园区谁的用水量更多？", "青石园区（比较：青石园区401万吨、碧湖园区342万吨）", 2),
        ("2023年用水量最高的园区是哪个？", "青石园区（比较：青石园区401万吨、碧湖园区342万吨）", 2),
    ],
)
def test_years_and_places_are_put_in_order(engine: Engine, question: str, first: str, n_quotes: int) -> None:
    found = engine.ask(question)
    assert found.answer == first
    assert len(found.citations) == n_quotes


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("碧湖园区2023年用水量比2022年减少了多少？", "342 − 355 = −13万吨"),
        ("2023年碧湖园区与青石园区用水量相差多少？", "401 − 342 = 59万吨"),
    ],
)
def test_a_difference_is_computed_from_both_levels(engine: Engine, question: str, computed: str) -> None:
    assert computed in engine.ask(question).answer


def test_the_rows_of_a_list_are_put_in_order_and_counted(engine: Engine) -> None:
    assert engine.ask("泵站清单里功率最大的泵站是哪个？").answer.startswith("西岸泵站（110千瓦")
    assert engine.ask("泵站清单里功率最小的是哪一个泵站？").answer.startswith("南湾泵站（55千瓦")
    assert engine.ask("泵站清单里有多少个泵站？").answer.startswith("4个")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("碧湖园区报修热线是多少？", "0555-4128800"),
        ("碧湖园区报修电话是多少？", "0555-4128800"),
        ("碧湖园区供水办法的文号是什么？", "碧管规〔2022〕7号"),
    ],
)
def test_a_code_comes_from_its_label(engine: Engine, question: str, answer: str) -> None:
    assert engine.ask(question).answer == answer


def test_a_code_without_a_label_or_of_another_body_is_none(engine: Engine) -> None:
    assert engine.ask("碧湖园区传真是多少？").refused
    assert engine.ask("青石园区报修热线是多少？").refused


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("哪座泵房没有通过验收？", "南泵房没有通过验收"),
        ("碧湖园区不设哪个站？", "不设化验站"),
    ],
)
def test_what_is_not_so_is_told_by_the_clause_that_denies_it(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question).answer
    assert answer in found and "北泵房" not in found


def test_a_figure_beside_a_subject_that_was_not_recognised_is_not_taken_for_its_own(engine: Engine) -> None:
    assert engine.ask("白鹭湾园区2022年库容是多少").score == SETTLED
    assert engine.ask("赤岸冷库2022年库容是多少").score != SETTLED  # the sentence before names it


def test_of_two_versions_the_newer_comes_first_and_the_older_is_named(engine: Engine) -> None:
    found = engine.ask("碧湖园区停车收费标准是多少？")
    assert (
        found.answer
        == "6元（《碧湖园区停车收费办法（修订）》，2024-03-01）；4元（《碧湖园区停车收费办法》，2020-05-01）"
    )
    assert found.citations[0].doc == "2024.md"
