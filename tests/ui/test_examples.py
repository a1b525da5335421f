"""Example questions come from facts: newest first, every indicator once, documents in turn, and each has its answer."""

from __future__ import annotations

from dataclasses import replace

from fake_engine import FACTS, FakeEngine

from ragpark.records import Answer
from ragpark.ui.examples import MAX_TRIES, Example, candidates, example_questions

RND, FIRMS, INJECTED = FACTS
NAMES = {"研发投入强度", "高新技术企业", "注入指数"}


def test_documents_take_turns_and_newest_come_first() -> None:
    # hostile.md before 报告/… in path order; within the report both are of 2023: 研发 (U+7814) before 高新 (U+9AD8)
    assert candidates(FACTS, NAMES) == [
        Example("2022年东湖区注入指数是多少？", "7.5%"),
        Example("2023年东湖区研发投入强度是多少？", "3.42%"),
        Example("2023年东湖区高新技术企业是多少？", "560家"),
    ]


def test_an_indicator_is_asked_once_and_open_years_and_plans_never() -> None:
    later = replace(FIRMS, year=2025)  # in a document of 2024
    facts = [RND, replace(RND, year=2020), replace(FIRMS, year=None), replace(INJECTED, kind="target"), later]
    assert [example.question for example in candidates(facts, NAMES)] == ["2023年东湖区研发投入强度是多少？"]


def test_a_year_told_elsewhere_or_a_part_of_one_or_an_open_subject_makes_no_question() -> None:
    told_by_heading = replace(RND, year_from="标题 2023年")
    facts = [told_by_heading, replace(FIRMS, period="到2023年9月底"), replace(INJECTED, entity="")]
    assert candidates(facts, NAMES) == []
    half, whole = replace(FIRMS, period="2023年上半年"), replace(FIRMS, period="到2023年底")
    assert [example.figure for example in candidates([half, whole], NAMES)] == ["560家"]


def test_words_that_are_no_indicator_make_no_question() -> None:
    assert candidates([replace(RND, indicator="当年第一次迈过")], NAMES) == []


def test_only_what_is_answered_with_its_figure_is_shown() -> None:
    tried = [Example("2023年研发？", "3.42%"), Example("2023年研发？", "9.9%"), Example("2019年绿地？", "3.42%")]
    assert example_questions(tried, FakeEngine().ask) == ["2023年研发？"]


def test_no_more_are_shown_than_wanted_and_no_more_tried_than_allowed() -> None:
    engine = FakeEngine()
    good = [Example(f"研发{number}", "3.42%") for number in range(30)]
    assert example_questions(good, engine.ask, n=2) == ["研发0", "研发1"]
    assert len(engine.asked) == 2
    asked: list[str] = []

    def refuse(question: str) -> Answer:
        asked.append(question)
        return Answer(question, "", True, "没有", ())

    assert example_questions(good, refuse) == []
    assert len(asked) == MAX_TRIES
