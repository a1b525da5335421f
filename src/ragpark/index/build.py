"""Bring the index in line with the folder: carry over what is unchanged, make the rest, write, verify, switch."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ragpark.config import Settings
from ragpark.errors import DocumentsError, IndexDamagedError, IndexMissingError, IndexOutdatedError
from ragpark.index import generations, sentences
from ragpark.index.dense import Dense
from ragpark.index.encoding import Encoding
from ragpark.index.failures import Failure, write_failures
from ragpark.index.gather import Entry, Gathered, State, file_states, gather, printable, split, with_copies
from ragpark.index.lexical import Lexical
from ragpark.index.pipeline import DefaultPipeline, Pipeline
from ragpark.index.progress import BuildReport, ProgressCallback, Reporter
from ragpark.index.reader import Index, open_checked
from ragpark.index.store import Source, write_records
from ragpark.index.years import Years

if TYPE_CHECKING:
    from ragpark.encode.base import Encoder


def build(
    settings: Settings,
    *,
    rebuild: bool,
    encoder: Encoder | None,
    progress: ProgressCallback | None,
    pipeline: Pipeline | None,
) -> BuildReport:
    """As `ragpark.index.build_index` says."""
    began = time.monotonic()
    if not settings.docs.is_dir():
        raise DocumentsError(f"文档文件夹 {settings.docs} 不存在；请建好它并放入文档，或用 --docs 指定别的文件夹")
    pipeline = pipeline or DefaultPipeline(settings)
    if encoder is None:
        from ragpark.encode import load_encoder

        encoder = load_encoder(settings)
    with generations.lock(settings.index):
        generations.remove_leftovers(settings.index)
        try:
            return _Build(settings, encoder, pipeline, Reporter(progress), rebuild).run(began)
        finally:
            shutil.rmtree(settings.index / generations.BUILDING, ignore_errors=True)


class _Build:
    """One build under the lock."""

    def __init__(
        self, settings: Settings, encoder: Encoder, pipeline: Pipeline, reporter: Reporter, rebuild: bool
    ) -> None:
        self.settings, self.encoder, self.pipeline, self.reporter = settings, encoder, pipeline, reporter
        self.old = None if rebuild else self._old()
        meta = self.old.meta if self.old else None
        self.same_tokens = meta is not None and meta.segmenter == pipeline.segmenter_fingerprint
        self.same_pipeline = self.same_tokens and (
            meta is not None
            and meta.ingest == pipeline.ingest_version
            and (meta.max_tokens, meta.max_chars) == (settings.max_tokens, settings.max_chars)
        )

    def run(self, began: float) -> BuildReport:
        docs = self.pipeline.find(self.settings.docs)
        states, failed = file_states(self.settings.docs, docs, self.pipeline)
        old_sources = {source.path: source for source in self.old.sources} if self.old else {}
        kept = {
            path: old_sources[path]
            for path, state in states.items()
            if self.same_pipeline and path in old_sources and old_sources[path].state == state.state
        }
        gathered = gather(self.settings.docs, states, kept, self.pipeline, self.reporter)
        entries = split(gathered, self.pipeline, self.encoder.count_tokens, self.reporter)
        failed |= gathered.failed
        self._note(failed, states)
        if not gathered.sources:
            if self.old:  # what was deleted must not be answered from
                generations.withdraw(self.settings.index)
            raise self._nothing_readable(failed)
        paths = {source.path for source in gathered.sources}
        added, removed = len(paths - old_sources.keys()), len(old_sources.keys() - paths)
        changed = len(paths & old_sources.keys() - kept.keys())
        if self.old and not (added or removed or changed):
            generation, counts, encoded = self.old.generation, dict(self.old.meta.counts), 0
        else:
            try:
                generation, counts, encoded = self._write(self._entries(gathered, entries), gathered.sources)
            except OSError as error:
                raise generations.unwritable(self.settings.index, error) from error
        return BuildReport(
            documents=counts["documents"],
            sections=counts["sections"],
            chunks=counts["chunks"],
            facts=counts["facts"],
            added=added,
            changed=changed,
            removed=removed,
            unchanged=len(paths & kept.keys()),
            failed=tuple((printable(path), failed[path]) for path in sorted(failed)),
            encoded=encoded,
            seconds=round(time.monotonic() - began, 3),
            generation=generation,
        )

    def _note(self, failed: Mapping[str, str], states: Mapping[str, State]) -> None:
        """Keep what failed beside the index, with the state each file had."""
        noted = {
            printable(path): Failure(states[path].state if path in states else "", failed[path])
            for path in sorted(failed)
        }
        try:
            write_failures(self.settings.index, noted)
        except OSError as error:
            raise generations.unwritable(self.settings.index, error) from error

    def _old(self) -> Index | None:
        try:
            return open_checked(self.settings.index, self.encoder.model_id)
        except (IndexMissingError, IndexOutdatedError):  # of an older format there is nothing to carry over
            return None

    def _nothing_readable(self, failed: dict[str, str]) -> DocumentsError:
        formats = "、".join(self.pipeline.suffixes)
        gone = "，原来的索引已停用" if self.old else ""
        if not failed:
            return DocumentsError(
                f"文档文件夹 {self.settings.docs} 里没有可读的文档{gone}；请放入这些格式的文件：{formats}"
            )
        path = min(failed)
        return DocumentsError(
            f"文档文件夹 {self.settings.docs} 里的 {len(failed)} 个文件都读不出，"
            f"例如“{printable(path)}”：{failed[path]}{gone}；请换成这些格式的文件：{formats}"
        )

    def _entries(self, gathered: Gathered, fresh: dict[str, Entry]) -> list[Entry]:
        """Return all documents in path order, new ones and those carried over, each naming its copies."""
        copies: dict[str, list[Source]] = {}
        for source in gathered.sources:
            copies.setdefault(source.doc, []).append(source)
        sections, facts = {}, {}
        if self.old:
            sections = _grouped(self.old.sections)
            facts = _grouped(self.old.facts)
        result = []
        for doc in sorted(copies):
            if doc in fresh:
                entry = fresh[doc]
            else:
                assert self.old is not None
                entry = Entry(
                    self.old.documents[doc],
                    tuple(sections.get(doc, ())),
                    self.old.chunks_of(doc),
                    tuple(facts.get(doc, ())),
                    years=tuple(map(self.old.years.of, self.old.rows_of(doc))),
                )
            result.append(replace(entry, document=with_copies(entry.document, copies[doc])))
        return result

    def _write(self, entries: list[Entry], sources: list[Source]) -> tuple[str, dict[str, int], int]:
        """Write, verify and switch to a new generation; return its name, its counts and how many texts were encoded."""
        chunks = [chunk for entry in entries for chunk in entry.chunks]
        passages = [chunk.passage for chunk in chunks]
        hashes = [_hash(passage) for passage in passages]
        old_rows = {_hash(chunk.passage): row for row, chunk in enumerate(self.old.chunks)} if self.old else {}
        index_path = self.settings.index
        folder = generations.start(index_path)

        new = {digest: passage for digest, passage in zip(hashes, passages, strict=True) if digest not in old_rows}
        plan = sentences.plan(entries, self.old, self.encoder)
        encoding = Encoding(
            self.encoder, self.reporter, len(new) + len(plan.texts), self.old.dense.dim if self.old else None
        )
        vectors = self._vectors(hashes, old_rows, new, encoding)
        plan.write(folder, encoding.vectors, vectors.shape[1])

        n_steps = len(passages) + 4
        counts = {
            "documents": write_records(folder / "documents.jsonl", (entry.document for entry in entries)),
            "sections": write_records(folder / "sections.jsonl", (s for entry in entries for s in entry.sections)),
            "chunks": write_records(folder / "chunks.jsonl", chunks),
            "facts": write_records(folder / "facts.jsonl", (f for entry in entries for f in entry.facts)),
            "sentences": len(plan.sources),
        }
        write_records(folder / "sources.jsonl", sources)
        self.reporter.tell("write", 1, n_steps, "向量")
        Dense.build(vectors).save(folder)
        Years.build(years for entry in entries for years in entry.years).save(folder)
        old_lexical = self.old.lexical if self.old and self.same_tokens else None
        items = self._token_items(passages, hashes, old_rows if old_lexical else {}, n_steps)
        Lexical.build(items, old_lexical).save(folder)

        self.reporter.tell("write", n_steps - 2, n_steps, "校验")
        manifest = generations.Manifest(
            format=generations.FORMAT,
            model_id=self.encoder.model_id,
            dim=vectors.shape[1],
            ingest=self.pipeline.ingest_version,
            segmenter=self.pipeline.segmenter_fingerprint,
            max_tokens=self.settings.max_tokens,
            max_chars=self.settings.max_chars,
            counts=counts,
            files={},
            created=datetime.now(UTC).isoformat(timespec="microseconds"),
        )
        pointer = generations.seal(index_path, folder, manifest)
        self._verify(Index(index_path / pointer.generation, generations.check(index_path, pointer, everything=True)))
        self.reporter.tell("write", n_steps - 1, n_steps, "切换")
        generations.switch(index_path, pointer)
        self.reporter.tell("write", n_steps, n_steps, "完成")
        generations.prune(index_path, {pointer.generation, self.old.generation if self.old else ""})
        return pointer.generation, counts, encoding.done

    def _verify(self, written: Index) -> None:
        """Raise IndexDamagedError if what was written does not read back in the numbers it was written in."""
        counts = {"sections": len(written.sections), "facts": len(written.facts)}
        if any(written.meta.counts[name] != count for name, count in counts.items()):
            raise IndexDamagedError(f"索引写入后校验不符（{self.settings.index}）；请检查磁盘，再运行 ragpark index")

    def _vectors(
        self, hashes: list[bytes], old_rows: dict[bytes, int], new: dict[bytes, str], encoding: Encoding
    ) -> NDArray[np.float32]:
        """Return a unit vector for each passage, (n, dim): `new` ones are encoded, the others carried over."""
        found = encoding.vectors(list(new.values()))
        place = {digest: i for i, digest in enumerate(new)}
        vectors = np.empty((len(hashes), found.shape[1]), dtype=np.float32)
        if self.old is not None:
            carried = [i for i, digest in enumerate(hashes) if digest in old_rows]
            vectors[carried] = self.old.dense.vectors([old_rows[hashes[i]] for i in carried])
        fresh = [i for i, digest in enumerate(hashes) if digest in place]
        vectors[fresh] = found[[place[hashes[i]] for i in fresh]]
        return vectors

    def _token_items(
        self, passages: list[str], hashes: list[bytes], old_rows: dict[bytes, int], n_steps: int
    ) -> Iterator[list[str] | int]:
        """Yield for each passage its row in the old lexical leg, or its tokens."""
        for done, (passage, digest) in enumerate(zip(passages, hashes, strict=True)):
            if done % 50 == 0:
                self.reporter.tell("write", done + 2, n_steps, "分词")
            yield old_rows[digest] if digest in old_rows else self.pipeline.tokens(passage)


class _OfDocument(Protocol):
    @property
    def doc(self) -> str: ...


R = TypeVar("R", bound=_OfDocument)


def _grouped(records: Sequence[R]) -> dict[str, list[R]]:
    groups: dict[str, list[R]] = {}
    for record in records:
        groups.setdefault(record.doc, []).append(record)
    return groups


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
