"""Reading vocabulary files (TOML): the built-in ones and the users' over them. Every mistake is named with its file."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from ragpark.errors import ConfigError
from ragpark.zh.vocabulary import Entity, Indicator, Vocabulary, merged

BUILTIN = ("vocabulary.toml", "places.toml")
_KEYS: dict[str, frozenset[str]] = {
    "synonyms": frozenset(["words"]),
    "indicator": frozenset(["name", "aliases", "patterns", "units"]),
    "entity": frozenset(["name", "aliases", "kind", "within", "founded", "patterns"]),
}


def load_vocabulary(files: Sequence[Path] = ()) -> Vocabulary:
    """Return the built-in vocabulary with the users' files over it.

    Indicators of the same name are put together, an entity replaces one of the same name. Raises ConfigError naming
    the file and what is wrong with it.
    """
    folder = resources.files("ragpark.zh")
    sources = [(name, (folder / name).read_bytes()) for name in BUILTIN]
    for path in files:
        try:
            sources.append((str(path), path.read_bytes()))
        except OSError as error:
            raise ConfigError(f"词表文件 {path} 读不到：{error.strerror}；请检查设置 vocabulary") from error
    digest = hashlib.sha256()
    synonyms: list[tuple[str, ...]] = []
    indicators: list[Indicator] = []
    entities: dict[str, Entity] = {}
    for name, data in sources:
        digest.update(data)
        table = _parse(data, name)
        for key, items in table.items():
            for number, item in enumerate(items, 1):
                try:
                    if key == "synonyms":
                        synonyms.append(_texts(item, "words"))
                    elif key == "indicator":
                        indicators.append(_indicator(item))
                    else:
                        entities[_text(item, "name")] = _entity(item)
                except _BadItemError as error:
                    raise ConfigError(f"词表文件 {name} 的第 {number} 个 {key} 有误：{error}；请改正后再试") from error
    return Vocabulary(tuple(synonyms), merged(indicators), tuple(entities.values()), digest.hexdigest()[:12])


class _BadItemError(Exception):
    """One item of a file cannot be used; the text says why."""


def _parse(data: bytes, name: str) -> Mapping[str, list[dict[str, Any]]]:
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表文件 {name} 无法解析：{error}") from error
    unknown = set(table) - set(_KEYS)
    if unknown:
        raise ConfigError(f"词表文件 {name} 有未知的表 {'、'.join(sorted(unknown))}；可用：{'、'.join(_KEYS)}")
    for key, items in table.items():
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ConfigError(f"词表文件 {name} 的 {key} 应写成 [[{key}]]，每项一个表")
        for item in items:
            if stray := set(item) - _KEYS[key]:
                known = "、".join(sorted(_KEYS[key]))
                raise ConfigError(f"词表文件 {name} 的 {key} 有未知的键 {'、'.join(sorted(stray))}；可用：{known}")
    return table


def _indicator(item: Mapping[str, Any]) -> Indicator:
    return Indicator(_text(item, "name"), _texts(item, "aliases"), _patterns(item), _texts(item, "units"))


def _entity(item: Mapping[str, Any]) -> Entity:
    founded = item.get("founded")
    if founded is not None and (not isinstance(founded, int) or isinstance(founded, bool)):
        raise _BadItemError("founded 应为整数年份")
    kind, within = item.get("kind", ""), item.get("within", "")
    if not isinstance(kind, str) or not isinstance(within, str):
        raise _BadItemError("kind 和 within 应为文字")
    return Entity(_text(item, "name"), _texts(item, "aliases"), kind, within, founded, _patterns(item))


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _BadItemError(f"缺少 {key}")
    return value


def _texts(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = item.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise _BadItemError(f"{key} 应为文字的列表")
    if key == "words" and not values:
        raise _BadItemError("缺少 words")
    return tuple(values)


def _patterns(item: Mapping[str, Any]) -> tuple[str, ...]:
    patterns = _texts(item, "patterns")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise _BadItemError(f"patterns 里的“{pattern}”不是正确的正则表达式（{error}）") from error
    return patterns
