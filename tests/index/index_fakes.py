"""Stages that one can compute by eye: a line is a chunk, its sentences end at `；`, a character is a token, a vector

is the hash of its text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ragpark.config import Settings
from ragpark.records import Chunk, Document, Fact, Heading, Section


class FakeEncoder:
    """Remembers in `seen` every text it was asked to encode."""

    max_tokens = 512

    def __init__(self, model_id: str = "fake-1", dim: int = 8) -> None:
        self.model_id, self.dim = model_id, dim
        self.seen: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.seen += texts
        rows = []
        for i, text in enumerate(texts):
            assert len(text) <= self.max_tokens
            rows.append(self.encode_query(text))
            if progress:
                progress(i + 1, len(texts))
        return np.stack(rows)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        digest = hashlib.sha256(text.encode()).digest()[: self.dim]
        vector = np.frombuffer(digest, np.uint8).astype(np.float32) + 1
        return vector / np.linalg.norm(vector)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]


class FakePipeline:
    """Reads `.txt` files; a file that begins with 坏 raises what follows the word (`坏 KeyError`)."""

    suffixes = (".txt", ".md")
    ingest_version = "1"
    segmenter_fingerprint = "characters"

    def __init__(self) -> None:
        self.read_docs: list[str] = []
        self.tokenised: list[str] = []

    def find(self, folder: Path) -> list[str]:
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt"))

    def locate(self, folder: Path, doc: str) -> Path | None:
        path = folder / doc
        return path if path.is_file() else None

    def read(self, folder: Path, doc: str) -> Document:
        self.read_docs.append(doc)
        text = (folder / doc).read_text(encoding="utf-8")
        if text.startswith("坏"):
            errors = {"KeyError": KeyError, "KeyboardInterrupt": KeyboardInterrupt}
            raise errors[text.split()[1]]("坏了")
        text = text.replace("\r", "")  # the cleaning: files that differ in this alone have the same text
        title = text.split("\n")[0]
        return Document(
            doc=doc,
            title=title,
            date="2024-05-06",
            source=None,
            text=text,
            headings=(Heading(0, len(title), 1, title),),
            places=((0, 1),),
            place_unit="lines",
            format="txt",
            sha256=hashlib.sha256((folder / doc).read_bytes()).hexdigest(),
        )

    def split(
        self, document: Document, count_tokens: Callable[[Sequence[str]], list[int]]
    ) -> tuple[list[Section], list[Chunk]]:
        section = Section(document.doc, 0, (document.title,), 0, len(document.title), len(document.text))
        chunks = []
        for match in re.finditer(r"[^\n]+", document.text):
            if count_tokens([match[0]])[0] > 1000:
                raise ValueError("line too long")
            chunks.append(
                Chunk(
                    chunk_id=f"{document.doc}#{len(chunks)}",
                    doc=document.doc,
                    title=document.title,
                    date=document.date,
                    headings=(),
                    section=0,
                    start=match.start(),
                    end=match.end(),
                    text=match[0],
                )
            )
        return [section], chunks

    def sentences(self, document: Document, chunk: Chunk) -> list[str]:
        return re.findall("[^；]+；?", document.text[chunk.start : chunk.end])

    def facts(self, document: Document, sections: Sequence[Section]) -> list[Fact]:
        return [
            Fact(
                indicator="营业收入",
                entity="园区",
                year=None,
                period="",
                value=float(match[1]) * 1e8,
                unit="元",
                text=match[0],
                qualifier="",
                kind="amount",
                doc=document.doc,
                date=document.date,
                quote=match[0],
                start=match.start(),
                end=match.end(),
                locator={"lines": [1, 1]},
            )
            for match in re.finditer(r"(\d+)亿元", document.text)
        ]

    def years(self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk]) -> list[set[int]]:
        return [{int(year) for year in re.findall(r"(\d{4})年", chunk.text)} for chunk in chunks]

    def tokens(self, text: str) -> list[str]:
        self.tokenised.append(text)
        return [character for character in text if not character.isspace()]


class Project:
    """A documents folder and an index beside it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(docs=folder / "docs", index=folder / "index")
        self.settings.docs.mkdir(exist_ok=True)

    def put(self, doc: str, text: str) -> None:
        path = self.settings.docs / doc
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def drop(self, doc: str) -> None:
        (self.settings.docs / doc).unlink()
