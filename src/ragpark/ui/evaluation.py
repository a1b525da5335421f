"""Evaluations in the background: at most one per server, can be stopped, other sessions go on asking meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from ragpark.errors import RagparkError
from ragpark.records import Answer, Hit

if TYPE_CHECKING:
    from ragpark.evaluate import GoldQuestion
    from ragpark.evaluate.run import Searched

log = logging.getLogger(__name__)


class Shared(Protocol):
    """What an evaluation needs of `ui.services.Services`, which asks the engine one question at a time."""

    def engine(self) -> object: ...
    def index(self) -> object: ...
    def ask(self, question: str) -> Answer: ...
    def search(self, question: str, *, k: int = 10) -> list[Hit]: ...


@dataclass(frozen=True, slots=True)
class EvaluationState:
    """An evaluation as it stands. After its end `gold` still names its gold set; `error` says why it has no report."""

    running: bool = False
    gold: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    stopped: bool = False
    error: str = ""


class _StoppedError(Exception):
    """Raised between two questions to leave the run."""


class Evaluations:
    """Runs gold sets, one at a time, in a thread of its own; a finished one is kept in `reports`."""

    def __init__(
        self,
        services: Shared,
        reports: Path,
        unexpected: str,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`unexpected` is shown when something fails that was not foreseen; the log then has the details."""
        self._services = services
        self._reports = reports
        self._unexpected = unexpected
        self._now = now
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._state = EvaluationState()
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> EvaluationState:
        return self._state

    def start(self, gold: str, gold_sha256: str, questions: Sequence[GoldQuestion]) -> bool:
        """Start a run and return True; False if one is running already."""
        with self._lock:
            if self._state.running:
                return False
            self._stop.clear()
            self._state = EvaluationState(running=True, gold=gold, total=len(questions))
        self._thread = threading.Thread(
            target=self._run, args=(gold, gold_sha256, questions), name="ragpark-evaluate", daemon=True
        )
        self._thread.start()
        return True

    def stop(self) -> None:
        """Leave the run after the question it is at; its results are dropped."""
        self._stop.set()

    def wait(self, timeout_s: float) -> None:
        """Return when the run has ended, or after the time."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _run(self, gold: str, gold_sha256: str, questions: Sequence[GoldQuestion]) -> None:
        from ragpark.evaluate import evaluate
        from ragpark.evaluate.history import keep_run

        end = EvaluationState(gold=gold)
        try:
            report = evaluate(_OneOfMany(self._services), questions, self._teller())
            keep_run(self._reports, report, gold, gold_sha256, self._now())
        except _StoppedError:
            end = replace(end, stopped=True)
        except RagparkError as error:
            end = replace(end, error=str(error))
        except Exception:
            log.exception("evaluation failed")
            end = replace(end, error=self._unexpected)
        self._state = end

    def _teller(self) -> Callable[[int, int], None]:
        began = time.monotonic()

        def tell(done: int, total: int) -> None:
            if self._stop.is_set() and done < total:
                raise _StoppedError
            left = (time.monotonic() - began) / done * (total - done)
            self._state = replace(self._state, done=done, total=total, seconds_left=left)

        return tell


class _OneOfMany:
    """The services as an engine to evaluate: each question waits its turn among those of the sessions."""

    def __init__(self, services: Shared) -> None:
        self._services = services

    @property
    def index(self) -> Searched:
        return cast("Searched", self._services.index())

    def ask(self, question: str) -> Answer:
        return self._services.ask(question)

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        return self._services.search(question, k=k)

    def warm(self) -> None:
        """Warm the engine without keeping the sessions waiting: it may be shared between threads."""
        from ragpark.evaluate.run import Warmed

        engine = self._services.engine()
        if isinstance(engine, Warmed):
            engine.warm()
