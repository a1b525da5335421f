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


def key(text: str) -> tuple[tuple[int, ...], str]:
    """Return the months and days a wording names and its part of a year: `2020年6月30日` → ((6, 30), "")."""
    line = text.translate(NARROW)
    part = _PART.search(line)
    numbers = tuple(
        int(found) if found.isdigit() else int(numeral(found) or 0)
        for groups in _MONTHS.findall(re.sub(r"(?:19|20)[0-9]{2}(?=[-./])", "y0", line))
        for found in groups
        if found
    )
    return numbers, part[0] if part else ""


def date_problems(
    text: str,
    found: Sequence[Reading],
    cited: Sequence[tuple[TimeMention, list[int]]],
    sources: Sources,
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
        months = key(mention.text)
        if months != ((), ""):
            theirs = [(s, m) for s, m in theirs if _same_thing(text, mention, s, m)]
            fits = [
                (s, m)
                for s, m in theirs
                if _covers(key(m.text), months) and (not mention.years or _shares(mention, m, s))
            ]
            if not fits:
                problems.append(f"日期{shown}在所引的{where}里找不到")
                continue
            if not found and (other := _other_event(text, mention, fits, theirs)):
                problems.append(f"{shown}不是这件事的时间，原文是“{other}”")
            continue
        if not mention.years or set(mention.years) & with_figure:
            continue
        known = _years_known(numbers, sources)
        if not set(mention.years) <= known:
            problems.append(f"年份{shown}在所引的{where}里找不到")
        elif len(mention.years) == 1 and not found:
            fits = [(s, m) for s, m in theirs if mention.years[0] in m.years]
            if fits and (other := _other_event(text, mention, fits, theirs)):
                problems.append(f"{shown}不是这件事的时间，原文是“{other}”")
    for year in re.findall(r"(?:比|较)((?:19|20)\d{2})年", text):  # a year compared with is no time of its own
        numbers = [n for _, group in cited for n in group] or [p.n for p in sources.passages]
        known = _years_known(numbers, sources)
        if re.search("上一?年|去年|同比", sources.folded(numbers)):
            known |= {y - 1 for y in known}
        if int(year) not in known and not any(int(year) in r.years for r in found):
            problems.append(f"年份“{year}年”在所引的段落里找不到")
    return problems


def _same_thing(text: str, mine: TimeMention, statement: Statement, theirs: TimeMention) -> bool:
    """Tell whether the two times may be of one thing: `3号线` and `2号线` named before them are two."""
    left, right = marks(text[: mine.start]), marks(statement.text[: theirs.start])
    return not left or not right or bool(left & right)


def _covers(theirs: tuple[tuple[int, ...], str], mine: tuple[tuple[int, ...], str]) -> bool:
    """Tell whether the passage's date holds the answer's: 6月 for 6月30日, not 6月30日 for 6月."""
    return mine[1] == theirs[1] and theirs[0][: len(mine[0])] == mine[0] and (bool(mine[0]) or bool(mine[1]))


def _shares(mine: TimeMention, theirs: TimeMention, statement: Statement) -> bool:
    years = theirs.years or statement.inherited or statement.titled
    return not years or bool(set(mine.years) & set(years))


def _years_known(numbers: Sequence[int], sources: Sources) -> set[int]:
    known = {year for n, _, m in sources.mentions if n in numbers for year in m.years}
    for n in numbers:
        passage = sources.by_number[n]
        known |= {int(y) for y in re.findall(r"(?<![0-9.])((?:19|20)\d{2})(?=年)", passage.folded)}
        if passage.document.date:
            known.add(int(passage.document.date[:4]))
        for statement in passage.statements:
            known |= {*statement.inherited, *statement.titled}
    return known


def _other_event(
    text: str,
    mention: TimeMention,
    fits: Sequence[tuple[Statement, TimeMention]],
    theirs: Sequence[tuple[Statement, TimeMention]],
) -> str:
    """Return the time that the passage gives for the words around the mention, where it is another; else ""."""
    mine = pairs(_clause(text, mention))
    if not mine:
        return ""
    held = frozenset().union(*(pairs(_clause(s.text, m)) for s, m in fits))
    if mine & held:
        return ""
    for statement, other in theirs:
        if (statement, other) in fits or not other.years or set(other.years) & set(mention.years):
            continue
        if mine & pairs(_clause(statement.text, other)):
            return other.text
    return ""


def _clause(text: str, mention: TimeMention) -> str:
    left = max((text.rfind(mark, 0, mention.start) for mark in "，,；;。"), default=-1) + 1
    right = re.match(r"[^，,；;。]*", text[mention.end :])
    return f"{text[left : mention.start]} {right[0] if right else ''}"
