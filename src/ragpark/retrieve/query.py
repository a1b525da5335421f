"""What a question asks: its terms, years, places, indicators and the kind of answer. Searches nothing; its parts are in parts.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ragpark.read.context import places_in
from ragpark.read.organisations import is_kind, named
from ragpark.retrieve.filters import EVERYTHING, Filter
from ragpark.retrieve.kinds import ANY, CODE, FIGURE, LIST, count_of, kind_of
from ragpark.retrieve.units import units_of
from ragpark.retrieve.wanted import ORDER, SIDE_BY_SIDE, Wanted, levels_asked, read_wanted
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import TimeMention, find_times, part_of_year, years_asked
from ragpark.zh.vocabulary import Entity, Vocabulary
from ragpark.zh.wording import notion, rx, words_of
from ragpark.zh.words import Segmenter, grams

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
    proper: bool = False  # a name: of a person, a place, an organisation, a product
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


_SERIES = "{over_years}|{course}|(?:{rise}|{fall})了多少"
_QUOTED = re.compile(r"[“‘「《\"]([^”’」》\"]{2,30})[”’」》\"]")


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
    times, places = find_times(question, None), vocabulary.find_entities(folded)
    # `近五年` in a question and in a document need not be the same five years: the document's are as good as any
    years = years_asked(rx("{over_years}").sub("", _without_spans(question, times)), today)
    if not years and scope.year is not None:
        years = (scope.year,)
    words = _tagged_words(question, tagger) if tagger else ()
    entities = _subjects(question, folded, vocabulary, places, words)
    joint, compared = _side_by_side(folded, vocabulary, places)
    named = vocabulary.find_indicators(folded)
    kind, ordered = kind_of(question), bool(rx(ORDER).search(question))
    units = units_of(levels_asked(question)) if kind == FIGURE or ordered else ()
    if kind == ANY and named and not notion("asks").search(question):
        kind = FIGURE  # a bare indicator, in its own units: `园区2023年GDP`; not `入驻企业可以免租吗`
    measured = kind == FIGURE or ordered
    if measured and not units and named:
        units = named[-1][2].units
    terms = _terms(question, times, segmenter, vocabulary, idf, known)
    terms = _told_apart(terms, words) or terms
    dropped = frozenset[str]()
    if named and kind == FIGURE:  # these say which figures are wanted, not what they measure
        dropped = words_of("course_word") | (words_of("change") if len(years) != 1 else dropped)
    elif kind == CODE:  # whether its label is met is judged where the code is cut out
        dropped = words_of("code_noun") | words_of("contact_word")
    terms = tuple(term for term in terms if term.word not in dropped) or terms
    wanted = read_wanted(question, units, entities, vocabulary, tagger, today) if tagger and measured else None
    indicators = [indicator.name for _, _, indicator in named]
    if wanted and wanted.standard and not named:
        indicators = [wanted.standard]  # by a name that means it only where it stands alone: `粮食`
    wording = " ".join(folded[start:end] for start, end, _ in named)
    return Query(
        question=question,
        kind=kind,
        terms=terms,
        years=years,
        entities=entities,
        indicators=tuple(dict.fromkeys(indicators)),
        indicator_words=frozenset(term.word for term in terms if term.word in wording),
        units=units,
        compared=() if joint and len(entities) > 1 else compared,
        joint=joint and len(entities) > 1,
        organisation=_organisation(question),
        series=bool(rx(_SERIES).search(question)) or (len(years) > 1 and kind in (FIGURE, ANY)),
        several=bool(notion("ask_together").search(question)) and len(years) < 2,
        target=bool(notion("target").search(question)),
        count=count_of(question) if kind == LIST else 0,
        quoted=tuple(match[1] for match in _QUOTED.finditer(question) if not find_times(match[0], None)),
        scope=scope,
        part=next((part_of_year(m.text) for m in times if m.months and m.kind != "source"), ""),
        wanted=wanted,
    )


def _without_spans(question: str, times: Sequence[TimeMention]) -> str:
    """Return the question without the wording of a span of years, where it asks for one figure of it all: `“十四五”期间`.

    A series of its years is asked for by another word (`“十四五”期间每年`, `历年`), or with years in digits.
    """
    return question if rx(_SERIES_ASKED).search(question) else _without(question, filter(_is_span, times))


def _without(question: str, times: Iterable[TimeMention]) -> str:
    for mention in reversed(list(times)):
        question = question[: mention.start] + "，" + question[mention.end :]
    return question


def _is_span(mention: TimeMention) -> bool:
    """Tell whether the time is of several years under one name: `“十四五”期间`; not `2018-2022年`."""
    return mention.kind == "range" and len(mention.years) > 1 and not re.search(r"\d", mention.text)


_SERIES_ASKED = "{over_years}|{course}|{ask_together}|[每各]一?年"

_YEAR_JOINED = re.compile(r"([A-Za-z])\s*(?=(?:19|20)\d\d)")  # `GDP 2021到2023年`: the name ends before the year


Place = tuple[int, int, Entity]  # where it stands in the folded question


def _subjects(
    question: str, folded: str, vocabulary: Vocabulary, places: Sequence[Place], words: Sequence[Tagged]
) -> tuple[str, ...]:
    """Return the places a question is about; not what holds the place named right after it (`某市某区`), nor what `园区` is at
    home where it is a noun beside another place's name (`某示范区条例点名的园区`), or the end of a longer name (`竹科园区`)."""
    found = places_in(question, vocabulary)
    ends_at = accumulate(len(word) for word, _ in words)
    before = {end: word for (word, tag), end in zip(words, ends_at, strict=True) if tag in _NAMES}
    nouns, ends = set(), set()
    for (_, end, one), (start, _, other) in pairwise(places):
        if start == end and one.kind != other.kind:
            ends.add(one.name)  # `深圳龙华区`: the district, wherever another of its name lies
    for start, end, entity in places:
        if folded[start:end] in vocabulary.home:
            if folded[:start].endswith("的"):
                nouns.add(entity.name)
            elif start in before and before[start] not in entity.name and vocabulary.entity(before[start]) is None:
                ends.add(entity.name)
    named = [place for place in found if place not in nouns]
    kept = [p for p in found if p not in nouns or not named or any(vocabulary.covers(o, p) for o in named)]
    return tuple(place for place in kept if place not in ends)


