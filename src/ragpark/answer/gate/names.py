"""Names in an answer that its passages do not hold: titles, quotations, places, organisations, persons, codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ragpark.answer.gate.words import short, stem
from ragpark.read.context import places_in
from ragpark.zh.fold import squeeze
from ragpark.zh.tagger import Word
from ragpark.zh.vocabulary import Vocabulary

_QUOTED = re.compile(r"《([^《》]{1,60})》|“([^“”]{1,40})”|‘([^‘’]{1,40})’|「([^「」]{1,40})」")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9&+./:@_-]*[A-Za-z0-9]|[0-9]+[A-Za-z][A-Za-z0-9]*")


def strange_names(
    sentence: str, tagged: Sequence[Word], held: str, vocabulary: Vocabulary, known: Iterable[str] = ()
) -> list[str]:
    """Return the names in the sentence that `held` (folded text of the passages) does not hold, in order.

    A place is known under any of its names (园区 for 苏州工业园区); `known` are full names of places that the passages
    are about. A name that the tagger met may run over its ends: it is known where each two neighbouring characters are.
    """
    found: list[str] = []
    for match in _QUOTED.finditer(sentence):
        quoted = next(group for group in match.groups() if group)
        if squeeze(quoted).strip("，。、；！？") not in held:
            found.append(match[0])
    at_home = set(known)
    inside = [match.span() for match in _QUOTED.finditer(sentence)]
    for word in tagged:
        name = sentence[word.start : word.end].strip()
        if word.tag not in ("PER", "LOC", "ORG") or any(a <= word.start < b for a, b in inside):
            continue
        if not set(places_in(name, vocabulary)) & at_home and not _holds(held, name):
            found.append(name)
    found.extend(name for name in places_in(_QUOTED.sub("　", sentence), vocabulary) if name not in at_home)
    found.extend(foreign_codes(_QUOTED.sub("　", sentence), held, vocabulary))
    return list(dict.fromkeys(found))


def _holds(held: str, name: str) -> bool:
    if short(name) in short(held) or stem(name) in held:
        return True
    parts = re.split(r"[0-9]+", short(name))  # numbers are judged apart
    return all(part[i : i + 2] in short(held) for part in parts for i in range(max(len(part) - 1, 1)))


def foreign_codes(text: str, held: str, vocabulary: Vocabulary) -> list[str]:
    """Return the words in Latin letters that `held` does not hold, under that or another name: `GDP` for 地区生产总值."""
    found: list[str] = []
    indicators = [item for _, _, item in vocabulary.find_indicators(held)]
    named = squeeze("|".join(name for item in indicators for name in (item.name, *item.aliases)))
    for match in _CODE.finditer(text):
        code = squeeze(match[0])
        if not any(word in held for word in (code, *vocabulary.same(code))) and code not in named:
            found.append(match[0])
    return found
