"""Measure what was read against a gold marked by hand: facts with each of their attributes, and what documents are.

The measures of facts (see `FactReport.summary`) are those of DESIGN.md, section 4. The gold's form is told in
evaluate/fact_gold.py.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ragpark.evaluate.fact_gold import OF_DOCUMENT, FactGold, GoldDocument, GoldFigure, Stretch
from ragpark.records import Document, Fact
from ragpark.zh.fold import fold_with_offsets, squeeze

MAX_NAME = 24  # an indicator's own words longer than this are a piece of a sentence, not a name
ATTRIBUTES = ("value", "unit", "year", "entity", "indicator", "kind")
BESIDE = ("qualifier", "period")  # measured, but not needed for a fact to count as right
OF_FOUND = {"year": "year", "subject": "entity", "indicator": "indicator", "kind": "kind"}  # measure → attribute


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

    @property
    def has_value(self) -> bool:
        """Whether a gold fact was found with its value and unit, whatever else is wrong with it."""
        return self.figure is not None and self.fact is not None and not {"value", "unit"} & set(self.wrong)


@dataclass(frozen=True, slots=True)
class DocumentVerdict:
    """What a document was read as, and which of the attributes measured the gold does not accept."""

    gold: GoldDocument
    read: Mapping[str, str | None]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactReport:
    """Verdicts over the gold facts (`figure` set), over facts found beyond them (`figure` None), and over documents."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[str, ...]
    documents: tuple[DocumentVerdict, ...] = ()

    def of(self, half: str) -> FactReport:
        """Return the part of the report that concerns one half of the gold's facts."""
        return FactReport(tuple(v for v in self.verdicts if v.half == half), self.problems)

    def summary(self) -> dict[str, object]:
        """Return counts and measures over the facts.

        `value`: of the gold facts, the share found with value and unit right (recall), and that of what was found
        (precision). `of_found`: of those, the share with the right year, subject, indicator, kind. `all_right`: the share
        of gold facts with all of these right, which is `recall`; `precision` is that of what was found. `wrong` counts
        for each attribute the facts found where it differs; `by_kind` is recall by kind of fact.
        """
        gold = [v for v in self.verdicts if v.figure]
        found = [v for v in self.verdicts if v.fact]
        right = [v for v in gold if v.right]
        valued = [v for v in gold if v.has_value]
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
            "precision": _share(len(right), len(found)),
            "recall": _share(len(right), len(gold)),
            "value": {
                "found": len(valued),
                "recall": _share(len(valued), len(gold)),
                "precision": _share(len(valued), len(found)),
            },
            "of_found": {
                name: _share(sum(attribute not in v.wrong for v in valued), len(valued))
                for name, attribute in OF_FOUND.items()
            },
            "all_right": _share(len(right), len(gold)),
            "wrong": {name: wrong[name] for name in (*ATTRIBUTES, *BESIDE)},
            "by_kind": {
                kind: {"gold": len(all_), "right": sum(all_), "recall": round(sum(all_) / len(all_), 4)}
                for kind, all_ in sorted(kinds.items())
            },
        }

    def of_documents(self) -> dict[str, object]:
        """Return for title, date and subject how many documents the gold names, and the share read right.

        `wrong` lists what was read otherwise.
        """
        measured = {
            name: [name not in verdict.wrong for verdict in self.documents if name in verdict.gold.accepted]
            for name in OF_DOCUMENT
        }
        return {
            "gold": len(self.documents),
            **{
                name: {"gold": len(good), "right": sum(good), "share": _share(sum(good), len(good))}
                for name, good in measured.items()
            },
            "wrong": [
                {"doc": v.gold.doc, "what": name, "read": v.read[name], "accepted": list(v.gold.accepted[name])}
                for v in self.documents
                for name in v.wrong
            ],
        }


def fact_report_json(report: FactReport) -> dict[str, object]:
    """Return the summaries of each half named in the gold and of all, with the problems met.

    `documents` is there only where the gold says what documents are.
    """
    halves = sorted({verdict.half for verdict in report.verdicts} - {""}, reverse=True)
    summaries: dict[str, object] = {half: report.of(half).summary() for half in halves}
    documents = {"documents": report.of_documents()} if report.documents else {}
    return summaries | {"all": report.summary()} | documents | {"problems": list(report.problems)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


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
                best = min(met, key=lambda fact: _distance(figure, fact), default=None)
                wrong = _wrong(figure, best) if best else ("missing",)
                verdicts.append(Verdict(stretch.half, stretch.doc, figure, best, wrong))
                left = [fact for fact in left if fact is not best]
        verdicts.extend(Verdict(stretch.half, stretch.doc, None, fact, ("extra",)) for fact in left)
    read: list[DocumentVerdict] = []
    for wanted in gold.documents:
        if (document := documents.get(wanted.doc)) is None:
            problems.append(f"{wanted.doc}: no such document")
        else:
            read.append(_judge_document(wanted, document))
    return FactReport(tuple(verdicts), tuple(dict.fromkeys(problems)), tuple(read))


def _judge_document(wanted: GoldDocument, document: Document) -> DocumentVerdict:
    read = {"title": document.title, "date": document.date, "subject": document.subject}
    wrong = tuple(
        name
        for name, accepted in wanted.accepted.items()
        if _plain(read[name]) not in {_plain(alternative) for alternative in accepted}
    )
    return DocumentVerdict(wanted, read, wrong)


def _plain(value: str | None) -> str | None:
    return None if value is None else squeeze(value)


def _distance(figure: GoldFigure, fact: Fact) -> tuple[bool, int, int]:
    """Order the facts that overlap a gold figure: first those with its value and unit, then by what else is wrong."""
    wrong = _wrong(figure, fact)
    return bool({"value", "unit"} & set(wrong)), len(wrong), fact.start


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
