"""Decide for every file of the folder: unchanged, to be read, the same as another, or failed; reads no index file."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ragpark.errors import LoadError, RagparkError
from ragpark.index.fitting import worth_keeping
from ragpark.index.pipeline import CountTokens, Pipeline
from ragpark.index.progress import Reporter
from ragpark.index.store import Source, encode
from ragpark.records import Chunk, Document, Fact, Section

SIDECAR_SUFFIX = ".meta.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document with what was made of it.

    `sentences` are the texts of each chunk for the fine leg, None where they are carried over from the old index;
    `years` those each chunk is about.
    """

    document: Document
    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]
    facts: tuple[Fact, ...]
    sentences: tuple[tuple[str, ...], ...] | None = None
    years: tuple[frozenset[int], ...] = ()


@dataclass(slots=True)
class Gathered:
    """The documents read or kept so far, while a build goes over the folder."""

    sources: list[Source] = field(default_factory=list)
    fresh: dict[str, Document] = field(default_factory=dict)  # read now; the others are carried over
    failed: dict[str, str] = field(default_factory=dict)  # path → error


@dataclass(frozen=True, slots=True)
class State:
    """The hashes of a file as it lies there: with its sidecar, and alone."""

    state: str
    bytes_id: str


def file_states(folder: Path, docs: list[str], pipeline: Pipeline) -> tuple[dict[str, State], dict[str, str]]:
    """Return the state of each file, and the error for each that cannot be read."""
    states: dict[str, State] = {}
    failed: dict[str, str] = {}
    listed: dict[Path, set[str]] = {}  # a folder is listed once, not once for each of its files
    for doc in docs:
        try:
            path = pipeline.locate(folder, doc)
            if path is None:
                raise FileNotFoundError
            # `NAME.meta.toml` pins title, date, source and subject; a change there is a change of the document.
            if path.parent not in listed:
                listed[path.parent] = {unicodedata.normalize("NFC", name) for name in os.listdir(path.parent)}
            pinned = Path(doc).name + SIDECAR_SUFFIX in listed[path.parent]
            states[doc] = _state(path, pipeline.locate(folder, doc + SIDECAR_SUFFIX) if pinned else None)
        except FileNotFoundError:
            failed[doc] = "文件不存在，或在建立索引时被移走了；请检查后再运行一次 ragpark index"
        except OSError as error:
            failed[doc] = f"文件读不出（{error.strerror or error}）；请检查权限"
    return states, failed


def gather(
    folder: Path, states: Mapping[str, State], kept: Mapping[str, Source], pipeline: Pipeline, reporter: Reporter
) -> Gathered:
    """Go over the files in path order and read those that need it.

    `kept` holds the sources of the old generation that are unchanged. Of files with the same bytes or the same
    cleaned text the first path becomes the document, the others refer to it.
    """
    result = Gathered()
    by_bytes: dict[str, str] = {}
    by_text: dict[str, str] = {}
    text_ids: dict[str, str] = {}
    for done, (path, state) in enumerate(states.items()):
        reporter.tell("read", done, len(states), path)
        old = kept.get(path)
        owner = by_bytes.get(state.bytes_id) or (by_text.get(old.text_id) if old else None)
        if owner is not None:
            text_id = old.text_id if old else text_ids[owner]
        elif old is not None and old.doc == path:
            owner, text_id = path, old.text_id
        else:
            try:
                document = pipeline.read(folder, path)
                if not document.text.strip():
                    raise LoadError("文件里没有文字；扫描件请先做文字识别")
                encode(document)  # a text that cannot be written as UTF-8 fails here, by name
            except Exception as error:  # whatever a parser raises must not stop the others
                result.failed[path] = describe(error)
                continue
            text_id = hashlib.sha256(document.text.encode()).hexdigest()
            owner = by_text.get(text_id, path)
            if owner == path:
                result.fresh[path] = document
        by_bytes.setdefault(state.bytes_id, owner)
        by_text.setdefault(text_id, owner)
        text_ids.setdefault(owner, text_id)
        home = result.fresh[path].home if path in result.fresh else old.home if old and owner == path else {}
        result.sources.append(Source(path, state.state, state.bytes_id, text_id, owner, home))
    reporter.tell("read", len(states), len(states))
    return result


def split(gathered: Gathered, pipeline: Pipeline, count_tokens: CountTokens, reporter: Reporter) -> dict[str, Entry]:
    """Return an entry for each document read now; one that fails is moved, with its copies, to `gathered.failed`."""
    entries: dict[str, Entry] = {}
    for done, (path, document) in enumerate(gathered.fresh.items()):
        reporter.tell("split", done, len(gathered.fresh), path)
        try:
            sections, chunks = pipeline.split(document, count_tokens)
            if not chunks:
                raise LoadError("文件里没有可以检索的文字")
            for chunk in chunks:
                if document.text[chunk.start : chunk.end] != chunk.text:
                    raise ValueError(f"chunk {chunk.chunk_id} is not the text at {chunk.start}:{chunk.end}")
            entry = Entry(
                document,
                tuple(sections),
                tuple(chunks),
                tuple(pipeline.facts(document, sections)),
                tuple(worth_keeping(pipeline.sentences(document, chunk), chunk.text) for chunk in chunks),
                tuple(frozenset(years) for years in pipeline.years(document, sections, chunks)),
            )
            for fact in entry.facts:
                encode(fact)
            entries[path] = entry
        except RagparkError as error:
            if not isinstance(error, LoadError):
                raise  # the encoder is missing, a setting is wrong: true of every document
            gathered.failed[path] = describe(error)
        except Exception as error:
            gathered.failed[path] = describe(error)
    reporter.tell("split", len(gathered.fresh), len(gathered.fresh))
    lost = gathered.fresh.keys() - entries.keys()
    for source in gathered.sources:
        if source.doc in lost:
            gathered.failed[source.path] = gathered.failed[source.doc]
    gathered.sources = [source for source in gathered.sources if source.doc not in lost]
    return entries


def with_copies(document: Document, sources: list[Source]) -> Document:
    """Return the document with `also` naming the other files of its content, given all sources that refer to it."""
    return replace(document, also=tuple(source.path for source in sources if source.path != document.doc))


def describe(error: Exception) -> str:
    """Return what a report says of a failed document."""
    return str(error) if isinstance(error, RagparkError) else f"{type(error).__name__}：{error}"


def printable(path: str) -> str:
    """Return a path that can be printed and written as UTF-8, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _state(path: Path, sidecar: Path | None) -> State:
    with path.open("rb") as file:
        bytes_id = hashlib.file_digest(file, "sha256").hexdigest()
    extra = hashlib.sha256(sidecar.read_bytes()).hexdigest() if sidecar else ""
    return State(hashlib.sha256(f"{bytes_id} {extra}".encode()).hexdigest(), bytes_id)
