"""From judged statements to an Answer: the cut-out or the sentence, its citations, or the refusal and its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ragpark.answer import extract
from ragpark.answer.judge import Library, judge
from ragpark.answer.refuse import confidence, reason
from ragpark.answer.score import Support
from ragpark.ingest.context import Statement
from ragpark.lexicon.fold import squeeze
from ragpark.records import Answer, Citation, Hit
from ragpark.retrieve.query import ANY, DATE, FIGURE, LIST, NAME, PERSON, Query, parts_of, restrict

Search = Callable[[Query, int], list[Hit]]
Understand = Callable[[str], Query]
MAX_CITATIONS = 6


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one query: the text to show, where it stands, and how well it is supported (0 to 1)."""

    query: Query
    text: str
    spans: tuple[tuple[Support, tuple[tuple[int, int], ...]], ...]  # statements with the answer's spans in them
    confidence: float
    year: int | None = None
    value: float | None = None
    unit: str = ""


def answer(library: Library, question: str, understand: Understand, search: Search) -> Answer:
    """Return the answer to a question: one part after the other, each with its citations, or a refusal."""
    parts = parts_of(question)
    findings: list[Finding] = []
    failed: list[tuple[Query, list[Support], Finding | None]] = []
    first: Query | None = None
    for part in parts:
        query = understand(part)
        query = replace(query, years=query.years or understand(question).years)
        if first and (
            query.kind == ANY or part.rstrip("?？").endswith("呢")
        ):  # `2024年增速是多少？2025年的目标呢？`: the second asks the same kind of thing
            query = replace(query, kind=first.kind, units=first.units, indicators=first.indicators)
        first = first or query
        found, missing = _resolve_all(library, query, search)
        findings.extend(found)
        failed.extend(missing)
    threshold = library.settings.refuse_below
    if not findings:
        query, supports, weak = failed[0] if failed else (understand(question), [], None)
        held = _other_years(library, query, search)
        nearest = [span for finding in held for span in finding.spans[:1]] or _nearest(supports)
        return Answer(
            question=question,
            answer="",
            refused=True,
            reason=reason(library, query, supports, [f"{finding.year}年{finding.text}" for finding in held[:6]]),
            citations=_citations(library, nearest),
            score=weak.confidence if weak else 0.0,
        )
    without = [query.years[0] for query, _, _ in failed if query.kind == FIGURE and len(query.years) == 1]
    text, spans = _joined(library, findings, without if len(parts) == 1 else [], len(parts) == 1)
    return Answer(
        question=question,
        answer=text,
        refused=False,
        reason="；".join(f"没有找到{_label(query)}的数据" for query, _, _ in failed) if failed else "",
        citations=_citations(library, spans),
        score=max(min(f.confidence for f in findings), threshold),
    )


def _resolve_all(
    library: Library, query: Query, search: Search
) -> tuple[list[Finding], list[tuple[Query, list[Support], Finding | None]]]:
    """Return the findings for the query: one, or one a year where several are asked for or the course of years is."""
    if query.kind == FIGURE and len(query.years) > 1:
        years = query.years if len(query.years) <= 6 else ()
        if years:
            queries = [restrict(query, year) for year in years]
            results = [(q, *_resolve(library, q, search)) for q in queries]
            good = [f for _, f, _ in results if f and f.confidence >= library.settings.refuse_below]
            bad = [(q, s, f) for q, f, s in results if not f or f.confidence < library.settings.refuse_below]
            return good, bad
    if query.kind == FIGURE and query.series and not query.years:
        found = course(library, query, search)
        if found:
            return found, []
    finding, supports = _resolve(library, query, search)
    if finding and finding.confidence >= library.settings.refuse_below:
        return [finding], []
    return [], [(query, supports, finding)]


