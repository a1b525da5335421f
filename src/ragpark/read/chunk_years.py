"""The years that statements and chunks are about, as the filters define them (see retrieve/filters.py); reads no index."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.read.context import OPEN, Statement
from ragpark.records import Chunk


def years_about(statement: Statement) -> frozenset[int]:
    """Return the years the statement is about; empty where they are unknown."""
    published = () if statement.published is None else (statement.published - 1, statement.published)
    possible = {*statement.years_at(), *statement.inherited, *statement.titled, *published}
    return frozenset(year for year in possible if statement.year_fit(year) > OPEN)


def years_of_chunks(chunks: Sequence[Chunk], said: Sequence[Sequence[Statement]]) -> list[frozenset[int]]:
    """Return for each chunk the years its statements are about; `said[n]` are the statements of section n, in order.

    A heading counts only where the chunk holds nothing else.
    """
    found = []
    for chunk in chunks:
        within = [s for s in said[chunk.section] if s.start < chunk.end and s.end > chunk.start]
        told = [statement for statement in within if not statement.heading] or within
        found.append(frozenset[int]().union(*map(years_about, told)))
    return found
