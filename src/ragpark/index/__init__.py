"""The index on disk: dense and lexical legs with their records, in generations that are switched atomically."""

from ragpark.index.build import build_index
from ragpark.index.generations import current_generation
from ragpark.index.pipeline import Pipeline
from ragpark.index.progress import BuildReport, Progress
from ragpark.index.reader import Index, open_index

__all__ = ["BuildReport", "Index", "Pipeline", "Progress", "build_index", "current_generation", "open_index"]
