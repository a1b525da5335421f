"""The page 指标 as HTML: the line above a curve, and a row of its table; every word of a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ragpark.indicators import Key, Point, figure_text
from ragpark.views import place_text


def summary(key: Key, points: Sequence[Point]) -> str:
    """What is shown, over which years, and which years between have no figure."""
    reached = sorted({point.year for point in points if not point.target})
    missing = [year for year in range(reached[0], reached[-1]) if year not in reached] if reached else []
    told = "、".join(f"{year}" for year in missing[:12]) + ("等" if len(missing) > 12 else "")
    parts = [f"{len(reached)} 个年份有数值" if reached else "只有目标，没有实际数值"]
    if missing:
        parts.append(f"缺 {told}")
    if any(point.differs for point in points):
        parts.append("有的年份不同文档数字不一致，全部列出")
    return (
        f'<h3 class="rp-curve">{escape(key.entity)}　{escape(key.indicator)}</h3>'
        f'<p class="rp-caption">{escape(key.measure)}；{escape("；".join(parts))}。</p>'
    )


def row(point: Point) -> str:
    """One figure: year, as printed, what the document calls it where that is not the name above, and its document."""
    fact = point.fact
    tags = "".join(
        f'<span class="rp-tag">{tag}</span>' for tag, on in (("目标", point.target), ("不一致", point.differs)) if on
    )
    source = "，".join(part for part in (fact.doc, place_text(fact.locator), fact.date or "日期未注明") if part)
    called = f"文中称“{fact.indicator}”，" if fact.indicator and fact.indicator != fact.measure else ""
    also = f"，另有 {len(point.also)} 处相同" if point.also else ""
    return (
        f'<div class="rp-fact"><span class="rp-fact-year">{point.year}</span>'
        f'<span class="rp-fact-figure">{escape(figure_text(fact))}{tags}</span>'
        f'<span class="rp-fact-source">{escape(called + source + also)}</span></div>'
    )
