"""An answer of one or several parts: what is known of each figure it gives, and a sentence that answers two shown once."""

from __future__ import annotations

import pytest
from engines import engine_over

from ragpark.engine import Engine
from ragpark.records import AnsweredFigure

REPORT = """# 碧湖园区运行情况

2022年，碧湖园区用水量为355万吨。2023年，碧湖园区用水量为342万吨。2023年，青石园区用水量为401万吨。

2023年，碧湖园区食品业产值增长6.5%。到2027年，碧湖园区绿道里程力争达到90公里。

因为天旱少雨，碧湖园区自五月起限水，居民改用湖水浇灌菜地。
"""
FIRMS = "# 开工\n\n2023年，碧湖园区开工的内资项目有13个。青石园区开工的外资项目有7个。碧湖园区东岸馆占地面积约90亩，总投资25亿元。\n"
PUMPS = "# 泵站\n\n碧湖园区东岸泵站有水泵9台。泵站站长王明远到场，副站长李文清主持。\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    return engine_over(
        tmp_path_factory.mktemp("compose"), {"运行.md": REPORT, "泵站.md": PUMPS, "开工.md": FIRMS}, encoder_class
    )


def test_a_figure_comes_with_whose_of_what_and_of_when_it_is(engine: Engine) -> None:
    found = engine.ask("2023年碧湖园区用水量是多少？")
    (told,) = found.figures
    assert told == AnsweredFigure(
        "342万吨", 3420000.0, "吨", "碧湖园区", told.indicator, "2023年", 2023, "level", found.citations[0].n
    )
    assert "用水量" in told.indicator
    assert told.text in found.citations[told.n - 1].quote


@pytest.mark.parametrize(
    ("question", "kind", "text", "unit"),
    [
        ("2023年碧湖园区食品业产值增长多少？", "growth", "6.5%", "%"),
        ("2027年碧湖园区绿道里程的目标是多少公里？", "target", "90公里", "公里"),
    ],
)
def test_a_figure_says_of_what_kind_it_is(engine: Engine, question: str, kind: str, text: str, unit: str) -> None:
    (told,) = engine.ask(question).figures
    assert (told.kind, told.text, told.unit) == (kind, text, unit)


def test_each_figure_of_several_has_its_own_year_or_place(engine: Engine) -> None:
    by_year = engine.ask("碧湖园区2022年和2023年用水量各是多少？").figures
    assert [(one.year, one.value, one.n) for one in by_year] == [(2022, 3550000.0, 1), (2023, 3420000.0, 2)]
    by_place = engine.ask("2023年碧湖园区和青石园区用水量各是多少？").figures
    assert {(one.entity, one.value) for one in by_place} == {("碧湖园区", 3420000.0), ("青石园区", 4010000.0)}


def test_the_figures_of_a_difference_are_those_that_were_printed(engine: Engine) -> None:
    found = engine.ask("碧湖园区2023年用水量比2022年减少了多少？")
    assert found.computed
    assert [one.text for one in found.figures] == ["355万吨", "342万吨"]  # not the 13 that no document says


def test_a_figure_without_a_year_leaves_it_open(engine: Engine) -> None:
    found = engine.ask("碧湖园区东岸泵站有多少台水泵？")
    (told,) = found.figures
    assert (told.text, told.value, told.year, told.period) == ("9台", 9.0, None, "")


@pytest.mark.parametrize("question", ["碧湖园区为什么限水？", "碧湖园区自哪个月起限水？", "2023年昆山市用水量是多少？"])
def test_what_gives_no_figure_has_none(engine: Engine, question: str) -> None:
    assert engine.ask(question).figures == ()


def test_a_sentence_that_answers_two_parts_is_shown_once(engine: Engine) -> None:
    question = "碧湖园区为什么限水，碧湖园区居民怎么浇灌菜地？"
    found, looked = engine.followed(question)
    assert len(looked) == 2  # two parts, each looked for by itself
    assert found.answer.count("天旱少雨") == 1
    assert [one.quote.count("天旱少雨") for one in found.citations].count(1) == 1


def test_a_long_sentence_that_answers_two_parts_is_shown_once_though_each_would_show_another_of_its_clauses(
    make_engine,  # type: ignore[no-untyped-def]
) -> None:
    filler = "，".join(f"沿湖第{n}段步道铺设完毕并向游人开放" for n in "一二三四五六七八")
    told = f"因为天旱少雨，碧湖园区自五月起限水，{filler}，所以村民靠湖水浇灌菜地。"
    engine = make_engine({"a.md": f"# 概况\n\n{told}\n"}, reader="none")
    first, second = engine.ask("碧湖园区为什么限水？"), engine.ask("村民为什么靠湖水浇灌菜地？")
    assert first.answer != second.answer  # each by the clauses with its own words
    both = engine.ask("碧湖园区为什么限水，村民为什么靠湖水浇灌菜地？")
    assert both.answer == first.answer


