"""What a question asks: its terms, years, places, indicators and the kind of answer. Searches nothing; its parts are in parts.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ragpark.read.context import places_in
from ragpark.read.organisations import is_kind, named
from ragpark.retrieve.filters import EVERYTHING, Filter
from ragpark.retrieve.wanted import ORDER, SIDE_BY_SIDE, Wanted, levels_asked, read_wanted
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import numeral
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import TimeMention, find_times, part_of_year, years_asked
from ragpark.zh.units import unit_end
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx, words_of
from ragpark.zh.words import Segmenter, grams

FIGURE, DATE, PERSON, PLACE, NAME, LIST, REASON = "figure", "date", "person", "place", "name", "list", "reason"
DEFINITION, CODE, ANY = "definition", "code", "any"
LIGHT = 0.4  # of the weight of a word that only narrows: `截至`, `最高`


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question: its folded forms (the word itself first, then synonyms) and its weight.

    `place` marks the name of a known place: whether that is met is judged by context, not by the word alone.
    """

    word: str
    forms: tuple[str, ...]
    weight: float
    place: bool = False
    known: bool = True  # some document holds it, in one of its forms
    named: bool = True  # a noun, which a document is likely to call the same; a verb is easily another (`骗到`, `拿到`)


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `years` ascending; `entities` and `indicators` are full names from the vocabulary.

    `kind` is the kind of answer asked for; `units` the units it may come in (empty: any). `scope` is the filter that
    whatever is found and said must come from.
    """

    question: str
    kind: str
    terms: tuple[Term, ...]
    years: tuple[int, ...] = ()
    entities: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    series: bool = False
    target: bool = False
    several: bool = False  # several values are asked for at once (`分别是多少`)
    one_of_several: bool = False  # one of the years or places of a question, whose words ask for all of them
    quoted: tuple[str, ...] = ()
    count: int = 0  # of the items of a list, where the question says it: `哪4个`, `三大产业`
    compared: tuple[str, ...] = ()  # places named side by side: `苏州和园区`, though one lies in the other
    joint: bool = False  # the places named have to do with each other: `园区与昆山市签署`, `园区在成都设立`
    organisation: str = ""  # the organisation the question names, with what may stand before it
    indicator_words: frozenset[str] = frozenset()  # the terms that are part of an indicator's name
    scope: Filter = EVERYTHING
    part: str = ""
    wanted: Wanted | None = None  # the figure asked for, read as a sentence is


# Which notion of asking stands for which kind; the first met decides. NAME is asked last: `什么` fits many.
_KINDS = (
    (DATE, "ask_date"),
    (FIGURE, "ask_number"),
    (PERSON, "ask_person"),
    (PLACE, "ask_place"),
    (LIST, "ask_list"),
    (REASON, "ask_reason"),
)
# bare keywords without a question word: `2023年园区高层次人才总量`, `园区管委会主任`
_FIGURE_NOUN = "{figure_noun}(?:是|为|达到?|[?？。]|$|[：:]|{over_years}|{course}|情况|多大)"
_PERSON_NOUN = "{office}(?:是|叫|名字|姓名|[?？]|$)"
_LIST_NOUN = "{list_noun}[?？]?$"
_UNIT_ASKED = r"(?:多少|(?<!十)几)\s*(?:(?:万亿|亿|万)(?=[人户家件项台辆吨]))?({asked_counter}|[一-鿿%])"
_MONEY_ASKED = "[亿万]?元|钱|亿美元|万美元"
MONEY, AREA, PEOPLE, SHARE = (
    ("元", "美元", "港元", "欧元", "日元", "英镑"),
    ("平方米", "平方公里", "亩", "公顷"),
    ("人", "名", "位", "人次"),
    ("%", "百分点", "‰"),
)
# The units that what is measured comes in, by notion; the first met decides.
_UNIT_HINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rate_asked_noun", (*SHARE, "倍")),
    ("money_noun", MONEY),
    ("area_noun", AREA),
    ("people_noun", PEOPLE),
    ("firm_count", ("家", "户", "个")),
    ("height_noun", ("米", "公里", "厘米", "英尺", "尺", "层")),
    ("length_noun", ("公里", "米", "厘米", "毫米", "小时", "分钟", "年", "天", "英里", "里", "海里")),
    ("lapse_noun", ("年", "个月", "天", "小时", "分钟", "秒", "日", "工作日")),
    ("age_noun", ("岁",)),
)
# `总额上涨多少` without a unit asks for a rate; `增加了多少家`, `从……增长到多少` don't
_GROWTH = "(?:{compared_with}(?:{rise}|{fall})|{rate_of_change})了?多少[?？]?$"
_COUNTER_NOUN = re.compile(r"([笔件])数(?:量|是|为|有|$|[?？])")  # `笔数`, `件数`
_SERIES = "{over_years}|{course}|(?:{rise}|{fall})了多少"
_QUOTED = re.compile(r"[“‘「《\"]([^”’」》\"]{2,30})[”’」》\"]")
_SAME_UNITS: tuple[frozenset[str], ...] = (
    frozenset("家 户 个 所".split()),
    frozenset("人 名 位 个".split()),
    frozenset("件 项 个".split()),
    frozenset("所 家 个 座".split()),
    frozenset("张 个 件".split()),
    frozenset("项 个 件".split()),
    frozenset("年 周年 岁".split()),
    frozenset("天 日".split()),
    frozenset("座 个".split()),
    frozenset("部 本 集 个 首".split()),
    frozenset("种 类 个 项 款".split()),
    frozenset("次 届 场 个".split()),
)


def understand(
    question: str,
    segmenter: Segmenter,
    vocabulary: Vocabulary,
    idf: Callable[[str], float],
    known: Callable[[str], bool] = lambda token: True,
    *,
    today: str,
    scope: Filter = EVERYTHING,
    tagger: Tagger | None = None,
) -> Query:
    """Return what the question asks. `idf(token)` weighs its words, `known(token)` says if any document has it; `today` (ISO) resolves `去年`.

    A question that names no year asks about that of the filter `scope`, where it is a single one.
    """
    folded = squeeze(_YEAR_JOINED.sub(r"\1，", question))
    vocabulary = vocabulary.beside(folded)
    years = years_asked(re.sub(_RECENT, "", _without_span(question)), today)
    if not years and scope.year is not None:
        years = (scope.year,)
    words = _tagged_words(question, tagger) if tagger else ()
    entities = _subjects(question, folded, vocabulary, words)
    joint = len(entities) > 1 and _joint(folded, vocabulary)
    named = vocabulary.find_indicators(folded)
    kind = kind_of(question)
    ordered = bool(rx(ORDER).search(question))
    units = units_of(levels_asked(question)) if kind == FIGURE or ordered else ()
    if kind == ANY and named and not notion("asks").search(question):
        kind = FIGURE  # a bare indicator: `园区2023年GDP`; not `入驻企业可以免租吗`
    if (kind == FIGURE or ordered) and not units and named:
        units = named[-1][2].units
    terms = tuple(
        replace(term, known=any(known(f"w:{form}") or (term.place and _spelt(form, known)) for form in term.forms))
        for term in _terms(question, segmenter, vocabulary, idf)
    )
    terms = tuple(term for term in terms if term.known or not _is_light(term.word)) or terms
    terms = _told_apart(terms, words) or terms
    if named and kind == FIGURE:  # these say which figures are wanted, not what they measure
        course = words_of("course_word")
        if len(years) != 1:
            course |= words_of("change")
        terms = tuple(term for term in terms if term.word not in course) or terms
    if kind == CODE:  # whether its label is met is judged where the code is cut out
        labels = words_of("code_noun")
        terms = tuple(term for term in terms if term.word not in labels) or terms
    wording = " ".join(folded[start:end] for start, end, _ in named)
    return Query(
        question=question,
        kind=kind,
        terms=terms,
        years=years,
        entities=entities,
        indicators=tuple(dict.fromkeys(indicator.name for _, _, indicator in named)),
        indicator_words=frozenset(term.word for term in terms if term.word in wording),
        units=units,
        compared=() if joint else _compared(folded, vocabulary),
        joint=joint,
        organisation=_organisation(question),
        series=bool(rx(_SERIES).search(question)) or (len(years) > 1 and kind in (FIGURE, ANY)),
        several=bool(notion("ask_together").search(question)) and len(years) < 2,
        target=bool(notion("target").search(question)),
        count=_count(question) if kind == LIST else 0,
        quoted=tuple(match[1] for match in _QUOTED.finditer(question) if not find_times(match[0], None)),
        scope=scope,
        part=next((part_of_year(m.text) for m in find_times(question, None) if m.months), ""),
        wanted=read_wanted(question, units, entities, vocabulary, tagger, today)
        if tagger and (kind == FIGURE or ordered)
        else None,
    )


def _without_span(question: str) -> str:
    """Return the question without the wording of a span of years, where it asks for one figure of it all: `“十四五”期间`.

    A series of its years is asked for by another word (`“十四五”期间每年`, `历年`), or with years in digits.
    """
    if rx(_SERIES_ASKED).search(question):
        return question
    for mention in reversed(find_times(question, None)):
        if _is_span(mention):
            question = question[: mention.start] + "，" + question[mention.end :]
    return question


def _is_span(mention: TimeMention) -> bool:
    """Tell whether the time is of several years under one name: `“十四五”期间`; not `2018-2022年`."""
    return mention.kind == "range" and len(mention.years) > 1 and not re.search(r"\d", mention.text)


_SERIES_ASKED = "{over_years}|{course}|{ask_together}|[每各]一?年"

# `近五年` in a question and in a document need not be the same five years: the document's are as good as any
_RECENT = r"(?:最?近|过去|最近的)(?:几|[两二三四五六七八九十]|\d{1,2})年"
_YEAR_JOINED = re.compile(r"([A-Za-z])\s*(?=(?:19|20)\d\d)")  # `GDP 2021到2023年`: the name ends before the year


def _subjects(question: str, folded: str, vocabulary: Vocabulary, words: Sequence[Tagged]) -> tuple[str, ...]:
    """Return the places a question is about; not what `园区` is at home where it is a noun beside another place's name
    (`某示范区条例点名的园区`), or the end of a longer name (`竹科园区`)."""
    found = places_in(question, vocabulary)
    ends_at = accumulate(len(word) for word, _ in words)
    before = {end: word for (word, tag), end in zip(words, ends_at, strict=True) if tag in _NAMES}
    nouns, ends = set(), set()
    for start, end, entity in vocabulary.find_entities(folded):
        if folded[start:end] in vocabulary.home:
            if folded[:start].endswith("的"):
                nouns.add(entity.name)
            elif start in before and before[start] not in entity.name and vocabulary.entity(before[start]) is None:
                ends.add(entity.name)
    named = [place for place in found if place not in nouns]
    kept = [p for p in found if p not in nouns or not named or any(vocabulary.covers(o, p) for o in named)]
    return tuple(place for place in kept if place not in ends)


def _joint(folded: str, vocabulary: Vocabulary) -> bool:
    """Tell whether two places are named that have to do with each other: `园区与昆山市哪天签署`, `园区在成都设立`."""
    for (_, end, one), (start, stop, other) in pairwise(vocabulary.find_entities(folded)):
        if one.name == other.name or vocabulary.covers(one.name, other.name) or vocabulary.covers(other.name, one.name):
            continue
        between = folded[end:start]
        if between.endswith("在") and rx("{sited_verb}").match(folded, stop):
            return True
        if rx(SIDE_BY_SIDE).fullmatch(between) and rx("{together_verb}").search(folded, stop):
            return True
    return False


def _organisation(question: str) -> str:
    """Return the organisation a question names, with what stands before it: `截至年底苏州纳米城`; "" for none."""
    for match in named().finditer(squeeze(_ASIDES.sub("", question))):
        name = re.sub(r"^(?:园区|我国|全[国省市区])", "", match[0])
        if name and not is_kind(name):
            return name
    return ""


_ASIDES = re.compile(r"[（(][^（）()]*[）)]|\d+年?[底末初]?")


def _compared(folded: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the places named side by side: `苏州和园区` gives both; `苏州市的园区`, `园区占苏州的比重` none."""
    mentions = vocabulary.find_entities(folded)
    found: list[str] = []
    for (_, end, one), (start, _, other) in pairwise(mentions):
        if one.name != other.name and rx(SIDE_BY_SIDE).fullmatch(folded[end:start]):
            found.extend((one.name, other.name))
    return tuple(dict.fromkeys(found))


