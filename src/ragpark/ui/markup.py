"""Records as HTML for the pages: every word of a document or a question is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ragpark.records import Answer, Citation, Document
from ragpark.views import figure_label, place_text

MAX_SOURCE_CHARS = 30_000  # of a source shown around a passage: about 20 screens, drawn at once
MAX_SHORT_CHARS = 24  # of an answer in the largest type
MAX_LABELS = 4  # of figures in one answer
MAX_BOLD_CHARS = 20  # of an answer marked in its sentence

Span = tuple[int, int]


def plain(text: str) -> str:
    """Return `text` so that Streamlit's Markdown (labels of buttons, for instance) shows it as it is.

    `![a](http://b)` becomes a text of the same look, not an image; `苏州（园区）` stays as it is.
    """
    text = " ".join(text.split())
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def marked(text: str, spans: Iterable[Span]) -> str:
    """Return the escaped text with `spans` (pairs of offsets, any order) in <mark>; overlaps are joined."""
    out, at = [], 0
    for start, end in _joined(spans, len(text)):
        out.append(escape(text[at:start]))
        out.append(_mark(text[start:end]))
        at = end
    out.append(escape(text[at:]))
    return "".join(out)


def _mark(text: str) -> str:
    """A figure or a name in bold; a whole sentence only tinted, since bold lines are hard to read."""
    style = "rp-mark" if len(text) <= MAX_BOLD_CHARS else "rp-mark rp-tint"
    return f'<mark class="{style}">{escape(text)}</mark>'


def _joined(spans: Iterable[Span], size: int) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted((max(start, 0), min(end, size)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def answer_block(answer: Answer, *, completed: bool = False) -> str:
    """The question, and under it the answer in large type, or the refusal and why.

    `completed` says that the question is not what was typed, but completed from the one before it.
    """
    note = '<span class="rp-completed">按上一问补全为：</span>' if completed else ""
    question = f'<p class="rp-question">{note}{escape(answer.question)}</p>'
    if answer.refused:
        return (
            f'<section class="rp-refusal" aria-label="未能回答">{question}'
            f'<p class="rp-refusal-title">文档里没有找到答案</p>'
            f'<p class="rp-reason">{escape(answer.reason)}</p></section>'
        )
    if answer.generated:
        return (
            f'<section class="rp-answer" aria-label="答案">{question}'
            f'<p class="rp-value rp-long rp-written">{_with_refs(answer.answer)}</p></section>'
        )
    refs = "".join(f'<sup class="rp-ref">[{citation.n}]</sup>' for citation in answer.citations)
    size = "rp-short" if len(answer.answer) <= MAX_SHORT_CHARS else "rp-long"
    reason = f'<p class="rp-reason">{escape(answer.reason)}</p>' if answer.reason else ""
    return (
        f'<section class="rp-answer" aria-label="答案">{question}{_labels(answer)}'
        f'<p class="rp-value {size}">{_in_parts(answer)}{refs}</p>{reason}</section>'
    )


def _labels(answer: Answer) -> str:
    """Whose figures the answer gives, of when and of what: one line each, at most MAX_LABELS."""
    labels = list(dict.fromkeys(filter(None, map(figure_label, answer.figures))))[:MAX_LABELS]
    return f'<p class="rp-label">{"<br>".join(map(escape, labels))}</p>' if labels else ""


def _in_parts(answer: Answer) -> str:
    """The escaped answer; a long one from several passages (a series, figures that differ) has a part to a line."""
    if len(answer.citations) < 2 or len(answer.answer) <= MAX_SHORT_CHARS:
        return escape(answer.answer)
    parts = answer.answer.split("；")
    lines = [escape(part + ("；" if number < len(parts) else "")) for number, part in enumerate(parts, 1)]
    return "<br>".join(lines)


_REF = re.compile(r"[\[［【](\d{1,3}(?:\s?[,，、–-]\s?\d{1,3})*)[\]］】]")


def _with_refs(text: str) -> str:
    """The escaped text with its citations raised, and its lines kept."""
    out, at = [], 0
    for match in _REF.finditer(text):
        out.append(escape(text[at : match.start()]))
        out.append(f'<sup class="rp-ref">[{match[1]}]</sup>')
        at = match.end()
    out.append(escape(text[at:]))
    return "".join(out).replace("\n", "<br>")


def draft_block(question: str, text: str) -> str:
    """A language model's words while they come: marked as not yet checked."""
    said = _with_refs(text) or "……"
    return (
        f'<section class="rp-answer rp-draft" aria-label="正在生成的回答" aria-busy="true">'
        f'<p class="rp-question">{escape(question)}</p>'
        f'<p class="rp-value rp-long">{said}</p>'
        f'<p class="rp-unchecked" role="status">语言模型正在写，写完后逐句核对；现在看到的还没有核对。</p></section>'
    )


