"""Evaluation reports as HTML: figures, kinds, failed questions, comparison, candidates; every word is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote

from ragpark.evaluate.candidates import Candidate
from ragpark.evaluate.compare_runs import Change, Comparison, MeasureChange
from ragpark.evaluate.judge import UNCITED
from ragpark.evaluate.saved import SavedKind, SavedMissed, SavedQuestion, SavedRun
from ragpark.evaluate.words import KINDS, STAGES, VERDICTS
from ragpark.ui.markup import marked

EXCERPT_CHARS = 240  # of a passage around its evidence: about four lines
LEAD_CHARS = 60  # of them before the evidence


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure as it is shown: `form` is `share` (of questions), `score` (0 to 1) or `ms`."""

    group: str
    name: str
    title: str
    meaning: str
    form: str = "share"

    @property
    def key(self) -> str:
        return f"{self.group}.{self.name}"


FIGURES = (
    Figure("answer", "accuracy", "答案正确率", "有答案的题中，答案含全部应答内容的比例；误拒答算错"),
    Figure("citation", "accuracy", "出处正确率", "有答案的题中，答案所引原文正是标准依据的比例"),
    Figure("refusal", "precision", "拒答准确率", "拒答的题中，文档里确实没有答案的比例"),
    Figure("refusal", "recall", "拒答召回率", "文档里没有答案的题中，做到拒答的比例"),
    Figure("answer", "precision", "作答准确率", "作答的题中，答案正确的比例；文档里没有答案的题，作答就算错"),
    Figure("answer", "em", "一字不差率", "有答案的题中，答案除标点外与标准答案完全相同的比例（EM）"),
    Figure("answer", "f1", "字面重合度", "答案与标准答案最长相同片段的 F1，长答案会失分；拒答为 0", "score"),
    Figure("confidence", "auc", "把握区分度", "答对的题比答错的题更有把握的机会，0.5 等于瞎猜（AUC）", "score"),
    Figure("retrieval", "Recall@1", "首段召回率", "标准依据出现在第 1 个检索段落的比例（Recall@1）"),
    Figure("retrieval", "Recall@5", "前五段召回率", "标准依据出现在前 5 个检索段落的比例（Recall@5）"),
    Figure("retrieval", "AnswerRecall@5", "前五段含答案", "前 5 个检索段落里能找到全部答案的题的比例"),
    Figure("retrieval", "nDCG@10", "排序质量", "相关段落排得越靠前越接近 1（nDCG@10）", "score"),
    Figure("retrieval", "RR@10", "首个命中", "第一个相关段落名次的倒数，取平均（RR@10）", "score"),
    Figure("latency_ms", "p50", "用时中位数", "一半的问题在这个时间内答完", "ms"),
    Figure("latency_ms", "p95", "较慢的用时", "95% 的问题在这个时间内答完；评测时有人提问会偏高", "ms"),
)
MAIN, FINER = FIGURES[:4], FIGURES[4:]
BY_KIND = tuple(f for f in FIGURES if f.name not in ("auc", "Recall@1", "AnswerRecall@5", "RR@10", "p95"))


def _value_html(value: float | None, form: str) -> str:
    """The value with its unit in small type."""
    number, _, unit = value_text(value, form).partition(" ")
    return number + (f'<span class="rp-unit"> {unit}</span>' if unit else "")


def value_text(value: float | None, form: str) -> str:
    """Return a measure as text: 0.9333 as `93.3%` or `0.933`, 41.26 ms as `41 毫秒`, None as `–`."""
    if value is None:
        return "–"
    if form == "ms":
        return f"{value:.0f} 毫秒" if value < 10_000 else f"{value / 1000:.1f} 秒"
    return f"{value:.3f}" if form == "score" else f"{value * 100:.1f}%"


def figures_block(run: SavedRun, changes: Mapping[str, MeasureChange]) -> str:
    """The measures as large figures, each with its meaning and, where `changes` has one, its move since last time."""
    return _figures(run, changes, MAIN, "rp-figures") + _figures(run, changes, FINER, "rp-figures rp-finer")


def _figures(run: SavedRun, changes: Mapping[str, MeasureChange], chosen: Sequence[Figure], style: str) -> str:
    cells = []
    for figure in chosen:
        value = getattr(run, figure.group).get(figure.name)
        moved = _moved(changes.get(figure.key), figure.form)
        cells.append(
            f'<div class="rp-figure"><dt>{figure.title}</dt>'
            f'<dd><span class="rp-figure-value">{_value_html(value, figure.form)}</span>{moved}'
            f'<span class="rp-figure-meaning">{figure.meaning}</span></dd></div>'
        )
    return f'<dl class="{style}">{"".join(cells)}</dl>'


