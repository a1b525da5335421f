"""Quality is gated like correctness: floors for the sample documents, and for larger sets where they lie beside.

The measures are those of `ragpark evaluate`, with the default settings and the bundled model. Each floor stands a
little under the value last measured (in brackets), so that a question or two may change sides without a false
alarm; lowering one needs its own reason. `tests/test_samples.py` pins the documents themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.evaluate import evaluate, read_gold
from ragpark.evaluate.report import report_json
from ragpark.index import build_index

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

SAMPLE = {
    "retrieval.Recall@5": 0.97,  # [1.000]
    "retrieval.nDCG@10": 0.92,  # [0.956]
    "answer.accuracy": 0.95,  # [0.990]: 104 answerable questions, four may be lost
    "citation.accuracy": 0.94,  # [0.981]
    "refusal.precision": 0.91,  # [0.962]: 25 unanswerable questions, one refusal too many costs 0.04
    "refusal.recall": 0.94,  # [1.000]: one may be answered
}
REAL = {
    "retrieval.Recall@5": 0.97,
    "retrieval.nDCG@10": 0.93,  # [0.976]
    "answer.accuracy": 0.94,  # [1.000]
    "citation.accuracy": 0.92,  # [1.000]
    "refusal.precision": 0.95,  # [1.000]: six unanswerable questions, so not one refusal too many
    "refusal.recall": 0.95,  # [1.000]
}


def measured(docs: Path, gold: Path, folder: Path) -> Mapping[str, Any]:
    settings = Settings(docs=docs, index=folder)
    build_index(settings)
    report = evaluate(Engine(settings), read_gold(gold))
    return report_json(report)


def value(summary: Mapping[str, Any], name: str) -> float:
    group, measure = name.split(".", 1)
    return float(summary[group][measure])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    return measured(ROOT / "docs_raw", ROOT / "tests/data/gold_sample.jsonl", tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    if not (SHARED / "corpus/gold.jsonl").is_file():
        pytest.skip("the larger document set does not lie beside this repository")
    return measured(SHARED / "corpus/docs", SHARED / "corpus/gold.jsonl", tmp_path_factory.mktemp("real"))


@pytest.mark.parametrize(("name", "floor"), SAMPLE.items())
def test_sample_documents(sample: Mapping[str, Any], name: str, floor: float) -> None:
    assert value(sample, name) >= floor


@pytest.mark.parametrize(("name", "floor"), REAL.items())
def test_documents_as_users_have_them(real: Mapping[str, Any], name: str, floor: float) -> None:
    assert value(real, name) >= floor


def test_every_gold_quote_is_found_in_the_documents(sample: Mapping[str, Any]) -> None:
    assert sample["problems"] == []
