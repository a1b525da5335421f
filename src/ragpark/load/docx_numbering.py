"""Automatic numbering of a Word document: `第三条`, `2.1`, `（一）`, as Word would print it before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ragpark.load.docx_numerals import written
from ragpark.load.docx_package import W, find, switch, val, whole

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
# A label that closes itself takes no space: `一、`, `（二）`, `③`; `第三条`, `2.1`, `1.`, `A` do.
_CLOSED = re.compile(r"[、，：）〕】\u2460-\u249b\u3220-\u32ff]$")
# Wider than a space of the layout, so that `2.1` and the text stay apart when the text is repaired.
GAP = "   "


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` is its pattern (`第%1条`), `restart` the level (from 1) after which it begins anew."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class List:
    """What a paragraph's number id means: the lists that share `abstract` are counted together.

    `starts` are the levels that this one starts anew, with the number they start at.
    """

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """The lists of `word/numbering.xml` (None: there is none). `style_numbers`: style id → the number id it names."""

    def __init__(self, root: Any | None, style_numbers: Mapping[str, str]) -> None:
        self._lists: dict[str, List] = {}
        if root is None:
            return
        abstracts = {item.get(f"{W}abstractNumId") or "": item for item in root.iterchildren(f"{W}abstractNum")}
        numbers = {item.get(f"{W}numId") or "": item for item in root.iterchildren(f"{W}num")}
        for number_id, item in numbers.items():
            name = _abstract(val(item, "abstractNumId") or "", abstracts, numbers, style_numbers)
            if name in abstracts:
                levels = dict(_levels(abstracts[name]))
                starts: dict[int, int] = {}
                for change in item.iterchildren(f"{W}lvlOverride"):
                    at = whole(change.get(f"{W}ilvl")) or 0
                    levels |= dict(_levels(change))
                    start = whole(val(change, "startOverride"))
                    if start is not None:
                        starts[at] = start
                        levels[at] = replace(levels.get(at, Level()), start=start)
                self._lists[number_id] = List(name, levels, starts)

    def of(self, number_id: str | None) -> List | None:
        return self._lists.get(number_id or "")

    def level_of_style(self, number_id: str | None, styles: tuple[str, ...]) -> int | None:
        """Return the level of the list that is bound to one of the styles, the first of them that is."""
        found = self.of(number_id)
        for style in styles if found else ():
            for at, level in sorted(found.levels.items()) if found else ():
                if level.style == style:
                    return at
        return None


class Counter:
    """Counts the paragraphs of one text (the body, a note); Word counts each text by itself."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, number_id: str, at: int) -> str:
        """Count a paragraph of that list and level; return its label as printed, "" for a bullet or an unknown list."""
        found = self._numbering.of(number_id)
        if found is None or at not in found.levels:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        anew = at in found.starts and (number_id, at) not in self._begun
        self._begun.add((number_id, at))
        counts[at] = found.levels[at].start if anew or at not in counts else counts[at] + 1
        for deeper in [level for level in counts if level > at]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or at < restart:
                del counts[deeper]
        return _label(found, at, counts)


def gap_after(label: str) -> str:
    """Return what stands between a label and its text: nothing after `一、`, GAP after `第三条` and `2.1`."""
    return "" if not label or _CLOSED.search(label) else GAP


def _label(found: List, at: int, counts: Mapping[int, int]) -> str:
    level = found.levels[at]

    def place(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        named = found.levels.get(other, Level())
        kind = named.number_format
        if level.legal and kind not in ("none", "bullet"):
            kind = "decimal"
        return written(counts.get(other, named.start), kind)

    if level.number_format == "bullet":
        return ""
    return _PLACE.sub(place, level.text).strip()


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for item in parent.iterchildren(f"{W}lvl"):
        at = whole(item.get(f"{W}ilvl"))
        if at is not None and 0 <= at < _LEVELS:
            start = whole(val(item, "start"))
            yield (
                at,
                Level(
                    1 if start is None else start,
                    _format(item),
                    val(item, "lvlText") or "",
                    bool(switch(item, "isLgl")),
                    whole(val(item, "lvlRestart")),
                    val(item, "pStyle"),
                ),
            )


def _format(level: Any) -> str:
    """Return the name of the format; newer ones stand in alternatives, with an older one to fall back on."""
    name = val(level, "numFmt")
    if name is None:
        known = [item.get(f"{W}val") for item in level.iter(f"{W}numFmt")]
        name = next((item for item in reversed(known) if item and item != "custom"), None)
        if name is None and known:
            name = "decimalZero"  # `01, 02, 03, …` is the one custom format that Word offers
    return name or "decimal"


def _abstract(
    name: str, abstracts: Mapping[str, Any], numbers: Mapping[str, Any], style_numbers: Mapping[str, str]
) -> str:
    """Follow the links from a list to the list style that defines it; return the id of the definition."""
    for _ in range(_LEVELS):
        link = val(abstracts[name], "numStyleLink") if name in abstracts else None
        if link is None or find(abstracts[name], "lvl") is not None:
            return name
        by_style = next((id_ for id_, item in abstracts.items() if val(item, "styleLink") == link), None)
        number = numbers.get(style_numbers.get(link, ""))
        target = by_style or (val(number, "abstractNumId") if number is not None else None)
        if target is None or target == name:
            return name
        name = target
    return name
