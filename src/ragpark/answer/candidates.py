"""All that may answer one question: pieces cut out of sentences by the kind asked for, and sentences whole, each with its features."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ragpark.answer import cut_text
from ragpark.answer.codes import codes
from ragpark.answer.cut_figure import figures, only_planned
from ragpark.answer.cuts import Cut
from ragpark.answer.finding import Evidence, Finding
from ragpark.answer.holders import persons
from ragpark.answer.library import Library
from ragpark.answer.passage import clauses_around, enumeration, listed, shortened, window
from ragpark.answer.scorer import all_features
from ragpark.answer.support import DENIES, Support, counts_listed, one_side, whole_features
from ragpark.answer.terms import term_in
from ragpark.read.context import Statement
from ragpark.read.sentences import clauses
from ragpark.retrieve.kinds import CODE, FIGURE, LIST, NAME, PERSON, count_of, kinds
from ragpark.retrieve.query import Query
from ragpark.zh.bounds import agree, possible
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import rx

Cutter = Callable[[Library, Query, Support], list[Cut]]


def _of_statement(cut: Callable[[Query, Statement], list[Cut]]) -> Cutter:
    return lambda library, query, support: cut(query, support.statement)


# How a piece is cut out of a sentence; which of these a kind of question is answered with, kinds.toml says.
CUTTERS: Mapping[str, Cutter] = {
    "figures": figures,
    "codes": _of_statement(codes),
    "dates": _of_statement(cut_text.dates),
    "persons": lambda library, query, support: persons(query, support.statement, library.tagger),
    "names": _of_statement(cut_text.names),
    "cells": _of_statement(cut_text.cells),
}
SENTENCES = 15  # of the best, pieces are cut out
WHOLES = 3  # of the best are offered whole
KEEP = 0.45  # a neighbouring sentence belongs to the answer if it answers at least this well, as a share of the best


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be answered: its text, the sentences it stands in with its spans, its features and how probable it is.

    `cut` is the piece, None for whole sentences. `loose` says that these stand beside each other only because each answers
    nearly as well: none is needed for another, as the items of a list are.
    """

    text: str
    spans: tuple[Evidence, ...]
    features: Mapping[str, float]
    probability: float
    cut: Cut | None = None
    loose: bool = False

    @property
    def support(self) -> Support:
        return self.spans[0][0]

    @property
    def whole(self) -> bool:
        return self.cut is None

    def finding(self, query: Query) -> Finding:
        """Return it as what was found for the query."""
        return Finding(query, self.text, self.spans, self.probability, self.cut.year if self.cut else None, self.cut)


def candidates(library: Library, query: Query, found: Sequence[Support]) -> list[Candidate]:
    """Return what the sentences offer, the most probable first; a piece that several give names them all.

    `found` are the sentences, the best first.
    """
    pieces = [] if query.several else allowed(_pieces(library, query, found))
    if query.quoted:  # a term is explained by a sentence that says what it stands for, where one does
        found = [support for support in found if cut_text.explanation(query, support.statement.text)] or found
    # a number in a register is told by its own label or not at all
    told = [whole(library, query, found, best) for best in found[:WHOLES] if query.kind != CODE]
    if kinds()[query.kind].piece and not query.several:
        told = [_by_pieces(library, query, one, pieces) for one in told]
    return ranked([*pieces, *allowed(told)])


def _by_pieces(library: Library, query: Query, one: Candidate, pieces: Sequence[Candidate]) -> Candidate:
    """Return a whole sentence with what its pieces say of it: how near they stand to the words of the question, that it
    has figures of the unit asked for, none of which may be the answer, or that the figures of the index in it are of
    other years."""
    support, met = one.support, dict(one.features)
    own = [piece for piece in pieces if piece.support is support]
    asked = [q for q in support.statement.quantities if not query.units or q.unit in query.units]
    met["no_gap"] = float(len(asked) < 2 and one_side(query, support.statement.text))
    if own:
        best = max(own, key=lambda piece: piece.probability)
        met |= {name: best.features[name] for name in OF_PIECE if name in best.features}
    elif query.kind == FIGURE:
        start = support.statement.start
        facts = [library.facts.at(support.doc, start + q.start, start + q.end) for q in asked]
        others = [fact for fact in facts if fact and query.years and fact.year and fact.year not in query.years]
        met |= {"ruled_out": float(bool(asked))}
        if asked and all(only_planned(library, query, support, q) for q in asked):
            met["target_mixed"] = 1.0
        if asked and len(others) == len(asked):
            met["other_year"] = 1.0
    return replace(one, features=met, probability=library.scorer.probability(met))


