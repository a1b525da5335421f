"""One page of a PDF as its text and, where it has tables, the characters and the ruling lines with their places.

The only module that asks PDFium for more than a page's text. Places are in points, y upwards, as the page is read: a
page that is shown turned is turned here too.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from ragpark.load.pdf_grid import Glyph, Rule

_MAX_PATHS = 20_000  # a map or a drawing, not a table
_THIN = 3.0  # points: a filled box as thin as this is a line
_Point = tuple[float, float]


def page_text(page: Any) -> str:
    """Return the page's text as PDFium orders it, `\\r\\n` between lines."""
    return str(page.get_textpage().get_text_bounded())


def page_glyphs(page: Any) -> list[Glyph]:
    """Return the page's characters in PDFium's order, those that it made up (spaces, line ends) without extent."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text_page = page.get_textpage()
    turn = _turn(page)
    found: list[Glyph] = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        made_up = pdfium.FPDFText_IsGenerated(text_page, index) == 1
        if made_up or not pdfium.FPDFText_GetLooseCharBox(text_page, index, box := pdfium.FS_RECTF()):
            x0 = y0 = x1 = y1 = 0.0
            made_up = True
        else:
            (x0, y0), (x1, y1) = turn((box.left, box.bottom)), turn((box.right, box.top))
        found.append(Glyph(chr(code), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), made_up))
    return found


def page_rules(page: Any) -> list[Rule]:
    """Return the straight horizontal and vertical lines that are drawn on the page, those of boxes included."""
    import pypdfium2.raw as pdfium

    turn = _turn(page)
    found: list[Rule] = []
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if number >= _MAX_PATHS:
            return []
        found += _rules_of(item.raw, turn)
    return found


def _turn(page: Any) -> Callable[[_Point], _Point]:
    rotation, (left, bottom, right, top) = page.get_rotation(), page.get_mediabox()
    if rotation == 90:
        return lambda point: (point[1] - bottom, right - point[0])
    if rotation == 180:
        return lambda point: (right - point[0], top - point[1])
    if rotation == 270:
        return lambda point: (top - point[1], point[0] - left)
    return lambda point: point


def _rules_of(path: Any, turn: Callable[[_Point], _Point]) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    lines = [(turn(a), turn(b)) for a, b in _segments(path)]
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


def _segments(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight lines of a path in the page's points."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, start
