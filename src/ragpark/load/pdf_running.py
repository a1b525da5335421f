"""Running heads and feet and page numbers: lines at the edges of pages that are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_EDGE_LINES = 3  # how deep a running head or foot can be
_MIN_PAGES = 3
# `- 3 -`, `第 3 页 共 12 页`, `3/12`, `· 3 ·`, `Page 3 of 12`; a bare `3` is judged by its neighbours.
_PAGE_MARK = re.compile(
    r"^(第\s*\d+\s*页(\s*[，,/]?\s*共\s*\d+\s*页)?|[-–—·•~]\s*\d{1,4}\s*[-–—·•~]|\d{1,4}\s*/\s*\d{1,4}|page\s*\d+(\s*of\s*\d+)?)$",
    re.IGNORECASE,
)
_SENTENCE_MARK = re.compile(r"[，。；！？、,;!?]")


def drop_running(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the pages without running heads, running feet and page numbers.

    A line is running if, digits ignored, it stands at the same edge of at least three pages and of half of all
    pages, or of half of the left or the right ones (`2020年年鉴 · 科技` yes, a heading that comes once no). Of two
    pages, or two left ones, both must have it as their very first or last line, and it must hold no mark.
    """
    running = [_running(pages, bottom) for bottom in (False, True)]
    numbers = [_page_numbers(pages, bottom) for bottom in (False, True)]
    kept = []
    for index, page in enumerate(pages):
        lines = list(page)
        for bottom in (False, True):
            for _ in range(_EDGE_LINES):
                at = _edge(lines, bottom)
                if at is None:
                    break
                text = lines[at].strip()
                key = _key(text)
                if not ((key and key in running[bottom]) or _PAGE_MARK.match(text) or (index, text) in numbers[bottom]):
                    break
                del lines[at]
        kept.append(lines)
    return kept


def drop_running_asides(asides: Sequence[Sequence[str]], pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return what stands turned or oblique on each page without page marks and what runs over the pages.

    A line runs if it stands on two pages and on half of those that have any (a watermark, the tab of a chapter), or
    if it is a running head or foot of the upright `pages`.
    """
    having = [lines for lines in asides if lines]
    counts = Counter(key for lines in having for key in {_key(line) for line in lines} if key)
    running = {key for key, n in counts.items() if n >= 2 and 2 * n >= len(having)}
    running |= _running(pages, False) | _running(pages, True)
    numbers = _page_numbers(asides, False) | _page_numbers(asides, True)
    return [
        [
            line
            for line in lines
            if _key(line) not in running and not _PAGE_MARK.match(line.strip()) and (index, line.strip()) not in numbers
        ]
        for index, lines in enumerate(asides)
    ]


def _edge(lines: Sequence[str], bottom: bool) -> int | None:
    order = range(len(lines) - 1, -1, -1) if bottom else range(len(lines))
    return next((at for at in order if lines[at].strip()), None)


def _key(text: str) -> str:
    """Return the text without digits and spaces; empty where no letter is left (rows of figures are no heads).

    A whole sentence keeps its digits: `航线5条。` on one page and `航线6条。` on the next are no running line.
    """
    if text.rstrip().endswith("。"):
        return text.strip()
    key = re.sub(r"[\d\s〇一二三四五六七八九十]+", "#", text.strip())
    return key if re.search(r"[^\W\d_]", key) else ""


def _edge_lines(page: Sequence[str], bottom: bool) -> list[str]:
    lines = [line.strip() for line in page if line.strip()]
    return lines[-_EDGE_LINES:] if bottom else lines[:_EDGE_LINES]


def _running(pages: Sequence[Sequence[str]], bottom: bool) -> set[str]:
    found: set[str] = set()
    for group in (pages, pages[::2], pages[1::2]):
        counts = Counter(key for page in group for key in {_key(line) for line in _edge_lines(page, bottom)} if key)
        found |= {key for key, n in counts.items() if n >= _MIN_PAGES and 2 * n >= len(group)}
        if len(group) == 2:
            found |= _same_edge(group, bottom)
    return found


def _same_edge(pair: Sequence[Sequence[str]], bottom: bool) -> set[str]:
    """Return the key of the outermost line of both pages if it is one and the same and no part of a sentence."""
    ends = [_edge_lines(page, bottom)[-1 if bottom else 0 :][:1] for page in pair]
    keys = {_key(line) for end in ends for line in end if not _PAGE_MARK.match(line)}
    if len(keys) != 1 or not all(ends) or any(_SENTENCE_MARK.search(line) for end in ends for line in end):
        return set()
    return keys if len("".join(keys).strip("#")) >= 4 else set()


def _page_numbers(pages: Sequence[Sequence[str]], bottom: bool) -> set[tuple[int, str]]:
    """Return (page index, text) of bare numbers that count the pages: they run on over two pages or name their own."""
    bare = list(_bare_numbers(pages, bottom))
    steps = Counter(number - index for index, number, _ in bare)
    return {(index, text) for index, number, text in bare if number == index + 1 or steps[number - index] > 1}


def _bare_numbers(pages: Sequence[Sequence[str]], bottom: bool) -> Iterator[tuple[int, int, str]]:
    for index, page in enumerate(pages):
        for text in _edge_lines(page, bottom):
            if re.fullmatch(r"\d{1,4}", text):
                yield index, int(text), text
