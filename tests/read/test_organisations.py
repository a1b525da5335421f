"""Names of organisations, and which one a statement is about."""

from __future__ import annotations

import pytest
from fact_fakes import TAGGER, VOCABULARY, document, facts

from ragpark.read.context import Statement, statements
from ragpark.read.names import inside_name
from ragpark.read.organisations import (
    clause_organisation,
    is_kind,
    is_organisation,
    organisation_at,
    organisations,
    subject_organisation,
)
from ragpark.repair.sections import split_sections


def statement(text: str, heading: str = "") -> Statement:
    found = document(*([f"【{heading}】"] if heading else []), text)
    return statements(found, split_sections(found)[-1], VOCABULARY)[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("星芒材料研究院", True),
        ("星芒材料有限公司", True),
        ("星芒材料研究院建设", False),
        ("星芒材料", False),
    ],
)
def test_what_is_an_organisations_name(text: str, expected: bool) -> None:
    assert is_organisation(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("上市公司", True), ("高等学校", True), ("重点实验室", True), ("星芒公司", False), ("企业", False)],
)
def test_kinds_of_organisations_are_none_of_them(text: str, expected: bool) -> None:
    assert is_kind(text) is expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("星芒材料有限公司2022年年报", "星芒材料有限公司"),
        ("海陵中学招生简章", "海陵中学"),
        ("湖州市人民政府办公室关于补贴的通知", ""),  # an office speaks for its place
        ("西安高新区管委会通知", ""),  # a zone is a place
        ("产业园区建设方案", ""),  # a kind of park
        ("上市公司名单", ""),
        ("2022年年报", ""),
    ],
)
def test_the_organisation_a_text_begins_with(text: str, name: str) -> None:
    assert organisation_at(text) == name


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [("苏州纳米城", 2, True), ("苏州市管委会", 3, False), ("苏州的大学", 2, False), ("苏州市产值", 3, False)],
)
def test_whether_a_name_goes_on(text: str, end: int, expected: bool) -> None:
    assert inside_name(text, end) is expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("海陵大学招收新生800人。", ["海陵大学"]),
        ("苏州市人民政府发布通知。", []),
        ("上市公司累计66家。", []),
    ],
)
def test_organisations_as_the_tagger_meets_them(text: str, names: list[str]) -> None:
    (words,) = TAGGER.tag([text])
    found = organisations(text, words)
    assert [name for _, _, name in found] == names
    assert all(text[start:end] == name for start, end, name in found)


@pytest.mark.parametrize(
    ("text", "heading", "name"),
    [
        ("截至2020年底，星芒材料研究院累计孵化企业8家。", "", "星芒材料研究院"),
        ("以海陵大学为例，招收新生800人。", "", "海陵大学"),
        ("2023年，全力服务保障星芒材料实验室项目3个。", "", ""),  # a verb stands before
        ("累计孵化企业8家。", "星芒纳米城", "星芒纳米城"),  # the heading's
        ("累计孵化企业8家。", "概况", ""),
        ("高等学校共有8所。", "", ""),
        ("2009年创办星芒生物以来，研制新药30项。", "", "星芒生物"),
        ("星芒材料研究院自2015年成立以来，孵化企业8家。", "", "星芒材料研究院"),
        ("自星芒材料研究院成立以来，孵化企业8家。", "", "星芒材料研究院"),
        ("成立以来，孵化企业8家。", "", ""),
        ("建区以来，孵化企业8家。", "", ""),
    ],
)
def test_the_organisation_a_statement_is_about(text: str, heading: str, name: str) -> None:
    assert subject_organisation(statement(text, heading)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("同时，星芒材料有限公司今年2月成立后，目前已引进项目9个。", "星芒材料有限公司"),
        ("园区发展快，建成星芒科技园、云澜产业园等，项目9个。", ""),
        ("市实验室今年项目9个。", ""),  # the city's: no name
    ],
)
def test_the_organisation_of_a_clause(text: str, name: str) -> None:
    assert clause_organisation(text, text.index("9个")) == name


@pytest.mark.parametrize(
    ("lines", "entity"),
    [
        (("昆山引进企业20家。海陵大学招收新生800人。",), "海陵大学"),
        (("海陵大学的新生共有800人。",), "海陵大学"),
        (("海陵大学招收新生800人。", "产值80亿元。"), "昆山市"),  # a new paragraph is about the text's own place again
        (("该校招收新生800人。",), "昆山市"),
    ],
)
def test_an_organisations_figure_in_a_places_text(lines: tuple[str, ...], entity: str) -> None:
    assert facts(*lines)[-1].entity == entity
