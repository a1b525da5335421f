"""The figures of a sentence as candidates: those that the question's unit and year allow, each with how well it fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ragpark.answer.cuts import Cut, is_row, segments
from ragpark.answer.factbook import inner
from ragpark.answer.library import Library
from ragpark.answer.subject_fit import same_organisation
from ragpark.answer.support import Support, one_side, tells_part
from ragpark.answer.terms import in_log, met_shares, named_alike
from ragpark.read.context import Statement, places_in
from ragpark.read.fact_kinds import kind_of
from ragpark.read.table_cells import Figure
from ragpark.records import Fact
from ragpark.retrieve.query import Query, Term
from ragpark.retrieve.wanted import plain_name
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import Quantity, find_quantities
from ragpark.zh.quantity import NARROW
from ragpark.zh.times import part_of_year
from ragpark.zh.units import dimension
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

_FROM, _TO = re.compile(r"[由从自]$"), re.compile(r"[一-鿿]{0,4}(?:到|至|为|成)")
# the total of several, which answers for none of them: `甲、乙、丙三大产业总产值超过4000亿元`
_TOGETHER = re.compile(r"[两三四五六七八九十][大个][^，,。；;]{2,10}[^。；;]{0,10}(?:总|合计|共)[^，,。；;]{0,8}$")
_TOGETHER_ASKED = "[两三四五六七八九十][大个]|{sum_said}"
# a clause that says how much only, of what the clause before names: `、累计516个`, `，位居全国第二`, `，同比增长5%`
_ELLIPTIC = "{ellipsis_word}*"
_NOUN_ASKED = re.compile(r"(?:多少|几)[个家名项件所座种条位支]([一-鿿]{2,4})")
_POINTS_ON = re.compile(r"[如见]下?表|下表[所列中]")
_ALIKE_RATES = ("share", "level")
COUNTED_BARE, MEASURED_BARE = 1e4, 1e7  # from here on a figure may leave out its unit: `人口70.01万`, `产值353亿`
FAR = 40  # characters from a word of the question to the figure


def figures(library: Library, query: Query, support: Support) -> list[Cut]:
    """Return the figures of the sentence that may be asked for, each with its qualifier and its range."""
    statement = support.statement
    found = []
    for quantity in statement.quantities:
        year = statement.year_of(quantity.start)
        if year is not None and not query.scope.has_year(year):
            continue
        fact = library.facts.at(support.doc, statement.start + quantity.start, statement.start + quantity.end)
        met = _features(library, query, statement, quantity, fact)
        if met is None:
            continue
        if _ends_range(statement, quantity):
            continue
        shown, end = _with_range(statement, quantity)
        kind = kind_at(statement, quantity, fact)
        text = fall_before(statement, quantity, kind) + shown.translate(NARROW)
        found.append(Cut(text, quantity.start, end, met, quantity, year, kind == "target"))
    return found


def fall_before(statement: Statement, quantity: Quantity, kind: str) -> str:
    """Return the word that makes a rate of growth one of decline, "" for none: `下降` in `同比下降3.2%`."""
    if kind != "growth" or cell_of(statement, quantity):
        return ""
    found = rx("({change_down})了?$").search(statement.text, max(quantity.start - 8, 0), quantity.start)
    return found[1] if found else ""


def kind_at(statement: Statement, quantity: Quantity, fact: Fact | None) -> str:
    """Return the kind of a figure: that of the fact it gives, or as facts read it: `target` for `力争……达3500家`."""
    if fact is not None:
        return fact.kind
    cell = cell_of(statement, quantity)
    if cell is not None:
        return cell.kind
    year, written = statement.year_of(quantity.start), statement.published
    coming = year > written if year and written else None
    return kind_of(statement.text, quantity, coming=coming, planned=statement.planned)


def only_planned(library: Library, query: Query, support: Support, quantity: Quantity) -> bool:
    """Tell whether the question says that it asks for what is attained (`实际完成了多少`), and the figure is a target."""
    if query.target or not notion("reached").search(query.question):
        return False
    start = support.statement.start
    fact = library.facts.at(support.doc, start + quantity.start, start + quantity.end)
    return kind_at(support.statement, quantity, fact) == "target"


def kind_asked(query: Query) -> str:
    """Return the kind of figure that is asked for, "" where the question leaves it open."""
    return "target" if query.target else query.wanted.kind if query.wanted else ""


def compared_kind(query: Query) -> str:
    """Return the kind of figure that things are compared by: growth where the question speaks of a change."""
    asked = kind_asked(query) or "level"
    return "growth" if asked in ("level", "increase") and rx("{change}").search(query.question) else asked


def same_kind(kind: str, asked: str, unit: str) -> bool:
    """Tell whether a figure is of the kind asked for; a rate (`城镇化率`) may be read as a share or as a level."""
    return kind == asked or (unit == "%" and kind in _ALIKE_RATES and asked in _ALIKE_RATES)


def cell_of(statement: Statement, quantity: Quantity) -> Figure | None:
    """Return the table cell that the figure stands in, or None for one of a sentence."""
    return next((figure for figure in statement.figures if figure.quantity == quantity), None)


def _features(
    library: Library, query: Query, statement: Statement, quantity: Quantity, fact: Fact | None
) -> dict[str, float] | None:
    """Return how well the figure fits, or None where its unit, its year or the part of the year rules it out."""
    text, vocabulary = statement.text, library.vocabulary
    if quantity.unit == "位" and "第" in quantity.text and not notion("ask_many_times").search(query.question):
        return None
    if _is_class(text, quantity) or _told_in(query.question, quantity):
        return None
    cell = cell_of(statement, quantity)
    counted = all(dimension(unit) in ("thing_unit", "") for unit in query.units)
    least = COUNTED_BARE if counted else MEASURED_BARE
    bare = not quantity.unit and (cell is not None or quantity.value >= least) and query.units[:1] != ("位",)
    if query.units and quantity.unit not in query.units and not bare:
        return None
    fit = statement.year_fit(query.years[0], quantity.start) if len(query.years) == 1 else 1.0
    if fit == 0.0 or (fact is not None and _of_another_part(query, fact, statement)):
        return None
    near, wide = segments(text, quantity.start, quantity.end)
    if near[0] > wide[0] and rx(_ELLIPTIC).fullmatch(squeeze(text[near[0] : quantity.start])):
        near = segments(text, near[0] - 1, near[0] - 1)[0][0], near[1]  # `新增96个、累计516个`: of the same thing
    beside = text[near[0] : near[1]] if cell is None else _cell_words(cell)
    terms = own_terms(query)
    around = text[wide[0] : wide[1]]
    known = query.indicator_words if _names_one(query, beside, vocabulary) else frozenset()
    in_clause, in_part = met_shares(terms, (squeeze(beside), squeeze(around)), known)
    kind, asked = kind_at(statement, quantity, fact), kind_asked(query)
    before = text[max(near[0], quantity.start - 14) : quantity.start]
    noun = _NOUN_ASKED.search(query.question)
    met = {
        "figure": 1.0,
        "in_clause": in_log(in_clause),
        "in_part": in_clause + in_part,
        "far": 0.0 if cell else _distance(terms, text, quantity, near),
        "no_unit": _unit_missed(query, quantity),
        "no_year_here": 1.0 - fit,
        "no_part": float(fact is None and not _is_part(query, statement, _told_part(statement, quantity))),
        "no_sort": float(bool(asked) and not same_kind(kind, asked, quantity.unit)),
        "as_sort": float(bool(asked) and asked != "level" and same_kind(kind, asked, quantity.unit)),
        "target_mixed": float((kind == "target") != query.target),
        "noun_beside": float(
            bool(noun and noun[1] in text[quantity.end : min(near[1], quantity.end + len(noun[1]) + 8)])
        ),
        "former": float(bool(_FROM.search(before) and _TO.match(text[quantity.end : quantity.end + 10]))),
        "together": float(_is_together(query, statement, quantity, wide)),
        "place_elsewhere": _place_elsewhere(query, statement, wide, vocabulary, fact),
        "no_measure": float(
            query.wanted is not None
            and not in_clause
            and not measures(query.wanted.names, f"{statement.own} {statement.head} {squeeze(beside)}")
        ),
        "no_gap": float(one_side(query, text[near[0] : quantity.end])),
        "points_on": float(bool(_POINTS_ON.search(text))),
    }
    return met | fact_features(library, query, statement, fact)


def fact_features(library: Library, query: Query, statement: Statement, fact: Fact | None) -> dict[str, float]:
    """Return how the index's fact at a figure fits the question: its place and year, and how far its name is another.

    `园区占比5.16%，全市第一` names two places; the fact knows whose figure it is.
    """
    if fact is None:
        return {}
    places = inner(query.entities, library.vocabulary) or (
        (query.wanted.entity,) if query.wanted and query.wanted.entity else ()
    )
    if places and library.vocabulary.unnamed.keys() >= set(places):
        places = (*places, "")  # `园区` that no document names: the subject of its figures is not known
    names = {plain_name(fact.standard), plain_name(fact.indicator)} - {""}
    wanted = query.wanted.names if query.wanted else ()
    alike = max((named_alike(a, b) for a in names for b in wanted), default=0.0)
    other = bool(places) and fact.entity not in places
    if other and not query.entities:
        other = not same_organisation(places[0], fact.entity)  # `姑苏实验室` is short for `材料科学姑苏实验室`
    elif other:
        beside = set(places) & set(statement.entities)
        other = fact.entity in statement.entities if beside else _apart(library, fact.entity, places)
    exact = alike == 1.0 or fact.measure in query.indicators
    as_asked = exact and bool(places) and fact.entity in places and bool(query.years) and fact.year in query.years
    as_asked = as_asked and (not (asked := kind_asked(query)) or same_kind(fact.kind, asked, fact.unit))
    return {
        "fact_as_asked": float(as_asked),
        "fact_of_other_place": float(other),
        "no_name": 0.0 if exact or not wanted else 1.0 - alike,
    }


def _apart(library: Library, place: str, places: Sequence[str]) -> bool:
    """Tell whether the place neither lies in one of the places nor holds one."""
    covers = library.vocabulary.covers
    return bool(place) and not any(covers(place, other) or covers(other, place) for other in places)


def _of_another_part(query: Query, fact: Fact, statement: Statement) -> bool:
    """Tell whether the figure is of a month where the year is asked, or of the year where a quarter is."""
    return fact.year in query.years and not _is_part(query, statement, part_of_year(fact.period))


def _is_part(query: Query, statement: Statement, told: str) -> bool:
    """Tell whether a figure told of this part of the year ("" for none) is of the part asked for: told of none, it is of
    what its sentence, or those before it, speak of."""
    return told == query.part if told or not query.part else tells_part(statement, query.part)


def _told_part(statement: Statement, quantity: Quantity) -> str:
    """Return the part of the year named last before the figure: `上半年` in `上半年1800亿元`; "" for none."""
    times = [time for time in statement.times if time.years and time.start < quantity.start]
    return part_of_year(times[-1].text) if times else ""


def _unit_missed(query: Query, quantity: Quantity) -> float:
    """Return 0 for the very unit asked for, up to 1 for none; without one asked, 1 where the figure counts nothing."""
    if query.units:
        return 0.0 if quantity.unit == query.units[0] else 1.0 if not quantity.unit else _LIKE_UNIT
    odd = quantity.unit in ("年", "周年", "届", "期") or (not quantity.unit and quantity.value < 1e4)
    return float(odd and not re.search(r"[年届期]", query.question))


_LIKE_UNIT = 0.25


def _told_in(question: str, quantity: Quantity) -> bool:
    """Tell whether the question that asks how much says the figure itself: `每100克含糖多少`, not `含糖是5克吗`."""
    return bool(quantity.unit) and (quantity.value, quantity.unit) in _said_by(question)


@lru_cache(maxsize=64)
def _said_by(question: str) -> frozenset[tuple[float, str]]:
    """Return the figures that a question says beside what it asks, none where it asks no number."""
    found = find_quantities(question) if rx("{ask_number}").search(question) else []
    return frozenset((one.value, one.unit) for one in found)


def _is_class(text: str, quantity: Quantity) -> bool:
    """Tell whether the figure only bounds a class of things: `50亿元以上项目10个`; not `面积8万平方米以上`, `86个投资亿元以上项目`."""
    found = rx(_CLASS).match(text, quantity.start, quantity.end + 12)
    return found is not None and not re.match("[一-鿿]{2}", text[quantity.end : found.end("least")])


_CLASS = r"(?P<least>[^，,。；;]*?\d[^，,。；;]*?)(?:以上|以下|级)的?{class_end}"


def _is_together(query: Query, statement: Statement, quantity: Quantity, wide: tuple[int, int]) -> bool:
    if rx(_TOGETHER_ASKED).search(query.question):
        return False
    return bool(_TOGETHER.search(statement.text[wide[0] : quantity.start]))


def _with_range(statement: Statement, quantity: Quantity) -> tuple[str, int]:
    """Return the figure with the end of its range, if it has one: `250米至600米`; and where it ends."""
    for other in statement.quantities:
        between = statement.text[quantity.end : other.start]
        if other.start < quantity.end or other.unit != quantity.unit:
            continue
        if re.fullmatch(r"\s?[至到—–\-~～]{1,2}\s?", between) or (not between and rx(_BOUNDED).search(quantity.text)):
            return statement.text[quantity.start : other.end], other.end
    return quantity.shown, quantity.end


_BOUNDED = "{at_least_after}$"


def _ends_range(statement: Statement, quantity: Quantity) -> bool:
    """Tell whether the figure is the upper bound of the one right before it: `五万元以上|二十万元以下`."""
    return any(
        other.end == quantity.start and other.unit == quantity.unit and rx(_BOUNDED).search(other.text)
        for other in statement.quantities
    )


def _place_elsewhere(
    query: Query, statement: Statement, wide: tuple[int, int], vocabulary: Vocabulary, fact: Fact | None
) -> float:
    """Return 1 for a figure in a part of the sentence (up to `；`) that names only other places than those asked for,
    while another part names these; −1 for one in the part that names them, else 0."""
    if not query.entities or len(statement.entities) < 2 or is_row(statement.text):
        return 0.0
    if fact is not None and fact.entity in query.entities:
        return 0.0
    here = set(places_in(statement.text[wide[0] : wide[1]], vocabulary))
    asked = set(query.entities)
    if not here or here == set(statement.entities) or not asked & set(statement.entities):
        return 0.0
    return -1.0 if here & asked else 1.0


def own_terms(query: Query) -> list[Term]:
    """Return the query's terms without place names, judged by context, and without words that no document has."""
    chosen = [term for term in query.terms if not term.place and term.known]
    return chosen or list(query.terms)


