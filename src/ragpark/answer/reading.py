"""What the reader finds in the best passages, as cuts of their sentences: widened to what a person would quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.answer.cuts import Cut
from ragpark.answer.extract import office_asked
from ragpark.answer.judge import Library
from ragpark.answer.score import Support
from ragpark.answer.widen import widen
from ragpark.records import Hit
from ragpark.retrieve.query import FIGURE, PERSON, Query
from ragpark.zh.fold import squeeze

PASSAGES = (
    2  # of 116 questions the best span of one was right for 85, of two for 84, of three for 85; sure and wrong 2, 2, 4
)


@dataclass(frozen=True, slots=True)
class ReadCut:
    """A cut that the reader found, in the sentence it stands in; `margin` above 0 where it holds it for an answer."""

    support: Support
    cut: Cut
    margin: float


def read_cuts(library: Library, query: Query, hits: Sequence[Hit], supports: Sequence[Support]) -> list[ReadCut]:
    """Return what the reader finds in the best passages, best first; [] where there is no reader.

    Left out is what the guards rule out: a repetition of the question, and for a figure what holds none, or one of
    another unit, year or organisation than is asked for.
    """
    if library.reader is None or (query.kind == PERSON and office_asked(query)):
        return []  # who holds an office is told by the office's own name, or not at all
    chunks = [hit.chunk for hit in hits[:PASSAGES]]
    found: list[ReadCut] = []
    for chunk, spans in zip(chunks, library.reader.read(query.question, [c.passage for c in chunks]), strict=True):
        shift = chunk.start - (len(chunk.passage) - len(chunk.text))
        for span in spans:
            start, end = span.start + shift, span.end + shift
            support = next(
                (s for s in supports if s.doc == chunk.doc and s.statement.start <= start < s.statement.end), None
            )
            if support is None or start < chunk.start or support.parts["organisation"] < 1.0:
                continue
            cut = _cut(library, query, support, start, min(end, support.statement.end))
            if cut is not None:
                found.append(ReadCut(support, cut, span.margin))
    return sorted(found, key=lambda item: (-item.margin, item.support.rank, item.cut.start))


def _cut(library: Library, query: Query, support: Support, start: int, end: int) -> Cut | None:
    statement = support.statement
    words = library.tagger.tag([statement.text])[0]
    a, b = widen(statement.text, start - statement.start, end - statement.start, words, query.kind)
    text = statement.text[a:b]
    if not text.strip() or squeeze(text) in squeeze(query.question):
        return None
    if query.kind != FIGURE:
        return Cut(text, a, b, 1.0)
    inside = [q for q in statement.quantities if a <= q.start and q.end <= b]
    fits = [q for q in inside if not query.units or q.unit in query.units]
    if not inside and query.units and any(re.search(rf"{_NUMERAL}个?{unit}", text) for unit in query.units):
        return Cut(text, a, b, 1.0)  # `十五日`: a lapse in words, of which no quantity is read
    if not fits or (len(query.years) == 1 and statement.year_fit(query.years[0], fits[0].start) == 0.0):
        return None
    if query.wanted and not _measures(query.wanted.names, f"{statement.own} {statement.head}"):
        return None
    best = fits[0]
    return Cut(best.shown, best.start, best.end, 1.0, best, statement.year_of(best.start))


_NUMERAL = "[0-9一二三四五六七八九十百两]"


def _measures(names: Sequence[str], said: str) -> bool:
    """Tell whether most characters of the indicator's name are said: 厨师 is not among `绿化工人数：33人`."""
    return not names or any(sum(char in said for char in name) >= MOSTLY * len(name) for name in names)


MOSTLY = 0.5