def _moved(change: MeasureChange | None, form: str) -> str:
    difference = change.difference if change else None
    if difference is None:
        return ""
    size = abs(difference)
    text = {"ms": f"{size:.0f} 毫秒", "score": f"{size:.3f}"}.get(form, f"{size * 100:.1f} 个百分点")
    if not float(text.split()[0]):
        return '<span class="rp-moved">与上次相同</span>'
    up = difference > 0
    good = up != (form == "ms")
    word = "比上次高" if up else "比上次低"
    if form == "ms":
        return f'<span class="rp-moved">{word} {text}</span>'  # a few milliseconds are the machine's, not ours
    return f'<span class="rp-moved rp-{"better" if good else "worse"}">{word} {text}</span>'


def kinds_table(kinds: Mapping[str, SavedKind]) -> str:
    """The measures by kind of question; a measure that does not apply to a kind is a dash."""
    head = "".join(f'<th scope="col">{figure.title}</th>' for figure in BY_KIND)
    rows = []
    for name, kind in kinds.items():
        cells = "".join(
            f"<td>{value_text(getattr(kind, figure.group).get(figure.name), figure.form)}</td>" for figure in BY_KIND
        )
        rows.append(f'<tr><th scope="row">{escape(KINDS.get(name, name))}</th><td>{kind.questions}</td>{cells}</tr>')
    return (
        '<div class="rp-table-box" tabindex="0" role="region" aria-label="按题型"><table class="rp-table">'
        f'<thead><tr><th scope="col">题型</th><th scope="col">题数</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def failure_block(question: SavedQuestion) -> str:
    """A failed question: the stage at fault, what was expected and given, the passage that should have been found."""
    also = "；答案对，但引用的不是标准依据" if question.verdict == UNCITED else ""
    rows = [("标准答案", escape(expected_text(question))), ("给出的答案", escape(given_text(question)))]
    if question.citations and not question.refused:
        docs = "、".join(dict.fromkeys(citation.doc for citation in question.citations))
        rows.append(("引用的文档", escape(docs)))
    missed = "".join(map(_missed_block, _passages(question))) or "".join(
        f'<div class="rp-passage"><p class="rp-passage-source">标准依据（索引里找不到）：{escape(item.doc)}</p>'
        f'<blockquote class="rp-quote">{escape(item.quote)}</blockquote></div>'
        for item in question.evidence or ()
        if question.answerable
    )
    return (
        f'<article class="rp-failure"><p class="rp-failure-head"><span class="rp-stage">{_stage(question)}</span>'
        f'<span class="rp-caption">{escape(KINDS.get(question.kind, question.kind))} · {escape(question.id)}{also}</span></p>'
        f'<p class="rp-failure-question">{escape(question.question)}　{ask_link(question.question)}</p>'
        f'<dl class="rp-details">{_rows(rows)}</dl>{missed}</article>'
    )


def expected_text(question: SavedQuestion) -> str:
    """Return the gold answer: parts joined by `；`, accepted alternatives by ` / `."""
    if not question.answerable:
        return "应拒答：文档里没有答案"
    return "；".join(" / ".join(part) for part in question.answers)


def given_text(question: SavedQuestion) -> str:
    return f"拒答：{question.reason}" if question.refused else question.answer


def ask_link(question: str) -> str:
    """A link that asks the question on the first page, in a window of its own: the evaluation stays open."""
    return (
        f'<a class="rp-ask-link" href="./?q={quote(question, safe="")}" target="_blank" rel="noopener">'
        f'在问答页提问<span class="rp-hidden">：{escape(question)}（新窗口）</span></a>'
    )


def _stage(question: SavedQuestion) -> str:
    return escape(STAGES.get(question.stage, question.stage))


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)


def _passages(question: SavedQuestion) -> list[SavedMissed]:
    """The passages that should have been found, each once: one may hold several pieces of evidence."""
    merged: dict[tuple[str, str], SavedMissed] = {}
    for missed in question.missed:
        key = (missed.doc, missed.text)
        known = merged.setdefault(key, missed)
        merged[key] = replace(known, marks=tuple(sorted({*known.marks, *missed.marks})))
    return list(merged.values())


