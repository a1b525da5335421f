"""Dates and years of an answer: each must be named by the passage cited, for the event it is said of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.answer.gate.sources import Sources
from ragpark.answer.gate.words import marks, pairs
from ragpark.read.context import Statement
from ragpark.read.readings import Reading
from ragpark.zh.numerals import numeral
from ragpark.zh.quantity import NARROW
from ragpark.zh.times import TimeMention

_MONTHS = re.compile(
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?=[月日])|(?<=[0-9][-./])([0-9]{1,2})|([0-9]{1,2})(?=\s?(?:[—–~～至到-]+|、)\s?[0-9]{1,2}月)"
)
_PART = re.compile(r"上半年|下半年|[前第]?[一二三四1-4]个?季度")

Named = tuple[Statement, TimeMention]


def key(text: str) -> tuple[tuple[int, ...], str]:
    """Return the months and days a wording names and its part of a year: `2020年6月30日` → ((6, 30), "")."""
    line = re.sub(r"(?:19|20)[0-9]{2}(?=[-./])", "y0", text.translate(NARROW))
    part = _PART.search(line)
    found = ["".join(groups) for groups in _MONTHS.findall(line)]
    return tuple(int(n) if n.isdigit() else int(numeral(n) or 0) for n in found), part[0] if part else ""


def date_problems(
    text: str, found: Sequence[Reading], cited: Sequence[tuple[TimeMention, list[int]]], sources: Sources
) -> list[str]:
    """Return what is wrong with the times of a sentence, as Chinese sentences.

    A year said of a figure was judged with it; any other year, month and day must be named in a passage cited, and
    not be that of another event there.
    """
    with_figure = {year for reading in found if reading.said for year in reading.years}
    problems: list[str] = []
    for mention, numbers in cited:
        shown, where = f"“{mention.text}”", "".join(f"[{n}]" for n in numbers)
        theirs = [(s, m) for n, s, m in sources.mentions if n in numbers]
        dated = key(mention.text) != ((), "")
        if dated:
            theirs = [named for named in theirs if _same_thing(text, mention, named)]
            fits = [named for named in theirs if _covers(named, mention)]
        elif mention.years and not set(mention.years) & with_figure:
            fits = [(s, m) for s, m in theirs if len(mention.years) == 1 and mention.years[0] in m.years]
        else:
            continue
        if not fits if dated else not set(mention.years) <= _years_known(numbers, sources):
            problems.append(f"{'日期' if dated else '年份'}{shown}在所引的{where}里找不到")
        elif fits and not found and (other := _other_event(text, mention, fits, theirs)):
            problems.append(f"{shown}不是这件事的时间，原文是“{other}”")
    for year in re.findall(r"(?:比|较)((?:19|20)\d{2})年", text):  # a year compared with is no time of its own
        numbers = [n for _, group in cited for n in group] or [p.n for p in sources.passages]
        known = _years_known(numbers, sources)
        if re.search("上一?年|去年|同比", sources.folded(numbers)):
            known |= {y - 1 for y in known}
        if int(year) not in known and not any(int(year) in r.years for r in found):
            problems.append(f"年份“{year}年”在所引的段落里找不到")
    return problems


def _same_thing(text: str, mine: TimeMention, named: Named) -> bool:
    """Tell whether the two times may be of one thing: `3号线` and `2号线` named before them are two."""
    left, right = marks(text[: mine.start]), marks(named[0].text[: named[1].start])
    return not left or not right or bool(left & right)


def _covers(named: Named, mine: TimeMention) -> bool:
    """Tell whether the passage's date holds the answer's: `6月30日` holds `6月`, not `6月` `6月30日`."""
    (theirs, part), (own, own_part) = key(named[1].text), key(mine.text)
    years = named[1].years or named[0].inherited or named[0].titled
    same_year = not mine.years or not years or bool(set(mine.years) & set(years))
    return part == own_part and theirs[: len(own)] == own and same_year


def _years_known(numbers: Sequence[int], sources: Sources) -> set[int]:
    known = {year for n, _, m in sources.mentions if n in numbers for year in m.years}
    known |= {int(year) for year in re.findall(r"(?<![0-9.])((?:19|20)\d{2})(?=年)", sources.folded(numbers))}
    known |= {int(date[:4]) for n in numbers if (date := sources.by_number[n].document.date)}
    return known.union(*((*statement.inherited, *statement.titled) for statement in sources.statements(numbers)))


def _other_event(text: str, mention: TimeMention, fits: Sequence[Named], theirs: Sequence[Named]) -> str:
    """Return the time that the passage gives for the words around the mention, where it is another; else ""."""
    mine = _around(text, mention)
    if mine & frozenset().union(*(_around(s.text, m) for s, m in fits)):
        return ""
    others = [(s, m) for s, m in theirs if m.years and (s, m) not in fits and not set(m.years) & set(mention.years)]
    return next((m.text for s, m in others if mine & _around(s.text, m)), "")


def _around(text: str, mention: TimeMention) -> frozenset[str]:
    """Return the pairs of characters of the clause around a time."""
    left = max((text.rfind(mark, 0, mention.start) for mark in "，,；;。"), default=-1) + 1
    right = re.match(r"[^，,；;。]*", text[mention.end :])
    return pairs(f"{text[left : mention.start]} {right[0] if right else ''}")