def _names_one(query: Query, text: str, vocabulary: Vocabulary) -> bool:
    named = {indicator.name for _, _, indicator in vocabulary.find_indicators(squeeze(text))}
    return bool(named & set(query.indicators))


def _cell_words(cell: Figure) -> str:
    """Return what a cell's figure stands under and beside, caption included: `执行主体 企业 2023年增长`."""
    return " ".join((cell.caption, *cell.subjects, *cell.labels, *cell.beside, *cell.names))


def _distance(terms: Sequence[Term], text: str, quantity: Quantity, near: tuple[int, int]) -> float:
    """Return 0 where a term stands right beside the figure, up to 1 where none stands in its clause."""
    best = FAR
    low = text.lower()
    for term in terms:
        for form in term.forms[:4]:
            at = low.rfind(form, near[0], quantity.start)
            if at >= 0:
                best = min(best, quantity.start - at - len(form))
            at = low.find(form, quantity.end, near[1])
            if at >= 0:
                best = min(best, at - quantity.end + 1)
    return best / FAR


def measures(names: Sequence[str], said: str) -> bool:
    """Tell whether most characters of the indicator's name are said: 厨师 is not among `绿化工人数：33人`."""
    return not names or any(sum(char in said for char in name) >= MOSTLY * len(name) for name in names)


MOSTLY = 0.5
