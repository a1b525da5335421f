"""Shared pieces for tests: an encoder that can be computed by eye, and small indexes built from strings."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings as hypothesis_settings
from numpy.typing import NDArray

from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.index import build_index

# The same examples every run: a red test must be red again tomorrow.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.load_profile("same")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser's tests last: they are the slowest, and Playwright keeps an event loop running in the thread."""
    items.sort(key=lambda item: item.path.parent.name == "browser")


class PairEncoder:
    """Counts character pairs into 256 buckets: texts that share words point the same way. Counts what it encodes."""

    model_id = "pairs-256"
    dim = 256
    max_tokens = 2000

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), self.dim)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self._vector(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dim, dtype=np.float32)
        vector[0] = 0.01
        for i in range(len(text) - 1):
            vector[1 + zlib.crc32(text[i : i + 2].encode()) % (self.dim - 1)] += 1
        return vector / np.float32(np.linalg.norm(vector))


MakeEngine = Callable[..., Engine]


@pytest.fixture
def pair_encoder() -> PairEncoder:
    return PairEncoder()


@pytest.fixture(scope="session")
def encoder_class() -> type[PairEncoder]:
    """For fixtures of a wider scope, which make one of their own."""
    return PairEncoder


@pytest.fixture(scope="session")
def _engines() -> dict[str, Engine]:
    return {}


@pytest.fixture
def make_engine(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, _engines: dict[str, Engine]) -> MakeEngine:
    """Return a function: {file name: text} → an Engine over an index of these documents.

    The same documents and settings give the same engine, for all tests; with `own=True` one that a test may change.
    """

    def make(documents: Mapping[str, str], *, own: bool = False, **settings: object) -> Engine:
        key = repr((sorted(documents.items()), sorted(settings.items())))
        if own or key not in _engines:
            engine = build(documents, tmp_path if own else tmp_path_factory.mktemp("engine"), settings)
            if own:
                return engine
            _engines[key] = engine
        return _engines[key]

    def build(documents: Mapping[str, str], root: Path, settings: Mapping[str, object]) -> Engine:
        folder = root / "docs"
        for name, text in documents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        chosen = Settings(docs=folder, index=root / "index", **settings)  # type: ignore[arg-type]
        encoder = PairEncoder()
        build_index(chosen, encoder=encoder)
        return Engine(chosen, encoder, clock=lambda: date(2026, 11, 22))

    return make
