"""The forms that answers are written in, by the ending of the file's name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from ragpark.errors import ExportError
from ragpark.export.links import Link
from ragpark.export.records import Head, Row

Writer = Callable[[Path, Head, Iterable[Row], Link], None]
SUFFIXES = (".xlsx", ".docx", ".md", ".jsonl")


def write(path: Path, head: Head, rows: Iterable[Row], link: Link) -> None:
    """Write the rows in the form that the ending of `path` names, whole or not at all.

    Raises ExportError for another ending, OSError where the file cannot be written.
    """
    writer = _writer(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        writer(temporary, head, rows, link)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def as_bytes(suffix: str, head: Head, rows: Iterable[Row], link: Link) -> bytes:
    """Return the file of that ending (`.docx`) instead of writing it. Raises as `write` does."""
    with tempfile.TemporaryDirectory(prefix="ragpark-") as folder:
        path = Path(folder) / f"answers{suffix}"
        write(path, head, rows, link)
        return path.read_bytes()


def check_suffix(path: Path) -> None:
    """Raise ExportError if there is no form of the file's ending."""
    if path.suffix.lower() not in SUFFIXES:
        raise ExportError(f"不能写成“{path.suffix or path.name}”；答案可以存为 {'、'.join(SUFFIXES)}")


def _writer(path: Path) -> Writer:
    """Return what writes files of that ending; a library is loaded only where it is needed."""
    check_suffix(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        from ragpark.export.xlsx import write_xlsx as writer
    elif suffix == ".docx":
        from ragpark.export.docx import write_docx as writer
    elif suffix == ".md":
        from ragpark.export.markdown import write_markdown as writer
    else:
        from ragpark.export.jsonl import write_jsonl as writer
    return writer
