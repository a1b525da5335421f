"""Units as tables print them: in a column's name (`产值（亿元）`), in a caption (`单位：亿元`), in a column of units."""

from __future__ import annotations

import re

from ragpark.zh.line import NARROW
from ragpark.zh.units import plain_unit_end, scale_end

_PER = re.compile("[一-鿿]{1,3}")
_IN_BRACKETS = re.compile(r"[（(]\s*(?:(?:计量)?单位\s*[:：]?\s*)?([^（）()]{1,12}?)\s*[）)]")
_AT_END = re.compile(r"(?:[,，:：/|]\s*|\s+)(\S{1,8})$|([%％‰])$")
_CAPTION = re.compile(r"(?<![一-鿿])(?:计量)?单位\s*[:：]\s*([^）)。；;\n]{1,30})")
_APART = re.compile(r"[、,，;；\s和或]+")


def is_unit(text: str) -> bool:
    """Tell whether the text is a unit and nothing else: `亿元`, `%`, `件/万人`; not `科技局`, `2023年`."""
    unit, *per = text.strip().translate(NARROW).split("/")
    return _is_plain_unit(unit) and len(per) < 3 and all(_is_plain_unit(p) or _PER.fullmatch(p) for p in per)


def _is_plain_unit(text: str) -> bool:
    return any(at < plain_unit_end(text, at) == len(text) for at in (0, scale_end(text, 0)))


def unit_of(name: str) -> str:
    """Return the unit in a name, narrowed: `产值（亿元）` → `亿元`, `比上年增长%` → `%`, `产值，万元` → `万元`; else ``."""
    for found in reversed(_IN_BRACKETS.findall(name)):
        if is_unit(found):
            return str(found.translate(NARROW))
    match = _AT_END.search(name.strip())
    unit = (match[1] or match[2]) if match else ""
    return unit.translate(NARROW) if unit and is_unit(unit) else ""


def without_unit(name: str) -> str:
    """Return the name without its unit: `产值（亿元）` → `产值`, `增长%` → `增长`; `增长（可比价）` stays."""
    name = _IN_BRACKETS.sub(lambda match: "" if is_unit(match[1]) else match[0], name).strip()
    match = _AT_END.search(name)
    return name[: match.start()].strip() if match and is_unit(match[1] or match[2]) else name


def caption_units(caption: str) -> tuple[str, ...]:
    """Return the units that a caption names: `单位：亿元` → (`亿元`,), `单位：家、%` → (`家`, `%`); `发布单位：统计局` → ()."""
    found: list[str] = []
    for match in _CAPTION.finditer(caption):
        text = match[1].strip()
        parts = [text] if is_unit(text) else _APART.split(text)
        if all(is_unit(part) for part in parts if part):
            found += [part.translate(NARROW) for part in parts if part]
    if not found and (unit := unit_of(caption.strip())):
        found = [unit]  # `表3 各区产值（亿元）`
    return tuple(dict.fromkeys(found))
