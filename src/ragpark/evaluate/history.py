"""Runs kept in a folder, newest found by the name of their gold set; compares nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from ragpark.errors import ReportError
from ragpark.evaluate.report import report_json
from ragpark.evaluate.run import EvaluationReport

KEPT = 20  # runs of one gold set; older ones are deleted


def keep_run(folder: Path, report: EvaluationReport, gold: str, gold_sha256: str, made: datetime) -> Path:
    """Write the report, with the name and hash of its gold set and the time, into the folder; return its path.

    `made` has a time zone. The file appears whole or not at all. Raises ReportError if it cannot be written.
    """
    made = made.astimezone(UTC)
    head = {"gold": gold, "gold_sha256": gold_sha256, "made": made.isoformat(timespec="seconds")}
    text = json.dumps(report_json(report) | head, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    path = folder / f"{made:%Y%m%dT%H%M%S%fZ}_{_slug(gold)}.json"
    aside = path.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(text.encode("utf-8", "replace"))
        os.replace(aside, path)
        for old in run_paths(folder, gold)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise ReportError(f"无法把评测报告写入 {folder}（{error.strerror}）；请检查权限和磁盘空间") from error
    return path


def run_paths(folder: Path, gold: str) -> list[Path]:
    """Return the kept runs of the gold set, newest first."""
    return sorted(folder.glob(f"*_{_slug(gold)}.json"), key=lambda path: path.name, reverse=True)


def _slug(gold: str) -> str:
    """Return the part of a file name that stands for a gold set: readable, and one for each name."""
    stem = re.sub(r"[^\w-]", "-", Path(gold).stem)[:40]
    return f"{stem}-{hashlib.sha256(gold.encode()).hexdigest()[:8]}"
