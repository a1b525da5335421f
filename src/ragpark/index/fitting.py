"""Chooses the texts that stand for a chunk in the fine leg, and cuts those that the model could not read whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

CountTokens = Callable[[Sequence[str]], list[int]]

MIN_CHARS = 4  # white space not counted; shorter ones (`综述`, `（一）`) are close to every short question
# No tokenizer in use makes more than four tokens of a character; half the limit is left for prefix and special tokens.
_TOKENS_PER_CHAR = 4
_BLOCK = 4096  # texts counted at a time
_PAUSE = re.compile(r"[。！？!?；;，,、：:](?!\d)|\s")
_JOINED = re.compile(r"[\w.,:%％/-]", re.ASCII)


def worth_keeping(sentences: Sequence[str], whole: str) -> tuple[str, ...]:
    """Return the sentences of a chunk that are long enough; where none is, the chunk's whole text if that is."""
    kept = tuple(sentence for sentence in sentences if _long_enough(sentence))
    return kept or ((whole,) if _long_enough(whole) else ())


def cuts(texts: Iterable[str], count_tokens: CountTokens, max_tokens: int) -> dict[str, list[str]]:
    """Return for each text over `max_tokens` the pieces that fit; texts that fit whole are not named.

    Tokens are counted only of texts so long that they could exceed the limit.
    """
    long = [text for text in texts if len(text) * _TOKENS_PER_CHAR > max_tokens // 2]
    result: dict[str, list[str]] = {}
    for first in range(0, len(long), _BLOCK):
        block = long[first : first + _BLOCK]
        for text, count in zip(block, count_tokens(block), strict=True):
            if count > max_tokens:
                result[text] = _pieces(text, lambda piece: count_tokens([piece])[0] <= max_tokens)
    return result


def _pieces(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the text in pieces that fit, without white space around them; a single character always counts as one."""
    text = text.strip()
    if len(text) < 2 or fits(text):
        return [text] if text else []
    cut = _near_middle(text)
    return _pieces(text[:cut], fits) + _pieces(text[cut:], fits)


def _near_middle(text: str) -> int:
    """Return where to cut: after the pause nearest to the middle, if one lies in the middle half.

    Else as near as can be without parting a number, its unit or a Latin word: `达22.89亿元` is cut before `22`.
    """
    middle, quarter = len(text) // 2, len(text) // 4
    pauses = [at for match in _PAUSE.finditer(text) if quarter <= (at := match.end()) <= len(text) - quarter]
    if pauses := [at for at in pauses if at < len(text)]:
        return min(pauses, key=lambda at: (abs(at - middle), at))
    return next((cut for cut in range(middle, quarter, -1) if not _JOINED.match(text[cut - 1])), middle)


def _long_enough(text: str) -> bool:
    return len("".join(text.split())) >= MIN_CHARS
