"""Whether an answer tells what its passages tell: the same roles, the same more and less, the same denied, the same first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.answer.gate.sources import Source
from ragpark.answer.gate.values import close
from ragpark.answer.gate.words import pairs
from ragpark.read.context import Statement
from ragpark.read.readings import Reading
from ragpark.read.relations import Relation, denied, extremes, relations
from ragpark.zh.tagger import Word
from ragpark.zh.wording import rx

ALIKE = 0.6  # of the pairs of the shorter of two names, those the other must hold


def told_problems(
    text: str,
    tagged: Sequence[Word],
    figures: Sequence[tuple[Reading, Source | None]],
    statements: Sequence[tuple[Statement, Sequence[Word]]],
    cited: Sequence[Source],
) -> list[str]:
    """Return how the sentence contradicts what the statements of its passages say, as Chinese sentences.

    `figures` are those of the sentence with their sources, `cited` all figures of the passages.
    """
    theirs = [relation for statement, words in statements for relation in relations(statement.plain, words)]
    found = [problem for mine in relations(text, tagged) if (problem := _turned(mine, theirs))]
    plain = [statement.plain for statement, _ in statements]
    found += _denials(text, plain)
    found += _firsts(text, plain, figures, cited)
    return found


def _same(left: str, right: str) -> bool:
    """Tell whether two names may mean one thing: `岚川市` and `岚川市工业增速`, not `岚川市` and `松岭市`."""
    mine, theirs = pairs(left), pairs(right)
    few = min(len(mine), len(theirs))
    return left[:2] == right[:2] and few > 0 and len(mine & theirs) >= ALIKE * few


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
                judged.append((len(pairs(mine.about) & pairs(other.about)), agrees))
    if not judged or max(judged)[1] > 0:
        return ""
    return f"“{mine.word or '比较'}”的双方说反了" if mine.word else f"与“{mine.after[0]}”的高低说反了"


def _denials(text: str, plain: Sequence[str]) -> list[str]:
    """Return a problem for each clause that denies what the passage affirms, or affirms what it denies."""
    found: list[str] = []
    theirs = [sides for sentence in plain for sides in _clauses(sentence)]
    for yes, no, clause in _clauses(text):
        best = max(theirs, key=lambda other: len((yes | no) & (other[0] | other[1])), default=None)
        if best is None:
            continue
        against = len(yes & best[1]) + len(no & best[0])
        if against > len(no & best[1]) and (bool(no) != bool(best[1]) or not no & best[1]):
            found.append(f"“{clause.strip()}”与原文“{best[2].strip()}”一个肯定、一个否定")
    return found


def _clauses(text: str) -> list[tuple[frozenset[str], frozenset[str], str]]:
    """Return (pairs affirmed, pairs denied, the clause) for each clause."""
    found = []
    for match in re.finditer(r"[^，,；;。：:！？!?\n]+", text):
        clause = match[0]
        spans = denied(clause)
        no: frozenset[str] = frozenset().union(*(pairs(clause[a:b]) for a, b in spans))
        for a, b in reversed(spans):
            clause = f"{clause[:a]} {clause[b:]}"
        found.append((pairs(rx("{negation}").sub(" ", clause)), no, match[0]))
    return found


def _firsts(
    text: str, plain: Sequence[str], figures: Sequence[tuple[Reading, Source | None]], cited: Sequence[Source]
) -> list[str]:
    """Return a problem for each `最高`, `首个` that no sentence of the passages says so, and no comparison of figures gives."""
    found: list[str] = []
    theirs = [(part, extremes(part)) for sentence in plain for part in re.split(r"[；;。]", sentence)]
    bounds = {reading.bound for reading, _ in figures if reading.bound}
    for start, end, way in extremes(text):
        word = text[start:end]
        if word in bounds:
            continue  # `最高80万元`
        mine = pairs(text)
        own = [source for _, source in figures if source]
        said = [part for part, marks in theirs if any(sign == way for _, _, sign in marks)]
        if own:  # the sentence with the figure itself must say it, or the figure must be the first of its like
            at = own[0].reading
            segment = next((p for p in re.split(r"[；;。]", at.statement.plain) if at.quantity.text in p), "")
            if segment in said or _leads(own[0], way, cited):
                continue
            found.append(f"原文没有说这是“{word}”")
            continue
        best = max(said, key=lambda part: len(pairs(part) & mine), default="")
        others = [part for part, _ in theirs if part not in said]
        nearer = max((len(pairs(part) & mine) for part in others), default=0)
        scopes = [set(rx("{scope_of_rank}").findall(part)) for part in (text, best)]
        if not best or len(pairs(best) & mine) < nearer or (scopes[0] and scopes[1] and not scopes[0] & scopes[1]):
            found.append(f"原文没有说这是“{word}”")
    return found


def _leads(source: Source, way: int, cited: Sequence[Source]) -> bool:
    """Tell whether the figure is the greatest (or least) of those of its unit, kind and year that the passages give."""
    mine = source.reading
    alike = [
        other.reading.quantity.value
        for other in cited
        if (other.reading.quantity.unit, other.reading.kind) == (mine.quantity.unit, mine.kind)
        and other.reading.years == mine.years
        and (not mine.indicator or not other.reading.indicator or pairs(mine.indicator) & pairs(other.reading.indicator)
             or other.reading.statement.start == mine.statement.start)
    ]
    ahead = max(alike) if way > 0 else min(alike)
    return len(alike) > 1 and close(ahead, mine.quantity.value)
