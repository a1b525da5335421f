"""What stands in the shapes of a Word document: text boxes, charts (as tables of their figures), diagrams, old objects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ragpark.load.docx_blocks import Block, RowBlock, TableBlock, TextBlock
from ragpark.load.docx_package import Package, R, W
from ragpark.load.docx_runs import MC, alternative
from ragpark.load.table import Cell

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_ZEROES = re.compile(r"(\.\d*?)0+$")


class Shapes:
    """Reads shapes that stand in the part `part`; `read_box` turns a text box's content into blocks."""

    def __init__(
        self, package: Package, part: str, problems: list[str], read_box: Callable[[Any], Sequence[Block]]
    ) -> None:
        self._package = package
        self._part = part
        self._problems = problems
        self._read_box = read_box

    def read(self, shape: Any) -> list[Block]:
        """Return what is written in the shape, in order."""
        return list(self._within(shape))

    def embedded(self, chunk: Any) -> Iterator[Block]:
        """Note a file inserted as a whole (`w:altChunk`), which is not read; yields nothing."""
        self._note(f"文件中嵌入的“{self._package.target(self._part, chunk.get(f'{R}id')) or '部件'}”没有读取")
        yield from ()

    def _within(self, parent: Any) -> Iterator[Block]:
        for node in parent:
            tag = node.tag
            if not isinstance(tag, str) or _is_hidden(node):
                continue
            if tag == f"{W}txbxContent":
                yield from self._read_box(node)
            elif tag == f"{MC}AlternateContent":
                if (chosen := alternative(node)) is not None:
                    yield from self._within(chosen)
            elif tag == f"{_C}chart":
                yield from self._chart(node)
            elif tag.endswith("}chart"):
                self._note("文件中有新式图表（如瀑布图、漏斗图），没有读取")
            elif tag == f"{_DGM}relIds":
                yield from self._diagram(node)
            elif tag == f"{_A}p":
                if text := _drawn(node):
                    yield TextBlock(text)
            elif tag == f"{_OFFICE}OLEObject":
                equation = (node.get("ProgID") or "").startswith("Equation")
                self._note(
                    "文件中有旧式公式（图片形式），没有读取"
                    if equation
                    else "文件中有嵌入的对象（如表格、附件），没有读取"
                )
            else:
                yield from self._within(node)

    def _chart(self, node: Any) -> Iterator[Block]:
        part = self._package.target(self._part, node.get(f"{R}id"))
        root = self._package.tree(part) if part else None
        if root is None:
            return
        title = root.find(f"{_C}chart/{_C}title")
        if title is not None and (text := "".join(_drawn(item) for item in title.iter(f"{_A}p"))):
            yield TextBlock(text)
        series = list(root.iter(f"{_C}ser"))
        names = [_points(item.find(f"{_C}cat")) or _points(item.find(f"{_C}xVal")) for item in series]
        values = [_points(item.find(f"{_C}val")) or _points(item.find(f"{_C}yVal")) for item in series]
        labels = [" ".join(_points(item.find(f"{_C}tx")).values()) for item in series]
        categories: dict[int, str] = {}
        for found in names:
            categories = found | categories
        places = sorted({at for found in (categories, *values) for at in found})
        if not any(values) or not places:
            return
        head = (Cell("", header=True), *(Cell(label or "数值", header=True) for label in labels))
        rows = [RowBlock(head)]
        for at in places:
            rows.append(RowBlock((Cell(categories.get(at, "")), *(Cell(found.get(at, "")) for found in values))))
        yield TableBlock(tuple(rows), 1)

    def _diagram(self, node: Any) -> Iterator[Block]:
        part = self._package.target(self._part, node.get(f"{R}dm"))
        root = self._package.tree(part) if part else None
        for point in root.iter(f"{_DGM}pt") if root is not None else ():
            lines = (_drawn(item) for item in point.iter(f"{_A}p"))
            if text := "\n".join(line for line in lines if line):
                yield TextBlock(text)

    def _note(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems.append(problem)


def _is_hidden(node: Any) -> bool:
    if (node.get("hidden") or "0").lower() in ("1", "true", "on"):
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


def _drawn(paragraph: Any) -> str:
    """Return the text of a paragraph inside a drawing."""
    parts = ("\n" if item.tag == f"{_A}br" else item.text or "" for item in paragraph.iter(f"{_A}t", f"{_A}br"))
    return "".join(parts).strip()


def _points(source: Any | None) -> dict[int, str]:
    """Return the cached points of a series by place; names in several levels are joined, the outermost first."""
    found: dict[int, str] = {}
    if source is None:
        return found
    direct = source.find(f"{_C}v")
    if direct is not None and direct.text:
        return {0: direct.text.strip()}
    levels = list(source.iter(f"{_C}lvl"))
    for group in reversed(levels) if levels else (source,):
        row = {}
        for point in group.iter(f"{_C}pt"):
            value = point.find(f"{_C}v")
            text = (value.text or "").strip() if value is not None else ""
            at = point.get("idx") or ""
            if text and at.isdigit():
                row[int(at)] = _shown(text, point.get("formatCode") or _format(source))
        for at, text in row.items():
            before = max((place for place in found if place <= at), default=None)
            found[at] = f"{found[before]}·{text}" if levels and before is not None and group is not levels[-1] else text
    return found


def _format(source: Any) -> str:
    code = next(source.iter(f"{_C}formatCode"), None)
    return (code.text or "") if code is not None else ""


def _shown(text: str, number_format: str) -> str:
    """Return a cached number as its format shows it, as far as percent goes; float noise is rounded off."""
    try:
        value = float(text)
    except ValueError:
        return text
    if "%" in number_format:
        return f"{float(f'{value * 100:.10g}'):g}%"
    if "E" in text.upper() or len(text) > 12:
        return _ZEROES.sub(r"\1", f"{value:.6f}").rstrip(".")
    return text
