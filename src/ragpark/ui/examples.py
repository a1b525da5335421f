"""Example questions made from what the index holds, so that each of them has an answer."""

from __future__ import annotations

from collections.abc import Iterable

from ragpark.records import Fact

MAX_CHARS = 28  # longer ones break a button in two lines


def example_questions(facts: Iterable[Fact], n: int = 5) -> list[str]:
    """Return up to `n` questions, newest year first, no indicator twice, documents taken in turn.

    A fact of 2023, 园区, 研发投入强度, `5.16%` gives `2023年园区研发投入强度是多少？`; facts whose year is
    open, whose indicator has no name of its own, or that are plans and shares of something are left out.
    """
    by_doc: dict[str, list[tuple[int, str, str]]] = {}
    for fact in facts:
        if fact.year is None or not fact.indicator or fact.kind not in ("", "level"):
            continue
        question = f"{fact.year}年{fact.entity}{fact.indicator}是多少？"
        if len(question) <= MAX_CHARS and "\n" not in question:
            by_doc.setdefault(fact.doc, []).append((-fact.year, fact.indicator, question))
    queues = [sorted(set(by_doc[doc])) for doc in sorted(by_doc)]
    chosen: list[str] = []
    seen: set[str] = set()
    while len(chosen) < n and any(queues):
        for queue in queues:
            while queue and queue[0][1] in seen:
                queue.pop(0)
            if queue and len(chosen) < n:
                _, indicator, question = queue.pop(0)
                seen.add(indicator)
                chosen.append(question)
    return chosen
