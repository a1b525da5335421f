"""The gate: every sentence of a written answer against the passages it cites. Decides nothing about what is shown.

What is checked, sentence by sentence: citations exist and are there; each figure, unit, qualifier, year and subject is
that of the passage, or follows from its figures; dates, other numbers and names occur; the words are the passage's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.answer.cuts import is_row
from ragpark.answer.gate.claims import Claim, blanked, claims, pairs_plain, subjects
from ragpark.answer.gate.computed import Operand, recompute
from ragpark.answer.gate.dates import date_problems
from ragpark.answer.gate.formulas import find_formulas
from ragpark.answer.gate.names import Words, foreign_codes, strange_names
from ragpark.answer.gate.passages import Passage
from ragpark.answer.gate.sources import Sources, find
from ragpark.answer.gate.values import close
from ragpark.read.sentences import sentences
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import find_quantities
from ragpark.zh.times import TimeMention, find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

CITED = re.compile(r"\s*[\[［【〔]\s*\^?(?:段落)?\s?(\d{1,3}(?:\s?[,，、–—-]\s?\d{1,3})*)\s*[\]］】〕]")
# What an answer says of the documents, not from them: `文档里没有2021年的数据`.
ABSENT = "{absent_source}[^，。；]{0,8}{absent_said}|(?:没有|未能|无法|未){absent_verb}|无(?:相关)?数据"
MIN_SHARED = 0.5  # of the words of a sentence, the least that its passages must hold


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of the answer with its verdict. `text` is as written, citations included.

    `failures` are Chinese sentences, empty for one that passed; `computed` the formulas by which its own figures were
    worked out again; `cited` the numbers it cites; `spans` where its figures stand: (number, start, end) in the document.
    `absence` marks one that only says what the documents do not hold.
    """

    text: str
    ok: bool
    failures: tuple[str, ...]
    cited: tuple[int, ...] = ()
    computed: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, int], ...] = ()
    absence: bool = False
    units: tuple[str, ...] = ()  # of the figures that passed


