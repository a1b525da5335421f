"""What one browser session remembers: the questions asked, the one shown, the source opened."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from ragpark.records import Answer

MAX_TURNS = 50  # older ones are forgotten


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, or the sentence that says why it could not be asked.

    `typed` is what the user wrote where `question` was completed from the one before it, else empty.
    """

    number: int
    question: str
    answer: Answer | None
    error: str = ""
    scope: str = ""  # the filter it was asked within, in words
    typed: str = ""


class Session:
    """The session's turns over Streamlit's `st.session_state` (any mutable mapping in tests)."""

    def __init__(self, state: MutableMapping[Any, Any]) -> None:
        self._state = state
        state.setdefault("turns", ())
        state.setdefault("shown", None)
        state.setdefault("opened", None)
        state.setdefault("judged", {})

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(self._state["turns"])

    @property
    def shown(self) -> Turn | None:
        """The turn in large type: the one picked from the history, else the latest."""
        return next((turn for turn in self.turns if turn.number == self._state["shown"]), None)

    @property
    def opened(self) -> int | None:
        """The number of the citation whose source is open, of the turn shown."""
        value = self._state["opened"]
        return value if isinstance(value, int) else None

    @property
    def previous(self) -> str:
        """The question that a follow-up leans on: the one shown, or the last before it that could be asked; else empty."""
        shown = self.shown
        before = [turn for turn in self.turns if turn.answer and (shown is None or turn.number <= shown.number)]
        return before[-1].question if before else ""

    def add(self, question: str, answer: Answer | None, error: str = "", typed: str = "", scope: str = "") -> Turn:
        number = self.turns[-1].number + 1 if self.turns else 1
        turn = Turn(number, question, answer, error, scope, typed)
        self._state["turns"] = (*self.turns, turn)[-MAX_TURNS:]
        self.show(number)
        return turn

    def find(self, question: str) -> Turn | None:
        """Return the last turn of that question, None if it was not asked in this session."""
        return next((turn for turn in reversed(self.turns) if turn.question == question), None)

    def show(self, number: int) -> None:
        self._state["shown"] = number
        self._state["opened"] = None

    def open(self, n: int | None) -> None:
        self._state["opened"] = n

    def judged(self, answer: Answer) -> bool | None:
        """Return how the user judged this answer in this session, None if not yet."""
        verdict = self._state["judged"].get((answer.question, answer.answer, answer.reason))
        return verdict if isinstance(verdict, bool) else None

    def judge(self, answer: Answer, *, correct: bool) -> None:
        key = (answer.question, answer.answer, answer.reason)
        self._state["judged"] = {**self._state["judged"], key: correct}

    def clear(self) -> None:
        self._state["turns"] = ()
        self._state["shown"] = self._state["opened"] = None
