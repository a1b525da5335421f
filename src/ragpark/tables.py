"""Facts as a table: which of them are asked for, and the table as CSV; reads no index and finds no fact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ragpark.records import Fact
from ragpark.views import fact_json, place_text
from ragpark.zh.fold import squeeze
from ragpark.zh.vocabulary import Vocabulary

COLUMNS = (
    "indicator",
    "entity",
    "year",
    "period",
    "year_from",
    "value",
    "unit",
    "text",
    "qualifier",
    "kind",
    "doc",
    "date",
    "quote",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so would be computed (OWASP, CSV injection)


def select_facts(
    facts: Iterable[Fact],
    vocabulary: Vocabulary,
    indicator: str | None = None,
    entity: str | None = None,
    year: int | None = None,
) -> list[Fact]:
    """Return the facts that match all that is given, sorted by indicator, entity, year and place.

    A name matches a longer one that holds it (`高新技术企业` finds `有效高新技术企业`, not the other way round), and
    every other name that the vocabulary knows for it (`R&D占比` finds `研发投入强度`).
    """
    indicators = None if indicator is None else _indicator_names(indicator, vocabulary)
    entities = None if entity is None else _entity_names(entity, vocabulary)
    wanted = [
        fact
        for fact in facts
        if (
            indicators is None
            or any(name in squeeze(text) for name in indicators for text in (fact.indicator, fact.standard))
        )
        and (entities is None or any(name in squeeze(fact.entity) for name in entities))
        and (year is None or fact.year == year)
    ]
    return sorted(wanted, key=_order)


def _indicator_names(name: str, vocabulary: Vocabulary) -> set[str]:
    folded = squeeze(name)
    found = vocabulary.find_indicators(folded)
    return {folded} | {squeeze(item.name) for start, end, item in found if end - start == len(folded)}


def _entity_names(name: str, vocabulary: Vocabulary) -> set[str]:
    folded = squeeze(name)
    found = vocabulary.find_entities(folded)
    return {folded} | {squeeze(item.name) for start, end, item in found if end - start == len(folded)}


def facts_csv(facts: Sequence[Fact]) -> str:
    """Return the facts as CSV with a byte order mark, without which Excel takes Chinese for another encoding."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "start", "end", "place"))
    for fact in facts:
        row = fact_json(fact)
        cells = [*(row[name] for name in COLUMNS), fact.start, fact.end, place_text(fact.locator)]
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _order(fact: Fact) -> tuple[str, str, int, str, int, int]:
    return fact.indicator, fact.entity, -1 if fact.year is None else fact.year, fact.doc, fact.start, fact.end


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
