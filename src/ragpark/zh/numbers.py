"""Finds the quantities of a text: `近2800家`, `22.89亿元`, `四千二百余家`, `三成五`. Gives them no meaning."""

from __future__ import annotations

import re
from dataclasses import replace

from ragpark.zh.digit_figures import digit_figure
from ragpark.zh.line import NARROW, Line, read_line
from ragpark.zh.numerals import numeral
from ragpark.zh.quantity import Quantity, first_place
from ragpark.zh.word_figures import word_figure

__all__ = ["NARROW", "Quantity", "find_quantities", "numeral"]

_START = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿兆]|首位")


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of the text in order, without overlaps: `text[q.start:q.end] == q.text`.

    Dates, years, times of day, list markers, telephone numbers, codes (`5G`, `A1`) and ordinals of things (`第27批`)
    are left out, and so are figures without a value (`数十家`, `半数`). White space, LaTeX and note marks inside a
    figure (`4 2 . 5 %`, `7.09\\%`, `88²亿元`) are read over, and stay in its text.
    """
    read = read_line(text)
    line = read.text
    found: list[Quantity] = []
    position = floor = 0
    while match := _START.search(line, position):
        at = match.start()
        if line[at] == "首":
            quantity, position = first_place(line, at, floor), at + 2
        else:
            quantity, position = (digit_figure if line[at] in "0123456789" else word_figure)(line, at, floor)
        if quantity:
            found.append(_as_printed(quantity, read, text))
            floor = quantity.end
    return found


def _as_printed(quantity: Quantity, line: Line, text: str) -> Quantity:
    start, end = line.span(quantity.start, quantity.end)
    if text[start:end] == quantity.text and start == quantity.start:
        return quantity
    return replace(quantity, start=start, end=end, text=text[start:end])
