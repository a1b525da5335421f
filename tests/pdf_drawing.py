"""PDFs for the tests: texts and ruled tables drawn at places, turned where asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
Draw = Callable[[Canvas], None]


def drawn(*pages: Sequence[Draw], shown_turned: int = 0) -> bytes:
    """Return a PDF (A4, upright) with what each page's functions draw; `/Rotate` as given on every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4[::-1] if shown_turned % 180 else A4)  # which reportlab swaps back
    for page in pages:
        if shown_turned:
            canvas.setPageRotation(shown_turned)
        for draw in page:
            canvas.saveState()
            canvas.setFont(FONT, 12)
            draw(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(x: float, top: float, *lines: str) -> Draw:
    """Lines one below another, the first `top` points below the page's upper edge."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(x, 842 - top - 20 * number, line)

    return draw


def columns(xs: Sequence[float], top: float, *rows: Sequence[str]) -> Draw:
    """Rows without lines between them, each cell at its x."""

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for x, cell in zip(xs, row, strict=True):
                canvas.drawString(x, 842 - top - 20 * number, cell)

    return draw


def grid(x: float, top: float, *rows: Sequence[str], width: float = 100) -> Draw:
    """A table with all its lines; `top` is its upper edge."""

    def draw(canvas: Canvas) -> None:
        high, n = 842 - top, len(rows[0])
        for number in range(len(rows) + 1):
            canvas.line(x, high - 20 * number, x + n * width, high - 20 * number)
        for number in range(n + 1):
            canvas.line(x + number * width, high, x + number * width, high - 20 * len(rows))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                canvas.drawString(x + column * width + 5, high - 20 * number - 15, cell)

    return draw


def turned(degrees: float, x: float, top: float, *draws: Draw) -> Draw:
    """What `draws` draw, turned counterclockwise about the page's upper left corner, which moves to (x, top)."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(x, 842 - top)
        canvas.rotate(degrees)
        canvas.translate(0, -842)
        for part in draws:
            canvas.setFont(FONT, 12)
            part(canvas)

    return draw
