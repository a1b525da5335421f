"""The frozen records that every stage takes and returns; no behaviour beyond small derived views."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PlaceUnit = Literal["lines", "page", "paragraphs", "rows"]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One physical line (text formats, PDF) or one paragraph or table row (HTML, DOCX).

    `place` is its 1-based number in the original, in the document's `place_unit`.
    `level` is 1–6 where the format itself marks a heading, else 0.
    `solid` means the line is a whole paragraph: it is never joined to its neighbours.
    """

    text: str
    place: int
    level: int = 0
    solid: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a loader read from a file, before any repair of its text.

    `doc` is the path relative to the documents folder, with forward slashes.
    `meta` may hold `title`, `date` (ISO) and `source`, from front matter or the format's own metadata;
    `pinned` holds the same keys from a sidecar file, which win over everything.
    """

    doc: str
    sha256: str
    format: str
    place_unit: PlaceUnit
    lines: tuple[RawLine, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    pinned: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the original that cleaning left out, and why (`by-line`, `caption`, `navigation`, …)."""

    text: str
    reason: str
    place: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line of the cleaned text: `text[start:end]`, level 1 (outermost) and up."""

    start: int
    end: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Cleaned text with its way back to the original.

    `places` maps offsets to the original: pairs (start, place) sorted by start; the text from one start
    to the next came from `place`. `also` names further files with the same content.
    """

    doc: str
    title: str
    date: str | None
    source: str | None
    text: str
    headings: tuple[Heading, ...]
    places: tuple[tuple[int, int], ...]
    place_unit: PlaceUnit
    format: str
    sha256: str
    removed: tuple[Removed, ...] = ()
    problems: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def locator(self, start: int, end: int) -> dict[str, object]:
        """Return the original place of text[start:end]: {"lines": [a, b]}, {"page": n}, {"pages": [a, b]}, …"""
        starts = [s for s, _ in self.places]
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(end - 1, start)) - 1, first)
        found = [place for _, place in self.places[first : last + 1]] or [1]
        low, high = min(found), max(found)
        if self.place_unit == "page":
            return {"page": low} if low == high else {"pages": [low, high]}
        return {self.place_unit: [low, high]}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text under it, up to the next heading: `doc.text[start:end]`.

    `headings` is the path from the outermost heading to this section's own. `body` is where the text
    after the heading line begins (equal to `start` for text before the first heading).
    """

    doc: str
    number: int
    headings: tuple[str, ...]
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is searched: `document.text[start:end] == text`, inside one section."""

    chunk_id: str
    doc: str
    title: str
    date: str | None
    headings: tuple[str, ...]
    section: int
    start: int
    end: int
    text: str

    @property
    def passage(self) -> str:
        """The text that is embedded and indexed: breadcrumb and date, then the chunk's own words."""
        title = self.title if has_words(self.title) else ""
        crumbs = " › ".join(dict.fromkeys(part for part in (title, *self.headings) if part))
        date = f"（{self.date}）" if self.date else ""
        return f"{crumbs}{date}\n{self.text}" if crumbs or date else self.text


def has_words(title: str) -> bool:
    """Tell whether a title says something: `trial_014`, `000_5db80a` are file names, not titles."""
    return any("\u4e00" <= c <= "\u9fff" for c in title) or (" " in title and title.replace(" ", "").isalpha())


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query, and where its score comes from. A higher score is better; rank 1 is the best.

    `legs` explains it:
    - `lexical`: BM25 of the question's tokens, 0 and up, with the synonyms of its words at a lower weight;
    - `dense`: cosine of question and passage, −1 to 1 (E5 models: .7 to .95); `sentence`: that of its best sentence;
    - `lexical_scaled`, `dense_scaled`, `sentence_scaled`: the same from 0, about the lowest of this index for this
      question, to 1, the highest of this search; only these can be compared with each other;
    - `fused`: their weighted sum, 0 to 1;
    - `year`: what was added because the passage is about a year asked for (up to 0.12), or taken off because it
      names only others (0.15); `named`: what was added because the question names the document (0.3);
    - `rerank`: what was added for the share of the question's words that the passage holds, 0 to 0.6, 0 for
      passages too far down to be looked at again.
    `score` is `fused + year + named + rerank`.
    """

    chunk: Chunk
    score: float
    rank: int
    legs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Verbatim evidence: `quote == document.text[start:end]`.

    `also` names further files with the same content; `marks` are the answer's spans inside the quote.
    """

    n: int
    doc: str
    title: str
    date: str | None
    headings: tuple[str, ...]
    quote: str
    start: int
    end: int
    locator: Mapping[str, object]
    also: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: a short answer with its citations, or a refusal with the reason.

    A refusal's citations are the nearest evidence, not support. `score` is the support, 0 to 1. `computed` is what
    no document says and was worked out from the figures cited, as a calculation (`66 − 45 = 21家`).
    """

    question: str
    answer: str
    refused: bool
    reason: str
    citations: tuple[Citation, ...]
    score: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    computed: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure read out of the text: who, what, when, how much, and the exact span it stands in.

    `text` is the figure as printed with its qualifier (`近2800家`), `value` the number in the base unit
    (2800 家; 22.89亿元 is 2289000000 元). `year` is the year the figure is about, None where left open.
    """

    indicator: str
    entity: str
    year: int | None
    period: str
    value: float
    unit: str
    text: str
    qualifier: str
    kind: str
    doc: str
    date: str | None
    quote: str
    start: int
    end: int
    locator: Mapping[str, object]
