"""Texts to vectors: the bundled model, or any sentence-transformers model that the settings name."""

from __future__ import annotations

from ragpark.config import Settings
from ragpark.encode.base import Encoder

__all__ = ["Encoder", "load_encoder"]

BUNDLED = "bundled"


def load_encoder(settings: Settings) -> Encoder:
    """Return the encoder that `settings.model` names. Its engines load on first use.

    Raises EncoderError if the model is not on this machine.
    """
    if settings.model == BUNDLED:
        from ragpark.encode.bundled import BundledEncoder

        return BundledEncoder(settings.model_cache)
    from ragpark.encode.sentence import SentenceEncoder

    return SentenceEncoder(settings.model)