def kind_of(question: str) -> str:
    """Return the kind of answer asked for: `…多少家？` figure, `哪一年…` date, `…局长是谁` person, …"""
    if notion("ask_definition").search(question):
        return DEFINITION
    if notion("ask_code").search(question):
        return CODE
    for kind, asked in _KINDS:
        if notion(asked).search(question):
            if kind == DATE and re.search(r"多少|几[个家人]", question):
                continue
            return kind
    named = notion("ask_name").search(question)
    if named and _COUNTED.search(question):
        return LIST
    if rx(_FIGURE_NOUN).search(question):
        return FIGURE
    if rx(_PERSON_NOUN).search(question):
        return PERSON
    if rx(_LIST_NOUN).search(question):
        return LIST
    return NAME if named else ANY


def office_in(question: str) -> re.Match[str] | None:
    """Return where the question names an office that someone holds (`【局长】是谁`), or None."""
    return rx("{office}|{person_title}").search(question)


_COUNTED = re.compile(r"(?:哪)?([两二三四五六七八九十]|\d{1,2})(?:大|个)(?!月)[一-鿿]")


def _count(question: str) -> int:
    """Return how many items are asked for: `哪4个万亿级产业` → 4, `三大新兴产业是什么` → 3; 0 where it isn't said."""
    found = _COUNTED.search(question)
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else int(numeral(found[1]) or 0)


