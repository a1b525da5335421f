"""The reader: question and passages to the spans that answer, by a small learned model. What is shown is decided elsewhere.

What it gives is verbatim text of the passages; whether year, place, kind and unit are those asked for, it cannot tell.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Protocol

from ragpark.answer.focus import focus
from ragpark.answer.spans import Span, best_spans, windows
from ragpark.config import Settings
from ragpark.encode.adapter import AdaptedModel, there
from ragpark.encode.e5s1 import E5S1, bundled_path
from ragpark.encode.offsets import OffsetTokens
from ragpark.encode.spans import SpanEngine, load_engine

__all__ = ["BundledReader", "Reader", "Span", "load_reader"]

WEIGHTS = Path(__file__).parent / "data" / "reader.safetensors"
BUNDLED = "bundled"
MAX_TOKENS = 512  # of a window: what the encoder has positions for
# Of a passage, what is read of it; time grows with it. Of 116 questions over 28 documents the best span of three
# passages was right for 83 where they were read whole (1,095 ms of a processor), for 86 at 128 (352 ms), 85 at 160.
FOCUS_TOKENS = 128
REMEMBERED = 64  # passages with their question: an answer in several parts reads the same ones again
_PROBE = ("2023年园区研发投入占比是多少？", "2023年，园区研发投入占地区生产总值的比重为5.16%，比上年提高0.3个百分点。")


class Reader(Protocol):
    """Finds in passages what answers a question."""

    def read(self, question: str, passages: Sequence[str]) -> list[tuple[Span, ...]]:
        """Return for each passage its best few spans, best first, which do not overlap; none where it is empty.

        A span is given even where the reader thinks that nothing answers: its margin is below 0 then.
        """
        ...


class BundledReader:
    """A `Reader`: the bundled encoder with the adapter of `weights`. Loads on first use; safe in several threads.

    Of a long passage it reads what is likest the question, and remembers what it read last.
    """

    def __init__(self, cache: Path, weights: Path = WEIGHTS, focus_tokens: int = FOCUS_TOKENS) -> None:
        """`cache` receives what is compiled; `focus_tokens` of a passage are read. Raises ReaderError if the weights
        are missing."""
        self._cache, self._weights, self._focus_tokens = cache, there(weights), focus_tokens
        self._opened: _Opened | None = None
        self._remembered: OrderedDict[tuple[str, str], tuple[Span, ...]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def loaded(self) -> str:
        """The engine in use, "" before the first question."""
        return self._opened.engine.name if self._opened else ""

    def read(self, question: str, passages: Sequence[str]) -> list[tuple[Span, ...]]:
        """As the protocol says. Raises ReaderError if the weights are damaged, EncoderError if the encoder is."""
        if not passages:
            return []
        with self._lock:
            known = {passage: self._remembered.get((question, passage)) for passage in passages}
        new = [passage for passage, spans in known.items() if spans is None]
        if new:
            known |= dict(zip(new, self._open().read(question, new, self._focus_tokens), strict=True))
        with self._lock:
            for passage, spans in known.items():
                self._remembered[question, passage] = spans or ()
                self._remembered.move_to_end((question, passage))
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return [
            tuple(replace(span, passage=number) for span in known[passage] or ())
            for number, passage in enumerate(passages)
        ]

    def _open(self) -> _Opened:
        with _LOCK:
            self._opened = self._opened or _opened(self._cache, self._weights)
            return self._opened


_LOCK = threading.Lock()


@cache
def _opened(folder: Path, weights: Path) -> _Opened:
    """Open the model once for all engines of the process: it takes a second and some hundred megabytes."""
    return _Opened(folder, weights)


class _Opened:
    """The model in memory."""

    def __init__(self, cache: Path, weights: Path) -> None:
        model = E5S1(bundled_path())
        self._tokens = OffsetTokens(model)
        self._bos, self._eos, *_ = model.special_ids
        (question, _), passage = self._tokens.encode(_PROBE)
        (probe,) = windows(0, question, passage, self._bos, self._eos, MAX_TOKENS)
        self.engine: SpanEngine = load_engine(AdaptedModel(model, weights), cache, probe.ids)

    def read(self, question: str, passages: Sequence[str], focus_tokens: int) -> list[tuple[Span, ...]]:
        (asked, _), *encoded = self._tokens.encode((question, *passages))
        cut = [
            window
            for number, (passage, whole) in enumerate(zip(passages, encoded, strict=True))
            for window in windows(
                number, asked, focus(question, passage, whole, focus_tokens), self._bos, self._eos, MAX_TOKENS
            )
        ]
        scores = self.engine.scores([window.ids for window in cut])
        read = list(zip(cut, scores, strict=True))
        return [
            best_spans(text, [(window, found) for window, found in read if window.passage == number])
            for number, text in enumerate(passages)
        ]


def load_reader(settings: Settings, weights: Path = WEIGHTS) -> Reader | None:
    """Return the reader that `settings.reader` names, None for "none". Nothing is loaded before the first question.

    Raises ReaderError if its weights are missing.
    """
    return BundledReader(settings.model_cache, weights) if settings.reader == BUNDLED else None
