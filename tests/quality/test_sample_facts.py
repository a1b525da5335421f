"""What is read from the sample documents, gated: two of them figure by figure, all of them by title, date and subject.

The gold was marked from the documents before anything was run on them. Each floor stands a little under the value last
measured (in brackets); lowering one needs its own reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ragpark.config import Settings
from ragpark.evaluate.fact_gold import read_fact_gold
from ragpark.evaluate.facts import FactReport, fact_report_json, measure_facts
from ragpark.index.direct import read_files
from ragpark.index.pipeline import DefaultPipeline

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs_raw"
GOLD = read_fact_gold(ROOT / "tests/data/facts_sample.jsonl")

# Two figures are found that are none: `36氪`, a newspaper's name that begins with a number.
FLOORS = {
    "all.precision": 0.91,  # [0.944]: 52 figures of one text and one table, two may be read wrongly
    "all.recall": 0.94,  # [0.981]
    "all.value.recall": 0.98,  # [1.000]
    "all.value.precision": 0.94,  # [0.963]
    "documents.title.share": 1.0,  # [1.000]
    "documents.date.share": 1.0,  # [1.000]
    "documents.subject.share": 0.93,  # [0.933]: 14 of 15
}


@pytest.fixture(scope="module")
def report() -> FactReport:
    found = read_files(DOCS, DefaultPipeline(Settings()))
    return measure_facts(GOLD, found.documents, found.facts)


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_what_is_read_from_the_samples(report: FactReport, name: str, floor: float) -> None:
    value: Any = fact_report_json(report)
    for key in name.split("."):
        value = value[key]
    assert value >= floor


def test_the_gold_is_of_these_documents(report: FactReport) -> None:
    assert report.problems == ()
    assert {wanted.doc for wanted in GOLD.documents} == {
        path.name for path in DOCS.iterdir() if not path.name.endswith(".meta.toml")
    }
