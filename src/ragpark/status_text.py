"""The status in words: groups of lines, as plain text for a terminal or a problem report. Decides nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from ragpark.status import Folder, Status

MARKS = {"ok": "✓", "warning": "!", "error": "×"}
COUNTS = {"documents": "文档", "sections": "节", "chunks": "段落", "facts": "指标", "sentences": "句子"}
MAX_PATHS = 10  # named of each kind of difference

Row = tuple[str, str]
Group = tuple[str, tuple[Row, ...]]


def size_text(size: int | None) -> str:
    """Return bytes in words: 512 → `512 B`, 883_712 → `863 KB`, None → `未知`."""
    if size is None:
        return "未知"
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if amount >= 100 or unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"


def when_text(created: str) -> str:
    """Return an ISO time as the clock of this machine shows it: `2026-11-22 13:37`; what is no time stays as it is."""
    try:
        return datetime.fromisoformat(created).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return created


def groups(status: Status) -> tuple[Group, ...]:
    """Return everything but health and settings, as (title, rows of name and value)."""
    made: list[Group] = [("模型", tuple(_model(status)))]
    if status.index is not None:
        made.append(("索引", tuple(_index(status))))
    if status.folder is not None and _differs(status.folder):
        made.append(("文件夹与索引的差别", tuple(_folder(status.folder))))
    made.append(("运行环境", tuple(_machine(status))))
    made.append(("软件版本", (("ragpark", status.version), *status.versions.items())))
    return tuple(made)


def _model(status: Status) -> Iterator[Row]:
    model = status.model
    yield "名称", model.name
    if model.model_id:
        yield "指纹", model.model_id
    if model.dim and model.max_tokens:
        yield "维数", f"{model.dim}，最多读 {model.max_tokens} 个词元"
    if model.problem:
        yield "问题", model.problem
    for engine in model.engines:
        state = "已载入" if engine.loaded else "用到时载入"
        yield f"{engine.use}编码", f"{engine.name}（{state}）{'：' + engine.why if engine.why else ''}"


def _index(status: Status) -> Iterator[Row]:
    index = status.index
    assert index is not None
    yield "版本", index.generation
    if index.created:
        yield "建立时间", when_text(index.created)
    if index.counts:
        named = [f"{index.counts[name]:,} {word}" for name, word in COUNTS.items() if name in index.counts]
        yield "内容", "、".join(named)
    if index.parts:
        parts = "，".join(f"{name} {size_text(size)}" for name, size in index.parts.items())
        yield "占用磁盘", f"{size_text(index.size)}（{parts}）"
    older = "、".join(f"{name}（{size_text(size)}）" for name, size in index.older.items())
    yield "保留的旧版本", older or "无"


def _differs(folder: Folder) -> bool:
    return bool(folder.added or folder.changed or folder.removed or not folder.compared)


def _folder(folder: Folder) -> Iterator[Row]:
    for word, paths in (("新增", folder.added), ("改动", folder.changed), ("已删除", folder.removed)):
        if paths:
            more = f" 等 {len(paths)} 份" if len(paths) > MAX_PATHS else ""
            yield word, "、".join(paths[:MAX_PATHS]) + more
    if not folder.compared:
        yield "说明", "文件较多，只比较了文件名；运行 ragpark index 会逐个比较内容"


def _machine(status: Status) -> Iterator[Row]:
    cpu = status.cpu
    features = cpu.get("features")
    yield "占用内存", size_text(status.memory)
    yield "系统", status.system
    yield "处理器", f"{cpu.get('name')}，{cpu.get('cores')} 核可用"
    if isinstance(features, tuple):
        yield "加速指令", "、".join(features) or "无"


def status_text(status: Status) -> str:
    """Return the whole status as text, one fact a line, ending in a line break."""
    health = status.health
    lines = [f"{MARKS[health.level]} {health.title}：{health.text}"]
    for title, rows in groups(status):
        width = max(_width(name) for name, _ in rows)
        lines += ["", title]
        lines += [f"  {name}{' ' * (width - _width(name))}  {value}" for name, value in rows]
    lines += ["", "设置"]
    for setting in status.settings:
        details = "；".join(
            part
            for part in (
                setting.origin or "默认",
                f"范围 {setting.allowed}" if setting.allowed else "",
                setting.meaning,
            )
            if part
        )
        lines.append(f"  {setting.name} = {setting.value}（{details}）")
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    """Return how many columns a text takes in a terminal: a Chinese character takes two (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
