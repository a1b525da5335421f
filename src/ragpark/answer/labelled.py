"""Figures by what they belong to, in the rows of a table or in sentences: each of several named side by side, or the extreme one.

`一产、二产增加值分别是多少`, `批发、零售里哪个增长最快`. Where a name has no figure, or more than one, nothing is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ragpark.answer.candidates import forbidden
from ragpark.answer.cut_figure import cell_of, compared_kind, fall_before, kind_at, same_kind
from ragpark.answer.cut_text import HALF
from ragpark.answer.finding import Evidence, Finding
from ragpark.answer.library import Library
from ragpark.answer.support import Support
from ragpark.answer.terms import contexts, met_shares
from ragpark.retrieve.kinds import FIGURE, count_of
from ragpark.retrieve.query import NOUNS, Query
from ragpark.retrieve.side_by_side import side_by_side
from ragpark.retrieve.wanted import highest_asked
from ragpark.zh.fold import squeeze
from ragpark.zh.quantity import NARROW, Quantity
from ragpark.zh.tagger import Tagger
from ragpark.zh.wording import notion, rx

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s?[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|其中[:：]?)\s*"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure with the words that it stands beside: the label of its row, or its indicator as the sentence has it."""

    label: str
    quantity: Quantity
    kind: str
    support: Support
    fall: str = ""  # the word before it that makes a rate of growth one of decline

    @property
    def shown(self) -> str:
        return f"{self.fall}{self.quantity.shown.translate(NARROW)}"

    @property
    def value(self) -> float:
        return -self.quantity.value if self.fall else self.quantity.value

    @property
    def evidence(self) -> Evidence:
        return self.support, ((self.quantity.start, self.quantity.end),)


def each_named(library: Library, query: Query, found: Sequence[Support]) -> Finding | None:
    """Return the figure of each thing that a question names side by side, with its label: `第一产业 5.7亿元；第二产业 8亿元`."""
    asked = notion("ask_together").search(query.question)
    if asked is None or query.kind != FIGURE:
        return None
    names, rest = side_by_side(query.question[: asked.start()], library.tagger)
    if len(names) < 2:
        return None
    for offered in (*_by_sentence(library, query, found, names), *_by_section(library, query, found)):
        told = _one_each(library, names, [one for one in offered if _measures(library, query, names, rest, one)])
        if told:
            text = "；".join(f"{one.label} {one.shown}" for one in told)
            return by_rows(library, query, text, [one.evidence for one in told])
    return None


def extreme_of_named(library: Library, query: Query, found: Sequence[Support]) -> Finding | None:
    """Return which of the things that a question names side by side has the highest or lowest figure."""
    asked = rx("[里中]?[，,]?(?:{ask_name}|谁)").search(query.question)
    if asked is None or highest_asked(query.question) is None:
        return None
    names, _ = side_by_side(query.question[: asked.start()], library.tagger)
    if len(names) < 2:
        return None
    measure = _measure(query.question[asked.end() :], library.tagger)
    for offered in _by_section(library, query, found):
        told = _one_each(library, names, [one for one in offered if _measures(library, query, names, measure, one)])
        if told:
            return in_order(library, query, told)
    return None


def extreme_of_listed(library: Library, query: Query, found: Sequence[Support]) -> Finding | None:
    """Return which of the things that one sentence lists with their figures has the highest or lowest: `八类商品中哪一类跌得最厉害`.

    As many as the question says there are, where it does; the best such sentence that holds most of its words.
    """
    asked, order = query.question, highest_asked(query.question)
    if order is None or not rx("{ask_name}|谁").search(asked) or rx(_WHICH_PLACE).search(asked):
        return None
    terms = [term for term in query.terms if term.named and not term.place]
    among = rx(_AMONG).search(squeeze(asked))
    for support in found:
        if among and not any(among["things"] in text for text in contexts(support.statement)):
            continue
        told = _fitting(library, query, support)
        apart = {one.label for one in told}
        if len(told) < max(count_of(asked), LISTED) or len(apart) < len(told):
            continue
        if count_of(asked) and count_of(asked) != len(told):
            continue
        fits = sum(met_shares(terms, contexts(support.statement))) >= HALF
        if fits and (ordered := in_order(library, query, told)):
            return ordered
    return None


LISTED = 3  # things, at least, that are a list
_AMONG = "(?P<things>[一-鿿]{2})[里中][，,]?{ask_name}"  # `八类商品中哪一类`: a sentence of no 商品 lists other things
_WHICH_PLACE = "哪一?[个座家]?(?:{place_end}|{park_form})"


