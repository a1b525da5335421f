"""Example questions come from facts: newest first, every indicator once, documents in turn."""

from __future__ import annotations

from dataclasses import replace

from fake_engine import FACTS

from ragpark.ui.examples import example_questions

RND, FIRMS, INJECTED = FACTS


def test_documents_take_turns_and_newest_come_first() -> None:
    # hostile.md before 报告/… in path order; within the report both are of 2023: 研发 (U+7814) before 高新 (U+9AD8)
    assert example_questions(FACTS) == [
        "2022年东湖区注入指数是多少？",
        "2023年东湖区研发投入强度是多少？",
        "2023年东湖区高新技术企业是多少？",
    ]


def test_an_indicator_is_asked_once_and_open_years_never() -> None:
    facts = [RND, replace(RND, year=2020), replace(FIRMS, year=None), replace(INJECTED, kind="target")]
    assert example_questions(facts) == ["2023年东湖区研发投入强度是多少？"]


def test_no_facts_no_examples() -> None:
    assert example_questions([]) == []


def test_no_more_than_asked_for() -> None:
    assert len(example_questions(FACTS, n=2)) == 2
