"""How well a sentence meets a question: each thing that is asked, met or not, as a named number from 0 to 1.

What `features` gives is all that the scorer knows of a sentence; a new measure of fit is one line there and a refit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ragpark.answer.cut_text import date_parts
from ragpark.answer.library import Library
from ragpark.answer.subject_fit import organisation_fit, place_fit, place_open
from ragpark.answer.terms import (
    contexts,
    in_log,
    likeness,
    met_shares,
    question_pairs,
    share_of_pairs,
    term_in,
)
from ragpark.read.context import OTHER, Statement, month_of
from ragpark.read.organisations import subject_organisation
from ragpark.records import Hit
from ragpark.retrieve.kinds import DATE, FIGURE, LIST, NAME, PERSON, holder_asked, kinds
from ragpark.retrieve.query import Query, Term
from ragpark.retrieve.wanted import highest_asked
from ragpark.zh.column_names import is_total
from ragpark.zh.fold import squeeze
from ragpark.zh.times import find_clocks, find_dates, find_times, months_of, part_of_year
from ragpark.zh.units import dimension
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

SENTENCE = "sentence"  # the feature of a candidate that is a whole sentence
TOP_HITS = 8  # sentences are looked at in this many chunks
MARGIN_HITS = 10  # hits that the margin is taken of
DENIES = "(?!除){negation}"  # not `除了甲还有哪些`
_DENIED = f"{DENIES}|{{forbids}}"  # `为什么不让出口` is answered by `禁止出口`


@dataclass(frozen=True, slots=True)
class Support:
    """A sentence seen with a query: its `features`, the rank of its chunk, and how probably it answers as it stands."""

    statement: Statement
    doc: str
    rank: int
    score: float
    features: Mapping[str, float]

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: its document and its offset there."""
        return self.doc, self.statement.start

    def lacks(self, name: str) -> float:
        """Return the feature: how far something asked is not met, 0 to 1; 0 where it was not asked."""
        return self.features.get(name, 0.0)


def supports(library: Library, query: Query, hits: Sequence[Hit], chunks: int = TOP_HITS) -> list[Support]:
    """Return the sentences of the best `chunks` hits, the one that answers most probably first."""
    if not hits:
        return []
    pairs = question_pairs(query, library.idf, library.known)
    read: dict[tuple[str, int], tuple[Statement, Hit]] = {}
    for hit in hits[:chunks]:
        chunk = hit.chunk
        for statement in library.statements_of(chunk.doc, chunk.section):
            inside = statement.start < chunk.end and chunk.start < statement.end
            if inside and query.scope.has_statement(statement):
                read.setdefault((chunk.doc, statement.start), (statement, hit))
    stands = margin(hits)
    alike = likeness(query.terms, pairs, [statement.own for statement, _ in read.values()])
    found = []
    for (statement, hit), like in zip(read.values(), alike, strict=True):
        met = features(library, query, pairs, statement, hit) | {"stands_out": stands, "likest": like}
        score = library.scorer.probability(met | whole_features(query))
        found.append(Support(statement, hit.chunk.doc, hit.rank, score, met))
    return sorted(found, key=lambda s: (-s.score, s.rank, s.statement.start))


def margin(hits: Sequence[Hit]) -> float:
    """Return how far the best hit stands above the others, 0 to 1: its score less their mean, as a share of it;
    ALONE where there are too few to compare."""
    if len(hits) < LEAST_HITS or hits[0].score <= 0:
        return ALONE
    others = [hit.score for hit in hits[1:MARGIN_HITS]]
    return max(0.0, min(1.0, 1 - sum(others) / len(others) / hits[0].score))


LEAST_HITS, ALONE = 3, 1.0  # of few passages none is a rival


