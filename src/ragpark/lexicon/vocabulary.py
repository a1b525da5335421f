"""The vocabulary: synonyms, indicators and entities, read from TOML files that users can extend."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from ragpark.errors import ConfigError
from ragpark.lexicon.fold import squeeze


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistical indicator with its other names, wordings (regular expressions) and units of value."""

    name: str
    aliases: tuple[str, ...]
    patterns: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A place or organisation with its other names, and the entity it lies in."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    within: str
    founded: int | None
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Everything read from the vocabulary files; look-ups work on folded text."""

    synonyms: tuple[tuple[str, ...], ...]
    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    fingerprint: str

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        groups: dict[str, frozenset[str]] = {}
        for words in self.synonyms:
            folded = frozenset(squeeze(word) for word in words)
            for word in folded:
                groups[word] = groups.get(word, frozenset()) | folded
        return groups

    @cached_property
    def _entity_pattern(self) -> tuple[re.Pattern[str], dict[str, Entity]]:
        names = {
            squeeze(name): entity
            for entity in self.entities
            for name in (*entity.aliases, entity.name)
            if not any(name in pattern for pattern in entity.patterns)  # a name with a pattern is met by that alone
        }
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        parts = [re.escape(name) for name in longest_first]
        by_group: dict[str, Entity] = {}
        for entity in self.entities:
            for pattern in entity.patterns:
                group = f"p{len(by_group)}"
                by_group[group] = entity
                parts.append(f"(?P<{group}>{pattern})")
        return re.compile("|".join(parts) if parts else r"(?!)"), names | by_group

    @cached_property
    def _indicator_patterns(self) -> tuple[tuple[re.Pattern[str], Indicator], ...]:
        found = []
        for indicator in self.indicators:
            names = sorted((squeeze(n) for n in (indicator.name, *indicator.aliases)), key=lambda n: (-len(n), n))
            found.append((re.compile("|".join([*indicator.patterns, *map(re.escape, names)])), indicator))
        return tuple(found)

    def same(self, word: str) -> frozenset[str]:
        """Return the folded words that mean the same as `word`, itself included."""
        folded = squeeze(word)
        return self._groups.get(folded, frozenset()) | {folded}

    def words(self) -> tuple[str, ...]:
        """Return all names, for the segmenter's dictionary."""
        names = [word for words in self.synonyms for word in words]
        names += [name for entity in self.entities for name in (entity.name, *entity.aliases)]

        return tuple(sorted({name for name in names if len(name) > 1 and re.fullmatch(r"[一-鿿]+", name)}))

    def find_entities(self, folded: str) -> list[tuple[int, int, Entity]]:
        """Return (start, end, entity) for each name in the squeezed text, longest name first at each place."""
        pattern, names = self._entity_pattern
        return [(m.start(), m.end(), names[m.lastgroup or m[0]]) for m in pattern.finditer(folded)]

    def find_indicators(self, folded: str) -> list[tuple[int, int, Indicator]]:
        """Return (start, end, indicator) for each wording in the squeezed text; longer ones hide those inside them."""
        found = [(m.start(), m.end(), ind) for pattern, ind in self._indicator_patterns for m in pattern.finditer(folded)]
        found.sort(key=lambda item: (item[0] - item[1], item[0], item[2].name))
        kept: list[tuple[int, int, Indicator]] = []
        for item in found:
            if not any(a < item[1] and item[0] < b for a, b, _ in kept):
                kept.append(item)
        return sorted(kept, key=lambda item: (item[0], item[1]))

    def entity(self, name: str) -> Entity | None:
        """Return the entity with this full name."""
        return next((entity for entity in self.entities if entity.name == name), None)

    def covers(self, outer: str, inner: str) -> bool:
        """Tell whether `inner` is `outer` or lies in it (`苏州市` covers `昆山市`)."""
        seen = 0
        while inner and seen < 10:
            if inner == outer:
                return True
            entity = self.entity(inner)
            inner = entity.within if entity else ""
            seen += 1
        return False


def load_vocabulary(files: Sequence[Path] = ()) -> Vocabulary:
    """Return the built-in vocabulary with the users' files over it.

    Raises ConfigError naming the file and what is wrong with it.
    """
    builtin = (resources.files("ragpark.lexicon") / "vocabulary.toml").read_bytes()
    tables = [_parse(builtin, "vocabulary.toml")]
    digest = hashlib.sha256(builtin)
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"词表文件 {path} 读不到：{error.strerror}；请检查设置 vocabulary") from error
        tables.append(_parse(data, str(path)))
        digest.update(data)
    return Vocabulary(
        synonyms=tuple(tuple(item["words"]) for table in tables for item in table.get("synonyms", [])),
        indicators=_merged([_indicator(item) for table in tables for item in table.get("indicator", [])]),
        entities=tuple({e.name: e for e in (_entity(i) for table in tables for i in table.get("entity", []))}.values()),
        fingerprint=digest.hexdigest()[:12],
    )


def _parse(data: bytes, name: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"词表文件 {name} 无法解析：{error}") from error
    unknown = set(table) - {"synonyms", "indicator", "entity"}
    if unknown:
        raise ConfigError(f"词表文件 {name} 有未知的表 {'、'.join(sorted(unknown))}；可用：synonyms、indicator、entity")
    try:
        for item in table.get("synonyms", []):
            _ = [str(word) for word in item["words"]]
        for item in table.get("indicator", []):
            _indicator(item)
        for item in table.get("entity", []):
            _entity(item)
    except (KeyError, TypeError, re.error) as error:
        raise ConfigError(f"词表文件 {name} 有一项不完整或写错：{error}") from error
    return table


def _indicator(item: dict[str, Any]) -> Indicator:
    patterns = tuple(item.get("patterns", ()))
    for pattern in patterns:
        re.compile(pattern)
    return Indicator(item["name"], tuple(item.get("aliases", ())), patterns, tuple(item.get("units", ())))


def _entity(item: dict[str, Any]) -> Entity:
    patterns = tuple(item.get("patterns", ()))
    for pattern in patterns:
        re.compile(pattern)
    return Entity(
        item["name"],
        tuple(item.get("aliases", ())),
        item.get("kind", ""),
        item.get("within", ""),
        item.get("founded"),
        patterns,
    )


def _merged(indicators: list[Indicator]) -> tuple[Indicator, ...]:
    """Return the indicators, those of the same name put together."""
    by_name: dict[str, Indicator] = {}
    for item in indicators:
        old = by_name.get(item.name)
        if old:
            item = Indicator(
                item.name,
                tuple(dict.fromkeys((*old.aliases, *item.aliases))),
                tuple(dict.fromkeys((*old.patterns, *item.patterns))),
                tuple(dict.fromkeys((*old.units, *item.units))),
            )
        by_name[item.name] = item
    return tuple(by_name.values())
