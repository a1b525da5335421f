"""Notions of wording (target, change, share, office …): each list of words that decides something, compiled once.

The words are data: `zh/notions/*.toml`, one table a notion. Nothing else in the package lists such words; a pattern
that needs them refers to them by name: `rx("{change_up}(?:了|约)?$")`.

    [target]
    about  = "a wish or plan, not what was reached"
    words  = ["力争", "目标", "计划"]        literal words
    forms  = ["以后每{year_word}"]           regular expressions, which may refer to notions
    of     = ["plan_verb"]                   all of other notions
    means  = { km = "公里" }                 literal words, each with what it stands for
    guards = { "计划" = { not_before = ["人才"], not_after = ["领军"] } }    where a word is not meant
    catches = ["力争达到3500家"]             examples, which are tests: found by `search`
    leaves  = ["双创计划人才41人"]           not found
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ragpark.errors import RagparkError

_REFERENCE = re.compile(r"\{([a-z][a-z_]*)\}")
_KEYS = frozenset(("about", "words", "means", "forms", "of", "guards", "catches", "leaves"))

_Raw = Mapping[str, Mapping[str, Any]]
_Guard = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Notion:
    """One notion: its words (those of the notions it takes in included), its pattern, and its examples."""

    name: str
    words: tuple[str, ...]
    pattern: str
    catches: tuple[str, ...]
    leaves: tuple[str, ...]
    means: Mapping[str, str]
    guards: Mapping[str, _Guard]  # of every word: what must not stand before, after it
    longest: Mapping[str, int]  # by first character, how long a word can be

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place where the notion is met, or None."""
        return _compiled(self.pattern).search(text)

    def fullmatch(self, text: str) -> bool:
        """Tell whether the whole text is a wording of the notion."""
        return _compiled(self.pattern).fullmatch(text) is not None

    def end(self, text: str, at: int) -> int:
        """Return where the longest of its words at `at` ends, `at` where there is none. Its forms do not count.

        For a long list met at a known place this is faster than the pattern, and there is nothing to compile.
        """
        for stop in range(min(at + self.longest.get(text[at : at + 1], 0), len(text)), at, -1):
            guard = self.guards.get(text[at:stop])
            if guard and not (text.endswith(guard[0], 0, at) or text.startswith(guard[1], stop)):
                return stop
        return at


@cache
def notions() -> Mapping[str, Notion]:
    """Return all notions by name. Raises RagparkError for an unknown key or name, or a notion that is said twice."""
    raw: dict[str, dict[str, Any]] = {}
    for file in sorted(resources.files("ragpark.zh.notions").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if name in raw or set(entry) - _KEYS:
                    raise RagparkError(f"{file.name}: [{name}] is said twice or has unknown keys")
                if not all(isinstance(meant, str) for meant in entry.get("means", {}).values()):
                    raise RagparkError(f"{file.name}: [{name}.means] holds a key that belongs above it")
                raw[name] = entry
    done: dict[str, Notion] = {}
    for name in raw:
        _resolved(name, raw, done, ())
    return done


@cache
def fingerprint() -> str:
    """Identify the data files: an index read with other words is read again."""
    digest = hashlib.sha256()
    for file in sorted(resources.files("ragpark.zh.notions").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def notion(name: str) -> Notion:
    """Return the notion of that name. Raises RagparkError where there is none."""
    try:
        return notions()[name]
    except KeyError:
        raise RagparkError(f"no notion of wording is named {name!r}") from None


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the literal words of a notion, for membership."""
    return frozenset(notion(name).words)


@cache
def rx(template: str, flags: int = 0) -> re.Pattern[str]:
    """Return the compiled pattern in which `{name}` stands for the wordings of the notion of that name.

    Quantifiers (`{2,8}`) are left as they are. Raises RagparkError for an unknown name.
    """
    return re.compile(_REFERENCE.sub(lambda match: notion(match[1]).pattern, template), flags)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _resolved(name: str, raw: _Raw, done: dict[str, Notion], open_: tuple[str, ...]) -> Notion:
    """Return the notion of that name, those it refers to worked out first; all are put into `done`."""
    if name in done:
        return done[name]
    if name not in raw or name in open_:
        raise RagparkError(f"notion {name!r} is unknown or refers to itself, by way of {' → '.join(open_) or '—'}")
    entry, trail = raw[name], (*open_, name)
    taken = [_resolved(other, raw, done, trail) for other in entry.get("of", ())]
    forms = [
        _REFERENCE.sub(lambda m: _resolved(m[1], raw, done, trail).pattern, form) for form in entry.get("forms", ())
    ]
    means, stops = dict(entry.get("means", {})), entry.get("guards", {})
    guards: dict[str, _Guard] = {
        word: (tuple(stops.get(word, {}).get("not_after", ())), tuple(stops.get(word, {}).get("not_before", ())))
        for word in (*entry.get("words", ()), *means)
    }
    if stray := set(stops) - set(guards):
        raise RagparkError(f"notion {name!r} guards {sorted(stray)}, which are none of its words")
    literal = [_guarded(word, guards[word]) for word in sorted(guards, key=lambda w: (-len(w), w))]
    parts = [*forms, *(other.pattern for other in taken), *literal]
    for other in taken:
        means |= other.means
        guards |= other.guards
    done[name] = Notion(
        name,
        tuple(guards),
        f"(?:{'|'.join(parts)})" if parts else "(?!)",
        tuple(entry.get("catches", ())),
        tuple(entry.get("leaves", ())),
        means,
        guards,
        {word[0]: len(word) for word in sorted(guards, key=len)},
    )
    return done[name]


def _guarded(word: str, guard: _Guard) -> str:
    """Return the pattern of a word: one assertion a stop, which compile faster than a class of Chinese characters."""
    before, after = guard
    return "".join(
        [*(f"(?<!{re.escape(s)})" for s in before), re.escape(word), *(f"(?!{re.escape(s)})" for s in after)]
    )
