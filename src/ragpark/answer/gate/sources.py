"""Whether a figure of an answer stands in the passages it cites: the readings of both compared field by field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ragpark.answer.cuts import is_row
from ragpark.answer.gate.passages import Passage
from ragpark.answer.gate.values import close, same_bound, same_unit, same_value
from ragpark.answer.gate.words import marks, pairs, same_name, short, stem
from ragpark.read.context import OTHER, Statement
from ragpark.read.readings import Reading, readings
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import numeral
from ragpark.zh.quantity import Quantity
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.times import TimeMention, find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import notion, rx


def words(reading: Reading) -> frozenset[str]:
    """Return what names the figure: the pairs of its indicator, of whose it is, and the indicator's standard name."""
    standard = {f"={reading.standard}"} if reading.standard else set()
    return pairs(reading.indicator) | marks(reading.indicator) | standard


@dataclass(frozen=True, slots=True)
class Source:
    """A figure of a passage as read. `before` is the folded text before its sentence, title and headings first."""

    n: int
    reading: Reading
    before: str

    def year_fits(self, years: Sequence[int]) -> bool:
        """Tell whether the figure is of these years: those said of it, else those its sentence inherits."""
        if self.reading.said:
            return set(self.reading.years) == set(years)
        bare = replace(self.reading.statement, times=())
        return all(year in self.reading.years or bare.year_fit(year) > OTHER for year in years)

    def subject_fits(self, name: str) -> bool:
        """Tell whether the figure is about this place or organisation: as read, or named where the sentence names none."""
        entity, statement = self.reading.entity, self.reading.statement
        if entity and (same_name(name, entity) or self.reading.names_owner):
            return same_name(name, entity)
        known = short(self.before + statement.own)
        return stem(name) in known or any(same_name(name, other) for other in statement.around)


@dataclass(frozen=True)
class Sources:
    """Everything the passages say that can be cited, read once for an answer."""

    passages: tuple[Passage, ...]
    vocabulary: Vocabulary
    tagger: Tagger
    _read: dict[int, list[Source]] = field(default_factory=dict)
    _tagged: dict[int, list[tuple[Statement, Sequence[Word]]]] = field(default_factory=dict)

    @cached_property
    def by_number(self) -> dict[int, Passage]:
        return {passage.n: passage for passage in self.passages}

    def of(self, numbers: Sequence[int]) -> list[Source]:
        """Return the figures of the passages; each passage is read when it is first asked for."""
        return [source for n in numbers if n in self.by_number for source in self._figures(n)]

    def _figures(self, n: int) -> list[Source]:
        if n not in self._read:
            passage, before = self.by_number[n], {}
            told = squeeze("|".join((passage.document.title, *passage.headings)))
            for statement in passage.statements:
                before[statement.start] = "" if is_row(statement.text) else told  # a row is of its own cells
                told += statement.own
            found = readings(passage.document, passage.statements, self.vocabulary, self.tagger)
            self._read[n] = [Source(n, reading, before[reading.statement.start]) for reading in found]
        return self._read[n]

    @cached_property
    def mentions(self) -> tuple[tuple[int, Statement, TimeMention], ...]:
        """The times the passages name, comparisons (`较2022年`) included, as (number, sentence, mention)."""
        return tuple(
            (passage.n, statement, mention)
            for passage in self.passages
            for statement in passage.statements
            for mention in find_times(statement.text, passage.document.date)
        )

    def statements(self, numbers: Sequence[int]) -> list[Statement]:
        return [s for n in numbers if n in self.by_number for s in self.by_number[n].statements]

    def tagged(self, numbers: Sequence[int]) -> list[tuple[Statement, Sequence[Word]]]:
        """Return the statements of the passages with the tagger's words."""
        for n in numbers:
            if n in self.by_number and n not in self._tagged:
                said = self.statements([n])
                self._tagged[n] = list(zip(said, self.tagger.tag([s.plain for s in said]), strict=True))
        return [pair for n in numbers for pair in self._tagged.get(n, ())]

    def folded(self, numbers: Sequence[int]) -> str:
        return "|".join(self.by_number[n].folded for n in numbers if n in self.by_number)


def find(
    reading: Reading, implied: Sequence[int], numbers: Sequence[int], sources: Sources
) -> tuple[Source | None, str]:
    """Return the source of an answer's figure in the cited passages, and what is wrong (Chinese), "" where nothing is.

    `implied` are the years of the sentence before or of the question: these only rule out a source that names another
    year itself.
    """
    cited = sources.of(numbers)
    quantity = reading.quantity
    same = [s for s in cited if _same(s.reading.quantity, quantity)]
    shown, where = f"“{quantity.text.strip()}”", "".join(f"[{n}]" for n in numbers)
    judged = [(source, _problems(reading, implied, source, cited)) for source in same]
    judged.sort(key=lambda item: (len(item[1]), item[0].n, item[0].reading.start))
    if judged:
        source, problems = judged[0]
        return source, f"{shown}：{problems[0]}" if problems else ""
    in_words = re.finditer(rf"[一二两三四五六七八九十百]+(?={re.escape(quantity.unit)})", sources.folded(numbers))
    if quantity.unit and not reading.bound and any(numeral(match[0]) == quantity.value for match in in_words):
        return None, ""  # `有效期三年`
    if other := next((s for s in cited if close(s.reading.quantity.value, quantity.value)), None):
        return None, f"{shown}在{where}中是“{other.reading.quantity.shown}”，单位不同"
    if other := next((s for s in sources.of(list(sources.by_number)) if _same(s.reading.quantity, quantity)), None):
        return None, f"{shown}不在所引的{where}里，出处可能是[{other.n}]"
    return None, f"{shown}在所引的{where}里找不到"


