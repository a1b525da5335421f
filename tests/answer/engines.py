"""An engine over a few small files, as the tests of answers need one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ragpark.config import Settings
from ragpark.encode.base import Encoder
from ragpark.engine import Engine
from ragpark.index import build_index


def engine_over(folder: Path, files: Mapping[str, str], encoder_class: Callable[[], Encoder]) -> Engine:
    """Return an engine, without a reader, over an index of the files, which are written into `folder`."""
    settings = Settings(docs=folder / "docs", index=folder / "index", reader="none")
    settings.docs.mkdir()
    for name, text in files.items():
        (settings.docs / name).write_text(text, encoding="utf-8")
    encoder = encoder_class()
    build_index(settings, encoder=encoder)
    return Engine(settings, encoder)
