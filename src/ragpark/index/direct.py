"""Documents and their facts read straight from disk, as a build would read them; no index, no encoder, nothing kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ragpark.errors import DocumentsError, LoadError
from ragpark.index.gather import describe
from ragpark.index.pipeline import DefaultPipeline
from ragpark.records import Document, Fact


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What files gave: the documents by path, their facts in order of path and place, and the error of each that failed."""

    documents: Mapping[str, Document]
    facts: tuple[Fact, ...]
    failed: Mapping[str, str]


def read_files(path: Path, pipeline: DefaultPipeline, progress: Callable[[int, int], None] | None = None) -> ReadFiles:
    """Read a file, or every document under a folder; paths are relative to the folder they lie in.

    Of files with the same cleaned text the first is read, as in an index. Raises LoadError for a single file that cannot
    be read, DocumentsError where the path is nothing, or a folder without a readable document.
    """
    from ragpark.repair.sections import split_sections

    if not path.exists():
        raise DocumentsError(f"“{path}”不存在；请检查路径，它可以是一个文件，也可以是一个文件夹")
    folder, docs = (path, pipeline.find(path)) if path.is_dir() else (path.parent, [path.name])
    documents: dict[str, Document] = {}
    facts: list[Fact] = []
    failed: dict[str, str] = {}
    texts: set[str] = set()
    for done, doc in enumerate(docs):
        if progress:
            progress(done, len(docs))
        try:
            document = pipeline.read(folder, doc)
            found = pipeline.facts(document, split_sections(document)) if document.text not in texts else []
        except Exception as error:  # whatever a parser raises must not stop the others
            if path.is_file():
                raise (
                    error if isinstance(error, LoadError) else LoadError(f"“{doc}”读不出：{describe(error)}")
                ) from error
            failed[doc] = describe(error)
            continue
        if document.text not in texts:
            texts.add(document.text)
            documents[doc] = document
            facts += found
    if progress:
        progress(len(docs), len(docs))
    if not documents:
        why = (
            f"，例如“{min(failed)}”：{failed[min(failed)]}"
            if failed
            else f"；支持的格式：{'、'.join(pipeline.suffixes)}"
        )
        raise DocumentsError(f"“{path}”里没有可读的文档{why}")
    return ReadFiles(documents, tuple(facts), failed)
