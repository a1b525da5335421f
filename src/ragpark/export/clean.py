"""Text that is safe in a file others open: no control characters, nothing that a spreadsheet would compute."""

from __future__ import annotations

import re

# C0 and C1 but tab and line break; lone surrogates and non-characters, which XML forbids; signs that turn the
# direction of writing around (U+202E lets `txt.exe` read `exe.txt`).
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection


def clean(text: str) -> str:
    """Return the text without control characters; line breaks are `\\n`. `一\\x07\\r\\n二` → `一\\n二`."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the cleaned text with each run of white space as one space."""
    return " ".join(clean(text).split())


def looks_computed(text: str) -> bool:
    """Tell whether a spreadsheet would take the text, once edited, for a formula: `=1+1`, `-5%`; not `5-1`."""
    return text.startswith(_FORMULA)
