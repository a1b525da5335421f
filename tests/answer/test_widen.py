"""Spans as a person would quote them: what grows, what stays."""

from __future__ import annotations

import pytest

from ragpark.answer.widen import widen
from ragpark.retrieve.kinds import DATE, FIGURE, NAME, PERSON
from ragpark.zh.tagger import Word


def words(text: str, *named: tuple[str, str]) -> list[Word]:
    """Return the words given with their tags, and every other character as a word of its own."""
    found = [Word(text.index(name), text.index(name) + len(name), tag) for name, tag in named]
    covered = {at for word in found for at in range(word.start, word.end)}
    return sorted(
        [*found, *(Word(i, i + 1, "x") for i in range(len(text)) if i not in covered)], key=lambda word: word.start
    )


def widened(text: str, piece: str, kind: str = "", *named: tuple[str, str]) -> str:
    at = text.index(piece)
    start, end = widen(text, at, at + len(piece), words(text, *named) if named else (), kind)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("园区现有近2800家企业。", "2800", "近2800家"),
        ("研发投入占比达5.16%，居全省第一。", "5.16", "5.16%"),
        ("占地面积4 2 . 5 平方公里。", "2 . 5", "4 2 . 5 平方公里"),
        ("投资612.5亿元和引进人才300名。", "612.5亿", "612.5亿元"),
        ("园区现有近2800家企业，产值40亿元。", "近2800家", "近2800家"),  # nothing of the next figure
    ],
)
def test_a_figure_is_given_whole(text: str, piece: str, whole: str) -> None:
    assert widened(text, piece, FIGURE) == whole


def test_a_word_that_the_tagger_cut_across_a_figure_does_not_join() -> None:
    text = "投资612.5亿元和引进人才300名。"
    assert widened(text, "612.5亿元", FIGURE, ("元和", "n")) == "612.5亿元"


@pytest.mark.parametrize(
    ("piece", "whole"),
    [("2023年", "2023年"), ("2023年6月", "2023年6月"), ("6月2", "2023年6月26日"), ("02", "2023年6月26日")],
)
def test_a_date_may_be_given_in_part_but_not_cut_in_a_number(piece: str, whole: str) -> None:
    assert widened("会议于2023年6月26日召开。", piece, DATE) == whole


@pytest.mark.parametrize(
    ("text", "piece", "whole"),
    [
        ("印发《关于推进科技创新的若干措施》的通知。", "科技创新", "《关于推进科技创新的若干措施》"),
        ("印发《关于推进科技创新的若干措施》的通知。", "若干措施》的通知", "《关于推进科技创新的若干措施》的通知"),
        ("提出“一核两带三区”布局。", "一核两带", "“一核两带三区”"),
        ("苏州大学（简称苏大）位于苏州。", "苏州大学（简称", "苏州大学（简称苏大）"),
        ("苏州大学（简称苏大）位于苏州。", "苏大", "苏大"),
        (
            "他说：“我们要坚持把创新摆在发展全局的核心位置，久久为功，走在前列。”",
            "坚持把创新",
            "坚持把创新",
        ),  # speech is no name
        ("奖励“投资2亿元企业”若干。", "2亿元", "2亿元"),
    ],
)
def test_a_name_in_marks_is_given_whole(text: str, piece: str, whole: str) -> None:
    assert widened(text, piece, NAME) == whole


def test_a_word_of_the_tagger_is_not_cut() -> None:
    assert widened("区委书记周伟强主持会议。", "伟强", PERSON, ("周伟强", "PER")) == "周伟强"
    text = "由苏州工业园区科技创新委员会负责实施。"
    assert widened(text, "科技创新", NAME, ("苏州工业园区科技创新委员会", "ORG")) == "苏州工业园区科技创新委员会"


def test_most_of_a_clause_becomes_the_clause_where_no_name_or_figure_is_asked_for() -> None:
    text = "第一，完善人才公寓配套服务，吸引青年留下。"
    assert widened(text, "人才公寓配套服务") == "完善人才公寓配套服务"  # 8 of 10 characters
    assert widened(text, "人才公寓配") == "人才公寓配"  # 5 of 10
    assert widened(text, "人才公寓配套服务", NAME) == "人才公寓配套服务"


@pytest.mark.parametrize(("piece", "left"), [("，张三，", "张三"), ("。\n", ""), ("张三", "张三")])
def test_marks_and_white_space_at_the_edges_go(piece: str, left: str) -> None:
    assert widened("主任，张三，出席。\n", piece, PERSON) == left


def test_it_never_reaches_over_the_sentence() -> None:
    text = "园区有45家。企业近2800家。"
    assert widened(text, "2800", FIGURE) == "近2800家"
    assert widened(text, "家。企业近28", FIGURE) == "45家。企业近2800家"  # a span over two stays one over two