def in_order(library: Library, query: Query, told: Sequence[Labelled], note: str = "") -> Finding | None:
    """Return the first of the things by their figures, with those after it; None where two are first, units differ, or
    falls are asked for and nothing falls (`跌得最厉害` of a list of rises)."""
    high = highest_asked(query.question)
    falls = rx("{change_down}[了得幅]?{superlative}").search(query.question)
    told = sorted(told, key=lambda one: -one.value if high else one.value)
    if len(told) < 2 or told[0].value == told[1].value or len({one.quantity.unit for one in told}) > 1:
        return None
    if falls and told[0].kind == "growth" and min(one.value for one in told) >= 0:
        return None
    others = "、".join(f"{one.label}{one.shown}" for one in told[1 : SHOWN + 1])
    text = f"{told[0].label}（{told[0].shown}；其后：{others}{note}）"
    return by_rows(library, query, text, [one.evidence for one in told[: SHOWN + 1]])


SHOWN = 3  # shown beside the first
BY_ROWS = {"by_rows": 1.0}  # the one feature of what the rows of a table decide


def _measure(text: str, tagger: Tagger) -> str:
    """Return what things are put in order by, without what they are: `行业销售额增长最快` → `销售额`, `税收最高` → `税收`."""
    ordered = rx("{superlative}").search(text)
    text = rx("{change}").sub("，", text[: ordered.start()] if ordered else text)
    nouns = [text[w.start : w.end] for w in tagger.tag([text])[0] if w.tag in NOUNS] if text else []
    return "".join(nouns[1:] if len(nouns) > 1 or "，" in text else nouns)


def by_rows(library: Library, query: Query, text: str, told: Sequence[Evidence]) -> Finding | None:
    if len(text) > library.settings.max_answer_chars:
        return None
    return Finding(query, text, tuple(told), library.scorer.probability(BY_ROWS))


def _by_sentence(
    library: Library, query: Query, found: Sequence[Support], names: Sequence[str]
) -> Iterator[list[Labelled]]:
    """Yield the labelled figures of each sentence that has just one under each of the names."""
    for support in found:
        fitting = _fitting(library, query, support)
        labels = [squeeze(one.label) for one in fitting]
        if all(sum(label in library.vocabulary.same(name) for label in labels) == 1 for name in names):
            yield fitting


def _by_section(library: Library, query: Query, found: Sequence[Support]) -> list[list[Labelled]]:
    """Return the labelled figures of the kind and unit asked for, those of a section together, the best section first."""
    sections: dict[tuple[str, int], list[Labelled]] = {}
    for support in found:
        for one in _fitting(library, query, support):
            sections.setdefault((support.doc, support.statement.section), []).append(one)
    return list(sections.values())


def _fitting(library: Library, query: Query, support: Support) -> list[Labelled]:
    """Return the labelled figures of a sentence that are of the kind and unit asked for; [] where a guard rules it out."""
    kind = compared_kind(query)
    fitting = [
        one
        for one in ([] if forbidden(support.features) else labelled(library, support))
        if same_kind(one.kind, kind, one.quantity.unit)
        and (not query.units or one.quantity.unit in query.units or kind == "growth")
    ]
    rates = {one.label for one in fitting if one.quantity.unit == "%"}
    return [one for one in fitting if one.quantity.unit == "%" or one.label not in rates]  # `增速8.8%，高出0.9个百分点`


def labelled(library: Library, support: Support) -> list[Labelled]:
    """Return the figures of a sentence or row that have a label."""
    statement, found = support.statement, []
    for quantity in statement.quantities:
        start = statement.start + quantity.start
        fact = library.facts.at(support.doc, start, statement.start + quantity.end)
        cell = cell_of(statement, quantity)
        label = (cell.labels[-1] if cell.labels else "") if cell else fact.indicator if fact else ""
        if label := _NUMBERING.sub("", label):
            kind = kind_at(statement, quantity, fact)
            found.append(Labelled(label, quantity, kind, support, fall_before(statement, quantity, kind)))
    return found


def _measures(library: Library, query: Query, names: Sequence[str], rest: str, one: Labelled) -> bool:
    """Tell whether the figure may be of what is asked beside the names: its words are said, or, where the label says
    nothing else (`第一产业`), its unit tells."""
    terms = [term for term in query.terms if term.word in squeeze(rest) and not any(term.word in n for n in names)]
    if not terms or sum(met_shares(terms, contexts(one.support.statement))) >= HALF:
        return True
    forms = {form for name in names for form in library.vocabulary.same(name)}
    label = squeeze(one.label)
    return one.quantity.unit in query.units and any(f in label and len(label) <= len(f) + 1 for f in forms)


def _one_each(library: Library, names: Sequence[str], offered: Sequence[Labelled]) -> list[Labelled]:
    """Return the figure of each name, all of one unit and each another's; [] where one has none, or more than one."""
    told: list[Labelled] = []
    for name in names:
        forms = library.vocabulary.same(name)
        alike = [one for one in offered if squeeze(one.label) in forms]
        alike = alike or [one for one in offered if any(form in squeeze(one.label) for form in forms)]
        if len(alike) != 1:
            return []
        told += alike
    apart = {(one.support.statement.start, one.quantity.start) for one in told}
    return told if len(apart) == len(told) and len({one.quantity.unit for one in told}) == 1 else []