def checks_block(answer: Answer) -> str:
    """How a language model's words fared: the notice, what was struck out and why, what was checked. "" without one."""
    if not (answer.generated or answer.checks or answer.notice):
        return ""
    parts = []
    if answer.notice:
        parts.append(f'<p class="rp-llm-notice">{escape(answer.notice)}</p>')
    struck = [sentence for sentence in answer.checks if not sentence.ok]
    if struck:
        items = "".join(
            f"<li><s>{_with_refs(sentence.text)}</s>"
            f'<span class="rp-why">{escape("；".join(sentence.failures))}</span></li>'
            for sentence in struck
        )
        parts.append(
            f'<details class="rp-struck"{" open" if answer.generated else ""}>'
            f"<summary>没有通过核对的 {len(struck)} 句</summary><ul>{items}</ul></details>"
        )
    if answer.generated:
        parts.append(
            f'<p class="rp-caption">由语言模型据下列出处写成，逐句核对过：{escape("、".join(answer.checked))}。</p>'
        )
    return f'<section class="rp-checks" aria-label="核对结果">{"".join(parts)}</section>'


def citation_block(citation: Citation) -> str:
    """One piece of evidence: number, document, date, headings, the quote with the answer marked, the place."""
    headings = " › ".join(h for h in citation.headings if h != citation.title)
    place = place_text(citation.locator)
    details = [
        ("日期", citation.date or "未注明"),
        *([("章节", headings)] if headings else []),
        ("位置", f"{citation.doc}{f'，{place}' if place else ''}"),
    ]
    if citation.also:
        details.append(("同文另见", "、".join(citation.also)))
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in details)
    return (
        f'<article class="rp-citation">'
        f'<blockquote class="rp-quote">{marked(citation.quote.strip(), _shifted(citation))}</blockquote>'
        f'<p class="rp-source"><span class="rp-n">[{citation.n}]</span>{escape(citation.title)}</p>'
        f'<dl class="rp-details">{rows}</dl></article>'
    )


def _shifted(citation: Citation) -> list[Span]:
    """The marks of a quote, as offsets into the quote with its outer white space removed."""
    lead = len(citation.quote) - len(citation.quote.lstrip())
    return [(start - lead, end - lead) for start, end in citation.marks]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document's text around a passage, as HTML, and the headings it holds: (id, level, text, is current)."""

    html: str
    outline: tuple[tuple[str, int, str, bool], ...]


