"""The index on disk: dense, fine and lexical legs with their records, in generations that are switched atomically."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ragpark.config import Settings
from ragpark.index.generations import current_generation
from ragpark.index.pipeline import Pipeline
from ragpark.index.progress import BuildReport, Progress, ProgressCallback
from ragpark.index.reader import Index, open_index

if TYPE_CHECKING:
    from ragpark.encode.base import Encoder

__all__ = ["BuildReport", "Index", "Pipeline", "Progress", "build_index", "current_generation", "open_index"]


def build_index(
    settings: Settings,
    *,
    rebuild: bool = False,
    encoder: Encoder | None = None,
    progress: ProgressCallback | None = None,
    pipeline: Pipeline | None = None,
) -> BuildReport:
    """Index the documents of `settings.docs` into `settings.index` and return what was done.

    With nothing changed no generation is written and nothing is encoded. An index of an older format is built anew.
    `rebuild` ignores what is there, damaged or not. Raises DocumentsError (no folder, nothing readable), IndexBusyError, EncoderError, and without `rebuild`
    IndexDamagedError and IndexMismatchError; the old index then goes on serving.
    """
    from ragpark.index.build import build  # who only reads need not wait for what builds

    return build(settings, rebuild=rebuild, encoder=encoder, progress=progress, pipeline=pipeline)
