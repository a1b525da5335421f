"""One page of a PDF: its text, its characters with their places, its ruling lines, turned so that they read upright.

The only module that asks PDFium for more than properties. Places are in points, x from the left, y upwards, in the
page as its text reads: what `/Rotate` says is left aside, for text may be stored upright and shown sideways, stored
sideways and shown upright, or be both on one page.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ragpark.load.pdf_geometry import Glyph, Rule

_MAX_PATHS = 20_000  # a map or a drawing, not a table
_THIN = 3.0  # points: a filled box as thin as this is a line
_OBLIQUE = math.radians(10)  # a scan that lies a little askew is still upright
_NOT_TEXT = "\ufffd"
_Point = tuple[float, float]
FontKey = tuple[str, int]  # (name, address): one font of one page


@dataclass(frozen=True, slots=True)
class Scan:
    """A page's text as PDFium orders it, `\\r\\n` between lines, and what says whether it can be taken as it is.

    `turns` counts the characters by quarter turns clockwise, None for oblique ones; `unmapped` counts those whose
    font does not say what they mean, so that PDFium had to guess.
    """

    text: str
    turns: Mapping[int | None, int]
    unmapped: int


@dataclass(frozen=True, slots=True)
class Char:
    """A character in PDFium's order, and its font. `made_up` and `mapped` as in Glyph and Scan."""

    text: str
    made_up: bool
    mapped: bool
    font: FontKey


@dataclass(frozen=True, slots=True)
class View:
    """The characters of a page that read in one direction, and the ruling lines, turned upright."""

    glyphs: list[Glyph]
    rules: list[Rule]


def page_scan(page: Any) -> Scan:
    """Set the page upright, see above, and return its text with the signs of what may be wrong with it."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    page.set_rotation(0)
    text_page = page.get_textpage()
    raw, unmapped = text_page.raw, 0
    angle, missing = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_HasUnicodeMapError
    angles: Counter[float] = Counter()
    for index in range(text_page.count_chars()):
        angles[angle(raw, index)] += 1
        unmapped += missing(raw, index) == 1
    turns: Counter[int | None] = Counter()
    for radians, count in angles.items():
        turns[_quarter(radians)] += count
    return Scan(str(text_page.get_text_bounded()), turns, unmapped)


def page_chars(page: Any) -> list[Char]:
    """Return the characters with their fonts."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    fonts: dict[int, FontKey] = {}
    return [
        Char(
            chr(pdfium.FPDFText_GetUnicode(text_page, index)),
            pdfium.FPDFText_IsGenerated(text_page, index) == 1,
            pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1,
            _font(text_page, index, fonts),
        )
        for index in range(text_page.count_chars())
    ]


def page_views(
    page: Any, turns: Mapping[int | None, int], bad_fonts: Collection[FontKey] = ()
) -> tuple[list[View], list[str]]:
    """Return a view for each direction of the page's text, that of most characters first, and its oblique lines.

    Characters of the `bad_fonts` are U+FFFD. The page is left turned: nothing else should be read from it before it
    is opened anew.
    """
    boxes = page.get_mediabox(), page.get_cropbox()
    views: list[View] = []
    oblique: list[str] = []
    at = 0
    for turn in sorted((t for t in turns if t is not None), key=lambda t: (-turns[t], t)):
        for _ in range((turn - at) % 4):
            _turn_left(page)
        at = turn
        glyphs, slanted = _glyphs(page, bad_fonts)
        if any(not glyph.made_up for glyph in glyphs):
            views.append(View(glyphs, page_rules(page)))
        oblique = oblique or slanted
    if None in turns and not views:
        oblique = _glyphs(page, bad_fonts)[1]
    page.set_mediabox(*boxes[0])  # these are kept when the page is closed, where its objects stand is not
    page.set_cropbox(*boxes[1])
    return views, oblique


def _quarter(angle: float) -> int | None:
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) <= _OBLIQUE else None


