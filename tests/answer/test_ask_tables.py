"""Questions that a table of the sample documents answers: the figure of the very cell, and the place of its row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.index import build_index

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK, CITIES, COUNTRY = "各地研发经费对照表.xlsx", "四城市三年主要指标.csv", "全国创新指标五年表.tsv"
BODIES, REGIONS = "分主体", "分地区"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    """Return an engine over all sample documents, so that prose and other tables compete with the right row."""
    settings = Settings(docs=ROOT / "docs_raw", index=tmp_path_factory.mktemp("tables"))
    encoder = encoder_class()
    build_index(settings, encoder=encoder)
    return Engine(settings, encoder, clock=lambda: date(2026, 11, 22))


@pytest.mark.parametrize(
    ("question", "answer", "doc", "place"),
    [
        ("2022年企业的R&D经费", "23878.6亿元", WORKBOOK, (BODIES, "A3:D3")),  # not the row of a province
        ("2023年高等学校R&D经费比上年增长多少", "14.1%", WORKBOOK, (BODIES, "A5:D5")),  # not that of the whole country
        ("2022年政府属研究机构R&D经费是多少", "3814.4亿元", WORKBOOK, (BODIES, "A4:D4")),
        ("2022年高等学校占全国R&D经费的比重", "7.8%", WORKBOOK, (BODIES, "A9:D9")),  # years as rows
        ("2023年企业占全国R&D经费的比重", "77.7%", WORKBOOK, (BODIES, "A10:D10")),
        ("2022年江苏R&D经费占全国比重", "12.5%", WORKBOOK, (REGIONS, "A5:F5")),
        ("2023年山东研发投入是多少", "2,386.0亿元", WORKBOOK, (REGIONS, "A8:F8")),
        ("2022年浙江R&D经费", "2,416.8亿元", WORKBOOK, (REGIONS, "A7:F7")),
        ("2021年武汉地区生产总值", "17,716.76亿元", CITIES, [6, 6]),
        ("2023年杭州年末常住人口", "1252.2万人", CITIES, [11, 11]),
        ("2022年成都GDP增速", "2.8%", CITIES, [4, 4]),
        ("2023年南京GDP比上年增长多少", "4.6%", CITIES, [14, 14]),
        ("2021年全球创新指数排名第几", "12位", COUNTRY, [2, 2]),
        ("2023年PCT国际专利申请量", "69610件", COUNTRY, [3, 3]),
        ("2021年研发人员全时当量", "571.6万人年", COUNTRY, [6, 6]),
        ("2020年国家财政科学技术支出", "10095.0亿元", COUNTRY, [7, 7]),
        ("2022年国家高新技术产业开发区有多少家", "177家", COUNTRY, [9, 9]),  # not 169, which prose has
    ],
)
def test_the_cell_asked_for_is_given_and_its_row_cited(
    engine: Engine, question: str, answer: str, doc: str, place: tuple[str, str] | list[int]
) -> None:
    found = engine.ask(question)
    assert (found.answer, found.refused) == (answer, False), found.reason
    cited = found.citations[0]
    assert cited.doc == doc
    assert cited.locator == ({"rows": place} if isinstance(place, list) else {"sheet": place[0], "cells": place[1]})
    shown = cited.quote[cited.marks[0][0] : cited.marks[0][1]]
    assert answer.startswith(shown)