def check(
    answer: str,
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    words: Words,
    question: str = "",
    years: Sequence[int] = (),
) -> tuple[Checked, ...]:
    """Return the sentences of the answer in order, each checked against the passages.

    `words` cuts a text into words; `years` are those of the question, which a figure without a year is taken to be of;
    what the documents are said not to hold may be named in the words of the question.
    """
    sources = Sources(tuple(passages), vocabulary)
    bare = _blank(answer, CITED)
    times = find_times(bare)
    found: list[Checked] = []
    stated: list[Operand] = []
    last_years: tuple[int, ...] = tuple(years) if len(years) == 1 else ()
    last_subject = ""
    for start, end in _sentences(answer):
        reader = _Reader(sources, words, answer, bare, start, end, times, last_years, last_subject, stated, question)
        checked = reader.run()
        found.append(checked)
        named = [m for m in reader.times if len(m.years) == 1]
        if named:
            last_years = named[-1].years
        if reader.names:
            last_subject = reader.names[-1][1]
        if "\n" in answer[end : end + 2]:
            last_subject = ""
    return tuple(found)


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _sentences(answer: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences; citations after the full stop belong to the sentence before."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(answer):
        while match := CITED.match(answer, start, end):
            if not spans or "\n" in answer[spans[-1][1] : start]:
                break
            spans[-1] = (spans[-1][0], match.end())
            start = match.end()
            while start < end and answer[start] in " 。；，":
                start += 1
        if answer[start:end].strip():
            spans.append((start, end))
    return spans


def numbers_in(text: str) -> list[int]:
    """Return the numbers of citations in order: `[1, 3]` and `[1][3]` → [1, 3], `[1-3]` → [1, 2, 3]."""
    found: list[int] = []
    for match in CITED.finditer(text):
        for part in re.split(r"[,，、]", match[1]):
            ends = [int(n) for n in re.findall(r"\d+", part)]
            if len(ends) == 2 and 0 < ends[1] - ends[0] < 20:
                found.extend(range(ends[0], ends[1] + 1))
            else:
                found.extend(ends)
    return list(dict.fromkeys(found))


class _Reader:
    """One sentence with all that bears on it; `run` gives its verdict."""

    def __init__(
        self, sources: Sources, words: Words, answer: str, bare: str, start: int, end: int,
        times: Sequence[TimeMention], implied: tuple[int, ...], subject: str, stated: list[Operand], question: str = "",
    ) -> None:  # fmt: skip
        self.sources, self.words, self.question = sources, words, question
        self.whole, self.text = answer[start:end], bare[start:end]
        self.start, self.implied, self.subject, self.stated = start, implied, subject, stated
        self.times = [
            TimeMention(m.start - start, m.end - start, m.text, m.years, m.kind, m.origin)
            for m in times
            if start <= m.start < end
        ]
        self.cited = numbers_in(self.whole)
        self.names = subjects(self.text, sources.vocabulary)
        self.failures: list[str] = []
        self.spans: list[tuple[int, int, int]] = []
        self.computed: list[str] = []
        self.units: list[str] = []

    def run(self) -> Checked:
        held = [n for n in self.cited if n in self.sources.by_number]
        for n in self.cited:
            if n not in self.sources.by_number:
                self.failures.append(f"引用的[{n}]不存在")
        self._formulas(held)
        found = claims(self.text, self.sources.vocabulary, None, self.times)
        absence = bool(rx(ABSENT).search(self.text)) and not found
        if absence:
            self._nothing_else()
            return self._result(absence=True)
        if not self.cited:
            if found or self.times:
                self.failures.append("有数字或日期，但没有注明出处")
            elif not re.search(r"[：:]\s*$", self.text):
                self.failures.append("没有注明出处")
            return self._result()
        if held:
            self._figures(found, held)
            self._rest(found, held)
        return self._result()

    def _result(self, absence: bool = False) -> Checked:
        failures = tuple(dict.fromkeys(self.failures))
        return Checked(
            self.whole.strip(), not failures, failures, tuple(self.cited), tuple(self.computed),
            tuple(dict.fromkeys(self.spans)), absence, tuple(self.units),
        )  # fmt: skip

    def _nothing_else(self) -> None:
        """What is said beside `文档里没有……` must be in the words of the question and the passages."""
        folded = self.sources.folded(list(self.sources.by_number)) + squeeze(self.question)
        if strange := foreign_codes(self.text, folded, self.sources.vocabulary):
            self.failures.append(f"“{strange[0]}”在问题和段落里没有出现")
        rest = " ".join(part for part in re.split(r"[，,；;。]", self.text) if not rx(ABSENT).search(part))
        mine = pairs_plain(rest)
        if len(mine) > 2 and sum(pair in folded for pair in mine) / len(mine) < MIN_SHARED:
            self.failures.append("这句话的内容在所引的段落里找不到依据")

    def _formulas(self, held: Sequence[int]) -> None:
        """Work out the formulas again, and blank them: what follows from them is said once."""
        known: list[float] = [float(number) for number in _plain_numbers(self.sources.folded(held))]
        known += [source.claim.quantity.value for source in self.sources.of(held)]
        self.results: list[float] = []
        for formula in find_formulas(self.text, known):
            if formula.problem:
                self.failures.append(formula.problem)
            else:
                self.computed.append(formula.text.strip())
                self.results.append(formula.result)
            self.text = self.text[: formula.start] + "　" * (formula.end - formula.start) + self.text[formula.end :]

    def _groups(self, at: int) -> list[int]:
        """Return what the words at `at` cite: the citations next after them in the sentence, else the last before."""
        groups: list[tuple[int, int, list[int]]] = []
        for match in CITED.finditer(self.whole):
            if groups and match.start() == groups[-1][1]:
                groups[-1] = (groups[-1][0], match.end(), [*groups[-1][2], *numbers_in(match[0])])
            else:
                groups.append((match.start(), match.end(), numbers_in(match[0])))
        later = [group for group in groups if group[0] >= at]
        chosen = later[0] if later else groups[-1]
        return [n for n in chosen[2] if n in self.sources.by_number]

    def _figures(self, found: Sequence[Claim], held: Sequence[int]) -> None:
        unresolved: list[tuple[Claim, str]] = []
        for claim in found:
            numbers = self._groups(claim.quantity.end)
            subject = claim.subject or ("" if self.names else self.subject)
            result = find(claim, claim.years, self.implied, subject, numbers, self.sources)
            if result.problem:
                unresolved.append((claim, result.problem))
                continue
            self.units.append(claim.quantity.unit)
            if result.source:
                self.spans.append((result.source.n, *result.source.span))
                self.stated.append(_operand(claim, claim.years or result.source.claim.years))
            elif result.loose:
                self.spans.append(result.loose)
        for claim, problem in unresolved:
            if any(close(claim.quantity.value, value) or f"{value:g}" in claim.quantity.text for value in self.results):
                self.units.append(claim.quantity.unit)
                continue
            if self._counted(claim, held):
                continue
            formula = (
                recompute(claim, self._clause(claim), self._operands(claim, held))
                if "找不到" in problem or "那里没有说" in problem or "说的是" in problem or "单位不同" in problem
                else ""
            )
            if formula:
                self.computed.append(formula)
                self.units.append(claim.quantity.unit)
            else:
                self.failures.append(problem)

    def _clause(self, claim: Claim) -> str:
        at = claim.quantity.start
        left = max((self.text.rfind(mark, 0, at) for mark in "，,；;。：:"), default=-1) + 1
        return self.text[left:at] + self.text[claim.quantity.end : claim.quantity.end + 8]

    def _operands(self, claim: Claim, held: Sequence[int]) -> list[Operand]:
        """Return what may be reckoned with: figures stated so far, and those of the passages that the sentence is about."""
        mine = claim.words | pairs_plain(self.text)
        years = {year for mention in self.times for year in mention.years}
        extra = [
            _operand(source.claim, source.claim.years or _one(source))
            for source in self.sources.of(held)
            if len(source.claim.words & mine) >= 2
            or (len(years) > 1 and set(source.claim.years) & years and source.claim.words & mine)
        ]
        known = [*self.stated, *extra]
        unique: dict[tuple[float, str, tuple[int, ...]], Operand] = {}
        for operand in known:
            unique.setdefault((operand.value, operand.unit, operand.years), operand)
        return list(unique.values())[:14]

    def _counted(self, claim: Claim, held: Sequence[int]) -> bool:
        """Tell whether a small number counts what is listed: `三个高新区`, `两家：甲、乙`."""
        quantity = claim.quantity
        if not 2 <= quantity.value <= 12 or quantity.text[0] in "0123456789" or claim.qualifier:
            return False
        count = int(quantity.value)
        listed = {
            run.count("、") + 1 + (1 if re.search("[和与及]", run) else 0)
            for run in re.findall(r"[^，,。；;：:]+、[^，,。；;：:]+", self.text)
        }
        listed |= {run.count("、") + 1 for run in re.findall(r"[^，,。；;：:]+、[^，,。；;：:]+", self.text)}
        rows = {
            name
            for n in held
            for s in self.sources.by_number[n].statements
            for _, name in subjects(s.text, self.sources.vocabulary)
        }
        table = [s for n in held for s in self.sources.by_number[n].statements if is_row(s.text)]
        if len(table) == count:
            return True
        after = self.text[quantity.end : quantity.end + 4]
        return count in listed or (
            len([name for name in rows if after[:3] and squeeze(name).endswith(squeeze(after[:3]))]) == count
        )

    def _rest(self, found: Sequence[Claim], held: Sequence[int]) -> None:
        folded = self.sources.folded(held)
        self.failures.extend(
            date_problems(self.text, self.times, found, [(m, self._groups(m.end)) for m in self.times], self.sources)
        )
        self.failures.extend(f"数字“{token}”在所引的段落里找不到" for token in self._tokens(found, folded))
        at_home = {entity.name for _, _, entity in self.sources.vocabulary.find_entities(folded)}
        at_home |= {name for n in held for s in self.sources.by_number[n].statements for name in s.around}
        bare = blanked(
            self.text, [*((m.start, m.end) for m in self.times), *((c.quantity.start, c.quantity.end) for c in found)]
        )
        strange = strange_names(bare, folded, self.sources.vocabulary, self.words, at_home)
        self.failures.extend(f"“{name.strip('“”')}”在所引的段落里没有出现" for name in strange)
        mine = pairs_plain(bare)
        if found or self.times:  # these carry their own proof; the words may be shortened: 绿电 for 绿色电力
            mine = frozenset("".join(mine))
        shared = sum(words in folded for words in mine) / len(mine) if mine else 1.0
        if shared < MIN_SHARED and not self.failures:
            self.failures.append("这句话的内容在所引的段落里找不到依据")

    def _tokens(self, found: Sequence[Claim], folded: str) -> list[str]:
        """Return numbers that are neither figures nor times and do not stand in the passages: `第28批`, `6G`, `三大`."""
        covered = [(c.quantity.start, c.quantity.end) for c in found] + [(m.start, m.end) for m in self.times]
        strange: list[str] = []
        pattern = re.compile(
            r"(?:第\s?)?[0-9０-９]+(?:[.．+,，][0-9０-９]+)*[A-Za-z]*|第[一二三四五六七八九十百]+|"
            r"[二两三四五六七八九十]+(?=[大项个类种条批届期轮])"
        )
        for match in pattern.finditer(self.text):
            if any(a < match.end() and match.start() < b for a, b in covered):
                continue
            token = squeeze(match[0])
            unit = self.text[match.end() : match.end() + 1] if not token[-1].isascii() and token[0] != "第" else ""
            if not re.search(rf"(?<![0-9.]){re.escape(token + unit)}(?![0-9]|\.[0-9])", folded) and not self._listed(
                token
            ):
                strange.append(match[0] + unit)
        return strange

    def _listed(self, token: str) -> bool:
        from ragpark.zh.numbers import numeral

        value = numeral(token.replace("两", "二")) if not token[0].isascii() and token[0] != "第" else None
        runs = re.findall(r"[^，,。；;：:]+、[^，,。；;：:]+", self.text)
        return value is not None and any(value in (run.count("、") + 1, run.count("、") + 2) for run in runs)


def _operand(claim: Claim, years: tuple[int, ...]) -> Operand:
    quantity = claim.quantity
    return Operand(quantity.value, quantity.unit, claim.qualifier, years, quantity.shown)


def _one(source: object) -> tuple[int, ...]:
    statement = source.statement  # type: ignore[attr-defined]
    year = statement.inherited if len(statement.inherited) == 1 else statement.titled
    return tuple(year) if len(year) == 1 else ()


def _plain_numbers(folded: str) -> list[str]:
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", folded))
    return [*numbers, *(f"{q.value:.12g}" for q in find_quantities(folded))]
