"""The words of a question met in text: whole, by another name, or by their characters in pairs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ragpark.read.context import Statement
from ragpark.retrieve.query import Query, Term
from ragpark.zh.fold import character_pairs, squeeze
from ragpark.zh.wording import rx

SYNONYM, SHORT_SYNONYM, CHARACTERS = 0.9, 0.8, 0.8  # what a word counts that is met by another name, or by its pairs
INDICATOR = 0.85  # … and one of an indicator's name, where the indicator is met under another name
LEAST_PAIRS = 0.5


def term_in(term: Term, squeezed: str) -> float:
    """Return how well the term is met in squeezed text: 1 by the word itself, less by a synonym or its characters in pairs."""
    for index, form in enumerate(term.forms):
        if form in squeezed:
            return 1.0 if index == 0 else SYNONYM if len(form) > 1 else SHORT_SYNONYM
    word = term.word
    if not (term.known or term.place) and _abbreviated(word).search(squeezed):
        return CHARACTERS
    if len(word) < 3 or word.isascii():
        return 0.0
    own = pairs_of(word)
    met = sum(pair in squeezed for pair in own) / len(own)
    return CHARACTERS * met if met >= LEAST_PAIRS else 0.0


@cache
def _abbreviated(word: str) -> re.Pattern[str]:
    """Return what a short word that no document holds may be short for: 师大 for 师范大学, 港交所 for `香港联合交易所`."""
    if not 2 <= len(word) <= LONGEST_SHORT or not re.fullmatch("[一-鿿]+", word):
        return _NOTHING
    return re.compile(f"[一-鿿]{{0,{len(word)}}}".join(word))


LONGEST_SHORT = 4
_NOTHING = re.compile("(?!)")


def met_shares(
    terms: Sequence[Term], texts: Sequence[str], known: frozenset[str] = frozenset(), power: float = 1.0
) -> list[float]:
    """Return for each of the squeezed texts the share of the terms' weights that is met in it and in none before it.

    The shares add up to at most 1. `known` are words met in the first text by another name of their indicator;
    `power` raises the weights, so that rare words weigh more.
    """
    shares = [0.0] * len(texts)
    total = 0.0
    for term in terms:
        weight = term.weight**power
        total += weight
        best = INDICATOR if term.word in known else 0.0
        for at, text in enumerate(texts):
            met = term_in(term, text)
            if at == 0:
                best = max(best, met)
                shares[0] += weight * best
            elif met > best:
                shares[at] += weight * (met - best)
                best = met
    return [share / (total or 1.0) for share in shares]


def question_pairs(query: Query, idf: Callable[[str], float], known: Callable[[str], bool]) -> dict[str, float]:
    """Return the question's character pairs with their idf.

    A pair that no document holds counts only inside a word of the question; across two words it says nothing.
    """
    inside = {pair for term in query.terms for pair in pairs_of(term.word)}
    across = {
        pair
        for run in re.findall(r"[一-鿿]{2,}", rx(_ASKING).sub(" ", squeeze(query.question)))
        for pair in pairs_of(run)
    }
    return {pair: idf(pair) for pair in sorted(inside | {pair for pair in across if known(pair)})}


_ASKING = "{asking_word}|是谁|[?？，,。、：:]"


def share_of_pairs(weights: Mapping[str, float], squeezed: str, known: Iterable[str] = ()) -> float:
    """Return the share of the weighted pairs that stand in squeezed text or in one of the words `known`, 0 to 1."""
    total = sum(weights.values()) or 1.0
    texts = " ".join((squeezed, *known))
    return sum(weight for pair, weight in weights.items() if pair in texts) / total


def likeness(terms: Sequence[Term], asked: Iterable[str], texts: Sequence[str]) -> list[float]:
    """Return how much of a question each of the squeezed texts holds itself, as a share of what the likest of them holds.

    Its words and the pairs `asked` count the less the more of the texts hold them: where all stand under one title, its words tell
    none from another, and a verb that one of them has does.
    """
    held = [
        {term.word for term in terms if term_in(term, text) >= LEAST_PAIRS} | {pair for pair in asked if pair in text}
        for text in texts
    ]
    holding = Counter(unit for units in held for unit in units)
    own = [sum(math.log(1 + len(texts) / holding[unit]) for unit in sorted(units)) for units in held]
    most = max(own, default=0.0) or 1.0
    return [value / most for value in own]


def pairs_of(word: str) -> list[str]:
    """Return the word's characters in pairs; a Latin word, and a single character, whole."""
    return [word] if word.isascii() or len(word) < 2 else character_pairs(word)


def named_alike(one: str, other: str) -> float:
    """Return how alike two folded names are, 0 to 1: the Dice coefficient of their characters in pairs."""
    if one == other:
        return 1.0
    a, b = set(pairs_of(one)), set(pairs_of(other))
    return 2 * len(a & b) / (len(a) + len(b))


def contexts(statement: Statement) -> tuple[str, str, str]:
    """Return the squeezed texts in which a sentence's words are looked for: itself, what it stands under, what came before."""
    return statement.own, f"{statement.head} {statement.lead}", statement.near


def in_log(share: float) -> float:
    """Return a share, 0 to 1, as a logarithm from −2.4 to 0: what is met by half is nearer to all than to nothing.

    Weighed so, several shares multiply as probabilities do, and one that is near 0 is not made good by the others.
    """
    return math.log((max(share, 0.0) + _FLOOR) / (1.0 + _FLOOR))


_FLOOR = 0.1