def course(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the best finding of each year the documents hold for the query, ascending; [] for fewer than one.

    Each statement of the hits gives at most one figure, a row of a table one a year; only those nearly as well
    supported as the best count.
    """
    supports = judge(library, query, search(query, 20))
    by_year: dict[int, tuple[float, Finding]] = {}
    candidates: list[tuple[float, Finding, int]] = []
    for support in supports[:60]:
        years = sorted(
            {figure.year for figure in support.statement.figures if figure.year}
        )  # a table's row holds several
        for asked in [restrict(query, year) for year in years] or [query]:
            if candidate := _candidate(library, asked, query, support):
                candidates.append(candidate)
    if not candidates:
        return []
    best = max(total for total, _, _ in candidates)
    for total, finding, year in candidates:
        if total >= 0.75 * best and (year not in by_year or total > by_year[year][0]):
            by_year[year] = (total, finding)
    return [by_year[year][1] for year in sorted(by_year)]


def _candidate(library: Library, asked: Query, query: Query, support: Support) -> tuple[float, Finding, int] | None:
    """Return how good the statement's figure for `asked` is, the figure as a finding for `query`, and its year."""
    cut = extract.figure(asked, support.statement, library.vocabulary)
    if (
        cut is None
        or cut.target != query.target
        or support.parts["indicator"] == 0
        or min(support.parts["entity"], support.parts["organisation"]) < 0.5
    ):
        return None
    year = cut.year or (support.statement.published - 1 if support.statement.published else None)
    sure = confidence(library, query, support, cut)
    if year is None or sure < library.settings.refuse_below:
        return None
    finding = Finding(
        query,
        cut.text,
        ((support, ((cut.start, cut.end),)),),
        sure,
        year,
        cut.value.value if cut.value else None,
        cut.value.unit if cut.value else "",
    )
    return 0.5 * support.score + 0.5 * cut.score, finding, year


def _other_years(library: Library, query: Query, search: Search) -> list[Finding]:
    """Return the figures of other years for a question about a year that has none."""
    if query.kind != FIGURE or not query.years:
        return []
    return course(library, replace(query, years=(), series=True), search)


def _resolve(library: Library, query: Query, search: Search) -> tuple[Finding | None, list[Support]]:
    supports = judge(library, query, search(query, 10))
    if not supports:
        return None, []
    finding = None
    if query.several:
        pass  # several values are asked for at once: the sentence that holds them all
    elif query.kind == FIGURE:
        finding = _by_cut(library, query, supports, lambda s: extract.figure(query, s, library.vocabulary), 0.3)
    elif query.kind == DATE:
        finding = _by_cut(library, query, supports, lambda s: extract.date(query, s), 0.4)
    elif query.kind == PERSON:
        finding = _by_cut(library, query, supports, lambda s: extract.person(query, s), 0.6)
    elif query.kind == NAME:
        finding = _by_cut(library, query, supports, lambda s: extract.name(query, s), 0.6)
    if finding is None and query.quoted and query.kind in (LIST, NAME):
        finding = _members(library, query, supports)
    return finding or _by_window(library, query, supports), supports


def _by_cut(
    library: Library,
    query: Query,
    supports: Sequence[Support],
    cut_out: Callable[[Statement], extract.Cut | None],
    least: float,
) -> Finding | None:
    """Return the best cut of the best statements; its own score and its statement's weigh the same."""
    best: tuple[float, Support, extract.Cut] | None = None
    for support in supports[:15]:
        cut = cut_out(support.statement)
        if cut is None or cut.score < least:
            continue
        total = support.score + cut.score
        if best is None or total > best[0] + 1e-9:
            best = (total, support, cut)
    if best is None or best[1].score < 0.6 * supports[0].score:
        return None
    _, support, cut = best
    return Finding(
        query=query,
        text=cut.text,
        spans=((support, ((cut.start, cut.end),)), *_agreeing(library, query, supports, support, cut, cut_out)),
        confidence=confidence(library, query, support, cut),
        year=cut.year,
        value=cut.value.value if cut.value else None,
        unit=cut.value.unit if cut.value else "",
    )


def _agreeing(
    library: Library,
    query: Query,
    supports: Sequence[Support],
    chosen: Support,
    cut: extract.Cut,
    cut_out: Callable[[Statement], extract.Cut | None],
) -> list[tuple[Support, tuple[tuple[int, int], ...]]]:
    """Return other statements that give the same answer nearly as well: further evidence."""
    found: list[tuple[Support, tuple[tuple[int, int], ...]]] = []
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
    around = [s for s in supports if s.doc == best.doc and s.statement.section == best.statement.section]
    around.sort(key=lambda s: s.statement.start)
    group = [(s.statement, s.score) for s in around]
    chosen = around.index(best)
    text, used = extract.window(query, group, chosen, library.settings.max_answer_chars, keep=KEEP)
    spans: list[tuple[Support, tuple[tuple[int, int], ...]]] = []
    for index in used:
        statement = around[index].statement
        at = statement.text.find(text) if len(used) == 1 else 0
        length = len(text) if len(used) == 1 else len(statement.text)
        spans.append((around[index], ((max(at, 0), max(at, 0) + length),)))
    spans.sort(key=lambda item: item[0] is not best)
    return Finding(query, text, tuple(spans), confidence(library, query, best, None))


KEEP = 0.45  # a neighbouring sentence belongs to the answer if it scores at least this share of the best


def _joined(
    library: Library, findings: Sequence[Finding], missing: Sequence[int], one_part: bool
) -> tuple[str, list[tuple[Support, tuple[tuple[int, int], ...]]]]:
    """Return the findings as one text, and the spans that support it.

    Several years of one figure are told apart by the year, and a year without data is named as such.
    """
    spans = [span for finding in findings for span in finding.spans]
    if len(findings) == 1 and not missing and not findings[0].query.series:
        return findings[0].text, spans
    years = [finding.year or (finding.query.years[0] if finding.query.years else None) for finding in findings]
    yearly = one_part and findings[0].query.kind == FIGURE and None not in years and len(set(years)) == len(years)
    if yearly:
        dated = {year: f"{year}年{finding.text}" for year, finding in zip(years, findings, strict=True)}
        dated |= {year: f"{year}年无数据" for year in missing if year not in dated}
        pieces = [dated[year] for year in sorted(dated, key=lambda year: year or 0)]
    else:
        pieces = [finding.text for finding in findings]
    limit = library.settings.max_answer_chars
    pieces = list(dict.fromkeys(pieces))
    text = "；".join(pieces)
    if len(text) > limit:
        share = max(limit // len(pieces) - 1, 20)
        text = "；".join(extract.shortened(piece, share) for piece in pieces)[:limit]
    return text, spans


def _label(query: Query) -> str:
    years = "、".join(f"{year}年" for year in query.years)
    return f"{years}" if years else f"“{query.question}”"


def _nearest(supports: Sequence[Support]) -> list[tuple[Support, tuple[tuple[int, int], ...]]]:
    return [(support, ()) for support in supports[:3] if support.parts["pairs"] >= 0.3]


def _citations(library: Library, spans: Sequence[tuple[Support, tuple[tuple[int, int], ...]]]) -> tuple[Citation, ...]:
    found: dict[tuple[str, int], Citation] = {}
    for support, marks in spans:
        statement, document = support.statement, library.index.documents[support.doc]
        key = (support.doc, statement.start)
        if key in found:
            old = found[key]
            found[key] = replace(old, marks=tuple(sorted({*old.marks, *marks})))
            continue
        if len(found) >= MAX_CITATIONS:
            continue
        found[key] = Citation(
            n=len(found) + 1,
            doc=support.doc,
            title=document.title,
            date=document.date,
            headings=library.section(support.doc, statement.section).headings,
            quote=statement.text,
            start=statement.start,
            end=statement.end,
            locator=document.locator(statement.start, statement.end),
            also=document.also,
            marks=tuple(marks),
        )
    return tuple(found.values())
