"""What is read of a long passage, with a token a character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ragpark.answer.focus import focus
from ragpark.answer.spans import Encoded

HEAD = "年鉴 › 企业\n"  # 8 tokens
FILLER = "道路绿化养护有序开展。"  # 11 tokens
FIRMS = "园区有企业2800家。"  # 11 tokens
AFTER = "其中新设66家。"  # 8 tokens
QUESTION = "园区企业有多少家？"


def by_character(text: str) -> Encoded:
    return list(range(len(text))), [(i, i + 1) for i in range(len(text))]


def focused(passage: str, n_tokens: int, question: str = QUESTION) -> str:
    ids, offsets = focus(question, passage, by_character(passage), n_tokens)
    assert list(ids) == [start for start, _ in offsets]
    return "".join(passage[start:end] for start, end in offsets)


def test_a_short_passage_is_read_whole() -> None:
    passage = HEAD + FILLER + FIRMS
    assert focused(passage, len(passage)) == passage


def test_the_first_line_comes_with_the_sentence_that_is_likest_and_its_neighbour() -> None:
    passage = HEAD + FILLER * 5 + FIRMS + AFTER + FILLER * 5
    assert focused(passage, 36).replace("\n", "") == "年鉴 › 企业" + FIRMS + AFTER


def test_a_pair_that_most_sentences_hold_counts_little() -> None:
    # 园区 stands in every sentence, 企业 in one.
    passage = HEAD + "园区绿化养护好。" * 6 + "新增企业66户。" + "园区绿化养护好。" * 6
    assert "新增企业66户。" in focused(passage, 24, "园区企业？")


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    row = "道路30条，绿地20处，企业2800家，桥梁10座，公园5个，学校8所，医院3家。"
    found = focused(HEAD + row, 24, "企业多少？")
    assert "企业2800家" in found and "学校" not in found


def test_a_text_without_marks_is_cut_anywhere() -> None:
    assert 0 < len(focused("甲" * 100, 30)) <= 30


@given(st.text("园区企业2800家。，；\n（）“”", max_size=120), st.integers(9, 60))
def test_what_is_kept_is_in_order_and_never_more_than_asked_for(passage: str, n_tokens: int) -> None:
    ids, offsets = focus(QUESTION, passage, by_character(passage), n_tokens)
    assert len(ids) == len(offsets) <= max(n_tokens, 0)
    assert list(ids) == sorted(set(ids))
    if len(passage) <= n_tokens:
        assert len(ids) == len(passage)
