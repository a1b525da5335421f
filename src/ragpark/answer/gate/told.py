"""Whether an answer tells what its passages tell: the same roles, the same more and less, the same denied, the same first.

Compares what `ragpark.read.relations` reads of both; reads nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.answer.gate.sources import Source
from ragpark.answer.gate.values import close
from ragpark.answer.gate.words import bigrams, pairs
from ragpark.read.context import Statement
from ragpark.read.readings import Reading
from ragpark.read.relations import Relation, clauses_denied, extremes, nouns, relations
from ragpark.zh.tagger import Word
from ragpark.zh.wording import rx

ALIKE = 0.65  # of the pairs of the shorter of two names, those the other must hold
HALF = 0.5  # of what is denied in one wording, the part that the other must affirm to contradict it
HEAD = 5  # characters of a clause in which it names what it is about

Tagged = tuple[Statement, Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of an answer: its text, the tagger's words for it, and its figures with their sources."""

    text: str
    start: int  # in the answer
    words: Sequence[Word]
    figures: Sequence[tuple[Reading, Source | None]]


def told_problems(mine: Telling, theirs: Sequence[Tagged], cited: Sequence[Source]) -> list[str]:
    """Return how a sentence contradicts the statements of its passages, as Chinese sentences; `cited` are their figures."""
    known = [relation for statement, words in theirs for relation in relations(statement.plain, words)]
    found = [problem for own in relations(mine.text, mine.words) if (problem := _turned(own, known))]
    plain = [statement.plain for statement, _ in theirs]
    return [*found, *_denials(mine.text, plain), *_firsts(mine, plain, cited)]


def _same(left: str, right: str) -> bool:
    """Tell whether two names may mean one thing: `岚川市` and `岚川市工业增速`, not `岚川市` and `松岭市`."""
    mine, theirs = bigrams(left), bigrams(right)
    few = min(len(mine), len(theirs))
    return left == right or (few > 0 and len(mine & theirs) >= ALIKE * few)


def _turned(mine: Relation, theirs: Sequence[Relation]) -> str:
    """Return what is wrong where the passage has the two the other way round; "" where it agrees or says nothing."""
    judged: list[tuple[int, int]] = []
    for other in theirs:
        if bool(mine.word) != bool(other.word) or (mine.word and not set(mine.word) & set(other.word)):
            continue
        for p, q in ((p, q) for p in mine.before for q in mine.after if not _same(p, q)):
            straight = any(_same(p, x) for x in other.before) and any(_same(q, y) for y in other.after)
            crossed = any(_same(q, x) for x in other.before) and any(_same(p, y) for y in other.after)
            if straight != crossed:
                agrees = mine.sign * other.sign * (1 if straight else -1)
                judged.append((len(bigrams(mine.about) & bigrams(other.about)), agrees))
    if not judged or max(judged)[1] > 0:
        return ""
    return f"“{mine.word}”的双方说反了" if mine.word else f"与“{mine.after[0]}”的高低说反了"


def _denials(text: str, plain: Sequence[str]) -> list[str]:
    """Return a problem for each clause that denies what the passage affirms, or affirms what it denies.

    A clause of the passage that says it as the answer does, and is no less about the same, clears it: `河西菜市场未搬迁`
    where `河东菜市场已搬迁`.
    """
    found: list[str] = []
    theirs = [
        (bigrams(yes), bigrams(no), clause, bigrams(sentence))
        for sentence in plain
        for yes, no, clause in clauses_denied(sentence)
    ]
    whole = bigrams(text)
    for affirmed, refused, clause in clauses_denied(text):
        yes, no = bigrams(affirmed), bigrams(refused)
        head = bigrams(clause.strip()[:HEAD])
        near = [len((yes | no) & (a | b)) + len(head & (a | b)) for a, b, *_ in theirs]
        for i, (a, b, other, sentence) in enumerate(theirs):
            against = yes & b if len(yes & b) >= HALF * max(len(b), 1) else frozenset[str]()
            against |= no & a if len(no & a) >= HALF * max(len(no), 1) else frozenset[str]()
            if len(against) <= len(no & b) or len(whole & sentence) < 3:
                continue
            if not any(near[j] >= near[i] and against & ((yes & c) | (no & d)) for j, (c, d, *_) in enumerate(theirs)):
                found.append(f"“{clause.strip()}”与原文“{other.strip()}”一个肯定、一个否定")
                break
    return found


