"""One query, one finding: the best cut of the best statements, or the sentence that says most of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ragpark.answer import codes, extract, figures
from ragpark.answer.cuts import Cut
from ragpark.answer.finding import Evidence, Finding
from ragpark.answer.judge import DENIES, Library, judge
from ragpark.answer.known import inner
from ragpark.answer.reading import read_cuts
from ragpark.answer.refuse import beside_unmet, confidence
from ragpark.answer.score import Support
from ragpark.answer.settled import settled
from ragpark.answer.table_records import counted_rows, ordered_row
from ragpark.read.chunk_years import years_about
from ragpark.read.context import Statement
from ragpark.read.sentences import clauses
from ragpark.records import Hit
from ragpark.retrieve.query import CODE, DATE, DEFINITION, FIGURE, LIST, NAME, PERSON, REASON, Query, restrict
from ragpark.zh.bounds import Range, agree, exact, possible
from ragpark.zh.fold import squeeze
from ragpark.zh.times import part_of_year
from ragpark.zh.wording import rx

Search = Callable[[Query, int], list[Hit]]
KEEP = 0.45  # a neighbouring sentence belongs to the answer if it scores at least this share of the best
NEARLY = 0.8
OTHER_NAMED = 0.5  # how well a statement is about the place asked for that itself names another
FACT_SURE = 0.55  # above the threshold of refusal
FACT = 0.1  # for a figure that the index holds as a fact of the indicator, place and year asked for


def resolve(library: Library, query: Query, search: Search) -> tuple[Finding | None, list[Support]]:
    """Return what answers the query best, however weak, and the statements judged for it, best first."""
    if query.years and not any(map(query.scope.has_year, query.years)):
        return None, []  # asked about years that the filter leaves out
    if not query.several and (known := settled(library, query)):
        return known, []
    hits = search(query, 10)
    if listed := ordered_row(library, query, hits) or counted_rows(library, query, hits):
        return listed, []
    supports = judge(library, query, hits)
    if not supports:
        return None, []
    finding = None
    if query.several:
        pass  # several values are asked for at once: the sentence that holds them all
    elif query.kind == FIGURE:
        finding = _by_cut(library, query, supports, lambda s: figure(library, query, s), 0.3)
    elif query.kind == CODE:
        own = [s for s in supports if s.parts["entity"] > OTHER_NAMED and _of_no_other(query, s.statement)]
        return _by_cut(library, query, own, lambda s: codes.code(query, s), 0.5) if own else None, supports
    elif query.kind == DATE:
        finding = _by_cut(library, query, supports, lambda s: extract.date(query, s), 0.4)
    elif query.kind == PERSON:
        finding = _by_cut(library, query, supports, lambda s: extract.person(query, s), 0.6)
    elif query.kind == NAME:
        finding = _by_cut(library, query, supports, lambda s: extract.name(query, s), 0.6)
    if finding is None and query.kind != FIGURE and not query.several:
        finding = _by_cut(library, query, supports, lambda s: extract.cell(query, s), 0.6)
    if finding is None and query.quoted and query.kind in (LIST, NAME):
        finding = _members(library, query, supports)
    finding = finding or _by_window(library, query, supports)
    unsure = READ_FROM <= finding.confidence < library.settings.refuse_below
    if unsure and query.kind not in _TOLD_WHOLE and not query.several:
        finding = _read(library, query, hits, supports) or finding
    return finding, supports


def _of_no_other(query: Query, statement: Statement) -> bool:
    """Tell whether a sentence names no other place than is asked for: `地址：甲市某路 电话：…` in a text about 乙市."""
    return not query.entities or not statement.entities or bool(set(statement.entities) & set(query.entities))


_TOLD_WHOLE = (DEFINITION, REASON, LIST)  # answered with whole sentences, not with a piece of one


def _read(library: Library, query: Query, hits: Sequence[Hit], supports: Sequence[Support]) -> Finding | None:
    """Return what the reader finds where the rules are sure of nothing; None where it is not sure either."""
    cuts = read_cuts(library, query, hits, supports)
    if not cuts or cuts[0].margin < READ_SURE:
        return None
    support, cut = cuts[0].support, cuts[0].cut
    return Finding(query, cut.text, ((support, ((cut.start, cut.end),)),), READ, cut.year, cut)


# Of 77 questions over five collections that the rules refuse, the reader gave a span for 41: its margin was 5 or more for
# 5 of the 8 right ones and for 1 wrong one (5.0), and for none of the 29 that have no answer (highest 3.8).
READ_SURE = 5.0
READ_FROM = 0.2  # below, the rules found nothing near: 20 of the 41, none of them answered rightly by the reader
READ = 0.8


def figure(library: Library, query: Query, statement: Statement) -> Cut | None:
    """Return the figure of the statement that is asked for, of a year that the filter lets through.

    `2020年45家，2023年66家` under a filter up to 2021: the figure of 2020, although the later one would be preferred.
    """
    cut = figures.figure(query, statement, library.vocabulary)
    if cut is None or cut.year is None or query.scope.has_year(cut.year):
        return cut
    for year in sorted(filter(query.scope.has_year, years_about(statement)), reverse=True):
        cut = figures.figure(restrict(query, year), statement, library.vocabulary)
        if cut is not None and (cut.year is None or query.scope.has_year(cut.year)):
            return cut
    return None


def _by_cut(
    library: Library,
    query: Query,
    supports: Sequence[Support],
    cut_out: Callable[[Statement], Cut | None],
    least: float,
) -> Finding | None:
    """Return the best cut of the best statements; its own score and its statement's weigh the same."""
    best: tuple[float, Support, Cut] | None = None
    for support in supports[:15]:
        if support.score < 0.6 * supports[0].score:
            break
        cut = cut_out(support.statement)
        if cut is None or _of_another_part(library, query, support, cut):
            continue
        fit = fact_fit(library, query, support, cut)
        if cut.score < least and fit < 1.0:
            continue
        total = support.score + cut.score + FACT * fit
        if best is None or total > best[0] + 1e-9:
            best = (total, support, cut)
    if best is None:
        return None
    support, cut = _exact_instead(query, supports, best[1], best[2], cut_out)
    return Finding(
        query=query,
        text=cut.text,
        spans=((support, ((cut.start, cut.end),)), *_agreeing(library, query, supports, support, cut, cut_out)),
        confidence=sure(library, query, support, cut),
        year=cut.year,
        cut=cut,
    )


