"""Finds the quantities of a text: `近2800家`, `22.89亿元`, `四千二百余家`, `三成五`. Gives them no meaning."""

from __future__ import annotations

import re

from ragpark.zh.digit_figures import digit_figure
from ragpark.zh.numerals import numeral
from ragpark.zh.quantity import NARROW, Quantity
from ragpark.zh.word_figures import word_figure

__all__ = ["NARROW", "Quantity", "find_quantities", "numeral"]

_START = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿兩萬億壹贰叁肆伍陆柒捌玖拾佰仟]")


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of the text in order, without overlaps: `text[q.start:q.end] == q.text`.

    Dates, years, list markers, telephone numbers, codes (`5G`, `A1`) and ordinals of things (`第27批`) are left out,
    and so are figures without a value (`数十家`, `半数`).
    """
    if not _START.search(text):
        return []
    line = text.translate(NARROW)
    found: list[Quantity] = []
    position = floor = 0
    while match := _START.search(line, position):
        at = match.start()
        read = digit_figure if line[at] in "0123456789" else word_figure
        quantity, position = read(text, line, at, floor)
        if quantity:
            found.append(quantity)
            floor = quantity.end
    return found
