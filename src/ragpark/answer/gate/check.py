"""The gate: every sentence of a written answer against the passages it cites. Decides nothing about what is shown.

What is checked, sentence by sentence: citations exist and are there; each figure agrees with its reading in the
passage, or follows from its figures; dates, other numbers and names occur; who does what, what is denied, and what is
called the most are told alike; the words are the passage's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ragpark.answer.cuts import is_row
from ragpark.answer.gate.computed import recompute
from ragpark.answer.gate.dates import date_problems
from ragpark.answer.gate.formulas import find_formulas
from ragpark.answer.gate.names import foreign_codes, strange_names
from ragpark.answer.gate.passages import Passage
from ragpark.answer.gate.sources import Source, Sources, find, words
from ragpark.answer.gate.told import Telling, told_problems
from ragpark.answer.gate.values import close
from ragpark.answer.gate.words import marks, pairs
from ragpark.read.readings import Reading, read_text
from ragpark.read.relations import extremes
from ragpark.read.sentences import sentences
from ragpark.zh.fold import squeeze
from ragpark.zh.numbers import find_quantities, numeral
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.times import TimeMention, find_times
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx

CITED = re.compile(r"\s*[\[［【〔]\s*\^?(?:段落)?\s?(\d{1,3}(?:\s?[,，、–—-]\s?\d{1,3})*)\s*[\]］】〕]")
# What an answer says of the documents, not from them: `文档里没有2021年的数据`.
ABSENT = "{absent_source}[^，。；]{0,8}{absent_said}|(?:没有|未能|无法|未){absent_verb}|无(?:相关)?数据"
MIN_SHARED = 0.5  # of the words of a sentence, the least that its passages must hold
MAX_OPERANDS = 14
# `第28批`, `6G`, `三大`: numbers that are neither figures nor times
_TOKEN = re.compile(
    r"(?:第\s?)?[0-9０-９]+(?:[.．+,，][0-9０-９]+)*[A-Za-z]*|第[一二三四五六七八九十百]+|"
    r"[二两三四五六七八九十]+(?=[大项个类种条批届期轮])"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence of the answer with its verdict. `text` is as written, citations included.

    `failures` are Chinese sentences, empty for one that passed; `computed` the formulas by which its own figures were
    worked out again; `cited` the numbers it cites; `spans` where its figures stand: (number, start, end) in the document.
    `absence` marks one that only says what the documents do not hold; `units` are those of the figures that passed.
    """

    text: str
    ok: bool
    failures: tuple[str, ...]
    cited: tuple[int, ...] = ()
    computed: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, int], ...] = ()
    absence: bool = False
    units: tuple[str, ...] = ()


def check(
    answer: str,
    passages: Sequence[Passage],
    vocabulary: Vocabulary,
    tagger: Tagger,
    question: str = "",
    years: Sequence[int] = (),
) -> tuple[Checked, ...]:
    """Return the sentences of the answer in order, each checked against the passages.

    `years` are those of the question, which a figure without a year is taken to be of; what the documents are said not
    to hold may be named in the words of the question.
    """
    home = {term: name for passage in passages for term, name in passage.document.home.items()}
    vocabulary = vocabulary.at_home(home)
    sources = Sources(tuple(passages), vocabulary, tagger)
    bare = CITED.sub(lambda match: " " * len(match[0]), answer)
    times = find_times(bare)
    about = {passage.document.subject for passage in passages}
    subject = about.pop() if len(about) == 1 else ""
    read = read_text(bare, subject, home, vocabulary, tagger)
    read = [r if r.entity != subject or r.names_owner else replace(r, entity="") for r in read]
    spans = _sentences(answer)
    tagged = tagger.tag([bare[start:end] for start, end in spans])
    found: list[Checked] = []
    stated: list[Reading] = []
    implied: tuple[int, ...] = tuple(years) if len(years) == 1 else ()
    for (start, end), words_of_it in zip(spans, tagged, strict=True):
        own = [replace(m, start=m.start - start, end=m.end - start) for m in times if start <= m.start < end]
        figures = [reading for reading in read if start <= reading.start < end]
        sentence = _Sentence(answer[start:end], bare[start:end], start, own, figures, words_of_it, sources)
        found.append(sentence.checked(implied, stated, question))
        implied = next((m.years for m in reversed(own) if len(m.years) == 1), implied)
    return tuple(found)


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


