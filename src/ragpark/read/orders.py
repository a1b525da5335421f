"""Sentences of a document that give orders to a language model: they are data like the rest, and support no answer."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.read.context import Statement
from ragpark.zh.wording import notion


def without_orders(found: Sequence[Statement], text: str) -> list[Statement]:
    """Return the sentences of `text` that do not speak to a model: neither they nor one before them in their paragraph."""
    kept: list[Statement] = []
    ordered = False
    last = 0
    for statement in found:
        ordered = ordered and "\n" not in text[last : statement.start]
        ordered = ordered or notion("order_to_model").search(statement.text) is not None
        last = statement.end
        if not ordered:
            kept.append(statement)
    return kept
