"""Example questions made from what the index holds; they are tried, so that each one shown has its answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from ragpark.records import Answer, Fact
from ragpark.zh.times import part_of_year

MAX_CHARS = 28  # longer ones break a button in two lines
MAX_TRIES = 12  # questions asked to find the few that are shown; some 50 ms each


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the figure (as printed) that its answer must hold."""

    question: str
    figure: str


def candidates(facts: Iterable[Fact], indicators: Collection[str]) -> list[Example]:
    """Return questions, newest year first, no indicator twice, documents taken in turn.

    A fact of 2023, 园区, 研发投入强度, `5.16%` gives `2023年园区研发投入强度是多少？`. Left out are facts without a
    subject, of a year that is open, taken from elsewhere than the figure's own sentence or later than its document,
    of a part of a year; plans, shares and changes; and whatever is not among `indicators`, the names of the
    vocabulary: words cut out of a sentence (`当年第一次迈过`) make no question.
    """
    by_doc: dict[str, list[tuple[int, str, str, str]]] = {}
    for fact in facts:
        if fact.year is None or fact.measure not in indicators or fact.kind not in ("", "level"):
            continue
        if not fact.entity or fact.year_from or part_of_year(fact.period):
            continue  # without its sentence or its months the question would not be the one that it answers
        if fact.date and fact.year > int(fact.date[:4]):
            continue
        question = f"{fact.year}年{fact.entity}{fact.measure}是多少？"
        if len(question) <= MAX_CHARS and "\n" not in question:
            by_doc.setdefault(fact.doc, []).append((-fact.year, fact.measure, question, fact.text))
    queues = [sorted(set(by_doc[doc])) for doc in sorted(by_doc)]
    found: list[Example] = []
    seen: set[str] = set()
    while any(queues):
        for queue in queues:
            while queue and queue[0][1] in seen:
                queue.pop(0)
            if queue:
                _, indicator, question, figure = queue.pop(0)
                seen.add(indicator)
                found.append(Example(question, figure))
    return found


def example_questions(tried: Iterable[Example], ask: Callable[[str], Answer], n: int = 5) -> list[str]:
    """Return the first `n` questions whose answer holds its figure, trying at most MAX_TRIES."""
    chosen: list[str] = []
    for example in list(tried)[:MAX_TRIES]:
        answer = ask(example.question)
        if not answer.refused and example.figure in answer.answer:
            chosen.append(example.question)
        if len(chosen) == n:
            break
    return chosen
