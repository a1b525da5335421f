"""How what was read looks in a terminal: facts, the measures of a gold of facts, documents; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ragpark.records import Document, Fact
from ragpark.terminal import plain
from ragpark.views import place_text, removed_locator

if TYPE_CHECKING:
    from ragpark.facts_check import Suspicion
    from ragpark.index.catalog import DocumentRow


def show_facts(console: Console, facts: Sequence[Fact]) -> None:
    """Print facts as a table, one a row."""
    if not facts:
        console.print(Text("没有符合条件的指标", style="bold yellow"))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("指标", "主体", "年份", "数值", "出处"):
        table.add_column(name, overflow="fold")
    for fact in facts:
        year = "未知" if fact.year is None else f"{fact.year}"
        if fact.period:  # `去年` alone does not say which
            year = fact.period if year in fact.period else f"{year}（{fact.period}）"
        place = f"{fact.doc} {place_text(fact.locator)}".strip()
        table.add_row(*map(plain, (fact.indicator, fact.entity, year, fact.text, place)))
    console.print(table)


def show_suspicious(console: Console, found: Sequence[Suspicion], checked: int) -> None:
    """Print what is suspicious with the reason and the place, or that nothing is."""
    for item in found:
        fact = item.fact
        what = " · ".join(part for part in (fact.indicator, fact.entity, fact.period, fact.text) if part)
        console.print(Text.assemble(plain(what), "  ", plain(item.reason, "yellow")))
        console.print(plain(f"    {fact.doc} {place_text(fact.locator)}", "dim"))
    console.print(
        plain(f"查了 {checked} 个数值，{len(found)} 处可疑" if found else f"查了 {checked} 个数值，没有可疑的")
    )


def show_fact_report(console: Console, report: Mapping[str, object]) -> None:
    """Print the measures of each half of a gold of facts, then those of documents, and what was read otherwise."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("")
    halves = {name: part for name, part in report.items() if isinstance(part, Mapping) and name != "documents"}
    for name in halves:
        table.add_column(_HALVES.get(name, name), justify="right")
    for path, title in _FACT_ROWS.items():
        table.add_row(title, *(_count(_at(part, path)) for part in halves.values()))
    console.print(table)
    documents = report.get("documents")
    if isinstance(documents, Mapping):
        read = (f"{title} {_count(_at(documents, f'{key}.share'))}" for key, title in _OF_DOCUMENT.items())
        console.print(plain(f"文档 {documents['gold']} 份：{'，'.join(read)}"))
        for wrong in documents["wrong"]:
            what = _OF_DOCUMENT[wrong["what"]]
            wanted = "/".join("无" if value is None else f"“{value}”" for value in wrong["accepted"])
            read_as = "无" if wrong["read"] is None else f"“{wrong['read']}”"
            console.print(plain(f"    {wrong['doc']}：{what}应为 {wanted}；读成 {read_as}", "dim"))
    problems = report.get("problems")
    for problem in problems if isinstance(problems, Sequence) else ():
        console.print(plain(str(problem), "yellow"))


_HALVES = {"write": "定规则的一半", "measure": "只测量的一半", "all": "全部"}
_FACT_ROWS = {  # where in the summary → what it is called
    "gold": "标注", "found": "抽取", "right": "正确", "missing": "遗漏", "extra": "多出", "precision": "精确率", "recall": "召回率",
    "value.recall": "数值和单位召回率", "value.precision": "数值和单位精确率",
    "of_found.year": "其中年份正确", "of_found.subject": "其中主体正确", "of_found.indicator": "其中指标正确",
    "of_found.kind": "其中类别正确", "all_right": "全部正确",
    "wrong.value": "数值有误", "wrong.unit": "单位有误", "wrong.year": "年份有误", "wrong.entity": "主体有误",
    "wrong.indicator": "指标有误", "wrong.kind": "类别有误", "wrong.qualifier": "限定词有误",
}  # fmt: skip
_OF_DOCUMENT = {"title": "标题", "date": "日期", "subject": "主体"}


def _at(part: Mapping[str, object], path: str) -> object:
    """Return the value at a dotted path, None where there is none."""
    value: object = part
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _count(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–" if value is None else str(value)


def show_documents(
    console: Console, rows: Sequence[DocumentRow], documents: Mapping[str, Document] | None = None
) -> None:
    """Print the files of the documents folder as a table; under it what is wrong with each and what was left out.

    With the index's `documents`, every piece left out is printed too, with its reason and place.
    """
    from ragpark.listing import STATES, left_out_text, troubles

    if not rows:
        console.print(Text("没有可列出的文件", style="bold yellow"))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("文件", "标题", "日期", "主体"):
        table.add_column(name, overflow="fold")
    for name in ("字数", "段落", "数据"):
        table.add_column(name, justify="right")
    table.add_column("状态")
    for row in rows:
        numbers = (f"{number:,}" if row.chunks else "–" for number in (row.chars, row.chunks, row.facts))
        table.add_row(*map(plain, (row.doc, row.title, row.date or "", row.subject, *numbers, STATES[row.state])))
    console.print(table)
    for row in rows:
        for trouble in troubles(row):
            console.print(plain(f"{row.doc}：{trouble}", "yellow"))
        if left_out := left_out_text(row):
            console.print(plain(f"{row.doc}：{left_out}", "dim"))
        if documents is not None and (document := documents.get(row.copy_of or row.doc)):
            for piece in document.removed:
                place = place_text(removed_locator(document, piece))
                console.print(plain(f"    {piece.reason} {place}：{' '.join(piece.text.split())}", "dim"))
