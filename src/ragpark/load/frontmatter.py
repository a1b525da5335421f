"""The fenced block at the head of a text or Markdown file, YAML (`---`) or TOML (`+++`), as static-site tools write it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

_MAX_LINES = 200
_PAIR = re.compile(r"^([A-Za-z_一-鿿][\w.-]*)\s*[:：](?:\s+(.*))?$")
_GOES_ON = re.compile(r"^(\s+\S|- |#)")  # a list item, the rest of a long value, a comment


def front_matter(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return (values, number of lines the block takes, fences included); ({}, 0) where there is none.

    Only blank lines may stand before the block, and it must hold at least one value and nothing but values, list
    items, comments and blanks: a `---` rule over prose is not one. Keys are lower-cased; lists and tables are left out.
    """
    first = next((number for number, line in enumerate(lines) if line.strip("\ufeff \t")), None)
    if first is None:
        return {}, 0
    fence = lines[first].strip("\ufeff \t")
    if fence not in ("---", "+++"):
        return {}, 0
    ends = ("---", "...") if fence == "---" else ("+++",)
    block = [line.rstrip() for line in lines[first + 1 : first + 1 + _MAX_LINES]]
    end = next((number for number, line in enumerate(block) if line in ends), None)
    if end is None:
        return {}, 0
    values = _yaml(block[:end]) if fence == "---" else _toml("\n".join(block[:end]))
    return (values, first + end + 2) if values else ({}, 0)


def _yaml(block: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for text in block:
        if match := _PAIR.match(text):
            values[match[1].lower()] = _unquote(match[2] or "")
        elif text and not _GOES_ON.match(text):
            return {}
    return values


def _toml(block: str) -> dict[str, str]:
    try:
        table = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {key.lower(): str(value) for key, value in table.items() if not isinstance(value, list | dict)}


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1]
    return value
