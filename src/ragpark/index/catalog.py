"""The documents folder against the index: one row a file, what it became and whether that is still true."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from ragpark.config import Settings
from ragpark.index.failures import FILE, Failure, read_failures
from ragpark.index.gather import State, file_states, printable
from ragpark.index.pipeline import DefaultPipeline, Pipeline
from ragpark.index.store import Source
from ragpark.records import Chunk, Document, Fact, Section

FileState = Literal["indexed", "new", "changed", "deleted", "failed"]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One file of the folder or of the index; lengths in characters of the cleaned text.

    `indexed`: the index holds it as it lies there; `new`: not in the index yet; `changed`: altered since, the
    numbers are of the version indexed; `deleted`: gone from the folder, still in the index; `failed`: could not be
    read, and `error` says why. `copy_of` names the document that answers for a file of the same content, `also` the
    other files of this one's. `subject` is what the document is about, "" where unsure. `left_out` counts by reason the
    pieces that cleaning left out, the most frequent reason first. Where the index does not hold the file, the numbers are
    0 and the title is its name.
    """

    doc: str
    state: FileState
    title: str
    date: str | None = None
    source: str | None = None
    subject: str = ""
    format: str = ""
    chars: int = 0
    sections: int = 0
    chunks: int = 0
    facts: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    problems: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    copy_of: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """How many files the next build will take in, read again, and drop."""

    new: int
    changed: int
    deleted: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.deleted)


class IndexRecords(Protocol):
    """What is read here of an open index."""

    @property
    def generation(self) -> str: ...
    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def sources(self) -> Sequence[Source]: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def chunks(self) -> Sequence[Chunk]: ...
    @property
    def facts(self) -> Sequence[Fact]: ...


class Catalog:
    """The rows of one folder and index. Safe to share between threads.

    What was worked out is kept until a file, its sidecar or the index changes; files are hashed only when their
    size or time has changed.
    """

    def __init__(self, settings: Settings, pipeline: Pipeline | None = None) -> None:
        self._settings, self._pipeline = settings, pipeline or DefaultPipeline(settings)
        self._stamps: dict[str, _Stamp] = {}
        self._states: dict[str, State] = {}
        self._rows: tuple[object, tuple[DocumentRow, ...]] = (None, ())
        self._counted: tuple[str, _Counts] | None = None
        self._lock = threading.Lock()

    def rows(self, index: IndexRecords | None) -> tuple[DocumentRow, ...]:
        """Return a row for every file in the folder or in the index, by path; `index` is None where there is none.

        A missing folder holds no files. Raises DocumentsError if it cannot be read.
        """
        folder = self._settings.docs
        with self._lock:
            stamps = _stamps(folder)
            key = (tuple(stamps.items()), index.generation if index else "", _noted(self._settings.index))
            if self._rows[0] != key:
                states, unreadable = self._state_files(folder, stamps)
                self._rows = (key, self._all(index, states, unreadable))
            return self._rows[1]

    def _state_files(self, folder: Path, stamps: dict[str, _Stamp]) -> tuple[dict[str, State], dict[str, str]]:
        docs = self._pipeline.find(folder) if folder.is_dir() else []
        if stamps != self._stamps:
            # A sidecar counts with its document; names on disk may be spelled otherwise (NFD): then hash again.
            same = {
                doc
                for doc in docs
                if doc in stamps
                and all(stamps.get(name) == self._stamps.get(name) for name in (doc, f"{doc}.meta.toml"))
            }
            known = {doc: state for doc, state in self._states.items() if doc in same}
        else:
            known = self._states
        hashed, unreadable = file_states(folder, [doc for doc in docs if doc not in known], self._pipeline)
        self._stamps, self._states = stamps, {**known, **hashed}
        return {doc: self._states[doc] for doc in docs if doc in self._states}, unreadable

    def _all(
        self, index: IndexRecords | None, states: Mapping[str, State], unreadable: Mapping[str, str]
    ) -> tuple[DocumentRow, ...]:
        sources = {source.path: source for source in index.sources} if index else {}
        failures = read_failures(self._settings.index)
        rows = []
        for path in sorted(sources.keys() | states.keys() | unreadable.keys()):
            state, error = _judge(path, sources.get(path), states.get(path), unreadable.get(path), failures.get(path))
            if index is not None and path in sources:
                rows.append(self._indexed(index, sources[path], state, error))
            else:
                ending = Path(path).suffix.lstrip(".").lower()
                rows.append(DocumentRow(printable(path), state, Path(printable(path)).name, format=ending, error=error))
        return tuple(rows)

    def _indexed(self, index: IndexRecords, source: Source, state: FileState, error: str) -> DocumentRow:
        document, counts = index.documents[source.doc], self._counts(index)
        also = tuple(path for path in (document.doc, *document.also) if path != source.path)
        return DocumentRow(
            source.path,
            state,
            document.title,
            document.date,
            document.source,
            document.subject,
            document.format,
            len(document.text),
            counts.sections[source.doc],
            counts.chunks[source.doc],
            counts.facts[source.doc],
            _by_reason(document),
            document.problems,
            also,
            "" if source.doc == source.path else source.doc,
            error,
        )

    def _counts(self, index: IndexRecords) -> _Counts:
        if self._counted is None or self._counted[0] != index.generation:
            counted = (Counter(record.doc for record in part) for part in (index.sections, index.chunks, index.facts))
            self._counted = (index.generation, _Counts(*counted))
        return self._counted[1]


def pending(rows: Iterable[DocumentRow]) -> Pending:
    """Return what the next build would do: the folder against the index. Files that failed are not counted."""
    states = Counter(row.state for row in rows)
    return Pending(states["new"], states["changed"], states["deleted"])


def _by_reason(document: Document) -> tuple[tuple[str, int], ...]:
    counts = Counter(piece.reason for piece in document.removed)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many of each a document has."""

    sections: Counter[str]
    chunks: Counter[str]
    facts: Counter[str]


_Stamp = tuple[int, int, int]  # size, time of change in ns, inode


def _judge(
    path: str, source: Source | None, state: State | None, unreadable: str | None, failure: Failure | None
) -> tuple[FileState, str]:
    """Return the state of one file and, for one that failed, why."""
    if unreadable is not None:
        return "failed", unreadable
    if state is None:
        return "deleted", ""
    if source is not None:
        return ("indexed", "") if source.state == state.state else ("changed", "")
    if failure is not None and failure.state == state.state:
        return "failed", failure.error
    return "new", ""


def _stamps(folder: Path) -> dict[str, _Stamp]:
    """Return what tells a change of any file under the folder, by relative path; linked folders are not entered."""
    found: dict[str, _Stamp] = {}
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            try:
                stat = path.stat()
            except (OSError, ValueError):
                continue  # gone, or a link to nowhere: no document
            found[path.relative_to(folder).as_posix()] = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    return found


def _noted(index_path: Path) -> int:
    """Return when the last build noted its failures, 0 where none did."""
    try:
        return (index_path / FILE).stat().st_mtime_ns
    except OSError:
        return 0
