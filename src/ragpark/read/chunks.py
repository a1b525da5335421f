"""Chunks: sections, or parts of them where a section is too long. Cut only between sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ragpark.read.sentences import clauses, sentences, trimmed
from ragpark.records import Chunk, Document, Section

CountTokens = Callable[[Sequence[str]], list[int]]
Span = tuple[int, int]

# What is never parted: a number with its scale and unit (`22.89亿元`, `近2800家`), a Latin word, a Chinese numeral.
_WHOLE = re.compile(
    r"(?:[近超约逾达第]\s?)?\d[\d.,，:：/—～~\-]*(?:\s?[余多几]?[十百千万亿]*[余多]?\s?(?:个百分点|平方公里|平方米|[%％‰]|[一-鿿℃]{1,2}))?"
    r"|[A-Za-z][\w&.+\-]*|[〇零一二三四五六七八九十百千万亿两]{2,}[一-鿿]?"
)


def split_chunks(
    document: Document, sections: Sequence[Section], count_tokens: CountTokens, *, max_tokens: int, max_chars: int
) -> list[Chunk]:
    """Return the chunks of the document; each lies inside one section and fits the limits with its breadcrumb.

    A section that fits is one chunk. A longer one is cut at sentence ends, each chunk as full as fits; a single
    sentence that is too long is cut at its clauses, and where it has none, between words. The last chunk reaches back
    over the one before it to be full as well. A breadcrumb that takes more than half of the tokens loses its outer
    headings.
    """
    chunks: list[Chunk] = []
    for section in sections:
        cutter = _Cutter(document, section, count_tokens, max_tokens, max_chars)
        chunks.extend(cutter.chunk(span) for span in cutter.spans())
    return chunks


class _Cutter:
    """One section with the limits that its chunks must fit."""

    def __init__(
        self, document: Document, section: Section, count_tokens: CountTokens, max_tokens: int, max_chars: int
    ) -> None:
        self._document = document
        self._section = section
        self._count = count_tokens
        self._max_tokens = max_tokens
        self._max_chars = max_chars
        self._title = document.title
        self._headings = section.headings
        while self._headings and self._tokens((section.start, section.start)) > max_tokens // 2:
            self._headings = self._headings[1:]

    def chunk(self, span: Span) -> Chunk:
        start, end = span
        return Chunk(
            chunk_id=f"{self._document.doc}#{start}-{end}",
            doc=self._document.doc,
            title=self._title,
            date=self._document.date,
            headings=self._headings,
            section=self._section.number,
            start=start,
            end=end,
            text=self._document.text[start:end],
        )

    def spans(self) -> list[Span]:
        """Return the spans of the section's chunks, in order."""
        text, section = self._document.text, self._section
        whole = trimmed(text, section.start, section.end)
        if whole is None or self._fits(whole):
            return [whole] if whole else []
        start, end = whole
        body = max(section.body, start)
        pieces = _pieces(text, body, end, self._max_chars // 2)
        if pieces and body > start:  # the heading goes with the first sentence
            first = (start, pieces[0][1])
            pieces = [first, *pieces[1:]] if self._fits(first) else [(start, body), *pieces]
        pieces = [part for piece in pieces for part in self._small_enough(piece)]
        return [span for start, end in self._filled(pieces) if (span := trimmed(text, start, end))]

    def _filled(self, pieces: Sequence[Span]) -> list[Span]:
        """Return spans of whole pieces, each as long as fits; the last one reaches back to be full as well.

        The overlap gives every sentence near the cut a chunk that holds what stands around it.
        """
        spans: list[Span] = []
        first = 0
        reach = 1  # how many pieces the last chunk took: where to begin to try
        while first < len(pieces):
            last = min(first + reach, len(pieces)) - 1
            while last > first and not self._fits((pieces[first][0], pieces[last][1])):
                last -= 1
            while last + 1 < len(pieces) and self._fits((pieces[first][0], pieces[last + 1][1])):
                last += 1
            reach = last + 1 - first
            if last + 1 == len(pieces) and spans:
                while first > 0 and self._fits((pieces[first - 1][0], pieces[last][1])):
                    first -= 1
            spans.append((pieces[first][0], pieces[last][1]))
            first = last + 1
        return spans

    def _small_enough(self, piece: Span) -> list[Span]:
        """Return the piece, halved between words until every part fits; what cannot be halved stays."""
        if self._fits(piece):
            return [piece]
        cut = _cut_near(self._document.text, piece, (piece[0] + piece[1]) // 2)
        if cut is None:
            return [piece]
        return [*self._small_enough((piece[0], cut)), *self._small_enough((cut, piece[1]))]

    def _fits(self, span: Span) -> bool:
        return span[1] - span[0] <= self._max_chars and self._tokens(span) <= self._max_tokens

    def _tokens(self, span: Span) -> int:
        return self._count([self.chunk(span).passage])[0]


def _pieces(text: str, start: int, end: int, longest: int) -> list[Span]:
    """Return contiguous spans that may not be cut: sentences, or clauses of a sentence over `longest` characters."""
    starts: list[int] = []
    for first, stop in sentences(text, start, end):
        starts.append(first)
        if stop - first <= longest:
            continue
        for clause, _ in clauses(text, first, stop):
            if clause - starts[-1] >= longest // 2:
                starts.append(clause)
    return list(zip(starts, [*starts[1:], end], strict=True))


def _cut_near(text: str, span: Span, at: int) -> int | None:
    """Return the offset at or before `at`, else after it, where no number, unit or Latin word is parted.

    Where all of the text around is one such run, `at` itself; None if the span is too short to cut.
    """
    low, high = max(span[0], at - 80), min(span[1], at + 80)
    whole = [match.span() for match in _WHOLE.finditer(text, low, high)]

    def free(cut: int) -> bool:
        return span[0] < cut < span[1] and not any(a < cut < b for a, b in whole)

    near = [*range(at, low, -1), *range(at + 1, high)]
    return next((cut for cut in near if free(cut)), at if span[0] < at < span[1] else None)
