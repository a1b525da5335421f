"""Raw documents written by hand, and token counts that one can compute by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ragpark.records import PlaceUnit, RawDocument, RawLine


def raw(
    text: str,
    doc: str = "a.txt",
    *,
    meta: Mapping[str, str] | None = None,
    pinned: Mapping[str, str] | None = None,
    solid: bool = False,
    place_unit: PlaceUnit = "lines",
) -> RawDocument:
    """Return a document whose lines are those of `text`, numbered from 1 (a form feed begins the next page)."""
    lines: list[RawLine] = []
    page = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("\f"):
            page += 1
            line = line[1:]
        lines.append(RawLine(line, page if place_unit == "page" else number, 0, solid))
    return RawDocument(doc, "0" * 64, "txt", place_unit, tuple(lines), meta or {}, pinned or {})


def one_token_a_character(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]
