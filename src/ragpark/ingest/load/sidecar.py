"""`NAME.meta.toml` beside NAME: title, date and source that win over whatever the file says itself."""

from __future__ import annotations

import datetime
import tomllib

from ragpark.errors import LoadError
from ragpark.ingest.load.meta import META_KEYS, tidy

SIDECAR_SUFFIX = ".meta.toml"


def read_sidecar(data: bytes, name: str) -> tuple[dict[str, str], list[str]]:
    """Return (values, problems) of a sidecar file; `name` is its name, for messages.

    A date that does not parse is a problem. Raises LoadError for broken TOML, an unknown key, or a value that is
    neither text, number nor date.
    """
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LoadError(f'说明文件“{name}”无法解析：{error}；请改成 UTF-8 编码的 TOML，如 title = "标题"') from error
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
