"""Encoding speed: the product's bulk encoder against plain sentence-transformers, float32, batches of 32.

Both run in this process on the same passages, in turn, for several rounds; each round gives one ratio, and the
median counts. Passages come from ../shared/bench where that folder is there, else they are generated.

    python benchmarks/encode.py [--passages 64] [--rounds 5] [--chars 250 510]
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ragpark.encode.bundled import BundledEncoder
from ragpark.encode.folder import PASSAGE_PREFIX, model_folder

BENCH = Path(__file__).parents[2] / "shared" / "bench"
WORDS = (
    "园区 企业 投入 研发 产值 增长 比上年 亿元 占比 建设 项目 服务 平台 创新 发展 推进 完善 机制 人才 政策 "
    "高新技术 专精特新 制造业 固定资产 投资 出口 就业 绿色 低碳 数字化 转型 总部 孵化器 土地 规划 交通 配套"
).split()
COLD_QUERY = """
import time
start = time.perf_counter()
from ragpark.config import load_settings
from ragpark.encode import load_encoder
load_encoder(load_settings()).encode_query("2023年园区R&D占比")
print(time.perf_counter() - start)
"""


def generated(n_passages: int, low: int, high: int) -> list[str]:
    """Return passages of `low` to `high` characters, the same on every machine."""
    source = random.Random(0)
    passages = []
    for _ in range(n_passages):
        length, text = source.randint(low, high), ""
        while len(text) < length:
            clause = "".join(source.choices(WORDS, k=source.randint(3, 8)))
            text += f"{clause}{source.randint(1, 999)}.{source.randint(0, 9)}{source.choice('，，。；')}"
        passages.append(text[:length])
    return passages


def passages(n_passages: int, low: int, high: int) -> tuple[list[str], str]:
    """Return the passages and where they came from."""
    found = []
    for path in sorted(BENCH.rglob("docs/*.*")):
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        if len(text) >= low:
            found.append(text[:high])
    step = max(len(found) // n_passages, 1)
    if len(found) >= n_passages:
        return found[::step][:n_passages], "shared/bench"
    return generated(n_passages, low, high), "generated"


def timed(encode: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    start = time.perf_counter()
    rows = encode()
    return time.perf_counter() - start, rows


def per_query_ms(encode: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Return p50 and p95."""
    times = sorted(timed(lambda q=q: encode(q))[0] * 1000 for q in questions)  # type: ignore[misc]
    return statistics.median(times), times[int(len(times) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chars", type=int, nargs=2, default=(250, 510), metavar=("FROM", "TO"))
    options = parser.parse_args()

    cold = [
        float(subprocess.run([sys.executable, "-c", COLD_QUERY], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    texts, origin = passages(options.passages, *options.chars)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        encoder = BundledEncoder(cache)
        first_s, _ = timed(lambda: encoder.encode_passages(texts[:1]))  # tokenizer written here, engine compiled
        again_s, _ = timed(lambda: BundledEncoder(cache).encode_passages(texts[:1]))
        questions = [f"{year}年园区{what}是多少？" for year in range(2010, 2025) for what in ("产值", "研发投入占比")]
        encoder.encode_query("预热")
        p50, p95 = per_query_ms(encoder.encode_query, questions)

        from sentence_transformers import SentenceTransformer

        plain = SentenceTransformer(str(model_folder(encoder._file, encoder._fingerprint, cache)), device="cpu")
        runs = {
            "plain": lambda: plain.encode(texts, prompt=PASSAGE_PREFIX, batch_size=32, normalize_embeddings=True),
            "ragpark": lambda: encoder.encode_passages(texts),
        }
        for run in runs.values():
            run()
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        rows: dict[str, np.ndarray] = {}
        for _ in range(options.rounds):
            for name, run in runs.items():
                took, rows[name] = timed(run)
                seconds[name].append(took)

    ratios = sorted(a / b for a, b in zip(seconds["plain"], seconds["ragpark"], strict=True))
    cosines = (rows["plain"] * rows["ragpark"]).sum(axis=1)
    mean_chars = statistics.mean(map(len, texts))
    print(f"{len(texts)} passages ({origin}), {mean_chars:.0f} characters on average, {options.rounds} rounds\n")
    print("| encoder | passages/s (median) | ratio |")
    print("|---|---|---|")
    print(f"| sentence-transformers, float32, batch 32 | {len(texts) / statistics.median(seconds['plain']):.1f} | 1 |")
    print(
        f"| ragpark | {len(texts) / statistics.median(seconds['ragpark']):.1f} "
        f"| **{statistics.median(ratios):.2f}** ({ratios[0]:.2f}–{ratios[-1]:.2f}) |"
    )
    print(f"\ncosine to sentence-transformers: min {cosines.min():.6f}, mean {cosines.mean():.6f}")
    print(f"first passage: {first_s:.1f} s on a new machine, {again_s:.1f} s after that")
    print(f"query: p50 {p50:.0f} ms, p95 {p95:.0f} ms; in a new process {statistics.median(cold):.2f} s")


if __name__ == "__main__":
    main()