def _of_another_part(library: Library, query: Query, support: Support, cut: Cut) -> bool:
    """Tell whether the figure is of a month where the year is asked, or of the year where a quarter is."""
    start = support.statement.start
    fact = library.facts.at(support.doc, start + cut.start, start + cut.end) if query.kind == FIGURE else None
    if fact is None or not query.years or fact.year not in query.years:
        return False
    return part_of_year(fact.period) != query.part


def _exact_instead(
    query: Query,
    supports: Sequence[Support],
    chosen: Support,
    cut: Cut,
    cut_out: Callable[[Statement], Cut | None],
) -> tuple[Support, Cut]:
    """Return, for a bounded figure, the exact one that agrees with it and is nearly as well supported, else itself.

    `超过1000亿元` in a chronicle and `1006亿元` in a table say the same; a researcher wants the second.
    """
    if query.kind != FIGURE or cut.value is None or exact(cut.value.text, cut.value.qualifier):
        return chosen, cut
    reach = _possible(cut)
    for support in supports[:10]:
        if support.score < NEARLY * chosen.score:
            continue
        other = cut_out(support.statement)
        if (
            other is None
            or other.value is None
            or other.score < NEARLY * cut.score
            or not exact(other.value.text, other.value.qualifier)
        ):
            continue
        if (
            other.value.unit == cut.value.unit
            and other.value.shown != cut.value.shown
            and agree(reach, _possible(other))
        ):
            return support, other
    return chosen, cut


def _possible(cut: Cut) -> Range:
    assert cut.value is not None
    return possible(cut.value.shown, cut.value.value, cut.value.qualifier)


def _agreeing(
    library: Library,
    query: Query,
    supports: Sequence[Support],
    chosen: Support,
    cut: Cut,
    cut_out: Callable[[Statement], Cut | None],
) -> list[Evidence]:
    """Return other statements that give the same answer nearly as well: further evidence."""
    found: list[Evidence] = []
    for support in supports[:10]:
        if support is chosen or support.score < 0.7 * chosen.score or support.statement.text == chosen.statement.text:
            continue
        other = cut_out(support.statement)
        if other is None or other.score < 0.8 * cut.score:
            continue
        same = (
            other.value.value == cut.value.value
            if cut.value and other.value
            else squeeze(other.text) == squeeze(cut.text)
        )
        if same:
            found.append((support, ((other.start, other.end),)))
    return found[:2]


