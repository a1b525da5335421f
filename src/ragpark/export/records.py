"""What is handed over: one question with its reply, its sources and figures, and the head of the file; builds no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ragpark.records import Answer, AnsweredFigure, Citation
from ragpark.views import figure_label, place_text

Outcome = Literal["answered", "refused", "failed"]
NO_QUESTION = "（这一行没有问题）"  # in place of a question that is empty
OUTCOMES: Mapping[Outcome, str] = {"answered": "已答", "refused": "未答出", "failed": "没有问成"}


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a reply stands on (or, of a refusal, the nearest there is): the quote verbatim, the place in words."""

    n: int
    doc: str
    title: str
    date: str
    section: str
    place: str
    quote: str

    @property
    def where(self) -> str:
        """Return file and place: `报告/2023.txt 第6行`."""
        return f"{self.doc} {self.place}".strip()


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to `question` as it was asked. `note` is the reason of a refusal, what went wrong with a
    question that could not be asked, or a remark on an answer. `confidence` is 0 to 1, None without an answer.
    """

    question: str
    outcome: Outcome
    answer: str = ""
    note: str = ""
    figures: tuple[AnsweredFigure, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: float | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Return whose figures the answer gives, of when and of what, each once: `苏州市 · 2023年 · 常住人口`."""
        return tuple(dict.fromkeys(filter(None, map(figure_label, self.figures))))


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it stands in its sheet, with the reply. `number` is its row there, from 1, or its place in a
    conversation; `kept` are the cells of the sheet's other columns, one for each of `Head.columns`.
    """

    number: int
    question: str
    reply: Reply
    kept: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Return what is to be said of the reply, with the question as it was understood where that is another."""
        completed = "" if self.reply.question == self.question else f"按上一问补全为：{self.reply.question}"
        return "；".join(part for part in (completed, self.reply.note) if part)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows: title, when it was made, how many rows of each outcome, the sheet's other columns.

    `before` of the `columns` stand to the left of the question.
    """

    title: str
    made: datetime
    counts: Mapping[Outcome, int]
    columns: tuple[str, ...] = ()
    before: int = 0

    @property
    def summary(self) -> str:
        """Return date and counts: `2026年11月26日 · 共 3 问，已答 2，未答出 1`."""
        day = f"{self.made.year}年{self.made.month}月{self.made.day}日"
        told = "".join(f"，{word} {n}" for key, word in OUTCOMES.items() if (n := self.counts.get(key, 0)))
        return f"{day} · 共 {sum(self.counts.values())} 问{told}"


def reply_of(answer: Answer) -> Reply:
    """Return the reply that an answer or refusal of the engine is."""
    sources = tuple(map(_source, answer.citations))
    if answer.refused:
        return Reply(answer.question, "refused", "", answer.reason, (), sources)
    computed = f"计算：{answer.computed}" if answer.computed and answer.computed not in answer.answer else ""
    note = "；".join(part for part in (computed, answer.reason) if part)
    return Reply(
        answer.question, "answered", answer.answer, note, answer.figures, sources, round(float(answer.score), 6)
    )


def head_of(title: str, made: datetime, rows: Sequence[Row]) -> Head:
    """Return the head of rows that have no further columns: of a conversation."""
    return Head(title, made, {key: sum(row.reply.outcome == key for row in rows) for key in OUTCOMES})


def _source(citation: Citation) -> Source:
    return Source(
        citation.n,
        citation.doc,
        citation.title,
        citation.date or "",
        " › ".join(heading for heading in citation.headings if heading != citation.title),
        place_text(citation.locator),
        citation.quote.strip(),
    )
