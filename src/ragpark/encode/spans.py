"""The reader's engines: token ids to start and end scores, through OpenVINO or, slowly, numpy. Knows no text.

What OpenVINO compiled is kept in the model cache, so that a new process loads it in half the time. It is kept only
where it agreed with numpy on a probe; where it did not, that is kept instead, and the next engine is taken.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.adapter import AdaptedModel
from ragpark.encode.base import ProcessGuard
from ragpark.encode.folder import BASE_NAME, ensure_folder
from ragpark.encode.layers import Embeddings, Rows, hidden_nodes, hidden_rows
from ragpark.encode.streams import Streams, best_precision, options, usable_cores
from ragpark.errors import EncoderError

log = logging.getLogger(__name__)

Scores = NDArray[np.float32]

LAYOUT = 1  # raise it when the graph changes
# Of the scores, relative to how far they are spread. Float32 differs by 10⁻⁵, bfloat16 by some hundredths, a broken
# graph by 1.
MAX_DIFFERENCE = 0.15
_BLOB, _DISAGREES = "model.blob", "disagrees"


class SpanEngine(Protocol):
    """`name` is what it runs on, to be shown."""

    @property
    def name(self) -> str: ...

    def scores(self, ids: Sequence[Sequence[int]]) -> list[Scores]:
        """Return for each row of ids the start and end scores of its tokens, shape (tokens, 2)."""
        ...


class PlainEngine:
    """Numpy in float32, about as fast as torch: what the others are checked against, and the last resort."""

    name = "numpy f32"

    def __init__(self, model: AdaptedModel) -> None:
        self._model = model
        self._embeddings = Embeddings(model)

    def scores(self, ids: Sequence[Sequence[int]]) -> list[Scores]:
        model = self._model
        return [hidden_rows(model, self._embeddings(row)) @ model.head_weight.T + model.head_bias for row in ids]


class OpenVinoSpans:
    """The adapted encoder with its head, compiled or taken from the cache; one passage on each core at a time."""

    def __init__(self, model: AdaptedModel, cache: Path, probe: Sequence[int], precision: str | None = None) -> None:
        """Load, or build and check, the engine in "bf16" or "f32" (default: what the CPU does best).

        Raises ImportError or RuntimeError where OpenVINO cannot run or disagrees with numpy on the ids of the probe.
        """
        import openvino

        core = openvino.Core()
        precision = precision or best_precision(core)
        self.name = f"OpenVINO {precision}"
        self._n_streams = usable_cores()
        self._options = options(precision, self._n_streams)
        self._core = core
        self._embeddings = Embeddings(model)
        self._guard = ProcessGuard()
        self._memory: Any = None  # the mapped file that the compiled model may still read
        compiled = self._kept_or_built(model, cache.expanduser(), probe)
        self._streams = Streams(compiled, self._n_streams)

    def scores(self, ids: Sequence[Sequence[int]]) -> list[Scores]:
        self._guard.check()
        return self._scores(self._streams, ids)

    def _scores(self, streams: Streams, ids: Sequence[Sequence[int]]) -> list[Scores]:
        found: dict[int, Scores] = {}

        def take(row: int, output: Rows) -> None:
            found[row] = output[0].copy()

        order = sorted(range(len(ids)), key=lambda i: (-len(ids[i]), i))
        streams.run(order, lambda i: self._embeddings(ids[i]), take)
        return [found[i] for i in range(len(ids))]

    def _kept_or_built(self, model: AdaptedModel, cache: Path, probe: Sequence[int]) -> Any:
        """Return the compiled model from the cache, else build it and keep it there (85 MB)."""
        built: list[Any] = []

        def fill(folder: Path) -> None:
            compiled, difference = self._built(model, probe)
            if difference > MAX_DIFFERENCE:
                (folder / _DISAGREES).write_text(f"{difference:.3f}", encoding="ascii")
                return
            built.append(compiled)
            (folder / _BLOB).write_bytes(compiled.export_model().getvalue())

        folder = cache / f"{BASE_NAME}-reader-{self._key(model)}-{LAYOUT}"
        try:
            ensure_folder(cache, folder.name, fill)
        except EncoderError as error:  # a cache that cannot be written costs only time
            log.warning("%s", error)
            if not built:
                compiled, difference = self._built(model, probe)
                if difference > MAX_DIFFERENCE:
                    raise RuntimeError(f"differs from numpy by {difference:.3f}") from error
                return compiled
        if built:
            return built[0]
        if (disagrees := folder / _DISAGREES).is_file():
            raise RuntimeError(f"differs from numpy by {disagrees.read_text(encoding='ascii')}")
        try:
            return self._kept(folder / _BLOB)
        except (OSError, ValueError, RuntimeError) as error:
            log.warning("模型缓存 %s 已损坏（%s），重新生成", folder, error)
            shutil.rmtree(folder)
            return self._kept_or_built(model, cache, probe)

    def _built(self, model: AdaptedModel, probe: Sequence[int]) -> tuple[Any, float]:
        """Return the model compiled anew, and how far it is from numpy on the probe."""
        compiled = self._core.compile_model(_graph(model), "CPU", self._options)
        (found,) = self._scores(Streams(compiled, 1), [probe])
        return compiled, apart(found, PlainEngine(model).scores([probe])[0])

    def _kept(self, path: Path) -> Any:
        import openvino

        # Copy on write: OpenVINO wants memory that it could write, and then shares the pages.
        self._memory = openvino.Tensor(np.memmap(path, np.uint8, "c"), shared_memory=True)
        return self._core.import_model(self._memory, "CPU", self._options)

    def _key(self, model: AdaptedModel) -> str:
        """Identify weights, OpenVINO, processor and options: what was compiled for one runs for no other."""
        import openvino

        cpu = [str(self._core.get_property("CPU", name)) for name in ("FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES")]
        parts = (model.fingerprint(), openvino.__version__, *cpu, *map(str, sorted(self._options.items())))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def load_engine(model: AdaptedModel, cache: Path, probe: Sequence[int]) -> SpanEngine:
    """Return the first engine that runs here and is right: OpenVINO in its best precision, in float32, then numpy."""
    for precision in (None, "f32"):
        try:
            return OpenVinoSpans(model, cache, probe, precision)
        except (ImportError, OSError, RuntimeError, EncoderError) as error:
            log.warning("阅读模型不能用 OpenVINO（%s）运行：%s", precision or "auto", error)
    return PlainEngine(model)


def apart(one: Scores, other: Scores) -> float:
    """Return how far two score arrays are apart: root mean square difference over the other's standard deviation."""
    return float(np.sqrt(((one - other) ** 2).mean()) / other.std())


def _graph(model: AdaptedModel) -> Any:
    """Return an openvino.Model: embeddings (1, tokens, hidden) to start and end scores (1, tokens, 2)."""
    import openvino
    from openvino import opset13 as op

    source, hidden = hidden_nodes(model)
    scores = op.add(
        op.matmul(hidden, op.constant(model.head_weight), False, True), op.constant(model.head_bias.reshape(1, 1, 2))
    )
    return openvino.Model([scores], [source], "reader")
