"""Chunks: sections, or parts of them where a section is too long. Cut only between sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ragpark.ingest.sentences import clauses, sentences
from ragpark.records import Chunk, Document, Section

CountTokens = Callable[[Sequence[str]], list[int]]
Span = tuple[int, int]


def split_chunks(
    document: Document, sections: Sequence[Section], count_tokens: CountTokens, *, max_tokens: int, max_chars: int
) -> list[Chunk]:
    """Return the chunks of the document; each lies inside one section and fits the limits with its breadcrumb.

    A section that fits is one chunk. A longer one is cut at sentence ends near the limit, a single sentence that
    is too long at its clauses; the last chunk overlaps the one before it.
    """
    chunks: list[Chunk] = []
    for section in sections:
        for start, end in _spans(document, section, count_tokens, max_tokens, max_chars):
            chunks.append(_chunk(document, section, start, end))
    return chunks


def _chunk(document: Document, section: Section, start: int, end: int) -> Chunk:
    return Chunk(
        chunk_id=f"{document.doc}#{start}-{end}",
        doc=document.doc,
        title=document.title,
        date=document.date,
        headings=section.headings,
        section=section.number,
        start=start,
        end=end,
        text=document.text[start:end],
    )


def _spans(
    document: Document, section: Section, count_tokens: CountTokens, max_tokens: int, max_chars: int
) -> list[Span]:
    text = document.text
    start, end = section.start, section.end
    while end > start and text[end - 1].isspace():
        end -= 1

    def tokens(span: Span) -> int:
        return count_tokens([_chunk(document, section, *span).passage])[0]

    whole = (start, end)
    if end - start <= max_chars and tokens(whole) <= max_tokens:
        return [whole]
    pieces = _pieces(text, section.body if section.body > start else start, end, max_chars // 2)
    if pieces and pieces[0][0] > start:
        pieces[0] = (start, pieces[0][1])

    def fits(span: Span) -> bool:
        return span[1] - span[0] <= max_chars and tokens(span) <= max_tokens

    return _fit(text, pieces, fits)


def _pieces(text: str, start: int, end: int, longest: int) -> list[Span]:
    """Return contiguous spans that may not be cut: sentences, or clauses of a sentence over `longest` characters."""
    starts: list[int] = []
    for sentence in sentences(text, start, end):
        starts.append(sentence[0])
        if sentence[1] - sentence[0] > longest:
            last = sentence[0]
            for clause in clauses(text, *sentence):
                if clause[0] - last >= longest // 2:
                    starts.append(clause[0])
                    last = clause[0]
            starts.extend(_hard_cuts(text, starts[-1], sentence[1], longest))
    bounds = [*starts, end]
    return [(a, b) for a, b in zip(bounds, bounds[1:], strict=False)]


def _hard_cuts(text: str, start: int, end: int, longest: int) -> list[int]:
    """Return cuts in text without any punctuation, never inside a run of digits and letters with its unit."""
    cuts: list[int] = []
    position = start + longest
    while position < end:
        cut = position
        while cut > position - 20 and re.match(r"[\w.,%％]", text[cut]) and re.match(r"[\dA-Za-z.,%％〇零一二三四五六七八九十百千万亿]", text[cut - 1]):
            cut -= 1
        cuts.append(cut)
        position = cut + longest
    return cuts


def _fit(text: str, pieces: list[Span], fits: Callable[[Span], bool]) -> list[Span]:
    """Return spans of whole pieces, each as long as fits; the last one reaches back to be full as well.

    The overlap gives every sentence near the cut a chunk that holds what stands around it.
    """
    spans: list[Span] = []
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and fits((pieces[first][0], pieces[last + 1][1])):
            last += 1
        if last + 1 == len(pieces) and spans:
            while first > 0 and fits((pieces[first - 1][0], pieces[last][1])):
                first -= 1
        spans.append((pieces[first][0], pieces[last][1]))
        first = last + 1
    return [_trim(text, span) for span in spans if text[span[0] : span[1]].strip()]


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
