"""Follow-up questions: one that leans on the question before it is completed with what it leaves out. Searches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ragpark.retrieve.frame import Edit, Frame, Span, edited, sequel, take_apart, with_words
from ragpark.retrieve.kinds import DATE, DEFINITION, FIGURE, LIST, PLACE, kind_of
from ragpark.retrieve.parts import parts_of
from ragpark.zh.times import years_asked
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx, words_of
from ragpark.zh.words import Segmenter

MAX_ELLIPSIS = 16  # characters of a thing named without a question: `那人工智能产业相关企业呢`


@dataclass(frozen=True, slots=True)
class Completed:
    """A follow-up (`typed`) with what it leaves out: `question` can be asked by itself."""

    typed: str
    question: str


_PROBES = ("1999年南极研发投入", "什么是研发投入？")  # any question will do; a leaning one is completed from it


def complete(
    question: str, previous: str, segmenter: Segmenter, vocabulary: Vocabulary, *, today: str
) -> Completed | None:
    """Return the question completed from `previous` (asked just before it), or None where it stands alone.

    After `2023年园区R&D占比`: `那2020年呢？` → `2020年园区R&D占比`, `昆山呢？` → `2023年昆山R&D占比`, `增长了多少？` →
    `2023年园区R&D占比增长了多少？`; `高新技术企业有多少家？` is left alone. `today` (ISO) is what `去年` counts from.
    """
    if not question.strip() or not previous.strip():
        return None
    text = _FollowUp(question, previous, segmenter, vocabulary, today).completed()
    alone = text is None or text.rstrip("?？") in (question.strip().rstrip("?？"), previous.strip().rstrip("?？"))
    return None if text is None or alone else Completed(question, text)


def leans(question: str, segmenter: Segmenter, vocabulary: Vocabulary, *, today: str) -> bool:
    """Tell whether the question cannot stand alone, whatever was asked before it: `那2020年呢？`, `具体有哪些？`."""
    return any(complete(question, probe, segmenter, vocabulary, today=today) for probe in _PROBES)


# The words that name no subject. `那里具体有多少` says nothing of what; `增长了多少` needs a measured thing, `面积多大`
# an owner.
_OWNED = "said_of_owner"


@cache
def _open_words() -> frozenset[str]:
    return words_of("left_open") | words_of("said_of_measure") | words_of(_OWNED)


@cache
def _no_subject() -> frozenset[str]:
    return words_of("stop_word") | _open_words()


_AMONG = "^在?{among_these}的?"
_THEN = "^{that_time}(?:底|度)?[，, ]*"
_STILL = "^{others}(?:有|的)?{still_asked}?的?(?:呢|吗|么|没有)?$"
_COMPARED = "^(?:{side_by_side}|较|相比于?|相较于?|比起)(?=.)"
_COMPARED_END = "^(?:的|时|同期)?{compared_end}?[，,]?"
_LIGHT_END = "{light_end}+$"
_FIGURE_END = "{figure_end}$"
_NUMBER = r"[\dA-Za-z一二三四五六七八九十]"
_CLOSING = re.compile(r"(?:的)?(?P<ne>[呢吧啊呀])$")
_AND = re.compile(r"[和与及至、到，,]?")


class _FollowUp:
    """A question (`now`) and the one before it, taken apart, and the rules by which the first completes the second."""

    def __init__(self, question: str, previous: str, segmenter: Segmenter, vocabulary: Vocabulary, today: str) -> None:
        self._segmenter, self._vocabulary, self._today = segmenter, vocabulary, today
        self.before, whole = self.frame(previous), self.frame(question)
        self.mark, text = whole.mark, whole.text
        self.that = segmenter.words(text[:6])[:1] in (["那"], ["那么"])  # the connective; not 那里, 那些, 那达慕
        text = re.sub("^那么?[，,]?", "", text) if self.that else text
        text = rx("^{connective}[，,]?").sub("", text)
        if self.before.times and (then := rx(_THEN).match(text)):
            self.that, text = True, text[then.end() :]  # `当年上市企业有多少家`
        closing = _CLOSING.search(text)
        self.elliptic = self.that or bool(closing and closing["ne"])
        self.bare = text
        self.now = self.frame(text[: closing.start()] if closing else text)

    def completed(self) -> str | None:
        """Return what the first rule makes of it that catches it; None where none does."""
        rules: tuple[Callable[[], str | None], ...] = (
            self._more, self._among, self._pronoun, self._compared, self._opposite, self._thing, self._filled, self._leaning,
        )  # fmt: skip
        return next((text.strip() for rule in rules if (text := rule()) is not None), None)

    # what its words say

    def frame(self, text: str) -> Frame:
        return take_apart(text, self._vocabulary, self._today)

    def words(self, text: str) -> set[str]:
        """Return the words, phrases that name no subject kept whole: `法定代表人`, which the dictionary cuts in two."""
        whole = set()
        for phrase in sorted((w for w in _no_subject() if len(w) > 2), key=lambda w: (-len(w), w)):
            if phrase in text:
                whole.add(phrase)
                text = text.replace(phrase, "，")
        return whole | set(self._segmenter.words(text))

    def names(self, text: str) -> set[str]:
        """Return the words that name a subject: none in `具体有多少`, one in `上市的有多少`."""
        return {word for word in self.words(text) - _no_subject() if len(word) > 1 or word.isascii()}

    def stands(self, frame: Frame) -> bool:
        """Tell whether the frame names a subject of its own."""
        own = any(item.name not in words_of(_OWNED) for _, item in frame.indicators)
        return own or bool(frame.organisation or self.names(frame.rest(frame.spans())))

    def owned(self, text: str) -> bool:
        return not self.words(text).isdisjoint(words_of(_OWNED))

    def rest(self, spans: Sequence[Span] = ()) -> str:
        """Return the follow-up without its times, with what joins them, and the spans."""
        times = [with_words(self.now.text, time) for time in self.now.times]
        gaps = [Span(a.end, b.start, "") for a, b in pairwise(times)]
        joins = [gap for gap in gaps if _AND.fullmatch(self.now.text, gap.start, gap.end)]
        return self.now.rest([*times, *joins, *spans])

    # what of the question before is replaced

    def slots(self) -> list[Edit]:
        """Return the edits of the question before that put in the times and places of the follow-up."""
        places = self.now.places
        there = self.put_place(self.now.text[places[0].start : places[-1].end]) if places else []
        return [*self.time_edits(), *there]

    def time_edits(self) -> list[Edit]:
        if not self.now.times:
            return []
        first, last = self.now.times[0], self.now.times[-1]
        new = self.year_near(first) or self.now.text[first.start : with_words(self.now.text, last).end]
        years = years_asked(new, self._today)
        if re.fullmatch(r"\d{4}|\d\d年", new) and years:
            new = f"{years[0]}年"
        elif self.before.years and not years and not rx("{over_years}").search(new):
            new = f"{self.before.years[-1]}年{new}"  # `上半年呢`
        return self.put_time(new)

    def year_near(self, span: Span) -> str:
        """Return the year of a time that goes by the question before: `2022年` for `上一年`, "" for others."""
        step = sequel(span.text) if self.before.years else 0
        return f"{self.before.years[0 if step < 0 else -1] + step}年" if step else ""

    def put_time(self, new: str) -> list[Edit]:
        """Return the edits that put the time in place of those of the question before, or at its head."""
        text, spans = self.before.text, self.before.times
        if not spans:
            return [(0, 0, new)]
        end = spans[0].end if new.endswith("年") else with_words(text, spans[0]).end  # `2023年底` for `2020年底`
        edits: list[Edit] = [(spans[0].start, end, new)]
        for one, other in pairwise(spans):
            joined = _AND.fullmatch(text[one.end : other.start])
            edits.append((max(one.end if joined else other.start, end), other.end, ""))
        return edits

    def put_place(self, new: str) -> list[Edit]:
        """Return the edits that put the place in place of that of the question before, or after its time."""
        old = next(iter(self.before.places), self.before.organisation)
        if old:
            return [(old.start, old.end, new)]
        first = with_words(self.before.text, self.before.times[0]) if self.before.times else None
        head = first.end if first and not first.start else 0
        return [(head, head, new)]

    def edited(self, edits: list[Edit]) -> str:
        """Return the question before, edited, with its mark where it asks."""
        return edited(self.before.text, edits) + (self.before.mark if self.before.asking else "")

    # the subject of the question before

    def subject(self, edits: list[Edit], tail: str = "") -> str:
        """Return the question before, edited, as a noun: the first of its parts without its asking words, and without its
        time if `tail` asks for one."""
        before = self.frame(parts_of(self.before.text)[0])
        text, asking = before.text, before.asking
        edits = [edit for edit in (*self.untimed(tail), *edits) if edit[1] <= len(text)]
        if asking:
            made = text[asking.start - 1 : asking.start] in ("了", "过")
            end = asking.end - (made and asking.text.endswith("人"))  # `录用了多少人` → `录用的人`
            bare = text[end:].strip("的了呢")
            if tail and before.adverbial and len(self.words(bare)) == 1:
                end = len(text)  # `8号线什么时候【开通】`
            named = made and bare and not before.adverbial  # `建设了多少个中心` → `建设的中心`
            edits = [*edits, (asking.start - 1, end, "的") if named else (asking.start, end if bare else len(text), "")]
        return rx(_LIGHT_END).sub("", edited(text, edits))

    def untimed(self, tail: str) -> list[Edit]:
        """Return the edits that take the time out of the question before, where the tail asks for one."""
        if kind_of(tail) != DATE or self.now.times:
            return []
        return [(s.start, s.end, "") for s in (with_words(self.before.text, t) for t in self.before.times)]

    def owner(self, edits: list[Edit], tail: str) -> str:
        """Return what `它` stands for: the organisation of the question before, else its subject; after a place's figure,
        the place, where something of its own is asked of it: `它的面积多大` after its GDP."""
        if self.before.organisation:
            return self.before.organisation.text
        if self.before.places and self.owned(tail) and kind_of(self.before.text) == kind_of(tail) == FIGURE:
            end = self.before.places[-1].end
            return edited(self.before.text[:end], [edit for edit in edits if edit[1] <= end])
        return self.subject(edits, tail)

    def joined(self, subject: str, tail: str) -> str:
        """Return the subject with what is asked of it: `…是谁提出的`, `…的单位是什么`."""
        link = "是" if re.match(r"谁.*的$", tail) else "的" if rx("{asked_source}").match(tail) else ""
        return f"{subject}{link}{tail}{self.mark}"

    # The rules, in the order in which they are tried. Each returns the completed question, or None.

    def _more(self) -> str | None:
        """`还有呢？`, `其他的呢`: after `园区有哪些平台？` → `园区平台还有哪些？`."""
        return f"{self.subject([])}还有哪些{self.mark}" if rx(_STILL).match(self.bare) else None

    def _among(self) -> str | None:
        """`其中上市的有多少` → `…企业中上市的有多少`; `其中昆山有多少` names another place, which goes on below."""
        match = rx(_AMONG).match(self.now.text)
        if not match:
            return None
        self.now = self.frame(self.now.text[match.end() :])
        if (self.now.places or self.now.times) and not self.stands(self.now):
            return None
        return f"{self.subject([])}中{self.now.text}{self.mark}"

    def _pronoun(self) -> str | None:
        """`它有多少家？`, `这个产品是谁推出的`, `那里有多少企业`: the pronoun gives way to what it stands for."""
        text = self.rest()
        place = next(iter(self.before.places), self.before.organisation)
        if place and (there := rx("^{that_place}").match(text)):
            return edited(self.now.text, [(0, there.end(), place.text)]) + self.mark
        match = notion("pronoun").search(text)
        if not match or self.stands(self.frame(text[: match.start()])):
            return None
        head, rest = text[: match.start()], text[match.end() :]
        person = match[0][0] in "他她" or match[0].endswith("们")
        owner = self.subject if person else self.owner
        return f"{head}{owner(self.time_edits(), rest)}{rest}{self.mark}"

    def _compared(self) -> str | None:
        """`和2022年相比呢？` → `2022年与2023年园区R&D占比对比`; `跟昆山比呢` → `2023年园区与昆山R&D占比对比`."""
        now, before = self.now, self.before
        match = rx(_COMPARED).match(now.text)
        other = next((s for s in (*now.times, *now.places) if match and s.start == match.end()), None)
        if other is None:
            return None
        tail = rx(_COMPARED_END).sub("", now.text[other.end :])
        if self.stands(self.frame(tail)):
            return None
        if other in now.times:
            new = self.year_near(other) or other.text
            if not before.years:  # 历年, or none
                return f"{self.subject([(t.start, t.end, '') for t in before.times])}与{new}对比"
            years = sorted({before.years[-1], *years_asked(new, self._today)})
            edits = self.put_time("与".join(f"{year}年" for year in years))
        else:
            edits = self.put_place("与".join((*(p.text for p in before.places[:1]), other.text)))
        if notion("direction_asked").search(tail):
            return self.joined(self.subject(edits), tail)
        return self.edited(edits) + ("" if before.asking else "对比")

    def _opposite(self) -> str | None:
        """`支出呢` after a question for 收入, `实际是多少` after one for a target: one word gives way to the other."""
        for said, other in notion("opposite").means.items():
            at = self.before.text.find(other)
            if at >= 0 and self.now.text.startswith(said) and _only_asks(self.frame(self.now.text[len(said) :])):
                return self.edited([*self.slots(), (at, at + len(other), said)])
        return None

    def _thing(self) -> str | None:
        """`那高新技术企业呢`: another subject in the place of the last one; `昆山大学呢`: another organisation."""
        now, before = self.now, self.before
        thing = self.rest(now.places).strip("的，, ")
        if not self.elliptic or now.asking or len(now.text) > MAX_ELLIPSIS or not thing:
            return None
        edits, unnamed = self.slots(), not now.indicators and not now.organisation and not self.names(thing)
        number = re.match(f"第?{_NUMBER}+(?=[一-鿿]{{1,3}}$)", thing)
        if unnamed or number:  # 主任, then 副主任; 8号线, then 9号线
            starts = [number.end()] if number else range(1, len(thing) - 1)
            ending = next((thing[i:] for i in starts if thing[i:] in before.text), "")
            if ending and (old := re.search(f"{_NUMBER}*{re.escape(ending)}", before.text)):
                return self.edited([*edits, (*old.span(), thing)])
        if unnamed:
            return self.joined(self.subject(edits), thing)
        kind = now.indicators or (not now.organisation and rx("(?:{thing_end}|{figure_end})$").search(thing))
        if not kind and (before.organisation or before.indicators or rx("(?:{zone_end}|{place_end})$").search(thing)):
            return self.edited([*edits, *self.put_place(thing)])
        units = now.indicators[-1][1].units if now.indicators else ()
        return self._with_thing(thing, edits, units)

    def _with_thing(self, thing: str, edits: list[Edit], units: tuple[str, ...]) -> str:
        """Return the question before with the thing in the place of its subject, and asking words that fit it."""
        before, asking = self.before, self.before.asking
        target = before.indicators[-1][0] if before.indicators else _noun(before)
        edits = [*edits, (target.start, target.end, thing)]
        counted, figure = not rx(_FIGURE_END).search(thing), before.indicators or kind_of(before.text) == FIGURE
        if asking is None:
            text = edited(before.text, edits)
            return text + ("有多少" if counted and figure and not rx(_FIGURE_END).search(text) else "")
        counter = (re.search("(?:多少|几)(.*)$", asking.text) or [""] * 2)[1]
        if counter:
            fits = counter in units if units else counted
        else:
            fits = asking.text.startswith("多少") or counted == ("有" in asking.text)
        if fits or kind_of(before.text) != FIGURE:
            return self.edited(edits)
        ask = "有多少" if counted else "是多少"
        return edited(before.text, [*edits, (asking.start, asking.end, "")]) + ask + before.mark

    def _filled(self) -> str | None:
        """`那上市企业有多少家？` after a question about a year and a place: both go before it."""
        now, before = self.now, self.before
        if not self.that or not now.indicators or now.organisation or kind_of(now.text) not in (FIGURE, LIST):
            return None
        time = before.text[before.times[0].start : before.times[-1].end] if before.times and not now.times else ""
        place = before.places[0].text if before.places and not now.places else ""
        head = with_words(now.text, now.times[0]).end if now.times else 0
        return edited(now.text, [(head, head, time + place)]) + self.mark

    def _leaning(self) -> str | None:
        """`那2020年呢`, `昆山有多少家`, `占全市的比重是多少`, `具体有哪些？`, `为什么？`: names no subject of its own."""
        now, before, text = self.now, self.before, self.now.text
        words = self.words(text)
        depends = bool(rx("{dependent_start}").match(text))
        if depends:  # not `增长最快的产业是什么`
            leans = "的" not in text or not self.stands(self.frame(text.rpartition("的")[2]))
        elif self.stands(now):
            leans = self._verb_only()
        elif now.times or now.places:  # not `昆山在哪里`
            own = now.places and (self.owned(text) or (now.asking and kind_of(text) in (PLACE, DEFINITION)))
            leans = not own and not rx(_COMPARED).match(text)
        else:
            leans = bool(now.asking or words & _open_words())
        if not leans:
            return None
        ranked = depends or bool(words & (words_of("rank_noun") | words_of("rank_verb") | {"排", "占"}))
        edits = [] if depends else self.time_edits() if ranked else self.slots()
        tail = text if depends else self.rest(() if ranked else now.places).lstrip("的，, ")
        if not tail:
            return self.edited(edits)
        if before.asking and before.adverbial and now.adverbial and _only_asks(now):
            asking = (before.asking.start, before.asking.end, tail)
            return edited(before.text, [*self.untimed(tail), asking]) + self.mark
        return self.joined(self.owner(edits, tail) if self.owned(tail) else self.subject(edits, tail), tail)

    def _verb_only(self) -> bool:
        """Tell whether one verb is all that is said: `谁提出的`, `怎么认定`; not `谁是局长`, `哪里有孵化器`, `什么是瞪羚`."""
        now = self.now
        names = list(self.names(now.rest(now.spans())))
        if now.asking is None or not now.adverbial or now.asking.start > 1 or len(names) != 1:
            return False
        return re.fullmatch(f"才?{re.escape(names[0])}[的了吗]?", now.text[now.asking.end :]) is not None


def _only_asks(frame: Frame) -> bool:
    """Tell whether the text is an asking word, or nothing: `是多少`, `在哪里`; not `谁推出的`."""
    return not frame.rest([frame.asking] if frame.asking else []).strip("的了呢在是")


def _noun(frame: Frame) -> Span:
    """Return the thing asked about where it is no known indicator: `奶牛` in `养殖了多少头奶牛`, the end of what stands before."""
    text, asking = frame.text, frame.asking
    if asking and not frame.adverbial and (bare := text[asking.end :].strip("的了呢")):
        start = text.index(bare, asking.end)
        return Span(start, start + len(bare), bare)
    end = len(rx(_LIGHT_END).sub("", text[: asking.start])) if asking else len(text)
    start = max(s.end for s in (*frame.times, *frame.places, Span(0, text.rfind("的", 0, end) + 1, "")) if s.end <= end)
    return Span(start, end, text[start:end])
