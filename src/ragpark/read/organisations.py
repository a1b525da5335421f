"""Organisations, told by form and by the tagger, and which of them a statement is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ragpark.zh.places import is_zone
from ragpark.zh.tagger import Word
from ragpark.zh.wording import rx

if TYPE_CHECKING:
    from ragpark.read.context import Statement

_HAN = "[一-鿿（）()A-Za-z·]"
_NAME = rf"(?:(?!{{ends_name}}){_HAN}){{2,22}}?(?:{{organisation_end}})"
_TIME = r"(?:截至[^，,]{2,12}[，,]|自?(?:19|20)\d{2}年[^，,]{0,8}[，,]?|年内[，,]?)"


@cache
def named() -> re.Pattern[str]:
    """Return the pattern of an organisation's name, to be matched where one may begin."""
    return rx(rf"{_NAME}(?!建设|体系|等|、)")


def is_organisation(name: str) -> bool:
    """Tell whether the text is the name of an organisation and nothing else: `某某研究院`; not `某某研究院建设`."""
    return bool(rx(rf"{_HAN}{{2,22}}(?:{{organisation_end}})").fullmatch(name))


def is_kind(name: str) -> bool:
    """Tell whether the text names a kind of organisation (`高等学校`, `上市公司`), not one of them."""
    return bool(rx("(?:{organisation_kind})*(?:{organisation_end})").fullmatch(name))


def is_one(name: str) -> bool:
    """Tell whether the name is that of one organisation: not a kind, a zone, or an office of a place."""
    return not is_kind(name) and not is_zone(name) and not rx("{office_body}$").search(name)


def organisation_at(text: str) -> str:
    """Return the organisation whose name the text begins with, or "": `某某公司2023年年报` → 某某公司.

    `苏州市人民政府办公室关于…` gives none: an office speaks for its place.
    """
    match = rx(rf"{_NAME}(?!{{park_end}}|{{organisation_end}})").match(text)
    if not match or not is_one(match[0]) or rx("(?:{park_kind})*(?:{park_form})").fullmatch(match[0]):
        return ""
    return match[0]


def organisations(text: str, words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the organisations that the tagger met, with what their form adds on either side.

    A park or a body of government is a place's, not an organisation; a mere kind (`上市公司`) is none.
    """
    found: list[tuple[int, int, str]] = []
    for at, word in enumerate(words):
        if word.tag != "ORG":
            continue
        start, end = word.start, word.end
        if at and words[at - 1].tag in ("LOC", "nz", "ORG") and words[at - 1].end == start:
            start = words[at - 1].start
        name = text[start:end]
        tail = rx(rf"{_HAN}{{0,6}}?(?:{{organisation_end}})").match(text, end)
        after = words[at + 1] if at + 1 < len(words) else word
        if tail and after.tag in ("n", "nz", "ORG") and after.end >= tail.end():
            end, name = tail.end(), text[start : tail.end()]
        if is_organisation(name) and is_one(name):
            found.append((start, end, name))
    return found


def clause_organisation(text: str, offset: int) -> str:
    """Return the organisation that a clause before `offset` begins with and tells of, or "".

    Catches `同时，太仓某某有限公司今年2月成立后，目前已…`; leaves `，建成国际科技园、生物医药产业园等` alone.
    """
    pattern = rx(rf"(?:^|[，,；;])(?P<name>(?![区市县省该本其各]){_NAME})(?={{tells_of}})")
    found = [m["name"] for m in pattern.finditer(text, 0, offset) if is_one(m["name"])]
    return found[-1] if found else ""


def subject_organisation(statement: Statement) -> str:
    """Return the organisation the statement is about, or "".

    Catches `截至2020年底，某某研究院累计…`, `以某某大学为例，…`, `2009年创办某某杰瑞以来，…` and the sections under
    `【某某纳米城】`; leaves `2023年，全力服务保障某某实验室…` (a verb stands before the name) and `建区以来` alone.
    """
    longer = rf"(?:(?:(?!{{ends_name}}){_HAN}){{0,12}}(?:{{organisation_end}}))?"
    leading = rf"^(?:\d+[.、．]\s*)?(?:[（(]\d+[）)]|{_TIME}|例如[，,]|自|以)?(?P<name>{_NAME}{longer})(?!建设|体系|等|和|、|及|与)"
    own = rx(leading).match(statement.text)
    if own and is_one(own["name"]):
        return own["name"]
    if founded := rx(rf"{{founding}}了?(?P<name>{_HAN}{{2,20}}?)(?:有限公司)?以来").search(statement.text):
        return founded["name"]
    last = statement.heading_text
    return last if is_organisation(last) and is_one(last) else ""
