"""Tagged sentences written out, so that the words can be seen: `高新/b 企业/n 总数/n 已/d 达/v 28家/Q`."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.read.tokens import Token
from ragpark.zh.tagger import Word


def tokens(written: str) -> tuple[str, list[Token]]:
    """Return the text and the tokens of `word/tag word/tag …`."""
    text, found = "", []
    for part in written.split(" "):
        word, tag = part.rsplit("/", 1)
        found.append(Token(len(text), len(text) + len(word), tag))
        text += word
    return text, found


class CharacterTagger:
    """Every character is a noun, each mark punctuation: what comes out can be computed by eye."""

    fingerprint = "characters"

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        return [tuple(Word(i, i + 1, "w" if c in "，。；、：" else "n") for i, c in enumerate(text)) for text in texts]
