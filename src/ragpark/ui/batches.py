"""Sheets of questions asked in the background: at most one per server, can be stopped and gone on with."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ragpark.config import Settings
from ragpark.errors import RagparkError
from ragpark.records import Answer
from ragpark.retrieve.filters import EVERYTHING

if TYPE_CHECKING:
    from ragpark.export import Batch, BatchReport, Link, QuestionSheet
    from ragpark.ui.services import IndexView

log = logging.getLogger(__name__)


class Shared(Protocol):
    """What a batch needs of `ui.services.Services`, which asks the engine one question at a time."""

    @property
    def settings(self) -> Settings: ...
    def index(self) -> IndexView: ...
    def ask(self, question: str) -> Answer: ...
    def written(self, answer: Answer, stream: Callable[[str], None]) -> Answer: ...


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch as it stands. After its end, `report` says how it went, or `error` why it has none."""

    running: bool = False
    name: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    report: BatchReport | None = None
    error: str = ""


class Batches:
    """Answers one sheet at a time, in a thread of its own. What is answered lies in a folder that ends with the
    server; the same sheet, started again, goes on where it was stopped.
    """

    def __init__(self, services: Shared, unexpected: str) -> None:
        """`unexpected` is shown when something fails that was not foreseen; the log then has the details."""
        self._services, self._unexpected = services, unexpected
        self._lock = threading.Lock()
        self._reading = threading.Lock()  # the journal is read for one download at a time
        self._stop = threading.Event()
        self._state = BatchState()
        self._batch: Batch | None = None
        self._folder: Path | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> BatchState:
        return self._state

    def start(self, sheet: QuestionSheet) -> bool:
        """Start to answer a sheet and return True; False if one is being answered."""
        with self._lock:
            if self._state.running:
                return False
            self._stop.clear()
            self._state = BatchState(running=True, name=sheet.name, total=len(sheet.questions))
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="ragpark-batch-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._thread = threading.Thread(target=self._run, args=(sheet, self._folder), name="ragpark-batch", daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Leave the batch after the question it is at; what is answered stays."""
        self._stop.set()

    def forget(self) -> None:
        """Forget the last batch and its answers; nothing while one is running."""
        with self._lock:
            if not self._state.running:
                self._state, self._batch = BatchState(), None

    def wait(self, timeout_s: float) -> None:
        """Return when the batch has ended, or after the time."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def file(self, suffix: str, link: Link, now: Callable[[], datetime] = datetime.now) -> bytes:
        """Return the answers of the last batch as a file of that ending. Raises ExportError or OSError."""
        from ragpark.export import as_bytes

        batch, report = self._batch, self._state.report
        if batch is None or report is None:
            return b""
        with self._reading:
            return as_bytes(suffix, batch.head(Path(self._state.name).stem, now(), report), batch.rows(), link)

    def _run(self, sheet: QuestionSheet, folder: Path) -> None:
        from ragpark.export import Asking, Batch, Journal, asked_under

        end = replace(self._state, running=False)
        try:
            asking = Asking(
                self._ask,
                lambda: asked_under(
                    self._services.index().generation, self._services.settings, EVERYTHING, date.today()
                ),
            )
            key = sha256(sheet.name.encode() + repr(sheet.questions).encode("utf-8", "replace")).hexdigest()[:16]
            self._batch = Batch(sheet, asking, Journal(folder / f"{key}.jsonl"))
            report = self._batch.run(self._teller(), self._stop.is_set)
            end = replace(end, report=report)
        except RagparkError as error:
            end = replace(end, error=str(error))
        except Exception:
            log.exception("batch failed")
            end = replace(end, error=self._unexpected)
        self._state = replace(end, done=self._state.done)

    def _ask(self, question: str) -> Answer:
        return self._services.written(self._services.ask(question), lambda piece: None)

    def _teller(self) -> Callable[[int, int], None]:
        began = time.monotonic()

        def tell(done: int, total: int) -> None:
            left = (time.monotonic() - began) / done * (total - done)
            self._state = replace(self._state, done=done, total=total, seconds_left=left)

        return tell
