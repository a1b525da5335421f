"""The `---` block at the head of a text or Markdown file: `key: value` lines, as static-site tools write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAX_LINES = 60
_PAIR = re.compile(r"^([A-Za-z_][\w.-]*)\s*:(?:\s+(.*))?$")


def front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return (values, number of lines the block takes, fences included); ({}, 0) where there is none.

    A block must open on the first line and hold at least one `key: value` line and nothing but such lines, list
    items, comments and blanks: a `---` rule over prose is not one. Keys are lower-cased; lists are left out.
    """
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1 : _MAX_LINES + 1], start=1):
        text = line.rstrip()
        if text in ("---", "..."):
            return (values, number + 1) if values else ({}, 0)
        if match := _PAIR.match(text):
            values[match[1].lower()] = _unquote(match[2] or "")
        elif text and not re.match(r"^(\s+\S|- |#)", text):
            return {}, 0
    return {}, 0


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
