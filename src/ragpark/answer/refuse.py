"""When not to answer: how sure an answer is, and the sentence that says why there is none and what is nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.answer import extract
from ragpark.answer.cuts import Cut
from ragpark.answer.judge import Library
from ragpark.answer.score import Support, term_in
from ragpark.read.organisations import subject_organisation
from ragpark.retrieve.filters import years_text
from ragpark.retrieve.query import DATE, FIGURE, PERSON, Query
from ragpark.retrieve.scope import nothing_there
from ragpark.zh.fold import squeeze

_ASIDE = re.compile(r"(?<=[院所心司园室地校部])[（(]([一-鿿]{2,6})[）)]")
BESIDE = 2.0  # weight from which a word of the question counts as what it is about


def confidence(library: Library, query: Query, support: Support, cut: Cut | None) -> float:
    """Return how well the evidence supports the answer, 0 to 1, from the parts that matter.

    Subject, indicator, year, place, kind of answer and retrieval margin (the best passage stands out from the others
    where the documents are about the question); each can pull the whole down, none can lift it alone.
    """
    parts = support.parts
    subject = _subject(library, query, support)
    base = 0.5 * subject + 0.3 * parts["pairs"] + 0.2 * parts["place"]
    year = parts["year"]
    if cut is not None and len(query.years) == 1 and query.kind == FIGURE:
        year = support.statement.year_fit(query.years[0], cut.start)
    factor = min(1.0, 0.25 + 1.25 * year) if query.years else 1.0
    factor *= min(1.0, 0.3 + parts["entity"]) if query.entities else 1.0
    factor *= 0.35 + 0.65 * parts["indicator"] if query.indicators else 1.0
    factor *= 0.2 + 0.8 * parts["organisation"]
    factor *= UNMET if beside_unmet(query, support) else 1.0
    named = f"{support.statement.own} {support.statement.head}"
    if any(squeeze(aside[1]) not in named for aside in _ASIDE.finditer(query.question)):
        factor *= 0.45  # `某某中心（上海）` is not `某某中心（北京）`
    if query.kind == PERSON and cut is None and extract.office_asked(query):
        factor *= 0.45
    if query.kind in (FIGURE, DATE) and cut is None:
        exact = len(query.years) == 1 or (query.kind == FIGURE and bool(query.units))  # a sentence won't do for these
        factor *= 0.5 if parts["type"] == 0 or (exact and not query.several) else 0.85
    if query.kind == FIGURE and cut is not None:
        factor *= min(1.0, 0.55 + 0.65 * cut.score)
        if cut.target and not query.target and support.statement.years_at(cut.start) != query.years:
            factor *= 0.7  # what is aimed at does not answer for what was reached
        if cut.together:
            factor *= 0.5
    factor *= 1.0 - MARGIN * max(0.0, 1.0 - parts["margin"] / STANDS_OUT)
    return max(0.0, min(1.0, base * factor))


# Fitted on 636 questions over two collections, in two halves: balanced accuracy on the other half .968 and .973 without
# the margin, .978 and .978 with it.
MARGIN, STANDS_OUT = 0.2, 0.5
UNMET = 0.8  # for an indicator that is met while what the question says beside it is not


def beside_unmet(query: Query, support: Support) -> bool:
    """Tell whether hardly anything is met of what a question for an indicator says beside it.

    `某某科技的注册资本` is not answered by the 注册资本 of another firm, nor `在日本的离岸创新中心` by all of them.
    """
    if query.kind != FIGURE or not query.indicators:
        return False
    if query.organisation and subject_organisation(support.statement) and support.parts["organisation"] == 1.0:
        return False  # named, by its short form perhaps
    least = min(BESIDE, 0.55 * max((term.weight for term in query.terms), default=0.0))  # few documents: low weights
    beside = [t for t in query.terms if not t.place and t.word not in query.indicator_words and t.weight >= least]
    if not beside:
        return False
    statement = support.statement
    texts = (statement.own, statement.head, statement.lead, statement.near)
    met = sum(term.weight * max(term_in(term, text) for text in texts) for term in beside)
    return met < 0.2 * sum(term.weight for term in beside)


def _subject(library: Library, query: Query, support: Support) -> float:
    """Return the share of the question's words met in the statement and its context; the rarest weigh most."""
    statement = support.statement
    own, near, head = statement.own, statement.near, f"{statement.head} {statement.lead}"
    known = query.indicator_words if support.parts["indicator"] >= 1.0 else frozenset()
    terms = [term for term in query.terms if not term.place]
    if not terms:
        return support.parts["within"]
    total = met = 0.0
    for term in terms:
        weight = term.weight**1.5
        total += weight
        met += weight * (
            1.0 if term.word in known else max(term_in(term, own), 0.8 * term_in(term, head), 0.7 * term_in(term, near))
        )
    return met / (total or 1.0)


def reason(library: Library, query: Query, supports: Sequence[Support], held: Sequence[str]) -> str:
    """Return why there is no answer, in one Chinese sentence, with the nearest that the documents do hold.

    `held` are the figures of other years (`2020年4.5%`), where the question asked for a year.
    """
    scope, where = query.scope, "所选范围内" if query.scope else "库中"
    asked = "、".join(f"{year}年" for year in query.years)
    if scope.years and query.years and not any(map(scope.has_year, query.years)):
        return f"问题问的是{asked}，所选范围是{years_text(scope.years)}；请改动问题或范围"
    if scope and not supports and not held:
        return nothing_there(library.index, scope)
    if held:
        return f"{where}没有{asked}的数据；最接近的是{'、'.join(held)}"
    unknown = [term.word for term in query.terms if not any(library.known(f"w:{form}") for form in term.forms)]
    if unknown:
        return f"库中文档没有提到“{'”“'.join(unknown[:3])}”"
    if supports and query.kind == FIGURE and supports[0].parts["type"] == 0:
        return "找到了相关的内容，但其中没有给出所问的数字"
    if query.years and supports and supports[0].parts["year"] == 0:
        return f"找到了相关的内容，但没有{'、'.join(f'{year}年' for year in query.years)}的"
    if not supports:
        return f"{where}没有相关内容"
    title = library.index.documents[supports[0].doc].title
    return f"{where}没有能直接回答这个问题的句子；最接近的内容在《{title}》"
