"""What sentences offer for one question: pieces by its kind and sentences whole, what guards rule out, who agrees with whom."""

from __future__ import annotations

import pytest
from statement_fakes import bare_library, cut_of, hit, offered, sentence, sentences_of, supported, understood

from ragpark.answer.candidates import Candidate, agreeing, allowed, candidates, piece, ranked, whole
from ragpark.answer.scorer import all_features
from ragpark.answer.support import supports


def told(question: str, text: str, weights: dict[str, float] | None = None) -> list[Candidate]:
    """Return the candidates that a text of one section offers."""
    library = bare_library(weights, found=sentences_of(text))
    query = understood(question)
    return candidates(library, query, supports(library, query, [hit(text)]))


@pytest.mark.parametrize(
    ("question", "text", "pieces"),
    [
        ("碧湖园区企业有多少家？", "碧湖园区有企业58家。", ["58家"]),
        ("碧湖园区何时开园？", "碧湖园区2009年4月开园。", ["2009年4月"]),
        ("商务局局长是谁？", "商务局局长王某某介绍了安排。", ["王某某"]),
        ("碧湖园区的保险产品叫什么？", "碧湖园区推出一款保险产品，名为“安湖保”。", ["安湖保"]),
        ("碧湖园区值班电话是多少？", "碧湖园区值班电话：0555-4128800。", ["0555-4128800"]),
        ("蓝桥药业的注册地在哪里？", "企业：蓝桥药业；注册地：青石镇", ["青石镇"]),
        ("“一湖一港”指的是哪些？", "碧湖园区建设“一湖一港”：镜心湖；云水港。", ["镜心湖、云水港"]),
        ("碧湖园区为什么限水？", "因为天旱，碧湖园区限水。", []),
    ],
)
def test_a_piece_is_cut_by_the_kind_of_question(question: str, text: str, pieces: list[str]) -> None:
    found = told(question, text)
    assert [one.text for one in found if not one.whole] == pieces
    assert all(text[a:b] == one.text for one in found if len(one.text) < 6 for _, spans in one.spans for a, b in spans)


def test_a_sentence_is_offered_whole_beside_its_pieces_but_for_a_number_in_a_register() -> None:
    whole_too = told("碧湖园区企业有多少家？", "碧湖园区有企业58家。")
    assert sorted(one.text for one in whole_too) == ["58家", "碧湖园区有企业58家。"]
    code = told("碧湖园区值班电话是多少？", "碧湖园区值班电话：0555-4128800。")
    assert [one.text for one in code] == ["0555-4128800"]


def test_several_values_at_once_are_told_by_the_sentence() -> None:
    found = told("碧湖园区企业和职工分别是多少？", "碧湖园区有企业58家、职工4100人。")
    assert [one.whole for one in found] == [True]


def test_a_guard_rules_out_whatever_else_speaks_for_it() -> None:
    guards = {name for name, feature in all_features().items() if feature.guard}
    assert guards
    support = supported(sentence("碧湖园区限水。"))
    for name in guards:
        assert allowed([offered(support, None, 0.99, **{name: 1.0})]) == []
    near = offered(support, None, 0.99, **dict.fromkeys(guards, 0.9))  # not wholly of another
    assert allowed([near]) == [near]
    assert told("2023年碧湖园区企业有多少家？", "2022年，碧湖园区有企业58家。") == []


def test_a_sentence_whose_figures_are_all_ruled_out_says_so() -> None:
    question = "2023年碧湖园区企业有多少家？"
    (whole_one,) = told(question, "2023年碧湖园区企业情况：2022年为58家，2021年为50家。")
    assert whole_one.whole and whole_one.features["ruled_out"] == 1.0
    whole_two = next(one for one in told(question, "2023年，碧湖园区企业58家。") if one.whole)
    assert "ruled_out" not in whole_two.features


def test_the_most_probable_comes_first_and_of_equals_that_of_the_better_passage() -> None:
    first, second = sentences_of("东岸泵站停机。西岸泵站停机。")
    low = offered(supported(first, rank=1), None, 0.4)
    later = offered(supported(second, rank=1), None, 0.7)
    worse = offered(supported(first, rank=2), None, 0.7)
    best = offered(supported(first, rank=3), None, 0.9)
    assert ranked([low, worse, later, best]) == [best, later, worse, low]


def test_a_piece_has_the_features_of_its_sentence_and_its_own() -> None:
    statement = sentence("碧湖园区有企业58家。")
    library = bare_library({"words": 1.0, "figure": 2.0, "read": 3.0})
    one = piece(library, supported(statement, words=-2.0), cut_of(statement, "58家", figure=1.0), {"read": 0.0})
    assert one.features == {"pairs": 0.0, "words": -2.0, "figure": 1.0, "read": 0.0}
    assert one.probability == 0.5  # 1 × −2 + 2 × 1 + 3 × 0 = 0
    assert (one.text, one.spans[0][1], one.support.statement) == ("58家", ((7, 10),), statement)


def test_sentences_that_say_the_same_agree_and_stand_as_further_evidence() -> None:
    one, same, other = (sentence(text) for text in ("企业58家。", "园内企业58家。", "企业60家。"))
    library = bare_library()
    cuts = [
        piece(library, supported(one, rank=1), cut_of(one, "58家", in_clause=0.0)),
        piece(library, supported(same, rank=2, doc="b.md"), cut_of(same, "58家", in_clause=-0.2)),
        piece(library, supported(other, rank=3, doc="c.md"), cut_of(other, "60家", in_clause=-0.5)),
    ]
    found = agreeing(cuts, library)
    assert [one.features["agreed"] for one in found] == [1.0, 1.0, 0.0]
    # against the best that says another thing: 0 + 0.5, −0.2 + 0.5, −0.5 − 0
    assert [one.features["lead"] for one in found] == pytest.approx([0.5, 0.3, -0.5])
    assert [len(one.spans) for one in found] == [2, 2, 1]


def test_a_bounded_figure_and_an_exact_one_are_no_rivals() -> None:
    near, exact = sentence("企业近60家。"), sentence("企业58家。")
    cuts = [
        piece(bare_library(), supported(near), cut_of(near, "近60家", in_clause=-1.0)),
        piece(bare_library(), supported(exact, doc="b.md"), cut_of(exact, "58家", in_clause=0.0)),
    ]
    assert [one.features["lead"] for one in agreeing(cuts, bare_library())] == [0.0, 0.0]


def test_which_does_not_is_answered_by_the_clause_that_denies() -> None:
    text = "东岸泵站已经停机，西岸泵站没有停机。"
    query = understood("哪个泵站没有停机？")
    support = supported(sentence(text))
    found = whole(bare_library(), query, [support], support)
    assert found.text == "西岸泵站没有停机"
    assert [text[a:b] for a, b in found.spans[0][1]] == ["西岸泵站没有停机"]


def test_a_list_is_told_with_all_its_items() -> None:
    text = "申请条件如下：\n（一）在碧湖园区注册；\n（二）有固定场所。\n其他事项另行通知。"
    statements = sentences_of(text)
    support = supported(statements[0])
    library = bare_library(found=statements)
    found = whole(library, understood("申请条件有哪些？"), [support], support)
    assert found.text == "申请条件如下：（一）在碧湖园区注册；（二）有固定场所。"
    assert len(found.spans) == 3