def _font(text_page: Any, index: int, known: dict[int, FontKey]) -> FontKey:
    """Return the font of a character; `known` keeps those of the text objects that were met."""
    import pypdfium2.raw as pdfium

    item = pdfium.FPDFText_GetTextObject(text_page, index)
    if not item:
        return ("", 0)
    address = ctypes.cast(item, ctypes.c_void_p).value or 0
    if address not in known:
        font = pdfium.FPDFTextObj_GetFont(item)
        size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
        name = ctypes.create_string_buffer(size + 1)
        pdfium.FPDFFont_GetBaseFontName(font, name, size)
        known[address] = (name.value.decode("utf-8", "replace"), ctypes.cast(font, ctypes.c_void_p).value or 0)
    return known[address]


def _turn_left(page: Any) -> None:
    """Turn all that is on the page, and the page with it, by a quarter to the left."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_mediabox()
    crop = page.get_cropbox()
    for item in page.get_objects(max_depth=1):
        pdfium.FPDFPageObj_Transform(item.raw, 0, 1, -1, 0, top, -left)
    page.set_mediabox(0, 0, top - bottom, right - left)
    page.set_cropbox(top - crop[3], crop[0] - left, top - crop[1], crop[2] - left)


def _glyphs(page: Any, bad_fonts: Collection[FontKey]) -> tuple[list[Glyph], list[str]]:
    """Return the upright characters of the page, those that PDFium made up without extent, and its oblique lines."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    text_page = page.get_textpage()
    raw = text_page.raw
    fonts: dict[int, FontKey] = {}
    found: list[Glyph] = []
    oblique = ""
    last: int | None = 0  # turn of the character before
    for index in range(text_page.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(raw, index))
        made_up = pdfium.FPDFText_IsGenerated(raw, index) == 1
        turn = last if made_up else _quarter(pdfium.FPDFText_GetCharAngle(raw, index))
        if bad_fonts and text.strip() and not made_up and _font(raw, index, fonts) in bad_fonts:
            text = _NOT_TEXT
        if turn != last:  # a line ends where the direction changes
            found.append(Glyph("\n", 0, 0, 0, 0, True))
            oblique += "\n"
        last = turn
        if turn is None:
            oblique += text
        if turn != 0:
            continue
        box = pdfium.FS_RECTF()
        if made_up or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            found.append(Glyph(text, 0, 0, 0, 0, True))
            continue
        glyph = Glyph(text, box.left, box.bottom, box.right, box.top)
        if left <= glyph.x <= right and bottom <= glyph.y <= top:
            found.append(glyph)
    return found, [line.strip() for line in oblique.splitlines() if line.strip()]


def page_rules(page: Any) -> list[Rule]:
    """Return the straight horizontal and vertical lines that are drawn on the page, those of boxes included."""
    import pypdfium2.raw as pdfium

    found: list[Rule] = []
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if number >= _MAX_PATHS:
            return []
        found += _rules_of(item)
    return found


def _rules_of(item: Any) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke) or not (fill.value or stroke.value):
        return
    lines = list(_segments(item))
    if not lines:
        return
    xs, ys = [x for line in lines for x, _ in line], [y for line in lines for _, y in line]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if min(width, height) <= _THIN:  # a line, or a box filled so thin that it looks like one
        middle = (min(xs) + max(xs)) / 2 if width < height else (min(ys) + max(ys)) / 2
        low, high = (min(ys), max(ys)) if width < height else (min(xs), max(xs))
        yield Rule(width < height, middle, low, high)
    elif stroke.value:
        for (x0, y0), (x1, y1) in lines:
            if abs(x1 - x0) <= 1:
                yield Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
            elif abs(y1 - y0) <= 1:
                yield Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))


def _segments(item: Any) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight lines of a path in the page's points."""
    import pypdfium2.raw as pdfium

    matrices = list(_matrices(item))
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(item.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for m in matrices:
            point = (m.a * point[0] + m.c * point[1] + m.e, m.b * point[0] + m.d * point[1] + m.f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, start


def _matrices(item: Any) -> Iterator[Any]:
    """Yield what places the object on the page: its own matrix, then those of the forms that it is nested in."""
    import pypdfium2.raw as pdfium

    while item is not None:
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFPageObj_GetMatrix(item.raw, matrix):
            yield matrix
        item = item.container
