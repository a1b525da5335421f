"""What a filter leaves of an open index: its rows, and the sentence that names what there is where it leaves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import FilterError
from ragpark.index import Index
from ragpark.retrieve.filters import Filter

N_NAMED = 5  # documents, headings or stretches of years named in a message


def rows_within(index: Index, scope: Filter) -> NDArray[np.bool_] | None:
    """Return which chunks lie in the documents and sections of the filter, shape (n_chunks,); None for all of them.

    Years are not looked at. Raises FilterError where no document has such a path,
    or none of those that have one such a heading; the message names some that there are.
    """
    if scope.doc is None and scope.section is None:
        return None
    docs = {source.doc for source in index.sources if scope.has_doc(source.path)}
    if not docs:
        paths = [source.path for source in index.sources]
        raise FilterError(f"没有文档匹配“{scope.doc}”；库中有：{_some(paths)}")
    fits = cache(scope.has_heading)
    rows = np.fromiter((chunk.doc in docs and fits(chunk.headings) for chunk in index.chunks), bool, len(index.chunks))
    if scope.section is not None and not rows.any():
        last = [chunk.headings[-1] for chunk in index.chunks if chunk.doc in docs and chunk.headings]
        there = f"有这些章节：{_some(last)}" if last else "这些文档没有章节标题"
        raise FilterError(f"没有标题含“{scope.section}”的章节；{there}")
    return rows


def rows_fitting(index: Index, scope: Filter) -> NDArray[np.bool_] | None:
    """Return which chunks the filter lets through, its years included; None for all. Raises FilterError as rows_within."""
    rows = rows_within(index, scope)
    if scope.years is None:
        return rows
    within = index.years.within(*scope.years)
    return within if rows is None else rows & within


def years_held(index: Index, rows: NDArray[np.bool_] | None = None) -> tuple[int, ...]:
    """Return the years the documents (those of `rows`, (n_chunks,)) give figures of or appeared in, ascending."""
    docs = {chunk.doc for row, chunk in enumerate(index.chunks) if rows is None or rows[row]}
    dated = {chunk.doc: chunk.date for chunk in index.chunks if chunk.doc in docs}
    years = {int(date[:4]) for date in dated.values() if date}
    return tuple(sorted(years | {fact.year for fact in index.facts if fact.year is not None and fact.doc in docs}))


def nothing_there(index: Index, scope: Filter) -> str:
    """Return the sentence for a filter that leaves no passage: what was asked for, and the years that there are."""
    held = stretches(years_held(index, rows_within(index, Filter(None, scope.doc, scope.section))))
    where = "库中" if scope.doc is None and scope.section is None else "这些文档中"
    there = f"；{where}有{held}的内容，请改动年份" if held else "；请放宽范围"
    return f"所选范围（{scope}）内没有内容{there}"


def stretches(years: Sequence[int]) -> str:
    """Return ascending years in words: (2018, 2019, 2020, 2023) → `2018–2020、2023年`; empty for none.

    Of more than N_NAMED stretches only the first and the last year are named: `1994–2024年间`.
    """
    if not years:
        return ""
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(years), start=1) if b > a + 1), len(years)]
    parts = [f"{years[a]}–{years[b - 1]}" if b - a > 1 else f"{years[a]}" for a, b in pairwise(cuts)]
    return f"{'、'.join(parts)}年" if len(parts) <= N_NAMED else f"{years[0]}–{years[-1]}年间"


def _some(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    more = f" 等 {len(names)} 个" if len(names) > N_NAMED else ""
    return "、".join(names[:N_NAMED]) + more
