"""The words of a question in a passage: themselves, synonyms, wordings of indicators, places and years."""

from __future__ import annotations

from itertools import pairwise

import pytest
from park_fakes import park_vocabulary

from ragpark.retrieve.marks import ENTITY, INDICATOR, SYNONYM, TERM, YEAR, find_marks, words_met
from ragpark.retrieve.query import Query, understand
from ragpark.zh import Segmenter

VOCABULARY = park_vocabulary()
SEGMENTER = Segmenter(VOCABULARY.words())


def _query(question: str) -> Query:
    return understand(question, SEGMENTER, VOCABULARY, lambda token: 1.0, today="2026-11-22")


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("2023年园区高新技术企业", "园区在2023年有高新技术企业近2800家", [("园区", TERM), ("2023年", YEAR), ("高新技术企业", None)]),
        ("R&D活动", "研发活动增多", [("研发", SYNONYM), ("活动", TERM)]),
        ("研发投入强度", "R&D经费占GDP的比重为4.5%", [("R&D经费占GDP的比重", INDICATOR)]),
        ("苏州工业园区人才", "园区人才", [("园区", ENTITY), ("人才", TERM)]),
        ("2023年人才", "去年人才增加", [("去年", YEAR), ("人才", TERM)]),
        ("2023年人才", "2022年人才增加", [("人才", TERM)]),
        ("實驗室", "实验室、實驗室", [("实验室", TERM), ("實驗室", TERM)]),
        ("ＡＩ企业", "AI企业said no", [("AI", TERM), ("企业", TERM)]),
        ("奶牛", "园区没有牛奶", []),
    ],
)  # fmt: skip
def test_words_are_marked_where_they_stand(question: str, text: str, marked: list[tuple[str, str | None]]) -> None:
    marks = find_marks(_query(question), text, VOCABULARY, "2024-04-11")
    assert [text[mark.start : mark.end] for mark in marks] == [piece for piece, _ in marked]
    for mark, (_, kind) in zip(marks, marked, strict=True):
        assert kind is None or mark.kind == kind


def test_marks_are_in_order_and_do_not_overlap() -> None:
    text = "2023年园区R&D投入占GDP比重升到5.16%，研发机构超过600家，园区研发投入强度全市第一。"
    marks = find_marks(_query("2023年园区研发投入强度"), text, VOCABULARY, None)
    assert len(marks) >= 4
    assert all(a.end <= b.start for a, b in pairwise(marks))


@pytest.mark.parametrize(
    ("question", "text", "met"),
    [
        ("园区R&D占比", "研究与试验发展投入占地区生产总值的4.5%", ("r&d", "占比")),  # by the indicator's wording
        ("园区R&D占比", "园区研发机构", ("园区", "r&d")),
        ("园区R&D占比", "苏州工业园区", ("园区",)),
        ("园区R&D占比", "昆山", ()),
    ],
)
def test_the_words_a_passage_holds_are_named_in_the_order_of_the_question(
    question: str, text: str, met: tuple[str, ...]
) -> None:
    assert words_met(_query(question), text, VOCABULARY) == met
