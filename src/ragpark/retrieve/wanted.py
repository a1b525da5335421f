"""What a question for a figure wants, read as sentences are read: the question with a figure put where it asks for one.

`园区2023年有多少家孵化器` is read as `园区2023年有9家孵化器`, so the indicator is named as it is named in the documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ragpark.read.context import place_spans
from ragpark.read.facts import find_facts
from ragpark.records import Document, Section
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Tagger
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx

# What is put where the figure is asked for: small, so that no bound and no year is read into it.
_FIGURES = (("%", "9.9%"), ("元", "9.9亿元"), ("人", "9.9万人"))
_ANY = "9.9亿元"
_ENDS = re.compile(r"[?？。!！.\s的呢]+$")
_HOW_MUCH = "(?:{asking_politeness}|{all_adverb})*(?P<lead>是|为|有|达到?)?{all_adverb}*(?P<much>{ask_number})"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figure asked for, as a fact would hold it; `entity` is "" and `year` None where the question leaves them open.

    `said` is the question, folded, without what only compares figures or puts them in order.
    """

    indicator: str
    standard: str
    kind: str
    entity: str
    year: int | None
    said: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which facts are looked up, the most exact first."""
        return tuple(dict.fromkeys(name for name in (plain_name(self.standard), plain_name(self.indicator)) if name))


def plain_name(indicator: str) -> str:
    """Return an indicator's name for comparing: folded, without what only says that it is a number, a whole or an aim.

    `企业总数` and `企业数量` are both `企业`, `全年用电量` is `用电量`, `研发投入强度目标` `研发投入强度`; `规上工业总产值` stays,
    for that is not 工业总产值.
    """
    folded = squeeze(indicator)
    bare = rx("^(?:{whole_lead})+").sub("", folded) or folded
    return rx("(?:{number_noun}|{aim_noun}|{total}|数据?)+$").sub("", bare).strip("的") or bare


def as_sentence(question: str, units: Sequence[str]) -> str:
    """Return the question as a sentence that holds a figure of one of the units (any, if there are none)."""
    text = _ENDS.sub("", question.strip())
    figure = next((shown for unit, shown in _FIGURES if units[:1] == (unit,)), f"9{units[0]}" if units else _ANY)
    found = rx(_HOW_MUCH).search(text)
    if found is None:
        return f"{text}为{figure}。"
    counter = rx("{asked_counter}$").search(found["much"])
    if found["much"].endswith("第几"):
        figure = "第9位"
    elif counter and not rx("[元人亿万%]|百分点|个点").match(counter[0]):
        figure = f"9{counter[0]}"
    return f"{text[: found.start()]}{found['lead'] or ''}{figure}{text[found.end() :]}。"


def levels_asked(question: str) -> str:
    """Return a question for the difference of two levels as one for the levels: `2023年产值比2022年增加了多少` →
    `2023年产值多少`, `2021年到2023年产值增长了多少`; others as they are, `2022年和2023年各增长多少` among them."""
    if not rx(_BETWEEN).search(question):
        return question
    return rx(rf"{_THAN_YEAR}|(?:{{gap}}|{{course}}|(?:{{rise}}|{{fall}})(?=了?(?:{{ask_number}})))了?").sub(
        "", question
    )


_THAN_YEAR = r"[比较](?:19|20)\d\d年(?:的)?"
SIDE_BY_SIDE = "(?:市|省|县|区)?{side_by_side}(?:[0-9]{4}年)?"
_BETWEEN = rf"{_THAN_YEAR}|(?:19|20)\d\d年?\s?[到至—–~～-]+\s?(?:19|20)\d\d年|{{gap}}|{{course}}"


def without_order(question: str) -> str:
    """Return a question for what is highest or lowest as one for the figure: `哪一年的用电量最高，多少` → `用电量`."""
    found = rx(ORDER).search(question)
    if found is None:
        return question
    clause = re.compile(r"[，,；;？?]").search(question, found.end())
    text = question[: clause.start()] if clause else question
    text = rx(_WHICH_IS).sub(r"\g<measured>", text)
    text = rx(f"{ORDER}{ASKED_KIND}.*$").sub("", text)
    return rx(f"[是在]?(?:{{ask_when}}|{{ask_place}}|{{ask_name}}[一-鿿]{{0,4}}?|谁)的?|比?{ORDER}的?").sub("", text)


# `哪个县的产值高`: what is put in order stands inside the words for the order
_WHICH_IS = "(?:谁|{ask_name}(?:{place_end})?)的?(?P<measured>[^，,。；;？?的]{2,8}?)得?更?{degree}$"
ORDER = "(?:{highest}|{lowest})"
ASKED_KIND = "的?(?P<kind>[^，,；;？?]{0,8}?)[是为]?[哪谁]"  # what is put in order: `税收最高的【园区】是哪个`


def highest_asked(question: str) -> bool | None:
    """Return whether the highest is asked for (`增长最快`, `降得最少`) or the lowest (`增长最慢`, `跌得最厉害`); None for neither."""
    high = bool(notion("highest").search(question))
    if not high and not notion("lowest").search(question):
        return None
    return high != bool(rx("{change_down}[了得幅]?{superlative}").search(question))


def _first_of_row(question: str, vocabulary: Vocabulary) -> str:
    """Return the question, folded, about the first of the places named side by side: `苏州和昆山的产值` → `苏州的产值`."""
    text = squeeze(question)
    places = place_spans(text, vocabulary)
    for (_, end, _), (start, stop, _) in reversed(list(pairwise(places))):
        joined = rx(f"{SIDE_BY_SIDE}$").search(text, end, start)
        if joined:
            together = _TOGETHER.match(text, stop)
            text = text[: joined.start()] + text[together.end() if together else stop :]
    return text


_TOGETHER = re.compile("(?:[两二三四五六七八九十0-9]+[省市区县地])?")  # `甲、乙、丙三省`


def read_wanted(
    question: str, units: Sequence[str], places: Sequence[str], vocabulary: Vocabulary, tagger: Tagger, today: str
) -> Wanted | None:
    """Return what figure the question asks for, or None where the sentence it makes names none, or more than one.

    `places` are the full names of those it names.
    """
    said = _first_of_row(levels_asked(without_order(question)), vocabulary)
    text = as_sentence(said, units)
    home = dict(vocabulary.home) | {place: place for place in places}
    document = Document("", "", today, None, text, (), ((0, 1),), "lines", "txt", "", home=home)
    facts = find_facts(document, [Section("", 0, (), 0, 0, len(text))], vocabulary, tagger)
    if len(facts) != 1:
        return None
    (fact,) = facts
    own = fact.year if not fact.year_from else None
    counted = bool(vocabulary.find_indicators(squeeze(fact.entity)))  # `园区境内外上市公司` are what is counted
    # without a unit asked for, a name may be known that is told by its unit: `博物馆有多少`
    standard = fact.standard or (vocabulary.standard(fact.indicator, "", fact.kind) if not units else "")
    return Wanted(fact.indicator, standard, fact.kind, "" if counted else fact.entity, own, said)