def features(
    library: Library, query: Query, pairs: Mapping[str, float], statement: Statement, hit: Hit
) -> dict[str, float]:
    """Return what the sentence meets of the question: shares of its words, and for all that it names how far it is missed.

    `pairs` are the question's character pairs with their weights. What begins with `no_` is 0 where the thing is met or
    not asked, up to 1 where the sentence is of another.
    """
    texts = contexts(statement)
    stated = library.states(query, hit.chunk.doc, statement)
    known = query.indicator_words if stated or statement.indicators[0] & set(query.indicators) else frozenset()
    named = [term for term in query.terms if term.named] or list(query.terms)
    rare = _met([term for term in named if not term.place], texts, known, RARE)
    year = 1.0 - max((statement.year_fit(y) for y in query.years), default=1.0)
    of_cells = any(cell.year for cell in statement.figures)  # a row tells the years of its figures itself
    told = of_cells or (query.kind == FIGURE and statement.years_at())
    if year == 1.0 - OTHER and not told and any(str(y) in hit.chunk.text for y in query.years):
        year = NAMED_NEARBY
    if query.part and not (tells_part(statement, query.part) or part_open(query, statement)):
        year = 1.0  # `2023年5月` is asked, and the sentence tells of June, or of the whole year
    place = 1.0 - max(place_fit(query, statement, library.vocabulary), place_open(library, query, statement, hit))
    beside = f"{texts[0]} {statement.head}"
    return {
        "words": in_log(_met(named, texts, known)),
        "words_rare": in_log(rare),
        "words_else": in_log(_met([term for term in query.terms if not term.named], texts, known)),
        "pairs": in_log(share_of_pairs(pairs, f"{texts[0]} {texts[1]}", known)),
        "no_year": year,
        "other_year": float(year == 1.0),
        "no_place": place,
        "other_place": float(place > OTHER_PLACE),
        "elsewhere": float(place > ELSEWHERE),
        "no_indicator": 0.0 if stated else 1.0 - indicator_fit(query, statement),
        "no_organisation": 1.0 - organisation_fit(query, statement),
        "no_words_beside": float(beside_unmet(query, statement)),
        "no_quoted": float(bool(query.quoted) and not any(squeeze(q) in statement.own for q in query.quoted)),
        "no_aside": float(any(squeeze(aside[1]) not in beside for aside in _ASIDE.finditer(query.question))),
        "no_denial": float(bool(rx(DENIES).search(query.question)) and not rx(_DENIED).search(statement.plain)),
        "no_figure": float(query.kind == FIGURE and not any(may_be_asked(query, q.unit) for q in statement.quantities)),
        "no_date": float(undated(query, statement)),
        "no_kind": 1.0 - type_fit(query, statement),
        "items": float(
            query.kind == LIST
            and (statement.text.endswith((":", "：")) or max(counts_listed(statement.text), default=0) >= SEVERAL_ITEMS)
        ),
        "row": row_fit(query, statement, library.vocabulary),
        "heading": float(statement.heading),
    }


def _met(terms: Sequence[Term], texts: Sequence[str], known: frozenset[str], power: float = 1.0) -> float:
    """Return the share of the terms met in the texts, 1 where there are none."""
    return sum(met_shares(terms, texts, known, power)) if terms else 1.0


OTHER_PLACE, ELSEWHERE = 0.6, 0.85  # from here on the sentence is hardly, and not at all, of the place asked for
RARE = 1.5  # power of the weights, so that the rarest words decide
NAMED_NEARBY = 0.7  # the chunk names the year, only not for this sentence
_ASIDE = re.compile(r"(?<=[院所心司园室地校部])[（(]([一-鿿]{2,6})[）)]")


def whole_features(query: Query) -> dict[str, float]:
    """Return what a whole sentence adds as an answer: that it is one, and that a piece of it was asked for."""
    piece = kinds()[query.kind].piece
    exact = len(query.years) == 1 or (query.kind == FIGURE and bool(query.units))
    return {
        SENTENCE: 1.0,
        "no_piece": float(piece),
        "no_holder": float(query.kind == PERSON and holder_asked(query.question) is not None),
        "no_exact_piece": float(piece and exact and not query.several),
    }


def one_side(query: Query, said: str) -> bool:
    """Tell whether a text compares nothing while the question asks how far one thing lies from another (`对欧盟的出口比对美国
    多多少`); not from itself in another year, which is computed."""
    asked = not query.one_of_several and len(query.years) < 2 and rx("{gap}").search(query.question)
    return bool(asked) and not rx("{compares}").search(said)


def tells_part(statement: Statement, part: str) -> bool:
    """Tell whether the sentence, or what it stands under, names the part of the year: `2023年6月` for 6月. A sentence
    without a time is of the part that was spoken of last before it: `上半年，生产总值…。其中，服务业…`."""
    above = [statement.heading_text, statement.head, statement.opening]
    if not any(time.years for time in statement.times):
        above.append(statement.part)
    times = [*statement.times, *find_times("，".join(above), None)]
    return any(time.months and part_of_year(time.text) == part for time in times)


def part_open(query: Query, statement: Statement) -> bool:
    """Tell whether nothing says another part of the year: no time, title or heading does, and the document is dated
    within the part (`2021年3月` in a text of 2021-03-28); where no figure is asked, also after it, or not at all."""
    timed = any(time.months or time.years for time in statement.times)
    if timed or statement.inherited or statement.titled or statement.opening or statement.part:
        return False
    if find_times(f"{statement.heading_text}，{statement.head}", None):
        return False
    dated = month_of(statement.dated_by)
    months = months_of(query.part)
    if not (dated and months):
        return query.kind != FIGURE
    return months[0] <= dated <= (months[1] if query.kind == FIGURE else 12)


def may_be_asked(query: Query, unit: str) -> bool:
    """Tell whether a figure of the unit may be what is asked: of a question that names its unit (`多少亩`), none that measures
    something else (`亿元`). What is counted may have another measure word, and a lapse of time, or how far something
    changed, is told by other figures too."""
    asked, own = {dimension(one) for one in query.units}, dimension(unit)
    named = bool(own and query.units and query.units[0] in query.question)
    return not named or bool(asked & {"", own, "time_unit"}) or bool(rx("{change}").search(query.question))


