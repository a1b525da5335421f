"""A Word equation → one line that reads as it is said: `R&D强度=R&D经费/GDP×100%`, `x²`, `√(a+b)`, `∑(i=1→n)x_i`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from ragpark.load.docx_package import W, switch

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SUPERSCRIPT = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISED = frozenset("0123456789+-−=()n")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ATOM = re.compile(r"[\w.%‰&²³¹⁰⁴-⁹₀-₉ⁿ]*|\([^()]*\)|√\([^()]*\)")
_TOUCHES = re.compile(r"[\w(√]")
_GONE = frozenset((f"{W}del", f"{W}moveFrom"))


def linear(element: Any) -> str:
    """Return the equation (`m:oMath`, `m:oMathPara` or anything inside one) as text in one line."""
    return re.sub(r"\s+", " ", _all(element)).strip()


def _all(element: Any | None) -> str:
    """Return what stands in the element, one thing after the other."""
    if element is None:
        return ""
    text = ""
    after_fraction = False
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _GONE:
            continue
        piece = _one(child)
        if not piece:
            continue
        is_fraction = child.tag == f"{M}f"
        if is_fraction and re.search(r"[\w)]$", text):
            piece = f"({piece})"  # `2` before ½ is not `21/2`
            is_fraction = False
        elif after_fraction and _TOUCHES.match(piece):
            cut = text.rindex("\x00")
            text = f"{text[:cut]}({text[cut + 1 :]})"
        text = text.replace("\x00", "") + ("\x00" if is_fraction else "") + piece
        after_fraction = is_fraction
    return text.replace("\x00", "")


def _one(element: Any) -> str:
    tag = element.tag
    if tag in (f"{M}t", f"{W}t"):
        return _plain(element.text or "")
    if tag in (f"{W}br", f"{W}tab"):
        return " "
    if tag.startswith(M):
        name = tag[len(M) :]
        if name.endswith("Pr"):
            return ""
        write = _WRITERS.get(name)
        return write(element) if write else _all(element)
    if tag in (f"{W}rPr", f"{W}instrText", f"{W}delText"):
        return ""
    if tag == f"{W}r" and switch(element, "rPr/vanish"):
        return ""
    return _all(element)


def _plain(text: str) -> str:
    """Write the letters of mathematical alphabets as plain ones: `𝑥` → `x`."""
    return "".join(unicodedata.normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text)


def _part(element: Any, name: str) -> str:
    return _all(element.find(M + name)).strip()


def _said(element: Any, names: str) -> str | None:
    """Return `m:val` of a property at that path, None where it is not there."""
    found = element.find("/".join(M + name for name in names.split("/")))
    return None if found is None else found.get(f"{M}val")


def _held(text: str) -> str:
    """Return the text in brackets unless it is one thing: `GDP`, `x²`; `a+b` → `(a+b)`."""
    return text if _ATOM.fullmatch(text) else f"({text})"


def _fraction(element: Any) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    if _said(element, "fPr/type") == "noBar":
        return f"({above} {below})"
    return f"{_held(above)}/{_held(below)}" if above or below else ""


def _raised(text: str) -> str:
    if not text:
        return ""
    if set(text) <= _RAISED:
        return text.translate(SUPERSCRIPT)
    return f"^{_held(text)}"


def _lowered(text: str) -> str:
    if not text:
        return ""
    return text.translate(_SUBSCRIPT) if text.isdigit() and text.isascii() else f"_{_held(text)}"


def _base(element: Any) -> str:
    return _held(_part(element, "e"))


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    return f"{_raised(degree)}√({_part(element, 'e')})"


def _nary(element: Any) -> str:
    sign = _said(element, "naryPr/chr")
    low, high = _part(element, "sub"), _part(element, "sup")
    bounds = f"({low}→{high})" if low and high else f"({low or high})" if low or high else ""
    return f"{'∫' if sign is None else sign}{bounds}{_part(element, 'e')}"


def _delimited(element: Any) -> str:
    opening, closing, between = (_said(element, f"dPr/{name}") for name in ("begChr", "endChr", "sepChr"))
    parts = (_all(item).strip() for item in element.findall(f"{M}e"))
    inner = ("|" if between is None else between).join(parts)
    return f"{'(' if opening is None else opening}{inner}{')' if closing is None else closing}"


def _rows(element: Any) -> str:
    return "；".join(_all(row).strip() for row in element.findall(f"{M}e"))


def _matrix(element: Any) -> str:
    rows = (" ".join(_all(item).strip() for item in row.findall(f"{M}e")) for row in element.findall(f"{M}mr"))
    return "；".join(rows)


def _function(element: Any) -> str:
    name, argument = _part(element, "fName"), _part(element, "e")
    return f"{name}{argument if argument.startswith('(') else f'({argument})'}" if argument else name


def _limit(element: Any) -> str:
    return f"{_part(element, 'e')}({_part(element, 'lim')})"


def _phantom(element: Any) -> str:
    return "" if (_said(element, "phantPr/show") or "1").lower() in ("0", "false", "off") else _part(element, "e")


_WRITERS: dict[str, Callable[[Any], str]] = {
    "f": _fraction,
    "sSup": lambda element: _base(element) + _raised(_part(element, "sup")),
    "sSub": lambda element: _base(element) + _lowered(_part(element, "sub")),
    "sSubSup": lambda element: _base(element) + _lowered(_part(element, "sub")) + _raised(_part(element, "sup")),
    "sPre": lambda element: _raised(_part(element, "sup")) + _lowered(_part(element, "sub")) + _base(element),
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "eqArr": _rows,
    "m": _matrix,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "phant": _phantom,
}