def _same(left: Quantity, right: Quantity) -> bool:
    return same_unit(left.unit, right.unit) and same_value(left, right)


def _problems(mine: Reading, implied: Sequence[int], source: Source, cited: Sequence[Source]) -> list[str]:
    """Return what keeps the source from supporting the figure, field by field, the worst first."""
    found: list[str] = []
    theirs = source.reading
    printed = f"[{source.n}]中是“{theirs.quantity.shown}”"
    if mine.said and mine.years:
        dated = re.search("[月日]", mine.period) and not theirs.said  # `2016年12月通车，全长33公里`: judged as a date
        if not dated and not source.year_fits(mine.years):
            said = "、".join(f"{year}年" for year in theirs.years) or "别的年份"
            found.append(f"{printed}，属于{said}，不是{'、'.join(f'{year}年' for year in mine.years)}")
    elif (vague := _relative(mine)) and vague not in theirs.statement.text:
        found.append(f"“{vague}”指哪一年不明确")
    elif implied and theirs.said and theirs.years and not set(implied) & set(theirs.years):
        found.append(f"{printed}，属于{theirs.years[-1]}年，而上文说的是{implied[-1]}年")
    if mine.entity and not source.subject_fits(mine.entity):
        found.append(f"{printed}，说的是{theirs.entity or '别处'}，不是{mine.entity}")
    if not same_bound(mine.bound, theirs.bound):
        found.append(f"{printed}，" + (f"不能说成“{mine.bound}”" if mine.bound else f"不能去掉“{theirs.bound}”"))
    if mine.quantity.unit == "位" and not _same_scope(mine.quantity.text, theirs.quantity.text):
        found.append(f"{printed}，范围不同")
    if theirs.kind == "target" != mine.kind:
        found.append(f"{printed}，那是目标，不是已达到的数")
    elif mine.kind == "target" != theirs.kind and not notion("scheme_said").search(theirs.clause):
        found.append(f"{printed}，那是已达到的数，不是目标")
    if theirs.way and theirs.way not in mine.ways | {mine.way}:
        found.append(f"{printed}，那是{'增加' if theirs.way > 0 else '减少'}的数")
    elif mine.way and mine.way not in theirs.ways | {theirs.way}:
        found.append(f"{printed}，那里没有说{'增加' if mine.way > 0 else '减少'}")
    if better := _better(mine, source, cited):
        found.append(f"{printed}，说的是另一件事；这里说的在原文中是“{better.reading.quantity.shown}”")
    return found


def _relative(mine: Reading) -> str:
    """Return the `去年` that an answer says of the figure, which only the document's date could tell; "" for none."""
    said = [m for m in mine.statement.times if m.start < mine.quantity.start]
    return said[-1].text if said and said[-1].kind == "relative" and not said[-1].origin else ""


def _same_scope(left: str, right: str) -> bool:
    """Tell whether two ranks are among the same: 全省第三 is not 全国第三; one may leave it unsaid."""
    scopes = [set(rx("{scope_of_rank}").findall(text)) for text in (left, right)]
    return not scopes[0] or not scopes[1] or bool(scopes[0] & scopes[1])


def _better(mine: Reading, source: Source, cited: Sequence[Source]) -> Source | None:
    """Return another figure that the answer's words fit while they do not fit the source's, or None.

    `上市企业累计74家` where the passage counts 58 listed firms and 74 others. Words that both figures share say nothing.
    """
    own = words(mine)
    near = (pairs(mine.window) or pairs(mine.statement.plain[: mine.quantity.start])) - pairs(mine.entity)
    for other in cited if own else ():
        if _same(other.reading.quantity, mine.quantity) or (mine.said and not other.year_fits(mine.years)):
            continue
        if mine.entity and source.subject_fits(mine.entity) and not other.subject_fits(mine.entity):
            continue  # of the place asked about there is this one
        if source.reading.kind == mine.kind != other.reading.kind:
            continue
        like = same_unit(other.reading.quantity.unit, mine.quantity.unit)
        here, there = words(source.reading), words(other.reading)
        for_other, for_source = (own & there) - here, ((own | near) & here) - there
        apart = not any(word in source.reading.statement.own for word in for_other)
        if for_other and not for_source and (len(for_other) >= 2 or own <= there) and (like or apart):
            return other
        if like and own == there != here:  # `出口460亿元` of 进出口 460, where the passage has 出口 312
            return other
        if like and len(for_other) > 2 * max(len(for_source), 1):
            return other
    return None
