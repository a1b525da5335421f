"""What a document is about, as a place or an organisation, and what its `全市`, `园区`, `我省` stand for.

Read from the title, the file's name, the issuer and the text, in this order; empty where none of them is sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ragpark.read.names import leads_clause, parks_named, place_names, subject_places
from ragpark.read.opening_time import LEAST
from ragpark.read.organisations import is_organisation, organisation_at
from ragpark.read.sentences import sentences
from ragpark.records import Document, file_words, has_words
from ragpark.repair.dates import is_date_line
from ragpark.repair.opening import is_issuer
from ragpark.zh.fold import simplified, squeeze
from ragpark.zh.places import COUNTRY, PARK, without_end
from ragpark.zh.tagger import Tagger
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx, words_of

OPENING = 6000  # characters that are searched for what the text is about
MENTIONS, LEAD = 3, 2.0  # a subject is named so often, and so many times as often as any other place
AREA_LEVELS = {  # what `全市` and its like can stand for, by the last character of the term
    "省": ("省",), "市": ("市", "县市"), "区": ("区", PARK), "县": ("县", "县市"), "州": ("州",), "旗": ("旗",), "国": ("国",),
    "镇": ("镇",), "乡": ("乡",), "村": ("村",),
}  # fmt: skip
_TAIL = re.compile(r"[（(]([^（）()]{2,20})[）)]$")  # of a file's name: `上半年分析(青禾统计)`
_BRACKETED = re.compile(r"《([^《》]{4,60})》")


def with_subject(document: Document, vocabulary: Vocabulary, tagger: Tagger | None = None) -> Document:
    """Return the document with its subject, with what its bare terms stand for, and with the parks it names.

    Without a tagger, parks that nothing but their form tells are not met.
    """
    stem = file_words(document.doc)
    parks = parks_named((document.title, stem, document.text), vocabulary, tagger) if tagger else []
    named = {name: _one_name(name, parks, vocabulary) for name in parks}
    vocabulary = vocabulary.at_home(named)
    subject = find_subject(document, vocabulary)
    home = named | bare_terms(document.text, subject, vocabulary)
    return replace(document, subject=subject, home=home)


def _one_name(park: str, parks: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the name that a text's park is kept under: the usual one; of 青岭经济开发区, the only park of 青岭's that a
    text names which also says 青岭开发区, that."""
    usual = vocabulary.park_names(park)[0]
    for short in parks:
        form = rx("{park_form}$").search(short)
        if not form or not form.start():
            continue
        proper, end = short[: form.start()], form[0]
        longer = [one for one in parks if len(one) > len(short) and one.startswith(proper) and one.endswith(end)]
        if {vocabulary.park_names(one)[0] for one in longer} == {usual}:
            return vocabulary.park_names(short)[0]
    return usual


def find_subject(document: Document, vocabulary: Vocabulary) -> str:
    """Return the place or organisation that the document is about, by its full name; "" where that is unsure.

    `阜阳市2021年统计公报` is about 阜阳市, whatever its 全省 says; an article that compares three provinces about none.
    """
    if document.subject:
        return document.subject
    stem = file_words(document.doc)
    text = squeeze(document.text[:OPENING])
    counts = Counter(place_names(text, vocabulary))
    named = _TAIL.sub(r" \1", stem) if has_words(stem) else ""
    for told in (document.title, named, document.source or "", _signed(document)):
        for part in (*_BRACKETED.findall(told), told):
            organisation = organisation_at(rx("^{visiting}").sub("", squeeze(part)))
            if organisation and not rx("{headline_verb}").search(organisation):  # not `某区再添一家孵化器`
                shorter = (organisation[:end] for end in range(len(organisation) - 1, 2, -1))
                own = (name for name in shorter if is_organisation(name) and name in text)
                return organisation if organisation in text else next(own, organisation)  # 某学院, of `某学院学校简介`
            if town := _town(simplified(squeeze(part)), simplified(text), vocabulary):
                return town
            spans = subject_places(squeeze(part), vocabulary, whole=True)
            away = [span for span in spans if not _held_in(squeeze(part), span)]
            spans = away or spans  # `某市推介会在武汉举行` is not about where it was held
            met = dict.fromkeys(
                n for at, _, n in spans if n != COUNTRY or (told != document.source and leads_clause(squeeze(part), at))
            )
            names = [
                n for n in met if not any(n != o and vocabulary.covers(n, o) for o in met)
            ]  # 苏州市, 昆山市 → 昆山市
            names = names or [name for name in counts if _begins(squeeze(part), name, vocabulary)]
            if len(names) > 1 and all(vocabulary.covers(next(iter(met)), n) for n in met):
                names = list(met)[:1]  # `青海排名出炉：西宁居首，海东最快`: one leads that holds all the others
            if len(names) == 1:
                return _narrowed(names[0], text, counts, vocabulary)
            if names:
                return _dominant({name: counts[name] for name in names}, text, vocabulary)
    return (
        _introduced(document)
        or _dominant(counts, text, vocabulary)
        or _self_called(text, counts, vocabulary)
        or _region(squeeze(document.title), text)
    )


