"""The scorer fitted to examples made by hand: signs, held-out figures, the file of examples, and what cannot be fitted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evaluate_fakes import document

from ragpark.answer.candidates import Candidate
from ragpark.answer.choose import Looked
from ragpark.answer.cuts import Cut
from ragpark.answer.scorer import CONSTANT, Scorer, all_features, load_scorer
from ragpark.errors import GoldError, QuestionError
from ragpark.evaluate.fit import Example, Fit, chosen, examples, fit, read_examples, write_examples, write_fit
from ragpark.evaluate.gold import Evidence, GoldQuestion
from ragpark.retrieve.kinds import ANY
from ragpark.retrieve.query import Query


def example(question: str, right: bool, *, look: str = "", whole: bool = True, **features: float) -> Example:
    return Example("甲", question, look or question, True, whole, False, right, features)


def separable(n: int = 20) -> list[Example]:
    """Half of the questions answered rightly, by a sentence with their words."""
    return [example(f"题{i}", i % 2 == 0, words=0.0 if i % 2 == 0 else -2.0) for i in range(n)]


def test_what_speaks_for_an_answer_gets_weight_and_a_weight_never_goes_against_its_sign() -> None:
    # every right sentence is a heading and no wrong one is, yet a heading speaks against an answer by what it says;
    # so does what is far, and here it does
    found = fit([example(f"题{i}", i % 2 == 0, heading=float(i % 2 == 0), far=float(i % 2)) for i in range(40)])
    assert found.weights["heading"] == 0.0
    assert found.weights["far"] < 0.0
    assert set(found.weights) == {"heading", "far", CONSTANT}


def test_what_the_questions_do_not_show_keeps_the_weight_expected() -> None:
    # no candidate has `measured_there` or `event`
    expected = {name: all_features()[name].expected for name in ("measured_there", "event")}
    unseen = {"measured_there": 0.0, "event": 0.0}
    weights = fit(
        [example(one.question, one.right, words=one.features["words"], **unseen) for one in separable()]
    ).weights
    assert weights["event"] > 0  # the whole model is scaled, so that only their proportion is known
    proportion = expected["measured_there"] / expected["event"]
    assert weights["measured_there"] / weights["event"] == pytest.approx(proportion, abs=0.01)


def test_questions_left_out_are_told_apart_by_what_was_fitted_without_them() -> None:
    found = fit(separable())
    assert (found.questions, found.examples) == (20, 20)
    assert found.auc == 1.0  # every right one is more probable than every wrong one
    assert found.right == 0.5  # of the answerable, whatever the probability
    assert found.brier < 0.25  # better than a coin's


def test_where_nothing_tells_them_apart_the_held_out_figures_say_so() -> None:
    found = fit([example(f"题{i}", i % 2 == 0, words=-1.0) for i in range(40)])
    assert found.auc is not None and found.auc < 0.75
    assert 0.2 < found.brier < 0.35


def test_the_probability_is_that_of_being_right() -> None:
    # of those with all the words three in four are right, of the others one in four
    found = [example(f"多{i}", i % 4 != 0, words=0.0) for i in range(40)]
    found += [example(f"少{i}", i % 4 == 0, words=-2.0) for i in range(40)]
    scorer = Scorer(fit(found).weights)
    assert scorer.probability({"words": 0.0}) == pytest.approx(0.75, abs=0.03)
    assert scorer.probability({"words": -2.0}) == pytest.approx(0.25, abs=0.03)


def test_the_same_examples_give_the_same_model() -> None:
    assert fit(separable()) == fit(separable())


@pytest.mark.parametrize(
    "found",
    [
        [],
        separable(18),  # 9 of either kind
        [example(f"题{i}", True, words=0.0) for i in range(40)],
        [example("一题", i % 2 == 0, words=0.0) for i in range(40)],
    ],
)
def test_too_few_questions_are_said(found: list[Example]) -> None:
    with pytest.raises(GoldError, match="至少来自 10 道题"):
        fit(found)


def test_of_each_look_one_is_chosen_a_piece_where_it_is_nearly_as_probable() -> None:
    scorer = Scorer({"words": 1.0})
    sentence = example("题", True, words=0.0)  # probability 0.5
    piece = example("题", True, whole=False, words=-1.1)  # 0.25, more than 0.45 × 0.5
    weak = example("题", True, whole=False, words=-1.4)  # 0.2
    read = example("题", True, whole=False, words=-0.1, read=1.0)  # only the reader's, of no known kind
    other = example("题", False, look="另", words=-3.0)
    assert [one for _, one in chosen([sentence, piece, weak], scorer)] == [piece]
    assert [one for _, one in chosen([sentence, weak, other], scorer)] == [sentence, other]
    assert [one for _, one in chosen([sentence, read], scorer)] == [sentence]


def test_examples_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "候选.jsonl"
    found = [example("题一", True, words=-0.5, heading=1.0), example("题二", False, whole=False)]
    write_examples(found, path)
    assert read_examples(path) == found
    first, _ = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["features"] == {"words": -0.5, "heading": 1.0} and "题一" in first
    path.write_text(first + "\n\n", encoding="utf-8")
    assert read_examples(path) == found[:1]


@pytest.mark.parametrize("text", ["{", '{"question": "题"}', "[1]", "3"])
def test_what_is_no_file_of_examples_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "别的.jsonl"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"别的\.jsonl 不是 --examples 写出的文件"):
        read_examples(path)
    with pytest.raises(GoldError, match=r"没有\.jsonl"):
        read_examples(tmp_path / "没有.jsonl")


def test_a_fit_is_written_with_what_it_was_fitted_on_and_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    fitted = Fit({"words": 1.5, CONSTANT: -0.25}, 20, 31, 0.91239, 0.75, 0.1)
    write_fit(fitted, {"甲": 20}, "2026-11-22", path)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert (data["date"], data["sets"], data["candidates"]) == ("2026-11-22", {"甲": 20}, 31)
    assert data["held_out"] == {"folds": 5, "auc": 0.9124, "right_before_refusing": 0.75, "brier": 0.1}
    assert load_scorer(path).weights == fitted.weights


A = document("a.txt", "碧湖园区有企业58家。青石园区有企业58家。")
FIRMS = GoldQuestion("1", "a", "碧湖园区企业有多少家？", (("58家",),), (Evidence("a.txt", "碧湖园区有企业58家"),), True)


def offered(text: str, start: int, *, whole: bool = False) -> Candidate:
    """Return a candidate that stands in one of the document's two sentences."""
    support: Any = SimpleNamespace(doc="a.txt", statement=SimpleNamespace(start=start, end=start + 10))
    return Candidate(text, ((support, ()),), {"words": 0.0}, 0.5, None if whole else Cut(text, 0, 1))


