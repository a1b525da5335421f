"""Token ids with their places in the text, without loading the whole vocabulary: 0.1 s instead of 1 s in a new process.

Of 250,000 pieces a text can hold only those that stand in it. They are found by hash, and a tokenizer over them alone
gives what the whole one gives: the best path through a text looks at no other piece.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.base import SURROGATE
from ragpark.encode.e5s1 import E5S1, Vocabulary
from ragpark.encode.folder import tokenizer_json

Encoded = tuple[list[int], list[tuple[int, int]]]  # ids, and [start:end] of each in the text

_Number = TypeVar("_Number", np.int64, np.uint64)
_SPACE = "▁"  # stands for a space, and before every text
_STEP = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ / golden ratio (Knuth 1973): spreads what is multiplied by it


class OffsetTokens:
    """The bundled model's tokenizer for a few texts at a time; no special tokens are added."""

    def __init__(self, model: E5S1) -> None:
        blob, self._bounds, self._scores = model.raw_pieces()
        self._blob = blob
        self._special = model.special_ids
        codes = _codes(blob.decode("utf-8"))
        begins = np.cumsum(np.frombuffer(blob, np.uint8) & 0xC0 != 0x80)  # characters up to and with each byte
        at = np.concatenate((np.zeros(1, np.int64), begins))[self._bounds]
        lengths = np.diff(at)
        self._longest = int(lengths.max())
        hashes = np.zeros(len(lengths), np.uint64)
        for i in range(self._longest):
            there = np.flatnonzero(lengths > i)
            hashes[there] = (hashes[there] + codes[at[there] + i]) * _STEP
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._ids = hashes[order], order
        n_pieces = len(lengths)
        self._always = (*sorted(self._special), int(self._scores.argmin()))  # the worst score sets that of the unknown
        self._last = n_pieces - 1
        self._specials = tuple(self._piece(i) for i in (*sorted(self._special), self._last))
        self._normalizer = self._tokenizer(np.zeros(0, np.int64))[0].normalizer

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return ids and offsets of each text. A lone surrogate is read as U+FFFD."""
        plain = [SURROGATE.sub("\ufffd", text) for text in texts]
        tokenizer, ids = self._tokenizer(self._pieces_in(plain))
        return [
            ([ids[i] for i in encoding.ids], encoding.offsets)
            for encoding in tokenizer.encode_batch(plain, add_special_tokens=False)
        ]

    def _pieces_in(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the ids of all pieces that stand in the texts as the model reads them."""
        seen = []
        for text in texts:
            for special in self._specials:  # it parts the text, and what follows begins anew
                text = text.replace(special, _SPACE)
            seen.append(_SPACE + self._normalizer.normalize_str(text).replace(" ", _SPACE))
        codes = _codes("\n".join(seen))
        found: list[NDArray[np.int64]] = []
        hashes = np.zeros(len(codes), np.uint64)
        for length in range(1, min(self._longest, len(codes)) + 1):
            hashes = (hashes[: len(codes) - length + 1] + codes[length - 1 :]) * _STEP
            once = _distinct(hashes)
            at = np.searchsorted(self._hashes, once)
            at[at == len(self._hashes)] = 0
            found.append(self._ids[at[self._hashes[at] == once]])
        return _distinct(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def _tokenizer(self, ids: NDArray[np.int64]) -> tuple[Any, list[int]]:
        """Return a tokenizer that knows the special pieces and these, and what each of its ids stands for."""
        from tokenizers import Tokenizer

        chosen = dict.fromkeys((*self._always, *ids.tolist()))
        chosen.pop(self._last, None)
        kept = [*chosen, self._last]  # `tokenizer_json` takes the last piece for the mask
        places = {i: place for place, i in enumerate(kept)}
        words = Vocabulary(
            tuple(map(self._piece, kept)), self._scores[kept], *(places[special] for special in self._special)
        )
        return Tokenizer.from_str(json.dumps(tokenizer_json(words))), kept

    def _piece(self, i: int) -> str:
        return self._blob[self._bounds[i] : self._bounds[i + 1]].decode("utf-8")


def _distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return each value once, ascending, as numpy's `unique` does, which first imports masked arrays (0.1 s)."""
    ordered: NDArray[_Number] = np.sort(values)
    first: NDArray[np.bool_] = np.append(True, ordered[1:] != ordered[:-1])
    return ordered[first[: len(ordered)]]


def _codes(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)