# features that a sentence takes over from its best piece
OF_PIECE = ("event_words", "event_part", "in_clause", "in_part")


def allowed(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without those that a guard rules out: of another year, place, organisation or part of the year."""
    return [one for one in found if not forbidden(one.features)]


def forbidden(features: Mapping[str, float]) -> bool:
    """Tell whether a guard rules out what has these features."""
    return any(feature.guard and features.get(name) == 1.0 for name, feature in all_features().items())


def ranked(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, the most probable first; of equals the one of the better passage."""
    return sorted(found, key=lambda c: (-c.probability, c.support.rank, c.support.statement.start))


def piece(library: Library, support: Support, cut: Cut, more: Mapping[str, float] | None = None) -> Candidate:
    """Return a cut of a sentence as a candidate, `more` among its features."""
    met = {**support.features, **cut.features, **(more or {})}
    return Candidate(cut.text, ((support, ((cut.start, cut.end),)),), met, library.scorer.probability(met), cut)


def _pieces(library: Library, query: Query, found: Sequence[Support]) -> list[Candidate]:
    if query.kind == CODE:
        found = [support for support in found if _of_no_other(query, support.statement)]
    cut = [
        (support, cut)
        for support in found[:SENTENCES]
        for name in kinds()[query.kind].cuts
        for cut in CUTTERS[name](library, query, support)
    ]
    if query.quoted and query.kind in (LIST, NAME):
        cut += [(support, cut) for support in found[:SENTENCES] for cut in _members(query, support)]
    found_pieces: dict[tuple[int, int, int], Candidate] = {}
    for one in ranked([piece(library, support, cut) for support, cut in cut]):
        assert one.cut is not None
        found_pieces.setdefault((id(one.support), one.cut.start, one.cut.end), one)  # of one place the more probable
    return agreeing(list(found_pieces.values()), library)


def _of_no_other(query: Query, statement: Statement) -> bool:
    """Tell whether a sentence names no other place than is asked for: `地址：甲市某路 电话：…` in a text about 乙市."""
    return not query.entities or not statement.entities or bool(set(statement.entities) & set(query.entities))


def _members(query: Query, support: Support) -> list[Cut]:
    found = cut_text.members(query, support.statement)
    if not found:
        return []
    return [Cut("、".join(c.text for c in found), found[0].start, found[-1].end, found[0].features)]


def agreeing(found: Sequence[Candidate], library: Library) -> list[Candidate]:
    """Return the pieces with what others say of them: that another sentence gives the same, and that one as good gives another.

    Those that say the same become further evidence of the piece, at most two.
    """
    told = []
    for one in found:
        assert one.cut is not None
        others = [o for o in found if o.support.statement.text != one.support.statement.text and _same(one, o)]
        rivals = [o for o in found if not (_same(one, o) or _agree(one, o) or _overlap(one, o) or _other_sort(one, o))]
        lead = max(-1.0, min(1.0, _share(one) - max(map(_share, rivals), default=_share(one))))
        met = {**one.features, "agreed": float(bool(others)), "lead": lead}
        near = [o.spans[0] for o in ranked(others) if o.probability >= NEARLY * one.probability]
        told.append(
            replace(one, spans=(*one.spans, *near[:2]), features=met, probability=library.scorer.probability(met))
        )
    return told


def _other_sort(one: Candidate, other: Candidate) -> bool:
    """Tell whether the other is a figure of another kind than is asked for, and this one is not: no rival, however near."""
    return other.features.get("no_sort", 0.0) > one.features.get("no_sort", 0.0)


NEARLY = 0.8  # of a candidate's probability: one that is as good


def _share(one: Candidate) -> float:
    """Return how much of the question's words stand at the piece and in its sentence, as logarithms: to compare rivals by."""
    return one.features.get("in_clause", one.features.get("event_words", 0.0)) + one.features["pairs"]


def _same(one: Candidate, other: Candidate) -> bool:
    assert one.cut and other.cut
    if one.cut.value and other.cut.value:
        return (one.cut.value.value, one.cut.value.unit) == (other.cut.value.value, other.cut.value.unit)
    return squeeze(one.text) == squeeze(other.text)


def _agree(one: Candidate, other: Candidate) -> bool:
    """Tell whether two figures can both be true: `超过1000亿元` and `1006亿元`."""
    assert one.cut and other.cut
    a, b = one.cut.value, other.cut.value
    if a is None or b is None or a.unit != b.unit:
        return False
    return agree(possible(a.shown, a.value, a.qualifier), possible(b.shown, b.value, b.qualifier))


def _overlap(one: Candidate, other: Candidate) -> bool:
    assert one.cut and other.cut
    same = (one.support.doc, one.support.statement.start) == (other.support.doc, other.support.statement.start)
    return same and one.cut.start < other.cut.end and other.cut.start < one.cut.end


def whole(library: Library, query: Query, found: Sequence[Support], best: Support) -> Candidate:
    """Return a sentence, or with its neighbours where they belong to the answer and there is room."""
    met = {**best.features, **whole_features(query)}

    def told(text: str, spans: Sequence[Evidence], loose: bool = False) -> Candidate:
        return Candidate(text, tuple(spans), met, library.scorer.probability(met), loose=loose)

    which = query.kind in (LIST, NAME, PERSON)
    if which and rx(DENIES).search(query.question):
        if part := _denied(query, best.statement.text):
            return told(best.statement.text[slice(*part)], [(best, (part,))])
        met["no_denial"] = 1.0  # what is denied there is another thing
    text = best.statement.text
    # `建设三大体系：甲、乙、丙` lists what is counted itself
    own = query.count and query.count == count_of(text) and query.count in counts_listed(text)
    if query.kind == LIST and not own and (items := _items(library, query, best)):
        text = listed([s.statement.text.strip() for s in items], library.settings.max_answer_chars)
        return told(text, [(s, ((0, len(s.statement.text)),)) for s in items])
    if best.statement.text.rstrip().endswith(("：", ":")):  # what it announces belongs to it
        return told(*_with_following(library, query, best))
    if explained := cut_text.explanation(query, text):
        part = clauses_around(text, *explained, library.settings.max_answer_chars)
        return told(text[slice(*part)].strip(), [(best, (part,))])
    around = [s for s in found if s.doc == best.doc and s.statement.section == best.statement.section]
    around.sort(key=lambda s: s.statement.start)
    group = [(s.statement, s.score) for s in around]
    text, used = window(query, group, around.index(best), library.settings.max_answer_chars, keep=KEEP)
    spans: list[Evidence] = []
    for index in used:
        statement = around[index].statement
        at = max(statement.text.find(text), 0) if len(used) == 1 else 0
        length = len(text) if len(used) == 1 else len(statement.text)
        spans.append((around[index], ((at, at + length),)))
    spans.sort(key=lambda item: item[0] is not best)
    return told(text, spans, loose=True)


def _with_following(library: Library, query: Query, best: Support) -> tuple[str, list[Evidence]]:
    """Return a sentence that ends with `：` with as many of those behind it as there is room for, and where they stand."""
    statements = library.statements_of(best.doc, best.statement.section)
    room = library.settings.max_answer_chars
    text = ""
    spans: list[Evidence] = []
    for statement in statements:
        if statement.start < best.statement.start or not query.scope.has_statement(statement):
            continue
        if text and len(text) + len(statement.text) > room:
            break
        text += statement.text
        spans.append((replace(best, statement=statement), ((0, len(statement.text)),)))
    return shortened(text, room), spans


def _items(library: Library, query: Query, best: Support) -> list[Support]:
    """Return the sentences of the list that the best one leads to or belongs to, as evidence; [] where it is in none."""
    statements = library.statements_of(best.doc, best.statement.section)
    at = next((n for n, s in enumerate(statements) if s.start == best.statement.start), None)
    if at is None:
        return []
    return [
        replace(best, statement=statements[n])
        for n in enumeration(statements, at)
        if query.scope.has_statement(statements[n])
    ]


def _denied(query: Query, text: str) -> tuple[int, int] | None:
    """Return where the clause begins and ends that denies what is asked: `甲公司已经上市，|乙公司尚未上市`; None for none.

    It holds a word of the question beside the places: a question for what is not so is not answered by what is, nor by
    something else that is not so.
    """
    asked = [term for term in query.terms if not term.place]
    denying = [(a, b) for a, b in clauses(text, 0, len(text)) if rx(DENIES).search(text, a, b)]
    met = [max((term_in(term, squeeze(text[a:b])) for term in asked), default=1.0) for a, b in denying]
    return next((span for span, share in zip(denying, met, strict=True) if share > 0), None)
