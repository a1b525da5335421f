"""Rows of tables as evidence: whether a row is about what is asked, and whether a cell is the figure asked for."""

from __future__ import annotations

import re

from ragpark.answer.score import term_in
from ragpark.read.context import Statement
from ragpark.read.table_cells import Figure
from ragpark.retrieve.query import FIGURE, Query
from ragpark.zh.column_names import is_total
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import Quantity
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

NAMED, OTHER_ROW = 1.15, 0.6  # what a row's score is multiplied by
_CHANGE = "{change}|{compared_with}"
_SHARE = "{share}|{rate_noun}|百分之"


def row_fit(query: Query, statement: Statement, vocabulary: Vocabulary) -> float:
    """Return NAMED where the question names the row, OTHER_ROW where the row is about what it does not name, else 1.

    `2022年企业的R&D经费` is answered by the row `企业`, not by that of a province. Rows of years, totals, the indicator
    or the place asked for, and those that share a word with the question, are as good as a sentence.
    """
    if query.kind != FIGURE or not statement.figures or not statement.figures[0].labels:
        return 1.0
    label = squeeze(statement.figures[0].labels[-1])
    if not re.search(r"[一-鿿a-z]", label) or is_total(label):
        return 1.0
    asked = squeeze(query.question)
    inside = [(start, end) for start, end, _ in vocabulary.find_indicators(asked)]
    for match in re.finditer(re.escape(label), asked):
        if not any(start <= match.start() and match.end() <= end and end - start > len(label) for start, end in inside):
            return NAMED  # `企业` in 企业的R&D经费, not in 高新技术企业
    if {indicator.name for *_, indicator in vocabulary.find_indicators(label)} & set(query.indicators):
        return 1.0
    if query.entities and vocabulary.find_entities(label):
        return 1.0  # how well places fit is judged elsewhere
    return 1.0 if any(term_in(term, label) >= 0.6 for term in query.terms) else OTHER_ROW


def cell_words(statement: Statement, quantity: Quantity) -> str:
    """Return what a cell's figure stands under and beside, caption included: `执行主体 企业 2023年增长`; else ``."""
    figure = cell_of(statement, quantity)
    if figure is None:
        return ""
    return " ".join((figure.caption, *figure.subjects, *figure.labels, *figure.beside, *figure.names))


def cell_fit(query: Query, statement: Statement, quantity: Quantity) -> float:
    """Return what is added to the score of a cell's figure: less for a level where the row has the growth asked for,
    and for a growth or share where a level is asked for; 0 for what stands in no cell.
    """
    figure = cell_of(statement, quantity)
    if figure is None:
        return 0.0
    changes = [f for f in statement.figures if f.kind in ("growth", "increase")]
    change = bool(rx(_CHANGE).search(query.question))
    if change != (figure in changes) and (figure in changes or changes):
        return -0.3
    return -0.25 if figure.kind == "share" and not rx(_SHARE).search(query.question) else 0.0


def cell_of(statement: Statement, quantity: Quantity) -> Figure | None:
    """Return the table cell that the figure stands in, or None for one of a sentence."""
    return next((figure for figure in statement.figures if figure.quantity == quantity), None)
