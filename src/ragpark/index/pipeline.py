"""What a build needs from the earlier stages, as one object that a test can replace; the default loads lazily."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ragpark.config import Settings
from ragpark.records import Chunk, Document, Fact, Section

if TYPE_CHECKING:
    from ragpark.read.context import Statement
    from ragpark.zh import Segmenter, Vocabulary
    from ragpark.zh.tagger import Tagger

CountTokens = Callable[[Sequence[str]], list[int]]


class Pipeline(Protocol):
    """From a folder to records and tokens. If one of the two fingerprints changes, every file is read again."""

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    @property
    def ingest_version(self) -> str: ...

    @property
    def segmenter_fingerprint(self) -> str: ...

    def find(self, folder: Path) -> list[str]: ...

    def locate(self, folder: Path, doc: str) -> Path | None: ...  # None where there is no such file

    def read(self, folder: Path, doc: str) -> Document: ...

    def split(self, document: Document, count_tokens: CountTokens) -> tuple[Sequence[Section], Sequence[Chunk]]: ...

    def sentences(self, document: Document, chunk: Chunk) -> Sequence[str]: ...

    def facts(self, document: Document, sections: Sequence[Section]) -> Sequence[Fact]: ...

    def years(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk]
    ) -> Sequence[Collection[int]]: ...

    def tokens(self, text: str) -> list[str]: ...


class DefaultPipeline:
    """The product's own stages under the given settings; nothing is imported until it is needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._said: tuple[Document, list[list[Statement]]] | None = None

    @cached_property
    def suffixes(self) -> tuple[str, ...]:
        from ragpark.load import SUFFIXES

        return SUFFIXES

    @cached_property
    def _lexicon(self) -> tuple[Segmenter, Vocabulary]:
        from ragpark.zh import load_lexicon

        return load_lexicon(self._settings)

    @cached_property
    def tagger(self) -> Tagger:
        from ragpark.zh.tagger import LacTagger

        return LacTagger()

    @cached_property
    def ingest_version(self) -> str:
        """The version of reading, splitting and fact finding, with the fingerprints of vocabulary, notions and tagger."""
        from ragpark.read import INGEST_VERSION
        from ragpark.zh.wording import fingerprint

        return f"{INGEST_VERSION}+{self._lexicon[1].fingerprint}+{fingerprint()}+{self.tagger.fingerprint}"

    @property
    def segmenter_fingerprint(self) -> str:
        return self._lexicon[0].fingerprint

    def find(self, folder: Path) -> list[str]:
        from ragpark.load import find_documents

        return find_documents(folder)

    def locate(self, folder: Path, doc: str) -> Path | None:
        """Return where the file lies: its name on disk may be spelled otherwise than `doc` (NFD)."""
        from ragpark.load import locate

        return locate(folder, doc)

    def read(self, folder: Path, doc: str) -> Document:
        from ragpark.read import read_document

        return read_document(folder, doc, self._settings, self._lexicon[1], self.tagger)

    def split(self, document: Document, count_tokens: CountTokens) -> tuple[Sequence[Section], Sequence[Chunk]]:
        from ragpark.read import split_document

        return split_document(document, count_tokens, self._settings)

    def sentences(self, document: Document, chunk: Chunk) -> list[str]:
        """Return the sentences of a chunk, without the white space around them."""
        from ragpark.read.sentences import sentences

        return [document.text[start:end] for start, end in sentences(document.text, chunk.start, chunk.end)]

    def facts(self, document: Document, sections: Sequence[Section]) -> Sequence[Fact]:
        from ragpark.read import find_facts

        return find_facts(document, sections, self._lexicon[1], self.tagger, self._statements(document, sections))

    def years(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk]
    ) -> Sequence[Collection[int]]:
        """Return the years each chunk is about."""
        from ragpark.read.chunk_years import years_of_chunks

        return years_of_chunks(chunks, self._statements(document, sections))

    def _statements(self, document: Document, sections: Sequence[Section]) -> list[list[Statement]]:
        """Return the statements of each section; kept for the last document, as facts and years are both read of them."""
        if self._said is None or self._said[0] is not document:
            from ragpark.read.context import statements
            from ragpark.read.orders import without_orders

            found = [statements(document, section, self._lexicon[1]) for section in sections]
            self._said = document, [without_orders(said, document.text) for said in found]
        return self._said[1]

    def tokens(self, text: str) -> list[str]:
        return self._lexicon[0].tokens(text)
