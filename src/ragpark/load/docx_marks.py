"""Raised and lowered text and note marks beside figures: `m²`, `10⁴`, `88亿元[1]`; never glued to the number before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ragpark.load.docx_math import SUPERSCRIPT
from ragpark.zh.wording import rx

Kind = Literal["plain", "raised", "lowered", "mark"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; a `mark` is the label of a foot- or endnote: `1`, `i`, `*`."""

    text: str
    kind: Kind = "plain"


# A mark on its way through: between these two, which no text holds.
_OPEN, _CLOSE = "\ue000", "\ue001"
_LABEL = re.compile(r"\d{1,3}(?:\s*[,，、\-–~～]\s*\d{1,3})*|[a-z]|[*＊†‡#]{1,3}|注\s?\d{0,2}")
_BRACKETED = re.compile(r"[\[［〔【（(]\s*(?:注\s?)?[\w*,，、\-–~～]{0,6}\s*[\]］〕】）)]|[①-⑳㉑-㊿❶-❿]+")
_EXPONENT = re.compile(r"[+\-−–]?\d{1,3}")
_UNIT_END = re.compile(r"(?:^|[^A-Za-z])[YZEPTGMkhdcmμµnp]?m$|米$|[公英海]里$")  # what has squares and cubes
_TEN = re.compile(r"(?:^|[^\d.,，])10$")
_OPERATOR = re.compile(r"\s*[=＝+\-−×*/÷^]")
_MARK = rf"{_OPEN}[^{_CLOSE}]*{_CLOSE}"
_INSIDE_FIGURE = rx(rf"(?<=[\d）)])((?:{_MARK})+)(\s?(?:余|多)?(?:{{scale}})?(?:{{unit}}|(?<=[万亿千百])))")


def joined(pieces: Sequence[Piece]) -> str:
    """Return the pieces as one text.

    `88` + mark `1` + `亿元` → `88亿元[1]` (the mark goes behind the unit); `km` + raised `2` → `km²`; `10` + raised
    `-3` → `10⁻³`; `CO` + lowered `2` → `CO2`; `企业` + raised `3` → `企业[3]`; `1` + raised `st` → `1st`.
    """
    runs: list[Piece] = []
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        if kind == "mark":
            runs += group
        else:
            runs.append(Piece("".join(piece.text for piece in group).translate(_NO_MARKS), kind))
    text = ""
    for at, piece in enumerate(runs):
        following = runs[at + 1].text if at + 1 < len(runs) and runs[at + 1].kind == "plain" else ""
        text += _shown(piece, text, following)
    text = _INSIDE_FIGURE.sub(r"\2\1", text)
    return text.replace(_OPEN, "").replace(_CLOSE, "")


_NO_MARKS = str.maketrans("", "", _OPEN + _CLOSE)


def _shown(piece: Piece, before: str, following: str) -> str:
    if piece.kind == "mark":
        return f"{_OPEN}[{piece.text.strip()}]{_CLOSE}"
    text = piece.text.strip()
    if piece.kind == "plain" or not text:
        return piece.text
    if piece.kind == "lowered":
        return _low(piece.text, before)
    if _BRACKETED.fullmatch(text):
        return f"{_OPEN}{text}{_CLOSE}"
    if _EXPONENT.fullmatch(text) and _is_power(text, before, following):
        return text.replace("–", "-").translate(SUPERSCRIPT)
    if _LABEL.fullmatch(text) and (text[0].isdigit() or re.search(r"[\d%％\W一-鿿]$", before)):
        return f"{_OPEN}[{text}]{_CLOSE}"
    return piece.text.translate(SUPERSCRIPT) if re.search(r"\d", text) and len(text) <= 8 else piece.text


def _is_power(text: str, before: str, following: str) -> bool:
    """Tell whether the raised digits after `before` are part of a quantity or formula, not the mark of a note."""
    if text in ("2", "3") and _UNIT_END.search(before):
        return True
    if re.search(r"[A-Za-z)α-ω]$", before) or not text.isdigit():
        return True
    return bool(_TEN.search(before)) or bool(re.search(r"\d$", before) and _OPERATOR.match(following))


def _low(text: str, before: str) -> str:
    """Lowered digits stay plain (`CO2`, `PM2.5`), except after a figure."""
    return text.translate(_SUBSCRIPT) if re.search(r"\d$", before) else text


_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