def test_two_parts_with_figures_of_one_sentence_are_both_told(make_engine) -> None:  # type: ignore[no-untyped-def]
    engine = make_engine({"a.md": "# 概况\n\n2023年，碧湖园区有企业58家、职工4100人。\n"}, reader="none")
    found = engine.ask("2023年碧湖园区企业有多少家，职工有多少人？")
    assert found.answer == "58家；4100人"
    assert [(one.text, one.n) for one in found.figures] == [("58家", 1), ("4100人", 1)]


def test_two_things_compared_are_told_with_their_difference(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区2023年简报\n\n2023年，碧湖园区重工业占比为61.5%，轻工业占比为38.5%。\n"
    found = make_engine({"简报.md": text}).ask("2023年碧湖园区重工业占比比轻工业高几个百分点？")
    assert "61.5%" in found.answer and "38.5%" in found.answer
    assert found.computed == "61.5 − 38.5 = 23个百分点"


def test_one_side_alone_is_no_difference(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区2023年简报\n\n2023年，碧湖园区重工业占比为61.5%。\n"
    assert make_engine({"简报.md": text}).ask("2023年碧湖园区重工业占比比轻工业高几个百分点？").refused


def test_where_one_side_is_missing_the_refusal_names_the_other(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区简报\n\n碧湖园区东渠工程投资4100万元。\n"
    found = make_engine({"简报.md": text}, reader="none").ask("碧湖园区东渠工程比西渠工程多花多少钱？")
    assert found.refused and "没有西渠" in found.reason and "东渠工程4100万元" in found.reason
    assert [one.quote for one in found.citations] == ["碧湖园区东渠工程投资4100万元。"]


@pytest.mark.parametrize(
    ("told", "question", "computed"),
    [
        (
            "东渠工程投资4100万元。\n\n西渠工程投资1900万元。",
            "碧湖园区东渠工程比西渠工程多花多少钱？",
            "4100 − 1900 = 2200万元",
        ),
        (
            "2023年末，碧湖园区户籍人口900人。按性别分，男生480人，占53%，女生420人，占47%。",
            "碧湖园区2023年末户籍人口里男的比女的多多少人？",
            "480 − 420 = 60人",
        ),
        ("碧湖园区将有86个投资亿元以上项目开工。", "碧湖园区投资亿元以上项目比青石园区多多少个？", ""),
    ],
)
def test_two_sides_are_found_by_their_own_questions_or_in_one_sentence(
    make_engine,  # type: ignore[no-untyped-def]
    told: str,
    question: str,
    computed: str,
) -> None:
    found = make_engine({"简报.md": f"# 碧湖园区2023年简报\n\n{told}\n"}).ask(question)
    assert (found.computed, found.refused) == (computed, not computed)


def test_a_fall_is_shown_as_one_and_counts_below_zero(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区2023年简报\n\n2023年，碧湖园区食品业产值增长5%，纺织业产值下降0.8%。\n"
    engine = make_engine({"简报.md": text})
    assert engine.ask("2023年碧湖园区纺织业产值增速是多少？").answer == "下降0.8%"
    found = engine.ask("2023年碧湖园区食品业产值增速比纺织业高几个百分点？")
    assert found.computed == "5 − （−0.8） = 5.8个百分点"


def test_a_difference_that_is_printed_answers(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# 碧湖园区2023年简报\n\n2023年，碧湖园区重工业占比比轻工业高23个百分点。\n"
    assert "23个百分点" in make_engine({"简报.md": text}).ask("2023年碧湖园区重工业占比比轻工业高几个百分点？").answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("碧湖园区东岸馆占地面积和总投资", "占地面积2023年约90亩；总投资2023年25亿元"),
        ("碧湖园区东岸馆占地面积和绿化面积各是多少", "占地面积2023年约90亩；绿化面积无数据"),
        ("碧湖园区东岸馆占地面积、绿化面积和水域面积各是多少", "占地面积2023年约90亩；绿化面积无数据；水域面积无数据"),
        ("碧湖园区东岸馆占地面积多少，总投资多少？", "约90亩；25亿元"),
    ],
)
def test_each_thing_named_has_its_own_figure_or_none(engine: Engine, question: str, answer: str) -> None:
    assert engine.ask(question).answer == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("东岸泵站的站长和副站长各是谁？", "站长：王明远；副站长：李文清"),
        ("东岸泵站的站长和会计分别是谁？", "站长：王明远；会计：没有找到"),
    ],
)
def test_persons_asked_for_side_by_side_are_told_by_their_offices(engine: Engine, question: str, answer: str) -> None:
    assert engine.ask(question).answer == answer
