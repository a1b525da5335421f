"""One page of a PDF: its text, its characters with their places, its ruling lines, turned so that they read upright.

The only module that asks PDFium for more than properties. Places are in points, x from the left, y upwards, in the
page as its text reads: what `/Rotate` says is left aside, for text may be stored upright and shown sideways, stored
sideways and shown upright, or be both on one page.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Collection, Iterator
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
class Char:
    """A character in PDFium's order. `turn` counts quarter turns clockwise, None for oblique and made-up ones.

    `mapped` is False where the font does not say what the character means, so that PDFium had to guess.
    """

    text: str
    made_up: bool
    turn: int | None
    mapped: bool
    font: FontKey


@dataclass(frozen=True, slots=True)
class View:
    """The characters of a page that read in one direction, and the ruling lines, turned upright."""

    glyphs: list[Glyph]
    rules: list[Rule]


def page_text(page: Any) -> str:
    """Return the page's text as PDFium orders it, `\\r\\n` between lines."""
    return str(page.get_textpage().get_text_bounded())


def page_chars(page: Any) -> list[Char]:
    """Return what is known of each character but its place. The page is set upright first, see above."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    page.set_rotation(0)
    text_page = page.get_textpage()
    fonts: dict[int, FontKey] = {}
    found: list[Char] = []
    for index in range(text_page.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        made_up = pdfium.FPDFText_IsGenerated(text_page, index) == 1
        turn = None if made_up else _quarter(pdfium.FPDFText_GetCharAngle(text_page, index))
        mapped = made_up or pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1
        font = ("", 0)
        if not made_up and (item := pdfium.FPDFText_GetTextObject(text_page, index)):
            address = ctypes.cast(item, ctypes.c_void_p).value or 0
            if address not in fonts:
                fonts[address] = _font(item)
            font = fonts[address]
        found.append(Char(text, made_up, turn, mapped, font))
    return found


def page_views(page: Any, chars: Collection[Char], bad_fonts: Collection[FontKey] = ()) -> tuple[list[View], list[str]]:
    """Return a view for each direction of the page's text, that of most characters first, and its oblique lines.

    Characters of the `bad_fonts` are U+FFFD. The page is left turned: nothing else should be read from it before it
    is opened anew.
    """
    boxes = page.get_mediabox(), page.get_cropbox()
    counts = Counter(char.turn for char in chars if char.turn is not None and char.text.strip())
    views: list[View] = []
    oblique: list[str] = []
    at = 0
    for turn in sorted(counts, key=lambda t: (-counts[t], t)):
        for _ in range((turn - at) % 4):
            _turn_left(page)
        at = turn
        glyphs, slanted = _glyphs(page, bad_fonts)
        views.append(View(glyphs, page_rules(page)))
        oblique = oblique or slanted
    if not views and chars:
        oblique = _glyphs(page, bad_fonts)[1]
    page.set_mediabox(*boxes[0])  # these are kept when the page is closed, where its objects stand is not
    page.set_cropbox(*boxes[1])
    return views, oblique


def _quarter(angle: float) -> int | None:
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) <= _OBLIQUE else None


def _font(text_object: Any) -> FontKey:
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(text_object)
    if not font:
        return ("", 0)
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, name, size)
    return (name.value.decode("utf-8", "replace"), ctypes.cast(font, ctypes.c_void_p).value or 0)


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
    found: list[Glyph] = []
    oblique = ""
    last: int | None = 0  # turn of the character before
    for index, char in enumerate(page_chars(page)):
        turn = last if char.made_up else char.turn
        text = _NOT_TEXT if char.font in bad_fonts and char.text.strip() else char.text
        if turn != last:  # a line ends where the direction changes
            found.append(Glyph("\n", 0, 0, 0, 0, True))
            oblique += "\n"
        last = turn
        if turn is None:
            oblique += text
        if turn != 0:
            continue
        box = pdfium.FS_RECTF()
        if char.made_up or not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
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
