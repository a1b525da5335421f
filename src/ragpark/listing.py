"""Which rows of the catalog are shown, and in which order; pure functions over rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ragpark.index.catalog import DocumentRow, FileState
from ragpark.zh.fold import fold

STATES: Mapping[FileState, str] = {  # in words
    "indexed": "已入索引",
    "new": "未入索引",
    "changed": "有改动",
    "deleted": "已删除",
    "failed": "读不出",
}
SHOWN: Mapping[str, str] = {  # what one can ask to see, with its name
    "all": "全部",
    "indexed": "已入索引",
    "waiting": "待更新",
    "problems": "有问题",
}
ORDERS: Mapping[str, str] = {
    "doc": "按文件名",
    "title": "按标题",
    "newest": "日期新的在前",
    "longest": "字数多的在前",
    "problems": "有问题的在前",
}


def left_out_text(row: DocumentRow) -> str:
    """Say how much was left out of a document and why: `略去 12 处（页眉 9、署名 3）`; empty where nothing was."""
    if not row.left_out:
        return ""
    reasons = "、".join(f"{reason} {count}" for reason, count in row.left_out)
    return f"略去 {sum(count for _, count in row.left_out)} 处（{reasons}）"


def troubles(row: DocumentRow) -> tuple[str, ...]:
    """Return all that is wrong with a file: why it could not be read, then what was noted while reading it."""
    return (row.error, *row.problems) if row.error else row.problems


def select(rows: Iterable[DocumentRow], words: str = "", shown: str = "all", order: str = "doc") -> list[DocumentRow]:
    """Return the rows whose file name, title, subject, source or date holds every one of `words`, ordered; ties by path.

    `shown` is a key of SHOWN, `order` one of ORDERS. Undated rows come last where the newest come first.
    """
    wanted = fold(words).split()
    kept = [row for row in rows if _is_shown(row, shown) and all(word in _searched(row) for word in wanted)]
    return sorted(kept, key=lambda row: (*_rank(row, order), row.doc))


def _is_shown(row: DocumentRow, shown: str) -> bool:
    if shown == "problems":
        return bool(troubles(row))
    if shown == "waiting":
        return row.state in ("new", "changed", "deleted")
    return shown == "all" or row.state == shown


def _searched(row: DocumentRow) -> str:
    return fold(" ".join((row.doc, row.title, row.subject, row.source or "", row.date or "")))


def _rank(row: DocumentRow, order: str) -> tuple[Any, ...]:
    if order == "title":
        return (row.title,)
    if order == "newest":
        return (not row.date, tuple(-ord(char) for char in (row.date or "").ljust(10)))  # `2024` after `2024-05`
    if order == "longest":
        return (-row.chars,)
    if order == "problems":
        return (row.state != "failed", -len(troubles(row)), row.state == "indexed")
    return ()
