"""Measure the extraction of facts against a hand-checked gold: precision, recall, and which attribute was wrong.

The gold lists whole stretches of documents: within a stretch every figure that is a fact is listed, so that what is
found beyond them is an error. It is JSON Lines of three sorts:

    {"stretch","doc","lines":[a,b],"half","from"?,"to"?}      a stretch: lines of the original, between two wordings
    {"id","in","text","nth","indicator":[..],"entity":[..],"year":[..],"value","unit":[..],"kind":[..],..}   a fact
    {"in","text","fact":false|null,"why"}                     a figure that is no fact, or one that may be either

`text` is the figure as printed, the `nth` of its kind in the stretch. Lists hold accepted alternatives; an indicator
`*x` accepts every wording of at most `MAX_NAME` characters that contains x.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ragpark.errors import GoldError
from ragpark.records import Document, Fact
from ragpark.zh.fold import fold_with_offsets, squeeze

MAX_NAME = 24  # an indicator's own words longer than this are a piece of a sentence, not a name
ATTRIBUTES = ("value", "unit", "year", "entity", "indicator", "kind")
BESIDE = ("qualifier", "period")  # measured, but not needed for a fact to count as right


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
class FactGold:
    stretches: tuple[Stretch, ...]
    figures: tuple[GoldFigure, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gold fact or one fact found beyond the gold. `wrong` names the attributes that differ; `missing`/`extra`."""

    half: str
    doc: str
    figure: GoldFigure | None
    fact: Fact | None
    wrong: tuple[str, ...]

    @property
    def right(self) -> bool:
        return not set(self.wrong) - set(BESIDE)


@dataclass(frozen=True, slots=True)
class FactReport:
    """Verdicts over the gold facts (`figure` set) and over facts found beyond them (`figure` None)."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...]

    def of(self, half: str) -> FactReport:
        """Return the part of the report that concerns one half of the gold."""
        return FactReport(tuple(v for v in self.verdicts if v.half == half), self.problems)

    def summary(self) -> dict[str, object]:
        """Return counts, precision, recall, how often each attribute was wrong, and recall by kind of fact."""
        gold = [v for v in self.verdicts if v.figure]
        found = [v for v in self.verdicts if v.fact]
        right = [v for v in gold if v.right]
        wrong = Counter(name for v in gold if v.fact for name in v.wrong)
        kinds: dict[str, list[bool]] = {}
        for v in gold:
            assert v.figure is not None
            kinds.setdefault(str(v.figure.accepted["kind"][0]), []).append(v.right)
        return {
            "gold": len(gold),
            "found": len(found),
            "right": len(right),
            "missing": sum(v.fact is None for v in gold),
            "extra": sum(v.figure is None for v in found),
            "precision": round(len(right) / len(found), 4) if found else None,
            "recall": round(len(right) / len(gold), 4) if gold else None,
            "wrong": {name: wrong[name] for name in (*ATTRIBUTES, *BESIDE)},
            "by_kind": {
                kind: {"gold": len(all_), "right": sum(all_), "recall": round(sum(all_) / len(all_), 4)}
                for kind, all_ in sorted(kinds.items())
            },
        }


def fact_report_json(report: FactReport) -> dict[str, object]:
    """Return the summaries of each half named in the gold and of all, with the problems met."""
    halves = sorted({verdict.half for verdict in report.verdicts} - {""}, reverse=True)
    summaries: dict[str, object] = {half: report.of(half).summary() for half in halves}
    return summaries | {"all": report.summary(), "problems": list(report.problems)}


def read_fact_gold(path: Path) -> FactGold:
    """Return the gold of the file. Raises GoldError naming file and line for a line that cannot be used."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"事实评测集读不到：{path}；请检查路径和编码（应为 UTF-8）") from error
    stretches: list[Stretch] = []
    figures: list[GoldFigure] = []
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
            else:
                figures.append(_figure(raw, number))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GoldError(f"{path} 第 {number} 行用不了（{error}）；请对照说明改正") from error
    known = {stretch.stretch_id for stretch in stretches}
    for figure in figures:
        if figure.stretch_id not in known:
            raise GoldError(f"{path} 里 {figure.figure_id} 所在的片段“{figure.stretch_id}”没有定义；请补上")
    return FactGold(tuple(stretches), tuple(figures))


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


