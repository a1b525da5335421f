"""Whether a figure of an answer stands in the passages it cites: same value, year, subject, meaning. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ragpark.answer.gate.claims import Claim, claims, pairs, short
from ragpark.answer.gate.passages import Passage
from ragpark.answer.gate.values import close, same_bound, same_unit, same_value
from ragpark.read.context import OTHER, Statement
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import Quantity, numeral
from ragpark.zh.times import TimeMention, find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx


@dataclass(frozen=True, slots=True)
class Source:
    """A figure of a passage, with the sentence it stands in."""

    n: int
    statement: Statement
    claim: Claim
    before: str  # folded title, headings and text before it in the passage

    @property
    def span(self) -> tuple[int, int]:
        """Where the figure stands in the document's text."""
        at = self.statement.start
        return at + self.claim.quantity.start, at + self.claim.quantity.end

    def year_fits(self, years: Sequence[int]) -> bool:
        """Tell whether the figure is of these years: those said of it, else those its sentence inherits."""
        if self.claim.years:
            return set(self.claim.years) == set(years)
        bare = replace(self.statement, times=())
        return all(bare.year_fit(year) > OTHER for year in years)


@dataclass(frozen=True)
class Sources:
    """Everything the passages say that can be cited, taken apart once for an answer."""

    passages: tuple[Passage, ...]
    vocabulary: Vocabulary

    @cached_property
    def by_number(self) -> dict[int, Passage]:
        return {passage.n: passage for passage in self.passages}

    @cached_property
    def figures(self) -> tuple[Source, ...]:
        found: list[Source] = []
        for passage in self.passages:
            before = squeeze("|".join((passage.title, *passage.headings)))
            for statement in passage.statements:
                reference = passage.date if passage.date else None
                for claim in claims(statement.text, self.vocabulary, reference):
                    found.append(Source(passage.n, statement, claim, before))
                before += statement.own
        return tuple(found)

    @cached_property
    def mentions(self) -> tuple[tuple[int, Statement, TimeMention], ...]:
        """The times the passages name, comparisons (`较2022年`) included, as (number, sentence, mention)."""
        return tuple(
            (passage.n, statement, mention)
            for passage in self.passages
            for statement in passage.statements
            for mention in find_times(statement.text, passage.date)
        )

    def folded(self, numbers: Sequence[int]) -> str:
        return "|".join(self.by_number[n].folded for n in numbers if n in self.by_number)

    def of(self, numbers: Sequence[int]) -> list[Source]:
        return [source for source in self.figures if source.n in numbers]


@dataclass(frozen=True, slots=True)
class Found:
    """What the passages say to a figure: the source, and what is wrong (Chinese; "" where nothing is)."""

    source: Source | None
    problem: str = ""
    loose: tuple[int, int, int] | None = None  # (number, start, end) of words that are no figure to the lexicon


def find(
    claim: Claim, years: Sequence[int], implied: Sequence[int], subject: str, numbers: Sequence[int], sources: Sources
) -> Found:
    """Return the source of a claim in the cited passages, or the reason why none supports it.

    `years` are those said of the figure, `implied` those of the sentence before or of the question: these only rule
    out a source that names another year itself.
    """
    cited = sources.of(numbers)
    same = [s for s in cited if _same(s.claim.quantity, claim.quantity)]
    shown, where = f"“{claim.quantity.text.strip()}”", "".join(f"[{n}]" for n in numbers)
    judged = [(source, _problems(claim, years, implied, subject, source, cited)) for source in same]
    judged.sort(key=lambda item: (len(item[1]), item[0].n, item[0].span))
    if judged and not judged[0][1]:
        return Found(judged[0][0])
    if loose := _loose(claim, numbers, sources):
        return Found(None, "", loose)
    if judged:
        return Found(judged[0][0], f"{shown}：{judged[0][1][0]}")
    other_unit = [s for s in cited if close(s.claim.quantity.value, claim.quantity.value)]
    if other_unit:
        return Found(None, f"{shown}在{where}中是“{other_unit[0].claim.quantity.shown}”，单位不同")
    elsewhere = [s for s in sources.figures if s.n not in numbers and _same(s.claim.quantity, claim.quantity)]
    if elsewhere:
        return Found(None, f"{shown}不在所引的{where}里，出处可能是[{elsewhere[0].n}]")
    return Found(None, f"{shown}在所引的{where}里找不到")


def _same(left: Quantity, right: Quantity) -> bool:
    return same_unit(left.unit, right.unit) and same_value(left, right)


