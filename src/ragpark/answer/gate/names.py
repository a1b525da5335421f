"""Names in an answer that its passages do not hold: titles, quotations, places, organisations, persons, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ragpark.answer.gate.claims import short, zone_spans
from ragpark.read.context import places_in
from ragpark.zh.fold import squeeze
from ragpark.zh.surnames import SURNAMES
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

Words = Callable[[str], Sequence[str]]  # cuts a text into words

_QUOTED = re.compile(r"《([^《》]{1,60})》|“([^“”]{1,40})”|‘([^‘’]{1,40})’|「([^「」]{1,40})」")
_OFFICE = (
    r"(?:{office}|{person_title}|{honorific})(?:是|为|由|[:：，、])?\s?"
    rf"(?P<after>[{SURNAMES}][一-鿿]{{1,2}}?)(?=[介说表指强认透宣出任担告称讲兼提等，。、；：（(,;:\s]|$)"
)
_BEFORE_OFFICE = (
    rf"(?:^|(?<=[，。、；：\s据由]))(?P<name>[{SURNAMES}][一-鿿]{{1,2}})"
    r"(?={role_holder_verb}[^，。；]{0,24}(?:{office}|{person_title}))"
)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9&+./:@_-]*[A-Za-z0-9]|[0-9]+[A-Za-z][A-Za-z0-9]*")
_FUNCTION = frozenset("的在由与和及是为对向从被以将把了至到于等该其与如即据和跟随而或有让使给比像在共")


def strange_names(
    sentence: str, held: str, vocabulary: Vocabulary, words: Words, known: Iterable[str] = ()
) -> list[str]:
    """Return the names in the sentence that `held` (folded text of the passages) does not hold, in order.

    A place is known under any of its names (园区 for 苏州工业园区), `known` are full names of places that the
    passages are about; an organisation by its own part (`星芒材料实验室` in `位于某区的星芒材料实验室`).
    """
    found: list[str] = []
    for match in _QUOTED.finditer(sentence):
        quoted = next(group for group in match.groups() if group)
        if squeeze(quoted).strip("，。、；！？") not in held:
            found.append(match[0])
    bare = _QUOTED.sub("　", sentence)
    at_home = set(known)
    for name in places_in(bare, vocabulary):
        if name not in at_home:
            found.append(name)
    for _, name in zone_spans(bare):
        if (
            short(name) not in short(held)
            and not places_in(name, vocabulary)
            and squeeze(name.rstrip("市县区镇")) not in held
        ):
            found.append(name)
    found.extend(_organisations(bare, held, words))
    for pattern, group in ((_OFFICE, "after"), (_BEFORE_OFFICE, "name")):
        for match in rx(pattern).finditer(bare):
            name = match[group]
            if squeeze(name) not in held:
                found.append(name)
    found.extend(foreign_codes(bare, held, vocabulary))
    return list(dict.fromkeys(found))


def foreign_codes(text: str, held: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words in Latin letters that `held` does not hold, under that or another name: `GDP` for 地区生产总值."""
    found: list[str] = []
    for match in _CODE.finditer(text):
        code = squeeze(match[0])
        if (
            code not in held
            and not any(w in held for w in vocabulary.same(code))
            and not _aliased(code, held, vocabulary)
        ):
            found.append(match[0])
    return found


def _aliased(code: str, held: str, vocabulary: Vocabulary) -> bool:
    """Tell whether letters are a part of an indicator's name that the passages give by another: GDP, R&D."""
    return any(code in squeeze("|".join((item.name, *item.aliases))) for _, _, item in vocabulary.find_indicators(held))


def _organisations(text: str, held: str, words: Words) -> list[str]:
    found: list[str] = []
    zones = zone_spans(text)
    for match in rx("{organisation_end}").finditer(text):
        end, start = match.end(), match.start()
        if any(at < end and start < at + len(name) for at, name in zones):
            continue  # `枫桥经开区` is judged as a zone, under its long name too
        if squeeze(text[start:end]) not in held:
            if start and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in _FUNCTION:
                found.append(_whole(text, start, end, words))
            continue
        while start > 0 and "一" <= text[start - 1] <= "鿿" and squeeze(text[start - 1 : end]) in held:
            start -= 1
        if start == 0 or not "一" <= text[start - 1] <= "鿿" or text[start - 1] in _FUNCTION or start == match.start():
            continue  # the whole name is held, or the word stands for itself: `这家公司`
        before = words(text[max(0, start - 8) : end])
        if _cut_at(before, end - start):
            continue
        found.append(_whole(text, start, end, words))
    return found


def _cut_at(words: Sequence[str], length: int) -> bool:
    """Tell whether a word of several characters ends where the last `length` characters begin."""
    total = 0
    for word in reversed(words):
        if total == length:
            return len(word) > 1 or word in _FUNCTION
        total += len(word)
        if total > length:
            return False
    return True


def _whole(text: str, start: int, end: int, words: Words) -> str:
    begin = start
    while begin > 0 and "一" <= text[begin - 1] <= "鿿" and text[begin - 1] not in _FUNCTION and start - begin < 6:
        begin -= 1
    return text[begin:end]
