"""Facts as a table: selection, and CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io

import pytest

from ragpark.records import Fact
from ragpark.tables import facts_csv, select_facts
from ragpark.zh.vocabulary import Entity, Indicator, Vocabulary


def _fact(indicator: str, entity: str, year: int | None, *, start: int = 0, quote: str = "原文") -> Fact:
    place = {"lines": [2, 3]}
    return Fact(
        indicator, entity, year, "", 45.0, "家", "45家", "", "level", "a.txt", None, quote, start, start + 3, place
    )


VOCABULARY = Vocabulary(
    (),
    (Indicator("研发投入强度", ("R&D占比",), (), ("%",)),),
    (Entity("苏州工业园区", ("园区",), "park", "", None),),
    "",
)
FACTS = [
    _fact("有效高新技术企业", "园区", 2020, start=9),
    _fact("高新技术企业", "昆山", 2020),
    _fact("高新技术企业", "园区", 2023, start=5),
    _fact("高新技术企业", "园区", None, start=7),
    _fact("研发投入强度", "苏州工业园区", 2023),
]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, [0, 4, 3, 2, 1]),  # by indicator, entity, year (open first), place; 有 < 研 < 高, 园 < 昆
        ({"indicator": "高新技术企业"}, [0, 3, 2, 1]),
        ({"indicator": "有效高新技术企业"}, [0]),
        ({"indicator": "Ｒ＆Ｄ 占比"}, [4]),
        ({"indicator": "研发"}, [4]),
        ({"entity": "园区", "year": 2023}, [4, 2]),
        ({"entity": "苏州"}, [4]),
        ({"year": 1999}, []),
    ],
)
def test_selection(given: dict[str, object], found: list[int]) -> None:
    assert [FACTS.index(fact) for fact in select_facts(FACTS, VOCABULARY, **given)] == found  # type: ignore[arg-type]


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula() -> None:
    text = facts_csv([_fact("=cmd|' /C calc'!A0", "园区", 2020, quote='他说"45家"，\n共45家')])
    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text[1:], newline=""))
    cells = dict(zip(header, row, strict=True))
    assert cells["indicator"] == "'=cmd|' /C calc'!A0"
    assert cells["quote"] == '他说"45家"，\n共45家'
    assert (cells["year"], cells["value"], cells["place"], cells["date"]) == ("2020", "45", "第2–3行", "")
