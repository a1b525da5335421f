"""What is already answered, kept line by line in a file, so that a run that was stopped goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ragpark.export.records import Reply

SUFFIX = ".part.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: the question as asked, under what (index generation and settings), and the reply."""

    question: str
    under: str
    reply: Reply


def journal_path(output: Path) -> Path:
    """Return where the journal of an output lies: `答复.xlsx` → `答复.xlsx.part.jsonl`."""
    return output.with_name(output.name + SUFFIX)


class Journal:
    """The replies in a file, found by question; only their places are held in memory, and no file is held open.

    A last line that was cut off, by a kill or a full disk, and what comes after it are dropped.
    """

    def __init__(self, path: Path) -> None:
        """Look through the file, made where there is none. Raises OSError."""
        self.path = path
        self._places: dict[tuple[str, str], int] = {}
        path.touch()
        end = 0
        with path.open("r+b") as file:
            while (entry := _read(line := file.readline())) is not None:
                self._places[entry.question, entry.under] = end
                end += len(line)
            file.truncate(end)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._places

    def add(self, question: str, under: str, reply: Reply) -> None:
        """Write a reply down; it is in the file when this returns."""
        with self.path.open("ab") as file:
            place = file.tell()
            file.write(msgspec.json.encode(Entry(question, under, reply)) + b"\n")
        self._places[question, under] = place

    def get(self, question: str, under: str) -> Reply | None:
        """Return what was replied to the question, None where it was not asked under this."""
        place = self._places.get((question, under))
        if place is None:
            return None
        with self.path.open("rb") as file:
            file.seek(place)
            entry = _read(file.readline())
        return entry.reply if entry else None

    def remove(self) -> None:
        """Delete the file."""
        self.path.unlink(missing_ok=True)


def _read(line: bytes) -> Entry | None:
    if not line.endswith(b"\n"):
        return None
    try:
        return msgspec.json.decode(line, type=Entry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
