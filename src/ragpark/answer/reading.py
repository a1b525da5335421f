"""What the reader finds in the best passages: further pieces, widened to what a person would quote, and a word on the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ragpark.answer.candidates import Candidate, allowed, forbidden, piece
from ragpark.answer.cut_figure import measures, only_planned
from ragpark.answer.cuts import Cut
from ragpark.answer.library import Library
from ragpark.answer.passage import clauses_around, joined
from ragpark.answer.support import Support, one_side
from ragpark.answer.widen import widen
from ragpark.records import Hit
from ragpark.retrieve.kinds import FIGURE, PERSON, holder_asked
from ragpark.retrieve.query import NOUNS, Query
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import rx

PASSAGES = (
    2  # of 116 questions the best span of one was right for 85, of two for 84, of three for 85; sure and wrong 2, 2, 4
)
SURE = 10.0  # a margin from which the reader is as sure as can be


@dataclass(frozen=True, slots=True)
class Read:
    """A span of the reader's in the sentence it stands in; `margin` above 0 where it holds it for an answer."""

    support: Support
    start: int
    end: int
    margin: float


def with_reader(library: Library, query: Query, spans: Sequence[Read], offered: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates judged anew with what the reader says, and its own spans as further ones."""
    best = max((span.margin for span in spans), default=-SURE)
    told = [_told(library, one, spans, best) for one in offered]
    return told + allowed(_read(library, query, spans, best, offered))


def narrowed(library: Library, one: Candidate, spans: Sequence[Read]) -> Candidate:
    """Return sentences that stand together loosely without those that the reader has no answer in: the one chosen, and
    the one that holds its best span, if that lies in the same document and there is room for both, else this one."""
    told = max(spans, key=lambda span: span.margin, default=None)
    if not one.loose or told is None or told.margin < 0:
        return one
    room = library.settings.max_answer_chars
    chosen, other = one.support, told.support
    if (chosen.doc, chosen.statement.start) == (other.doc, other.statement.start):
        text = other.statement.text
        a, b = (0, len(text)) if len(text) <= room else clauses_around(text, told.start, told.end, room)
        return replace(one, text=text[a:b], spans=((chosen, ((told.start, told.end),)),))
    if chosen.doc != other.doc or other.statement.heading or forbidden(other.features):
        kept = [chosen]
    elif chosen.statement.heading:
        kept = [other]
    elif len(chosen.statement.text) + len(other.statement.text) <= room:
        kept = [chosen, other]
    else:
        kept = [other]
    if any(len(support.statement.text) > room for support in kept):
        return one
    in_order = sorted((support.statement for support in kept), key=lambda statement: statement.start)
    return replace(
        one,
        text=joined([statement.text for statement in in_order]),
        spans=tuple(
            (support, ((told.start, told.end) if support is other else (0, len(support.statement.text)),))
            for support in kept
        ),
    )


def _read(
    library: Library, query: Query, spans: Sequence[Read], best: float, offered: Sequence[Candidate]
) -> list[Candidate]:
    return [
        piece(library, span.support, cut, {"read": 1.0, **_features(span.margin, best, 1.0)})
        for span in spans
        if (cut := _cut(library, query, span)) and not any(_is(one, span, cut) for one in offered)
    ]


def _is(one: Candidate, span: Read, cut: Cut) -> bool:
    return one.cut is not None and one.support is span.support and (one.cut.start, one.cut.end) == (cut.start, cut.end)


def _told(library: Library, one: Candidate, spans: Sequence[Read], best: float) -> Candidate:
    """Return the candidate with the reader's margin for what it holds of its spans."""
    inside = [
        span.margin
        for span in spans
        for support, places in one.spans
        if support is span.support and any(a < span.end and span.start < b for a, b in places)
    ]
    if one.cut and not inside and one.support.statement.figures:
        return one  # a cell is told by the labels of its row and column: that the reader passes it over says little
    met = {**one.features, **_features(max(inside, default=-SURE), best, float(bool(inside)))}
    return replace(one, features=met, probability=library.scorer.probability(met))


def _features(margin: float, best: float, held: float) -> dict[str, float]:
    """Return what the reader's margins add: for the span itself, and for the best there is."""
    return {
        "read_asked": 1.0,
        "read_held": held,
        "read_margin": max(-1.0, min(1.0, margin / SURE)),
        "read_best": max(-1.0, min(1.0, best / SURE)),
    }


def read_spans(library: Library, query: Query, hits: Sequence[Hit], found: Sequence[Support]) -> list[Read]:
    """Return the reader's spans in the best passages, each in the sentence it begins in; where the figure asked for is named
    as texts name one (`厨师人数`; not `能解决多少人`), of sentences that say so alone."""
    if library.reader is None:
        return []
    chunks = [hit.chunk for hit in hits[:PASSAGES]]
    spans: list[Read] = []
    noun = query.kind == FIGURE and _is_noun(library, query)
    for chunk, read in zip(chunks, library.reader.read(query.question, [c.passage for c in chunks]), strict=True):
        shift = chunk.start - (len(chunk.passage) - len(chunk.text))
        for span in read:
            start, end = span.start + shift, span.end + shift
            support = next(
                (s for s in found if s.doc == chunk.doc and s.statement.start <= start < s.statement.end), None
            )
            if support is not None and start >= chunk.start and not (noun and not _says_measure(query, support)):
                at = support.statement.start
                spans.append(Read(support, start - at, min(end, support.statement.end) - at, span.margin))
    return spans


def _is_noun(library: Library, query: Query) -> bool:
    """Tell whether what is measured is named by nouns alone, not by the question's own way of putting it."""
    if query.wanted is None:
        return False
    name = query.wanted.indicator
    return bool(rx("{figure_noun}$").search(name)) or all(w.tag in NOUNS for w in library.tagger.tag([name])[0])


def _says_measure(query: Query, support: Support) -> bool:
    if query.wanted is None:
        return True
    names = [name.removeprefix(squeeze(query.wanted.entity)) for name in query.wanted.names]
    return measures(names, f"{support.statement.own} {support.statement.head}")


def _cut(library: Library, query: Query, span: Read) -> Cut | None:
    """Return the span widened, None where the guards rule it out.

    Ruled out is a repetition of the question, the holder of an office that the sentence does not name, and for a figure
    what holds none, or one of another year or of another unit than the question names, or a target for what is attained.
    That its unit is not the usual one, or its sentence does not name what is measured, counts against it: a question is
    worded otherwise than the text.
    """
    statement = span.support.statement
    office = holder_asked(query.question) if query.kind == PERSON else None
    if office and not re.search(f"(?<!副){re.escape(squeeze(office[0]))}", statement.own):
        return None
    words = library.tagger.tag([statement.text])[0]
    a, b = widen(statement.text, span.start, span.end, words, query.kind)
    text = statement.text[a:b]
    if not text.strip() or squeeze(text) in squeeze(query.question):
        return None
    if query.kind != FIGURE:
        return Cut(text, a, b)
    inside = [q for q in statement.quantities if a <= q.start and q.end <= b]
    usual = [q for q in inside if not query.units or q.unit in query.units]
    named = bool(query.units) and query.units[0] in query.question
    fits = [q for q in (usual if usual or named else inside) if not only_planned(library, query, span.support, q)]
    if not inside and query.units and any(re.search(rf"{_NUMERAL}个?{unit}", text) for unit in query.units):
        return Cut(text, a, b)  # `十五日`: a lapse in words, of which no quantity is read
    if not fits or (len(query.years) == 1 and statement.year_fit(query.years[0], fits[0].start) == 0.0):
        return None
    best = fits[0]
    if one_side(query, statement.text[: best.end]):
        return None
    met = {"read_unnamed": float(not _says_measure(query, span.support)), "no_unit": float(best not in usual)}
    return Cut(best.shown, best.start, best.end, met, best, statement.year_of(best.start))


_NUMERAL = "[0-9一二三四五六七八九十百两]"
