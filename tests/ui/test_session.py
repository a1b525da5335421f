"""What a browser session remembers."""

from __future__ import annotations

from typing import Any

from ragpark.records import Answer
from ragpark.ui.session import MAX_TURNS, Session

ANSWER = Answer("问", "答", False, "", ())


def test_the_latest_turn_is_shown_and_an_earlier_one_can_be_brought_back() -> None:
    state: dict[str, Any] = {}
    session = Session(state)
    session.add("一", ANSWER)
    session.add("二", None, "没法回答")
    assert session.shown is not None and session.shown.question == "二"
    session.open(1)
    session.show(1)
    assert session.shown is not None and session.shown.question == "一"
    assert session.opened is None  # another turn's source is closed
    assert [turn.question for turn in Session(state).turns] == ["一", "二"]


def test_clearing_forgets_all() -> None:
    session = Session({})
    session.add("一", ANSWER)
    session.clear()
    assert session.turns == () and session.shown is None


def test_only_the_last_turns_are_kept_and_numbers_go_on() -> None:
    session = Session({})
    for number in range(MAX_TURNS + 2):
        session.add(str(number), ANSWER)
    assert len(session.turns) == MAX_TURNS
    assert session.turns[-1].number == MAX_TURNS + 2


def test_a_follow_up_leans_on_the_question_shown() -> None:
    session = Session({})
    assert session.previous == ""
    session.add("一", ANSWER)
    session.add("二", ANSWER, typed="那二呢")
    assert session.previous == "二"
    session.add("？？", None, "没有文字")
    assert session.previous == "二"  # what could not be asked says nothing
    session.show(1)
    assert session.previous == "一"


def test_a_verdict_is_kept_for_the_same_answer_and_survives_clearing() -> None:
    session = Session({})
    assert session.judged(ANSWER) is None
    session.judge(ANSWER, correct=False)
    session.clear()
    assert session.judged(Answer("问", "答", False, "", ())) is False
    assert session.judged(Answer("问", "别的", False, "", ())) is None
