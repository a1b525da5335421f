"""The gold of facts: figures marked by hand in stretches of documents, and what documents are; read from a file.

Within a stretch every figure that is a fact is listed, so that what is found beyond them is an error. The file is JSON
Lines of four sorts:

    {"stretch","doc","lines":[a,b],"half","from"?,"to"?}      a stretch: lines of the original, between two wordings
    {"id","in","text","nth","indicator":[..],"entity":[..],"year":[..],"value","unit":[..],"kind":[..],..}   a fact
    {"in","text","fact":false|null,"why"}                     a figure that is no fact, or one that may be either
    {"document","title":[..]?,"date":[..]?,"subject":[..]?}   what a document is called, dated, and about

`text` is the figure as printed, the `nth` of its kind in the stretch. Lists hold accepted alternatives; an indicator
`*x` accepts every wording of at most `MAX_NAME` characters that contains x; a date `null` means that there is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragpark.errors import GoldError

OF_DOCUMENT = ("title", "date", "subject")  # what is measured of a document


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines [first, last] of a document's original, from the wording `begin` up to `end` where these are given."""

    stretch_id: str
    doc: str
    lines: tuple[int, int]
    half: str
    begin: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure of a stretch. `is_fact` is None where a reader may take it either way."""

    figure_id: str
    stretch_id: str
    text: str
    nth: int
    is_fact: bool | None
    accepted: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What a document is: for each of OF_DOCUMENT that is to be measured, the accepted alternatives."""

    doc: str
    accepted: Mapping[str, tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class FactGold:
    stretches: tuple[Stretch, ...]
    figures: tuple[GoldFigure, ...]
    documents: tuple[GoldDocument, ...] = ()


def read_fact_gold(path: Path) -> FactGold:
    """Return the gold of the file. Raises GoldError naming file and line for a line that cannot be used."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"事实评测集读不到：{path}；请检查路径和编码（应为 UTF-8）") from error
    stretches: list[Stretch] = []
    figures: list[GoldFigure] = []
    documents: list[GoldDocument] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            if "stretch" in raw:
                first, last = raw["lines"]
                stretches.append(
                    Stretch(
                        raw["stretch"],
                        raw["doc"],
                        (int(first), int(last)),
                        raw.get("half", ""),
                        raw.get("from", ""),
                        raw.get("to", ""),
                    )
                )
            elif "document" in raw:
                documents.append(_document(raw))
            else:
                figures.append(_figure(raw, number))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{path} 第 {number} 行用不了（{error}）；请对照说明改正") from error
    known = {stretch.stretch_id for stretch in stretches}
    for figure in figures:
        if figure.stretch_id not in known:
            raise GoldError(f"{path} 里 {figure.figure_id} 所在的片段“{figure.stretch_id}”没有定义；请补上")
    return FactGold(tuple(stretches), tuple(figures), tuple(documents))


def _figure(raw: Mapping[str, Any], number: int) -> GoldFigure:
    is_fact = raw.get("fact", True)
    accepted: dict[str, tuple[Any, ...]] = {}
    if is_fact is True:
        accepted = {name: tuple(raw[name]) for name in ("indicator", "entity", "year", "unit", "kind")}
        accepted["value"] = (float(raw["value"]),)
        accepted["qualifier"] = (raw.get("qualifier", ""),)
        if "period" in raw:
            accepted["period"] = (raw["period"],)
    return GoldFigure(raw.get("id", f"#{number}"), raw["in"], raw["text"], int(raw.get("nth", 1)), is_fact, accepted)


def _document(raw: Mapping[str, Any]) -> GoldDocument:
    accepted = {name: tuple(raw[name]) for name in OF_DOCUMENT if name in raw}
    for name, values in accepted.items():
        if isinstance(raw[name], str) or not values:
            raise ValueError(f"“{name}” 应是一个列表")
        if not all(isinstance(value, str) or (value is None and name == "date") for value in values):
            raise ValueError(f"“{name}” 里应是文字")
    return GoldDocument(raw["document"], accepted)
