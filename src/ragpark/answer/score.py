"""How well a statement supports an answer: subject, indicator, year and place met, and where it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ragpark.read.context import Statement
from ragpark.read.organisations import subject_organisation
from ragpark.retrieve.query import DATE, DEFINITION, FIGURE, LIST, NAME, PERSON, REASON, Query, Term
from ragpark.zh.fold import squeeze
from ragpark.zh.times import find_clocks, find_dates
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

# A word met only in the sentence before, only in the headings, only in the section's first sentence, or only by another
# name of its indicator counts this much.
NEAR, HEADED, LED, KNOWN = 0.6, 0.75, 0.75, 0.85


@dataclass(frozen=True, slots=True)
class Support:
    """A statement judged for a query. `parts` holds each part's score (0 to 1), `score` the whole."""

    statement: Statement
    doc: str
    rank: int
    score: float
    parts: Mapping[str, float]


def term_in(term: Term, squeezed: str) -> float:
    """Return how well the term is met in squeezed text: 1 by a form of it, less by its characters in pairs."""
    for index, form in enumerate(term.forms):
        if form in squeezed:
            return 1.0 if index == 0 else 0.9 if len(form) > 1 else 0.8
    word = term.word
    if len(word) < 3 or word.isascii():
        return 0.0
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    met = sum(pair in squeezed for pair in pairs) / len(pairs)
    return 0.8 * met if met >= 0.5 else 0.0


def coverage(query: Query, statement: Statement, stated: bool = False) -> tuple[float, float]:
    """Return the weighted share of the query's terms met (in the sentence itself, with its context).

    The words of an indicator are met by any wording of that indicator, and where a fact of the sentence is one of it
    (`stated`).
    """
    known = query.indicator_words if stated or statement.indicators[0] & set(query.indicators) else frozenset()
    total = sum(term.weight for term in query.terms) or 1.0
    inside = within = 0.0
    for term in query.terms:
        here = max(term_in(term, statement.own), KNOWN if term.word in known else 0.0)
        inside += term.weight * here
        if here < 1.0:
            head, lead, near = (term_in(term, text) for text in (statement.head, statement.lead, statement.near))
            here = max(here, HEADED * head, LED * lead, NEAR * near)
        within += term.weight * here
    return inside / total, within / total


def pair_coverage(weights: Mapping[str, float], statement: Statement) -> float:
    """Return the share of the question's weighted character pairs that stand in the sentence.

    Those that stand in the headings or the section's first sentence instead count less.
    """
    met = 0.0
    for pair, weight in weights.items():
        if pair in statement.own:
            met += weight
        elif pair in statement.head or pair in statement.lead:
            met += LED * weight
    return met / (sum(weights.values()) or 1.0)


def share_of_pairs(weights: Mapping[str, float], squeezed: str) -> float:
    """Return the share of the weighted pairs that stand in squeezed text, 0 to 1."""
    total = sum(weights.values()) or 1.0
    return sum(weight for pair, weight in weights.items() if pair in squeezed) / total


def question_pairs(query: Query, idf: Callable[[str], float], known: Callable[[str], bool]) -> dict[str, float]:
    """Return the question's character pairs with their idf.

    A pair that no document holds counts only inside a word of the question; across two words it says nothing.
    """
    inside = {pair for term in query.terms for pair in _pairs(term.word)}
    across = {
        pair
        for run in re.findall(r"[一-鿿]{2,}", rx(_ASKING).sub(" ", squeeze(query.question)))
        for pair in _pairs(run)
    }
    return {pair: idf(pair) for pair in sorted(inside | {pair for pair in across if known(pair)})}


_ASKING = "{asking_word}|是谁|[?？，,。、：:]"


def _pairs(word: str) -> list[str]:
    if word.isascii() or len(word) < 2:
        return [word]
    return [word[i : i + 2] for i in range(len(word) - 1)]


def type_fit(query: Query, statement: Statement) -> float:
    """Return 1 where the sentence holds something of the kind asked for, 0 where it cannot answer."""
    text = statement.text
    if query.kind == FIGURE:
        if not statement.quantities:
            return 0.0
        return 1.0 if not query.units or any(q.unit in query.units for q in statement.quantities) else 0.4
    if query.kind == DATE:
        return 1.0 if find_clocks(text) or find_dates(text) else 0.0
    if query.kind == DEFINITION:
        return 1.0 if notion("definition_said").search(text) else 0.3
    if query.kind == PERSON:
        return 0.6
    if query.kind == REASON:
        return 1.0 if notion("reason_said").search(text) else 0.4
    if query.kind == LIST and query.count:
        return 1.0 if query.count in _listed(text) else 0.3
    if query.kind == NAME and notion("company_asked").search(query.question):
        return 1.0 if notion("company_word").search(text) else 0.2
    if query.kind == LIST:
        return 1.0 if rx("{joined_by}|；|;").search(text) else 0.4
    return 0.6


