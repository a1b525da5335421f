"""Find a gold quote, verbatim from the original file, in the cleaned text of the document; judges nothing."""

from __future__ import annotations

import html
import re

from ragpark.evaluate.compare import Folded, fold_quote
from ragpark.records import Document

Span = tuple[int, int]

_DAMAGE = frozenset("\ufffd")
_MARKUP = frozenset("\ufffd*#|`~>_\\")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class QuoteFinder:
    """Finds quotes in one document, which it folds once."""

    def __init__(self, document: Document) -> None:
        self._exact = fold_quote(document.text)
        self._bare = self._exact.without(_MARKUP)
        pieces = {fold_quote(piece.text).without(_MARKUP).text for piece in document.removed}
        self._removed = sorted((piece for piece in pieces if _is_telling(piece)), key=lambda p: (-len(p), p))

    def find(self, quote: str) -> tuple[Span, ...]:
        """Return every span of Document.text that holds the quote, in order; empty when it is not there.

        Tried in turn, the first that finds something counts: the folded quote; without U+FFFD; without markup
        (`**`, `<p>`, `&amp;`); without the pieces that cleaning took out of the text (`增长（林岚开）5%`).
        """
        wanted = fold_quote(quote)
        plain = fold_quote(html.unescape(_TAG.sub("", quote))).without(_MARKUP).text
        for text, needle in (
            (self._exact, wanted.text),
            (self._exact.without(_DAMAGE), wanted.without(_DAMAGE).text),
            (self._bare, plain),
        ):
            if spans := _occurrences(text, needle):
                return spans
        for pieces in (self._removed, *([piece] for piece in self._removed)):
            if (needle := _left(plain, pieces)) != plain and (spans := _occurrences(self._bare, needle)):
                return spans
        return ()


def _is_telling(piece: str) -> bool:
    """Tell whether a removed piece may be looked for in quotes: a by-line may, a page number `12` is in any figure."""
    return len(piece) > 1 and not piece.isdigit()


def _left(quote: str, pieces: list[str]) -> str:
    """Return the quote without the pieces, whole inside it or cut off by its ends."""
    for piece in pieces:
        quote = quote.replace(piece, "")
        for length in range(len(piece) - 1, 2, -1):
            if quote.startswith(piece[-length:]):
                quote = quote[length:]
            if quote.endswith(piece[:length]):
                quote = quote[:-length]
    return quote


def _occurrences(text: Folded, needle: str) -> tuple[Span, ...]:
    found: list[Span] = []
    at = text.text.find(needle) if needle else -1
    while at >= 0:
        found.append(text.span(at, at + len(needle)))
        at = text.text.find(needle, at + 1)
    return tuple(found)