def units_of(question: str) -> tuple[str, ...]:
    """Return the units an answer may come in: `多少家` → 家 and its like, `占比` → %; () where anything may."""
    if notion("ask_rank").search(question):
        return ("位", "名", "届")
    if rx(_GROWTH).search(question):
        return (*SHARE, "倍")
    asked = rx(_UNIT_ASKED).search(question)
    if asked and (unit_end(asked[1], 0) == len(asked[1]) or rx(_MONEY_ASKED).fullmatch(asked[1])):
        unit = asked[1]
        if unit in ("亿元", "万元", "钱"):
            return MONEY
        if unit in ("亿美元", "万美元"):
            return ("美元",)
        if unit == "个百分点":
            return SHARE
        group: set[str] = {unit}
        for alike in _SAME_UNITS:
            if unit in alike and unit != "个":
                group |= alike
        if unit == "个":
            group |= {"家", "项", "所", "件", "座", "种", "类", "支", "位", "名", "条"}
        return (unit, *sorted(group - {unit}))
    counter = _COUNTER_NOUN.search(question)
    if counter:
        return (counter[1],)
    for measured, units in _UNIT_HINTS:
        if notion(measured).search(question):
            return units
    return ()


def _terms(
    question: str, segmenter: Segmenter, vocabulary: Vocabulary, idf: Callable[[str], float]
) -> tuple[Term, ...]:
    """Return the content words with weights; numbers of years and question words are not content."""
    text = question
    for mention in reversed(find_times(question, None)):
        if (mention.years and not _is_span(mention)) or mention.kind in ("relative", "baseline"):
            text = text[: mention.start] + "，" + text[mention.end :]
    text = rx(_ASKING).sub("，", rx("^{connective}[，,]?").sub("", text))
    stop = words_of("stop_word")
    terms: dict[str, Term] = {}
    for word in segmenter.words(text):
        if word in stop or word in terms or (len(word) == 1 and not _lone_counts(word)):
            continue
        if not re.search(r"[a-z0-9一-鿿]", word):
            continue
        weight = idf(f"w:{word}")
        places = [item for start, end, item in vocabulary.find_entities(word) if (start, end) == (0, len(word))]
        same = vocabulary.same(word) | {squeeze(name) for item in places for name in vocabulary.names_of(item)}
        forms = (word, *sorted(same - {word}))
        terms[word] = Term(word, forms, weight * (LIGHT if _is_light(word) else 1.0), bool(places))
    return tuple(terms.values())


