"""A follow-up beside the question before it: what the first leaves out, and the second with its parts replaced."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ragpark.retrieve.frame import Edit, Frame, Span, edited, sequel, take_apart, with_words
from ragpark.retrieve.kinds import DATE, FIGURE, kind_of
from ragpark.retrieve.parts import parts_of
from ragpark.zh.times import years_asked
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx, words_of
from ragpark.zh.words import Segmenter

# The words that name no subject. `那里具体有多少` says nothing of what; `增长了多少` needs a measured thing, `面积多大`
# an owner.
FILLER, MEASURED, OWNED = "left_open", "said_of_measure", "said_of_owner"
OWNED_INDICATORS = frozenset({"注册资本", "总投资", "建筑面积", "用地面积", "区域面积"})

_CLOSING = re.compile(r"(?:的)?(?P<ne>[呢吧啊呀])$")
LIGHT_END = "{light_end}+$"
_COURSE = "[：:]|{over_years}(?:的)?|{course}"
AND = re.compile(r"[和与及、至到，,]?")
_MADE = re.compile(r"[了过]$")


@cache
def no_subject() -> frozenset[str]:
    """Return the words that name no subject."""
    return words_of("stop_word") | words_of(FILLER) | words_of(MEASURED) | words_of(OWNED)


@cache
def _phrases() -> re.Pattern[str]:
    """Return the pattern of those that the segmenter cuts in two: `法定代表人`."""
    return re.compile("|".join(sorted((w for w in no_subject() if len(w) > 2), key=lambda w: (-len(w), w))))


class FollowUp:
    """A question and the one before it, taken apart; what the rules below need to know of them."""

    def __init__(self, question: str, previous: str, segmenter: Segmenter, vocabulary: Vocabulary, today: str) -> None:
        self._segmenter, self._vocabulary, self._today = segmenter, vocabulary, today
        self.before = self.frame(previous)
        self.whole = self.frame(question)
        text = self.whole.text
        words = segmenter.words(text[:6])
        self.that = bool(words) and words[0] in ("那", "那么")  # the connective; not 那里, 那些, 那达慕
        if self.that:
            text = re.sub(r"^那么?[，,]?", "", text)
        text = rx("^{connective}[，,]?").sub("", text)
        closing = _CLOSING.search(text)
        self.elliptic = self.that or bool(closing and closing["ne"])
        self.now = self.frame(text[: closing.start()] if closing else text)

    def frame(self, text: str) -> Frame:
        return take_apart(text, self._vocabulary, self._today)

    def years(self, text: str) -> tuple[int, ...]:
        return years_asked(text, self._today)

    def names(self, text: str) -> list[str]:
        """Return the words that name a subject: none in `具体有多少`, one in `上市的有多少`."""
        return [w for w in self.words(text) if w not in no_subject() and (len(w) > 1 or w.isascii())]

    def words(self, text: str) -> list[str]:
        """Return the words, those of the lists above kept whole: `法定代表人`, which the dictionary cuts in two."""
        return [*_phrases().findall(text), *self._segmenter.words(_phrases().sub("，", text))]

    def free(self, frame: Frame) -> str:
        """Return what the frame's text says besides time, place, organisation, indicator and asking words."""
        return frame.rest(frame.spans())

    def stands(self, frame: Frame) -> bool:
        """Tell whether the frame names a subject of its own."""
        indicators = [i for _, i in frame.indicators if i.name not in OWNED_INDICATORS]
        return bool(indicators or frame.organisation or self.names(self.free(frame)))

    def year_near(self, span: Span) -> str:
        """Return the time of a follow-up as it is to be read: `上一年` → `2022年`, `去年` → `2025年`, others as typed."""
        step = sequel(span.text)
        if step and self.before.years:
            return f"{(self.before.years[0] if step < 0 else self.before.years[-1]) + step}年"
        years = years_asked(span.text, self._today)
        if re.fullmatch(r"\d{4}|\d{2}年", span.text) or (
            len(years) == 1 and not re.search(r"[\d〇一二三四五六七八九]", span.text)
        ):
            return f"{years[0]}年" if years else span.text
        return span.text

    # what of the question before is replaced

    def slots(self) -> list[Edit]:
        """Return the edits of the question before that put in the times and places of the follow-up."""
        return [*self.time_edits(), *self.place_edits()]

    def time_edits(self) -> list[Edit]:
        if not self.now.times:
            return []
        text, times = self.now.text, self.now.times
        new = self.year_near(times[0])
        for one, other in pairwise(times):
            between = text[one.end : other.start]
            new += (between if AND.fullmatch(between) else "") + self.year_near(other)
        last = with_words(self.now.text, self.now.times[-1])
        if tail := self.now.text[self.now.times[-1].end : last.end]:
            new += tail
        single = len(years_asked(new, self._today)) == 1
        if not re.search(r"年", new) and not years_asked(new, self._today) and self.before.years:
            new = f"{self.before.years[-1]}年{new}"  # `上半年呢`
        return self.put_time(new, swallow=bool(tail), single=single)

    def put_time(self, new: str, *, swallow: bool = False, single: bool = False) -> list[Edit]:
        """Return the edits that put the time in place of those of the question before, or at its head."""
        text, spans = self.before.text, list(self.before.times)
        if not spans:
            return [(0, 0, new)]
        edits: list[Edit] = []
        if single and (len(spans) > 1 or not self.before.years):  # a course of years gives way to one year
            edits += [(m.start(), m.end(), "") for m in rx(_COURSE).finditer(text)]
            if spans[0].start > 0:
                edits.append((0, 0, new))
                new = ""
        first, end = spans[0], spans[0].end
        for one, other in pairwise(spans):
            if not AND.fullmatch(text[one.end : other.start]):
                edits.append((other.start, other.end, ""))
            else:
                end = max(end, other.end)
        if swallow:
            end = max(end, with_words(text, Span(first.start, end, "")).end)
        return [(first.start, end, new), *edits]

    def place_edits(self) -> list[Edit]:
        if not self.now.places:
            return []
        return self.put_place(self.now.text[self.now.places[0].start : self.now.places[-1].end])

    def put_place(self, new: str) -> list[Edit]:
        """Return the edits that put the place in place of that of the question before, or after its time."""
        before = self.before
        if before.organisation and not before.places:
            return [(before.organisation.start, before.organisation.end, new)]
        if not before.places:
            return [(self.head(), self.head(), new)]
        old = before.places[0]
        for one, other in pairwise(before.places):
            if before.text[one.end : other.start] in ("与", "和", "同", "跟"):
                old = other  # `园区与张家港市…`, then `昆山呢`: the other side
        return [(old.start, old.end, new)]

    def head(self) -> int:
        """Return where a place goes into the question before: after a time that it begins with."""
        if self.before.times:
            first = with_words(self.before.text, self.before.times[0])
            if first.start == 0:
                return first.end
        return 0

    # the subject of the question before

    def subject(self, edits: list[Edit], tail: str = "") -> str:
        """Return the question before, edited, as a noun: without its asking words, and without its time if `tail` asks for one."""
        parts = parts_of(self.before.text)
        before = self.before if len(parts) == 1 else self.frame(parts[0])
        text = before.text
        edits = [edit for edit in edits if edit[1] <= len(text)]
        if tail and kind_of(tail) == DATE and not self.now.times:
            edits = [(s.start, s.end, "") for s in (with_words(text, t) for t in before.times)] + edits
        if tail.startswith("实际"):
            edits = edits + [(m.start(), m.end(), "") for m in re.finditer("目标|计划|规划", text)]
        asking = before.asking
        if asking is None:
            return rx(LIGHT_END).sub("", edited(text, edits))
        pre, post = text[: asking.start], text[asking.end :]
        bare = post.strip("的了呢")
        if not bare:
            made = _MADE.search(pre)
            noun = "的人" if made and asking.text.endswith("人") else ""
            edits.append((asking.start - (1 if made else 0), len(text), noun))
        elif before.adverbial:
            short = len(self.words(bare)) == 1 and tail and not self.adverb(tail)
            edits.append((asking.start, len(text) if short else asking.end, ""))
        else:
            made = _MADE.search(pre)
            edits.append((asking.start - (1 if made else 0), asking.end, "的" if made else ""))
        return rx(LIGHT_END).sub("", edited(text, edits))

    def owner(self, edits: list[Edit], tail: str) -> str:
        """Return what `它` stands for: the organisation of the question before, else its subject.

        Where a figure of a place was asked for, and now another is, that is the place: `它的面积多大` after its GDP.
        """
        before, after = self.before, self.frame(tail)
        another = self.stands(after) or bool(set(self.words(self.free(after))) & words_of(OWNED))
        if before.places and not before.organisation and another and kind_of(before.text) == kind_of(tail) == FIGURE:
            end = before.places[-1].end
            return edited(before.text[:end], [edit for edit in edits if edit[1] <= end])
        return self.before.organisation.text if self.before.organisation else self.subject(edits, tail)

    def adverb(self, tail: str) -> bool:
        """Tell whether the tail is only an adverb that asks: `在哪里`; not `有多长`, `谁推出的`."""
        frame = self.frame(tail)
        return frame.adverbial and only_asks(frame)

    def joined(self, subject: str, tail: str) -> str:
        """Return the subject with what is asked of it: `…是谁提出的`, `…的单位是什么`."""
        if re.match(r"谁.*的$", tail):
            tail = f"是{tail}"
        elif rx("{asked_source}").match(tail):
            tail = f"的{tail}"
        return f"{subject}{tail}{self.whole.mark}"


def only_asks(frame: Frame) -> bool:
    return frame.asking is not None and not frame.rest([frame.asking]).strip("的了呢在是")
