"""Hybrid search: BM25 and dense scores, normalised, added with weights, adjusted for years. Answers nothing."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ragpark.index import Index
from ragpark.lexicon.fold import squeeze
from ragpark.lexicon.words import Segmenter
from ragpark.records import Hit
from ragpark.retrieve.query import Query

ChunkYears = tuple[frozenset[int], frozenset[int]]

SYNONYM_WEIGHT = 0.35  # a synonym's BM25 score counts this much beside the asked word's own
FINE = 0.3  # of the dense score, the part that comes from the chunk's best sentence
COVERAGE = 0.6  # weight of the share of the question's character pairs that a chunk holds, for the best RERANKED
RERANKED = 12
SAMPLE = 256
YEAR_BONUS = 0.12  # in units of the fused score, which runs from 0 to 1
OTHER_YEAR = 0.15
NAMED = 0.3  # for the chunks of a document that the question names


def search(
    index: Index,
    query: Query,
    vector: NDArray[np.float32],
    segmenter: Segmenter,
    *,
    k: int,
    lexical_weight: float,
    candidates: int,
    years_of: Callable[[int], ChunkYears],
    covered: Callable[[int], float],
    names: Mapping[str, Sequence[str]],
    doc: str | None = None,
    years_strict: bool = False,
) -> list[Hit]:
    """Return the best k chunks for the query, best first; ties in the order of documents.

    Both legs give `candidates` chunks; over their union each leg is scaled to 0–1 by its minimum and maximum, and
    the weighted sum ranks. `years_of(row)` gives the years a chunk names and those of its headings. `doc` is a glob over document paths; `years_strict` keeps only chunks that name or
    inherit one of the query's years.
    """
    n = len(index.chunks)
    if not n:
        return []
    allowed = _allowed(index, doc)
    if years_strict and query.years:
        fits = np.fromiter((_year_fit(years_of(row), frozenset(query.years)) > 0 for row in range(n)), bool, n)
        allowed = fits if allowed is None else allowed & fits
    lexical = lexical_scores(index, query, segmenter)
    if allowed is not None:
        lexical = np.where(allowed, lexical, 0.0).astype(np.float32)
    rows = {row for row, _ in index.dense.search(vector, min(candidates, n), allowed)}
    order = np.lexsort((np.arange(n), -lexical))[:candidates]
    rows |= {int(row) for row in order if lexical[row] > 0}
    if not rows:
        return []
    union = np.array(sorted(rows), dtype=np.int64)
    spread = _spread(n)
    dense = index.dense.scores(vector, union)
    fine = index.fine.best(vector, union)
    near = (1 - FINE) * _scaled(dense, index.dense.scores(vector, spread)) + FINE * _scaled(
        fine, index.fine.best(vector, spread)
    )
    fused = lexical_weight * _scaled(lexical[union], lexical[spread]) + (1 - lexical_weight) * near
    if query.years:
        fits_year = np.array([_year_fit(years_of(int(row)), frozenset(query.years)) for row in union])
        fused = fused + np.where(fits_year > 0, YEAR_BONUS * fits_year, -OTHER_YEAR * (fits_year < 0))
    named = named_documents(names, query)
    if named:
        fused = fused + np.array([NAMED * (index.chunks[int(row)].doc in named) for row in union])
    for i in sorted(range(len(union)), key=lambda i: (-float(fused[i]), int(union[i])))[: max(k, RERANKED)]:
        fused[i] += COVERAGE * covered(int(union[i]))
    ranked = sorted(range(len(union)), key=lambda i: (-float(fused[i]), int(union[i])))[:k]
    return [
        Hit(
            chunk=index.chunks[int(union[i])],
            score=float(fused[i]),
            rank=rank,
            legs={"lexical": float(lexical[union[i]]), "dense": float(dense[i]), "sentence": float(fine[i])},
        )
        for rank, i in enumerate(ranked, start=1)
    ]


def named_documents(names: Mapping[str, Sequence[str]], query: Query) -> frozenset[str]:
    """Return the documents the question names: `《园区年鉴》里……`, `成绩单解读里……`.

    `names` are each document's title and file name, folded. A name counts from four characters on; one in 《》 may
    also be a part of a title.
    """
    asked = squeeze(query.question)
    quoted = [squeeze(text) for text in query.quoted if len(text) >= 4 and f"《{text}》" in query.question]
    return frozenset(
        doc
        for doc, known in names.items()
        if any(len(name) >= 4 and name in asked for name in known) or any(q in name for q in quoted for name in known)
    )


def lexical_scores(index: Index, query: Query, segmenter: Segmenter) -> NDArray[np.float32]:
    """Return BM25 of every chunk for the question's tokens, with the synonyms of its words at a lower weight."""
    scores = index.lexical.scores(segmenter.tokens(query.question))
    extra: dict[str, None] = {}
    for term in query.terms:
        for form in term.forms[1:]:
            if len(form) > 1 and index.lexical.contains(f"w:{form}"):
                extra[f"w:{form}"] = None
    if extra:
        scores = scores + np.float32(SYNONYM_WEIGHT) * index.lexical.scores(list(extra))
    return scores


def _spread(n: int) -> NDArray[np.int64]:
    """Return rows spread evenly over the index, to see how low the scores of unrelated chunks lie."""
    return np.unique(np.linspace(0, n - 1, min(n, SAMPLE)).astype(np.int64))


def _scaled(values: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the values on a scale from 0, the lowest anywhere, to 1, the highest here."""
    low, high = min(float(values.min()), float(others.min())), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def _allowed(index: Index, doc: str | None) -> NDArray[np.bool_] | None:
    if doc is None:
        return None
    matching: Mapping[str, bool] = {name: fnmatch.fnmatchcase(name, doc) for name in index.documents}
    return np.fromiter((matching[chunk.doc] for chunk in index.chunks), bool, len(index.chunks))


def _year_fit(about: ChunkYears, asked: frozenset[int]) -> float:
    """Return 1 where the chunk or its section before it names one of the years, 0.6 where title, headings or date
    do, −1 where only other years are named, 0 where none is."""
    said, titled = about
    if said & asked:
        return 1.0
    if titled & asked:
        return 0.6
    return -1.0 if said else 0.0
