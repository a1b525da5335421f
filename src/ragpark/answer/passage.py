"""What is shown of a passage where no piece answers: the best sentence, with its neighbours where there is room, or its best clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
                size = len(joined([told.text for told, _ in group[min(low, index) : max(high, index) + 1]]))
                if size <= limit and group[index][1] >= keep * best:
                    options.append((group[index][1], index))
        if not options:
            break
        _, index = max(options)
        low, high = min(low, index), max(high, index)
    return joined([statement.text for statement, _ in group[low : high + 1]]), list(range(low, high + 1))


def joined(texts: Sequence[str]) -> str:
    """Return sentences as one text, with a mark after those that end without one."""
    return "".join(text if _MARKED_END.search(text) else f"{text}；" for text in texts[:-1]) + texts[-1]


_MARKED_END = re.compile(r"\W\s*$")  # rows and items of lists may end in none


def enumeration(statements: Sequence[Statement], at: int) -> list[int]:
    """Return the statements of the list that the one at `at` leads to, or is an item of: the lead, then each item; [] for none.

    `statements` are those of a section in order. A lead ends with `：`; an item begins with a number of its own
    (`（一）`, `2.`, `③`), or it or the one before it ends with `；`.
    """
    texts = [statement.text.strip() for statement in statements]
    first = at
    while first > 0 and not _leads(texts[first]) and _is_item(texts, first):
        first -= 1
    if not _leads(texts[first]):
        return []
    last = first
    while last + 1 < len(texts) and _is_item(texts, last + 1):
        last += 1
    return list(range(first, last + 1)) if last > first + 1 and last >= at else []


_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}[、是])"
)


def _leads(text: str) -> bool:
    return text.endswith(("：", ":"))


def _is_item(texts: Sequence[str], at: int) -> bool:
    if _NUMBERED.match(texts[at]) or at == 0:
        return bool(_NUMBERED.match(texts[at]))
    before = texts[at - 1]
    return before.endswith(("；", ";")) or (_leads(before) and texts[at].endswith(("；", ";")))


def listed(texts: Sequence[str], limit: int) -> str:
    """Return a list's lead and items as one text of at most `limit` characters: whole if they fit, else without the lead,
    else of each item as many clauses as there is room for, with `……` where some are left out."""
    for some in (texts, texts[1:]):
        if sum(map(len, some)) <= limit:
            return "".join(some)
    items = [_NUMBERED.sub("", text).rstrip("；;。") for text in texts[1:]]
    share = max(limit // len(items) - 1, SHORTEST)
    while sum(len(shortened(item, share)) + 1 for item in items) <= limit and any(len(item) > share for item in items):
        share += 1  # short items leave room for long ones
    kept = [shortened(item, share - 1) for item in items]
    while len(kept) > 1 and sum(map(len, kept)) + len(kept) - 1 > limit - 2:
        kept.pop()
    return "；".join(kept) + ("……" if len(kept) < len(items) else "")


SHORTEST = 14  # characters of an item


def shortened(text: str, limit: int) -> str:
    """Return the text, or as many of its first clauses as fit into `limit` characters, with `……` after them."""
    if len(text) <= limit:
        return text
    ends = [end for _, end in clauses(text, 0, len(text)) if end <= limit - 2]
    return (text[: ends[-1]] if ends else text[: limit - 2]) + "……"


def clauses_around(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """Return where to cut a text so that at most `limit` characters with text[start:end] are left: whole clauses, those
    after it first, else the piece alone."""
    spans = clauses(text, 0, len(text))
    inside = [n for n, (a, b) in enumerate(spans) if a < end and start < b]
    first, last = inside[0], inside[-1]
    if spans[last][1] - spans[first][0] > limit:
        return start, min(end, start + limit)
    while last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= limit:
        last += 1
    while first > 0 and spans[last][1] - spans[first - 1][0] <= limit:
        first -= 1
    return spans[first][0], spans[last][1]


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
