"""A question answered: its parts, each with its findings, joined to one text with citations; or the refusal and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ragpark.answer.choose import Search
from ragpark.answer.computed import change
from ragpark.answer.conflicts import REASON, evidence, fact_of, told, with_rivals
from ragpark.answer.finding import Evidence, Finding
from ragpark.answer.library import Library
from ragpark.answer.passage import shortened
from ragpark.answer.refusal import reason
from ragpark.answer.series import Missing, other_years
from ragpark.answer.support import Support
from ragpark.answer.terms import in_log, term_in
from ragpark.answer.things import Understand, of_things
from ragpark.records import Answer, AnsweredFigure, Citation, Fact
from ragpark.retrieve.kinds import ANY, FIGURE
from ragpark.retrieve.parts import parts_of
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze

MAX_CITATIONS = 6
NEAR = 0.3  # of the question, in a sentence that a refusal names as the nearest


def answer(library: Library, question: str, understand: Understand, search: Search) -> Answer:
    """Return the answer to a question: one part after the other, each with its citations, or a refusal."""
    parts = parts_of(question, library.tagger)
    findings: list[Finding] = []
    failed: list[Missing] = []
    first: Query | None = None
    for part in parts:
        query = understand(part)
        query = replace(query, years=query.years or understand(question).years)
        if first and (
            query.kind == ANY or part.rstrip("?？").endswith("呢")
        ):  # `2024年增速是多少？2025年的目标呢？`: the second asks the same kind of thing
            query = replace(query, kind=first.kind, units=first.units, indicators=first.indicators)
        first = first or query
        found, missing = of_things(library, query, understand, search)
        told = [finding for finding in found if not _told_before(finding, findings)]
        search.told.update(one.spot for one in told if one.cut and not one.entity)
        findings.extend(with_rivals(library, finding) for finding in told)
        failed.extend(missing if told or not found else [(query, [], None)])
    if not findings:
        return _refused(library, question, failed or [(understand(question), [], None)], search)
    several = any(finding.entity for finding in findings)
    lacking = [query for query, _, near in failed if not (near and near.entity)]
    text, computed = _joined(library, question, findings, lacking, len(parts) == 1)
    citations = _citations(library, [span for finding in findings for span in evidence(library, finding)])
    reasons = [REASON] if any(finding.rivals for finding in findings) else []
    asked = {year for finding in findings for year in finding.query.years}
    reasons += [
        f"没有找到{f'“{query.question}”' if len(parts) > 1 else _label(query, several)}的数据"
        for query in lacking
        if not (computed and _between(query, asked))
    ]
    return Answer(
        question=question,
        answer=text,
        refused=False,
        reason="；".join(reasons),
        citations=citations,
        score=max(finding.confidence for finding in findings),  # what decided that the question is answered
        computed=computed,
        figures=_figures(library, findings, citations),
    )


def _told_before(finding: Finding, earlier: Sequence[Finding]) -> bool:
    """Tell whether it is a whole sentence that has no figure but the one that answers an earlier part."""
    support = finding.spans[0][0]
    if finding.cut or finding.query.kind != FIGURE or support.statement.text.strip() not in finding.text:
        return False
    told = [one.cut.start for one in earlier if one.cut and one.spans[0][0].place == support.place]
    return bool(told) and all(quantity.start in told for quantity in support.statement.quantities)


def _figures(
    library: Library, findings: Sequence[Finding], citations: Sequence[Citation]
) -> tuple[AnsweredFigure, ...]:
    """Return the figures of the findings with what is known of them, by the number of their citation."""
    numbers = {(citation.doc, citation.start): citation.n for citation in citations}
    found = []
    for finding in findings:
        support = finding.spans[0][0]
        number = numbers.get(support.place)
        if finding.cut is None or finding.cut.value is None or number is None:
            continue
        value, fact = finding.cut.value, fact_of(library, finding)
        year = fact.year if fact else finding.year
        found.append(
            AnsweredFigure(
                text=finding.text if fact is None else fact.text,
                value=value.value,
                unit=value.unit,
                entity=fact.entity if fact else finding.entity,
                indicator=_indicator(finding.query, fact),
                period=fact.period if fact else f"{year}年" if year else "",
                year=year,
                kind=fact.kind if fact else "level",
                n=number,
            )
        )
    return tuple(found)


def _refused(library: Library, question: str, missing: Sequence[Missing], search: Search) -> Answer:
    query, supports, _ = missing[0]
    sides = [near for _, _, near in missing if near and near.entity]  # one side of two that are compared
    held = sides or [one for one in other_years(library, query, search) if one.year not in query.years]
    told = [(one.entity if sides else f"{one.year}年") + one.text for one in held]
    nearest = [span for finding in held for span in finding.spans[:1]] or _nearest(supports)
    return Answer(
        question=question,
        answer="",
        refused=True,
        reason=reason(library, query, supports, told[:6], bool(sides)),
        citations=_citations(library, nearest),
        score=max((weak.confidence for _, _, weak in missing if weak and not weak.entity), default=0.0),
    )


def _indicator(query: Query, fact: Fact | None) -> str:
    """Return what the figure measures, "" where what was read has no word of the question: `帮企业` before a sum."""
    if fact is None:
        return ""
    own = squeeze(fact.indicator)
    return fact.standard or (fact.indicator if any(term_in(term, own) for term in query.terms) else "")


def _joined(
    library: Library, question: str, findings: Sequence[Finding], missing: Sequence[Query], one_part: bool
) -> tuple[str, str]:
    """Return the findings as one text, and what was computed from them.

    Several figures of one question are told apart by place and year, one without data is named as such, and where
    documents differ each value stands with its source, the newer first.
    """
    if len(findings) == 1 and not missing and not findings[0].query.series and not findings[0].entity:
        return told(library, findings[0]), ""
    limit = library.settings.max_answer_chars
    labels = [finding.label for finding in findings]
    apart = one_part and findings[0].query.kind == FIGURE and all(labels) and len(set(labels)) == len(labels)
    computed = ""
    if apart:
        if not any(finding.rivals for finding in findings):  # from which of several values would it be computed?
            computed = change(question, sorted(findings, key=lambda f: f.year or 0))
        pieces = {finding.label: finding.label + told(library, finding) for finding in findings}
        several = any(finding.entity for finding in findings)
        asked = {year for finding in findings for year in finding.query.years}
        for query in missing:
            if computed and _between(query, asked):
                continue
            pieces.setdefault(_label(query, several), f"{_label(query, several)}无数据")
        ordered = [pieces[label] for label in (pieces if several else sorted(pieces))]
    elif one_part and all(finding.entity for finding in findings):
        ordered = [f"{finding.entity}：{finding.text}" for finding in findings]
        ordered += [f"{_label(query, True)}：没有找到" for query in missing]
    else:
        ordered = list(dict.fromkeys(finding.text for finding in _each_once(findings)))
    text = "；".join(ordered)
    if computed and len(text) + len(computed) + 4 <= limit:
        text = f"{text}；计算：{computed}"
    if len(text) > limit:
        share = max(limit // len(ordered) - 1, 20)
        text = "；".join(shortened(piece, share) for piece in ordered)[:limit]
    return text, computed


def _each_once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without the sentence that answers two parts of a question a second time."""
    kept, shown = [], set()
    for finding in findings:
        key = finding.spans[0][0].place
        if finding.cut is not None or key not in shown:
            kept.append(finding)
        if finding.cut is None:
            shown.add(key)
    return kept


def _between(query: Query, asked: Collection[int]) -> bool:
    """Tell whether the year asked for lies between others: a change from 2020 to 2023 needs no figure of 2021."""
    return bool(query.years and asked) and min(asked) < query.years[0] < max(asked)


def _label(query: Query, with_place: bool = False) -> str:
    """Return what was asked of: its years, with its place where several places are asked about."""
    years = "、".join(f"{year}年{query.part}" for year in query.years)
    place = query.entities[0] if with_place and query.entities else ""
    return f"{place}{years}" or f"“{query.question}”"


def _nearest(supports: Sequence[Support]) -> list[Evidence]:
    return [(support, ()) for support in supports[:3] if support.lacks("pairs") >= in_log(NEAR)]


def _citations(library: Library, spans: Sequence[Evidence]) -> tuple[Citation, ...]:
    found: dict[tuple[str, int], Citation] = {}
    for support, marks in spans:
        statement, document = support.statement, library.index.documents[support.doc]
        key = support.place
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
