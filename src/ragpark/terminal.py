"""How results look in a terminal: Chinese text with the answer marked, and progress bars on stderr; decides nothing.

Facts and documents are in terminal_read.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ragpark.records import Answer, Citation, Document, Hit
from ragpark.views import figure_label, place_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ragpark.evaluate import Calibration, Comparison, EvaluationReport
    from ragpark.index.progress import BuildReport
    from ragpark.index.progress import Progress as BuildProgress

STAGES = {"read": "读取文档", "split": "切分文本", "encode": "编码段落", "write": "写入索引"}
# A document's text must not steer the terminal (ESC sequences): control characters are shown as U+FFFD.
_CONTROL = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


def plain(text: str, style: str = "") -> Text:
    """Return text of a document or a question as it may be printed: no markup, no control characters."""
    return Text(text.translate(_CONTROL), style=style)


def show_answer(console: Console, answer: Answer) -> None:
    """Print an answer with its evidence, or a refusal with its reason and the nearest evidence."""
    if answer.refused:
        console.print(Text("没有找到答案", style="bold yellow"))
        console.print(plain(answer.reason))
    else:
        for label in dict.fromkeys(filter(None, map(figure_label, answer.figures))):
            console.print(plain(label, "dim"))
        console.print(plain(answer.answer, "bold green"))
        if answer.reason:
            console.print(plain(answer.reason))
    _show_checks(console, answer)
    if answer.citations:
        console.print()
        console.print(Text("最接近的内容" if answer.refused else "依据", style="bold"))
    for citation in answer.citations:
        console.print(Text.assemble((f"[{citation.n}] ", "bold cyan"), _marked(citation)))
        console.print(_source(citation.title, citation.date, citation.headings))
        console.print(_file(citation.doc, citation.locator, citation.also))


def show_steps(console: Console, steps: Sequence[Mapping[str, Any]]) -> None:
    """Print what each stage gave on the way to an answer: see answer/explained.py."""
    from ragpark.answer.explained import BY, NAMES
    from ragpark.retrieve.kinds import kinds

    for number, step in enumerate(steps, start=1):
        read = {**step["read"], "kind": kinds()[step["read"]["kind"]].label}
        console.print()
        console.print(Text.assemble((f"第 {number} 步 ", "bold cyan"), plain(step["question"])))
        console.print(plain("    理解：" + "；".join(f"{NAMES[name]} {_said(read[name])}" for name in read), "dim"))
        for hit in step["passages"]:
            console.print(plain(f"    段落 {hit['rank']}（{hit['score']}）{hit['doc']}：{hit['text']}", "dim"))
        for one in step["candidates"]:
            console.print(Text.assemble(f"    {one['probability']:.2f} ", plain(one["text"], "bold")))
            for weight in one["weighs"]:
                why = f"{weight['says']}（{weight['feature']} = {weight['value']}）"
                console.print(plain(f"        {weight['adds']:+.2f} {why}", "dim"))
        console.print(plain(f"    {BY[step['by']]}：{step['chosen'] or '没有'}（{step['confidence']:.2f}）"))


def _said(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _show_checks(console: Console, answer: Answer) -> None:
    """Say how a language model's words fared: what is wrong with those struck out, and what was checked."""
    if answer.notice:
        console.print(plain(answer.notice, "yellow"))
    for sentence in answer.checks:
        if not sentence.ok:
            console.print(plain(sentence.text, "strike dim"))
            console.print(plain(f"    {'；'.join(sentence.failures)}", "dim"))
    if answer.generated:
        console.print(plain(f"由语言模型据下列段落写成，已逐句核对：{'、'.join(answer.checked)}", "dim"))


@contextmanager
def draft(console: Console) -> Iterator[Callable[[str], None] | None]:
    """Give a callback that prints a model's words as they come, or None where nobody watches the console."""
    if not console.is_terminal:
        yield None
        return
    begun = False

    def show(piece: str) -> None:
        nonlocal begun
        if not begun:
            console.print(Text("语言模型正在写（尚未核对）：", style="dim"))
            begun = True
        console.print(plain(piece, "dim"), end="")

    yield show
    if begun:
        console.print()


def show_hits(console: Console, hits: Sequence[Hit], documents: Mapping[str, Document]) -> None:
    """Print the ranked passages, best first."""
    if not hits:
        console.print(Text("没有检索到段落", style="bold yellow"))
    for hit in hits:
        chunk, document = hit.chunk, documents[hit.chunk.doc]
        console.print(Text.assemble((f"{hit.rank}. ", "bold cyan"), (f"{hit.score:.3f} ", "dim"), plain(chunk.text)))
        console.print(_source(chunk.title, chunk.date, chunk.headings))
        console.print(_file(chunk.doc, document.locator(chunk.start, chunk.end), document.also))


def show_build(console: Console, report: BuildReport) -> None:
    """Print what is in the index and what this build did."""
    console.print(
        f"索引就绪：{report.documents} 篇文档，{report.sections} 节，{report.chunks} 个段落，{report.facts} 个指标"
    )
    console.print(
        f"新增 {report.added}，更新 {report.changed}，删除 {report.removed}，未变 {report.unchanged}；"
        f"编码 {report.encoded} 个段落，用时 {report.seconds:.1f} 秒",
        style="dim",
    )


