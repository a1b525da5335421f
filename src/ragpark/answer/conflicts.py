"""Where documents give different values for one thing: both are shown, with source and date, the newer first."""

from __future__ import annotations

from dataclasses import replace

from ragpark.answer.finding import Evidence, Finding
from ragpark.answer.library import Library
from ragpark.answer.passage import shortened
from ragpark.answer.support import Support
from ragpark.records import Document, Fact
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.scope import rows_within

MAX_TITLE = 14  # characters of a title inside an answer
MAX_RIVALS = 2
REASON = "资料给出的数字不一致，较新的在前，请核对出处"


def with_rivals(library: Library, finding: Finding) -> Finding:
    """Return the finding with the values that other documents give for the same indicator, place, year and kind."""
    if finding.query.kind != FIGURE or finding.cut is None:
        return finding
    own = fact_of(library, finding)
    if own is None:
        return finding
    rows = rows_within(library.index, finding.query.scope)
    rivals = [fact for fact in library.facts.rivals(own) if rows is None or library.holds(fact, rows)]
    return replace(finding, rivals=tuple(rivals[:MAX_RIVALS]))


def fact_of(library: Library, finding: Finding) -> Fact | None:
    """Return the index's fact at the place the finding was cut from, or None."""
    if finding.cut is None:
        return None
    support, _ = finding.spans[0]
    start = support.statement.start
    return library.facts.at(support.doc, start + finding.cut.start, start + finding.cut.end)


def told(library: Library, finding: Finding) -> str:
    """Return the finding's text; with rivals, each value with its source: `66家（《甲》，2024-03-01）；45家（《乙》，日期不明）`."""
    if not finding.rivals:
        return finding.text
    documents = library.index.documents
    values = [(finding.text, documents[finding.spans[0][0].doc])]
    values += [(fact.text, documents[fact.doc]) for fact in finding.rivals]
    return "；".join(f"{text}（{_source(document)}）" for text, document in sorted(values, key=_newest))


def evidence(library: Library, finding: Finding) -> list[Evidence]:
    """Return the statements behind the finding, those of its rivals included; with rivals the newest first."""
    if not finding.rivals:
        return list(finding.spans)
    found = [*finding.spans, *(e for fact in finding.rivals if (e := evidence_of(library, fact)))]
    documents = library.index.documents
    return sorted(found, key=lambda item: _newest(("", documents[item[0].doc])))


def evidence_of(library: Library, fact: Fact) -> Evidence | None:
    """Return the sentence that a fact of the index was read from, with the figure's place in it."""
    for row in library.rows_holding(fact):
        for statement in library.statements_of(fact.doc, library.index.chunks[row].section):
            if statement.start <= fact.start < statement.end:
                at = fact.start - statement.start
                return Support(statement, fact.doc, 0, 0.0, {}), ((at, fact.end - statement.start),)
    return None


def _source(document: Document) -> str:
    return f"《{shortened(document.title, MAX_TITLE)}》，{document.date or '日期不明'}"


def _newest(item: tuple[str, Document]) -> tuple[int, str]:
    """Sort key: newer dates first, unknown ones last, then by path."""
    digits = (item[1].date or "").replace("-", "").ljust(8, "0")
    return (-int(digits) if digits.isdigit() else 0, item[1].doc)