def _listed(text: str) -> set[int]:
    """Return how many items the enumerations of the text have: `甲、乙、丙三大产业` → {3}, `甲、乙和丙` → {2, 3}."""
    found: set[int] = set()
    for run in re.findall(r"[^，,。；;：:、]{1,24}(?:、[^，,。；;：:、]{1,24})+", text):
        items = run.count("、") + 1
        found |= (
            {items, items + 1} if rx("[一-鿿A-Za-z]{joined_by}[一-鿿A-Za-z]").search(run.split("、")[-1]) else {items}
        )
    return found


def indicator_fit(query: Query, statement: Statement) -> float:
    """Return 1 where an indicator of the query is named in the sentence, less in its context, 0 where not at all.

    Its words met apart from each other (`人工智能产业……集聚相关企业`) count nearly as much as its name.
    """
    if not query.indicators:
        return 1.0
    best = 0.0
    words = [term for term in query.terms if term.word in query.indicator_words]
    total = sum(term.weight for term in words)
    texts = (statement.own, statement.head, statement.near)
    for text, named, value in zip(texts, statement.indicators, (1.0, 0.7, 0.6), strict=True):
        if named & set(query.indicators):
            best = max(best, value)
        elif total and len(words) > 1:  # a single word may be part of another indicator: `GDP` in R&D占GDP比重
            met = sum(term.weight * term_in(term, text) for term in words) / total
            best = max(best, 0.95 * value * met if met >= 0.6 else 0.0)
    return best


def entity_fit(query: Query, statement: Statement, vocabulary: Vocabulary) -> float:
    """Return how well the statement is about the places asked for: 1 named, 0.85 inherited, 0 about others only.

    A place lying in the one asked for is not the one asked for: 昆山 does not answer for 苏州, nor 苏州 for 园区.
    """
    if not query.entities:
        return 1.0
    asked = set(query.entities)
    # `苏州` inside `苏州工业园区科技局` asks about the innermost place
    inner = {e for e in asked if not any(other != e and vocabulary.covers(e, other) for other in asked)}
    if query.joint and not inner <= {*statement.entities, *statement.around}:
        return 0.15  # `园区与昆山市签署的协议`: both, or it is another
    if inner & set(statement.entities):
        return 1.0
    if inner & set(statement.around[:1]):
        return 0.9
    if inner & set(statement.around):
        last = statement.around[0]
        if not any(vocabulary.covers(last, e) or vocabulary.covers(e, last) for e in inner):
            return 0.3  # its neighbour was spoken of since
        return 0.7 if not statement.entities else 0.5
    if any(vocabulary.covers(e, other) for e in inner for other in statement.entities):
        return 0.3
    return 0.15 if not statement.entities and not statement.around else 0.0


def organisation_fit(query: Query, statement: Statement) -> float:
    """Return 0.4 where the statement is about one organisation that a question about a place does not name, else 1.

    `某研究院累计孵化企业81家，其中高新技术企业8家` does not answer for the park; `园区有高新技术企业8家` does.
    """
    if query.kind != FIGURE:
        return 1.0
    name = subject_organisation(statement)
    if not name:
        return 1.0
    if query.organisation:
        return (
            1.0 if _same_organisation(query.organisation, squeeze(name)) or query.organisation in statement.own else 0.3
        )
    if not query.entities:
        return 1.0
    asked, pairs = squeeze(query.question), _pairs(squeeze(name))
    return 1.0 if sum(pair in asked for pair in pairs) >= 0.34 * len(pairs) else 0.4


def _same_organisation(asked: str, name: str) -> bool:
    """Tell whether the asked name, or a short form of it, is that of the organisation.

    `新国大苏州研究院` is short for `新加坡国立大学苏州研究院`; `苏州实验室` isn't for `材料科学姑苏实验室`. What stands
    before the name in the question (`年底某某科技园`) may be left off.
    """
    return any(_within(asked[at:], name) or _within(name, asked[at:]) for at in range(max(len(asked) - 3, 1)))


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in this order."""
    rest = iter(long)
    return all(char in rest for char in short)
