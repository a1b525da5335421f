"""Records as the JSON objects that scripts read (DESIGN.md, section 2), and a place in words; computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ragpark.indicators import KINDS
from ragpark.records import Answer, AnsweredFigure, Citation, Document, Fact, Hit, Removed
from ragpark.zh.times import period_kind
from ragpark.zh.wording import notion

if TYPE_CHECKING:  # at run time the index package is heavier than all that is shown here
    from ragpark.index.catalog import DocumentRow
    from ragpark.index.progress import BuildReport


def search_json(question: str, hits: Sequence[Hit], documents: Mapping[str, Document]) -> dict[str, object]:
    """Return the object of `ragpark search`; `documents` is asked for the place of each hit."""
    return {"question": question, "hits": [hit_json(hit, documents[hit.chunk.doc]) for hit in hits]}


def hit_json(hit: Hit, document: Document) -> dict[str, object]:
    chunk = hit.chunk
    return {
        "rank": hit.rank,
        "score": _score(hit.score),
        "doc": chunk.doc,
        "title": chunk.title,
        "date": chunk.date,
        "headings": list(chunk.headings),
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "locator": dict(document.locator(chunk.start, chunk.end)),
        "also": list(document.also),
        "legs": {name: _score(score) for name, score in sorted(hit.legs.items())},
    }


def answer_json(answer: Answer) -> dict[str, object]:
    """Return the object of `ragpark ask`; what a language model wrote and how it was checked only where one was asked."""
    return {
        "question": answer.question,
        "answer": answer.answer,
        "refused": answer.refused,
        "reason": answer.reason,
        "citations": [citation_json(citation) for citation in answer.citations],
        "confidence": _score(answer.score),
        "score": _score(answer.score),
        "figures": [
            {name: getattr(figure, name) for name in figure.__slots__} | {"value": plain_number(figure.value)}
            for figure in answer.figures
        ],
        **({"computed": answer.computed} if answer.computed else {}),
        "timings_ms": {name: round(float(value), 2) for name, value in answer.timings_ms.items()},
        **_llm_json(answer),
    }


def figure_label(figure: AnsweredFigure) -> str:
    """Return whose figure it is, of when and of what: `苏州工业园区 · 2023年 · R&D占比`; its kind where that is no plain value."""
    kind = (KINDS | _OTHER_KINDS).get(figure.kind, "")
    plain = (
        figure.kind == "level"
        or kind in figure.indicator
        or (figure.kind == "share" and bool(notion("share").search(figure.indicator)))
    )
    return " · ".join(part for part in (figure.entity, figure.period, figure.indicator, "" if plain else kind) if part)


_OTHER_KINDS = {"target": "目标", "price": "标准"}


def _llm_json(answer: Answer) -> dict[str, object]:
    if not (answer.generated or answer.checks or answer.notice):
        return {}
    return {
        "generated": answer.generated,
        "notice": answer.notice,
        "checked": list(answer.checked),
        "checks": [
            {"text": c.text, "ok": c.ok, "failures": list(c.failures), "computed": list(c.computed)}
            for c in answer.checks
        ],
    }


def citation_json(citation: Citation) -> dict[str, object]:
    return {
        "n": citation.n,
        "doc": citation.doc,
        "title": citation.title,
        "date": citation.date,
        "headings": list(citation.headings),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "locator": dict(citation.locator),
        "also": list(citation.also),
        "marks": [list(mark) for mark in citation.marks],
    }


def facts_json(facts: Sequence[Fact]) -> dict[str, object]:
    """Return the object of `ragpark facts`."""
    return {"facts": [fact_json(fact) for fact in facts]}


def fact_json(fact: Fact) -> dict[str, object]:
    return {
        "indicator": fact.indicator,
        "standard": fact.standard,
        "entity": fact.entity,
        "year": fact.year,
        "period": fact.period,
        "period_kind": period_kind(fact.period),
        "value": plain_number(fact.value),
        "unit": fact.unit,
        "text": fact.text,
        "qualifier": fact.qualifier,
        "kind": fact.kind,
        "doc": fact.doc,
        "date": fact.date,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
        "locator": dict(fact.locator),
        "year_from": fact.year_from,
    }


def build_json(report: BuildReport) -> dict[str, object]:
    """Return the object of `ragpark index`."""
    return {
        "documents": report.documents,
        "sections": report.sections,
        "chunks": report.chunks,
        "facts": report.facts,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "encoded": report.encoded,
        "failed": [{"path": path, "error": error} for path, error in report.failed],
        "seconds": round(report.seconds, 3),
        "generation": report.generation,
    }


def catalog_json(rows: Sequence[DocumentRow], documents: Mapping[str, Document] | None = None) -> dict[str, object]:
    """Return the object of `ragpark docs`; with the index's `documents`, the pieces left out of each too."""
    return {
        "documents": [
            {
                "doc": row.doc,
                "state": row.state,
                "title": row.title,
                "date": row.date,
                "source": row.source,
                "subject": row.subject,
                "format": row.format,
                "chars": row.chars,
                "sections": row.sections,
                "chunks": row.chunks,
                "facts": row.facts,
                "problems": list(row.problems),
                "also": list(row.also),
                "error": row.error,
                "removed": [{"reason": reason, "count": count} for reason, count in row.left_out],
                **({} if documents is None else {"pieces": _pieces(row, documents)}),
            }
            for row in rows
        ]
    }


def _pieces(row: DocumentRow, documents: Mapping[str, Document]) -> list[dict[str, object]]:
    if (document := documents.get(row.copy_of or row.doc)) is None:
        return []
    return [
        {"reason": piece.reason, "text": piece.text, "locator": removed_locator(document, piece)}
        for piece in document.removed
    ]


def removed_locator(document: Document, piece: Removed) -> dict[str, object]:
    """Return the place in the original of a piece that was left out, in the form of Document.locator.

    In a workbook the whole row of its sheet: {"sheet": "表1", "cells": "7:7"}.
    """
    if document.sheets:
        before, name = max((sheet for sheet in document.sheets if sheet[0] < piece.place), default=document.sheets[0])
        row = max(piece.place - before, 1)
        return {"sheet": name, "cells": f"{row}:{row}"}
    if document.place_unit == "page":
        return {"page": piece.place}
    return {document.place_unit: [piece.place, piece.place]}


_PLACES = {"lines": "行", "paragraphs": "段", "rows": "行", "pages": "页", "page": "页"}


def place_text(locator: Mapping[str, object]) -> str:
    """Return the original place in words: {"lines": [12, 14]} → `第12–14行`, {"page": 3} → `第3页`; else ``.

    {"sheet": "表1", "cells": "A3:F3"} → `表1 A3:F3`.
    """
    if sheet := locator.get("sheet"):
        return f"{sheet} {locator.get('cells', '')}".strip()
    for key, word in _PLACES.items():
        place = locator.get(key)
        if isinstance(place, int):
            return f"第{place}{word}"
        if isinstance(place, Sequence) and not isinstance(place, str) and len(place) == 2:
            first, last = place
            return f"第{first}{word}" if first == last else f"第{first}–{last}{word}"
    return ""


def _score(value: float) -> float:
    return round(float(value), 6)


def plain_number(value: float) -> int | float:
    """Return 2800.0 as 2800 and 5.16 as it is; 0.1 + 0.2 as 0.3."""
    value = float(f"{value:.12g}")
    return int(value) if value.is_integer() else value
