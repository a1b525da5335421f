"""A reader that one can compute by eye: it finds the wordings it is told, wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ragpark.answer.reader import Span


class FakeReader:
    """Gives for each question the wordings it is told, with their margins, where a passage holds them, best first."""

    def __init__(self, answers: Mapping[str, Mapping[str, float]]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(self, question: str, passages: Sequence[str]) -> list[tuple[Span, ...]]:
        self.asked.append((question, tuple(passages)))
        told = sorted(self._answers.get(question, {}).items(), key=lambda item: (-item[1], item[0]))
        return [
            tuple(
                Span(number, at, at + len(text), text, margin)
                for text, margin in told
                if (at := passage.find(text)) >= 0
            )
            for number, passage in enumerate(passages)
        ]
