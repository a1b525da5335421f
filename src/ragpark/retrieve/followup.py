"""Follow-up questions: one that leans on the question before it is completed with what it leaves out. Searches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from ragpark.retrieve.frame import Edit, Frame, Span, edited, with_words
from ragpark.retrieve.kinds import DEFINITION, FIGURE, LIST, PLACE, kind_of
from ragpark.retrieve.leaning import (
    AND,
    FILLER,
    LIGHT_END,
    MEASURED,
    OWNED,
    OWNED_INDICATORS,
    FollowUp,
    no_subject,
)
from ragpark.retrieve.units import measured
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx, words_of
from ragpark.zh.words import Segmenter

MAX_ELLIPSIS = 16  # characters of a thing named without a question: `那人工智能产业相关企业呢`


@dataclass(frozen=True, slots=True)
class Completed:
    """A follow-up (`typed`) with what it leaves out: `question` can be asked by itself."""

    typed: str
    question: str


_AMONG = "^在?{among_these}的?"
_STILL = "^{others}(?:有|的)?{still_asked}?的?(?:呢|吗|么|没有)?$"
_COMPARED = "^(?:{side_by_side}|较|相比于?|相较于?|比起)(?=.)"
_COMPARED_END = "^(?:的|时|同期)?{compared_end}?[，,]?"
_RELATIVE_CLAUSE = re.compile(r"的(?!比[重例率]|份额|原因|目标|[是有多]|$)[一-鿿]{2}")
_FIGURE_END = "{figure_end}$"
_THING_END = "{thing_end}$"
_PLACE_END = "(?:{zone_end}|{place_end}|新城)$"
_PAIRS = (("收入", "支出"), ("进口", "出口"), ("申请", "授权"), ("新增", "累计"), ("目标", "实际"))
_NUMBERED = re.compile(r"第?[\dA-Za-z一二三四五六七八九十]+(?P<what>[一-鿿]{1,3})")


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
    follow = FollowUp(question, previous, segmenter, vocabulary, today)
    for rule in _RULES:
        text = rule(follow)
        if text is not None:
            text = text.strip()
            new = text.rstrip("?？") not in (question.strip().rstrip("?？"), previous.strip().rstrip("?？"))
            return Completed(question, text) if new else None
    return None


def leans(question: str, segmenter: Segmenter, vocabulary: Vocabulary, *, today: str) -> bool:
    """Tell whether the question cannot stand alone, whatever was asked before it: `那2020年呢？`, `具体有哪些？`."""
    return any(complete(question, probe, segmenter, vocabulary, today=today) for probe in _PROBES)


# The rules, in the order in which they are tried. Each returns the completed question, or None.


def _still(follow: FollowUp) -> str | None:
    """`还有呢？`, `其他的呢`: after `园区有哪些平台？` → `园区还有哪些平台？`."""
    bare = re.sub(r"^那么?", "", follow.whole.text) if follow.that else follow.whole.text
    if not rx(_STILL).match(bare):
        return None
    before = follow.before
    if before.asking and "哪" in before.asking.text and not before.adverbial:
        asking = before.asking
        new = (
            asking.text if "还" in before.text else f"还{asking.text}" if "有" in asking.text else f"还有{asking.text}"
        )
        return edited(before.text, [(asking.start, asking.end, new)]) + before.mark
    return f"{follow.subject([])}还有哪些{follow.whole.mark}"


def _compare(follow: FollowUp) -> str | None:
    """`和2022年相比呢？` → `2022年与2023年园区R&D占比对比`; `跟昆山比呢` → `2023年园区与昆山R&D占比对比`."""
    now, before = follow.now, follow.before
    match = rx(_COMPARED).match(now.text)
    other = next((s for s in (*now.times, *now.places) if match and s.start == match.end()), None)
    if match is None or other is None:
        return None
    rest = now.text[other.end :]
    ending = rx(_COMPARED_END).match(rest)
    tail = rest[ending.end() :] if ending else rest
    if follow.stands(follow.frame(tail)):
        return None
    if other in now.times:
        if not before.years:
            course = [(time.start, time.end, "") for time in before.times]  # 历年
            return f"{follow.subject(course)}与{follow.year_near(other)}对比"
        years = sorted({before.years[-1], *follow.years(follow.year_near(other))})
        edits = follow.put_time("与".join(f"{year}年" for year in years))
    else:
        edits = follow.put_place("与".join((*(p.text for p in before.places[:1]), other.text)))
    if notion("direction_asked").search(tail):
        return follow.joined(follow.subject(edits), tail)
    return edited(before.text, edits) + ("" if before.asking else "对比") + (before.mark if before.asking else "")


def _among(follow: FollowUp) -> str | None:
    """`其中上市的有多少` → `…企业中上市的有多少`; `其中昆山有多少` names another place."""
    match = rx(_AMONG).match(follow.now.text)
    if not match:
        return None
    rest = follow.frame(follow.now.text[match.end() :])
    follow.now = rest
    if (rest.places or rest.times) and not follow.stands(rest):
        return _slots(follow)
    return f"{follow.subject([])}{'' if match[0].startswith('里面') or '里面' in match[0] else '中'}" + (
        f"{'里面' if '里面' in match[0] else ''}{rest.text}{follow.whole.mark}"
    )


def _pronoun(follow: FollowUp) -> str | None:
    """`它有多少家？`, `这个产品是谁推出的`: the pronoun gives way to what it stands for."""
    now = follow.now
    match = notion("pronoun").search(now.text)
    if not match or follow.stands(follow.frame(now.text[: match.start()])):
        return None
    after = now.text[match.end() :]
    spans = [s for s in now.times if s.end <= match.start() or s.start >= match.end()]
    rest = edited(after, [(s.start - match.end(), s.end - match.end(), "") for s in spans if s.start >= match.end()])
    person = match[0][0] in "他她" or match[0].endswith("们")
    owner = follow.subject(follow.time_edits(), rest) if person else follow.owner(follow.time_edits(), rest)
    head = edited(now.text[: match.start()], [(s.start, s.end, "") for s in spans if s.end <= match.start()])
    return f"{head}{owner}{rest}{follow.whole.mark}"


def _then_and_there(follow: FollowUp) -> str | None:
    """`当年上市企业有多少家？` takes the year, `那里有多少上市企业？` the place of the question before."""
    text, before = follow.now.text, follow.before
    if (match := rx("^{that_time}(?:底|度)?").match(text)) and before.times:
        follow.now = follow.frame(text[match.end() :].lstrip("，, "))
        follow.that = True
        return _filled(follow) or _asks_alone(follow)
    place = next((s.text for s in (before.organisation, *before.places) if s), None)
    if (match := rx("^{that_place}").match(text)) and place:
        return f"{place}{text[match.end() :]}{follow.whole.mark}"
    return None


def _slots(follow: FollowUp) -> str | None:
    """`那2020年呢`, `昆山有多少家`: another time or place, and at most an asking word."""
    now = follow.now
    if (
        not (now.times or now.places)
        or follow.stands(now)
        or rx("{dependent_start}").match(now.text)
        or rx(_COMPARED).match(now.text)
    ):
        return None
    free = follow.free(now)
    words = set(follow.words(free))
    if now.places and (words & words_of(OWNED) or (now.asking and kind_of(now.text) in (PLACE, DEFINITION))):
        return None
    used = [*(with_words(now.text, t) for t in now.times), *now.places]
    used += [Span(a.end, b.start, "") for a, b in pairwise(now.times) if AND.fullmatch(now.text[a.end : b.start])]
    tail = now.rest(used).lstrip("的，, ")
    if now.places and words & (words_of("rank_noun") | words_of("rank_verb") | {"排", "占"}):
        return follow.joined(follow.subject(follow.time_edits()), now.text)
    if not tail:
        return edited(follow.before.text, follow.slots()) + (follow.before.mark if follow.before.asking else "")
    return follow.joined(follow.subject(follow.slots(), tail), tail)


def _thing(follow: FollowUp) -> str | None:
    """`那高新技术企业呢`: another subject in the place of the last one."""
    now, before = follow.now, follow.before
    if not follow.elliptic or now.asking or len(now.text) > MAX_ELLIPSIS or not follow.words(now.text):
        return None
    thing = now.rest([*now.times, *now.places]).strip("的，, ")
    if not thing:
        return None
    if not now.indicators and not now.organisation and not follow.names(thing):
        if old := _last_attribute(before):  # 主任, then 副主任; 面积, then 规模
            return edited(before.text, [*follow.slots(), (old.start, old.end, thing)]) + before.mark
        return follow.joined(follow.subject(follow.slots()), thing)
    edits = follow.slots()
    for one, other in (*_PAIRS, *((b, a) for a, b in _PAIRS)):
        if thing == one and other in before.text:
            at = before.text.index(other)
            return edited(before.text, [*edits, (at, at + len(other), one)]) + before.mark
    if (number := _NUMBERED.fullmatch(thing)) and (  # 8号线, then 9号线
        old_number := re.search(rf"第?[\dA-Za-z一二三四五六七八九十]+{number['what']}", before.text)
    ):
        return edited(before.text, [*edits, (*old_number.span(), thing)]) + before.mark
    known = now.indicators[-1][1] if now.indicators else None
    a_kind = known or (not now.organisation and (rx(_THING_END).search(thing) or rx(_FIGURE_END).search(thing)))
    if not a_kind and (before.organisation or before.indicators or rx(_PLACE_END).search(thing)):
        return edited(before.text, [*edits, *follow.put_place(thing)]) + (before.mark if before.asking else "")
    counted = not rx(_FIGURE_END).search(thing) if known is None else _counted(known.units, thing)
    return _with_thing(follow, thing, edits, counted, known.units if known else ())


def _with_thing(follow: FollowUp, thing: str, edits: list[Edit], counted: bool, units: tuple[str, ...]) -> str:
    """Return the question before with the thing in the place of its subject, and asking words that fit it."""
    before, asking = follow.before, follow.before.asking
    target = before.indicators[-1][0] if before.indicators else _noun(before)
    edits = [*edits, (target.start, target.end, thing)]
    figure = kind_of(before.text) == FIGURE or (asking is None and bool(before.indicators))
    if not figure:
        return edited(before.text, edits) + before.mark
    if asking is None:
        text = edited(before.text, edits)
        return text + ("有多少" if counted and not rx(_FIGURE_END).search(text) else "")
    unit = re.search(r"(?:多少|几)(.*)$", asking.text)
    fits = counted and (not units or not unit or not unit[1] or unit[1] in units) if counted else not (unit and unit[1])
    between = before.text[target.end : asking.start]
    if not counted and "有多少" in asking.text:
        fits = False
    elif unit and not unit[1] and (rx(_FIGURE_END).search(between) or between.endswith("目标")):
        fits = True  # 总数目标是多少 fits whatever is counted
    else:
        fits = fits and (not counted or "有" in asking.text or asking.text.startswith("多少"))
    if fits:
        return edited(before.text, edits) + before.mark
    ask = "有多少" if counted else "是多少"
    if before.text[asking.end :].strip("的了"):  # 有多少家X: the asking words move behind the thing
        return edited(before.text, [*edits, (asking.start, asking.end, "")]) + ask + before.mark
    return edited(before.text, [*edits, (asking.start, len(before.text), ask)]) + before.mark


def _noun(frame: Frame) -> Span:
    """Return the thing asked about where it is no known indicator: `奶牛` in `养殖了多少头奶牛`, the end of what stands before."""
    text, asking = frame.text, frame.asking
    if asking and not frame.adverbial and (bare := text[asking.end :].strip("的了呢")):
        start = text.index(bare, asking.end)
        return Span(start, start + len(bare), bare)
    end = len(rx(LIGHT_END).sub("", text[: asking.start])) if asking else len(text)
    heads = [s.end for s in (*frame.times, *frame.places) if s.end < end] + [text.rfind("的", 0, end) + 1]
    start = max(heads)
    return Span(start, end, text[start:end])


def _last_attribute(frame: Frame) -> Span | None:
    """Return the attribute that the frame asks for (`主任` in `园区管委会主任是谁`), where it is not part of an indicator."""
    end = len(rx(LIGHT_END).sub("", frame.text[: frame.asking.start])) if frame.asking else len(frame.text)
    for word in sorted(words_of(OWNED) | words_of(MEASURED), key=lambda word: (-len(word), word)):
        if len(word) > 1 and frame.text.endswith(word, 0, end):
            start = end - len(word)
            inside = any(span.start < end and start < span.end for span, _ in frame.indicators)
            return None if inside else Span(start, end, word)
    return None


def _counted(units: tuple[str, ...], wording: str) -> bool:
    """Tell whether it is asked for with `有多少`: firms and people are, shares, money and named totals are not."""
    return (
        bool(units)
        and units[0] not in {*measured("money_noun"), *measured("rate_asked_noun"), "平方米", "平方公里"}
        and not rx(_FIGURE_END).search(wording)
    )


def _filled(follow: FollowUp) -> str | None:
    """`那上市企业有多少家？` after a question about a year and a place: both go before it."""
    now, before = follow.now, follow.before
    if not follow.that or not now.indicators or now.organisation or kind_of(now.text) not in (FIGURE, LIST):
        return None
    time = before.text[before.times[0].start : before.times[-1].end] if before.times and not now.times else ""
    place = before.places[0].text if before.places and not now.places else ""
    if now.times:
        at = with_words(now.text, now.times[0]).end
        return f"{now.text[:at]}{place}{now.text[at:]}{follow.whole.mark}"
    return f"{time}{place}{now.text}{follow.whole.mark}"


def _depends(follow: FollowUp) -> str | None:
    """`占全市的比重是多少`, `在全国排第几`: begins with what is said of the last subject; not `增长最快的产业是什么`."""
    text = follow.now.text
    if not rx("{dependent_start}").match(text) or _RELATIVE_CLAUSE.search(text):
        return None
    return follow.joined(follow.subject([], text), text)


def _asks_alone(follow: FollowUp) -> str | None:
    """`具体有哪些？`, `为什么？`, `什么时候推出的？`: asks, but names nothing."""
    now, before = follow.now, follow.before
    if now.places or now.organisation or not now.text:
        return None
    names = follow.names(follow.free(now))
    known = [i for _, i in now.indicators if i.name not in OWNED_INDICATORS]
    if (
        known
        or (names and not _verb_only(follow, names))
        or not (now.asking or set(follow.words(now.text)) & no_subject())
    ):
        return None
    if now.asking is None and not (
        set(follow.words(now.text)) & (words_of(FILLER) | words_of(MEASURED) | words_of(OWNED))
    ):
        return None
    if follow.adverb(now.text) and before.adverbial and before.asking:
        post = before.text[before.asking.end :].strip("的了")
        if len(follow.words(post)) > 1:
            return edited(before.text, [(before.asking.start, before.asking.end, now.text)]) + follow.whole.mark
    owned = set(follow.words(now.text)) & words_of(OWNED) or now.indicators
    subject = follow.owner([], now.text) if owned else follow.subject([], now.text)
    return follow.joined(subject, now.text)


def _verb_only(follow: FollowUp, names: list[str]) -> bool:
    """Tell whether one verb is all that is said: `谁提出的`, `怎么认定`; not `谁是局长`, `哪里有孵化器`, `什么是瞪羚`."""
    now = follow.now
    if now.asking is None or not now.adverbial or len(names) != 1 or now.asking.start > 1:
        return False
    return re.fullmatch(rf"(?:才)?{re.escape(names[0])}(?:的|了|吗)?", now.text[now.asking.end :]) is not None


_RULES: tuple[Callable[[FollowUp], str | None], ...] = (
    _still,
    _among,
    _pronoun,
    _then_and_there,
    _compare,
    _slots,
    _thing,
    _filled,
    _depends,
    _asks_alone,
)
