"""Facts: every figure of the text with what it measures, for whom, when, and the exact span it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ragpark.read.context import Statement, statements
from ragpark.read.fact_kinds import is_figure, kinds_of
from ragpark.read.fact_names import Figure, Named, name_figures
from ragpark.read.figure_time import main_year, time_of
from ragpark.read.orders import without_orders
from ragpark.read.organisations import clause_organisation, founded_organisation, subject_organisation
from ragpark.read.subjects import subject_places
from ragpark.read.table_facts import row_facts
from ragpark.records import Document, Fact, Section
from ragpark.zh.fold import fold_with_offsets, simplified, squeeze
from ragpark.zh.numbers import Quantity
from ragpark.zh.vocabulary import Vocabulary

_SHARES = re.compile(r"占(?!地)|比重|比例|份额|强度|率$")
_TOPIC = re.compile(r"(?P<name>.{2,12}?(?:产业|行业|领域))(?:总产值|产值|规模|营收|收入|增加值|投资)")
_SEGMENT = re.compile(r"[。；;！？]")
_CLAUSE = re.compile(r"[，,。；;：:！？]")


def find_facts(
    document: Document,
    sections: Sequence[Section],
    vocabulary: Vocabulary,
    said: Sequence[Sequence[Statement]] | None = None,
) -> list[Fact]:
    """Return the facts of the document in text order: `document.text[f.start:f.end]` holds `f.text`.

    `said` are the statements of each section without the orders among them, where they have been found already.
    """
    found: list[Fact] = []
    undated = document.date is None and document.year is None
    main = main_year(document.text) if undated else None
    if said is None:
        said = [without_orders(statements(document, section, vocabulary), document.text) for section in sections]
    for found_here in said:
        for statement in found_here:
            if statement.quantities and not statement.heading:
                found.extend(_facts(document, statement, vocabulary, main))
                found.extend(row_facts(document, statement, vocabulary))
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def _facts(document: Document, statement: Statement, vocabulary: Vocabulary, main: int | None) -> list[Fact]:
    text = simplified(statement.text)
    in_cells = {figure.quantity for figure in statement.figures}  # `row_facts` reads those by column and row
    quantities = _figures(text, [quantity for quantity in statement.quantities if quantity not in in_cells])
    if not quantities:
        return []
    folded, offsets = fold_with_offsets(text)
    ends = [*offsets, len(text)]
    places = [(offsets[a], ends[b - 1] + 1, name) for a, b, name in subject_places(folded, vocabulary)]
    named = [
        Named(offsets[a], ends[b - 1] + 1, item.name, item.units) for a, b, item in vocabulary.find_indicators(folded)
    ]
    times = [time_of(statement, quantity.start, main) for quantity in quantities]
    written = statement.published
    coming = [time.year > written if written and time.year else None for time in times]
    kinds = kinds_of(text, quantities, coming)
    figures = [Figure(q, kind) for q, kind in zip(quantities, kinds, strict=True)]
    organisation = subject_organisation(statement) or founded_organisation(statement)
    blank = [(m.start, m.end) for m in statement.times] + [(a, b) for a, b, _ in places]
    if organisation and (at := statement.text.find(organisation)) >= 0:
        blank = [span for span in blank if span[1] <= at or span[0] >= at + len(organisation)]
        blank.append((at, at + len(organisation)))
    names = _related(name_figures(text, figures, named, _apart(blank)), vocabulary)
    return [
        Fact(
            indicator=name,
            entity=organisation
            or clause_organisation(text, q.start)
            or _place(text, q.start, places)
            or next(iter(statement.about), ""),
            year=time.year,
            period=time.period or _cumulative(text, q.start),
            value=q.value,
            unit=q.unit,
            text=q.text,
            qualifier=q.qualifier,
            kind="share" if _is_share(name, figure) else figure.kind,
            doc=document.doc,
            date=document.date,
            quote=statement.text,
            start=statement.start + q.start,
            end=statement.start + q.end,
            locator=document.locator(statement.start + q.start, statement.start + q.end),
            year_from=time.year_from,
        )
        for q, time, figure, name in zip(quantities, times, figures, names, strict=True)
        if name
    ]


def _cumulative(text: str, offset: int) -> str:
    """Return `累计` where the clause says so and no time does: a sum since the beginning."""
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, offset)), default=0)
    return "累计" if "累计" in text[clause:offset] else ""


def _is_share(name: str, figure: Figure) -> bool:
    """Tell whether a level is a share by what it measures: `研发投入占GDP比重：2.65%`, a rate, an intensity."""
    return figure.kind == "level" and figure.quantity.unit in ("%", "‰") and bool(_SHARES.search(name))


def _related(names: list[str], vocabulary: Vocabulary) -> list[str]:
    """Complete `相关企业` after `人工智能产业产值` to 人工智能产业相关企业, by its name in the vocabulary if it has one."""
    for i, name in enumerate(names):
        topic = _TOPIC.match(names[i - 1]) if i and name.startswith("相关") else None
        if topic:
            whole = squeeze(topic["name"] + name)
            known = [item.name for start, end, item in vocabulary.find_indicators(whole) if end - start == len(whole)]
            names[i] = known[0] if known else topic["name"] + name
    return names


def _figures(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    following: list[Quantity | None] = [*quantities[1:], None][: len(quantities)]
    return [q for q, after in zip(quantities, following, strict=True) if is_figure(text, q, after)]


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap an earlier one left out."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _place(text: str, offset: int, places: Sequence[tuple[int, int, str]]) -> str:
    """Return the place the figure is of: the first named before it in its clause, its part of the sentence, or it."""
    before = places[: bisect_left([start for start, _, _ in places], offset)]
    if not before:
        return ""
    for mark in (_CLAUSE, _SEGMENT):
        begin = max((match.end() for match in mark.finditer(text, 0, offset)), default=0)
        if inside := [name for start, _, name in before if start >= begin]:
            return inside[0]
    return before[0][2]