def _town(title: str, text: str, vocabulary: Vocabulary) -> str:
    """Return the town or village that a title begins with, behind what it lies in: 石桥镇 of `青禾县石桥镇`; "" for none."""
    name, at = "", 0
    for start, end, _ in vocabulary.find_entities(title):
        at = end if start == at else at
    name_of = "(?P<name>(?!{park_kind}|{own_area})(?:(?!{ends_name})[一-鿿]){2,5}?(?:{nationality})?{village_end})"
    while match := rx("(?:[一-鿿]{2,3}[市县区旗])?" + name_of).match(title, at):
        name, at = match["name"], match.end()
    return name if name and (at == len(title) or text.count(name) >= MENTIONS) else ""


def _signed(document: Document) -> str:
    """Return the office that the head of the text is signed by: a line of its own over a date, `某区人民政府`."""
    lines = document.text[:OPENING].split("\n")[:15]
    return next((one for one, other in pairwise(lines) if is_date_line(other) and is_issuer(one)), "")


def _held_in(title: str, span: tuple[int, int, str]) -> bool:
    start, end, _ = span
    return title[start - 1 : start] in ("在", "于") and bool(rx("{held}").match(title, end))


def _introduced(document: Document) -> str:
    """Return the organisation that the first sentence introduces: `某某有限公司是一家…`, `某学院成立于…`; "" for none."""
    for start, end in sentences(document.text, 0, min(OPENING, len(document.text))):
        first = squeeze(document.text[start:end])
        if len(first) >= LEAST and not document.is_aside(start, end):
            name = organisation_at(first)
            return name if name and rx("{introduces}").match(first, len(name)) else ""
    return ""


def _self_called(text: str, counts: Mapping[str, int], vocabulary: Vocabulary) -> str:
    """Return the one county or district named in a text that calls such a one its own: `县财政`, `我县`, 《某县…办法》."""
    called = Counter(re.sub("[^县区旗]", "", match[0])[0] for match in rx("{own_level}").finditer(text))
    level, times = max(called.items(), key=lambda item: item[1], default=("", 0))
    kinds = [kind for kind in AREA_LEVELS.get(level, ()) if kind != PARK]
    named = [name for name in counts if _kind(name, vocabulary) in kinds]
    around = all(name in named or name == COUNTRY or vocabulary.covers(name, named[0]) for name in counts if named)
    return named[0] if times >= MENTIONS and len(called) == len(named) == 1 and around else ""


def _region(title: str, text: str) -> str:
    """Return the region that the title names and the text goes on naming: `长江干线`; "" for none."""
    for match in rx("{region_end}").finditer(title):
        starts = (at for at in range(match.start() - 4, match.start() - 1) if at >= 0)
        counts = {title[at : match.end()]: text.count(title[at : match.end()]) for at in starts}
        name, count = max(counts.items(), key=lambda item: (item[1], len(item[0])), default=("", 0))
        if count >= MENTIONS and re.fullmatch("[一-鿿]+", name):
            return name
    return ""


