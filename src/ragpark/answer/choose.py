"""One query, one finding: facts first, then the most probable candidate, with the reader's help where none is probable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ragpark.answer.candidates import NEARLY, Candidate, candidates, ranked
from ragpark.answer.cuts import Cut
from ragpark.answer.finding import Finding
from ragpark.answer.labelled import BY_ROWS, each_named, extreme_of_listed, extreme_of_named
from ragpark.answer.library import Library
from ragpark.answer.reading import narrowed, read_spans, with_reader
from ragpark.answer.settled import SETTLED, settled
from ragpark.answer.support import Support, supports
from ragpark.answer.table_records import counted_rows, ordered_row
from ragpark.records import Hit
from ragpark.retrieve.kinds import FIGURE, kinds
from ragpark.retrieve.query import Query
from ragpark.zh.bounds import agree, exact, possible

N_HITS = 10


@dataclass(frozen=True, slots=True)
class Looked:
    """What one query came to: the passages searched, the candidates, the most probable first, and what was chosen.

    `by` says what decided: facts, table, candidates, reader.
    """

    query: Query
    by: str
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """The search for one question, what was looked at on its way, in order, and where the pieces stand that an earlier
    part was answered with: no other part is answered with them."""

    hits: Callable[[Query, int], list[Hit]]
    looked: list[Looked] = field(default_factory=list)
    told: set[tuple[str, int, int]] = field(default_factory=set)

    def __call__(self, query: Query, k: int) -> list[Hit]:
        return self.hits(query, k)


def resolve(library: Library, query: Query, search: Search) -> tuple[Finding | None, list[Support]]:
    """Return what answers the query best, however weak, and the sentences looked at for it, best first."""
    if query.years and not any(map(query.scope.has_year, query.years)):
        return None, []  # asked about years that the filter leaves out
    if not query.several and (known := settled(library, query)):
        search.looked.append(Looked(query, "facts", finding=known))
        return known, []
    hits = search(query, N_HITS)
    found = supports(library, query, hits)
    if listed := by_rows(library, query, search, hits, found):
        return listed, []
    if not found:
        return None, []
    offered, by = [one for one in candidates(library, query, found) if not _told(one, search)], "candidates"
    least = library.settings.refuse_below
    best = choose(query, offered, least)
    if wants_reader(library, query, best):
        spans = read_spans(library, query, hits, found)
        if judged_by_reader(query, best):
            read = ranked(with_reader(library, query, spans, offered))
            offered, by = [one for one in read if not _told(one, search)], "reader"
        best = choose(query, offered, least)
        best = narrowed(library, best, spans) if best else None
    finding = best.finding(query) if best else None
    search.looked.append(Looked(query, by, tuple(hits), tuple(offered), finding))
    return finding, found


def by_rows(
    library: Library, query: Query, search: Search, hits: Sequence[Hit], found: Sequence[Support]
) -> Finding | None:
    """Return what the rows of a table, or the figures of a list, say together; None where they leave it open."""
    listed = (
        each_named(library, query, found)
        or extreme_of_named(library, query, found)
        or ordered_row(library, query, hits)
        or extreme_of_listed(library, query, found)
        or counted_rows(library, query, hits)
    )
    if listed:
        search.looked.append(Looked(query, "table", tuple(hits), finding=listed))
    return listed


def _told(one: Candidate, search: Search) -> bool:
    return one.cut is not None and (one.support.doc, one.support.statement.start, one.cut.start) in search.told


def both_ways(library: Library, looked: Looked) -> tuple[Looked, ...]:
    """Return what a query was offered as it is without the reader, and as it is with it where there is one.

    What facts or a table decided is one candidate.
    """
    if looked.finding is None or not looked.hits or looked.by == "table":
        if looked.finding is None:
            return ()
        known = looked.finding
        features = {SETTLED: 1.0} if looked.by == "facts" else BY_ROWS
        cut = known.cut or Cut(known.text, 0, 0)
        return (replace(looked, candidates=(Candidate(known.text, known.spans, features, known.confidence, cut),)),)
    found = supports(library, looked.query, looked.hits)
    offered = candidates(library, looked.query, found)
    plain = replace(looked, by="candidates", candidates=tuple(offered))
    if library.reader is None or not readable(looked.query):
        return (plain,)
    read = ranked(with_reader(library, looked.query, read_spans(library, looked.query, looked.hits, found), offered))
    return plain, replace(looked, by="reader", candidates=tuple(read))


def wants_reader(library: Library, query: Query, best: Candidate | None) -> bool:
    """Tell whether the reader is asked: to judge the candidates, or to say which of several sentences is meant."""
    loose = best is not None and best.loose and not query.several and not query.one_of_several
    return library.reader is not None and (loose or judged_by_reader(query, best))


def judged_by_reader(query: Query, best: Candidate | None) -> bool:
    """Tell whether the reader judges the candidates: where a piece will do, and none is probable; of sentences side by
    side always, for it reads them anyway."""
    unsure = best is None or best.loose or best.probability < READ_BELOW
    return unsure and readable(query)


def readable(query: Query) -> bool:
    """Tell whether the question, as it is worded, asks for one piece of a passage: what the reader can find."""
    return not kinds()[query.kind].whole and not query.several and not query.one_of_several


READ_BELOW = 0.7


def choose(query: Query, offered: Sequence[Candidate], least: float = 0.0) -> Candidate | None:
    """Return the candidate to answer with, None where there is none: the most probable piece of the kind asked for, else
    the most probable of all.

    A piece of a probability of at least `least` is preferred to a sentence that is not much more probable. What only the
    reader gives is a piece like a sentence, of no known kind, but for a figure. `offered` are the candidates, the most
    probable first.
    """
    best = next(iter(offered), None)
    pieces = [one for one in offered if is_told(query, one)]
    if best and best.whole and kinds()[query.kind].piece:
        own = [one for one in pieces if one.support is best.support]
        if len(own) == 1 and own[0].features.get("event", 0.0) >= 0:  # the sentence that answers holds only one
            return replace(own[0], probability=best.probability)
    alone = query.one_of_several  # beside others, a sentence says too much
    enough = max(least, piece_share(query.kind == FIGURE) * offered[0].probability) if offered else 0.0
    if pieces and (alone or pieces[0].probability >= enough):
        return _exact_instead(pieces)
    return best


def piece_share(figure: bool) -> float:
    """Return of the best candidate's probability what a piece of the kind asked for must have to be preferred."""
    return 0.3 if figure else 0.45


def is_told(query: Query, one: Candidate) -> bool:
    """Tell whether a candidate is a piece of the kind asked for; of a figure's unit and year the guards have seen to."""
    return not one.whole and (query.kind == FIGURE or "read" not in one.features)


def _exact_instead(pieces: Sequence[Candidate]) -> Candidate:
    """Return, for a bounded figure, the exact one that agrees with it and is nearly as probable, else itself.

    `超过1000亿元` in a chronicle and `1006亿元` in a table say the same; a researcher wants the second.
    """
    best = pieces[0]
    value = best.cut.value if best.cut else None
    if value is None or exact(value.text, value.qualifier):
        return best
    reach = possible(value.shown, value.value, value.qualifier)
    for other in pieces[1:]:
        told = other.cut.value if other.cut else None
        if other.probability < NEARLY * best.probability or told is None or told.unit != value.unit:
            continue
        another = exact(told.text, told.qualifier) and told.shown != value.shown
        if another and agree(reach, possible(told.shown, told.value, told.qualifier)):
            return other
    return best
