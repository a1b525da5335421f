"""Raised and lowered characters (`<sup>`, `vertAlign`) in a line of text: powers, chemical signs, note marks.

A loader wraps them with `raised()` and `lowered()` while it puts a line together; `settle()` then writes them so that
they never stand glued to a figure: `km²`, `10⁻³`, `CO2`, `88亿元[2]` (the mark after the unit that it stood before).
"""

from __future__ import annotations

import re

from ragpark.zh.header_units import is_unit

_UP, _DOWN, _END = "\ue000", "\ue001", "\ue002"  # private characters, gone after `settle`
_MARKED = re.compile(f"[{_UP}{_DOWN}][^{_UP}{_DOWN}{_END}]*{_END}")
_SUPERSCRIPT = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_POWER = re.compile(r"[-−+]?\d{1,2}[+-]?|n")
_UNIT_BEFORE = re.compile(r"(?:^|[^A-Za-z])(?:[kcmdhnµμ]?m|[A-Za-z])$")  # `km`, `m`, `s`, a variable's letter
_TEN_BEFORE = re.compile(r"[×xX*·]\s?10$|^10$")
_NOTE = re.compile(r"[\[［〔【(（]?\s*(\d{1,3}(?:\s?[,，、\-–]\s?\d{1,3})*|注\d?)\s*[\]］〕】)）]?")
_SCALE_AFTER = re.compile(r"\s?[余多]?[十百千万亿兆]{0,3}")
_MAX_UNIT = 6  # characters
_MAX_MARK = 12  # characters: a longer raised text is text


def raised(text: str) -> str:
    """Return text wrapped as raised, for `settle`."""
    return f"{_UP}{text}{_END}" if text.strip() else text


def lowered(text: str) -> str:
    """Return text wrapped as lowered, for `settle`."""
    return f"{_DOWN}{text}{_END}" if text.strip() else text


def settle(text: str) -> str:
    """Return the line with its raised and lowered characters as plain text.

    A raised number is a power after a unit in letters (`km²`) or after `×10`, else the mark of a note, in square
    brackets; after a figure it goes behind the figure's unit. A lowered one stays as it is after letters (`PM2.5`).
    """
    if _UP not in text and _DOWN not in text:
        return text
    out, at = "", 0
    while match := _MARKED.search(text, at):
        out += text[at : match.start()]
        inner = match[0][1:-1]
        at = match.end()
        if match[0][0] == _DOWN:
            out += inner.translate(_SUBSCRIPT) if out[-1:].isdigit() and inner.strip().isdigit() else inner
            continue
        mark, is_note = _written(inner, out, text[at:])
        if is_note and out[-1:].isdigit():
            end = _unit_end(text, at)
            out += text[at:end]
            at = end
        out += mark
    return (out + text[at:]).replace(_UP, "").replace(_DOWN, "").replace(_END, "")


def _unit_end(text: str, start: int) -> int:
    """Return where the unit of a figure ends that goes on at `start`, `start` where there is none."""
    scaled = _SCALE_AFTER.match(text, start)
    ends = (start, scaled.end()) if scaled else (start,)
    for begin in reversed(ends):
        for end in range(min(begin + _MAX_UNIT, len(text)), begin, -1):
            if is_unit(text[begin:end]):
                return end
    return ends[-1]


def _written(inner: str, before: str, after: str) -> tuple[str, bool]:
    """Return how a raised text is written, and whether it is the mark of a note."""
    text = inner.strip()
    if len(text) > _MAX_MARK:
        return inner, False
    if text in ("0", "o", "O", "○", "。") and re.match(r"\s*[CcF℃]", after):
        return "°", False
    if _POWER.fullmatch(text) and (text[0] in "-−+" or _UNIT_BEFORE.search(before) or _TEN_BEFORE.search(before)):
        return text.translate(_SUPERSCRIPT), False
    if match := _NOTE.fullmatch(text):
        return f"[{match[1]}]", True
    return inner, not text.isalnum() or not text.isascii()
