"""Cutting out the figure asked for: of a statement's figures the one whose clause, year, place and unit fit best."""

from __future__ import annotations

import re

from ragpark.answer.cuts import Cut, is_row, segments
from ragpark.answer.rows import cell_fit, cell_of, cell_words
from ragpark.answer.score import KNOWN, term_in
from ragpark.read.context import Statement, places_in
from ragpark.read.fact_kinds import kind_of
from ragpark.retrieve.query import Query, Term
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import Quantity
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

_CHANGE = "(?:{change}|{new}|多){up_to_figure}*$"
_FROM, _TO = re.compile(r"[由从自]$"), re.compile(r"[一-鿿]{0,4}(?:到|至|为|成)")
_CHANGE_ASKED = "{change}|{new}|{compared_with}|多了"
# the total of several, which answers for none of them: `甲、乙、丙三大产业总产值超过4000亿元`
_TOGETHER = re.compile(r"[两三四五六七八九十][大个][^，,。；;]{2,10}[^。；;]{0,10}(?:总|合计|共)[^，,。；;]{0,8}$")
_TOGETHER_ASKED = "[两三四五六七八九十][大个]|{sum_said}"
# a clause that says how much only, of what the clause before names: `、累计516个`, `，位居全国第二`, `，同比增长5%`
_ELLIPTIC = "{ellipsis_word}*"
_ADDED = "{new}|{in_the_year}"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NOUN_ASKED = re.compile(r"(?:多少|几)[个家名项件所座种条位支]([一-鿿]{2,4})")
_SHARE = re.compile(r"占[^，。；,;]{0,12}的?$")
_POINTS_ON = re.compile(r"[如见]下?表|下表[所列中]")


def figure(query: Query, statement: Statement, vocabulary: Vocabulary) -> Cut | None:
    """Return the figure of the statement that the query asks for, with its qualifier, or None."""
    best: Cut | None = None
    for quantity in statement.quantities:
        score = _figure_score(query, statement, quantity, vocabulary)
        if score is None:
            continue
        shown, end = _with_range(statement, quantity)
        shown = shown.translate(_FULL_WIDTH)
        target = is_target(statement, quantity)
        together = _is_together(query, statement, quantity)
        year = statement.year_of(quantity.start)
        cut = Cut(shown, quantity.start, end, score, quantity, year, target, together)
        if best is None or cut.score > best.score:
            best = cut
    return best


def is_target(statement: Statement, quantity: Quantity) -> bool:
    """Tell whether the figure is aimed at, as facts read it: `力争……达3500家`, `到2026年底，……500家` before that year."""
    cell = cell_of(statement, quantity)
    if cell is not None:
        return cell.kind == "target"
    year, written = statement.year_of(quantity.start), statement.published
    coming = year > written if year and written else None
    return kind_of(statement.text, quantity, coming=coming, planned=statement.planned) == "target"


def _is_together(query: Query, statement: Statement, quantity: Quantity) -> bool:
    if rx(_TOGETHER_ASKED).search(query.question):
        return False
    _, wide = segments(statement.text, quantity.start, quantity.end)
    return bool(_TOGETHER.search(statement.text[wide[0] : quantity.start]))


def _with_range(statement: Statement, quantity: Quantity) -> tuple[str, int]:
    """Return the figure with the end of its range, if it has one: `250米至600米`; and where it ends."""
    for other in statement.quantities:
        between = statement.text[quantity.end : other.start]
        if (
            other.start >= quantity.end
            and re.fullmatch(r"\s?[至到—–\-~～]{1,2}\s?", between)
            and other.unit == quantity.unit
        ):
            return statement.text[quantity.start : other.end], other.end
    return quantity.shown, quantity.end


