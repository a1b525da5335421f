"""Characters that Word keeps as places in a symbol font, and form fields without text: `☑`, `≥`, the entry chosen."""

from __future__ import annotations

import re
from typing import Any

from ragpark.load.docx_numerals import circled
from ragpark.load.docx_package import W, find, switch, val, whole

# What the forms and figures of offices use; the rest of these fonts are ornaments.
_FONTS = {
    "wingdings": {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFC: "√", 0xFD: "☒", 0xFE: "☑", 0xFB: "×", 0x78: "☒"}
    | {0x81 + n: circled(n + 1) for n in range(10)}
    | {0x8C + n: circled(n + 1) for n in range(10)},
    "wingdings 2": {0x2A: "□", 0x35: "□", 0xA3: "□", 0x52: "☑", 0x50: "√", 0x53: "☒", 0x51: "☒", 0x4F: "×"}
    | {0x6A + n: circled(n + 1) for n in range(10)},
    "symbol": {
        0x61: "α", 0x62: "β", 0x64: "δ", 0x65: "ε", 0x67: "γ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ",
        0x44: "Δ", 0x53: "∑", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
        0xB4: "×", 0xA2: "′", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xE5: "∑", 0x25: "%", 0x2B: "+", 0x2D: "−",
    },
}  # fmt: skip
_ENCLOSED = re.compile(r"EQ\s+\\o\\ac\s*\([^,，]*[,，]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_FRACTION = re.compile(r"EQ\s+\\f\s*\(([^(),，]+)[,，]([^(),，]+)\)", re.IGNORECASE)
_EQUATION = re.compile(r"EQ\s", re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-z]+\d*", re.IGNORECASE)


def symbol(element: Any) -> str:
    """Return the character that a `w:sym` shows, "" for an ornament."""
    code = int(element.get(f"{W}char") or "0", 16) if re.fullmatch("[0-9A-Fa-f]+", element.get(f"{W}char") or "") else 0
    font = (element.get(f"{W}font") or "").lower()
    if font in _FONTS:
        return _FONTS[font].get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xE000 or 0xF900 <= code < 0x110000 else ""


def field_text(code: str, begin: Any) -> str:
    """Return what a field without a result shows: a box, the entry of a list, an `EQ` field; "" for all others."""
    form = find(begin, "ffData")
    if form is not None:
        if find(form, "checkBox") is not None:
            ticked = switch(form, "checkBox/checked")
            return "☑" if (switch(form, "checkBox/default") if ticked is None else ticked) else "□"
        entries = [val(item) or "" for item in form.iter(f"{W}listEntry")]
        chosen = whole(val(form, "ddList/result")) or whole(val(form, "ddList/default")) or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    code = " ".join(code.split())
    if match := _ENCLOSED.match(code):
        return circled(int(match[1]))
    if match := _FRACTION.match(code):
        return f"{match[1].strip()}/{match[2].strip()}"
    if _EQUATION.match(code):
        return _SWITCH.sub("", code[2:]).strip()
    return ""
