"""Facts first: the figure asked for, where the index holds just that one; what is made of several stands in extremes.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ragpark.answer.conflicts import evidence_of
from ragpark.answer.cut_figure import fall_before, same_kind
from ragpark.answer.cuts import Cut
from ragpark.answer.factbook import inner
from ragpark.answer.finding import Finding
from ragpark.answer.library import Library
from ragpark.answer.terms import contexts, met_shares
from ragpark.read.context import Statement
from ragpark.records import Fact
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.retrieve.scope import rows_within
from ragpark.zh.bounds import agree, exact, possible
from ragpark.zh.fold import squeeze
from ragpark.zh.quantity import NARROW
from ragpark.zh.times import part_of_year

FURTHER = 2  # more sentences that give the same figure, as further evidence
SETTLED = "settled"  # the one feature of what the facts alone decide


def settled(library: Library, query: Query) -> Finding | None:
    """Return the figure that the index holds for just the subject, indicator, period and kind asked for, or None.

    Where no year is asked the newest; where no subject is asked only if all the figures are of one.
    """
    facts = [fact for fact in matching(library, query) if not query.years or fact.year in query.years]
    if len(query.years) > 1 or not facts:
        return None
    if len({fact.entity for fact in facts}) > 1 or not facts[0].entity:
        return None
    best = best_of(facts)
    if any(_another(best, fact) for fact in facts):
        return None
    found = finding_of(library, query, best)
    if found is None or not _all_said(query, found.spans[0][0].statement):
        return None
    same = [fact for fact in facts if (fact.year, fact.value) == (best.year, best.value) and fact.quote != best.quote]
    further = [more for fact in same[:FURTHER] if (more := evidence_of(library, fact))]
    return replace(found, spans=(*found.spans, *further))


def _another(best: Fact, fact: Fact) -> bool:
    """Tell whether one document gives another figure under the same name: what tells the two apart was not read."""
    same = (fact.doc, fact.year) == (best.doc, best.year)
    return same and not agree(*(possible(f.text, f.value, f.qualifier) for f in (best, fact)))


def _all_said(query: Query, statement: Statement) -> bool:
    """Tell whether the sentence, or what it stands under, says what the question says beside the figure's name.

    `某局长提出三年内企业达到多少` is not settled by the number of firms there are.
    """
    assert query.wanted is not None
    own = {squeeze(query.wanted.indicator), squeeze(query.wanted.standard)}
    beside = [
        term
        for term in query.terms
        if not term.place
        and term.word in query.wanted.said
        and term.word not in query.indicator_words
        and not any(term.word in name for name in own)
    ]
    if not beside:
        return True
    if not query.entities and not query.wanted.entity:  # what is said beside may be a subject that was not recognised
        return sum(met_shares(beside, (statement.own, statement.head))) >= ALL_SAID
    return sum(met_shares(beside, contexts(statement))) >= LEAST_SAID


LEAST_SAID, ALL_SAID = 0.5, 0.99


def matching(library: Library, query: Query, *, everywhere: bool = False) -> list[Fact]:
    """Return the facts of the indicator, the subject (any where none is asked) and the kind asked for, of any year.

    `everywhere` leaves the subject open.
    """
    wanted = query.wanted
    if query.kind != FIGURE or wanted is None:
        return []
    subjects = (
        () if everywhere else inner(query.entities, library.vocabulary) or ((wanted.entity,) if wanted.entity else ())
    )
    rows = rows_within(library.index, query.scope)
    return [
        fact
        for fact in library.facts.named(wanted.names)
        if (not subjects or fact.entity in subjects)
        and same_kind(fact.kind, wanted.kind, fact.unit)
        and (not query.units or fact.unit in query.units)
        and part_of_year(fact.period) == query.part
        and (fact.year is None or query.scope.has_year(fact.year))
        and (rows is None or library.holds(fact, rows))
    ]


def best_of(facts: Sequence[Fact]) -> Fact:
    """Return the newest figure; of those of one year an exact one before `超过1000亿元`, then the one told last."""
    return max(facts, key=lambda f: (f.year or 0, exact(f.text, f.qualifier), f.date or "", f.doc, -f.start))


def finding_of(library: Library, query: Query, fact: Fact) -> Finding | None:
    """Return the fact as a finding, cited to its sentence; None where its sentence is not one to be quoted."""
    found = evidence_of(library, fact)
    if found is None or not query.scope.has_statement(found[0].statement):
        return None
    support, spans = found
    (start, end) = spans[0]
    quantity = next((q for q in support.statement.quantities if q.start < end and start < q.end), None)
    if quantity is None:
        return None
    text = fall_before(support.statement, quantity, fact.kind) + quantity.shown.translate(NARROW)
    cut = Cut(text, quantity.start, end, {SETTLED: 1.0}, quantity, fact.year, fact.kind == "target")
    return Finding(query, text, ((support, spans),), library.scorer.probability(cut.features), fact.year, cut)
