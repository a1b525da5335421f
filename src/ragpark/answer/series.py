"""Several figures for one question: year by year, place by place, and the course of all years the documents hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ragpark.answer.candidates import Candidate, piece
from ragpark.answer.choose import Search, resolve
from ragpark.answer.conflicts import fact_of
from ragpark.answer.cut_figure import figures
from ragpark.answer.extremes import extreme
from ragpark.answer.factbook import inner
from ragpark.answer.finding import Finding
from ragpark.answer.library import Library
from ragpark.answer.support import Support, supports
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query, restrict

MAX_YEARS = 6  # asked one by one
MAX_PLACES = 4
COURSE_HITS, COURSE_SENTENCES = 20, 60  # looked at for the course of all years
Missing = tuple[Query, list[Support], Finding | None]  # what was not found, and the nearest there is


def resolve_all(library: Library, query: Query, search: Search) -> tuple[list[Finding], list[Missing]]:
    """Return the findings for the query, and what is missing.

    One finding, or one a place or year where several are asked for, or the course of years where that is asked for.
    """
    if ordered := extreme(library, query):
        return [ordered], []
    places = () if query.joint else query.compared or inner(query.entities, library.vocabulary)
    if query.kind == FIGURE and 2 <= len(places) <= MAX_PLACES:
        found, missing = _by_place(library, query, places, search)
        if found:
            return found, missing
    if query.kind == FIGURE and 1 < len(query.years) <= MAX_YEARS:
        found, missing = [], []
        for year in query.years:
            good, bad = _one(library, restrict(query, year), search)
            found.extend(good)
            missing.extend(bad)
        return found, missing
    if query.kind == FIGURE and query.series and not query.years:
        found = course(library, query, search)
        if found:
            return found, []
    return _one(library, query, search)


def _one(library: Library, query: Query, search: Search) -> tuple[list[Finding], list[Missing]]:
    finding, supports = resolve(library, query, search)
    stands = finding and (finding.cut or not (query.one_of_several and query.kind == FIGURE))
    if finding and stands and finding.confidence >= library.settings.refuse_below:
        return [finding], []
    return [], [(query, supports, finding)]


def _by_place(
    library: Library, query: Query, places: tuple[str, ...], search: Search
) -> tuple[list[Finding], list[Missing]]:
    """Return the findings for each place alone: `园区和昆山的高新技术企业有多少家`."""
    found: list[Finding] = []
    missing: list[Missing] = []
    for place in places:
        others = {form for other in places if other != place for form in library.names_of(other)}
        terms = tuple(term for term in query.terms if not term.place or term.word not in others)
        good, bad = resolve_all(
            library,
            replace(query, entities=(place,), compared=(), terms=terms, several=False, one_of_several=True),
            search,
        )
        found.extend(replace(finding, entity=place) for finding in good)
        missing.extend(bad)
    own = each_its_own(library, found)
    missing += [(replace(f.query, entities=(f.entity,)), [f.spans[0][0]], None) for f in found if f not in own]
    return own, missing


def each_its_own(library: Library, found: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those whose figure was given for another place too, and is not known to be theirs."""
    spots = Counter(finding.spot for finding in found)
    return [one for one in found if not one.cut or spots[one.spot] == 1 or _says_whose(library, one)]


def _says_whose(library: Library, finding: Finding) -> bool:
    """Tell whether the index's fact at the figure is of the finding's place."""
    fact = fact_of(library, finding)
    return fact is not None and fact.entity == finding.entity


def course(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the best finding of each year the documents hold for the query, ascending; [] for none.

    Each statement of the hits gives at most one figure, a row of a table one a year; only those nearly as well
    supported as the best count.
    """
    found = supports(library, query, search(query, COURSE_HITS), COURSE_HITS)
    offered: list[tuple[int, Candidate]] = []
    for support in found[:COURSE_SENTENCES]:
        years = sorted({cell.year for cell in support.statement.figures if cell.year})
        for asked in [restrict(query, year) for year in years] or [query]:
            offered.extend(_of_year(library, asked, support))
    best = max((candidate.probability for _, candidate in offered), default=0.0)
    by_year: dict[int, Candidate] = {}
    for year, candidate in offered:
        as_good = year not in by_year or candidate.probability > by_year[year].probability
        if candidate.probability >= AS_GOOD * best and as_good:
            by_year[year] = candidate
    return [replace(by_year[year].finding(query), year=year) for year in sorted(by_year)]


AS_GOOD = 0.75


def _of_year(library: Library, query: Query, support: Support) -> list[tuple[int, Candidate]]:
    """Return the figure of the sentence that fits best, with its year, in a list; [] where none is probable enough."""
    cuts = [cut for cut in figures(library, query, support) if cut.target == query.target]
    told = max((piece(library, support, cut) for cut in cuts), key=lambda one: one.probability, default=None)
    if told is None or told.probability < library.settings.refuse_below or support.lacks("no_indicator") == 1.0:
        return []
    year = (told.cut.year if told.cut else None) or support.statement.written
    return [] if year is None or not query.scope.has_year(year) else [(year, told)]


def other_years(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the figures of other years for a question about a year that has none."""
    if query.kind != FIGURE or not query.years:
        return []
    return course(library, replace(query, years=(), series=True), search)
