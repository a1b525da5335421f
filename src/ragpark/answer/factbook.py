"""The facts of the index as answering uses them: those that a question asks for, and what stands at a span."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ragpark.records import Fact
from ragpark.retrieve.query import Query
from ragpark.retrieve.wanted import plain_name
from ragpark.zh.bounds import agree, possible
from ragpark.zh.fold import squeeze
from ragpark.zh.times import part_of_year
from ragpark.zh.vocabulary import Vocabulary


@dataclass(frozen=True)
class FactBook:
    """Facts by indicator and by document. `names` are the vocabulary's indicators: only these name one thing surely."""

    by_indicator: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_doc: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    @staticmethod
    def of(facts: Iterable[Fact], names: frozenset[str]) -> FactBook:
        book = FactBook()
        plain: dict[str, str] = {}  # few names, many facts
        for fact in facts:
            book.by_doc[fact.doc].append(fact)
            for name in (fact.indicator, fact.standard):
                if name not in plain:
                    plain[name] = plain_name(name)
            for name in {plain[fact.indicator], plain[fact.standard]} - {""}:
                book.by_name[name].append(fact)
            if fact.measure in names:
                book.by_indicator[fact.measure].append(fact)
        for found in book.by_doc.values():
            found.sort(key=lambda fact: (fact.start, fact.end))
        return book

    def named(self, names: Sequence[str]) -> list[Fact]:
        """Return the facts of one of the names, as `plain_name` gives them; each once, in the order of the index."""
        found = {(fact.doc, fact.start): fact for name in names for fact in self.by_name.get(name, ())}
        return [found[key] for key in sorted(found)]

    def at(self, doc: str, start: int, end: int) -> Fact | None:
        """Return the fact whose figure overlaps [start:end] of the document's text, or None."""
        facts = self.by_doc.get(doc, [])
        at = bisect_right(facts, end - 1, key=lambda fact: fact.start)
        for fact in reversed(facts[max(at - 2, 0) : at]):
            if fact.end > start:
                return fact
        return None

    def since(self, doc: str, start: int) -> list[Fact]:
        """Return the few facts of the document that begin at the offset or next after it."""
        facts = self.by_doc.get(doc, [])
        at = bisect_left(facts, start, key=lambda fact: fact.start)
        return facts[at : at + 12]

    def asked(self, query: Query, vocabulary: Vocabulary) -> list[Fact]:
        """Return the facts of the indicators, places and years that the query names; [] where it names no indicator.

        Plans are returned for a question about plans only, and what was reached for the others.
        """
        entities = inner(query.entities, vocabulary)
        if entities and vocabulary.unnamed.keys() >= set(entities):
            entities = (*entities, "")  # `园区` that no document names: the subject of its figures is not known
        return [
            fact
            for name in query.indicators
            for fact in self.by_indicator.get(name, [])
            if (not entities or fact.entity in entities)
            and (not query.years or (fact.year in query.years and part_of_year(fact.period) == query.part))
            and (fact.kind == "target") == query.target
            and (not query.units or fact.unit in query.units)
        ]

    def versions(self, fact: Fact) -> list[Fact]:
        """Return what other documents give in nearly the same words for a figure of no year, as a rule does."""
        alike = self.by_name.get(plain_name(fact.measure), [])
        return [other for other in alike if other.doc != fact.doc and _reworded(fact.quote, other.quote)]

    def rivals(self, fact: Fact) -> list[Fact]:
        """Return what other documents, or other sentences of its own, give for the same indicator, place, year and kind, and cannot be true as well.

        `1800余家` and `1840家` agree; `45家` and `66家` of one year do not. Newest first; each different figure once.
        """
        if not fact.entity:
            return []
        own = possible(fact.text, fact.value, fact.qualifier)
        others = [
            other
            for other in (self.by_indicator.get(fact.measure, []) if fact.year else self.versions(fact))
            if (other.doc != fact.doc or _contradicts(fact, other))
            and (other.entity, other.year, other.kind, other.unit) == (fact.entity, fact.year, fact.kind, fact.unit)
            and part_of_year(other.period) == part_of_year(fact.period)
            and not agree(own, possible(other.text, other.value, other.qualifier))
        ]
        others.sort(key=lambda other: (_descending(other.date), other.doc, other.start))
        found: list[Fact] = []
        for other in others:
            reach = possible(other.text, other.value, other.qualifier)
            if not any(agree(reach, possible(f.text, f.value, f.qualifier)) for f in found):
                found.append(other)
        return found


def _reworded(quote: str, other: str) -> bool:
    """Tell whether two sentences are one but for their figures: a provision and its newer version."""
    one, two = (re.sub(r"[0-9.,]+", "", squeeze(text)) for text in (quote, other))
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= SAME_WORDING


SAME_WORDING = 0.8


def inner(entities: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the places asked about: in `苏州工业园区科技局` or `占全市` the innermost, not those that hold it."""
    asked = tuple(dict.fromkeys(entities))
    return tuple(e for e in asked if not any(other != e and vocabulary.covers(e, other) for other in asked))


ALIKE = 1.5


def _contradicts(fact: Fact, other: Fact) -> bool:
    """Tell whether two figures of one document may be two values for one thing: in two sentences, and not far apart.

    `独角兽企业12家` and `15家` do; `上榜独角兽企业5家` and `198家成长为独角兽` are of two things.
    """
    low, high = sorted((fact.value, other.value))
    return other.quote != fact.quote and low > 0 and high <= ALIKE * low


def _descending(date: str | None) -> str:
    """Return a key that sorts newer dates first, unknown ones last: each digit taken from 9."""
    return "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in date) if date else "~"