def _missed_block(missed: SavedMissed) -> str:
    rank = f"检索排在第 {missed.rank} 位" if missed.rank else "不在检索到的前 10 个段落中"
    if not missed.marks:  # the gold set names no passage
        told = f"应找到的文档：{escape(missed.doc)}（整篇都算依据，{rank}）"
        return f'<div class="rp-passage"><p class="rp-passage-source">{told}</p></div>'
    where = " › ".join((missed.doc, *missed.headings))
    text, marks = excerpt(missed.text, missed.marks)
    return (
        f'<div class="rp-passage"><p class="rp-passage-source">应找到的段落：{escape(where)}（{rank}）</p>'
        f'<blockquote class="rp-quote">{marked(text, marks)}</blockquote></div>'
    )


def excerpt(
    text: str, marks: Sequence[tuple[int, int]], size: int = EXCERPT_CHARS
) -> tuple[str, list[tuple[int, int]]]:
    """Return at most about `size` characters around the first mark, `…` where some are left out, and the marks in it."""
    first = min((start for start, _ in marks), default=0)
    low = 0 if len(text) <= size else min(max(first - LEAD_CHARS, 0), len(text) - size)
    high = min(low + size, len(text))
    lead = "…" if low else ""
    inside = [(max(a, low), min(b, high)) for a, b in marks if a < high and b > low]
    shift = len(lead) - low
    return lead + text[low:high] + ("…" if high < len(text) else ""), [(a + shift, b + shift) for a, b in inside]


def comparison_block(comparison: Comparison) -> str:
    """What got better, what got worse, and what changed otherwise, question by question."""
    counts = [
        ("better", "变好", comparison.better),
        ("worse", "变差", comparison.worse),
        ("", "判定相同、答案或出错环节不同", comparison.changed),
    ]
    told = "".join(
        f'<li class="{f"rp-{style}" if style and changes else ""}">{name} <strong>{len(changes)}</strong> 题</li>'
        for style, name, changes in counts
    )
    set_changes = [("新增", comparison.new), ("减少", comparison.gone), ("改过标准答案或依据", comparison.revised)]
    note = "，".join(f"{name} {len(items)} 题" for name, items in set_changes if items)
    warning = f'<p class="rp-caption">评测集有变化：{note}，各项指标只能大致比较。</p>' if note else ""
    lists = "".join(
        f'<details class="rp-changes"{" open" if style else ""}><summary>{name}的题（{len(changes)}）</summary>'
        f"<ol>{''.join(map(_change_item, changes))}</ol></details>"
        for style, name, changes in counts
        if changes
    )
    return f'<div class="rp-comparison"><ul class="rp-counts">{told}</ul>{warning}{lists}</div>'


def _change_item(change: Change) -> str:
    def said(question: SavedQuestion) -> str:
        verdict = VERDICTS.get(question.verdict, question.verdict)
        stage = STAGES.get(question.stage, question.stage)
        why = f"（{stage}）" if stage and stage != verdict else ""
        return escape(f"{verdict}{why}：{question.reason if question.refused else question.answer}")

    rows = [("上次", said(change.before)), ("这次", said(change.after))]
    return (
        f'<li><p class="rp-failure-question">{escape(change.after.question)}　{ask_link(change.after.question)}</p>'
        f'<dl class="rp-details">{_rows(rows)}</dl></li>'
    )


def candidate_block(candidate: Candidate) -> str:
    """A candidate for the gold set: the question, what was answered, whether that was right, what is lacking."""
    right = candidate.verdict == "对"
    answer = candidate.answer or ("（拒答）" if candidate.refused else "（没有）")
    if candidate.refused and candidate.answer:
        answer = f"拒答：{candidate.answer}"
    rows = [("当时的回答", escape(answer))]
    if candidate.docs:
        rows.append(("所引文档", escape("、".join(candidate.docs))))
    if candidate.lacking:
        rows.append(("还要填写", escape("、".join(candidate.lacking))))
    return (
        f'<article class="rp-candidate"><p class="rp-failure-head">'
        f'<span class="rp-stage{" rp-right" if right else ""}">{escape(candidate.verdict or "未标")}</span>'
        f'<span class="rp-caption">{escape(KINDS.get(candidate.kind, candidate.kind))} · {escape(candidate.status)}</span></p>'
        f'<p class="rp-failure-question">{escape(candidate.question)}</p>'
        f'<dl class="rp-details">{_rows(rows)}</dl></article>'
    )
