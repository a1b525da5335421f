"""Any sentence-transformers model, by folder or by the name of one in the local hub cache; never downloads."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ragpark.encode.base import ProcessGuard, Progress, Vectors, check_fits, readable
from ragpark.errors import EncoderError

BATCH = 32
_NO_LIMIT = 100_000  # a tokenizer without a limit reports 10^30
_DEFAULT_MAX_TOKENS = 512
_SAMPLE_BYTES = 1 << 16
_N_SAMPLES = 64
_E5 = re.compile(r"(^|[-_/\\])e5([-_]|$)", re.IGNORECASE)  # multilingual-e5-base; not type5-x


def find_model(name: str) -> Path:
    """Return the folder of a model: the folder itself, or the local copy of a hub name. Reads no network.

    Raises EncoderError if there is none.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        from huggingface_hub import snapshot_download

        try:
            folder = Path(snapshot_download(name, local_files_only=True))
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"没有找到模型“{name}”：本机没有这个文件夹，下载缓存里也没有；"
                "请先把模型下载到本机，再把设置 model 设为它的文件夹（或 bundled）"
            ) from error
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderError(f"“{folder}”不是 sentence-transformers 模型文件夹（缺 modules.json）；请检查设置 model")
    return folder


def fingerprint(folder: Path) -> str:
    """Return 12 hexadecimal digits over the configuration, tokenizer and weights of a model folder.

    Files up to 4 MiB count whole; of larger ones the size and 64 evenly spaced blocks of 64 KiB do, so that a
    model of gigabytes does not hold up every question.
    """
    digest = hashlib.sha256()
    suffixes = {".json", ".txt", ".model", ".safetensors", ".bin"}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix not in suffixes or not path.is_file() or any(part.startswith(".") for part in parts):
            continue
        size = path.stat().st_size
        digest.update(f"{'/'.join(parts)}\n{size}\n".encode())
        with path.open("rb") as file:
            if size <= _SAMPLE_BYTES * _N_SAMPLES:
                digest.update(file.read())
                continue
            for sample in range(_N_SAMPLES):
                file.seek((size - _SAMPLE_BYTES) * sample // (_N_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def prefixes(name: str, prompts: Mapping[str, str | None]) -> tuple[str, str]:
    """Return the prefixes of queries and passages: the model's own prompts, else E5's for an E5 name, else none."""
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if not query and not passage and _E5.search(name) and "instruct" not in name.lower():
        return "query: ", "passage: "
    return query, passage


class SentenceEncoder:
    """An `Encoder` over sentence-transformers, float32, batches of 32. The model loads on first use (about 10 s)."""

    def __init__(self, name: str, model_id: str | None = None) -> None:
        """Find the model. `model_id` is given where the weights' fingerprint is known already.

        Raises EncoderError if the model is not on this machine.
        """
        self._name = name
        self._folder = find_model(name)
        self.model_id = model_id or f"{self._folder.name if Path(name).is_dir() else name}-{fingerprint(self._folder)}"
        self._lock = threading.RLock()
        self._loaded: Any = None
        self._guard = ProcessGuard()
        self._query_prefix = self._passage_prefix = ""

    @property
    def dim(self) -> int:
        model = self._model()
        get = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        return int(get())

    @property
    def max_tokens(self) -> int:
        model = self._model()
        limit = model.max_seq_length or getattr(model.tokenizer, "model_max_length", None)
        return int(limit) if limit and limit < _NO_LIMIT else _DEFAULT_MAX_TOKENS

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the protocol says."""
        self._model()
        prefixed = [readable(text, self._passage_prefix) for text in texts]
        check_fits(texts, self._counts(prefixed), self.max_tokens)
        return self.encode_prefixed(prefixed, progress)

    def encode_prefixed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode texts that carry their prefix already and fit; longest first, so a batch has little padding."""
        model = self._model()
        rows = np.zeros((len(texts), self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            rows[batch] = self._encode(model, [texts[i] for i in batch])
            if progress is not None:
                progress(first + len(batch), len(order))
        return rows

    def encode_query(self, text: str) -> Vectors:
        """As the protocol says; sentence-transformers itself leaves out what is beyond `max_tokens`."""
        model = self._model()
        vector: Vectors = self._encode(model, [readable(text, self._query_prefix)])[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        self._model()
        return self._counts([readable(text, self._passage_prefix) for text in texts])

    def _counts(self, prefixed: list[str]) -> list[int]:
        if not prefixed:
            return []
        return [len(ids) for ids in self._model().tokenizer(prefixed, truncation=False, verbose=False)["input_ids"]]

    def _encode(self, model: Any, prefixed: list[str]) -> Vectors:
        self._guard.check()
        with self._lock:
            vectors = model.encode(
                prefixed, prompt="", batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def _model(self) -> Any:
        with self._lock:
            if self._loaded is None:
                from sentence_transformers import SentenceTransformer

                try:
                    with _quiet():
                        model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
                except Exception as error:  # the libraries below raise many kinds
                    raise EncoderError(
                        f"模型“{self._name}”载入失败（{error}）；请检查文件夹是否完整，或改用 model = bundled"
                    ) from error
                # bf16 in torch loses too much (worst cosine .9964), so weights kept in it are widened.
                self._loaded = model.float().eval()
                self._query_prefix, self._passage_prefix = prefixes(self._name, model.prompts or {})
            return self._loaded


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from drawing its own progress bar while weights load."""
    from transformers.utils import logging as transformers_logging

    logging: Any = transformers_logging
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