def _firsts(mine: Telling, plain: Sequence[str], cited: Sequence[Source]) -> list[str]:
    """Return a problem for each `最高`, `首个` that no clause of the passages says so, and no comparison of figures gives."""
    found: list[str] = []
    bounds = {reading.bound for reading, _ in mine.figures}
    own = [(r.start - mine.start, source) for r, source in mine.figures if source and r.quantity.unit != "位"]
    for start, end, way in extremes(mine.text):
        word = mine.text[start:end]
        if word in bounds:  # `最高80万元`
            continue
        if own:  # the part of the sentence that the figure stands in says it, or the figure is the first of its like
            source = max((o for o in own if o[0] < start), default=own[0], key=lambda o: o[0])[1]
            at = source.reading
            parts = [part for part in re.split(r"[；;。]", at.statement.plain) if at.quantity.text in part]
            backed = any(sign == way for part in parts for _, _, sign in extremes(part)) or _leads(source, way, cited)
        else:
            scope = _scope(mine.text, start, end)
            low = max(mine.text.rfind(mark, 0, start) for mark in "，,；;：:") + 1
            if len(pairs(mine.text[low:start])) < 2 and not pairs(re.split("[，。]", mine.text[end:])[0]):
                low = 0  # `……，居全省第二`: what comes before is meant
            high = re.compile("[^，,；;：:。]*").match(mine.text, end)
            near = [w for w in mine.words if low <= w.start < (high.end() if high else end)]
            things = [
                n for n in nouns(mine.text, near) if not rx("{scope_of_rank}|{says_little}|{number_noun}").match(n)
            ]
            backed = any(_says_so(part, way, scope, things) for part in plain)
        if not backed:
            found.append(f"原文没有说这是“{word}”")
    return found


def _says_so(sentence: str, way: int, scope: set[str], things: Sequence[str]) -> bool:
    """Tell whether a clause calls those things the first (or last), among what `scope` names or leaves open.

    A clause that names nothing itself (`居全省第二`) is about what the clause before it is about.
    """
    clauses = re.split(r"[，,；;：:]", sentence)
    for i, clause in enumerate(clauses):
        for start, end, sign in extremes(clause):
            wide = clause if i == 0 or len(pairs(clause[:start])) > 1 else f"{clauses[i - 1]}，{clause}"
            theirs = _scope(clause, start, end)
            held = bigrams(wide)
            named = all(len(bigrams(noun) & held) >= HALF * len(bigrams(noun)) for noun in things)
            if sign == way and named and (not scope or not theirs or scope & theirs):
                return True
    return False


def _scope(text: str, start: int, end: int) -> set[str]:
    """Return among what something is called the first: 省内 in `省内首个`, `率先在省内`."""
    scope = rx("{scope_of_rank}")
    return set(scope.findall(text[max(0, start - 6) : start]) or scope.findall(text[end : end + 4]))


def _leads(source: Source, way: int, cited: Sequence[Source]) -> bool:
    """Tell whether the figure is the greatest (or least) of those of its like that the passages give."""
    mine = source.reading
    values = [
        reading.quantity.value
        for reading in (other.reading for other in cited)
        if (reading.quantity.unit, reading.kind, reading.years) == (mine.quantity.unit, mine.kind, mine.years)
        and (pairs(mine.indicator) & pairs(reading.indicator) or reading.statement.start == mine.statement.start)
    ]
    return len(values) > 1 and close(max(values) if way > 0 else min(values), mine.quantity.value)
