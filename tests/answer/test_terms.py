"""How well a word of a question is met in a text, and what share of all its words: each value worked out beside it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from statement_fakes import sentences_of, term, understood

from ragpark.answer.terms import (
    contexts,
    in_log,
    likeness,
    met_shares,
    named_alike,
    pairs_of,
    question_pairs,
    share_of_pairs,
    term_in,
)


@pytest.mark.parametrize(
    ("word", "others", "text", "met"),
    [
        ("泵站", ("泵房", "泵"), "东岸泵站停机", 1.0),
        ("泵站", ("泵房", "泵"), "东岸泵房停机", 0.9),  # another name
        ("泵站", ("泵房", "泵"), "东岸泵停机", 0.8),  # one of a single character is surer to be something else
        ("供水管网", (), "供水的管网", 0.8 * 2 / 3),  # 供水 and 管网 of 供水, 水管, 管网
        ("供水管网", (), "供水的网", 0.0),  # one pair of three is less than half
        ("泵站", (), "水泵和车站", 0.0),  # a word of two characters is met whole
        ("gdp", (), "gd和dp", 0.0),  # so is a Latin one
    ],
)
def test_a_word_is_met_whole_by_another_name_or_by_its_pairs(
    word: str, others: tuple[str, ...], text: str, met: float
) -> None:
    assert term_in(term(word, 1.0, *others), text) == pytest.approx(met)


@pytest.mark.parametrize(
    ("word", "text", "met"),
    [
        ("师大", "碧湖师范大学", 0.8),
        ("供销社", "碧湖供应销售合作社", 0.8),
        ("师大", "大师之作", 0.0),  # in another order
        ("师大", "师傅带的徒弟大", 0.0),  # too far apart
        ("供水总管网", "供应水源的总管道网", 0.0),  # too long for a short form
    ],
)
def test_a_word_that_no_document_holds_may_be_short_for_another(word: str, text: str, met: float) -> None:
    assert term_in(replace(term(word, 1.0), known=False), text) == pytest.approx(met)
    assert term_in(term(word, 1.0), text) == 0.0
    assert term_in(replace(term(word, 1.0), known=False, place=True), text) == 0.0


def test_a_later_text_counts_only_for_what_no_earlier_one_holds() -> None:
    terms = [term("泵站", 2.0, "泵房"), term("功率", 1.0), term("投用", 1.0)]
    # of 4: the sentence has 泵站 by another name (2 × 0.9); the heading has 泵站 itself (2 × 0.1 more) and 功率 (1).
    assert met_shares(terms, ("泵房", "泵站功率", "功率")) == pytest.approx([1.8 / 4, 1.2 / 4, 0.0])


def test_a_word_of_an_indicator_met_under_another_name_counts_in_the_first_text() -> None:
    terms = [term("用水量"), term("园区")]
    assert met_shares(terms, ("园区", "用水量"), frozenset({"用水量"})) == pytest.approx([1.85 / 2, 0.15 / 2])


def test_raised_weights_let_rare_words_decide() -> None:
    terms = [term("泵站", 4.0), term("园区", 1.0)]
    assert met_shares(terms, ("园区",)) == pytest.approx([1 / 5])
    assert met_shares(terms, ("园区",), power=1.5) == pytest.approx([1 / 9])  # 4 ** 1.5 = 8


def test_without_words_nothing_is_met() -> None:
    assert met_shares([], ("园区", "泵站")) == [0.0, 0.0]


def test_a_pair_across_two_words_counts_only_where_a_document_holds_it() -> None:
    query = understood("湖滨大桥何时通车？")
    held = question_pairs(query, lambda pair: 2.0, lambda pair: pair == "滨大")
    inside = {pair for one in query.terms for pair in pairs_of(one.word)}
    assert inside and "滨大" not in inside  # the words are 湖滨, 大桥 and the like
    assert held == dict.fromkeys(inside | {"滨大"}, 2.0)
    assert "滨大" not in question_pairs(query, lambda pair: 2.0, lambda pair: False)


def test_the_share_of_pairs_goes_by_their_weights() -> None:
    weights = {"泵站": 3.0, "功率": 1.0}
    assert share_of_pairs(weights, "西岸泵站") == 0.75
    assert share_of_pairs(weights, "西岸泵站", known=("功率",)) == 1.0
    assert share_of_pairs({}, "西岸泵站") == 0.0


@pytest.mark.parametrize(
    ("word", "pairs"), [("供水量", ["供水", "水量"]), ("湖", ["湖"]), ("gdp", ["gdp"]), ("泵站", ["泵站"])]
)
def test_characters_in_pairs(word: str, pairs: list[str]) -> None:
    assert pairs_of(word) == pairs


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("用水量", "用水量", 1.0),
        ("用水", "用水量", 2 / 3),  # 用水 of 用水 and of 用水, 水量: 2 × 1 / (1 + 2)
        ("工业用水量", "用水量", 2 * 2 / (4 + 2)),
        ("用水量", "车位数", 0.0),
    ],
)
def test_names_are_alike_by_the_pairs_they_share(one: str, other: str, alike: float) -> None:
    assert named_alike(one, other) == named_alike(other, one) == pytest.approx(alike)


def test_shares_as_logarithms_lie_between_nothing_and_all() -> None:
    assert in_log(1.0) == 0.0
    assert in_log(0.0) == in_log(-0.5) == pytest.approx(math.log(1 / 11))  # (0 + 0.1) / (1 + 0.1)
    assert in_log(0.5) == pytest.approx(math.log(6 / 11))
    assert in_log(1.0) - in_log(0.5) < in_log(0.5) - in_log(0.0)  # half is nearer to all


def test_words_are_looked_for_in_the_sentence_above_it_and_before_it() -> None:
    found = sentences_of("东岸泵站运行平稳。功率为75千瓦。", headings=("设备",))
    own, above, before = contexts(found[-1])
    assert own == "功率为75千瓦。"
    assert "设备" in above and "东岸泵站" in above  # the heading, and how the section begins
    assert before == "东岸泵站运行平稳。"


def test_of_sentences_the_one_with_a_word_that_the_others_lack_is_the_likest() -> None:
    terms = [term("东岸泵站"), term("检修")]
    found = likeness(terms, ["泵站"], ["东岸泵站检修", "东岸泵站停机", "天气转晴"])
    assert found[0] == 1.0
    # of three texts two hold the station, whole and by its pair, and one the repair
    shared, own = 2 * math.log(1 + 3 / 2), math.log(1 + 3)
    assert found[1] == pytest.approx(shared / (shared + own))
    assert found[2] == 0.0
    assert likeness(terms, [], ["天气转晴"]) == [0.0]
    assert likeness(terms, [], []) == []
