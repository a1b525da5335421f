"""What one format's reader hands back: lines with their places, and what the format knows about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ragpark.records import PlaceUnit, RawLine


@dataclass(frozen=True, slots=True)
class Loaded:
    """The lines of one file in reading order. `meta` may hold `title`, `date`, `source` as found, not yet tidied."""

    lines: tuple[RawLine, ...]
    place_unit: PlaceUnit = "lines"
    meta: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    sheets: tuple[tuple[int, str], ...] = ()  # as in RawDocument


Reader = Callable[[bytes, str], Loaded]  # (bytes of the file, its name for messages); raises LoadError