def _figure_score(query: Query, statement: Statement, quantity: Quantity, vocabulary: Vocabulary) -> float | None:
    """Return how well the figure fits (about 0 to 1), or None where its unit or its year rules it out."""
    text = statement.text
    if quantity.unit == "位" and "第" in quantity.text and not notion("ask_many_times").search(query.question):
        return None
    if _is_class(text, quantity):
        return None
    if query.units:
        bare = not quantity.unit and quantity.value >= 1e4 and query.units[0] != "位"
        if quantity.unit not in query.units and not bare:
            return None
        unit = 0.15 if quantity.unit == query.units[0] else 0.12 if quantity.unit else 0.04
    else:
        unit = 0.05 if quantity.unit else 0.0
        odd = quantity.unit in ("年", "周年", "届", "期") or (not quantity.unit and quantity.value < 1e4)
        if odd and not re.search(r"[年届期]", query.question):
            unit -= 0.2
    fit = 1.0
    if len(query.years) == 1:
        fit = statement.year_fit(query.years[0], quantity.start)
        if fit == 0.0:
            return None
    near, wide = segments(text, quantity.start, quantity.end)
    if near[0] > wide[0] and rx(_ELLIPTIC).fullmatch(squeeze(text[near[0] : quantity.start])):
        near = segments(text, near[0] - 1, near[0] - 1)[0][0], near[1]  # `新增96个、累计516个`: of the same thing
    terms = _own_terms(query)
    weight = sum(term.weight for term in terms) or 1.0
    cell = cell_words(statement, quantity)
    beside = cell or text[near[0] : near[1]]
    indicators = _indicator_words(query, beside, vocabulary)
    indicators_wide = _indicator_words(query, text[wide[0] : wide[1]], vocabulary)
    close = squeeze(beside)
    around = squeeze(text[wide[0] : wide[1]])
    whole = statement.own
    placed = _place_fit(query, statement, wide, vocabulary)
    elsewhere = 0.75 if placed > 0 else 0.4  # `甲省经费2亿元；乙省3亿元`: the second part is of 经费 as well
    score = 0.0
    for term in terms:
        here = max(term_in(term, close), KNOWN if term.word in indicators else 0.0)
        there = max(term_in(term, around), KNOWN if term.word in indicators_wide else 0.0)
        anywhere = term_in(term, whole)
        score += term.weight * max(here, 0.6 * there, elsewhere * anywhere)
    score = 0.7 * score / weight + unit + 0.1 * fit
    noun = _NOUN_ASKED.search(query.question)
    if noun and noun[1] in text[quantity.end : min(near[1], quantity.end + len(noun[1]) + 8)]:
        score += 0.15
    before = text[max(near[0], quantity.start - 14) : quantity.start]
    if _FROM.search(before) and _TO.match(text[quantity.end : quantity.end + 10]):
        score -= 0.25  # `由11.52平方公里扩大到159.48平方公里`: what it is now is asked for
    if rx(_CHANGE).search(before) and not rx(_CHANGE_ASKED).search(query.question):
        score -= 0.25
    score += _period_fit(query.question, statement, quantity)
    score += _total_fit(query.question, text, quantity, before, wide) + placed
    if _SHARE.search(before) and quantity.unit == "%" and not rx("{share}|{rate_noun}|比").search(query.question):
        score -= 0.25
    if _is_together(query, statement, quantity):
        score -= 0.3
    targeted = is_target(statement, quantity)
    if targeted != query.target:
        score -= 0.2 if targeted else 0.1
    if _POINTS_ON.search(text):
        score -= 0.15  # `产值如下表`: the figures asked for stand in the table
    if quantity.qualifier:
        score -= 0.02  # of two figures that fit alike, the exact one
    score += cell_fit(query, statement, quantity)
    score -= 0.0 if cell else 0.15 * _distance(terms, text, quantity, near)
    return score


def _is_class(text: str, quantity: Quantity) -> bool:
    """Tell whether the figure only bounds a class of things: `50亿元以上项目10个`; not `面积8万平方米以上`."""
    tail = text[quantity.start : quantity.end + 12]
    return bool(rx(r"[^，,。；;]*?\d[^，,。；;]*?(?:以上|以下|级)的?{class_end}").match(tail))


def _period_fit(question: str, statement: Statement, quantity: Quantity) -> float:
    """Return −0.3 for the figure of another part of the year than is asked for: `上半年1800亿元` for a whole year."""
    times = [t for t in statement.times if t.years and t.start < quantity.start]
    said = statement.text[times[-1].start : times[-1].end] if times else ""
    part, asked = _PART.search(said), _PART.search(question)
    return 0.0 if (part and part[0]) == (asked and asked[0]) else -0.3


_PART = re.compile(r"[上下]半年|前?[一二三四1-4]个?季度|前三季度|\d{1,2}\s?月?[—–~～\-至到]\s?\d{1,2}月")


def _total_fit(question: str, text: str, quantity: Quantity, before: str, wide: tuple[int, int]) -> float:
    """Return what is added where a total or an addition is asked for and the figure is one, and taken off otherwise.

    `新增96个、累计516个`: the second answers `累计多少个`, the first `新增多少个`.
    """
    total = bool(rx("累计{up_to_figure}?$").search(before)) or quantity.text.startswith("累计")
    if notion("total_asked").search(question):
        others = "累计" in text[wide[0] : wide[1]]
        return 0.15 if total else -0.25 if others and rx(_ADDED).search(before) else 0.0
    return -0.25 if total and rx("{new}|当年").search(question) else 0.0


def _place_fit(query: Query, statement: Statement, wide: tuple[int, int], vocabulary: Vocabulary) -> float:
    """Return 0.05 for a figure in a part of the sentence (up to `；`) that names a place asked for while another part
    names others, −0.3 for one that names only others, else 0."""
    if not query.entities or len(statement.entities) < 2 or is_row(statement.text):
        return 0.0
    here = set(places_in(statement.text[wide[0] : wide[1]], vocabulary))
    asked = set(query.entities)
    if not here or here == set(statement.entities) or not asked & set(statement.entities):
        return 0.0
    return 0.05 if here & asked else -0.3


def _own_terms(query: Query) -> list[Term]:
    """Return the query's terms without place names, judged by context, and without words that no document has."""
    chosen = [term for term in query.terms if not term.place and term.known]
    return chosen or list(query.terms)


def _indicator_words(query: Query, text: str, vocabulary: Vocabulary) -> frozenset[str]:
    if not query.indicators:
        return frozenset()
    named = {indicator.name for _, _, indicator in vocabulary.find_indicators(squeeze(text))}
    return query.indicator_words if named & set(query.indicators) else frozenset()


def _distance(terms: list[Term], text: str, quantity: Quantity, near: tuple[int, int]) -> float:
    """Return 0 where a term stands right beside the figure, up to 1 where none stands in its clause."""
    best = 40
    low = text.lower()
    for term in terms:
        for form in term.forms[:4]:
            at = low.rfind(form, near[0], quantity.start)
            if at >= 0:
                best = min(best, quantity.start - at - len(form))
            at = low.find(form, quantity.end, near[1])
            if at >= 0:
                best = min(best, at - quantity.end + 1)
    return best / 40
