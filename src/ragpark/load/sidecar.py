"""`NAME.meta.toml` beside NAME: title, date, source and subject that win over whatever the file says itself."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Mapping

from ragpark.errors import LoadError
from ragpark.load.meta import META_KEYS, tidy

SIDECAR_SUFFIX = ".meta.toml"


def read_sidecar(data: bytes, name: str) -> tuple[dict[str, str], list[str]]:
    """Return (values, problems) of a sidecar file; `name` is its name, for messages.

    A date that does not parse is a problem. Raises LoadError for broken TOML, an unknown key, or a value that is
    neither text, number nor date.
    """
    table = parse_sidecar(data, name)
    values: dict[str, str] = {}
    for key, value in table.items():
        if key not in META_KEYS:
            raise LoadError(f"说明文件“{name}”里有未知的项“{key}”；可用的项有：{'、'.join(META_KEYS)}")
        if isinstance(value, datetime.datetime | datetime.date):
            value = value.isoformat()
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise LoadError(f'说明文件“{name}”里“{key}”的值应是一段文字，例如 {key} = "…"')
        values[key] = str(value)
    pinned, problems = tidy(values)
    return pinned, [f"说明文件“{name}”：{problem}" for problem in problems]


def parse_sidecar(data: bytes, name: str) -> dict[str, object]:
    """Return the table of a sidecar file, whatever its keys. Raises LoadError for broken TOML."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LoadError(f'说明文件“{name}”无法解析：{error}；请改成 UTF-8 编码的 TOML，如 title = "标题"') from error


def dump_sidecar(table: Mapping[str, object]) -> str:
    """Return a table as TOML, one key a line; tomllib reads it back equal. Comments are not known here."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if plain else _value(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # JSON escapes all that TOML wants escaped, but for DEL
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    return str(value)  # int and float, `inf` and `nan` among them, are written alike
