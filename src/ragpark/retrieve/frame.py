"""A question taken apart into the places where its time, place, organisation, indicator and asking words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ragpark.read.context import place_spans
from ragpark.read.organisations import named
from ragpark.zh.fold import fold_with_offsets
from ragpark.zh.times import find_times, years_asked
from ragpark.zh.vocabulary import Indicator, Vocabulary
from ragpark.zh.wording import rx

Edit = tuple[int, int, str]

_ASKING = "什么[是叫]|{all_adverb}*{asking_lead}?(?:(?P<adverb>[是在于]?{ask_adverb})|(?P<pronoun>{ask_pronoun}))"
_SEQUEL = re.compile(
    r"(?P<before>(?:再[前上]|前|上)一?年(?![级纪龄])(?<!以前年))|(?P<after>次年|翌年|(?:下|后)一年|第二年)"
)
_TIME_WORDS = re.compile(r"(?:截至|截止到?|到|至)?$")
_TIME_END = re.compile(r"年?[底末初](?![层级])|期间|全年")
_ALL_OF = re.compile(r"全(?:[市省区县]|国(?![首第重各性唯前率知一领先最]))(?:平均(?:水平)?)?")
_YEAR_ALONE = re.compile(
    r"(?<![\d.])(?:19|20)\d\d(?![\d.%家人个万亿元件项])|^[012]\d年(?![来内间的后前里以中多时之期要])"
)
_MARKS = re.compile(r"[?？。!！.\s]+$")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the question: `text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A question without its final marks (`mark`), and the spans of its parts, in text order, without overlaps.

    `asking` is the first asking phrase (`有多少家`, `是谁`, `什么是`); `adverbial` says that the sentence around it
    is whole without it (`园区【哪一年】成立了…`). `years` are those it names, ascending.
    """

    text: str
    mark: str
    years: tuple[int, ...]
    times: tuple[Span, ...]
    places: tuple[Span, ...]
    organisation: Span | None
    indicators: tuple[tuple[Span, Indicator], ...]
    asking: Span | None
    adverbial: bool

    def spans(self) -> list[Span]:
        """Return all the parts, asking included."""
        parts = [*self.times, *self.places, *(span for span, _ in self.indicators)]
        return [*parts, *(part for part in (self.organisation, self.asking) if part)]

    def rest(self, spans: Iterable[Span]) -> str:
        """Return the text with the spans cut out."""
        return edited(self.text, [(span.start, span.end, "") for span in spans])


def take_apart(question: str, vocabulary: Vocabulary, today: str) -> Frame:
    """Return the question's parts; `today` (ISO) is what `去年` counts from."""
    text = _MARKS.sub("", question.strip())
    squeezed, offsets = fold_with_offsets(text)
    offsets.append(len(text))

    def span(start: int, end: int) -> Span:
        first, last = offsets[start], offsets[end - 1] + 1
        return Span(first, last, text[first:last])

    times = _times(text)
    named = [(span(start, end), item) for start, end, item in vocabulary.find_indicators(squeezed)]
    organisation = _organisation(text, times)
    if organisation and any(s.start <= organisation.start and organisation.end <= s.end for s, _ in named):
        organisation = None  # 上市公司: a kind of organisation, not one
    inside = [organisation] if organisation else []
    places = [span(start, end) for start, end, _ in place_spans(squeezed, vocabulary)]
    places += [Span(m.start(), m.end(), m[0]) for m in _ALL_OF.finditer(text)]
    indicators = [(where, item) for where, item in named if _apart([where], inside)]
    asking, adverbial = _asking(text, [*times, *(where for where, _ in indicators), *inside])
    return Frame(
        text,
        question.strip()[len(text) :].strip(),
        years_asked(text, today),
        tuple(times),
        tuple(_apart(sorted(places, key=lambda place: (place.start, -place.end)), inside)),
        organisation,
        tuple(indicators),
        asking,
        adverbial,
    )


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with each (start, end, new text) applied; insertions go before what is replaced at the same place,
    and of edits that overlap the first in the text counts."""
    out, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1] > edit[0], -edit[1])):
        if start < at:
            continue
        out.append(text[at:start] + new)
        at = end
    return "".join(out) + text[at:]


def with_words(text: str, span: Span) -> Span:
    """Return a time with the words that belong to it: `截至2023年底` for `2023年`."""
    before = _TIME_WORDS.search(text, 0, span.start)
    after = _TIME_END.match(text, span.end)
    start, end = before.start() if before else span.start, after.end() if after else span.end
    return Span(start, end, text[start:end])


def _times(text: str) -> list[Span]:
    found = [Span(m.start, m.end, m.text) for m in find_times(text, None)]
    for pattern in (_SEQUEL, rx("{over_years}"), _YEAR_ALONE):
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end(), match[0])
            clash = [other for other in found if other.start < span.end and span.start < other.end]
            if all(span.start <= other.start and other.end <= span.end for other in clash):
                found = [other for other in found if other not in clash] + [span]
    return sorted(found, key=lambda span: span.start)


def sequel(text: str) -> int:
    """Return -1 for `上一年`, +1 for `次年`, 0 for a time that does not go by another."""
    match = _SEQUEL.fullmatch(text)
    return 0 if not match else -1 if match["before"] else 1


def _organisation(text: str, times: Sequence[Span]) -> Span | None:
    """Return the organisation that the question begins with, after its time."""
    leading = [span.end for span in (with_words(text, time) for time in times[:1]) if not span.start]
    begin = max(leading, default=0)
    match = named().match(text, begin)
    return Span(match.start(), match.end(), match[0]) if match and not rx(_ASKING).search(match[0]) else None


def _asking(text: str, taken: Sequence[Span]) -> tuple[Span | None, bool]:
    for match in rx(_ASKING).finditer(text):
        span = Span(match.start(), match.end(), match[0])
        if _apart([span], taken):
            return span, match["adverb"] is not None
    return None, False


def _apart(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Return the spans that overlap none of the others, nor one before them."""
    kept: list[Span] = []
    for span in spans:
        if not any(span.start < other.end and other.start < span.end for other in (*others, *kept)):
            kept.append(span)
    return kept
