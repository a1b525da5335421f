"""Which facts that ragpark read in a text are fit to be asked about: those that their form vouches for.

The indicator stands beside the figure, is a noun phrase and says enough to ask with. Makes no questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from news import NewsText

from ragpark.records import Fact

NOUNS = frozenset(("n", "nz", "vn", "nw", "an"))  # tags of the tagger
_OPENERS = frozenset(("p", "d", "c", "r", "u", "xc", "w", "f"))  # a noun phrase does not begin with these
_DOWN = re.compile(r"(?:下降|减少|下跌|降低|回落|下滑|降幅|跌幅|减幅|跌|降|缩减|收窄)[了为至达约超近]*$")
_UP = re.compile(r"(?:增长|增加|上升|上涨|提高|增幅|涨幅|增速|涨|升|扩大|新增)[了为达约超近]*$")
_GAP_OF_RATE = re.compile(r"[^\d，。；]{0,6}[\d.]+[^\d，。；、]{1,6}，[^\d，。；、]{0,8}")  # `1720亿元，同比增长`
_GAP = re.compile(r"[^\d，。；、：！？（）()]{0,8}")  # between indicator and figure: `达到`

Words = Mapping[str, Sequence[str]]  # the lists under [fact] in questions.toml


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact fit to be asked about, with its sentence. `place` is the name of whose it is, as printed, or ""."""

    fact: Fact
    sentence: int
    style: str
    place: str


def fit_facts(news: NewsText, words: Words) -> list[Asked]:
    """Return the facts of a text that its form vouches for."""
    text = news.document.text
    found = []
    for fact in news.facts:
        sentence = next((i for i, (a, b) in enumerate(news.spans) if a <= fact.start and fact.end <= b), None)
        if sentence is None or text[fact.start : fact.end] != fact.text or not _named_well(news, sentence, fact, words):
            continue
        style = style_of(fact, text[news.spans[sentence][0] : fact.start], words)
        if style:
            found.append(Asked(fact, sentence, style, _place(news, sentence, fact)))
    return found


def style_of(fact: Fact, before: str, words: Words) -> str:
    """Return which wordings ask for the fact, "" where none do; `before` is its sentence up to the figure."""
    up, down = bool(_UP.search(before)), bool(_DOWN.search(before))
    match fact.kind:
        case "growth" | "increase" if up != down:
            return f"{fact.kind}_{'up' if up else 'down'}"
        case "share":
            ends_as_rate = fact.indicator.endswith(tuple(words["shares"]))
            return "amount" if ends_as_rate else "share" if re.search(r"占(?:比|[^，。；]{0,12}$)", before) else ""
        case "target" | "rank":
            return fact.kind
        case "level" if fact.unit not in words["no_units"] and not up and not down:
            return "count" if fact.unit[0] in words["counted"] and len(fact.unit) < 3 else "amount"
    return ""


def _named_well(news: NewsText, sentence: int, fact: Fact, words: Words) -> bool:
    """Tell whether the indicator is a noun phrase beside the figure, with nothing between them that may mislead."""
    name = fact.indicator
    if not 2 <= len(name) <= 18 or re.search(r"[\d，。；：（(、了说]|^[的和与及为在]", name):
        return False
    if name in words["vague"] or name.endswith(tuple(words["no_endings"])):
        return False
    if fact.unit == "%" and fact.kind == "level" and not name.endswith(tuple(words["rates"])):
        return False
    if news.document.text[fact.start - 1 : fact.start] in ("-", "—", "～", "~"):  # a minus or the end of a range
        return False
    at = _beside(news, sentence, fact)
    if at is None:
        return False
    tagged = news.tagged[sentence]
    first = next((word for word in tagged if word.start <= at < word.end), None)
    last = next((word for word in tagged if word.start < at + len(name) <= word.end), None)
    if first is None or last is None or first.start != at or last.end != at + len(name):
        return False
    return last.tag in NOUNS and first.tag not in _OPENERS and first.end - first.start > 1


def _beside(news: NewsText, sentence: int, fact: Fact) -> int | None:
    """Return where in its sentence the indicator stands right behind the figure or shortly before it, None elsewhere."""
    text, name, (begin, end) = news.document.text, fact.indicator, news.spans[sentence]
    if text[fact.end : end].startswith(name):
        return fact.end - begin
    before = text[begin : fact.start]
    at = before.rfind(name)
    if at < 0:
        return None
    gap = before[at + len(name) :]
    if "分别" in gap:
        return at if _in_order(news, sentence, fact) else None
    near = _GAP.fullmatch(gap) or (fact.kind == "growth" and _GAP_OF_RATE.fullmatch(gap))
    listed = at > 0 and before[at - 1] in "、和与及"  # the last of a list, whose figure may be of all
    return at if near and not listed else None


def _in_order(news: NewsText, sentence: int, fact: Fact) -> bool:
    """Tell whether the figures dealt out by `分别` in the fact's sentence stand in the order of their names."""
    begin, end = news.spans[sentence]
    text = news.document.text[begin:end]
    dealt = text.rfind("分别", 0, fact.start - begin)
    stop = next((i for i in range(fact.end - begin, len(text)) if text[i] in "，；。"), len(text))
    given = [f for f in news.facts if begin + dealt <= f.start and f.end <= begin + stop and f.kind == fact.kind]
    places = [text.rfind(f.indicator, 0, dealt) for f in given]
    return len(given) > 1 and -1 not in places and places == sorted(set(places))


def _place(news: NewsText, sentence: int, fact: Fact) -> str:
    """Return the name of the fact's subject where its own sentence has it before the figure."""
    begin, _ = news.spans[sentence]
    before = news.document.text[begin : fact.start]
    if re.search(r"日[电讯]", before):
        return ""  # the place of a dateline
    names = [
        before[word.start : word.end]
        for word in news.tagged[sentence]
        if word.tag in ("LOC", "ORG") and word.end <= len(before) and word.end - word.start > 1
    ]
    near = [name for name in names if name not in fact.indicator]
    if fact.entity and any(fact.entity.startswith(name) or name.startswith(fact.entity) for name in near):
        return next(name for name in near if fact.entity.startswith(name) or name.startswith(fact.entity))
    return near[0] if len(set(near)) == 1 and not fact.entity else ""


def pool_of(texts: Iterable[NewsText], words: Words) -> dict[str, list[str]]:
    """Return the indicators of each style of question, and the places by their last character, over all texts."""
    found: dict[str, set[str]] = defaultdict(set)
    for news in texts:
        for asked in fit_facts(news, words):
            begin = news.spans[asked.sentence][0]
            at = news.document.text.find(asked.fact.indicator, begin) - begin
            if any(word.start == at and word.tag in (*NOUNS, "LOC", "a", "b") for word in news.tagged[asked.sentence]):
                found["indicator " + asked.style].add(asked.fact.indicator)
            if asked.place:
                found[f"place {asked.place[-1]}"].add(asked.place)
    return defaultdict(list, {key: sorted(names) for key, names in found.items()})