def source_view(
    document: Document, passage: Span | None, marks: Sequence[Span] = (), window: Span | None = None
) -> SourceView:
    """Return the text of `document` with `passage` highlighted and `marks` (offsets into the text) inside it.

    Of a long text only `window` is shown, by default MAX_SOURCE_CHARS around the passage, and the rest is said to be
    left out.
    Each heading, and the passage (`rp-passage`), is a place that a link can jump to.
    """
    text, size = document.text, len(document.text)
    low, high = window or _window(size, passage)
    bands = _joined([passage] if passage else [], size)
    answers = _joined(marks, size)
    heads = [h for h in document.headings if low <= h.start and h.end <= high]
    cuts = {low, high}
    for start, end in (*bands, *answers, *((h.start, h.end) for h in heads)):
        cuts.update(x for x in (start, end) if low < x < high)
    edges = sorted(cuts)
    names = {h.start: f"rp-h{number}" for number, h in enumerate(heads)}
    ends = {h.start: (h.end, h.level) for h in heads}
    out = [_left_out(low, "前")] if low else []
    until, closing = -1, ""
    first_band = True
    for start, end in pairwise(edges):
        if start >= until and closing:
            out.append(closing)
            closing = ""
        if start in names:
            until, level = ends[start]
            out.append(f'<span class="rp-heading rp-l{min(level, 4)}" id="{names[start]}">')
            closing = "</span>"
        piece = escape(text[start:end])
        if any(a <= start < b for a, b in answers):
            piece = _mark(text[start:end])
        if any(a <= start < b for a, b in bands):
            anchor = ' id="rp-passage" tabindex="-1"' if first_band else ""
            piece = f'<span class="rp-band"{anchor}>{piece}</span>'
            first_band = False
        out.append(piece)
    out.append(closing)
    if high < size:
        out.append(_left_out(size - high, "后"))
    current = max((h.start for h in heads if passage and h.start <= passage[0]), default=-1)
    outline = tuple((names[h.start], h.level, h.text, h.start == current) for h in heads)
    return SourceView(f'<div class="rp-text">{"".join(out)}</div>', outline)


def _window(size: int, passage: Span | None) -> Span:
    if size <= MAX_SOURCE_CHARS:
        return 0, size
    middle = sum(passage) // 2 if passage else 0
    low = min(max(middle - MAX_SOURCE_CHARS // 2, 0), size - MAX_SOURCE_CHARS)
    return low, low + MAX_SOURCE_CHARS


def _left_out(chars: int, where: str) -> str:
    return f'<p class="rp-left-out">{where}面还有 {chars:,} 字没有显示，完整内容请下载原文。</p>'


def source_block(document: Document, view: SourceView, place: str) -> str:
    """The reading panel: title, date and place, outline, and the text in a box of its own that scrolls."""
    facts = "　".join(
        part for part in (document.date or "", document.source or "", f"原文{place}" if place else "") if part
    )
    top = min((level for _, level, _, _ in view.outline), default=1)
    links = "".join(
        f'<li class="rp-l{min(level - top + 1, 4)}">'
        f'<a href="#{name}"{" aria-current=true" if current else ""}>{escape(text)}</a></li>'
        for name, level, text, current in view.outline
    )
    outline = f'<nav class="rp-outline" aria-label="目录"><p>目录</p><ol>{links}</ol></nav>' if links else ""
    return (
        f'<section class="rp-reader" aria-label="原文"><h3 class="rp-reader-title">{escape(document.title)}</h3>'
        f'<p class="rp-reader-facts">{escape(facts)}</p>'
        f'<div class="rp-reader-body">{outline}'
        f'<div class="rp-scroll" tabindex="0" role="region" aria-label="正文">{view.html}</div></div></section>'
    )


def page_head(title: str, text: str = "") -> str:
    """The head of every page but the first: its name, and where it helps a sentence on what it is for."""
    said = f"<p>{escape(text)}</p>" if text else ""
    return f'<header class="rp-page-head"><h1>{escape(title)}</h1>{said}</header>'


def notice(title: str, text: str, kind: str = "info") -> str:
    """A message in a frame; `kind` is `info`, `warning` or `error`."""
    role = "alert" if kind == "error" else "status"
    return (
        f'<div class="rp-notice rp-{kind}" role="{role}"><p class="rp-notice-title">{escape(title)}</p>'
        f"<p>{escape(text)}</p></div>"
    )


def steps(done: Sequence[tuple[str, tuple[int, int] | None]]) -> str:
    """The stages of a build in a row: (name, (done, total)), None for one that has not begun."""
    items = []
    for name, count in done:
        kind = "ahead" if count is None else "done" if count[0] >= count[1] else "now"
        number = "" if count is None else f" {count[1]:,}" if kind == "done" else f" {count[0]:,} / {count[1]:,}"
        current = ' aria-current="step"' if kind == "now" else ""
        items.append(f'<li class="rp-step-{kind}"{current}>{escape(name)}{number}</li>')
    return f'<ol class="rp-steps">{"".join(items)}</ol>'


def within(scope: str) -> str:
    """The filter that an answer was sought within, in words."""
    return f'<p class="rp-caption">范围：{escape(scope)}</p>'
