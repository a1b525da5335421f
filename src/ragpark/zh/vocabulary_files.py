"""Reading vocabulary files (TOML): the built-in ones and the users' over them. Every mistake is named with its file."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from ragpark.errors import ConfigError
from ragpark.zh.vocabulary import Entity, Indicator, Text, Vocabulary, merged, shortened

BUILTIN = ("vocabulary.toml", "places.toml")


class _Synonyms(msgspec.Struct, forbid_unknown_fields=True):
    words: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """What a file may hold: `short`, `[[synonyms]]`, `[[indicator]]`, `[[entity]]`, and the keys of each."""

    short: tuple[tuple[Text, Text], ...] = ()
    synonyms: tuple[_Synonyms, ...] = ()
    indicator: tuple[Indicator, ...] = ()
    entity: tuple[Entity, ...] = ()


def load_vocabulary(files: Sequence[Path] = ()) -> Vocabulary:
    """Return the built-in vocabulary with the users' files over it.

    Indicators of the same name are put together, an entity replaces one of the same name. Raises ConfigError naming
    the file and what is wrong with it, and where: `$.entity[0].within` is the key of the first [[entity]].
    """
    folder = resources.files("ragpark.zh")
    sources = [(name, (folder / name).read_bytes()) for name in BUILTIN]
    for path in files:
        try:
            sources.append((str(path), path.read_bytes()))
        except OSError as error:
            raise ConfigError(f"词表文件 {path} 读不到：{error.strerror}；请检查设置 vocabulary") from error
    digest = hashlib.sha256(b"".join(data for _, data in sources)).hexdigest()[:12]
    read = [_read(name, data) for name, data in sources]
    synonyms = tuple(item.words for file in read for item in file.synonyms)
    entities = {item.name: item for file in read for item in file.entity}
    short = [pair for file in read for pair in file.short]
    indicators = [shortened(item, short) for item in merged([item for file in read for item in file.indicator])]
    return Vocabulary(synonyms, tuple(indicators), tuple(entities.values()), digest)


def _read(name: str, data: bytes) -> _File:
    try:
        file = msgspec.convert(tomllib.loads(data.decode("utf-8-sig")), _File)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表文件 {name} 无法解析：{error}") from error
    except msgspec.ValidationError as error:
        keys = {table: "、".join(kind.__struct_fields__) for table, kind in _TABLES.items()}
        known = "；".join(f"[[{table}]] {names}" for table, names in keys.items())
        raise ConfigError(f"词表文件 {name} 有误：{_said(str(error))}；可用的表和键：{known}") from error
    named: list[Indicator | Entity] = [*file.indicator, *file.entity]
    for item in named:
        for pattern in item.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ConfigError(
                    f"词表文件 {name} 里 {item.name} 的“{pattern}”不是正确的正则表达式（{error}）"
                ) from error
    return file


def _said(error: str) -> str:
    """Return what msgspec says of a file in Chinese, with the place: `entity[0].within：应为文字，却是整数`."""
    place = re.search(r" - at `(?:key in )?\$\.?(.*?)`$", error)
    reason = error[: place.start()] if place else error
    for pattern, said in _REASONS.items():
        if found := re.fullmatch(pattern, reason):
            reason = said.format(*(_TYPES.get(word, word) for word in found.groups()))
            break
    return f"{place[1]}：{reason}" if place and place[1] else reason


_REASONS = {
    r"Object contains unknown field `(.+)`": "没有“{}”这个键",
    r"Object missing required field `(.+)`": "缺少“{}”",
    r"Expected `([^`]+)`, got `([^`]+)`": "应为{}，却是{}",
    r"Expected `([^`]+)` of length >= 1": "{}不能为空",
}
_TYPES = {
    "str": "文字",
    "int": "整数",
    "int | null": "整数",
    "float": "小数",
    "array": "列表",
    "object": "表",
    "bool": "真假值",
}
_TABLES: dict[str, type[msgspec.Struct]] = {"synonyms": _Synonyms, "indicator": Indicator, "entity": Entity}
