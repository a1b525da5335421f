"""Suspicious facts: figures that a reader should look at before trusting them, each with the reason; changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ragpark.records import Fact
from ragpark.views import fact_json, place_text
from ragpark.zh.bounds import agree, possible
from ragpark.zh.times import period_kind
from ragpark.zh.vocabulary import Vocabulary

FAR = 100  # times a neighbour's value: a multiple (万, 亿) read wrongly is 10,000, a lost decimal point 10 or 100
_AMOUNTS = ("level", "increase", "target")
_RATES = ("%", "‰", "百分点", "倍")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A fact, the rule that caught it (`unit`, `far`, `future`, `share`, `differs`) and the reason in Chinese."""

    fact: Fact
    rule: str
    reason: str


def check_facts(facts: Iterable[Fact], vocabulary: Vocabulary) -> list[Suspicion]:
    """Return what is suspicious, in order of document and place; one fact may be caught by several rules."""
    everything = list(facts)
    units = {item.name: item.units for item in vocabulary.indicators}
    found = [
        Suspicion(fact, rule, reason)
        for fact in everything
        for rule, reason in (
            ("unit", _unit_clash(fact, units.get(fact.measure, ()))),
            ("future", _future(fact)),
            ("share", _share(fact)),
        )
        if reason
    ]
    known = [fact for fact in everything if fact.measure in units]
    found += _far_from_neighbours(known)
    found += _different_in_one_document(known)
    return sorted(found, key=lambda s: (s.fact.doc, s.fact.start, s.fact.end, s.rule, s.reason))


def suspicion_json(suspicion: Suspicion) -> dict[str, object]:
    return {"rule": suspicion.rule, "reason": suspicion.reason, **fact_json(suspicion.fact)}


def _agree(one: Fact, other: Fact) -> bool:
    return agree(possible(one.text, one.value, one.qualifier), possible(other.text, other.value, other.qualifier))


def _unit_clash(fact: Fact, units: Sequence[str]) -> str:
    growing = fact.kind == "target" and fact.unit in _RATES  # `目标是地区生产总值增长6.5%`
    if not units or fact.kind not in _AMOUNTS or growing or not fact.unit or fact.unit in units:
        return ""
    return f"单位“{fact.unit}”与“{fact.measure}”通常的单位（{'、'.join(units)}）不符"


def _future(fact: Fact) -> str:
    """A figure of a year after the document's own date is a forecast at best."""
    if fact.year is None or not fact.date or fact.kind == "target" or fact.year <= int(fact.date[:4]):
        return ""
    return f"数值所属的{fact.year}年晚于文档日期 {fact.date}，又不是目标或计划"


def _share(fact: Fact) -> str:
    if fact.kind != "share" or fact.unit != "%" or 0 <= fact.value <= 100:
        return ""
    return f"占比 {fact.text} 不在 0 到 100% 之间"


def _far_from_neighbours(facts: Sequence[Fact]) -> list[Suspicion]:
    """Catch values FAR times larger or smaller than those of the nearest years before and after, where there are any."""
    found: list[Suspicion] = []
    dated = [fact for fact in facts if fact.year is not None and fact.value > 0 and fact.kind in ("level", "target")]
    for series in _grouped(dated, lambda f: (f.measure, f.entity, f.unit, period_kind(f.period) or "year")):
        years = sorted({fact.year for fact in series if fact.year is not None})
        for fact in series:
            near = [year for year in (_before(years, fact.year), _after(years, fact.year)) if year is not None]
            around = [other for other in series if other.year in near]
            ratios = [fact.value / other.value for other in around]
            if ratios and (min(ratios) >= FAR or max(ratios) <= 1 / FAR):
                other = around[0]
                found.append(Suspicion(fact, "far", f"与{other.year}年的 {other.text} 相差百倍以上"))
    return found


def _before(years: Sequence[int], year: int | None) -> int | None:
    return max((y for y in years if year is not None and y < year), default=None)


def _after(years: Sequence[int], year: int | None) -> int | None:
    return min((y for y in years if year is not None and y > year), default=None)


def _different_in_one_document(facts: Sequence[Fact]) -> list[Suspicion]:
    """Catch figures of one document for the same indicator, entity, year, kind and unit that cannot both be right."""
    found: list[Suspicion] = []
    for same in _grouped(
        facts, lambda f: (f.doc, f.measure, f.entity, f.year, f.kind, f.unit, period_kind(f.period) or "year")
    ):
        for fact in same:
            other = next((other for other in same if not _agree(fact, other)), None)
            if other is not None:
                place = place_text(other.locator)
                found.append(Suspicion(fact, "differs", f"同一文档里另有不同的数值 {other.text}（{place}）"))
    return found


def _grouped(facts: Sequence[Fact], key: Callable[[Fact], tuple[object, ...]]) -> list[list[Fact]]:
    groups: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key(fact), []).append(fact)
    return [group for group in groups.values() if len(group) > 1]
