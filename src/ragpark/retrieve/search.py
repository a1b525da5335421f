"""Hybrid search: BM25 and dense scores, normalised, added with weights, adjusted for years. Answers nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ragpark.index import Index
from ragpark.records import Hit
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze
from ragpark.zh.words import Segmenter

ChunkYears = tuple[frozenset[int], frozenset[int]]

SYNONYM_WEIGHT = 0.35  # a synonym's BM25 score counts this much beside the asked word's own
FINE = 0.3  # of the dense score, the part that comes from the chunk's best sentence
COVERAGE = 0.6  # weight of the share of the question's character pairs that a chunk holds, for the best RERANKED
RERANKED = 12
SAMPLE = 256
YEAR_BONUS = 0.12  # in units of the fused score, which runs from 0 to 1
OTHER_YEAR = 0.15
FACT_BONUS = (
    0.8  # for chunks that hold a fact of the indicator, place and year asked for: above any that only sound alike
)
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
    allowed: NDArray[np.bool_] | None = None,
    facts: Sequence[int] = (),
) -> list[Hit]:
    """Return the best k chunks for the query, best first; ties in the order of documents.

    Both legs give `candidates` chunks; over their union each leg is scaled to 0–1 by its minimum and maximum, and
    the weighted sum ranks. `years_of(row)` gives the years a chunk names and those of its headings. `allowed`, shape
    (n_chunks,), marks the rows that may be found. `facts` are the rows that hold the figure asked for as a fact: the best
    of them come into question whatever their words, and get a bonus. Hit.legs tells where a score comes from.
    """
    n = len(index.chunks)
    if not n:
        return []
    lexical = lexical_scores(index, query, segmenter)
    held = np.array(facts, dtype=np.int64)
    if allowed is not None:
        lexical, held = np.where(allowed, lexical, 0.0).astype(np.float32), held[allowed[held]]
    held = _best(held, lexical, candidates)
    near = np.array([row for row, _ in index.dense.search(vector, min(candidates, n), allowed)], dtype=np.int64)
    union = np.unique(np.concatenate((near, _best(np.flatnonzero(lexical > 0), lexical, candidates), held)))
    if not len(union):
        return []
    spread = np.unique(np.linspace(0, n - 1, min(n, SAMPLE)).astype(np.int64))  # how low do unrelated chunks lie?
    dense = index.dense.scores(vector, union)
    fine = index.fine.best(vector, union)
    named, years = named_documents(names, query), frozenset(query.years)
    fits_year = np.array([_year_fit(years_of(int(row)), years) if years else 0.0 for row in union])
    legs: dict[str, NDArray[Any]] = {
        "lexical": lexical[union],
        "dense": dense,
        "sentence": fine,
        "lexical_scaled": _scaled(lexical[union], lexical[spread]),
        "dense_scaled": _scaled(dense, index.dense.scores(vector, spread)),
        "sentence_scaled": _scaled(fine, index.fine.best(vector, spread)),
        "year": np.where(fits_year < 0, OTHER_YEAR, YEAR_BONUS) * fits_year,
        "named": np.array([NAMED * (index.chunks[int(row)].doc in named) for row in union]),
        "fact": np.where(np.isin(union, held), FACT_BONUS, 0.0),
        "rerank": np.zeros(len(union)),
    }
    near_scaled = (1 - FINE) * legs["dense_scaled"] + FINE * legs["sentence_scaled"]
    legs["fused"] = lexical_weight * legs["lexical_scaled"] + (1 - lexical_weight) * near_scaled
    scores = legs["fused"] + legs["year"] + legs["named"] + legs["fact"]
    for place, i in enumerate(_order(scores, union)):
        if place < max(k, RERANKED) or legs["fact"][i]:
            legs["rerank"][i] = COVERAGE * covered(int(union[i]))
    scores = scores + legs["rerank"]
    return [
        Hit(
            chunk=index.chunks[int(union[i])],
            score=float(scores[i]),
            rank=rank,
            legs={name: float(values[i]) for name, values in legs.items()},
        )
        for rank, i in enumerate(_order(scores, union)[:k], start=1)
    ]


def _order(scores: NDArray[Any], rows: NDArray[np.int64]) -> list[int]:
    """Return the places of the scores, highest first, ties in the order of rows."""
    return sorted(range(len(rows)), key=lambda i: (-float(scores[i]), int(rows[i])))


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    """Return the n rows, of those given, with the highest scores; ties in the order of rows."""
    return rows[np.argsort(-scores[rows], kind="stable")[:n]]


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
        if any((len(name) >= 4 and name in asked) or any(text in name for text in quoted) for name in known)
    )


def lexical_scores(index: Index, query: Query, segmenter: Segmenter) -> NDArray[np.float32]:
    """Return BM25 of every chunk for the question's tokens, with the synonyms of its words at a lower weight."""
    scores = index.lexical.scores(segmenter.tokens(query.question))
    others = dict.fromkeys(f"w:{form}" for term in query.terms for form in term.forms[1:] if len(form) > 1)
    extra = [token for token in others if index.lexical.contains(token)]
    return scores + np.float32(SYNONYM_WEIGHT) * index.lexical.scores(extra) if extra else scores


def _scaled(values: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the values on a scale from 0, the lowest anywhere, to 1, the highest here."""
    low, high = min(float(values.min()), float(others.min())), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def _year_fit(about: ChunkYears, asked: frozenset[int]) -> float:
    """Return 1 where the chunk or its section before it names one of the years, 0.6 where title, headings or date
    do, −1 where only other years are named, 0 where none is."""
    said, titled = about
    return 1.0 if said & asked else 0.6 if titled & asked else -1.0 if said else 0.0