def show_evaluation(console: Console, report: EvaluationReport) -> None:
    """Print the measures over all questions and by kind, then every miss with the stage that lost it."""
    from ragpark.evaluate.words import STAGES as LOST
    from ragpark.evaluate.words import VERDICTS

    summary = report.summary()
    by_kind = summary["by_kind"]
    columns = {"全部": summary, **(by_kind if isinstance(by_kind, dict) else {})}
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("")
    for name in columns:
        table.add_column(str(name), justify="right")
    for title, group, measure in _rows(summary):
        values = [_measure(column, group, measure) for column in columns.values()]
        table.add_row(title, *values)
    console.print(table)
    for problem in report.problems:
        console.print(plain(problem, "yellow"))
    for judged in report.questions:
        if judged.good:
            continue
        verdict, lost = VERDICTS.get(judged.verdict, judged.verdict), LOST.get(judged.stage, judged.stage)
        wanted = "；".join("/".join(part) for part in judged.gold.answers) or "（拒答）"
        got = f"拒答：{judged.answer.reason}" if judged.answer.refused else judged.answer.answer
        console.print()
        console.print(Text.assemble((f"{verdict} · {lost} ", "bold red"), plain(judged.gold.question)))
        console.print(plain(f"    应为 {wanted}；得到 {got}", "dim"))


def show_calibration(console: Console, calibration: Calibration) -> None:
    """Print the fitted threshold, what it gives on held-out questions, and the curve in at most ten steps."""
    console.print()
    console.print(Text(f"拒答阈值 {calibration.threshold}（{calibration.folds} 折交叉验证）", style="bold"))
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("阈值", "拒答精确率", "拒答召回率", "可回答题中作答"):
        table.add_column(name, justify="right")
    step = max(len(calibration.curve) // 10, 1)
    named = (("本组题", calibration.fitted), ("留出的题", calibration.held_out))
    for name, point in (*((f"{p.threshold}", p) for p in calibration.curve[::step]), *named):
        table.add_row(
            name, *("–" if v is None else f"{v:.3f}" for v in (point.precision, point.recall, point.answered))
        )
    console.print(table)


def show_comparison(console: Console, comparison: Comparison) -> None:
    """Print the measures that moved, then every question that got better, worse, or another answer."""
    from ragpark.evaluate.words import VERDICTS

    console.print()
    console.print(Text("与以前的报告比较", style="bold"))
    if not comparison.same_questions:
        counts = (("增加", comparison.new), ("减少", comparison.gone), ("改过", comparison.revised))
        told = "、".join(f"{name} {len(items)} 题" for name, items in counts if items)
        console.print(Text(f"评测集有变化（{told}），指标不能严格比较", style="yellow"))
    for name, measure in comparison.measures.items():
        if measure.difference:
            console.print(f"    {name}  {measure.before} → {measure.after}（{measure.difference:+g}）")
    groups = (
        ("变好", "green", comparison.better),
        ("变差", "red", comparison.worse),
        ("其他变化", "", comparison.changed),
    )
    for title, style, changes in groups:
        console.print(Text(f"{title} {len(changes)} 题", style=f"bold {style}".strip()))
        for change in changes:
            old, new = change.before, change.after
            console.print(plain(f"    {new.question}"))
            for said in (old, new):
                text = f"{VERDICTS[said.verdict]}：{said.answer or said.reason}"
                console.print(plain(f"      {'→ ' if said is new else '  '}{text}", "dim"))


_GROUPS = {"retrieval": "检索 ", "answer": "答案 ", "citation": "引用 ", "refusal": "拒答 ", "confidence": "把握 "}


def _rows(summary: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    yield "题数", "", "questions"
    for group, title in _GROUPS.items():
        measures = summary.get(group)
        for name in measures if isinstance(measures, dict) else ():
            yield title + str(name), group, str(name)
    yield "p50（毫秒）", "latency_ms", "p50"
    yield "p95（毫秒）", "latency_ms", "p95"


def _measure(summary: object, group: str, name: str) -> str:
    values = summary.get(group, {}) if group and isinstance(summary, dict) else summary
    value = values.get(name) if isinstance(values, dict) else None
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) or group == "latency_ms" else f"{value:.3f}"


def _marked(citation: Citation) -> Text:
    text = plain(citation.quote)
    for start, end in citation.marks:
        text.stylize("bold green", start, end)
    return text


def _source(title: str, date: str | None, headings: Sequence[str]) -> Text:
    parts = [title, *([date] if date else []), " › ".join(dict.fromkeys(h for h in headings if h != title))]
    return plain("    " + " · ".join(part for part in parts if part), "dim")


def _file(doc: str, locator: Mapping[str, object], also: Sequence[str]) -> Text:
    same = f"（同样内容：{'、'.join(also)}）" if also else ""
    return plain(f"    {doc} {place_text(locator)}{same}", "dim")


@contextmanager
def build_bar(console: Console) -> Iterator[Callable[[BuildProgress], None]]:
    """Give a callback for build_index that draws one bar a stage on the console."""
    with _progress(console) as progress:
        tasks: dict[str, int] = {}

        def update(event: BuildProgress) -> None:
            name = STAGES.get(event.stage, event.stage)
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=event.total)
            progress.update(tasks[name], completed=event.done, total=event.total)  # type: ignore[arg-type]

        yield update


@contextmanager
def count_bar(console: Console, title: str) -> Iterator[Callable[[int, int], None]]:
    """Give a callback (done, total) that draws one bar on the console."""
    with _progress(console) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
