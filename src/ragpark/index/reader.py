"""The open index: records and the three legs of one generation, whole; it never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from ragpark.config import Settings
from ragpark.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from ragpark.index.dense import Dense
from ragpark.index.fine import Fine
from ragpark.index.generations import REBUILD, Manifest, check, read_pointer
from ragpark.index.lexical import Lexical
from ragpark.index.store import Documents, LazyRecords, Source, no_collection, read_records
from ragpark.index.years import Years
from ragpark.records import Chunk, Document, Fact, Section

_ATTEMPTS = 5  # a reader would have to be overtaken by this many finished builds
MANY = 10  # documents of which a single one does not say what `园区` means in a question


def terms_meant(homes: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what bare terms stand for in a question: {`园区`: …} where most documents that use the term mean the same.

    `homes` are those of the documents. Each document's subject stands for itself, so that it is known by name; so does
    a term for a park that no document binds, or a single one of many: `园区` is then a park without a name, and none of
    those that have one.
    """
    from ragpark.zh.vocabulary import park_terms

    meant: dict[str, Counter[str]] = {}
    for home in homes:
        for term, name in home.items():
            meant.setdefault(term, Counter())[name] += 1
    found = {term: term for term in park_terms()}
    for term, names in meant.items():
        name, count = max(names.items(), key=lambda item: (item[1], item[0]))
        alone = count == 1 and len(homes) >= MANY and term in found
        if 2 * count > names.total() and not alone:
            found[term] = name
        elif not alone:
            found.pop(term, None)
    return found


class Index:
    """One generation, ordered by document path. Row i of `dense`, `fine`, `lexical` and `years` belongs to `chunks[i]`."""

    meta: Manifest
    generation: str
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    sources: tuple[Source, ...]
    dense: Dense
    fine: Fine
    lexical: Lexical
    years: Years

    def __init__(self, folder: Path, meta: Manifest) -> None:
        """Open a checked folder. Raises IndexDamagedError if its parts don't agree with the manifest's counts."""
        self.meta, self.generation = meta, folder.name
        self.sources = read_records(folder / "sources.jsonl", Source)
        self.documents = Documents(folder / "documents.jsonl", sorted({source.doc for source in self.sources}))
        self._sections = LazyRecords(folder / "sections.jsonl", Section)
        self._facts = LazyRecords(folder / "facts.jsonl", Fact)
        self.chunks = read_records(folder / "chunks.jsonl", Chunk)
        self.dense = Dense.load(folder)
        self.fine = Fine.load(folder)
        self.lexical = Lexical.load(folder)
        self.years = Years.load(folder)
        self._rows: dict[str, tuple[int, int]] = {}
        row = 0
        for doc, group in groupby(self.chunks, key=attrgetter("doc")):
            self._rows[doc] = (row, row := row + sum(1 for _ in group))
        whole = (
            len(self.documents) == meta.counts["documents"]
            and len(self.chunks) == meta.counts["chunks"]
            and len(self.dense) == len(self.fine) == len(self.lexical) == len(self.years) == len(self.chunks)
            and self.fine.n_sentences == meta.counts["sentences"]
            and self.dense.dim == self.fine.dim == meta.dim
            and self._rows.keys() <= set(self.documents)
        )
        if not whole:
            raise IndexDamagedError(f"索引 {folder} 的各部分数目不一致；{REBUILD}")

    @cached_property
    def home(self) -> dict[str, str]:
        """What bare terms stand for in a question (see `terms_meant`)."""
        return terms_meant([source.home for source in self.sources])

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections, in document and text order; decoded when first asked for."""
        return self._sections.read()

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, in document and text order; decoded when first asked for."""
        return self._facts.read()

    def rows_of(self, doc: str) -> range:
        """Return the rows of a document's chunks (empty for an unknown document)."""
        return range(*self._rows.get(doc, (0, 0)))

    def chunks_of(self, doc: str) -> tuple[Chunk, ...]:
        """Return a document's chunks in text order (empty for an unknown document)."""
        rows = self.rows_of(doc)
        return self.chunks[rows.start : rows.stop]


def open_index(settings: Settings, *, encoder_id: str | None = None) -> Index:
    """Open the generation in use. A build that switches meanwhile gives the old one or the new one, whole.

    `encoder_id` is the `model_id` of the encoder that will ask; None skips that check. Raises IndexMissingError,
    IndexDamagedError, or IndexMismatchError (another model or format).
    """
    return _open(settings.index, encoder_id, everything=False)


def open_checked(index_path: Path, encoder_id: str | None) -> Index:
    """As open_index, but with the checksum of every file verified, however large: for building on top of it."""
    return _open(index_path, encoder_id, everything=True)


def _open(index_path: Path, encoder_id: str | None, *, everything: bool) -> Index:
    pointer = read_pointer(index_path)
    for _ in range(_ATTEMPTS):
        if pointer is None:
            raise IndexMissingError(f"{index_path} 里还没有索引；请先运行：ragpark index")
        try:
            meta = check(index_path, pointer, everything=everything)
            if encoder_id is not None and meta.model_id != encoder_id:
                raise IndexMismatchError(
                    f"索引 {index_path} 是用模型 {meta.model_id} 建的，现在的设置用 {encoder_id}；"
                    f"{REBUILD}，或改回原来的模型"
                )
            with no_collection():
                return Index(index_path / pointer.generation, meta)
        except IndexDamagedError:
            # Deleted under our hands by two builds in a row, or truly damaged? The pointer tells.
            again = read_pointer(index_path)
            if again == pointer:
                raise
            pointer = again
    raise IndexDamagedError(f"索引 {index_path} 正在反复重建；请稍后再试")
