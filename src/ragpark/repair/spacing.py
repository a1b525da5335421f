"""Spaces and damaged characters inside a line, and what stands between two lines that are joined. Joins nothing."""

from __future__ import annotations

import re

from ragpark.zh.wording import rx

_HAN = "一-鿿〇"
_MARKS = "，。；：、！？“”‘’（）《》【】％"
# `综  述`; not `主 办 2023`
_SPACED_OUT = re.compile(rf"(?<![{_HAN}A-Za-z0-9])((?:[{_HAN}]\s+){{1,7}}[{_HAN}])(?![{_HAN}A-Za-z0-9])")
# The number of a chapter keeps one space to its name: `第一章  总则` → `第一章 总则`.
_NUMBER_GAP = (
    rf"^(第\s?[{_HAN}\d]{{1,5}}?[编篇章节条]|{{part_word}}[{_HAN}\d]{{1,3}}|[图表圖]\s?\d[\d.—–-]{{0,5}})\s+(?=\S)"
)
# `主任：甲  副主任：乙`: names of fields stay apart
_FIELD_GAP = re.compile(rf"(?<=[{_HAN}\d])\s+(?=[{_HAN}]{{2,6}}[：:])")
_CJK_GAP = re.compile(rf"(?<=[{_HAN}{_MARKS}]) ?(?=[{_HAN}{_MARKS}])")
_DIGIT_GAP = re.compile(rf"(?<=[{_HAN}{_MARKS}]) (?=\d)|(?<=[\d%‰]) (?=[{_HAN}{_MARKS}%‰])")
_KEPT = "\x01"
# A lost character that cannot have been part of a word: at an end, beside a space, a mark or a bracket.
_LOST = re.compile(r"\ufffd(?=[\s\ufffd（(，。；、]|$)|(?<=[\s。；，、）)])\ufffd|^\ufffd")
_ADDRESS_END = re.compile(r"(?:://|www\.)\S*$")
_LATIN_END = re.compile(r"[A-Za-z][,;:.!?)]?$")


def tidy(text: str) -> str:
    """Return the line without the spaces of its layout.

    `综  述` → `综述`; `6月 26日` → `6月26日`; `西交 SKEMA 国际` and `5G 通信` stay; a run of three or more spaces, or
    of two before a field's name (`主任：甲  副主任：乙`), becomes one.
    """
    text = rx(_NUMBER_GAP).sub(rf"\1{_KEPT}", text)
    text = _SPACED_OUT.sub(lambda match: re.sub(r"\s+", "", match[1]), text)
    text = _FIELD_GAP.sub(_KEPT, text)
    text = re.sub(r" {3,}", _KEPT, text)
    text = re.sub(r" {2}", " ", text)
    text = _CJK_GAP.sub("", text)
    text = _DIGIT_GAP.sub("", text)
    return text.replace(_KEPT, " ")


def between(left: str, right: str) -> str:
    """Return what belongs between two lines that are one text: a space between Latin words, else nothing.

    `innovation` / `park` → a space; `3` / `8个`, `25.` / `6%`, `PD-` / `L1` and a web address cut in two → nothing.
    """
    words = right[:1].isascii() and right[:1].isalpha() and _LATIN_END.search(left[-2:])
    return " " if words and not _ADDRESS_END.search(left[-80:]) else ""


def without_lost(text: str) -> str:
    """Return the text without U+FFFD where no character of a word can be lost with it: `2020年�（` → `2020年（`."""
    if "\ufffd" in text:
        text = _LOST.sub("", text)
    return re.sub(rf"(?<=[{_HAN}。；，、]) +$", "", text)