def _members(library: Library, query: Query, supports: Sequence[Support]) -> Finding | None:
    for support in supports[:6]:
        cuts = extract.members(query, support.statement)
        if cuts:
            spans = tuple((cut.start, cut.end) for cut in cuts)
            text = "、".join(cut.text for cut in cuts)
            return Finding(query, text, ((support, spans),), confidence(library, query, support, cuts[0]))
    return None


def _by_window(library: Library, query: Query, supports: Sequence[Support]) -> Finding:
    """Return the best sentence, or with its neighbours where they belong to the answer and there is room."""
    best = supports[0]
    which = query.kind in (LIST, NAME, PERSON)
    if which and rx(DENIES).search(query.question) and (told := _denied(best.statement.text)):
        start, end = told
        span = (best, ((start, end),))
        return Finding(query, best.statement.text[start:end], (span,), confidence(library, query, best, None))
    around = [s for s in supports if s.doc == best.doc and s.statement.section == best.statement.section]
    around.sort(key=lambda s: s.statement.start)
    group = [(s.statement, s.score) for s in around]
    chosen = around.index(best)
    text, used = extract.window(query, group, chosen, library.settings.max_answer_chars, keep=KEEP)
    spans: list[Evidence] = []
    for index in used:
        statement = around[index].statement
        at = statement.text.find(text) if len(used) == 1 else 0
        length = len(text) if len(used) == 1 else len(statement.text)
        spans.append((around[index], ((max(at, 0), max(at, 0) + length),)))
    spans.sort(key=lambda item: item[0] is not best)
    return Finding(query, text, tuple(spans), confidence(library, query, best, None))


def _denied(text: str) -> tuple[int, int] | None:
    """Return where the first clause that denies begins and ends: `甲公司已经上市，|乙公司尚未上市`; None where there is none.

    A question for what is not so is not answered by what is.
    """
    return next(((a, b) for a, b in clauses(text, 0, len(text)) if rx(DENIES).search(text, a, b)), None)


def fact_fit(library: Library, query: Query, support: Support, cut: Cut) -> float:
    """Return how the index's fact at this figure fits the question: 1 it is just what is asked, −1 it is of another
    place that the sentence names beside it, 0 there is none or it says nothing.

    `园区占比5.16%，全市第一` names two places; the fact knows whose figure it is.
    """
    if query.kind != FIGURE or not query.indicators:
        return 0.0
    start = support.statement.start
    fact = library.facts.at(support.doc, start + cut.start, start + cut.end)
    if fact is None or fact.measure not in query.indicators:
        return 0.0
    places = inner(query.entities, library.vocabulary)
    named = support.statement.entities
    if places and fact.entity not in places:
        other = fact.entity in named if set(places) & set(named) else _apart(library, fact.entity, places)
        return -1.0 if other else 0.0
    return 1.0 if (fact.kind == "target") == query.target and (not query.years or fact.year in query.years) else 0.0


def _apart(library: Library, place: str, places: Sequence[str]) -> bool:
    """Tell whether the place neither lies in one of the places nor holds one."""
    covers = library.vocabulary.covers
    return bool(place) and not any(covers(place, other) or covers(other, place) for other in places)


def sure(library: Library, query: Query, support: Support, cut: Cut | None) -> float:
    """Return the confidence in a cut, halved where the index knows the figure as another place's.

    A figure that the index holds as just what is asked, of a place and a year that the question names, is told however
    its sentence words it (`上述比重`); so is a cell whose row and column are named.
    """
    found = confidence(library, query, support, cut)
    fit = fact_fit(library, query, support, cut) if cut is not None else 0.0
    parts = support.parts
    if cut is not None and cut.placed and (not query.years or parts["year"]) and parts["entity"] >= 0.5:
        return max(found, FACT_SURE)
    if fit == 1.0 and query.entities and query.years and not beside_unmet(query, support):
        return max(found, FACT_SURE)
    return 0.5 * found if fit < 0 else found
