"""Things that a question names side by side, each with a question of its own; what stands beside a sentence is not read here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ragpark.retrieve.query import Query
from ragpark.retrieve.units import measured
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.times import find_times
from ragpark.zh.wording import notion, rx

Things = tuple[tuple[str, str], ...]  # each thing with the question for it


def side_by_side(text: str, tagger: Tagger) -> tuple[tuple[str, ...], str]:
    """Return the names of a list and what follows it: `甲镇2022年夏粮、秋粮产量` → (`夏粮`, `秋粮`), `产量`; else (), ""."""
    _, names, rest = _row(text, tagger)
    return names, rest.strip().removeprefix("的")


def each_asked(question: str, tagger: Tagger) -> Things:
    """Return the things of which a question asks each alone: `某园区外资、内资各有几家` → 外资 with `某园区外资有几家`, 内资 with
    `某园区内资有几家`; so for `占地面积和总投资`, which asks without a word. () for another question, and for times."""
    together = notion("ask_together").search(question)
    if together is None:
        if who := rx("[是为由]?{ask_person}").search(question):
            return _offices(question, who.start(), tagger)
        if notion("asks").search(question):
            return ()
        head, names, rest = _row(question.rstrip("?？。 "), tagger)
        measured = not rest and all(rx("{figure_noun}$").search(name) for name in names)
        return tuple((name, f"{head}{name}是多少") for name in names) if measured else ()
    asking = question[together.end() :]
    before = question[: together.start()]
    head, names, rest = _row(before, tagger, asking)
    if not names:  # `分别给了甲和乙多少`
        head, names, rest = _row(asking, tagger)
        head, asking = before + head, ""
    if any(find_times(name, None) for name in names):
        return ()
    return tuple((name, f"{head}{name}{rest}{asking}") for name in names)


def years_compared(query: Query) -> tuple[int, ...]:
    """Return the two years that a question for a change lies between: both that it names (`2023年比2020年多几家`), or the one
    and that before it (`2023年比上年多几家`); () for another question, for parts of a year, and where a rate is asked for
    that texts give themselves (`增速`, `比上年增长多少`); not a share, of which points are asked for (`占比比上年提高多少`)."""
    text, years = query.question, query.years
    change = rx("{gap}|{change_up}|{change_down}").search(text) and not rx("{growth_noun}").search(text)
    if query.part or not change or rx("{ask_together}").search(text):
        return ()
    rate = query.units == measured("rate_asked_noun") and not (query.wanted and query.wanted.kind == "share")
    if len(years) == 1 and rx("{compared_with}").search(text) and not rate:
        return years[0] - 1, years[0]
    return years if len(years) == 2 and rx("{than}|[比较]").search(text) else ()


def _offices(question: str, at: int, tagger: Tagger) -> Things:
    """Return the offices named side by side before the place where it is asked who: `某大学校长和书记是谁` → 校长 with
    `某大学校长是谁`, 书记 with `某大学书记是谁`; () for other names."""
    head, names, rest = _row(question[:at], tagger)
    offices = [rx("副?(?:{office}|{person_title})$").search(name) for name in names]
    if rest or not offices or not all(offices):
        return ()
    whose = names[0][: offices[0].start()] if offices[0] else ""
    titles = [office[0] if office else "" for office in offices]
    owned = [name if name != title else whose + name for name, title in zip(names, titles, strict=True)]
    alone = len(set(titles)) == len(titles)
    return tuple(
        (title if alone else name, f"{head}{name}{question[at:]}") for title, name in zip(titles, owned, strict=True)
    )


def compared(question: str, tagger: Tagger, *, places: bool = True) -> Things:
    """Return the two things whose figures a question compares, each with a question for its figure: `重工业占比比轻工业高几个百分点`
    → 重工业 with `重工业占比`, 轻工业 with `轻工业占比`; () for another question, for times, and for two places unless they are told apart here (`places`).

    The other thing stands in the place of what ends as it does: 轻工业 for 重工业, `出口额` for `进口额`; a place in that
    of a place; else of all that stands last: `男的比女的多多少`, unless that is what both are measured by.
    """
    gap = rx("{gap}").search(question)
    than = gap and re.search(
        "(?P<left>.{2,}?)[，,]?[比较](?P<right>[^，,。；;比较]{1,20}?)[要还更]?$", question[: gap.start()]
    )
    moved = gap and any(word.start() < gap.start() < word.end() for word in rx("{rise}|{fall}").finditer(question))
    if not than or moved:  # `提高了多少` is no distance
        return ()
    left, right = (than[side].removesuffix("的") for side in ("left", "right"))
    words, others = tagger.tag([left, right])
    timed = bool(find_times(right, None))
    if timed and not any(word.tag == "v" for word in others):  # `比2022年`, not `比4月底前已开工的`
        return ()
    apart = [word.end for word in words if word.tag in _APART] + [m.end() for m in rx("{park_form}").finditer(left)]
    alike = [(_common_end(left[: word.end], right), word.end) for word in words if word.tag not in _PLACE]
    if all(word.tag in _PLACE for word in others):
        if not places:
            return ()
        start, end = next(((word.start, word.end) for word in reversed(words) if word.tag in _PLACE), (0, 0))
    else:
        size, end = max(alike, default=(0, 0))
        end = end if size else len(left)
        apart = [at for at in apart if left[at : at + 1] not in "，," and not right.endswith(left[at:end])]
        start = max((at for at in apart if at < end), default=0)
        if not size and (rx("{figure_noun}$").search(left) or (len(right) == 1) != (end - start == 1)):
            return ()
    thing = left[start:end]
    if thing in ("", right):
        return ()
    before = rx("(?:{whole_lead})+$").sub("", left[:start]) if timed else left[:start]
    return (thing, left), (right, f"{before}{right}{left[end:]}")


def told_apart(names: Sequence[str]) -> list[str]:
    """Return of each name what tells it from the others, without what all begin or end with: `男生`, `女生` → `男`, `女`."""
    end = min(_common_end(names[0], other) for other in names[1:])
    begin = min(_common_end(names[0][::-1], other[::-1]) for other in names[1:])
    return [name[begin : len(name) - end] or name for name in names]


def which_of_two(question: str, tagger: Tagger) -> Things:
    """Return the two things of which a question asks which has more, each with a question for its figure: `甲和乙两个镇哪个面积大，
    大多少亩` → 甲 with `甲面积多少亩`, 乙 with `乙面积多少亩`; () for another question."""
    which = rx(_WHICH).search(question)
    head, names, _ = _row(which["row"], tagger) if which else ("", (), "")
    if which is None or len(names) != 2:
        return ()
    much = rx("{gap}(?P<much>{ask_number})").search(which["more"])
    return tuple((name, f"{head}{name}{which['measured']}{much['much'] if much else '多少'}") for name in names)


_WHICH = (
    "^(?P<row>[^？?]{3,}?)[里中]?[，,]?(?:谁|哪一?[个家座所](?:{place_end}|[市县区])?)的?(?P<measured>[^，,。；;？?]{2,16}?)"
    "[得更]?{degree}(?=[?？，,]|$)(?P<more>.*)"
)
_NAMES = frozenset("LOC ORG PER".split())
_LISTED = _NAMES | {"f"}  # what may be a name of a list itself: `东部、西部`
_BREAKS = _NAMES | frozenset("TIME w u p f".split())  # what a list of names begins after
_PLACE = ("LOC", "ORG", "ns")
_APART = (*_PLACE, "TIME", "u", "w", "f", "p", "nt")


def _row(text: str, tagger: Tagger, after: str = "") -> tuple[str, tuple[str, ...], str]:
    """Return what stands before a list of names, the names, and what follows; no names for a text without a list.

    The first begins after a verb, unless the last does too; the last ends as the first, or has as many characters, in
    whole words, or is all that is left. A name of one character stands beside one: `男、女人口`. `after` follows the text.
    """
    words = [word for word in _words(text + after, tagger) if word.end <= len(text)]
    joints = [i for i, w in enumerate(words) if w.tag in "wc" and notion("joined_by").fullmatch(text[w.start : w.end])]
    if not joints:
        return text, (), ""
    first, last = words[: joints[0]], words[joints[-1] + 1 :]
    last = last[: next((i for i, word in enumerate(last) if word.tag in "uw"), len(last))]
    breaks = [
        i for i, word in enumerate(first) if word.tag in _BREAKS and not (i == joints[0] - 1 and word.tag in _LISTED)
    ]
    if last and last[0].tag != "v":
        breaks += [i for i, word in enumerate(first[:-1]) if word.tag == "v"]
    breaks += [i for i, word in enumerate(first[:-1]) if rx("{park_form}$").search(text[: word.end])]
    begin = max(breaks, default=-1) + 1
    if not first[begin:] or not last:
        return text, (), ""
    if first[-1].tag == "a" and len(_said(text, first[-1:])) == 1:
        begin = len(first) - 1
    one = _said(text, first[begin:])
    sizes = range(1, len(last))
    size = next((n for n in sizes if _said(text, last[:n])[-1] == one[-1]), 0)
    size = size or next((n for n in sizes if len(_said(text, last[:n])) >= len(one)), len(last))
    end = last[0].start + 1 if len(one) == 1 else last[size - 1].end
    between = [text[words[a].end : words[b].start] for a, b in pairwise(joints)]
    names = (one, *between, text[last[0].start : end])
    return (text[: first[begin].start], names, text[end:]) if all(names) else (text, (), "")


def _words(text: str, tagger: Tagger) -> list[Word]:
    """Return the words of a text; what joins two names is taken out of a word where it stands alone nowhere: `镇【人和】村`."""
    words = list(tagger.tag([text])[0])
    if any(notion("joined_by").fullmatch(text[word.start : word.end]) for word in words):
        return words
    inside = [
        word.start + match.start()
        for word in words
        if word.tag not in _NAMES
        for match in rx("{joined_by}").finditer(text[word.start : word.end])
        if len(match[0]) == 1
    ]
    if not inside:
        return words
    return list(tagger.tag([f"{text[: inside[-1]]}、{text[inside[-1] + 1 :]}"])[0])


def _said(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""


def _common_end(one: str, other: str) -> int:
    """Return how many characters both texts end with."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((size for size, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
