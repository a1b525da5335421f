"""Runs a compiled OpenVINO model on many texts, and knows what the CPU does best; knows nothing of the model."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


class Streams:
    """One text at a time on each stream: nothing is padded, and no result depends on the texts beside it."""

    def __init__(self, compiled: Any, n_streams: int) -> None:
        self._compiled = compiled
        self._n_streams = n_streams
        self._lock = threading.Lock()

    def run(self, order: Sequence[int], give: Callable[[int], Rows], take: Callable[[int, Rows], None]) -> None:
        """Call `take(i, output)` for each i of `order` (longest text first is quickest); `give(i)` makes the input.

        The output is OpenVINO's own memory: copy what is to be kept.
        """
        under_way: deque[tuple[Any, int]] = deque()

        def collect() -> Any:
            """Wait for the text begun first; return its request, free again."""
            request, i = under_way.popleft()
            request.wait()
            take(i, request.get_output_tensor(0).data)
            return request

        # Requests are waited for in order. A callback would run Python in OpenVINO's threads, and those are joined
        # with the interpreter's lock held when the model is dropped: that can hang for good.
        with self._lock:
            free = [self._compiled.create_infer_request() for _ in range(min(self._n_streams, len(order)))]
            for i in order:
                request = free.pop() if free else collect()
                request.start_async({0: give(i)})
                under_way.append((request, i))
            while under_way:
                collect()


def options(precision: str, n_streams: int) -> dict[str, str]:
    """Return what to compile with: "bf16" or "f32", and one thread for each text under way."""
    return {
        "INFERENCE_PRECISION_HINT": precision,
        "NUM_STREAMS": str(n_streams),
        "INFERENCE_NUM_THREADS": str(n_streams),
    }


def best_precision(core: Any) -> str:
    """Return "bf16" where the CPU computes it in hardware, else "f32"."""
    return "bf16" if _has_bf16(core) else "f32"


def usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _has_bf16(core: Any) -> bool:
    """Return whether the CPU has bf16 instructions.

    OpenVINO also reports BF16 where AVX-512 emulates it, slower than float32; so Linux is asked too.
    """
    if "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        return False
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return any(flag in flags for flag in ("avx512_bf16", "amx_bf16"))
