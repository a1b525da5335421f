"""Asking, end to end over small documents: the right figure, its year, its place, its citation; or a refusal."""

from __future__ import annotations

import dataclasses

import pytest

from ragpark.engine import Engine
from ragpark.errors import QuestionError
from ragpark.index import build_index

YEARBOOK = """# 园区年鉴

## 概况

2020年，园区研发投入强度为4.5%，每万人拥有有效发明专利174件。境内外上市企业累计已有45家。年末，累计有效高新技术企业1840家，比上年多出三成。

## 材料实验室

2020年6月30日，材料实验室正式揭牌。到年底，实验室共录用129人，拿到硕士以上学位的有122人。
"""
BULLETIN = """# 园区2023年成绩单

发布日期：2024-04-11 浏览次数：

2023年，园区R&D经费占GDP的比重升到5.16%，在全市排第一。目前，园区的高新技术企业近2800家，境内外上市企业累计66家。

2023年，园区办成知识产权质押融资132笔，企业由此融资22.89亿元。到2026年底，力争上市苗圃工程入库企业不少于500家。

2024年1月，全国首个科技成果转化保险产品在园区面世——苏研保，为企业分担风险。
"""
NEWS = """# 科技招商新赛道

苏州市商务局局长孙建江介绍，苏州拥有1.8万家外资企业。苏州市工信局党组书记范建青也到会。

昆山规划布局“一廊一园”——夏驾河科创走廊鼓励企业嫁接资源；阳澄湖科技园发挥支撑作用。昆山引育独角兽企业13家。

太仓科技公司今年2月挂牌，到现在导入17个项目，注册资金合计1.57亿元。
"""


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({"年鉴2020.md": YEARBOOK, "成绩单.md": BULLETIN, "招商.md": NEWS})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("2023年园区R&D占比", "5.16%"),
        ("2020年园区研发投入占地区生产总值的比重是多少？", "4.5%"),
        ("园区2020年研发投入强度", "4.5%"),
        ("2020年园区累计有效高新技术企业有多少家？", "1840家"),
        ("2023年园区高新技术企业数量", "近2800家"),
        ("2023年园区知识产权质押融资金额是多少？", "22.89亿元"),
        ("到2026年底，上市苗圃工程入库企业目标是多少家？", "不少于500家"),
        ("材料实验室录用了多少人？", "129人"),
        ("材料实验室哪天揭牌成立？", "2020年6月30日"),
        ("苏州市商务局局长是谁？", "孙建江"),
        ("全国首个科技成果转化保险产品叫什么？", "苏研保"),
        ("昆山的“一廊一园”指什么？", "夏驾河科创走廊、阳澄湖科技园"),
        ("太仓科技公司导入了多少个项目，注册资金多少？", "17个；1.57亿元"),
        ("园区历年R&D投入占GDP比重", "2020年4.5%；2023年5.16%"),
        ("园区境内外上市企业2020年与2023年对比", "2020年45家；2023年66家；计算：66 − 45 = 21家，增长46.7%"),
    ],
)
def test_the_answer_is_what_was_asked_for(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert not found.refused, found.reason
    assert found.answer == answer


def test_every_quote_is_verbatim_and_its_marks_are_the_answer(engine: Engine) -> None:
    found = engine.ask("园区历年R&D投入占GDP比重")
    assert [citation.n for citation in found.citations] == [1, 2]
    for citation, figure in zip(found.citations, ("4.5%", "5.16%"), strict=True):
        document = engine.index.documents[citation.doc]
        assert document.text[citation.start : citation.end] == citation.quote
        assert [citation.quote[a:b] for a, b in citation.marks] == [figure]


def test_a_citation_names_document_date_section_and_lines(engine: Engine) -> None:
    citation = engine.ask("2020年园区研发投入强度").citations[0]
    assert (citation.doc, citation.title, citation.headings) == ("年鉴2020.md", "园区年鉴", ("概况",))
    assert citation.locator == {"lines": [5, 5]}
    assert engine.ask("2023年园区R&D占比").citations[0].date == "2024-04-11"


@pytest.mark.parametrize(
    "question",
    [
        "2021年园区R&D占比是多少？",
        "2022年园区高新技术企业有多少家？",
        "2023年园区常住人口是多少？",
        "昆山2023年R&D占比",
        "苏州地铁8号线什么时候开通？",
        "苏州市教育局局长是谁？",
        "园区管委会的办公电话是多少？",
        "2020年园区进出口总额",
    ],
)
def test_what_the_documents_do_not_say_is_refused_with_a_reason(engine: Engine, question: str) -> None:
    found = engine.ask(question)
    assert found.refused, found.answer
    assert found.answer == ""
    assert found.reason


def test_a_missing_year_names_the_years_there_are(engine: Engine) -> None:
    reason = engine.ask("2021年园区R&D占比是多少？").reason
    assert reason == "库中没有2021年的数据；最接近的是2020年4.5%、2023年5.16%"


def test_of_two_years_asked_the_one_there_is_is_given_and_the_other_named(engine: Engine) -> None:
    found = engine.ask("2020年和2021年园区R&D占比分别是多少")
    assert found.answer == "2020年4.5%；2021年无数据"
    assert found.reason == "没有找到2021年的数据"


def test_the_same_document_twice_is_answered_once_and_both_are_named(make_engine) -> None:  # type: ignore[no-untyped-def]
    found = make_engine({"甲/成绩单.md": BULLETIN, "乙/成绩单.md": BULLETIN}).ask("2023年园区R&D占比")
    assert len(found.citations) == 1
    assert {found.citations[0].doc, *found.citations[0].also} == {"甲/成绩单.md", "乙/成绩单.md"}


def test_filters_by_document_and_year(engine: Engine) -> None:
    assert {hit.chunk.doc for hit in engine.search("园区上市企业", doc="年鉴*")} == {"年鉴2020.md"}
    assert engine.ask("园区累计境内外上市企业", doc="年鉴*").answer == "45家"
    assert engine.ask("园区累计境内外上市企业", year=2023).answer == "66家"


@pytest.mark.parametrize(
    ("question", "word"), [("", "空"), ("   ", "空"), ("？！……", "没有文字"), ("长" * 5000, "太长")]
)
def test_a_question_that_cannot_be_asked_says_why(engine: Engine, question: str, word: str) -> None:
    with pytest.raises(QuestionError, match=word):
        engine.ask(question)


def test_a_document_named_in_the_question_is_asked_first(make_engine) -> None:  # type: ignore[no-untyped-def]
    text = "# {}\n\n{}年，园区境内外上市企业累计{}家。\n"
    engine = make_engine(
        {"甲.md": text.format("园区年鉴摘要", 2020, 45), "乙.md": text.format("园区成绩单解读", 2023, 66)}
    )
    assert engine.search("《园区年鉴摘要》里境内外上市企业有多少家")[0].chunk.doc == "甲.md"
    assert engine.search("园区成绩单解读里境内外上市企业有多少家")[0].chunk.doc == "乙.md"
    assert engine.ask("《园区年鉴摘要》里境内外上市企业有多少家？").answer == "45家"


def test_the_same_question_gives_the_same_answer(engine: Engine) -> None:
    first, second = (dataclasses.replace(engine.ask("园区上市企业有多少家"), timings_ms={}) for _ in range(2))
    assert first == second


def test_a_rebuilt_index_is_noticed_and_a_removed_document_is_gone(make_engine) -> None:  # type: ignore[no-untyped-def]
    engine = make_engine({"年鉴2020.md": YEARBOOK, "成绩单.md": BULLETIN, "招商.md": NEWS}, own=True)
    assert engine.ask("苏州市商务局局长是谁？").answer == "孙建江"
    (engine.settings.docs / "招商.md").unlink()
    build_index(engine.settings, encoder=engine.encoder)
    assert engine.ask("苏州市商务局局长是谁？").refused
    assert "招商.md" not in engine.index.documents


def test_hits_are_ranked_from_one_with_the_scores_of_each_leg(engine: Engine) -> None:
    hits = engine.search("园区高新技术企业", k=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        legs = hit.legs
        near = 0.7 * legs["dense_scaled"] + 0.3 * legs["sentence_scaled"]
        assert legs["fused"] == pytest.approx(0.4 * legs["lexical_scaled"] + 0.6 * near)  # lexical_weight is 0.4
        assert hit.score == pytest.approx(legs["fused"] + legs["year"] + legs["named"] + legs["fact"] + legs["rerank"])
        assert legs["lexical"] >= 0 and -1 <= legs["dense"] <= 1 and -1 <= legs["sentence"] <= 1
        assert all(0 <= legs[name] <= 1 for name in ("lexical_scaled", "dense_scaled", "sentence_scaled"))
        assert 0 < legs["rerank"] <= 0.6 and legs["named"] == 0


def test_the_year_leg_tells_what_a_year_added_or_took_off(engine: Engine) -> None:
    # the yearbook's own year is added in full, a passage about 2023 alone loses, one that names no year keeps its score
    legs = {hit.chunk.headings: hit.legs["year"] for hit in engine.search("2020年园区上市企业", k=20)}
    assert legs["概况",] == pytest.approx(0.12)
    by_doc = {hit.chunk.doc: hit.legs for hit in engine.search("《园区年鉴》2020年上市企业", k=20)}
    assert by_doc["年鉴2020.md"]["named"] == pytest.approx(0.3)
    assert by_doc["成绩单.md"]["named"] == 0
    assert by_doc["成绩单.md"]["year"] == pytest.approx(-0.15)


def test_a_follow_up_is_completed_and_answered(engine: Engine) -> None:
    asked = engine.complete("那2020年呢？", "2023年园区R&D占比")
    assert asked == "2020年园区R&D占比"
    assert engine.ask(asked).answer == "4.5%"
    assert engine.complete("2023年园区上市企业有多少家？", asked) == "2023年园区上市企业有多少家？"


def test_a_follow_up_with_nothing_before_it_is_told_what_to_add(engine: Engine) -> None:
    answer = engine.ask("那1987年呢？")
    assert answer.refused and "请把主体和指标写全" in answer.reason
