"""Names in a sentence: the places it speaks of, the parks it names, and what a clause or sentence begins with.

A place inside another name (`苏州纳米城`, `某（苏州）公司`) is not met; nor is one that is only compared or dealt with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.zh.fold import squeeze
from ragpark.zh.places import parks_by_form, unbounded_parks
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.vocabulary import Entity, Vocabulary
from ragpark.zh.wording import rx

Span = tuple[int, int, str]

_HAN = "[一-鿿（）()A-Za-z·]"
ASIDE = re.compile(r"[（(][^（）()]{0,20}[）)]")
AROUND = 20  # characters beside a candidate that the tagger sees
_NAMES = ("LOC", "ORG", "PER", "nz", "nw")
_OF_NAMES = (*_NAMES, "n", "vn", "an", "a", "nr")
_PROPER = 10  # characters of a park's name before its form, at most
_OPENING = "（(“《「"


def place_names(squeezed: str, vocabulary: Vocabulary) -> list[str]:
    """Return the places that squeezed text names, in order, with repeats; not those inside other names."""
    return [entity.name for _, _, entity in place_spans(squeezed, vocabulary)]


def places_in(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the places a text is about: not those in brackets or inside another name (`苏州纳米城`, `某（苏州）公司`).

    The place of a source (`据某省统计公报，某市……`) counts only where no other is named.
    """
    squeezed = squeeze(ASIDE.sub("", text))
    told = rx("{told_by}").match(squeezed)
    found: list[str] = []
    source: list[str] = []
    for start, _, entity in place_spans(squeezed, vocabulary):
        (source if told and start < told.end() else found).append(entity.name)
    return tuple(dict.fromkeys(found or source))


def place_spans(squeezed: str, vocabulary: Vocabulary) -> list[tuple[int, int, Entity]]:
    """Return (start, end, entity) for each place in squeezed text that is not part of another name (`苏州纳米城`)."""
    return [found for found in vocabulary.find_entities(squeezed) if not inside_name(squeezed, found[1])]


def inside_name(squeezed: str, end: int) -> bool:
    """Tell whether the name of an organisation goes on after `end`: `苏州|纳米城`; not `苏州工业园区|管委会`."""
    if rx("{office_body}").match(squeezed, end):
        return False
    return bool(rx(rf"(?:(?!{{ends_name}}){_HAN}){{0,16}}?(?:{{organisation_end}})").match(squeezed, end))


def subject_places(squeezed: str, vocabulary: Vocabulary, *, leading: bool = False, whole: bool = False) -> list[Span]:
    """Return (start, end, name) of the places spoken of in squeezed text, in order.

    Leaves out `苏州` in 苏州纳米城, `（苏州）`, `全国` in 占全国的17%, `上海` in 与上海合作 and `全省` in 全省第一; keeps
    苏州市政府. With `leading`, a place at the very beginning counts even inside a name: after `吴中区某某中心成立以来，…`
    the next sentences are about 吴中区.
    With `whole`, a full name counts also before a name (`成都高新区|金融中心`), as in titles.
    """
    found: list[Span] = []
    for start, end, entity in vocabulary.find_entities(squeezed):
        before = squeezed[max(0, start - 12) : start]
        if before.endswith(tuple(_OPENING)) or rx("(?:{told_by_lead})[^，,。；;]*$").search(squeezed, 0, start):
            continue
        if rx("(?:{dealt_with})$").search(before) and not rx("{spoken_of}").match(squeezed, end):
            continue
        if rx("占[^，,。；;]{0,6}$").search(before) or rx("{compared_place}").match(squeezed, end):
            continue
        name = squeezed[start:end]
        full = whole and (name == entity.name or rx("{park_form}$").search(name))  # not 苏州 in 苏州纳米城
        if full or (leading and start <= 1) or not inside_name(squeezed, end):
            found.append((start, end, entity.name))
    return found


def leads_clause(text: str, start: int) -> bool:
    """Tell whether what begins at `start` can be what its clause is about: only times and the like stand before it.

    `2023年，|苏州企业…`, `其中|昆山…`; not `夺得|全省“创新鼎”`, `引进|上海企业5家`.
    """
    before = text[max(0, start - 14) : start]
    return bool(
        rx(
            "(?:^|[，,。；;：:！？“”（）()\\s]|[0-9一二三四五六七八九十]年|[底末初日月度]|月份|半年|{leads_name}|{spoken_by}|与|和)$"
        ).search(before)
    )


def leads_sentence(text: str, start: int) -> bool:
    """Tell whether only a source, a time, or a word that leads to a place stands before it: `2023年，|苏州…`, `而|昆山…`."""
    lead = "(?:{told_by}|[^，,；;。0-9]{1,10}(?:的是?|{in_view_of})[，,])?"  # `与之相对的，`, `从总量来看，`
    time = "(?:[^，,；;。]{0,12}(?:[年月日底末初季度来期份]|{now})[，,]?)?"
    return bool(rx(lead + time + "(?:{spoken_by}|{leads_name})*").fullmatch(text, 0, start))


def parks_named(texts: Sequence[str], vocabulary: Vocabulary, tagger: Tagger) -> list[str]:
    """Return the parks that the texts name and the vocabulary does not know, sorted: told by form and by the tagger.

    `云澜园区`; not `同意园区`, `五大片区`. Only what stands around a candidate is tagged.
    """
    first: dict[str, tuple[str, int, int, bool]] = {}  # what is told apart → around, start and end in it, near
    for line in (line for text in texts for line in text.split("\n")):
        squeezed = squeeze(line)
        known = [(a, b) for a, b, _ in vocabulary.find_entities(squeezed)]
        spans = [(start, start, end) for start, end in parks_by_form(squeezed)]
        spans += [(max(0, form - _PROPER), form, end) for form, end in unbounded_parks(squeezed)]
        for low, start, end in spans:
            if not any(a < end and low < b for a, b in known):
                cut = max(0, start - AROUND)
                around = squeezed[cut : end + AROUND]
                first.setdefault(squeezed[low:end], (around, start - cut, end - cut, low == start))
    tagged = tagger.tag([around for around, *_ in first.values()])
    found: set[str] = set()
    for (around, start, end, near), words in zip(first.values(), tagged, strict=True):
        met = [word.start for word in words if word.tag in _NAMES and word.start < end and start < word.end]
        begin = _begins(words, start) if not near else min(start, met[0]) if met else -1
        if begin >= 0:  # a word of a name stands in it, or it begins where that does: `沈家|门渔港园区`
            found.add(around[begin:end])
    return sorted(found)


def _begins(words: Sequence[Word], form: int) -> int:
    """Return where the name of a park begins whose form stands at `form`, -1 where nothing tells: at the nearest place,
    with only words of a name between and none that narrows before it: `推进|广清经济特别|合作区`; not `美丽|中国先行|区`."""
    before = [word for word in words if word.start < form]
    while before and before[-1].tag in _OF_NAMES and form - before[-1].start <= _PROPER:
        word = before.pop()
        if word.tag == "LOC":
            narrowed = before and before[-1].end == word.start and before[-1].tag in (*_OF_NAMES, "TIME")
            return -1 if narrowed or word.end > form else word.start
    return -1
