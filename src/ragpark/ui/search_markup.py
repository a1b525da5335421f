"""The page 检索 as HTML: how the question was read, and each passage found with its words marked and its scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ragpark.records import Document, Hit
from ragpark.retrieve.explain import ExplainedHit, Explanation, understood
from ragpark.retrieve.marks import ENTITY, INDICATOR, SYNONYM, TERM, YEAR, Mark
from ragpark.retrieve.query import Term
from ragpark.views import place_text

MARK_TITLES = {
    TERM: "",
    SYNONYM: "“{}”的同义词",
    INDICATOR: "指标：{}",
    ENTITY: "主体：{}",
    YEAR: "年份：{}",
}
# The legs of a hit in the order they are shown: name, its scaled value, its own value and how that is told.
_LEGS = (
    ("词语", "lexical_scaled", "lexical", "BM25"),
    ("语义", "dense_scaled", "dense", "余弦"),
    ("句子", "sentence_scaled", "sentence", "余弦"),
    ("融合", "fused", "", ""),
)
_ADDED = (("年份", "year"), ("点名文档", "named"), ("数据命中", "fact"), ("词语重排", "rerank"))


def understood_block(explanation: Explanation) -> str:
    """How the question was read: what is asked for, years, places, indicators, and its words with their synonyms."""
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in understood(explanation.query)
    )
    words = "".join(_word(term) for term in explanation.query.terms)
    terms = f'<div><dt>词语</dt><dd class="rp-words">{words}</dd></div>' if words else ""
    return f'<section class="rp-understood" aria-label="对问题的理解"><dl>{pairs}{terms}</dl></section>'


def _word(term: Term) -> str:
    also = f'<span class="rp-also">＝{escape("、".join(term.forms[1:5]))}</span>' if len(term.forms) > 1 else ""
    kind = "" if term.known else ' class="rp-unknown" title="库中文档没有这个词"'
    return f"<span{kind}><b>{escape(term.word)}</b>{also}</span>"


def passage_block(found: ExplainedHit, document: Document, missing: Sequence[str]) -> str:
    """One passage found: rank, title and headings, its text with the question's words marked, and its scores."""
    hit, chunk = found.hit, found.hit.chunk
    crumbs = " › ".join(dict.fromkeys((chunk.title, *chunk.headings)))
    place = place_text(document.locator(chunk.start, chunk.end))
    details = "　".join(
        part for part in (chunk.date or "日期未注明", chunk.doc, f"原文{place}" if place else "") if part
    )
    begin = _after_headings(document, chunk.start, chunk.end) - chunk.start
    text = _with_marks(chunk.text, begin, found.marks)
    lost = f'<p class="rp-caption">没有出现：{escape("、".join(missing))}</p>' if missing else ""
    return (
        f'<article class="rp-passage-hit"><div><p class="rp-source"><span class="rp-n">{hit.rank}</span>{escape(crumbs)}</p>'
        f'<p class="rp-caption">{escape(details)}</p><p class="rp-hit-text">{text}</p>{lost}</div>{_scores(hit)}</article>'
    )


def _after_headings(document: Document, start: int, end: int) -> int:
    """Where a passage's own words begin: its headings are shown above it already."""
    at = start
    for heading in document.headings:
        if heading.start == at and heading.end < end:
            at = heading.end + len(document.text[heading.end : end]) - len(document.text[heading.end : end].lstrip())
    return at if at < end else start


def _with_marks(text: str, begin: int, marks: Iterable[Mark]) -> str:
    out, at = [], begin
    for mark in marks:
        if mark.start < at:
            continue
        title = MARK_TITLES[mark.kind].format(mark.word)
        said = f' title="{escape(title)}"' if title else ""
        out.append(escape(text[at : mark.start]))
        out.append(f'<mark class="rp-term"{said}>{escape(text[mark.start : mark.end])}</mark>')
        at = mark.end
    out.append(escape(text[at:].rstrip()))
    return "".join(out)


def _scores(hit: Hit) -> str:
    """The score and what it is made of: a bar from 0 to 1 for each leg, then what was added."""
    rows = []
    for name, scaled, raw, unit in _LEGS:
        value = hit.legs.get(scaled, 0.0)
        width = round(100 * min(max(value, 0.0), 1.0))
        own = f"{unit} {hit.legs.get(raw, 0.0):.2f}" if raw else ""
        rows.append(
            f'<tr><th scope="row">{name}</th><td class="rp-bar"><span style="width:{width}%"></span></td>'
            f"<td>{value:.2f}</td><td>{own}</td></tr>"
        )
    for name, key in _ADDED:
        if value := hit.legs.get(key, 0.0):
            rows.append(f'<tr><th scope="row">{name}</th><td></td><td>{value:+.2f}</td><td></td></tr>')
    rows.append(f'<tr class="rp-sum"><th scope="row">得分</th><td></td><td>{hit.score:.2f}</td><td></td></tr>')
    return f'<table class="rp-scores" aria-label="得分的组成"><tbody>{"".join(rows)}</tbody></table>'
