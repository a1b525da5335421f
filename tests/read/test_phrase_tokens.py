"""Tokens of a sentence, and the noun phrases around a place in it."""

from __future__ import annotations

import pytest
from fact_fakes import VOCABULARY, document
from tagging_fakes import CharacterTagger, tokens

from ragpark.read.facts import find_facts
from ragpark.read.tokens import Token, Tokens, tokens_of
from ragpark.repair.sections import split_sections
from ragpark.zh.tagger import Word


def test_overlays_go_before_words_and_earlier_ones_before_later() -> None:
    text = "昆山产值达80亿元"
    words = [Word(0, 2, "LOC"), Word(2, 4, "n"), Word(4, 5, "v"), Word(5, 9, "m")]
    found = tokens_of(text, words, [(5, 9, "Q"), (0, 4, "I"), (0, 2, "S")])
    assert found == [Token(0, 4, "I"), Token(4, 5, "v"), Token(5, 9, "Q")]  # S lies within I


def test_what_an_overlay_leaves_of_a_word_stays_a_token() -> None:
    # `亿元和` was cut as one word; `8亿元` is the figure, and what is left is the conjunction
    text = "达8亿元和9亿元"
    words = [Word(0, 1, "v"), Word(1, 2, "m"), Word(2, 5, "n"), Word(5, 8, "m")]
    found = tokens_of(text, words, [(1, 4, "Q"), (5, 8, "Q")])
    assert found == [Token(0, 1, "v"), Token(1, 4, "Q"), Token(4, 5, "c"), Token(5, 8, "Q")]


def test_a_word_is_cut_on_both_sides_of_an_overlay() -> None:
    assert tokens_of("甲乙丙丁", [Word(0, 4, "n")], [(1, 3, "Q")]) == [
        Token(0, 1, "n"), Token(1, 3, "Q"), Token(3, 4, "n"),
    ]  # fmt: skip


def test_empty_overlays_and_white_space_give_no_token() -> None:
    assert tokens_of("甲 乙", [Word(0, 1, "n"), Word(1, 2, "w"), Word(2, 3, "n")], [(1, 1, "Q")]) == [
        Token(0, 1, "n"), Token(2, 3, "n"),
    ]  # fmt: skip


def before(written: str) -> tuple[str, bool]:
    """Return the phrase before the last figure of the written tokens, and whether it governs."""
    text, found = tokens(written)
    at = max(i for i, token in enumerate(found) if token.tag == "Q")
    return Tokens(text, found).phrase_before(at)


@pytest.mark.parametrize(
    ("written", "phrase", "governs"),
    [
        ("高新/n 企业/n 总数/n 已/d 达/v 28家/Q", "高新企业总数", False),
        ("减免/v 税费/n 3亿元/Q", "减免税费", False),
        ("发放/v 3亿元/Q", "发放", True),
        ("，/w 出口/vn 比/p 上年/TIME 增长/v 5%/Q", "出口", False),
        ("学校/n 、/w 医院/n 共/d 28所/Q", "学校、医院", False),
        ("（/w 含/v 外资/n ）/w 企业/n 28家/Q", "（含外资）企业", False),
        ("现代/TIME 农业/n 产值/n 8亿元/Q", "现代农业产值", False),  # an era is part of a name …
        ("2023年/T 农业/n 产值/n 8亿元/Q", "农业产值", False),  # … a year is not
        ("其中/r 农业/n 产值/n 8亿元/Q", "农业产值", False),
        ("产值/n 8亿元/Q ，/w 增长/v 5%/Q", "", False),
        ("8亿元/Q", "", False),
    ],
)
def test_the_phrase_before_a_figure(written: str, phrase: str, governs: bool) -> None:
    assert before(written) == (phrase, governs)


@pytest.mark.parametrize(
    ("written", "phrase", "verbal"),
    [
        ("28所/Q 高校/n 参加/v", "高校", False),
        ("8亿元/Q 的/u 二期/a 工程/n", "二期工程", False),
        ("8家/Q 获评/v 高新/n 企业/n", "获评高新企业", True),
        ("8家/Q ，/w 企业/n", "", False),
        ("80万元/Q 、/w 30万元/Q 配套/vn 支持/vn", "配套支持", False),
        ("8家/Q 外资/n 和/c 民营/a 企业/n", "外资和民营企业", False),
    ],
)
def test_the_phrase_behind_a_figure(written: str, phrase: str, verbal: bool) -> None:
    text, found = tokens(written)
    assert Tokens(text, found).phrase_behind(0, rate=False) == (phrase, verbal)


def test_a_rate_governs_only_what_of_says() -> None:
    text, found = tokens("占/v 5%/Q 企业/n")
    assert Tokens(text, found).phrase_behind(1, rate=True) == ("", False)
    text, found = tokens("占/v 5%/Q 的/u 企业/n")
    assert Tokens(text, found).phrase_behind(1, rate=True) == ("企业", False)


def test_an_earlier_clause_lends_its_subject() -> None:
    text, found = tokens("纺织/n 产业/n 最/d 快/a ，/w 达/v 5%/Q")
    assert Tokens(text, found).subject_before(6) == "纺织产业"
    text, found = tokens("纺织/n 产值/n 最少/a ，/w 为/v 5亿元/Q")
    assert Tokens(text, found).subject_before(5) == "纺织产值"
    text, found = tokens("产值/n 8亿元/Q ，/w 快/a ，/w 达/v 5%/Q")
    assert Tokens(text, found).subject_before(6) == ""  # a figure stands between
    text, found = tokens("产业/n 快/a 。/w 达/v 5%/Q")
    assert Tokens(text, found).subject_before(4) == ""  # another sentence


def test_clauses_and_segments_begin_after_marks_and_figures() -> None:
    text, found = tokens("甲/n ，/w 乙/n 5家/Q 丙/n ；/w 丁/n 达/v 6家/Q")
    held = Tokens(text, found)
    assert [held.clause_start(at) for at in (0, 3, 4, 8)] == [0, 2, 4, 6]
    assert [held.segment_start(at) for at in (0, 3, 8)] == [0, 0, 6]
    assert held.clause_end(0) == 1 and held.index_at(2) == 2 and held.index_at(99) is None


def test_facts_come_out_of_any_tagger() -> None:
    # every character a noun: the phrase is all that stands before the figure back to the mark
    found = document("某地，甲乙丙5家。", title="统计资料")
    facts = find_facts(found, split_sections(found), VOCABULARY, CharacterTagger())
    assert [(fact.indicator, fact.text) for fact in facts] == [("甲乙丙", "5家")]
