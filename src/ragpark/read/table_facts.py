"""Facts of tables: each figure of a cell with the indicator and place that its column, its row and its caption name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.read.context import Statement
from ragpark.read.names import places_in
from ragpark.read.organisations import is_kind, is_organisation
from ragpark.read.table_cells import Figure
from ragpark.records import Document, Fact
from ragpark.zh.column_names import is_total, kind_of, names_measures, says_nothing
from ragpark.zh.fold import fold_with_offsets, squeeze
from ragpark.zh.header_units import without_unit
from ragpark.zh.times import find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

# columns whose cells are places or organisations, known or not
_ENTITIES = ".{0,4}{entity_column}(?:名称)?|单位(?:名称)?|区划"
_CATEGORIES = ".{0,4}{category_column}|指标|"
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}\s?[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}\s?[、.．](?!\d))\s*"
)
_PART = re.compile(r"^(?:其中|＃|#)\s*[:：]?\s*")
_MARKS = re.compile(r"[*＊①-⑳]+$|^[\s:：，,、]+|[\s:：，,、]+$")
_MAX_CHARS = 60
_SHARE_OF = re.compile(r"占[^，。；：:（(]{1,20}?(?:比重|比例|份额|百分比|之比(?!重|例))")
_LEFT_OF_TIME = re.compile(r"^(?:年?度|[底末初]|[前]?\d{1,2}月|同期|以来|期间)+|[（(]\s*[）)]")


def row_facts(document: Document, statement: Statement, vocabulary: Vocabulary) -> list[Fact]:
    """Return the facts of a table row, in text order: `document.text[f.start:f.end] == f.text`."""
    found: list[Fact] = []
    for figure in statement.figures:
        indicator, standard = _indicator(figure, vocabulary)
        if indicator:
            fact = statement.fact(
                document,
                figure.quantity,
                indicator=indicator,
                entity=_entity(figure, statement, vocabulary),
                year=figure.year,
                period=figure.period,
                kind=figure.kind,
                standard=standard,
            )
            found.append(fact)
    return found


def _entity(figure: Figure, statement: Statement, vocabulary: Vocabulary) -> str:
    """Return the place or organisation: of the row, of the column, of the group, of the caption, of the text around."""
    label = figure.labels[-1] if figure.labels else ""
    for text in (label, *reversed(figure.names), *reversed(figure.labels[:-1])):
        text = _NUMBERING.sub("", text)
        if _is_organisation(text):
            return text
        if (place := _leading_place(text, vocabulary)) and place[0]:
            return place[0]
    for text, subject in zip(figure.labels, figure.subjects, strict=True):
        if rx(_ENTITIES).fullmatch(subject) and not is_total(text):
            return text
    around = places_in(figure.caption, vocabulary) or statement.about
    return around[0] if around else ""


def _is_organisation(text: str) -> bool:
    return is_organisation(text) and not is_kind(text)


def _leading_place(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return the place that the text begins with and what follows it: `苏州市产值` → (`苏州市`, `产值`); else ("", text)."""
    folded, offsets = fold_with_offsets(text)
    for start, end, entity in vocabulary.find_entities(folded):
        if start == 0 and entity.name in places_in(text, vocabulary):
            rest = text[offsets[end - 1] + 1 :]
            return entity.name, re.sub(r"^的|^\s+", "", rest)
    return "", text


def _indicator(figure: Figure, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return what is measured, in the words of row and column, and the vocabulary's name for it ("" for none)."""
    unit, kind = figure.quantity.unit, figure.kind
    # what the row is about as a place or an organisation is no part of the indicator
    about = [
        (words, subject)
        for text, subject in zip(figure.labels, figure.subjects, strict=True)
        if not rx(_ENTITIES).fullmatch(subject) and (words := _own_words(text, vocabulary)) and not says_nothing(words)
    ]
    group = about.pop(0)[0] if about and figure.labels[0] and not figure.subjects[0] and len(about) > 1 else ""
    own, subject = about[-1] if about else ("", "")
    if is_total(own):
        own = "" if figure.part else group
    if len(about) > 1 and not is_total(about[-2][0]) and not rx(_CATEGORIES).fullmatch(about[-2][1]):
        own = about[-2][0] + own  # `生物医药 | 产值`
    measure = _measure(figure.names, vocabulary)
    if not own and (not measure or measure.startswith("占")):
        measure = _measure(figure.beside, vocabulary) + measure  # `产值 | 比上年增长`, `产值 | 占全国比重`
    if named := vocabulary.standard(own + measure, unit, kind):
        return own + measure, named
    if figure.part and group:
        whole = vocabulary.standard(group, unit, kind)
        part = f"其中{own}{measure}"
        return (group + part)[:_MAX_CHARS], (whole + part)[:_MAX_CHARS] if whole else ""
    if not names_measures(subject):
        measure += _captioned(own + measure, figure, vocabulary)
    return (own + measure)[:_MAX_CHARS], vocabulary.standard(measure, unit, kind) if not own else ""


def _measure(names: Sequence[str], vocabulary: Vocabulary) -> str:
    found = ""
    for words in (_own_words(name, vocabulary) for name in names):
        if not says_nothing(words) or (found and rx("{number_noun}").fullmatch(words)):  # `参保` over `人数`
            found += words
    return found


def _captioned(words: str, figure: Figure, vocabulary: Vocabulary) -> str:
    """Return the indicator of the caption, where row and column name none: `表2 R&D经费执行主体` over `企业`.

    Of shares what they are shares of: `表3 三类主体占全国R&D经费的比重` over `企业` → `占全国R&D经费的比重`.
    """
    if words and (vocabulary.find_indicators(squeeze(words)) or kind_of(words, "") != "level"):
        return ""
    if words and figure.kind == "share" and (share := _SHARE_OF.search("".join(figure.caption.split()))):
        return share[0]
    found = vocabulary.find_indicators(squeeze(figure.caption))
    fits = [
        item for *_, item in found if not item.units or figure.quantity.unit in item.units or figure.kind != "level"
    ]
    return fits[0].name if len({item.name for *_, item in found}) == 1 and fits else ""


def _own_words(text: str, vocabulary: Vocabulary) -> str:
    """Return a name without numbering, unit, times and the place it begins with: `1.园区2023年产值（亿元）` → `产值`."""
    text = _PART.sub("", _NUMBERING.sub("", without_unit(text)))
    for mention in reversed(find_times(text, "2000-01-01")):
        if mention.kind != "baseline" and (mention.years or re.search(r"\d", mention.text)):
            text = text[: mention.start] + _LEFT_OF_TIME.sub("", text[mention.end :])
    text = _leading_place(text, vocabulary)[1]
    previous = ""
    while previous != text:
        previous, text = text, _MARKS.sub("", text)
    return text if re.search(r"[一-鿿A-Za-z]", text) and not _is_organisation(text) else ""
