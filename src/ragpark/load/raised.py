"""Raised and lowered characters (`<sup>`, `vertAlign`) on their way through a line that is still being put together.

A loader wraps them with `raised()` and `lowered()`; `settle()` then has `docx_marks` write them so that they never
stand glued to a figure: `km²`, `10⁻³`, `CO2`, `88亿元[2]`.
"""

from __future__ import annotations

import re

from ragpark.load.docx_marks import Kind, Piece, joined

_UP, _DOWN, _END = "\ue010", "\ue011", "\ue012"  # private characters, gone after `settle`
_MARKED = re.compile(f"([{_UP}{_DOWN}])([^{_UP}{_DOWN}{_END}]*){_END}")
_DEGREE = re.compile(f"{_UP}\\s*[0oO○。]\\s*{_END}(?=\\s*[CF])")  # `20<sup>o</sup>C`
_MAX_MARK = 12  # characters: a longer raised text is text


def raised(text: str) -> str:
    """Return text wrapped as raised, for `settle`."""
    return f"{_UP}{text}{_END}" if text.strip() else text


def lowered(text: str) -> str:
    """Return text wrapped as lowered, for `settle`."""
    return f"{_DOWN}{text}{_END}" if text.strip() else text


def settle(text: str) -> str:
    """Return the line with its raised and lowered characters as plain text, see `docx_marks.joined`."""
    if _UP not in text and _DOWN not in text:
        return text
    text = _DEGREE.sub("°", text)
    pieces: list[Piece] = []
    at = 0
    for match in _MARKED.finditer(text):
        kind: Kind = "plain" if len(match[2]) > _MAX_MARK else "raised" if match[1] == _UP else "lowered"
        pieces += [Piece(text[at : match.start()]), Piece(match[2], kind)]
        at = match.end()
    shown = joined([*pieces, Piece(text[at:])])
    return shown.replace(_UP, "").replace(_DOWN, "").replace(_END, "")
