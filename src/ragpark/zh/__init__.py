"""The field's words: segmentation, vocabulary, numbers and times."""

from __future__ import annotations

from ragpark.config import Settings
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.vocabulary_files import load_vocabulary
from ragpark.zh.words import Segmenter


def load_lexicon(settings: Settings) -> tuple[Segmenter, Vocabulary]:
    """Return the segmenter and the vocabulary under the given settings; both must be the same for index and query."""
    vocabulary = load_vocabulary(settings.vocabulary)
    return Segmenter(vocabulary.words()), vocabulary


__all__ = ["Segmenter", "Vocabulary", "load_lexicon", "load_vocabulary"]
