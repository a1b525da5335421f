"""Which fonts and pages of a PDF have a text layer that is no text; how a text is judged is said in `pdf_plausible`.

Judged is the text of each font of a page, for digits of a garbled font look right and are wrong; what is too short
for that, together with that of the fonts of the same name on other pages; then what remains of a page as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ragpark.load.pdf_page import Char, FontKey
from ragpark.load.pdf_plausible import Verdict, judge


@dataclass(frozen=True, slots=True)
class FontText:
    """The text of one font of a page, a line end where other text stood between, and how much of it was guessed."""

    text: str
    unmapped: int

    @property
    def size(self) -> int:
        return len("".join(self.text.split()))


Evidence = Mapping[FontKey, FontText]  # of one page


def evidence(chars: Iterable[Char]) -> dict[FontKey, FontText]:
    """Return the text of each font of a page."""
    texts: dict[FontKey, list[str]] = {}
    unmapped: dict[FontKey, int] = {}
    last: FontKey | None = None
    for char in chars:
        if char.made_up:
            if last is not None:
                texts[last].append(char.text)
            continue
        parts = texts.setdefault(char.font, [])
        if char.font != last and parts:
            parts.append("\n")
        last = char.font
        parts.append(char.text)
        unmapped[last] = unmapped.get(last, 0) + (not char.mapped and not char.text.isspace())
    return {font: FontText("".join(parts), unmapped[font]) for font, parts in texts.items()}


def garbled(pages: Sequence[Evidence]) -> tuple[list[frozenset[FontKey]], frozenset[int]]:
    """Return the garbled fonts of each page, and the indices of the pages that are garbled as a whole."""
    verdicts: list[dict[FontKey, Verdict]] = [
        {font: judge(found.text, found.unmapped) for font, found in page.items()} for page in pages
    ]
    pooled: dict[str, list[tuple[int, FontKey]]] = {}
    for index, fonts in enumerate(verdicts):
        for font, verdict in fonts.items():
            if verdict == "unsure" and font[0]:
                pooled.setdefault(font[0], []).append((index, font))
    for places in pooled.values():
        texts = [pages[index][font] for index, font in places]
        verdict = judge("\n".join(t.text for t in texts), sum(t.unmapped for t in texts))
        for index, font in places:
            verdicts[index][font] = verdict
    bad = [frozenset(font for font, verdict in fonts.items() if verdict == "bad") for fonts in verdicts]
    whole = frozenset(index for index, page in enumerate(pages) if _is_garbled(page, bad[index]))
    return bad, whole


def _is_garbled(page: Evidence, bad: frozenset[FontKey]) -> bool:
    """Tell whether most of the page is in garbled fonts, or the rest of it is no text either."""
    lost = sum(page[font].size for font in bad)
    rest = [found for font, found in page.items() if font not in bad]
    if lost and lost >= sum(found.size for found in rest):
        return True
    return judge("\n".join(found.text for found in rest)) == "bad"
