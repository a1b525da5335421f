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

from ragpark.zh.fold import character_pairs, fold

# Two thirds of jieba's entries were seen fewer times than this. Without them the dictionary loads in half the
# time, and character bigrams still find such words.
MIN_FREQUENCY = 5
DICTIONARY = Path(__file__).with_name("dictionary.txt")  # made by tools/make_dictionary.py
AROUND = 6  # characters on either side that decide how a name among them is cut
_RUN = re.compile(r"[一-鿿㐀-䶿〇]+|[a-z0-9]+(?:[.&%+#_-][a-z0-9]+)*%?")


class Segmenter:
    """Cuts text into words with jieba, with the field's own words added, and into character bigrams.

    One instance holds a dictionary of its own.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(sorted({fold(word) for word in [*_builtin_words(), *words]}))
        self._cutter: _Cutter | None = None
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Identify dictionary and rules; an index made with another fingerprint has other tokens."""
        digest = hashlib.sha256("\n".join(self._words).encode()).hexdigest()[:12]
        return f"jieba-bigram-2-{digest}"

    def words(self, text: str) -> list[str]:
        """Return the folded words of the text in order, punctuation left out: `R&D占比` → [`r&d`, `占比`]."""
        found: list[str] = []
        cutter = self._load()
        for run in _RUN.findall(fold(text)):
            if run[0].isascii():
                found.append(run)
            else:
                found.extend(cutter.cut(run, hmm=True))
        return found

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of the lexical index: words, then character bigrams and single characters.

        Words are marked `w:` so that a two-character word and the same bigram count apart.
        """
        tokens = [f"w:{word}" for word in self.words(text)]
        tokens.extend(grams(text))
        return tokens

    def _load(self) -> _Cutter:
        with self._lock:
            if self._cutter is None:
                cutter = _Cutter()
                for word in self._words:
                    cutter.add(word)
                self._cutter = cutter
            return self._cutter


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
            found.extend(character_pairs(run))
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
    for word in _common().cut(text, hmm=False):
        stop = at + len(word)
        if at < start < stop < end or start < at < end < stop:
            return True
        at = stop
    return False


class _Cutter:
    """jieba over the common words: it gets those that begin with a character when a text with that character comes.

    A question needs few of them, and all take 0.1 s. jieba reads its own dictionary in half a second, and what it keeps
    to start faster lies in a folder for temporary files, open to others.
    """

    def __init__(self) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        total, self._lines = _dictionary()
        self._met: set[str] = set()
        self._tokenizer: Any = jieba.Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = {}, total, True

    def add(self, word: str) -> None:
        """Make it a word; not while another thread cuts."""
        self._meet(word)
        self._tokenizer.add_word(word)

    def cut(self, text: str, *, hmm: bool) -> Iterable[str]:
        """Return the words of the text in order; with `hmm`, also words that no dictionary holds."""
        self._meet(text)
        words: Iterable[str] = self._tokenizer.cut(text, HMM=hmm)
        return words

    def _meet(self, text: str) -> None:
        if self._met.issuperset(text):
            return
        for first in set(text) - self._met:
            entries = self._lines.get(first, "").split()
            self._tokenizer.FREQ.update(zip(entries[::2], map(int, entries[1::2]), strict=True))
        self._met.update(text)


@cache
def _common() -> _Cutter:
    """Return the cutter over the common words alone; nothing is to be added to it."""
    return _Cutter()


@cache
def _dictionary() -> tuple[int, dict[str, str]]:
    """Return the sum of all frequencies, and by first character the words with theirs: `园 1914 园丁 67 园中 222 …`."""
    total, *lines = DICTIONARY.read_text(encoding="utf-8").splitlines()
    return int(total), {line[0]: line for line in lines}


def _builtin_words() -> list[str]:
    text = (resources.files("ragpark.zh") / "words.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
