"""Ask a sheet of questions one after the other, journalled; a question that fails does not stop the others."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from ragpark.config import Settings
from ragpark.errors import QuestionError, RagparkError
from ragpark.export.journal import Journal
from ragpark.export.questions import Question, QuestionSheet
from ragpark.export.records import Head, Outcome, Reply, Row, reply_of
from ragpark.records import Answer
from ragpark.retrieve.filters import Filter

log = logging.getLogger(__name__)

EMPTY = "这一行没有问题"
_NOT_ASKED_UNDER = ("docs", "index", "reports", "gold_candidates", "llm_api_key", "llm_timeout_s", "model_cache")


@dataclass(frozen=True, slots=True)
class Asking:
    """What a batch needs of an engine. `ask` raises QuestionError for what is no question; `under` says what answers
    depend on besides the question (see `asked_under`), and may change while the batch runs; `complete` completes a
    follow-up from the question before it, None where each question stands alone.
    """

    ask: Callable[[str], Answer]
    under: Callable[[], str]
    complete: Callable[[str, str], str] | None = None


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How a batch went: rows by outcome, those that failed as (row, question, what is wrong), how many replies came
    from the journal, seconds, whether it was stopped before its end, and whether the index changed meanwhile.
    """

    counts: dict[Outcome, int]
    failed: tuple[tuple[int, str, str], ...]
    from_journal: int
    seconds: float
    stopped: bool = False
    mixed: bool = False

    @property
    def done(self) -> int:
        return sum(self.counts.values())


class Batch:
    """A run over a sheet. `run` asks what the journal lacks; `rows` then gives every row that has a reply, in order.

    Replies are in the journal alone: memory does not grow with them.
    """

    def __init__(self, sheet: QuestionSheet, asking: Asking, journal: Journal) -> None:
        self.sheet, self._asking, self._journal = sheet, asking, journal
        self._failed: dict[int, Reply] = {}
        self._keys: dict[int, tuple[str, str]] = {}  # row number → question as asked, and under what
        self._asked: set[tuple[str, str]] = set()  # in this run

    def run(
        self, progress: Callable[[int, int], None] | None = None, stop: Callable[[], bool] = lambda: False
    ) -> BatchReport:
        """Ask the questions in order; `progress` gets (done, total) after each. Leaves when `stop` says so.

        Raises RagparkError for what is wrong with more than one question: no index, a damaged one, a filter.
        """
        began, kept, previous = time.monotonic(), 0, ""
        counts: dict[Outcome, int] = {"answered": 0, "refused": 0, "failed": 0}
        total = len(self.sheet.questions)
        for done, question in enumerate(self.sheet.questions, start=1):
            if stop():
                break
            asked = question.text
            if asked and previous and self._asking.complete:
                asked = self._asking.complete(asked, previous)
            reply, known = self._reply(question, asked)
            kept += known
            counts[reply.outcome] += 1
            if reply.outcome != "failed":
                previous = asked
            if progress:
                progress(done, total)
        failed = tuple((n, reply.question, reply.note) for n, reply in self._failed.items())
        mixed = len({under for _, under in self._keys.values()}) > 1
        return BatchReport(counts, failed, kept, time.monotonic() - began, sum(counts.values()) < total, mixed)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that have a reply, those that failed too, in the order of the sheet."""
        for question in self.sheet.questions:
            reply = self._failed.get(question.number)
            if reply is None and (key := self._keys.get(question.number)):
                reply = self._journal.get(*key)
            if reply is not None:
                yield Row(question.number, question.text, reply, question.kept)

    def head(self, title: str, made: datetime, report: BatchReport) -> Head:
        """Return what stands above the rows."""
        return Head(title, made, report.counts, self.sheet.columns, self.sheet.before)

    def _reply(self, question: Question, asked: str) -> tuple[Reply, bool]:
        """Return the reply, and whether the journal had it from an earlier run."""
        under = self._asking.under()
        key = (asked, under)
        if key in self._journal and (reply := self._journal.get(*key)):
            self._keys[question.number] = key
            return reply, key not in self._asked
        try:
            if not asked:
                raise QuestionError(EMPTY)
            reply = reply_of(self._asking.ask(asked))
        except QuestionError as error:
            reply = Reply(asked, "failed", note=str(error))
        except (RagparkError, OSError, MemoryError):
            raise
        except Exception as error:  # a fault of the program that this question brings out; the others go on
            log.debug("question failed: %s", asked, exc_info=True)
            reply = Reply(asked, "failed", note=f"程序出了意外（{type(error).__name__}），这一问没有答成")
        if reply.outcome == "failed":
            self._failed[question.number] = reply
        else:
            self._journal.add(asked, under, reply)
            self._keys[question.number] = key
            self._asked.add(key)
        return reply, False


def asked_under(generation: str, settings: Settings, scope: Filter, today: date) -> str:
    """Return one word for what answers depend on besides the question: index, settings, filter, month (`上月`, `去年`)."""
    named = {name: str(getattr(settings, name)) for name in Settings.names() if name not in _NOT_ASKED_UNDER}
    told = msgspec.json.encode([generation, named, str(scope), f"{today:%Y-%m}"])
    return f"{generation}-{hashlib.sha256(told).hexdigest()[:12]}"