def undated(query: Query, statement: Statement) -> bool:
    """Tell whether a day, month or year is asked for as such (not just `什么时候`), and the sentence has no date."""
    asked = query.kind == DATE and any(date_parts(query.question))
    return asked and not (find_clocks(statement.text) or find_dates(statement.text))


def type_fit(query: Query, statement: Statement) -> float:
    """Return 1 where the sentence holds something of the kind asked for, 0 where it holds nothing of it, ½ where only the form is another."""
    text = statement.text
    if query.kind == FIGURE:
        if not any(may_be_asked(query, quantity.unit) for quantity in statement.quantities):
            return 0.0
        return 1.0 if not query.units or any(q.unit in query.units for q in statement.quantities) else 0.5
    if query.kind == DATE:
        return float(bool(find_clocks(text) or find_dates(text)))
    if query.kind == LIST and query.count:
        return float(query.count in counts_listed(text))
    said = kinds()[query.kind].says
    if query.kind == NAME and notion("company_asked").search(query.question):
        said = "{company_word}"
    elif query.kind == NAME and highest_asked(query.question):
        said = "{first_of_all}"
    return 1.0 if not said or rx(said).search(text) else 0.5


SEVERAL_ITEMS = 3


def counts_listed(text: str) -> set[int]:
    """Return how many items the enumerations of the text have: `甲、乙、丙三大产业` → {3}, `甲、乙和丙` → {2, 3}."""
    found: set[int] = set()
    for run in re.findall(r"[^，,。；;：:、]{1,24}(?:、[^，,。；;：:、]{1,24})+", text):
        items = run.count("、") + 1
        found |= (
            {items, items + 1} if rx("[一-鿿A-Za-z]{joined_by}[一-鿿A-Za-z]").search(run.split("、")[-1]) else {items}
        )
    return found


def indicator_fit(query: Query, statement: Statement) -> float:
    """Return 1 where an indicator of the query is named in the sentence, less in its context, 0 where not at all.

    Its words met apart from each other (`人工智能产业……集聚相关企业`) count nearly as much as its name.
    """
    if not query.indicators:
        return 1.0
    best = 0.0
    words = [term for term in query.terms if term.word in query.indicator_words]
    total = sum(term.weight for term in words)
    texts = (statement.own, statement.head, statement.near)
    for text, named, value in zip(texts, statement.indicators, _BY_CONTEXT, strict=True):
        if named & set(query.indicators):
            best = max(best, value)
        elif total and len(words) > 1:  # a single word may be part of another indicator: `GDP` in R&D占GDP比重
            met = sum(term.weight * term_in(term, text) for term in words) / total
            best = max(best, value * met if met >= _MOST else 0.0)
    return best


_BY_CONTEXT = (1.0, 0.7, 0.6)  # in the sentence, above it, before it
_MOST = 0.6


def beside_unmet(query: Query, statement: Statement) -> bool:
    """Tell whether hardly anything is met of what a question for an indicator says beside it.

    `某某科技的注册资本` is not answered by the 注册资本 of another firm, nor `在日本的离岸创新中心` by all of them.
    """
    if query.kind != FIGURE or not query.indicators:
        return False
    if query.organisation and subject_organisation(statement) and organisation_fit(query, statement):
        return False  # named, by its short form perhaps
    least = min(BESIDE, BESIDE_SHARE * max((t.weight for t in query.terms), default=0.0))  # few documents: low weights
    terms = [t for t in query.terms if t.named and not t.place and t.word not in query.indicator_words]
    beside = [t for t in terms if t.weight >= least]
    return bool(beside) and sum(met_shares(beside, contexts(statement))) < HARDLY


BESIDE, BESIDE_SHARE = 2.0, 0.55  # weight from which a word counts as what the question is about
HARDLY = 0.2


def row_fit(query: Query, statement: Statement, vocabulary: Vocabulary) -> float:
    """Return 1 where the question names the table row, −1 where the row is about what it does not name, else 0.

    `2022年企业的R&D经费` is answered by the row `企业`, not by that of a province. Rows of years, totals, the indicator
    or the place asked for, and those that share a word with the question, are as good as a sentence.
    """
    if query.kind != FIGURE or not statement.figures or not statement.figures[0].labels:
        return 0.0
    label = squeeze(statement.figures[0].labels[-1])
    if not re.search(r"[一-鿿a-z]", label) or is_total(label):
        return 0.0
    asked = squeeze(query.question)
    inside = [(start, end) for start, end, _ in vocabulary.find_indicators(asked)]
    for match in re.finditer(re.escape(label), asked):
        if not any(start <= match.start() and match.end() <= end and end - start > len(label) for start, end in inside):
            return 1.0  # `企业` in 企业的R&D经费, not in 高新技术企业
    if {indicator.name for *_, indicator in vocabulary.find_indicators(label)} & set(query.indicators):
        return 0.0
    if query.entities and vocabulary.find_entities(label):
        return 0.0  # how well places fit is judged elsewhere
    return 0.0 if any(term_in(term, label) >= _MOST for term in query.terms) else -1.0