class _Sentence:
    """One sentence with all that bears on it; offsets of `times` and `tagged` are into it, `start` is its own."""

    def __init__(
        self, whole: str, text: str, start: int, times: Sequence[TimeMention], figures: Sequence[Reading],
        tagged: Sequence[Word], sources: Sources,
    ) -> None:  # fmt: skip
        self.whole, self.text, self.start, self.times, self.tagged = whole, text, start, times, tagged
        self.sources, self.figures = sources, list(figures)
        self.cited = numbers_in(whole)
        self.held = [n for n in self.cited if n in sources.by_number]
        self.folded = sources.folded(self.held)
        self.failures = [f"引用的[{n}]不存在" for n in self.cited if n not in sources.by_number]
        self.spans: list[tuple[int, int, int]] = []
        self.found: list[tuple[Reading, Source | None]] = []
        self.computed: list[str] = []
        self.units: list[str] = []
        self.results: list[float] = []

    def checked(self, implied: Sequence[int], stated: list[Reading], question: str) -> Checked:
        """Return the verdict; the figures found are added to `stated`, to be reckoned with in what follows."""
        self._formulas()
        absence = bool(rx(ABSENT).search(self.text)) and not self.figures
        if absence:
            self._nothing_else(question)
        elif not self.cited:
            told = self.figures or self.times
            if told or not re.search(r"[：:]\s*$", self.text):
                self.failures.append("有数字或日期，但没有注明出处" if told else "没有注明出处")
        elif self.held:
            self._judge_figures(implied, stated)
            self._judge_rest()
        failures = tuple(dict.fromkeys(self.failures))
        return Checked(
            self.whole.strip(), not failures, failures, tuple(self.cited), tuple(self.computed),
            tuple(dict.fromkeys(self.spans)), absence, tuple(self.units),
        )  # fmt: skip

    def _nothing_else(self, question: str) -> None:
        """What is said beside `文档里没有……` must be in the words of the question and the passages."""
        folded = self.sources.folded(list(self.sources.by_number)) + squeeze(question)
        if strange := foreign_codes(self.text, folded, self.sources.vocabulary):
            self.failures.append(f"“{strange[0]}”在问题和段落里没有出现")
        rest = " ".join(part for part in re.split(r"[，,；;。]", self.text) if not rx(ABSENT).search(part))
        mine = pairs(rest)
        if len(mine) > 2 and sum(pair in folded for pair in mine) / len(mine) < MIN_SHARED:
            self.failures.append("这句话的内容在所引的段落里找不到依据")

    def _formulas(self) -> None:
        """Work out the formulas again, and leave out their figures: what follows from them is said once."""
        known: list[float] = [float(number) for number in _plain_numbers(self.folded)]
        known += [source.reading.quantity.value for source in self.sources.of(self.held)]
        for formula in find_formulas(self.text, known):
            if formula.problem:
                self.failures.append(formula.problem)
            else:
                self.computed.append(formula.text.strip())
                self.results.append(formula.result)
            low, high = self.start + formula.start, self.start + formula.end
            self.figures = [r for r in self.figures if not (low <= r.start < high)]
            self.text = _blanked(self.text, [(formula.start, formula.end)])

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

    def _judge_figures(self, implied: Sequence[int], stated: list[Reading]) -> None:
        unresolved: list[tuple[Reading, str]] = []
        for reading in self.figures:
            source, problem = find(reading, implied, self._groups(reading.end - self.start), self.sources)
            if problem:
                unresolved.append((reading, problem))
                continue
            self.found.append((reading, source))
            self.units.append(reading.quantity.unit)
            if source:
                self.spans.append((source.n, source.reading.start, source.reading.end))
                stated.append(reading if reading.said else replace(reading, years=source.reading.years))
        for reading, problem in unresolved:
            value, text = reading.quantity.value, reading.quantity.text
            if reading.quantity.unit == "位" and extremes(text):
                continue  # `居各区第一`: judged as 最高
            known = any(close(value, result) or f"{result:g}" in text for result in self.results)
            counted = known or self._counted(reading)
            formula = "" if counted else recompute(reading, self._operands(stated))
            if not counted and not formula:
                self.failures.append(problem)
                continue
            self.units.append(reading.quantity.unit)
            self.computed += [formula] if formula else []

    def _operands(self, stated: Sequence[Reading]) -> list[Reading]:
        """Return what may be reckoned with: figures stated so far, and those of the passages that the sentence is about."""
        mine = (pairs(self.text) | marks(self.text)).union(*(words(reading) for reading in self.figures))
        years = {year for mention in self.times for year in mention.years}
        extra = [
            source.reading
            for source in self.sources.of(self.held)
            if len(words(source.reading) & mine) >= 2
            or (len(years) > 1 and set(source.reading.years) & years and words(source.reading) & mine)
        ]
        unique = {(r.quantity.value, r.quantity.unit, r.years): r for r in reversed((*stated, *extra))}
        return list(reversed(unique.values()))[:MAX_OPERANDS]

    def _counted(self, reading: Reading) -> bool:
        """Tell whether a small number counts what is listed or the rows of a table: `三个高新区`, `两家：甲、乙`."""
        quantity = reading.quantity
        if not 2 <= quantity.value <= 12 or quantity.text[0].isdigit() or reading.bound:
            return False
        rows = sum(is_row(statement.text) for statement in self.sources.statements(self.held))
        return quantity.value in (rows, *self._lengths())

    def _lengths(self) -> set[int]:
        """Return how many things the lists of the sentence may name: `甲、乙和丙` two or three."""
        runs = re.findall(r"[^，,。；;：:]+、[^，,。；;：:]+", self.text)
        return {run.count("、") + n for run in runs for n in ((1, 2) if re.search("[和与及]", run) else (1,))}

    def _judge_rest(self) -> None:
        held, vocabulary = self.held, self.sources.vocabulary
        cited = [(mention, self._groups(mention.end)) for mention in self.times]
        self.failures.extend(date_problems(self.text, self.figures, cited, self.sources))
        figures = [(r.start - self.start, r.end - self.start) for r in self.figures]
        covered = [*((m.start, m.end) for m in self.times), *figures]
        judged = [*covered, *((a, b) for a, b, _ in extremes(self.text))]
        self.failures.extend(f"数字“{token}”在所引的段落里找不到" for token in self._tokens(judged))
        at_home = {entity.name for _, _, entity in vocabulary.find_entities(self.folded)}
        at_home |= {name for statement in self.sources.statements(held) for name in statement.around}
        bare = _blanked(self.text, covered)
        strange = strange_names(bare, self.tagged, self.folded, vocabulary, at_home)
        self.failures.extend(f"“{name.strip('“”')}”在所引的段落里没有出现" for name in strange)
        mine = pairs(bare)
        telling = Telling(self.text, self.start, self.tagged, self.found)
        self.failures.extend(told_problems(telling, self.sources.tagged(held), self.sources.of(held)))
        if covered:  # these carry their own proof; the words may be shortened: 绿电 for 绿色电力
            mine = frozenset("".join(mine))
        if mine and sum(word in self.folded for word in mine) / len(mine) < MIN_SHARED and not self.failures:
            self.failures.append("这句话的内容在所引的段落里找不到依据")

    def _tokens(self, covered: Sequence[tuple[int, int]]) -> list[str]:
        """Return numbers that are neither figures nor times and do not stand in the passages."""
        strange: list[str] = []
        for match in _TOKEN.finditer(self.text):
            if any(a < match.end() and match.start() < b for a, b in covered):
                continue
            token = squeeze(match[0])
            counts = not token[-1].isascii() and token[0] != "第"
            unit = self.text[match.end() : match.end() + 1] if counts else ""
            listed = counts and numeral(token.replace("两", "二")) in self._lengths()
            if not listed and not re.search(rf"(?<![0-9.]){re.escape(token + unit)}(?![0-9]|\.[0-9])", self.folded):
                strange.append(match[0] + unit)
        return strange


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with the spans as ideographic spaces: offsets stay."""
    for start, end in spans:
        text = text[:start] + "　" * (end - start) + text[end:]
    return text


def _plain_numbers(folded: str) -> list[str]:
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", folded))
    return [*numbers, *(f"{q.value:.12g}" for q in find_quantities(folded))]
