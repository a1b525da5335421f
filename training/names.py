"""Questions whose answer is a name, an office, a date or a reason, made from sentences by their form."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from news import NewsText
from passages import passage_with
from questions import Question, pick

_TIME = re.compile(
    r"(?:20\d\d年|今年|去年|昨天|当地时间|北京时间)?"
    r"(?P<day>(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日(?:至(?:\d{1,2}月)?\d{1,2}日)?)"
    r"(?:上午|下午|晚间?|当天|凌晨)?，?"
)
_WHY = re.compile(r"(?:^|(?<=[，。；]))(?:由于|因为|因)(?P<R>[^，。；]{5,32})，(?P<A>[^，。；]{5,26})(?=[，。；])")
_CARRIED = re.compile("该|此|其|这|时$|目前$|[年月日]$")  # the sentence leans on another one
_LEANING = "不并而但且也则将又该其这就"  # a clause that begins so cannot be asked about alone
_HOUSE = frozenset(("ORG", "LOC", "n", "nz", "vn", "nr", "a", "f", "s"))  # tags of words of an office

Span = tuple[int, int]
Absent = tuple[str, tuple[str, ...]]  # a question, and what a passage must not hold for it to have no answer
Found = tuple[str, str, int, int, Absent | None]  # kind, question, start and end of the answer


class Names:
    """Asks about persons and events. `words` are the lists under [form] of questions.toml, `wordings` those of [name]."""

    def __init__(self, words: Mapping[str, list[str]], wordings: Mapping[str, list[str]], rnd: random.Random) -> None:
        self._offices, self._verbs, self._wordings, self._rnd = words["offices"], words["verbs"], wordings, rnd
        self._event = re.compile(
            r"^(?P<A>[^，。；、：]{4,28}?)(?:正式|隆重|顺利|成功|同步|圆满)?"
            rf"(?P<V>{'|'.join(self._verbs)})(?P<rest>[^，。；：]{{0,14}})(?=[，。；])"
        )

    def questions_of(self, news: NewsText, offices: Sequence[str]) -> Iterator[Question]:
        """Yield the questions that the sentences of a text give, and for some of them one it does not answer.

        `offices` are those of all texts: one that the passage does not name is asked for beside its own.
        """
        rnd, seen = self._rnd, set()
        for number in range(len(news.spans)):
            for kind, question, start, end, absent in (
                *self._persons(news, number, offices),
                *self._events(news, number),
            ):
                if question in seen:
                    continue
                seen.add(question)
                passage = passage_with(news, number, rnd)
                asked = question + ("？" if rnd.random() < 0.5 else "")
                yield Question(kind, news.document.doc, asked, passage.text, *passage.span(start, end))
                if absent and rnd.random() < 0.5 and not any(part in passage.text for part in absent[1]):
                    yield Question(f"{kind}/absent", news.document.doc, absent[0], passage.text)

    def offices_of(self, texts: Sequence[NewsText]) -> list[str]:
        """Return all offices that stand before a person in the texts."""
        found = set()
        for news in texts:
            for number, words in enumerate(news.tagged):
                begin = news.spans[number][0]
                for i, word in enumerate(words):
                    if word.tag == "PER" and (span := self._office_before(news, number, i)):
                        found.add(news.document.text[begin + span[0] : begin + span[1]])
        return sorted(found)

    def _office_before(self, news: NewsText, number: int, person: int) -> Span | None:
        """Return the span (in the sentence) of the office that stands right before its word number `person`.

        It runs back over organisations, places and nouns: `铁西区科技局局长` before a name.
        """
        words, (begin, end) = news.tagged[number], news.spans[number]
        first = person
        while first and words[first - 1].tag in _HOUSE:
            first -= 1
        start, stop = words[first].start, words[person].start
        name = news.document.text[begin:end][start:stop]
        return (start, stop) if 4 <= len(name) <= 26 and name.endswith(tuple(self._offices)) else None

    def _persons(self, news: NewsText, number: int, offices: Sequence[str]) -> Iterator[Found]:
        rnd, (begin, end) = self._rnd, news.spans[number]
        text, words = news.document.text[begin:end], news.tagged[number]
        for i, word in enumerate(words):
            if word.tag != "PER" or not 2 <= word.end - word.start <= 12:
                continue
            span = self._office_before(news, number, i)
            if span is None or text[word.end : word.end + 1] in ("、", "和", "·"):
                continue
            office, person = text[span[0] : span[1]], text[word.start : word.end]
            if news.document.text.count(office) > 1:
                continue
            other = rnd.choice(offices)
            if rnd.random() < 0.7:
                absent: Absent = (self._ask("who", O=other), (other, other[-5:]))
                if rnd.random() < 0.4:  # the same house, another office
                    ending = next(end for end in self._offices if office.endswith(end))
                    near = office.removesuffix(ending) + rnd.choice(self._offices[:14])
                    absent = (self._ask("who", O=near), (near, near[-2:]))
                yield "who", self._ask("who", O=office), begin + word.start, begin + word.end, absent
            else:
                stranger = person[0] + rnd.choice("建志晓文国海丽明") + rnd.choice("军华平玲强伟霞东")
                absent = (self._ask("office", N=stranger), (stranger,))
                yield "office", self._ask("office", N=person), begin + span[0], begin + span[1], absent

    def _events(self, news: NewsText, number: int) -> Iterator[Found]:
        begin, end = news.spans[number]
        text = news.document.text[begin:end]
        time = _TIME.match(text)
        at = time.end() if time else 0
        event = self._event.match(text[at:]) if time else None
        if time and event and _clean(event["A"]) and not re.search(r"\d日|记者|新闻", event["A"]):
            verb = (at + event.start("V"), at + event.end("V"))
            if any((word.start, word.end) == verb and word.tag in ("v", "vn") for word in news.tagged[number]):
                what = event["A"].strip()
                asked = self._ask("when", A=what, V=event["V"] + event["rest"])
                other = self._rnd.choice([v for v in self._verbs if v not in text])
                absent = (self._ask("when", A=what, V=other), (other,))
                yield "when", asked, begin + time.start("day"), begin + time.end("day"), absent
        why = _WHY.search(text)
        if why and _clean(why["A"]) and why["A"][0] not in _LEANING and not _CARRIED.search(why["R"] + why["A"]):
            yield "why", self._ask("why", A=why["A"]), begin + why.start("R"), begin + why.end("R"), None

    def _ask(self, kind: str, **given: str) -> str:
        return pick(self._rnd, self._wordings[kind], **given)


def _clean(words: str) -> bool:
    """Tell whether words taken out of their sentence still stand for themselves."""
    return not re.search(r"^[的了和与及在对将也]|[“”《（）()]|^(?:该|此|其|这|本次|以上|记者|当地时间)", words) or (
        words.count("《") == words.count("》") == 1 and words.count("（") == words.count("）") and "“" not in words
    )
