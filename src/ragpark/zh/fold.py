"""Folding: the form in which texts are compared (never shown). NFKC, lower case, simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SPACE = re.compile(r"\s+")
# What is raised, lowered, circled or a fraction, right after a digit: NFKC would make `88²` 882 and `3½` 31⁄2.
_RAISED = "²³¹⁰ⁱ⁴-⁹₀-₉①-⒛⓪-⓿❶-➓㉈-㊿¼-¾⅐-⅟↉"
_MARKS = re.compile(rf"(?<=[0-9０-９])[\s\ufffd]*[{_RAISED}][\s\ufffd{_RAISED}]*")


@cache
def simplified_map() -> dict[int, str]:
    """Return the traditional-to-simplified map for single characters (OpenCC's `t2s`), for str.translate."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(a): b for a, b in zip(characters, converted, strict=True) if a != b and len(b) == 1}


def fold(text: str) -> str:
    """Return the text in NFKC, lower case and simplified characters: `ＧＤＰ佔比` → `gdp占比`.

    White space stays; the length may change (`㎡` and `m²` → `m2`). A mark at a number stays a mark: `88²` is not 882.
    """
    if not _MARKS.search(text):
        return _plain(text)
    folded, at = [], 0
    for mark in _MARKS.finditer(text):
        folded += [_plain(text[at : mark.start()]), mark[0]]
        at = mark.end()
    return "".join([*folded, _plain(text[at:])])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(simplified_map())


def simplified(text: str) -> str:
    """Return the text in simplified characters, one for one: offsets stay."""
    return text.translate(simplified_map())


def squeeze(text: str) -> str:
    """Return the folded text without white space and U+FFFD: the form in which quotes are compared."""
    return _SPACE.sub("", fold(text)).replace("\ufffd", "")


def character_pairs(text: str) -> list[str]:
    """Return the characters of the text in pairs, in order: `产业园` → [`产业`, `业园`]; none for a single one."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return `squeeze(text)` and, for each of its characters, the offset in `text` that it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    marks = {at for match in _MARKS.finditer(text) for at in range(*match.span())}
    for offset, character in enumerate(text):
        if character == "\ufffd":
            continue
        for part in character if offset in marks else _plain(character):
            if not part.isspace():
                folded.append(part)
                offsets.append(offset)
    return "".join(folded), offsets


def is_cjk(character: str) -> bool:
    """Tell whether the character is a Chinese ideograph (`中`, `〇`; not `，`, `A`)."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"


def display_width(text: str) -> int:
    """Return the width in half-width columns: a Chinese character counts 2, a Latin letter 1."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
