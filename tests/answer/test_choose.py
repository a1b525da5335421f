"""Which candidate is answered with: a piece or a sentence by their probabilities, an exact figure before a bounded one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reader_fakes import FakeReader
from statement_fakes import bare_library, cut_of, offered, sentence, supported, understood

from ragpark.answer.candidates import Candidate
from ragpark.answer.choose import Looked, both_ways, choose, is_told, piece_share, readable, wants_reader
from ragpark.answer.finding import Finding
from ragpark.answer.scorer import Scorer

FIRMS, OPENED, DRY = (
    understood(question) for question in ("碧湖园区企业有多少家？", "碧湖园区何时开园？", "蓝桥药业的法定代表人是谁？")
)
TWO = supported(sentence("碧湖园区有企业58家、院所4家。"))
ONE = supported(sentence("园内企业58家。"), rank=2)
CELL = supported(sentence("企业：蓝桥药业；法定代表人：周某"))


def figure(support_: object, text: str, probability: float, **features: float) -> Candidate:
    support = TWO if support_ is None else support_
    return offered(support, cut_of(support.statement, text), probability, **features)  # type: ignore[attr-defined]


def test_nothing_is_chosen_of_nothing() -> None:
    assert choose(FIRMS, []) is None


@pytest.mark.parametrize(
    ("probability", "chosen"),
    [(0.28, "58家"), (0.26, "碧湖园区有企业58家、院所4家。")],  # 0.3 × 0.9 = 0.27
)
def test_a_figure_is_preferred_to_a_sentence_that_is_not_much_more_probable(probability: float, chosen: str) -> None:
    # a second figure of the sentence, so that the sentence does not stand for its only one
    other = figure(None, "4家", 0.01)
    found = choose(FIRMS, [offered(TWO, None, 0.9), figure(None, "58家", probability), other])
    assert found and found.text == chosen


@pytest.mark.parametrize(("probability", "whole"), [(0.41, False), (0.39, True)])  # 0.45 × 0.9 = 0.405
def test_another_piece_must_be_nearer_to_the_sentence(probability: float, whole: bool) -> None:
    cell = offered(CELL, cut_of(CELL.statement, "周某"), probability)
    found = choose(DRY, [offered(CELL, None, 0.9), cell])
    assert found and found.whole is whole


def test_the_shares_of_a_figure_and_of_another_piece() -> None:
    assert piece_share(True) == 0.3 < piece_share(False) == 0.45


def test_a_sentence_with_one_figure_answers_by_it() -> None:
    sentence_, piece = offered(ONE, None, 0.9), figure(ONE, "58家", 0.1)
    found = choose(FIRMS, [sentence_, piece])
    assert found and (found.text, found.probability) == ("58家", 0.9)  # as probable as the sentence
    said_elsewhere = figure(None, "58家", 0.1)
    assert choose(FIRMS, [sentence_, said_elsewhere]) is sentence_


def test_one_of_several_is_told_by_a_piece_however_improbable() -> None:
    alone = replace(FIRMS, one_of_several=True)
    pieces = [figure(None, "58家", 0.02), figure(None, "4家", 0.01)]
    found = choose(alone, [offered(TWO, None, 0.9), *pieces])
    assert found and found.text == "58家"


def test_what_only_the_reader_gives_is_a_piece_of_the_kind_only_for_a_figure() -> None:
    assert is_told(FIRMS, figure(None, "58家", 0.5, read=1.0))
    read = offered(CELL, cut_of(CELL.statement, "周某"), 0.5, read=1.0)
    assert not is_told(DRY, read) and is_told(DRY, replace(read, features={}))
    assert not is_told(FIRMS, offered(TWO, None, 0.5))
    assert choose(DRY, [offered(CELL, None, 0.6), read]).whole  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("other", "probability", "chosen"),
    [
        ("企业58家。", 0.65, "58家"),  # agrees with 近60家, and is nearly as probable: 0.8 × 0.8 = 0.64
        ("企业58家。", 0.63, "近60家"),
        ("企业45家。", 0.75, "近60家"),  # cannot be true as well
        ("企业近60家。", 0.75, "近60家"),  # no more exact
        ("职工58人。", 0.75, "近60家"),  # of another unit
    ],
)
def test_an_exact_figure_that_agrees_is_told_for_a_bounded_one(other: str, probability: float, chosen: str) -> None:
    near, more = supported(sentence("企业近60家。")), supported(sentence(other))
    shown = other[2:-1]
    found = choose(FIRMS, [figure(near, "近60家", 0.8), figure(more, shown, probability)])
    assert found and found.text == chosen


def test_an_exact_figure_stays() -> None:
    found = choose(FIRMS, [figure(ONE, "58家", 0.8), figure(supported(sentence("企业近60家。")), "近60家", 0.79)])
    assert found and found.text == "58家"


@pytest.mark.parametrize(
    ("question", "yes"),
    [
        ("碧湖园区企业有多少家？", True),
        ("碧湖园区何时开园？", True),
        ("碧湖园区为什么限水？", False),
        ("碧湖园区有哪些产业？", False),
        ("什么是碧湖园区？", False),
        ("碧湖园区企业和职工分别是多少？", False),
    ],
)
def test_a_reader_finds_one_piece(question: str, yes: bool) -> None:
    assert readable(understood(question)) is yes


@pytest.mark.parametrize(("probability", "yes"), [(None, True), (0.04, True), (0.69, True), (0.7, False)])
def test_the_reader_is_asked_where_nothing_is_probable(probability: float | None, yes: bool) -> None:
    library = bare_library()
    library.reader = None
    best = None if probability is None else figure(None, "58家", probability)
    assert not wants_reader(library, FIRMS, best)
    library.reader = FakeReader({})
    assert wants_reader(library, FIRMS, best) is yes


@pytest.mark.parametrize(("by", "hits", "feature"), [("facts", (), "settled"), ("table", (object(),), "by_rows")])
def test_what_facts_or_a_table_decide_is_one_candidate_to_fit(by: str, hits: tuple[object], feature: str) -> None:
    known = Finding(FIRMS, "58家", ((ONE, ((4, 7),)),), 0.99)
    looked = Looked(FIRMS, by, hits, (), known)  # type: ignore[arg-type]
    (one,) = both_ways(bare_library(), looked)
    (candidate,) = one.candidates
    assert (candidate.text, dict(candidate.features), candidate.whole) == ("58家", {feature: 1.0}, False)
    assert both_ways(bare_library(), replace(looked, hits=(), finding=None)) == ()


def test_a_finding_is_made_of_what_was_chosen() -> None:
    found = figure(ONE, "58家", 0.8).finding(FIRMS)
    assert (found.text, found.confidence, found.value, found.unit) == ("58家", 0.8, 58.0, "家")
    assert Scorer({}).probability({}) == 0.5


def test_a_piece_too_weak_to_be_given_does_not_stand_for_its_sentence() -> None:
    told = [offered(TWO, None, 0.9), figure(None, "58家", 0.28), figure(None, "4家", 0.01)]
    assert choose(FIRMS, told) is told[1]
    assert choose(FIRMS, told, least=0.3) is told[0]