def _spelt(name: str, known: Callable[[str], bool]) -> bool:
    """Tell whether documents hold all the character pairs of a place's name, which need not be a word of the index."""
    return len(name) > 1 and all(map(known, grams(name)))


def _tagged_words(question: str, tagger: Tagger) -> tuple[Tagged, ...]:
    """Return the question's words, folded and without white space, with their tags: together they are `squeeze(question)`."""
    return tuple((squeeze(question[word.start : word.end]), word.tag) for word in tagger.tag([question])[0])


def _told_apart(terms: Sequence[Term], words: Sequence[Tagged]) -> tuple[Term, ...]:
    """Return the terms told apart into nouns and others, without those that are no word: `额比` in `合同额比上一年`.

    A term that no document holds, and that begins in one word of the tagger's and ends in another, not both nouns, is none.
    """
    text = "".join(word for word, _ in words)
    ends = [0, *accumulate(len(word) for word, _ in words)]
    found = []
    for term in terms:
        start = text.find(term.word)
        end = start + len(term.word)
        inside = [tag for (_, tag), a, b in zip(words, ends, ends[1:], strict=False) if a < end and start < b]
        crossed = any(start < at < end for at in ends) and (start not in ends or end not in ends)
        if start >= 0 and crossed and not term.known and not all(tag in NOUNS for tag in inside):
            continue
        found.append(replace(term, named=start < 0 or any(tag in NOUNS for tag in inside)))
    return tuple(found)


Tagged = tuple[str, str]  # a word and its tag
_NAMES = frozenset("n nz nw ORG LOC PER".split())
NOUNS = frozenset("n nz nw nr ns nt vn an s PER LOC ORG m xc".split())

# what asks, with its verb: `住户数【是多少】`, `【哪一年】设立`, `【几座】桥`; years are no words
_ASKING = r"(?:是|为|有|达到?)?(?:{ask_number}|{ask_when}|哪[一几]?{asked_counter})|{those_named}|(?:19|20)\d{2}"


def _is_light(word: str) -> bool:
    """Tell whether the word only narrows what is asked: to be met counts less, and to be met nowhere says nothing."""
    return word in words_of("light_word")


def _lone_counts(word: str) -> bool:
    """Tell whether a single character is content: a Latin letter or digit is, most Chinese ones are not."""
    return word.isascii() and word.isalnum()


def restrict(query: Query, year: int) -> Query:
    """Return the query for one of its years."""
    return replace(query, years=(year,), series=False, one_of_several=True)