def measure_facts(gold: FactGold, documents: Mapping[str, Document], facts: Sequence[Fact]) -> FactReport:
    """Compare the facts with the gold, stretch by stretch; documents that are not there count as problems.

    A fact is right when its span overlaps the gold's and value, unit, year, entity, indicator and kind all match.
    """
    verdicts: list[Verdict] = []
    problems: list[str] = []
    for stretch in gold.stretches:
        document = documents.get(stretch.doc)
        if document is None:
            problems.append(f"{stretch.doc}: no such document")
            continue
        folded, offsets = _stretch_text(document, stretch)
        if not folded:
            problems.append(f"{stretch.stretch_id}: no such stretch in {stretch.doc}")
            continue
        inside = set(offsets)
        left = [f for f in facts if f.doc == stretch.doc and f.start in inside]
        figures = [figure for figure in gold.figures if figure.stretch_id == stretch.stretch_id]
        for figure in sorted(figures, key=lambda item: item.is_fact is not True):  # the facts take theirs first
            span = _span(folded, offsets, figure)
            if span is None:
                problems.append(f"{figure.figure_id}: “{figure.text}” does not stand in {stretch.stretch_id}")
                continue
            met = [fact for fact in left if fact.start < span[1] and span[0] < fact.end]
            if figure.is_fact is None:
                left = [fact for fact in left if fact not in met]
            elif figure.is_fact:
                best = min(met, key=lambda fact: (len(_wrong(figure, fact)), fact.start), default=None)
                wrong = _wrong(figure, best) if best else ("missing",)
                verdicts.append(Verdict(stretch.half, stretch.doc, figure, best, wrong))
                left = [fact for fact in left if fact is not best]
        verdicts.extend(Verdict(stretch.half, stretch.doc, None, fact, ("extra",)) for fact in left)
    return FactReport(tuple(verdicts), tuple(problems))


def _stretch_text(document: Document, stretch: Stretch) -> tuple[str, list[int]]:
    """Return the stretch's squeezed text and the offset in the document of each of its characters."""
    folded, offsets = fold_with_offsets(document.text)
    starts = [start for start, _ in document.places]
    low, high = stretch.lines
    kept = [
        (character, offset)
        for character, offset in zip(folded, offsets, strict=True)
        if low <= document.places[max(bisect_right(starts, offset) - 1, 0)][1] <= high
    ]
    text = "".join(character for character, _ in kept)
    begin = text.find(squeeze(stretch.begin)) if stretch.begin else 0
    end = text.find(squeeze(stretch.end), max(begin, 0) + 1) if stretch.end else len(text)
    if begin < 0 or end < 0:
        return "", []
    return text[begin:end], [offset for _, offset in kept[begin:end]]


def _span(folded: str, offsets: Sequence[int], figure: GoldFigure) -> tuple[int, int] | None:
    """Return where the figure stands in the document: the nth place, digits taken whole (`2支` is not in `12支`)."""
    wanted, at, count = squeeze(figure.text), -1, 0
    while (at := folded.find(wanted, at + 1)) >= 0:
        cut = wanted[0].isdigit() and at > 0 and folded[at - 1] in "0123456789."
        count += not cut
        if not cut and count == figure.nth:
            return offsets[at], offsets[at + len(wanted) - 1] + 1
    return None


def _wrong(figure: GoldFigure, fact: Fact) -> tuple[str, ...]:
    """Return the attributes of the fact that the gold does not accept, in the order of ATTRIBUTES."""
    accepted = figure.accepted
    entities = {squeeze(name) for name in accepted["entity"]}
    right = {
        "value": math.isclose(fact.value, accepted["value"][0], rel_tol=1e-9),
        "unit": fact.unit in accepted["unit"],
        "year": fact.year in accepted["year"],
        "entity": squeeze(fact.entity) in entities,
        "indicator": any(
            _named(told, name) for told in (fact.indicator, fact.standard) for name in accepted["indicator"]
        ),
        "kind": fact.kind in accepted["kind"],
        "qualifier": fact.qualifier in accepted["qualifier"] or accepted["qualifier"] == ("突破",),
        "period": "period" not in accepted or any(period in fact.period for period in accepted["period"]),
    }
    return tuple(name for name in (*ATTRIBUTES, *BESIDE) if not right[name])


def _named(name: str, wanted: str) -> bool:
    if not wanted.startswith("*"):
        return squeeze(name) == squeeze(wanted)
    return 0 < len(name) <= MAX_NAME and squeeze(wanted[1:]) in squeeze(name)
