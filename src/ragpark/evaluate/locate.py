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
_BETWEEN_CELLS = _MARKUP | frozenset(",;:、\"'年")  # NFKC; `2023` in a column of years is read as `2023年`
_CELL_ENDS = re.compile(r"<[^<>]*>|[|,;，；\t]|\s{2,}")
_RULE = re.compile(r"[\s|:+=-]+")  # `|---|---:|` under the names of columns


class QuoteFinder:
    """Finds quotes in one document, which it folds once."""

    def __init__(self, document: Document) -> None:
        self._exact = fold_quote(document.text)
        self._bare = self._exact.without(_MARKUP)
        self._cells = self._exact.outside(_added(document)).without(_BETWEEN_CELLS)
        names = {name for table in document.tables for column in table.columns for name in column}
        self._names = frozenset(map(_of_cell, names))
        pieces = {fold_quote(piece.text).without(_MARKUP).text for piece in document.removed}
        self._removed = sorted((piece for piece in pieces if _is_telling(piece)), key=lambda p: (-len(p), p))

    def find(self, quote: str) -> tuple[Span, ...]:
        """Return every span of Document.text that holds the quote, in order; empty when it is not there.

        Tried in turn, the first that finds something counts: the folded quote; without U+FFFD; without markup
        (`**`, `<p>`, `&amp;`); by the cells of tables alone, however they are parted (`| 产值 | 12 |`, `产值,12`);
        without the pieces that cleaning took out of the text (`增长（林岚开）5%`).
        """
        wanted = fold_quote(quote)
        plain = fold_quote(html.unescape(_TAG.sub("", quote))).without(_MARKUP).text
        for text, needle in (
            (self._exact, wanted.text),
            (self._exact.without(_DAMAGE), wanted.without(_DAMAGE).text),
            (self._bare, plain),
            (self._cells, self._in_cells(quote)),
        ):
            if spans := _occurrences(text, needle):
                return spans
        for pieces in (self._removed, *([piece] for piece in self._removed)):
            if (needle := _left(plain, pieces)) != plain and (spans := _occurrences(self._bare, needle)):
                return spans
        return ()

    def _in_cells(self, quote: str) -> str:
        """Return what the cells of a quoted table say, without the lines that only name its columns or rule it off."""
        kept = [line for line in quote.split("\n") if not _RULE.fullmatch(line) and not self._names_columns(line)]
        return _of_cell(_TAG.sub("", "\n".join(kept)))

    def _names_columns(self, line: str) -> bool:
        return self._names.issuperset(filter(None, map(_of_cell, _CELL_ENDS.split(line))))


def _of_cell(text: str) -> str:
    return fold_quote(html.unescape(text)).without(_BETWEEN_CELLS).text


def _added(document: Document) -> list[Span]:
    """Return the spans of the text that stand in rows of tables, but in none of their cells: names, and marks between."""
    found: list[Span] = []
    for table in document.tables:
        for row in table.rows:
            ends = [row.start, *(end for _, end, _ in row.cells)]
            found += zip(ends, [*(start for start, _, _ in row.cells), row.end], strict=True)
    return sorted(span for span in found if span[0] < span[1])


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
