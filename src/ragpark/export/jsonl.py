"""Rows → one JSON object a line, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ragpark.export.clean import clean
from ragpark.export.links import Link
from ragpark.export.records import Head, Row
from ragpark.views import plain_number


def write_jsonl(path: Path, head: Head, rows: Iterable[Row], link: Link) -> None:
    """Write the lines; `columns` hold the sheet's other cells by name. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(_cleaned(row_json(head, row, link)), ensure_ascii=False, allow_nan=False) + "\n")


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def row_json(head: Head, row: Row, link: Link) -> dict[str, object]:
    """Return the object of a row."""
    reply = row.reply
    return {
        "row": row.number,
        "question": row.question,
        "asked": reply.question,
        "outcome": reply.outcome,
        "answer": reply.answer,
        "reason": reply.note,
        "confidence": reply.confidence,
        "figures": [
            {
                "subject": figure.entity,
                "indicator": figure.indicator,
                "period": figure.period,
                "year": figure.year,
                "value": plain_number(figure.value),
                "unit": figure.unit,
                "text": figure.text,
                "kind": figure.kind,
                "n": figure.n,
            }
            for figure in reply.figures
        ],
        "sources": [
            {name: getattr(source, name) for name in source.__slots__} | {"link": link(source.doc)}
            for source in reply.sources
        ],
        "columns": dict(zip(head.columns, row.kept, strict=False)),
    }
