"""Asking and searching within a filter: nothing from outside it, and a sentence where it leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ragpark.engine import Engine
from ragpark.errors import FilterError
from ragpark.records import Hit
from ragpark.retrieve.explain import understood
from ragpark.retrieve.filters import Filter
from ragpark.retrieve.scope import rows_within, stretches, years_held

YEARBOOK = """# 苏州工业园区年鉴

发布日期：2021-06-01

## 概况

2020年，园区研发投入强度为4.5%。境内外上市企业2020年累计45家，2023年累计66家。

## 科技载体

2019年，园区有孵化器30家。
"""
BULLETIN = """# 苏州工业园区成绩单

发布日期：2024-04-11

## 研发

2023年，园区R&D经费占GDP的比重升到5.16%，境内外上市企业累计66家。
"""
UNDATED = """# 苏州工业园区简介

园区有公园12座。
"""


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({"年鉴.md": YEARBOOK, "2024/成绩单.md": BULLETIN, "简介.md": UNDATED})


def _places(hits: list[Hit]) -> set[tuple[str, str]]:
    return {(hit.chunk.doc, hit.chunk.headings[-1] if hit.chunk.headings else "") for hit in hits}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, {("年鉴.md", "概况"), ("年鉴.md", "科技载体"), ("2024/成绩单.md", "研发"), ("简介.md", "")}),
        ({"years": (2019, 2019)}, {("年鉴.md", "科技载体")}),
        ({"years": (2019, 2022)}, {("年鉴.md", "概况"), ("年鉴.md", "科技载体")}),
        ({"year": 2023}, {("年鉴.md", "概况"), ("2024/成绩单.md", "研发")}),
        ({"years": (2020, 2024), "doc": "2024/*"}, {("2024/成绩单.md", "研发")}),
        ({"section": "载体"}, {("年鉴.md", "科技载体")}),
        ({"years": (1990, 1999)}, set()),
    ],
)
def test_search_keeps_to_the_filter(engine: Engine, given: dict[str, object], found: set[tuple[str, str]]) -> None:
    places = _places(engine.search("园区情况", **given))  # type: ignore[arg-type]
    assert {place for place in places if place[1] != "园区年鉴"} == found


def test_a_chunk_is_not_about_a_year_named_only_before_it(make_engine) -> None:  # type: ignore[no-untyped-def]
    # two chunks of one section: the second says nothing of 2019
    first = "2019年，园区有孵化器30家。" + "各部门继续走访，了解困难与需求。" * 20
    second = "2021年，园区有孵化器41家。" + "各街道随后走访，了解困难与需求。" * 20
    engine = make_engine({"a.md": f"# 载体\n\n{first}\n\n{second}\n"}, max_chars=300)
    hits = engine.search("孵化器", year=2019, k=20)
    assert hits and not any("街道" in hit.chunk.text and "部门" not in hit.chunk.text for hit in hits)
    assert any("街道" in hit.chunk.text and "部门" not in hit.chunk.text for hit in engine.search("孵化器", k=20))


@pytest.mark.parametrize(
    ("question", "given", "answer"),
    [
        ("园区境内外上市企业有多少家", {"years": (2019, 2021)}, "45家"),  # not the 66 of the same sentence
        ("园区境内外上市企业有多少家", {"year": 2023}, "66家"),
        ("园区历年R&D占比", {}, "2020年4.5%；2023年5.16%"),
        ("园区历年R&D占比", {"years": (2022, 2024)}, "2023年5.16%"),
        ("园区R&D占比", {"doc": "年鉴*"}, "4.5%"),
        ("园区R&D占比", {"section": "研发"}, "5.16%"),
    ],
)
def test_the_answer_comes_from_within(engine: Engine, question: str, given: dict[str, object], answer: str) -> None:
    assert engine.ask(question, **given).answer == answer  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "given", "reason"),
    [
        ("2020年园区R&D占比", {"year": 2023}, "问题问的是2020年，所选范围是2023年；请改动问题或范围"),
        ("2023年园区R&D占比", {"doc": "年鉴*"}, "所选范围内没有2023年的数据；最接近的是2020年4.5%"),
        (
            "园区R&D占比",
            {"years": (1990, 1999)},
            "所选范围（1990–1999年）内没有内容；库中有2019–2021、2023–2024年的内容，请改动年份",
        ),
        (
            "园区R&D占比",
            {"year": 1990, "doc": "2024/*"},
            "所选范围（1990年，文档“2024/*”）内没有内容；这些文档中有2023–2024年的内容，请改动年份",
        ),
        (
            "园区公园有多少座",
            {"doc": "简介*", "year": 2020},  # an undated text fits no year
            "所选范围（2020年，文档“简介*”）内没有内容；请放宽范围",
        ),
    ],
)
def test_what_the_filter_leaves_out_is_refused_with_the_reason(
    engine: Engine, question: str, given: dict[str, object], reason: str
) -> None:
    found = engine.ask(question, **given)  # type: ignore[arg-type]
    assert found.refused
    assert found.reason == reason


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"doc": "公报*"}, "没有文档匹配“公报*”；库中有：2024/成绩单.md、年鉴.md、简介.md"),
        ({"section": "财政"}, "没有标题含“财政”的章节；有这些章节：研发、概况、科技载体"),
        ({"section": "财政", "doc": "2024/*"}, "没有标题含“财政”的章节；有这些章节：研发"),
        ({"years": (2023, 2020)}, "年份范围 2023–2020 的起点晚于终点；请写成 2020-2023"),
    ],
)
def test_a_filter_that_nothing_can_fit_is_an_error_that_names_what_there_is(
    engine: Engine, given: dict[str, object], message: str
) -> None:
    for call in (engine.search, engine.ask, engine.explain):
        with pytest.raises(FilterError) as caught:
            call("园区R&D占比", **given)  # type: ignore[arg-type]
        assert str(caught.value) == message


def test_a_value_that_differs_is_named_only_from_within_the_filter(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# {}\n\n发布日期：{}\n\n## 概况\n\n2020年，园区境内外上市企业累计{}家。\n"
    engine = make_engine(
        {
            "甲.md": text.format("苏州工业园区公报", "2021-03-01", 45),
            "乙.md": text.format("苏州工业园区手册", "2022-03-01", 66),
        }
    )
    both = engine.ask("2020年园区境内外上市企业有多少家")
    assert "45家" in both.answer and "66家" in both.answer
    within = engine.ask("2020年园区境内外上市企业有多少家", doc="甲*")
    assert within.answer == "45家" and {citation.doc for citation in within.citations} == {"甲.md"}


def test_a_document_is_found_under_the_path_of_its_twin(make_engine) -> None:  # type: ignore[no-untyped-def]
    engine = make_engine({"甲/成绩单.md": BULLETIN, "乙/成绩单.md": BULLETIN})
    assert engine.ask("园区R&D占比", doc="乙/*").answer == engine.ask("园区R&D占比", doc="甲/*").answer == "5.16%"


def test_a_search_is_laid_open(engine: Engine) -> None:
    found = engine.explain("2023年园区R&D占比", k=2)
    assert [item.hit for item in found.hits] == engine.search("2023年园区R&D占比", k=2)
    assert understood(found.query)[1:] == (
        ("年份", "2023"),
        ("主体", "苏州工业园区"),
        ("指标", "研发投入占GDP比重"),
    )
    best = found.hits[0]
    assert {best.hit.chunk.text[mark.start : mark.end] for mark in best.marks} >= {"2023年", "园区"}
    assert best.missing(found.query) == () and found.note == ""
    nothing = engine.explain("园区R&D占比", years=(1990, 1999))
    assert nothing.hits == () and "1990–1999年" in nothing.note


def test_years_to_choose_from_are_those_of_figures_and_dates(engine: Engine) -> None:
    assert engine.years() == (2019, 2020, 2021, 2023, 2024)
    rows = rows_within(engine.index, Filter(doc="2024/*"))
    assert rows is not None and years_held(engine.index, rows) == (2023, 2024)


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((), ""),
        ((2020,), "2020年"),
        ((2018, 2019, 2020, 2023), "2018–2020、2023年"),
        ((1990, 1994, 1998, 2002, 2006, 2010), "1990–2010年间"),
    ],
)
def test_years_in_words(years: tuple[int, ...], words: str) -> None:
    assert stretches(years) == words


SAMPLES = Path(__file__).parents[2] / "docs_raw"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, encoder_class) -> Engine:  # type: ignore[no-untyped-def]
    """The sample documents, found by pairs of characters."""
    from ragpark.config import Settings
    from ragpark.index import build_index

    settings = Settings(docs=SAMPLES, index=tmp_path_factory.mktemp("within") / "index")
    encoder = encoder_class()
    build_index(settings, encoder=encoder)
    return Engine(settings, encoder)


QUESTIONS = (
    "园区R&D占比",
    "园区历年R&D投入占GDP比重",
    "高新技术企业有多少家？",
    "境内外上市企业有多少家",
    "生物医药产业园有多少企业？",
    "2020年和2023年高层次人才总量对比",
    "全国研发经费总量是多少",
    "人工智能产业产值",
)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "scope", [Filter((2020, 2021)), Filter((2023, 2023)), Filter(doc="*年鉴*"), Filter((2012, 2022), None, "总")]
)
def test_over_the_samples_no_evidence_and_no_year_is_from_outside(
    samples: Engine, question: str, scope: Filter
) -> None:
    library = samples._current()
    found = samples.ask(question, years=scope.years, doc=scope.doc, section=scope.section)
    for citation in found.citations:
        assert scope.has_doc(citation.doc) and scope.has_heading(citation.headings)
        [statement] = [
            statement
            for section in library.index.sections
            if section.doc == citation.doc and section.start <= citation.start < section.end
            for statement in library.statements_of(citation.doc, section.number)
            if statement.start == citation.start
        ]
        assert scope.has_statement(statement)
        for start, end in citation.marks:
            year = statement.year_of(start)
            figures = any(q.start == start for q in statement.quantities) and end - start < 20
            assert not figures or year is None or scope.has_year(year), (found.answer, citation.quote)
