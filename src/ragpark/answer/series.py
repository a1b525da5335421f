"""Several figures for one question: year by year, place by place, and the course of all years the documents hold."""

from __future__ import annotations

from dataclasses import replace

from ragpark.answer.extremes import extreme
from ragpark.answer.finding import Finding
from ragpark.answer.judge import Library, judge
from ragpark.answer.known import inner
from ragpark.answer.resolve import FACT, Search, fact_fit, figure, resolve, sure
from ragpark.answer.score import Support
from ragpark.retrieve.query import FIGURE, Query, restrict

MAX_YEARS = 6  # asked one by one
MAX_PLACES = 4
COURSE_HITS = 20  # chunks looked at for the course of all years
Missing = tuple[Query, list[Support], Finding | None]  # what was not found, and the nearest there is


def resolve_all(library: Library, query: Query, search: Search) -> tuple[list[Finding], list[Missing]]:
    """Return the findings for the query, and what is missing.

    One finding, or one a place or year where several are asked for, or the course of years where that is asked for.
    """
    if ordered := extreme(library, query):
        text, findings = ordered
        spans = tuple(span for finding in findings for span in finding.spans)
        return [replace(findings[0], text=text, spans=spans, cut=None)], []
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
    if finding and finding.confidence >= library.settings.refuse_below:
        return [finding], []
    return [], [(query, supports, finding)]


def _by_place(
    library: Library, query: Query, places: tuple[str, ...], search: Search
) -> tuple[list[Finding], list[Missing]]:
    """Return the findings for each place alone: `园区和昆山的高新技术企业有多少家`."""
    names = {place: _forms(library, place) for place in places}
    found: list[Finding] = []
    missing: list[Missing] = []
    for place in places:
        others = {form for other in places if other != place for form in names[other]}
        terms = tuple(term for term in query.terms if not term.place or term.word not in others)
        good, bad = resolve_all(
            library, replace(query, entities=(place,), compared=(), terms=terms, several=False), search
        )
        found.extend(replace(finding, entity=place) for finding in good)
        missing.extend(bad)
    return found, missing


def _forms(library: Library, place: str) -> frozenset[str]:
    return frozenset(
        form
        for entity in library.vocabulary.entities
        if entity.name == place
        for form in (entity.name, *entity.aliases)
    )


def course(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the best finding of each year the documents hold for the query, ascending; [] for none.

    Each statement of the hits gives at most one figure, a row of a table one a year; only those nearly as well
    supported as the best count.
    """
    supports = judge(library, query, search(query, COURSE_HITS), COURSE_HITS)
    candidates: list[tuple[float, Finding, int]] = []
    for support in supports[:60]:
        years = sorted({figure.year for figure in support.statement.figures if figure.year})
        for asked in [restrict(query, year) for year in years] or [query]:
            if candidate := _candidate(library, asked, query, support):
                candidates.append(candidate)
    if not candidates:
        return []
    best = max(total for total, _, _ in candidates)
    by_year: dict[int, tuple[float, Finding]] = {}
    for total, finding, year in candidates:
        if total >= 0.75 * best and (year not in by_year or total > by_year[year][0]):
            by_year[year] = (total, finding)
    return [by_year[year][1] for year in sorted(by_year)]


def _candidate(library: Library, asked: Query, query: Query, support: Support) -> tuple[float, Finding, int] | None:
    """Return how good the statement's figure for `asked` is, the figure as a finding for `query`, and its year."""
    cut = figure(library, asked, support.statement)
    if (
        cut is None
        or cut.target != query.target
        or support.parts["indicator"] == 0
        or min(support.parts["entity"], support.parts["organisation"]) < 0.5
    ):
        return None
    year = cut.year or support.statement.written
    confident = sure(library, query, support, cut)
    if year is None or not query.scope.has_year(year) or confident < library.settings.refuse_below:
        return None
    total = 0.5 * support.score + 0.5 * cut.score + FACT * fact_fit(library, query, support, cut)
    return total, Finding(query, cut.text, ((support, ((cut.start, cut.end),)),), confident, year, cut), year


def other_years(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the figures of other years for a question about a year that has none."""
    if query.kind != FIGURE or not query.years:
        return []
    return course(library, replace(query, years=(), series=True), search)
