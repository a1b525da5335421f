"""The frozen records that every stage takes and returns; no behaviour beyond small derived views."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

_DATED_END = re.compile(r"\s*[（(]\d{4}[-.年]\d{1,2}([-.月]\d{1,2}日?)?[）)]$")
_PAIRS = re.compile(r"(?=([一-鿿][一-鿿\d]|\d[一-鿿]))")  # a day is told by the document's date
_SAYS_MORE = 3  # pairs of characters that the title lacks: 青禾县 and what follows it

PlaceUnit = Literal["lines", "page", "paragraphs", "rows"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table in a text: text[start:end]; `cells` holds (start, end, column) of its values, in order.

    Columns count from 0, from the left edge of the sheet or table. `group` is what the row stands under: the name of
    a group of rows, or the row whose part it is (`其中：…`).
    """

    start: int
    end: int
    cells: tuple[tuple[int, int, int], ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of a table share: `columns[i]` are the names over column `left + i`, the outermost first.

    `caption` holds the lines above it (`表1 主要指标`, `单位：亿元`). `across` says what the names are where the fields
    run down the first column and each column is a record (`企业名称` over `甲公司`, `乙公司`); else it is empty.
    """

    columns: tuple[tuple[str, ...], ...]
    caption: str = ""
    left: int = 0
    rows: tuple[TableRow, ...] = ()
    across: str = ""

    def names(self, column: int) -> tuple[str, ...]:
        """Return the names over the column, () where there are none."""
        at = column - self.left
        return self.columns[at] if 0 <= at < len(self.columns) else ()


@dataclass(frozen=True, slots=True)
class RawLine:
    """One physical line (text formats, PDF) or one paragraph or table row (HTML, DOCX).

    `place` is its 1-based number in the original, in the document's `place_unit`.
    `level` is 1–6 where the format itself marks a heading, else 0.
    `solid` means the line is a whole paragraph: it is joined to a neighbour only where that cuts a clause in two.
    A line of a table brings its `row`, with offsets into its own text, and its `table`, one object for all its rows.
    """

    text: str
    place: int
    level: int = 0
    solid: bool = False
    row: TableRow | None = field(default=None, compare=False)
    table: Table | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a loader read from a file, before any repair of its text.

    `doc` is the path relative to the documents folder, with forward slashes.
    `meta` may hold `title`, `date` (ISO) and `source`, from front matter or the format's own metadata;
    `pinned` holds the same keys, and `subject`, from a sidecar file, which win over everything. `sheets` are (place before the first
    row, name) of a workbook's sheets, in order.
    """

    doc: str
    sha256: str
    format: str
    place_unit: PlaceUnit
    lines: tuple[RawLine, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    sheets: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the original that cleaning left out, and why (`by-line`, `caption`, `navigation`, …)."""

    text: str
    reason: str
    place: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of the cleaned text: `text[start:end]`, level 1 (outermost) and up."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Cleaned text with its way back to the original.

    `places` maps offsets to the original: pairs (start, place) sorted by start; the text from one start
    to the next came from `place`. `also` names further files with the same content. `tables` are its tables in text
    order, with offsets into `text`; `sheets` as in RawDocument. `year` is the year it was written in where no date
    says so but its text does, `year_from` the evidence (`开发建设三十周年（苏州工业园区 1994年设立）`). `subject` is the
    place or organisation it is about, "" where unsure, and `home` says which of the bare terms it uses (`全市`, `园区`)
    stand for what. `aside` are spans (start, end, why) of the text that is there to be found but tells no facts: what
    stands beside the title (`题头`), `目录`, `参考文献`, `图表标题`, `编印信息`.
    """

    doc: str
    title: str
    date: str | None
    source: str | None
    text: str
    headings: tuple[Heading, ...]
    places: tuple[tuple[int, int], ...]
    place_unit: PlaceUnit
    format: str
    sha256: str
    removed: tuple[Removed, ...] = ()
    problems: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    sheets: tuple[tuple[int, str], ...] = ()
    year: int | None = None
    year_from: str = ""
    subject: str = ""
    home: Mapping[str, str] = field(default_factory=dict)
    aside: tuple[tuple[int, int, str], ...] = ()

    def is_aside(self, start: int, end: int) -> bool:
        """Tell whether text[start:end] lies in a span that tells no facts."""
        return any(a <= start and end <= b for a, b, _ in self.aside)

    def locator(self, start: int, end: int) -> dict[str, object]:
        """Return the original place of text[start:end]: {"lines": [a, b]}, {"page": n}, {"pages": [a, b]}, …

        In a workbook {"sheet": "表1", "cells": "A3:F3"}, the cells that the text was read from.
        """
        first = max(bisect_right(self.places, start, key=lambda item: item[0]) - 1, 0)
        last = max(bisect_right(self.places, max(end - 1, start), key=lambda item: item[0]) - 1, first)
        found = [place for _, place in self.places[first : last + 1]] or [1]
        low, high = min(found), max(found)
        if self.place_unit == "page":
            return {"page": low} if low == high else {"pages": [low, high]}
        if self.sheets:
            return self._cells(start, end, low, high)
        return {self.place_unit: [low, high]}

    def _cells(self, start: int, end: int, low: int, high: int) -> dict[str, object]:
        """Return the sheet of place `low` and the range of cells; a text over two sheets is placed in the first."""
        sheet = max(bisect_right(self.sheets, low, key=lambda item: item[0] + 1) - 1, 0)
        before, name = self.sheets[sheet]
        if sheet + 1 < len(self.sheets):
            high = min(high, self.sheets[sheet + 1][0])
        columns = self._columns(start, max(end, start + 1)) or [0]
        first = f"{column_letters(min(columns))}{max(low - before, 1)}"
        last = f"{column_letters(max(columns))}{max(high - before, 1)}"
        return {"sheet": name, "cells": first if first == last else f"{first}:{last}"}

    def _columns(self, start: int, end: int) -> list[int]:
        found: list[int] = []
        for table in self.tables:
            if not table.rows or table.rows[-1].end <= start or table.rows[0].start >= end:
                continue
            for row in table.rows[bisect_right(table.rows, start, key=lambda row: row.end) :]:
                if row.start >= end:
                    break
                found += [column for a, b, column in row.cells if a < end and start < b]
        return found


def column_letters(column: int) -> str:
    """Return a spreadsheet's name of a column counted from 0: 0 → `A`, 25 → `Z`, 26 → `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text under it, up to the next heading: `doc.text[start:end]`.

    `headings` is the path from the outermost heading to this section's own. `body` is where the text
    after the heading line begins (equal to `start` for text before the first heading).
    """

    doc: str
    number: int
    headings: tuple[str, ...]
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is searched: `document.text[start:end] == text`, inside one section."""

    chunk_id: str
    doc: str
    title: str
    date: str | None
    headings: tuple[str, ...]
    section: int
    start: int
    end: int
    text: str

    @property
    def passage(self) -> str:
        """The text that is embedded and indexed: breadcrumb and date, then the chunk's own words.

        The file's name leads where it says more than the title: only it may tell the place (`青禾县旅游扶持政策`).
        """
        title = self.title if has_words(self.title) else ""
        name = file_words(self.doc)
        if not has_words(name) or sum(pair not in title for pair in _PAIRS.findall(name)) < _SAYS_MORE:
            name = ""
        crumbs = " › ".join(dict.fromkeys(part for part in (name, title, *self.headings) if part))
        date = f"（{self.date}）" if self.date else ""
        return f"{crumbs}{date}\n{self.text}" if crumbs or date else self.text


def file_words(doc: str) -> str:
    """Return the file's name without folder, ending and a date in brackets: `某条例`, of `某条例(2020-08-03).md`."""
    return _DATED_END.sub("", re.sub(r"\.[^.]+$", "", doc.rsplit("/", 1)[-1])).strip()


def has_words(title: str) -> bool:
    """Tell whether a title says something: `trial_014`, `000_5db80a` are file names, not titles."""
    return any("\u4e00" <= c <= "\u9fff" for c in title) or (" " in title and title.replace(" ", "").isalpha())


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, and where its score comes from. A higher score is better; rank 1 is the best.

    `legs` explains it:
    - `lexical`: BM25 of the question's tokens, 0 and up, with the synonyms of its words at a lower weight;
    - `dense`: cosine of question and passage, −1 to 1 (E5 models: .7 to .95); `sentence`: that of its best sentence;
    - `lexical_scaled`, `dense_scaled`, `sentence_scaled`: the same from 0, about the lowest of this index for this
      question, to 1, the highest of this search; only these can be compared with each other;
    - `fused`: their weighted sum, 0 to 1;
    - `year`: what was added because the passage is about a year asked for (up to 0.12), or taken off because it
      names only others (0.15); `named`: what was added because the question names the document (0.3); `fact`: because
      the passage holds a fact of the indicator, place and year asked for (0.8);
    - `rerank`: what was added for the share of the question's words that the passage holds, 0 to 0.6, 0 for
      passages too far down to be looked at again.
    `score` is `fused + year + named + fact + rerank`.
    """

    chunk: Chunk
    score: float
    rank: int
    legs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Verbatim evidence: `quote == document.text[start:end]`.

    `also` names further files with the same content; `marks` are the answer's spans inside the quote.
    """

    n: int
    doc: str
    title: str
    date: str | None
    headings: tuple[str, ...]
    quote: str
    start: int
    end: int
    locator: Mapping[str, object]
    also: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that a language model wrote, as checked: `failures` say in Chinese what is wrong with it.

    `computed` are the formulas by which its own figures were worked out again (`58家 − 41家 = 17家`).
    """

    text: str
    ok: bool
    failures: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredFigure:
    """A figure that an answer gives: `text` as printed (`近2800家`), `value` in the base unit, and whose, of what and
    when it is, as the document's sentence was read; "" or None where that is not known. `n` is its citation's number.
    """

    text: str
    value: float
    unit: str
    entity: str
    indicator: str
    period: str
    year: int | None
    kind: str
    n: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: a short answer with its citations, or a refusal with the reason.

    A refusal's citations are the nearest evidence, not support. `score` is the support, 0 to 1. `computed` is what
    no document says and was worked out from the figures cited, as a calculation (`66 − 45 = 21家`). `figures` are those
    that the answer gives as printed.
    Where a language model was asked: `generated` says whether the answer is its own (else it was not fit to be shown),
    `checks` hold each of its sentences with the verdict, `checked` what was checked, `notice` what went wrong.
    """

    question: str
    answer: str
    refused: bool
    reason: str
    citations: tuple[Citation, ...]
    score: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    computed: str = ""
    figures: tuple[AnsweredFigure, ...] = ()
    generated: bool = False
    checks: tuple[CheckedSentence, ...] = ()
    checked: tuple[str, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure read out of the text: who, what, when, how much, and the exact span it stands in.

    `text` is the figure as printed with its qualifier (`近2800家`), `value` the number in the base unit
    (2800 家; 22.89亿元 is 2289000000 元). `year` is the year the figure is about, None where left open; `year_from`
    says from what it was read where the sentence does not name it itself (`去年 ← 发布日期 2023-03-01`). `indicator` is
    the phrase as printed, with what narrows it; `standard` the vocabulary's name for it, "" where it knows none.
    """

    indicator: str
    entity: str
    year: int | None
    period: str
    value: float
    unit: str
    text: str
    qualifier: str
    kind: str
    doc: str
    date: str | None
    quote: str
    start: int
    end: int
    locator: Mapping[str, object]
    year_from: str = ""
    standard: str = ""

    @property
    def measure(self) -> str:
        """What facts are told together by: the standard name, else the phrase as printed."""
        return self.standard or self.indicator