def engine_offering(*looks: tuple[Looked, ...]) -> Any:
    index = SimpleNamespace(documents={"a.txt": A})
    return SimpleNamespace(index=index, offered=lambda question: list(looks))


def test_a_candidate_is_right_that_holds_the_answer_and_stands_in_the_evidence() -> None:
    texts = [
        offered("58家", 0),
        offered("60家", 0),
        offered("58家", 10),
        offered("碧湖园区有企业58家。", 0, whole=True),
    ]
    looked = Looked(Query(FIRMS.question, ANY, ()), "candidates", (), tuple(texts))
    found = examples(engine_offering((looked,)), [FIRMS], "甲")
    assert [(one.right, one.whole) for one in found] == [(True, False), (False, False), (False, False), (True, True)]
    assert {(one.set, one.question, one.look, one.answerable) for one in found} == {
        ("甲", "甲:1", "甲:1:candidates", True)
    }


def test_a_sentence_must_hold_all_parts_of_an_answer_a_piece_one() -> None:
    both = replace(FIRMS, answers=(("58家",), ("4100人",)))
    texts = [offered("58家", 0), offered("企业58家", 0, whole=True), offered("企业58家、职工4100人", 0, whole=True)]
    looked = Looked(Query(both.question, ANY, ()), "candidates", (), tuple(texts))
    assert [one.right for one in examples(engine_offering((looked,)), [both], "甲")] == [True, False, True]


def test_nothing_is_right_where_the_documents_do_not_answer() -> None:
    unanswerable = GoldQuestion("2", "u", FIRMS.question, (), (), False)
    looked = Looked(Query(FIRMS.question, ANY, ()), "candidates", (), (offered("58家", 0),))
    (one,) = examples(engine_offering((looked,)), [unanswerable], "甲")
    assert (one.right, one.answerable) == (False, False)


def test_a_question_of_several_parts_or_of_none_gives_no_examples() -> None:
    looked = (Looked(Query(FIRMS.question, ANY, ()), "candidates", (), (offered("58家", 0),)),)
    told: list[tuple[int, int]] = []
    assert examples(engine_offering(looked, looked), [FIRMS], "甲", lambda *at: told.append(at)) == []
    assert told == [(1, 1)]

    def refuse(question: str) -> list[tuple[Looked, ...]]:
        raise QuestionError("问题里没有文字")

    assert examples(SimpleNamespace(index=engine_offering().index, offered=refuse), [FIRMS], "甲") == []