def _side_by_side(folded: str, vocabulary: Vocabulary, places: Sequence[Place]) -> tuple[bool, tuple[str, ...]]:
    """Tell whether two of the places have to do with each other (`园区与昆山市哪天签署`, `园区在成都设立`), and which are
    named side by side: both of `苏州和园区`; none of `苏州市的园区`, `园区占苏州的比重`."""
    joint, beside = False, list[str]()
    for (_, end, one), (start, stop, other) in pairwise(places):
        between = folded[end:start]
        row = one.name != other.name and rx(SIDE_BY_SIDE).fullmatch(between)
        if row:
            beside += [one.name, other.name]
        if not (vocabulary.covers(one.name, other.name) or vocabulary.covers(other.name, one.name)):
            joint |= between.endswith("在") and bool(rx("{sited_verb}").match(folded, stop))
            joint |= bool(row and rx("{together_verb}").search(folded, stop))
    return joint, tuple(dict.fromkeys(beside))


def _organisation(question: str) -> str:
    """Return the organisation a question names, with what stands before it: `截至年底苏州纳米城`; "" for none."""
    for match in named().finditer(squeeze(_ASIDES.sub("", question))):
        name = re.sub(r"^(?:园区|我国|全[国省市区])", "", match[0])
        if name and not is_kind(name):
            return name
    return ""


_ASIDES = re.compile(r"[（(][^（）()]*[）)]|\d+年?[底末初]?")


def _terms(
    question: str,
    times: Sequence[TimeMention],
    segmenter: Segmenter,
    vocabulary: Vocabulary,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
) -> tuple[Term, ...]:
    """Return the content words with weights; numbers of years and question words are not content, and a word that only
    narrows is none where no document holds it. A place's name need not be a word of the index: its pairs tell."""
    dated = (m for m in times if (m.years and not _is_span(m)) or m.kind in ("relative", "baseline"))
    text = rx(_ASKING).sub("，", rx("^{connective}[，,]?").sub("", _without(question, dated)))
    terms: list[Term] = []
    for word in dict.fromkeys(segmenter.words(text)):
        if word in words_of("stop_word") or not re.search("[a-z0-9]|[一-鿿].", word):
            continue  # a single Latin letter or digit counts, a Chinese character does not
        places = [item for start, end, item in vocabulary.find_entities(word) if (start, end) == (0, len(word))]
        same = vocabulary.same(word) | {squeeze(name) for item in places for name in vocabulary.names_of(item)}
        forms = (word, *sorted(same - {word}))
        held = any(known(f"w:{form}") or (places and form[1:] and all(map(known, grams(form)))) for form in forms)
        weight = idf(f"w:{word}") * (LIGHT if _is_light(word) else 1.0)
        terms.append(Term(word, forms, weight, bool(places), held))
    return tuple(term for term in terms if term.known or not _is_light(term.word)) or tuple(terms)


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
        named = start < 0 or any(tag in NOUNS for tag in inside)
        found.append(replace(term, named=named, proper=term.place or (start >= 0 and set(inside) <= _NAMES - {"n"})))
    return tuple(found)


Tagged = tuple[str, str]  # a word and its tag
_NAMES = frozenset("n nz nw ORG LOC PER".split())
NOUNS = frozenset("n nz nw nr ns nt vn an s PER LOC ORG m xc".split())

# what asks, with its verb: `住户数【是多少】`, `【哪一年】设立`, `【几座】桥`; years are no words
_ASKING = r"(?:是|为|有|达到?)?(?:{ask_number}|{ask_when}|哪[一几]?{asked_counter})|{those_named}|(?:19|20)\d{2}"


def _is_light(word: str) -> bool:
    """Tell whether the word only narrows what is asked: to be met counts less, and to be met nowhere says nothing."""
    return (
        word in words_of("light_word") or rx("一个|[两二三四五六七八九十]{asked_counter}").fullmatch(word) is not None
    )


def restrict(query: Query, year: int) -> Query:
    """Return the query for one of its years."""
    return replace(query, years=(year,), series=False, one_of_several=True)
