"""Which is highest, which more: years or places put in order by the figures that the index holds of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ragpark.answer.computed import change
from ragpark.answer.finding import Finding
from ragpark.answer.library import Library
from ragpark.answer.settled import best_of, finding_of, matching
from ragpark.records import Fact
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.retrieve.wanted import ASKED_KIND, ORDER
from ragpark.zh.bounds import agree, possible
from ragpark.zh.wording import notion, rx

MAX_SHOWN = 4  # the extreme one and those next to it


def extreme(library: Library, query: Query) -> Finding | None:
    """Return what is highest or lowest; None where the question asks for no such thing, or the figures leave it open.

    `哪一年用电量最高` compares the years of one place, `谁的税收更高`, `税收最高的园区` the places of one year: that asked
    for, else the newest in which at least two have a figure. Figures that may be equal (`近100家`, `100家`) decide nothing.
    """
    high = bool(notion("highest").search(query.question))
    if query.wanted is None or not (high or notion("lowest").search(query.question)):
        return None
    asked = replace(query, kind=FIGURE)
    if notion("ask_when").search(query.question):
        compared = _of_years(asked, matching(library, asked))
    else:
        compared = _of_places(asked, matching(library, asked, everywhere=True))
    if len(compared) < 2:
        return None
    order = sorted(compared, key=lambda name: (-compared[name].value if high else compared[name].value, name))
    first, second = compared[order[0]], compared[order[1]]
    if len({fact.unit for fact in compared.values()}) > 1 or agree(_reach(first), _reach(second)):
        return None
    found = [(name, finding_of(library, asked, compared[name])) for name in order[:MAX_SHOWN]]
    findings = [replace(finding, entity=name) for name, finding in found if finding]
    if len(findings) != len(found):
        return None
    return first_of(query.question, findings, len(order))


def first_of(question: str, findings: Sequence[Finding], count: int = 0) -> Finding:
    """Return the finding that names the first, shows all beside it, and how far two lie apart where asked.

    `count` is how many there are of which these are the first.
    """
    values = "、".join(f"{finding.entity}{finding.text}" for finding in findings)
    more = f"等{count}个" if count > len(findings) else ""
    text = f"{findings[0].entity}（比较：{values}{more}）"
    apart = change(question, list(findings)) if len(findings) == 2 and rx("{gap}").search(question) else ""
    spans = tuple(span for finding in findings for span in finding.spans)
    return replace(findings[0], text=f"{text}；计算：{apart}" if apart else text, spans=spans, cut=None, entity="")


def _reach(fact: Fact) -> tuple[float, float]:
    return possible(fact.text, fact.value, fact.qualifier)


def _of_years(query: Query, facts: list[Fact]) -> Mapping[str, Fact]:
    """Return the best figure of each whole year, all of one place."""
    if len({fact.entity for fact in facts}) != 1:
        return {}
    years: dict[int, list[Fact]] = {}
    for fact in facts:
        if fact.year is not None and (not query.years or fact.year in query.years):
            years.setdefault(fact.year, []).append(fact)
    return {f"{year}年": best_of(found) for year, found in sorted(years.items())}


def _of_places(query: Query, facts: list[Fact]) -> Mapping[str, Fact]:
    """Return the figure of each place: those named side by side, else those of the kind asked for (`哪个园区`)."""
    said = rx(ORDER + ASKED_KIND).search(query.question) or rx(_WHICH_KIND).search(query.question)
    kind = said["kind"] if said else ""
    named = query.entities if len(query.entities) > 1 else ()
    years: dict[int, dict[str, list[Fact]]] = {}
    for fact in facts:
        fits = fact.entity in named if named else bool(fact.entity) and fact.entity.endswith(kind)
        if fits and fact.year is not None and (not query.years or fact.year in query.years):
            years.setdefault(fact.year, {}).setdefault(fact.entity, []).append(fact)
    full = [year for year, of in years.items() if len(of) >= max(len(named), 2)]
    return {place: best_of(found) for place, found in years[max(full)].items()} if full else {}


_WHICH_KIND = "哪一?[个座家]?(?P<kind>{place_end}|{park_form})"
