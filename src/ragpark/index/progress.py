"""What a build tells while it runs and when it is done: frozen events and the report."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

_SETTLED_S = 0.5  # before that an estimate says nothing
Stage = Literal["read", "split", "encode", "write"]


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps of a stage; `detail` names the file or the step (Chinese).

    `seconds_left` is for this stage, None until it can be estimated.
    """

    stage: Stage
    done: int
    total: int
    detail: str = ""
    seconds_left: float | None = None


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What is in the index now, and what this build did.

    `added`, `changed`, `removed` and `unchanged` count files (a file with the same content as another counts);
    `changed` includes files read again because the settings or the program changed. A file that cannot be read
    any more counts as removed and is named in `failed`: pairs (path, error). `encoded` is the number of texts
    (passages and sentences) that went through the model.
    """

    documents: int
    sections: int
    chunks: int
    facts: int
    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[tuple[str, str], ...]
    encoded: int
    seconds: float
    generation: str


class Reporter:
    """Sends the events of one build; `clock` returns seconds."""

    def __init__(self, callback: ProgressCallback | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._callback, self._clock = callback, clock
        self._stage: Stage | None = None
        self._since = 0.0

    def tell(self, stage: Stage, done: int, total: int, detail: str = "") -> None:
        if self._callback is None:
            return
        now = self._clock()
        if stage != self._stage:
            self._stage, self._since = stage, now
        spent = now - self._since
        left = spent / done * (total - done) if done and spent >= _SETTLED_S else None
        self._callback(Progress(stage, done, total, detail, left))