def bare_terms(text: str, subject: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return what the bare terms of a text about `subject` stand for, those it uses, and its own name: {`全市`: `阜阳市`}.

    `全省` in a text about a city is the province it lies in; a term that fits nothing is left out.
    """
    kind = _kind(subject, vocabulary)
    chain = _chain(subject, vocabulary)
    found: dict[str, str] = {subject: subject} if subject else {}
    squeezed = squeeze(text)
    if kind == PARK and subject.endswith(PARK):
        found[PARK] = subject  # so it is called in questions, whether or not its own text says so
    for term in {match[0] for match in rx("{own_area}").finditer(squeezed)}:
        if term[:1] not in "全我本":  # `园区`, `高新区`: only what the subject is itself, and what stands alone
            alone = rx(f"(?<![一-鿿]){term}|(?<={{name_stop}}){term}").search(squeezed)
            if alone and kind == PARK and (term == PARK or _ends_with(subject, term, vocabulary)):
                found[term] = subject
            elif alone and kind != PARK:  # in a text about a city, the one park of that kind that it names
                named = {
                    name
                    for name in place_names(squeezed, vocabulary)
                    if name != term and _ends_with(name, term, vocabulary)
                }
                if len(named) == 1:
                    found[term] = named.pop()
            continue
        levels = AREA_LEVELS.get(term[-1], ())
        own = f"自治{term[-1]}"  # `全区` of 宁夏回族自治区
        if name := next((name for name, level in chain if level in levels or name.endswith(own)), ""):
            found[term] = name
    return found


def _begins(title: str, name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a title begins with the short name of a district or county that the text names in full."""
    short = without_end(name)
    usual = _kind(name, vocabulary) != PARK and short not in words_of("everyday_place")
    return usual and 1 < len(short) < len(name) and title.startswith(short)


def _ends_with(park: str, term: str, vocabulary: Vocabulary) -> bool:
    """Tell whether one of the park's names ends so: 开发区 for 某某经开区, which is 某某经济技术开发区."""
    return any(name.endswith(term) for name in vocabulary.park_names(park))


def _chain(subject: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the subject and what it lies in, each with its kind, innermost first."""
    chain: list[tuple[str, str]] = []
    while subject and len(chain) < 6:
        chain.append((subject, _kind(subject, vocabulary)))
        entity = vocabulary.entity(subject)
        subject = entity.within if entity else ""
    return chain


def _kind(name: str, vocabulary: Vocabulary) -> str:
    """Return what kind of place it is: as the vocabulary knows it, else by its form; "" for none."""
    if entity := vocabulary.entity(name):
        return entity.kind
    by_form = (levels[0] for end, levels in AREA_LEVELS.items() if name.endswith(end))
    return PARK if rx("{park_form}$").search(name) else next(by_form, "")


def _narrowed(name: str, text: str, counts: Mapping[str, int], vocabulary: Vocabulary) -> str:
    """Return the park within the place where the text says `园区` of itself and names just one; else the place."""
    if not rx("(?<![一-鿿])(?:园区|我区|全区)").search(text):
        return name
    parks = [n for n in counts if n != name and _kind(n, vocabulary) == PARK and vocabulary.covers(name, n)]
    lead = max(parks, key=lambda park: (counts[park], park), default="")
    return lead if lead and counts[lead] >= MENTIONS and counts[lead] >= LEAD * counts[name] else name


def _dominant(counts: Mapping[str, int], text: str, vocabulary: Vocabulary) -> str:
    """Return the place named most, if it clearly leads over all that neither hold it nor lie in it; else "".

    A text that calls itself `园区` is about the park it names most.
    """
    if len(re.findall("(?<![一-鿿])园区", text)) >= MENTIONS:
        parks = sorted((c, n) for n, c in counts.items() if n.endswith("园区") and _kind(n, vocabulary) == PARK)
        if parks and (len(parks) == 1 or parks[-1][0] >= LEAD * parks[-2][0]):
            return parks[-1][1]
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] == COUNTRY, item[0]))
    for name, count in ranked[:3]:
        rivals: Sequence[int] = [
            c for n, c in counts.items()
            if n != name and not vocabulary.covers(n, name) and not vocabulary.covers(name, n)
        ]  # fmt: skip
        if count >= MENTIONS and count >= LEAD * max(rivals, default=0):
            inner = [(c, n) for n, c in counts.items() if n != name and vocabulary.covers(name, n)]
            most, what = max(inner, default=(0, ""))
            others = max((c for c, n in inner if n != what), default=0)
            return what if 2 * most >= count and most >= LEAD * others else name
    return ""
