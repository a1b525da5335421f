"""The kinds of answer a question can ask for (kinds.toml), and which of them a question asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ragpark.zh.numbers import numeral
from ragpark.zh.wording import notion, rx

FIGURE, DATE, PERSON, PLACE, NAME, LIST, REASON = "figure", "date", "person", "place", "name", "list", "reason"
DEFINITION, CODE, ANY = "definition", "code", "any"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: how it is asked for, cut out and named. kinds.toml says what each field means."""

    label: str
    asked: str = ""
    unless: str = ""
    last: bool = False
    bare: str = ""
    cuts: tuple[str, ...] = ("cells",)
    piece: bool = False
    exact: bool = False
    whole: bool = False
    says: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name, in the order in which they are looked for."""
    with Path(__file__).with_name("kinds.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {name: Kind(**{**entry, "cuts": tuple(entry.get("cuts", ("cells",)))}) for name, entry in entries.items()}


def kind_of(question: str) -> str:
    """Return the kind of answer asked for: `…多少家？` figure, `哪一年…` date, `…局长是谁` person, …"""
    last = ANY
    for name, kind in kinds().items():
        if kind.asked and notion(kind.asked).search(question):
            if kind.last:
                last = name
            elif not (kind.unless and re.search(kind.unless, question)):
                return name
    if last != ANY and _COUNTED.search(question):
        return LIST
    for name, kind in kinds().items():
        bare = rx(kind.bare).search(question) if kind.bare else None
        if bare and not (last != ANY and notion("target").search(bare[0])):  # an aim may be said in words
            return name
    return last


def count_of(question: str) -> int:
    """Return how many items are asked for: `哪4个万亿级产业` → 4, `三大新兴产业是什么` → 3; 0 where it isn't said."""
    found = _COUNTED.search(question)
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else int(numeral(found[1]) or 0)


_COUNTED = re.compile(r"(?:哪)?([两二三四五六七八九十]|\d{1,2})(?:大|个)(?!月)[一-鿿]")


def holder_asked(question: str) -> re.Match[str] | None:
    """Return where the question names the office whose holder it asks for (`【局长】是谁`, `谁担任【局长】`), or None: not in
    `谁饰演的市长`, `派谁给队长送信`."""
    for office in rx("副?(?:{office}|{person_title})").finditer(question):
        asked = rx("{ask_person}").search(question, 0, office.start())
        between = question[asked.end() : office.start()] if asked else ""
        if rx(_OFFICE_END).match(question, office.end()) and (
            not asked or rx("(?:现|来|出)*(?:{role_holder_verb})").match(between)
        ):
            return office
    return None


_OFFICE_END = r"{holder_tail}|{ask_person}|[?？。，,、\s]*$"
