"""What is shown of a passage where no piece answers: the best sentence, with its neighbours where there is room, or its best clauses."""

from __future__ import annotations

from ragpark.answer.terms import term_in
from ragpark.read.context import Statement
from ragpark.read.sentences import clauses
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze


def window(
    query: Query, group: list[tuple[Statement, float]], chosen: int, limit: int, keep: float
) -> tuple[str, list[int]]:
    """Return the text to show, at most `limit` characters, and which statements of the group it is made of.

    Takes the chosen statement, and neighbours scoring at least `keep` of it while they fit; of a statement that
    is too long, the clauses that hold most of the query's terms.
    """
    text = group[chosen][0].text
    if len(text) > limit:
        return _best_clauses(query, text, limit), [chosen]
    low = high = chosen
    best = group[chosen][1]
    while True:
        options = []
        for index in (low - 1, high + 1):
            if 0 <= index < len(group) and not group[index][0].heading:
                size = sum(len(group[i][0].text) for i in range(min(low, index), max(high, index) + 1))
                if size <= limit and group[index][1] >= keep * best:
                    options.append((group[index][1], index))
        if not options:
            break
        _, index = max(options)
        low, high = min(low, index), max(high, index)
    return "".join(group[i][0].text for i in range(low, high + 1)), list(range(low, high + 1))


def shortened(text: str, limit: int) -> str:
    """Return the text, or as many of its first clauses as fit into `limit` characters, with `……` after them."""
    if len(text) <= limit:
        return text
    ends = [end for _, end in clauses(text, 0, len(text)) if end <= limit - 2]
    return (text[: ends[-1]] if ends else text[: limit - 2]) + "……"


def _best_clauses(query: Query, text: str, limit: int) -> str:
    spans = clauses(text, 0, len(text))
    spans = [s for span in spans for s in _cut_long(span, limit)]
    best, shown = -1.0, text[:limit]
    squeezed = [squeeze(text[a:b]) for a, b in spans]
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            if spans[last][1] - spans[first][0] > limit:
                break
            inside = "".join(squeezed[first : last + 1])
            met = sum(term.weight * term_in(term, inside) for term in query.terms)
            if met > best + 1e-9 or (met > best - 1e-9 and spans[last][1] - spans[first][0] > len(shown)):
                best, shown = max(met, best), text[spans[first][0] : spans[last][1]]
    return shown


def _cut_long(span: tuple[int, int], limit: int) -> list[tuple[int, int]]:
    start, end = span
    return [(at, min(at + limit, end)) for at in range(start, end, limit)]
