"""The `Encoder` protocol and the text form that every encoder reads; no model is loaded here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ragpark.errors import EncoderError

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]

# The models' own normalisation drops these; a NUL would end a C string before that.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")  # alone, as a broken decoder leaves it: it has no UTF-8 form


class Encoder(Protocol):
    """Texts to unit vectors. Passages and queries of one encoder share one space."""

    @property
    def model_id(self) -> str:
        """Fingerprint of model and weights: encoders with equal ids share one vector space."""
        ...

    @property
    def dim(self) -> int: ...

    @property
    def max_tokens(self) -> int:
        """Tokens the model reads, prefix and special tokens included."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, float32, shape (len(texts), dim); row i belongs to texts[i].

        `progress` is called with (done, total). Raises EncoderError for a text over `max_tokens`.
        """
        ...

    def encode_query(self, text: str) -> Vectors:
        """Return one unit vector, float32, shape (dim,). What goes beyond `max_tokens` is left out."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the tokens of each text as a passage, prefix and special tokens included."""
        ...


def readable(text: str, prefix: str = "") -> str:
    """Return `prefix + text` as the model is to read it: no control characters, no outer white space.

    Outer white space goes because sentence-transformers strips it too; two engines then see one text.
    """
    return (prefix + SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).strip()).strip()


def check_fits(texts: Sequence[str], counts: Sequence[int], max_tokens: int) -> None:
    """Raise EncoderError, naming the first characters, if any text is longer than the model reads."""
    for text, count in zip(texts, counts, strict=True):
        if count > max_tokens:
            start = " ".join(text[:60].split())[:30]
            raise EncoderError(
                f"“{start}…”这一段有 {count} 个词元，超过模型能读的 {max_tokens} 个；请把设置 max_tokens 调小后重建索引"
            )


class ProcessGuard:
    """Remembers the process that loaded a native engine: its threads do not survive a fork (it would hang)."""

    def __init__(self) -> None:
        self._pid = os.getpid()

    def check(self) -> None:
        """Raise EncoderError in a forked child."""
        if os.getpid() != self._pid:
            raise EncoderError(
                "编码器不能在 fork 出来的子进程里使用；请改用 spawn 方式启动子进程，或在子进程里重新载入"
            )
