"""A question for several things, or one that compares two: the figure, date, person or place of each, by a question of
its own or of one sentence that tells both; never one side for two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ragpark.answer.candidates import piece
from ragpark.answer.choose import N_HITS, Search, by_rows
from ragpark.answer.conflicts import fact_of
from ragpark.answer.cut_figure import figures, kind_at
from ragpark.answer.extremes import extreme, first_of
from ragpark.answer.finding import Finding
from ragpark.answer.library import Library
from ragpark.answer.series import Missing, resolve_all
from ragpark.answer.support import Support, supports
from ragpark.answer.terms import term_in
from ragpark.read.sentences import clauses
from ragpark.retrieve.kinds import DATE, FIGURE, PERSON, PLACE
from ragpark.retrieve.query import Query
from ragpark.retrieve.side_by_side import Things, compared, each_asked, told_apart, which_of_two, years_compared
from ragpark.retrieve.units import measured
from ragpark.retrieve.wanted import highest_asked
from ragpark.zh.fold import simplified, squeeze
from ragpark.zh.times import find_times
from ragpark.zh.wording import rx

Understand = Callable[[str], Query]


def of_things(
    library: Library, query: Query, understand: Understand, search: Search
) -> tuple[list[Finding], list[Missing]]:
    """Return the findings of a part, and what is missing: of a question for several things the figure or date of each, or
    that it is missing; of one that compares two both figures, the larger named where that is asked, else the sentence
    that compares them. Where one side of two is missing, the other is among what is missing, as the nearest there is."""
    question, tagger, figure = query.question, library.tagger, query.kind == FIGURE
    if figure and (years := years_compared(query)):
        return _between_years(library, query, years, search)
    alone = len(query.entities) < 2
    each = each_asked(question, tagger) if query.kind in (FIGURE, DATE, PERSON, PLACE) and alone else ()
    two = compared(question, tagger, places=alone) if figure and not each else ()
    which = () if each or two else which_of_two(question, tagger)
    if which:  # `两个镇哪个面积大` asks for a name that figures tell
        query = replace(query, kind=FIGURE)
    if which and (ordered := extreme(library, query)):
        return [ordered], []
    things = each or two or which
    if not things:
        return resolve_all(library, query, search)
    hits = search(query, N_HITS) if each else []
    if each and (rows := by_rows(library, query, search, hits, supports(library, query, hits))):
        return [rows], []
    found, failed = _one_by_one(library, query, things, understand, search, bool(each))
    if each and found and not failed:
        return found, []
    if not each and len(found) == 2 and _of_one_time(found) and _of_one_unit(found):
        return _compared(question, found, which), []
    whole, missing = resolve_all(library, query, search)
    if each:
        told = [finding for finding in whole if _values(finding) >= len(each)]
        return (told, []) if told else (found, failed or missing)
    for finding in whole:
        for support, _ in finding.spans:
            both = _by_name(library, query, things, support)
            if len(both) == len(things):
                told = [replace(both[thing], confidence=finding.confidence) for thing, _ in things]
                return _compared(question, told, which), []
    told = [finding for finding in whole if _tells_both(finding, things)]
    nearest: list[Missing] = [(finding.query, [], finding) for finding in found]
    return told, [] if told else [*(failed or missing or [(query, [], None)]), *nearest]


def _between_years(
    library: Library, query: Query, years: tuple[int, ...], search: Search
) -> tuple[list[Finding], list[Missing]]:
    """Return what a question for the change between two years comes to: the figure that tells it, where it names only the
    later year; else the levels of both; else the sentence that speaks of a change; never one year for what lies between."""
    named = query.years == years
    whole, missing = ([], []) if named else resolve_all(library, query, search)
    if any(_is_change(library, finding) for finding in whole):
        return whole, missing
    share = query.wanted is not None and query.wanted.kind == "share"
    wanted = query.wanted if share else query.wanted and replace(query.wanted, kind="level")
    units = () if query.units == measured("rate_asked_noun") and not share else query.units
    both, lacking = resolve_all(library, replace(query, years=years, series=True, wanted=wanted, units=units), search)
    alike = bool(units) or _of_what_is_asked(library, query, both)
    if len(both) == len(years) and all(finding.cut for finding in both) and _apart(both):
        if alike and _of_one_unit(both):
            return both, []
        if alike or units == query.units:
            return [], [(one.query, [], None) for one in both]  # of two sorts: nothing lies between them
    if named:  # each year as it is asked for, unless that is what was looked for just now
        return (
            (both, lacking) if (wanted, units) == (query.wanted, query.units) else resolve_all(library, query, search)
        )
    speaks = [one for one in whole if not one.cut and rx("{compares}|{compared_with}|{change}").search(one.text)]
    told = [finding for finding in speaks if _values(finding)]  # in the unit asked for: no `增长5.5%` for `多少亿元`
    return told, [] if told else lacking or missing or [(query, [], whole[0] if whole else None)]


def _of_what_is_asked(library: Library, query: Query, findings: Sequence[Finding]) -> bool:
    """Tell whether the figures are of one thing by the index, and the question names it: where any unit will do, what is
    near is not enough."""
    facts = [fact for finding in findings if (fact := fact_of(library, finding))]
    named = [
        fact.measure in query.indicators or any(term_in(t, squeeze(fact.indicator)) for t in query.terms)
        for fact in facts
    ]
    return len({fact.indicator for fact in facts}) == 1 and all(named)


def _is_change(library: Library, finding: Finding) -> bool:
    """Tell whether a finding is a figure that tells how far something changed, or lies from another."""
    if not finding.cut or not finding.cut.value:
        return False
    statement, quantity = finding.spans[0][0].statement, finding.cut.value
    if kind_at(statement, quantity, fact_of(library, finding)) in ("increase", "growth"):
        return True
    clause = clauses(statement.text, 0, quantity.end)[-1]
    return bool(rx("{compares}").search(statement.text, *clause))


def _compared(question: str, found: list[Finding], which: Things) -> list[Finding]:
    """Return both figures, or, where it is asked which has more, the finding that names it."""
    high = highest_asked(question)
    if not which or high is None:
        return found
    return [first_of(question, sorted(found, key=lambda one: -(one.value or 0.0) if high else one.value or 0.0))]


def _one_by_one(
    library: Library, query: Query, things: Things, understand: Understand, search: Search, several: bool
) -> tuple[list[Finding], list[Missing]]:
    """Return the figure or date of each thing by its own question, and what has none; nothing where one stands for two.

    Two that are compared, not `several` told side by side, are told apart by their names where they stand in one sentence.
    """
    found: list[Finding] = []
    failed: list[Missing] = []
    for thing, question in things:
        one = understand(question)
        units = one.units or query.units
        one = replace(one, kind=query.kind, units=units, years=one.years or query.years, one_of_several=True)
        good, bad = resolve_all(library, one, search)
        if good and good[0].cut:
            found.append(replace(good[0], entity=thing))
        else:
            _, supports, weak = bad[0] if bad else (one, [], None)
            failed.append((replace(one, entities=(thing,)), supports, weak))
    if len({finding.spans[0][0].place for finding in found}) == 1 < len(found):  # of which is each, by the sentence?
        support = found[0].spans[0][0]
        said = {finding.entity: finding for finding in found if finding.entity in support.statement.text}
        named = _by_name(library, query, things, support) if query.kind == FIGURE else said
        told = [replace(named[f.entity], confidence=f.confidence) for f in found if f.entity in named]
        if len(told) == len(found) or not (several and _apart(found)):
            failed += [
                (replace(f.query, entities=(f.entity,)), [support], None) for f in found if f.entity not in named
            ]
            found = told
    return (found, failed) if _apart(found) else ([], failed)


def _apart(findings: Sequence[Finding]) -> bool:
    return len({one.spot for one in findings if one.cut}) == len(findings)


def _of_one_time(findings: Sequence[Finding]) -> bool:
    """Tell whether no two figures are of different years where none were asked for."""
    asked = {finding.query.years for finding in findings}
    return len(asked) > 1 or len({finding.year for finding in findings if finding.year}) < 2


def _of_one_unit(findings: Sequence[Finding]) -> bool:
    """Tell whether the figures come in one unit: neither of `5400亩` and `168平方公里` is read as the larger."""
    return len({finding.unit for finding in findings}) < 2


def _by_name(library: Library, query: Query, things: Things, support: Support) -> dict[str, Finding]:
    """Return the figure of each thing that the sentence names: the first after its name, before another's: `男生14人，女生12人`;
    none where it has figures after its name at two places."""
    asked, said = replace(query, one_of_several=True), simplified(support.statement.text)
    full = [simplified(thing) for thing, _ in things]
    names = [name if name in said else part for name, part in zip(full, told_apart(full), strict=True)]
    first: dict[tuple[int, str], Finding] = {}
    for cut in figures(library, asked, support):
        at = max((said.rfind(name, 0, cut.start), thing) for name, (thing, _) in zip(names, things, strict=True))
        first.setdefault(at, replace(piece(library, support, cut).finding(asked), entity=at[1]))
    places = Counter(thing for at, thing in first if at >= 0)
    return {thing: told for (at, thing), told in first.items() if at >= 0 and places[thing] == 1}


def _tells_both(finding: Finding, things: Things) -> bool:
    """Tell whether its sentence says how far two figures lie apart, or names both things."""
    text = finding.spans[0][0].statement.text
    return bool(rx("{compares}").search(text)) or all(thing in text for thing, _ in things)


def _values(finding: Finding) -> int:
    """Return how many figures, or times, stand in the sentences of a finding: one that has as many as are asked for may
    tell all, a piece never."""
    statements = [] if finding.cut else [support.statement for support, _ in finding.spans]
    if finding.query.kind == DATE:
        return sum(len(find_times(statement.text, None)) for statement in statements)
    units = finding.query.units
    return sum(not units or quantity.unit in units for statement in statements for quantity in statement.quantities)
