"""Facts: every figure of the text with what it measures, for whom, when, and the exact span it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.ingest.context import Statement, statements
from ragpark.ingest.orders import without_orders
from ragpark.ingest.organisations import subject_organisation
from ragpark.ingest.table_facts import row_facts
from ragpark.lexicon.fold import fold_with_offsets
from ragpark.lexicon.numbers import Quantity
from ragpark.lexicon.vocabulary import Vocabulary
from ragpark.records import Document, Fact, Section

_TARGET = re.compile(r"力争|目标|计划|预计|预期|规划|争取|将达|不少于|到20\d\d年(?:底|末)?[，,]|以后每年")
_GROWTH = re.compile(
    r"(?:同比|环比|较上年|比上年|增长|增幅|增速|下降|降幅|提高|减少|降低|提升)(?:增长|增加|下降|提高|减少|了|约|近|超|逾|至)*$"
)
_INCREASE = re.compile(r"(?:新增|增加|净增|新认定|新引进|新签约|减少)(?:了|约|近|超|逾)*$|新增[^，。；,;]{0,16}$")
_SHARE = re.compile(r"占[^，。；,;]{0,14}$|占比[^，。；,;]{0,4}$|比重[^，。；,;]{0,6}$")
_MARKS = "，,、；;。：:！？…"
_TRIM = re.compile(
    r"^(?:其中|目前|截至目前|已|共|还|累计|全年|年内|现有|现|并|和|及|与|等|了|的|为|达到?|约|近|超|在|是|有|将|可|使|又|也|到|至)+|"
    r"(?:达到?|为|是|约|近|超|共|有|增至|增长到?|突破|首次|已|了|累计|不少于|实现|数|完成|获|跃升至|提高到|提升至|缩小至|总计|合计|的)+$"
)


def find_facts(document: Document, sections: Sequence[Section], vocabulary: Vocabulary) -> list[Fact]:
    """Return the facts of the document in text order: `document.text[f.start:f.end]` holds `f.text`."""
    found: list[Fact] = []
    for section in sections:
        for statement in without_orders(statements(document, section, vocabulary), document.text):
            if not statement.heading:
                found.extend(_facts(document, statement, vocabulary))
                found.extend(row_facts(document, statement, vocabulary))
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def _facts(document: Document, statement: Statement, vocabulary: Vocabulary) -> list[Fact]:
    found: list[Fact] = []
    indicators = _indicator_spans(statement.text, vocabulary)
    in_cells = {figure.quantity for figure in statement.figures}
    for quantity in statement.quantities:
        if quantity in in_cells:
            continue  # `table_facts` reads those by column and row
        indicator = _indicator(statement, quantity, indicators)
        if not indicator:
            continue
        start = statement.start + quantity.start
        end = statement.start + quantity.end
        found.append(
            Fact(
                indicator=indicator,
                entity=_entity(statement),
                year=statement.year_of(quantity.start),
                period=_period(statement, quantity),
                value=quantity.value,
                unit=quantity.unit,
                text=quantity.text,
                qualifier=quantity.qualifier,
                kind=_kind(statement.text, quantity),
                doc=document.doc,
                date=document.date,
                quote=statement.text,
                start=start,
                end=end,
                locator=document.locator(start, end),
            )
        )
    return found


def _indicator_spans(text: str, vocabulary: Vocabulary) -> list[tuple[int, int, str, tuple[str, ...]]]:
    """Return (start, end, name, units) of the indicators named in the text, as offsets into it."""
    folded, offsets = fold_with_offsets(text)
    return [
        (offsets[start], offsets[end - 1] + 1, indicator.name, indicator.units)
        for start, end, indicator in vocabulary.find_indicators(folded)
    ]


def _indicator(statement: Statement, quantity: Quantity, named: Sequence[tuple[int, int, str, tuple[str, ...]]]) -> str:
    """Return the indicator: one of the vocabulary in the same clause whose units fit, else the clause's own words."""
    text = statement.text
    left = quantity.start
    while left > 0 and text[left - 1] not in _MARKS:
        left -= 1
    right = quantity.end
    while right < len(text) and text[right] not in _MARKS:
        right += 1
    best: tuple[int, str] | None = None
    for start, end, name, units in named:
        if units and quantity.unit not in units:
            continue
        inside = left <= start and end <= right
        if not inside:
            continue
        gap = quantity.start - end if end <= quantity.start else start - quantity.end + 2
        if gap >= 0 and (best is None or gap < best[0]):
            best = (gap, name)
    if best and best[0] <= 12:
        return best[1]
    before = _own_words(text[left : quantity.start])
    after = _own_words(text[quantity.end : right])
    if len(before) >= 2:
        return before[-30:]
    if len(after) >= 2:
        return after[:30]
    return _own_words(text[max(0, left - 24) : max(0, left - 1)].split("，")[-1])[-30:]


def _own_words(text: str) -> str:
    text = re.sub(r"(?:19|20)\d{2}年(?:底|末|初|度)?|截至[^，]*$", "", text).strip(' \u3000（(“”"《》')
    previous = None
    while previous != text:
        previous = text
        text = _TRIM.sub("", text).strip()
    return text if re.search(r"[一-鿿A-Za-z]{2}", text) else ""


def _entity(statement: Statement) -> str:
    organisation = subject_organisation(statement)
    if organisation:
        return organisation
    if statement.entities:
        return statement.entities[0]
    return statement.around[0] if statement.around else ""


def _period(statement: Statement, quantity: Quantity) -> str:
    earlier = [mention for mention in statement.times if mention.start < quantity.start]
    if earlier:
        return earlier[-1].text
    return f"{statement.inherited[0]}年" if len(statement.inherited) == 1 else ""


def _kind(text: str, quantity: Quantity) -> str:
    """Return what sort of figure it is: target, growth, increase, share, rank or level."""
    before = text[max(0, quantity.start - 24) : quantity.start]
    clause = re.split(r"[，,；;。]", before)[-1]
    if _TARGET.search(text[max(0, quantity.start - 40) : quantity.end]):
        return "target"
    if quantity.unit == "位":
        return "rank"
    if _GROWTH.search(clause) and quantity.unit in ("%", "百分点", "倍"):
        return "growth"
    if _INCREASE.search(clause) or re.search(r"(?:增长|增加|减少|下降)(?:了|约|近|超|逾)*$", clause):
        return "increase"
    if quantity.unit == "%" and (_SHARE.search(clause) or re.search(r"占|比重|比例|率", clause)):
        return "share"
    return "level"
