"""Words: folded jieba words and character bigrams, the tokens of the lexical index. Knows nothing of meaning."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import re
import stat
import tempfile
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

    One instance holds a dictionary of its own (about 0.4 s to load where none was before in the process). What
    jieba prepares is kept in `cache_dir` (default: a private folder for temporary files) to start faster next time;
    where that cannot be written or is not the user's own, all is done in memory, with the same words.
    """

    def __init__(self, words: Iterable[str] = (), cache_dir: Path | None = None) -> None:
        self._words = tuple(sorted({fold(word) for word in [*_builtin_words(), *words]}))
        self._cache_dir = cache_dir
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
                tokenizer = _copy(_common(self._cache_dir or _folder()))
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
    for word in _common(_folder()).cut(text, HMM=False):
        stop = at + len(word)
        if at < start < stop < end or start < at < end < stop:
            return True
        at = stop
    return False


@cache
def _common(folder: Path) -> Any:
    """Return the tokenizer over the common words alone; only for cutting, never to be changed."""
    tokenizer = _tokenizer(folder)
    tokenizer.check_initialized()
    return tokenizer


def _copy(common: Any) -> Any:
    """Return a tokenizer over the same words that others can be added to; far faster than to load them again."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(common.FREQ), common.total, True
    return tokenizer


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"ragpark-jieba-{_user()}"


def _tokenizer(folder: Path) -> Any:
    """Return a jieba tokenizer over the common words, prepared in the folder, or in memory where that cannot be."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    source = Path(jieba.__file__).with_name("dict.txt")
    dictionary = folder / f"dict-{source.stat().st_size}-{MIN_FREQUENCY}.txt"
    try:
        _make_private(folder)
        if not dictionary.exists():
            _write(dictionary, _common_words(source))
    except OSError:
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(io.BytesIO(_common_words(source)))
        tokenizer.initialized = True
        return tokenizer
    tokenizer = jieba.Tokenizer(str(dictionary))
    tokenizer.tmp_dir = str(folder)
    tokenizer.cache_file = f"{dictionary.stem}.cache"
    return tokenizer


def _common_words(source: Path) -> bytes:
    """Return jieba's dictionary, `word frequency` a line, without its rarest words of several characters."""
    kept = []
    for line in source.read_text(encoding="utf-8").splitlines():
        word, frequency = line.split(" ")[:2]
        if len(word) == 1 or int(frequency) >= MIN_FREQUENCY:
            kept.append(f"{word} {frequency}\n")
    return "".join(kept).encode()


def _make_private(folder: Path) -> None:
    """Make the folder for this user alone; raise OSError if it cannot be written or others can write to it.

    jieba reads its cache with `marshal`: a file that another user put there must never be opened.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or not os.access(folder, os.W_OK):
        raise NotADirectoryError(str(folder))
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o022):
        raise PermissionError(str(folder))


def _write(path: Path, data: bytes) -> None:
    """Write the file whole or not at all; of two processes at once, one wins, with the same content."""
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _builtin_words() -> list[str]:
    text = (resources.files("ragpark.zh") / "words.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "user"
