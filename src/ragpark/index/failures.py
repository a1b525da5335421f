"""What the last build could not read, kept beside the generations: an unchanged broken file is told from a new one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

FILE = "failed.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """The error of one file, and the hash the file had then (empty where not even its bytes could be read)."""

    state: str
    error: str


def write_failures(index_path: Path, failures: Mapping[str, Failure]) -> None:
    """Replace what was noted of the build before, with nothing where nothing failed. Raises OSError."""
    if not failures:
        (index_path / FILE).unlink(missing_ok=True)
        return
    temporary = index_path / (FILE + ".new")
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(failures), indent=1))
    os.replace(temporary, index_path / FILE)


def read_failures(index_path: Path) -> dict[str, Failure]:
    """Return path → failure; empty where nothing was noted. It is a hint only: a garbled file counts as none."""
    try:
        return msgspec.json.decode((index_path / FILE).read_bytes(), type=dict[str, Failure])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