def _problems(
    claim: Claim, years: Sequence[int], implied: Sequence[int], subject: str, source: Source, cited: Sequence[Source]
) -> list[str]:
    """Return what keeps the source from supporting the claim, the worst first."""
    found: list[str] = []
    other = source.claim
    printed = f"[{source.n}]中是“{other.quantity.shown}”"
    if years and not source.year_fits(years):
        said = "、".join(f"{year}年" for year in other.years) or "别的年份"
        found.append(f"{printed}，属于{said}，不是{'、'.join(f'{year}年' for year in years)}")
    elif not years and claim.relative and claim.relative not in source.statement.text:
        found.append(f"“{claim.relative}”指哪一年不明确")
    elif not years and implied and other.years and not set(implied) & set(other.years):
        found.append(f"{printed}，属于{other.years[-1]}年，而上文说的是{implied[-1]}年")
    if subject and not _subject_fits(subject, source):
        found.append(f"{printed}，说的是{other.subject or '别处'}，不是{subject}")
    if not same_bound(claim.qualifier, other.qualifier):
        found.append(_bound_problem(claim.qualifier, other.qualifier, printed))
    if claim.quantity.unit == "位" and not _same_scope(claim.quantity.text, other.quantity.text):
        found.append(f"{printed}，范围不同")
    if other.target and not claim.target:
        found.append(f"{printed}，那是目标，不是已达到的数")
    elif claim.target and not other.target:
        found.append(f"{printed}，那是已达到的数，不是目标")
    if (other.change and claim.change and other.change != claim.change) or (
        other.change and other.change not in claim.changes | {claim.change}
    ):
        found.append(f"{printed}，那是{'增加' if other.change > 0 else '减少'}的数")
    elif claim.change and claim.change not in other.changes | {other.change}:
        found.append(f"{printed}，那里没有说{'增加' if claim.change > 0 else '减少'}")
    if better := _better(claim, years, subject, source, cited):
        found.append(f"{printed}，说的是另一件事；这里说的在原文中是“{better.claim.quantity.shown}”")
    return found


def _bound_problem(said: str, source: str, printed: str) -> str:
    if not said:
        return f"{printed}，不能去掉“{source}”"
    if not source:
        return f"{printed}，原文没有“{said}”"
    return f"{printed}，不能把“{source}”改成“{said}”"


def _same_scope(left: str, right: str) -> bool:
    """Tell whether two ranks are among the same: 全省第三 is not 全国第三; one may leave it unsaid."""
    scopes = [set(rx("{scope_of_rank}").findall(text)) for text in (left, right)]
    return not scopes[0] or not scopes[1] or bool(scopes[0] & scopes[1])


def _subject_fits(subject: str, source: Source) -> bool:
    """Tell whether the figure is about this place: named before it, or inherited where its sentence names none."""
    if source.claim.subject:
        return _same_place(subject, source.claim.subject)
    return any(_same_place(subject, name) for name in source.statement.around) or _stem(subject) in short(source.before)


def _same_place(left: str, right: str) -> bool:
    return left == right or _stem(left) in short(right) or _stem(right) in short(left)


def _stem(name: str) -> str:
    brief = short(name)
    return (
        brief[:-1]
        if len(brief) > 2 and brief[-1] in "市县区省镇" and not brief.endswith(("高新区", "经开区"))
        else brief
    )


def _better(claim: Claim, years: Sequence[int], subject: str, source: Source, cited: Sequence[Source]) -> Source | None:
    """Return another figure that the claim's words fit while they do not fit the source's, or None.

    `上市企业累计74家` where the passage counts 58 listed firms and 74 others. Words that both figures share say nothing.
    """
    mine = claim.words
    if not mine:
        return None
    for other in cited:
        if _same(other.claim.quantity, claim.quantity) or (years and not other.year_fits(years)):
            continue
        if subject and source.claim.subject == subject != other.claim.subject != "":
            continue  # of the place asked about there is this one
        like = same_unit(other.claim.quantity.unit, claim.quantity.unit)
        here, there = source.claim.words, other.claim.words
        for_other, for_source = (mine & there) - here, (mine & here) - there
        strong = len(for_other) >= 2 or mine <= there
        if for_other and strong and not for_source:
            own = other.statement.start != source.statement.start and not any(
                word in source.statement.own for word in for_other
            )
            if like or own:
                return other
        if like and len(for_other) >= 4 * max(len(for_source), 1):
            return other
    return None


_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.]*|[零〇一二两三四五六七八九十百千万亿]+")


def _loose(claim: Claim, numbers: Sequence[int], sources: Sources) -> tuple[int, int, int] | None:
    """Return (number, start, end) where the same number and unit stand as words the lexicon takes for no figure."""
    quantity = claim.quantity
    if not quantity.unit or quantity.value != int(quantity.value) or quantity.value >= 100 or claim.qualifier:
        return None
    taken = {source.span[0]: source for source in sources.of(numbers)}
    for n in numbers:
        for statement in sources.by_number[n].statements if n in sources.by_number else ():
            for match in _NUMBER.finditer(statement.text):
                start = statement.start + match.start()
                if any(a.span[0] <= start < a.span[1] for a in taken.values()):
                    continue
                digits = match[0].translate(str.maketrans("０１２３４５６７８９", "0123456789")).rstrip(".,，")
                value = float(digits) if digits.isdigit() else numeral(match[0])
                if value == quantity.value and statement.text[match.end() :].startswith(quantity.unit):
                    return n, start, statement.start + match.end() + len(quantity.unit)
    return None


def words_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the pairs of characters that carry the meaning of a sentence."""
    return pairs(text, vocabulary)
