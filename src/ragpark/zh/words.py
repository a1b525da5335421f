"""Words: folded jieba words and character bigrams, the tokens of the lexical index. Knows nothing of meaning."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from ragpark.zh.fold import fold

# Two thirds of jieba's entries were seen fewer times than this. Without them a process starts 0.4 s sooner, and
# character bigrams still find such words.
MIN_FREQUENCY = 5
AROUND = 6  # characters on either side that decide how a name among them is cut
_RUN = re.compile(r"[一-鿿㐀-䶿〇]+|[a-z0-9]+(?:[.&%+#_-][a-z0-9]+)*%?")


class Segmenter:
    """Cuts text into words with jieba, with the field's own words added, and into character bigrams.

    One instance holds a dictionary of its own (about 0.3 s to load where none was before in the process).
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(sorted({fold(word) for word in [*_builtin_words(), *words]}))
        self._tokenizer: Any = None
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Identify dictionary and rules; an index made with another fingerprint has other tokens."""
        digest = hashlib.sha256("\n".join(self._words).encode()).hexdigest()[:12]
        return f"jieba-bigram-2-{digest}"

    def words(self, text: str) -> list[str]:
        """Return the folded words of the text in order, punctuation left out: `R&D占比` → [`r&d`, `占比`]."""
        found: list[str] = []
        tokenizer = self._load()
        for run in _RUN.findall(fold(text)):
            if run[0].isascii():
                found.append(run)
            else:
                found.extend(tokenizer.cut(run, HMM=True))
        return found

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of the lexical index: words, then character bigrams and single characters.

        Words are marked `w:` so that a two-character word and the same bigram count apart.
        """
        tokens = [f"w:{word}" for word in self.words(text)]
        tokens.extend(grams(text))
        return tokens

    def _load(self) -> Any:
        with self._lock:
            if self._tokenizer is None:
                common = _common()
                tokenizer = _tokenizer(dict(common.FREQ), common.total)
                for word in self._words:
                    tokenizer.add_word(word)
                self._tokenizer = tokenizer
            return self._tokenizer


def grams(text: str) -> list[str]:
    """Return character unigrams and bigrams of the Chinese runs, and the other runs whole.

    `R&D占比4.5%` → [`r&d`, `占`, `比`, `占比`, `4.5%`].
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0].isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def straddled(text: str, start: int, end: int) -> bool:
    """Tell whether a common word begins before these characters and ends in them, or begins in them and goes on.

    资兴 in `投资兴业` is no place; 昆山 in `昆山市` and in `对昆山` is one.
    """
    first = max(start - AROUND, 0)
    return _crossed(text[first : end + AROUND], start - first, end - first)


@lru_cache(maxsize=8192)
def _crossed(text: str, start: int, end: int) -> bool:
    at = 0
    for word in _common().cut(text, HMM=False):
        stop = at + len(word)
        if at < start < stop < end or start < at < end < stop:
            return True
        at = stop
    return False


@cache
def _common() -> Any:
    """Return the tokenizer over the common words alone; only for cutting, never to be changed.

    jieba reads a dictionary in twice the time, and what it keeps to start faster lies in a folder for temporary files,
    open to others. As in jieba, what a longer word begins with is in the dictionary too, with the frequency 0.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    entries = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").split()  # word, frequency, tag
    words = {
        word: int(frequency)
        for word, frequency in zip(entries[::3], entries[1::3], strict=True)
        if len(word) == 1 or int(frequency) >= MIN_FREQUENCY
    }
    beginnings = {word[:end] for word in words for end in range(1, len(word))}
    return _tokenizer(dict.fromkeys(beginnings, 0) | words, sum(words.values()))


def _tokenizer(frequencies: dict[str, int], total: int) -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer


def _builtin_words() -> list[str]:
    text = (resources.files("ragpark.zh") / "words.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
