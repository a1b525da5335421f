"""HTML of the page 文档: rows of the catalog, what happened to uploads and builds, what cleaning left out; all escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from ragpark.index.catalog import DocumentRow, FileState, Pending
from ragpark.listing import STATES, left_out_text, troubles
from ragpark.records import Document
from ragpark.views import place_text, removed_locator

if TYPE_CHECKING:
    from ragpark.index.progress import BuildReport

MAX_REMOVED = 200  # pieces left out that are listed of one document

_KINDS: dict[FileState, str] = {
    "indexed": "",
    "new": "rp-state-wait",
    "changed": "rp-state-wait",
    "deleted": "rp-state-wait",
    "failed": "rp-state-bad",
}


def summary(rows: Sequence[DocumentRow]) -> str:
    """One line: how much the index holds."""
    own = [row for row in rows if row.chunks and not row.copy_of]
    parts = [
        f"{len(own)} 份文档",
        f"{sum(row.chars for row in own):,} 字",
        f"{sum(row.sections for row in own):,} 节",
        f"{sum(row.chunks for row in own):,} 个段落",
        f"{sum(row.facts for row in own):,} 条数据",
    ]
    return f'<p class="rp-caption">{"　".join(["索引中有 " + parts[0], *parts[1:]]) if own else "索引里还没有文档"}</p>'


def pending_text(pending: Pending) -> str:
    """Say how the folder differs from the index: `3 个文件还没有进入索引，1 个有改动`."""
    parts = []
    if pending.new:
        parts.append(f"{pending.new} 个文件还没有进入索引")
    if pending.changed:
        parts.append(f"{pending.changed} 个有改动")
    if pending.deleted:
        parts.append(f"{pending.deleted} 个已从文件夹中删除，但还在索引里")
    return "，".join(parts)


def head() -> str:
    """The names of the columns, for the same grid as `cells`; read out with each row instead."""
    names = ("文件、主体与来源", "日期", "字数", "章节", "段落", "数据", "状态")
    cells = "".join(f'<span class="{_CLASSES[n]}">{name}</span>' for n, name in enumerate(names))
    return f'<div class="rp-docs-cells rp-docs-head" aria-hidden="true">{cells}</div>'


_CLASSES = ("rp-docs-file", "rp-docs-date", "rp-docs-n", "rp-docs-n", "rp-docs-n", "rp-docs-n", "rp-docs-state")


def cells(row: DocumentRow) -> str:
    """What stands beside a document's title: file, subject, source, date, sizes, state and problems."""
    about = "　".join(part for part in (f"主体：{row.subject}" if row.subject else "", row.source or "") if part)
    source = f'<span class="rp-docs-source">{escape(about)}</span>' if about else ""
    numbers = ((row.chars, "字"), (row.sections, "节"), (row.chunks, "段"), (row.facts, "条数据"))
    counts = "".join(
        f'<span class="rp-docs-n" data-unit="{unit}">{f"{number:,}" if row.chunks else "–"}</span>'
        for number, unit in numbers
    )
    return (
        f'<div class="rp-docs-cells"><span class="rp-docs-file">{escape(row.doc)}{source}</span>'
        f'<span class="rp-docs-date">{escape(row.date or ("未注明" if row.chunks else "–"))}</span>{counts}'
        f'<span class="rp-docs-state">{badges(row)}</span></div>'
    )


def badges(row: DocumentRow) -> str:
    """The state of a file in words, and the number of its problems."""
    found = [f'<span class="rp-state {_KINDS[row.state]}">{STATES[row.state]}</span>']
    if row.copy_of:
        found.append('<span class="rp-state">同文副本</span>')
    if row.problems:
        found.append(f'<span class="rp-state rp-state-bad">{len(row.problems)} 个问题</span>')
    return " ".join(found)


def facts_line(row: DocumentRow) -> str:
    """Subject and sizes of one document and what was left out of it, in a sentence each, for its own page."""
    if not row.chunks:
        return f'<p class="rp-caption">{escape(row.doc)}</p>'
    size = f"{row.chars:,} 字，{row.sections:,} 节，{row.chunks:,} 个段落，{row.facts:,} 条数据"
    about = "".join(f"。{part}" for part in (f"主体：{row.subject or '未能确定'}", left_out_text(row)) if part)
    return f'<p class="rp-caption">{escape(row.doc)}　{size}{escape(about)}</p>'


def problems(row: DocumentRow) -> str:
    """All that is wrong with a file, as a list; empty where nothing is."""
    items = "".join(f"<li>{escape(trouble)}</li>" for trouble in troubles(row))
    return f'<ul class="rp-docs-problems">{items}</ul>' if items else ""


def left_out(document: Document) -> str:
    """What cleaning left out, by reason, each piece with its place in the original."""
    if not document.removed:
        return '<p class="rp-caption">整理正文时没有略去任何内容。</p>'
    shown = sorted(document.removed[:MAX_REMOVED], key=lambda item: (item.reason, item.place))
    out = []
    for reason, group in groupby(shown, key=lambda item: item.reason):
        pieces = list(group)
        items = "".join(
            f'<li><span class="rp-docs-place">{escape(place_text(removed_locator(document, item)))}</span>'
            f"{escape(' '.join(item.text.split()))}</li>"
            for item in pieces
        )
        out.append(f"<h4>{escape(reason)}（{len(pieces)}）</h4><ul>{items}</ul>")
    rest = len(document.removed) - len(shown)
    more = f'<p class="rp-caption">还有 {rest:,} 处没有列出。</p>' if rest else ""
    return f'<div class="rp-docs-left-out">{"".join(out)}{more}</div>'


def outcomes(found: Sequence[tuple[str, bool, str]]) -> str:
    """What became of each uploaded file: (name, whether it went well, what to say)."""
    items = "".join(
        f'<li class="{"rp-ok" if good else "rp-bad"}"><b>{escape(name)}</b>　{escape(text)}</li>'
        for name, good, text in found
    )
    return f'<ul class="rp-docs-outcomes" role="status">{items}</ul>'


def report(built: BuildReport) -> str:
    """What a build did: counts, then every file it could not read and why."""
    changes = f"新增 {built.added}，更新 {built.changed}，移除 {built.removed}，未变 {built.unchanged}"
    seconds = f"用时 {built.seconds:.0f} 秒" if built.seconds >= 1 else "用时不到 1 秒"
    failed = "".join(f"<li><b>{escape(path)}</b>　{escape(error)}</li>" for path, error in built.failed)
    errors = (
        f'<p>有 {len(built.failed)} 个文件没有读进来：</p><ul class="rp-docs-problems">{failed}</ul>' if failed else ""
    )
    kind = "warning" if failed else "info"
    title = "索引已更新" if built.added or built.changed or built.removed else "索引已是最新，没有变化"
    return (
        f'<div class="rp-notice rp-{kind}" role="status"><p class="rp-notice-title">{title}</p>'
        f"<p>{changes}；编码 {built.encoded:,} 段文字，{seconds}。</p>{errors}</div>"
    )
