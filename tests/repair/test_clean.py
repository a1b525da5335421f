"""A whole document: text, headings, title, date, source and the way back to the original; on damage of every kind."""

from pathlib import Path

import pytest
from document_fakes import raw
from hypothesis import given
from hypothesis import strategies as st

from ragpark.load import find_documents, load_document
from ragpark.records import RawDocument, RawLine
from ragpark.repair.clean import clean
from ragpark.repair.sections import split_sections

SAMPLES = Path(__file__).parents[2] / "docs_raw"
BODY = "园区在全国率先推行一站式服务，企业办事只进一扇门，平均用时由十二天缩短为三天。"


def outline(document: RawDocument) -> list[tuple[int, str]]:
    return [(heading.level, heading.text) for heading in clean(document).headings]


def test_a_page_of_a_newspaper() -> None:
    document = clean(
        raw(
            " 一扇门里的三年变化\n\n园区在全国率先推行一窗受理服\n务，企业办事只进一扇门，平均用时\n由十二天缩短为三天，近5\n\n"
            "年办件38\n7万件，满意率96.\n5%，这一做法后来写进了省里的文\n件。\n\n下一步怎么走\n企业的评价也在慢慢变好，三年\n满意率由百"
            "分之八十一升到九十六，\n投诉的件数则少了一半还多，降到一\n百零三件。\n\n满意率升到九十六\n图\n片\n由\n某\n局\n供",
            "2024-06-28 某报.txt",
        )
    )
    assert document.text.split("\n") == [
        "一扇门里的三年变化",
        "园区在全国率先推行一窗受理服务，企业办事只进一扇门，平均用时由十二天缩短为三天，近5年办件387万件，满意率96.5%，"
        "这一做法后来写进了省里的文件。",
        "下一步怎么走",
        "企业的评价也在慢慢变好，三年满意率由百分之八十一升到九十六，投诉的件数则少了一半还多，降到一百零三件。",
        "满意率升到九十六",
    ]
    assert [heading.text for heading in document.headings] == ["一扇门里的三年变化", "下一步怎么走"]
    assert (document.title, document.date) == ("一扇门里的三年变化", "2024-06-28")
    start = document.text.index("387万件")
    assert document.locator(start, start + 3) == {"lines": [7, 8]}  # `38` ends line 7, `7万件` begins line 8


def test_articles_are_sections_of_their_chapter() -> None:
    document = clean(
        raw("办法\n第一章  总则\n第一条  各篇自行编写，数字取自公开来源。\n第二条  第一条规定的情形除外，另行公布。")
    )
    assert [section.headings for section in split_sections(document)] == [
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
    ]
    assert document.title == "办法"


def test_field_lines_give_date_and_source() -> None:
    document = clean(raw(f"从一扇门到一张网\n發布日期：2024-01-02  來源：某報\n{BODY}", solid=True))
    assert (document.date, document.source, document.text) == ("2024-01-02", "某報", f"从一扇门到一张网\n{BODY}")


def test_a_sidecar_wins_over_front_matter_and_that_over_the_text() -> None:
    text = f"从一扇门到一张网\n2020年1月2日\n{BODY}"
    meta = {"title": "门", "date": "2021-01-02", "source": "甲报"}
    pinned = {"title": "窗", "date": "2022-01-02", "source": "乙报"}
    found = [clean(raw(text, meta=meta, pinned=pinned)), clean(raw(text, meta=meta)), clean(raw(text))]
    assert [(one.title, one.date, one.source) for one in found] == [
        ("窗", "2022-01-02", "乙报"), ("门", "2021-01-02", "甲报"), ("从一扇门到一张网", "2020-01-02", None),
    ]  # fmt: skip


def test_the_date_of_the_file_itself_is_the_last_resort() -> None:
    assert clean(raw(BODY, meta={"created": "2024-01-02"})).date == "2024-01-02"
    assert clean(raw(BODY, "2023.txt", meta={"created": "2024-01-02"})).date == "2023"


def test_a_lost_character_inside_a_word_is_a_problem() -> None:
    assert clean(raw("园区创\ufffd发展。")).problems == ("有 1 个字符无法辨认",)
    assert clean(raw("园区创新发展。\ufffd")).problems == ()


def test_sample_headings_are_real_ones() -> None:
    rules = outline(load_document(SAMPLES, "汇编 编写说明.txt"))
    assert (1, "汇编编写说明") in rules and (2, "第一章 总则") in rules
    assert {text for level, text in rules if level == 5} == {
        f"第{n}条" for n in [*"一二三四五六七八九十", "十一", "十二", "十三"]
    }
    digest = [text for _, text in outline(load_document(SAMPLES, "创新参考摘编第2期.md"))]
    assert not any(text[0] in "123" for text in digest)


@pytest.mark.parametrize(
    ("doc", "title", "date"),
    [
        ("2024-06-28 苏州发布会摘编.txt", "一场发布会里的苏州创新账本", "2024-06-28"),
        ("五个高新区速览.pdf", "五个高新区速览", "2025-03-18"),
        ("全国科技经费投入公报摘编.docx", "全国科技经费投入公报摘编", "2024-10-08"),
        ("创新参考摘编第2期.md", "苏州工业园区靠什么聚起全球创新资源", "2022-05-09"),
        ("园区2023年科技创新数读.html", "从七组数字看园区2023年科技创新", "2024-05-20"),
        ("园区年鉴摘编2020.txt", "园区年鉴摘编2020", "2020"),
        ("園區三十年大事記.txt", "园区三十年大事记", "2024-05-12"),
        ("成都高新区两年账.htm", "成都高新区两年账", "2023-02-24"),
        ("汇编 编写说明.txt", "汇编编写说明", None),
        ("科技招商报道摘编.md", "换一条路招商：苏州科技招商报道摘编", "2022-06-10"),
    ],
)
def test_titles_and_dates_of_the_samples(doc: str, title: str, date: str | None) -> None:
    document = clean(load_document(SAMPLES, doc))
    assert (document.title, document.date) == (title, date)


@pytest.mark.parametrize("doc", find_documents(SAMPLES))
def test_no_page_furniture_or_credit_stands_in_a_sample(doc: str) -> None:
    text = clean(load_document(SAMPLES, doc)).text
    for words in ("扫一扫", "ICP备", "打印", "浏览次数", "供稿", "责任编辑", "园区观察 2025", "返回首页", "\ufffd"):
        assert words not in text


LINES = st.lists(
    st.builds(
        RawLine,
        st.text(
            alphabet="园区增长年月日家第一二三章条、。，；：！“”（）【】《》0123456789.% \u3000\t\ufffd\x00\u200bABc>首页来源",
            max_size=40,
        )
        | st.sampled_from(
            ["", "综  述", "一、总则", "（周一舟）", "2024年5月6日", "首页 > 正文", "图", "相关阅读", "来源：某报"]
        ),
        st.integers(1, 50),
        st.integers(0, 6),
        st.booleans(),
    ),
    max_size=40,
)


@given(LINES, st.sampled_from(["lines", "page"]))
def test_cleaning_never_fails_and_every_offset_has_a_place(lines: list[RawLine], unit: str) -> None:
    document = clean(RawDocument("a.txt", "", "txt", unit, tuple(lines)))  # type: ignore[arg-type]
    assert document.title
    assert [start for start, _ in document.places] == sorted({start for start, _ in document.places})
    assert not document.text or document.places[0][0] == 0
    given_places = {line.place for line in lines}
    assert all(place in given_places for _, place in document.places)
    for heading in document.headings:
        assert document.text[heading.start : heading.end].strip("【】 ") == heading.text.strip("【】 ")
    # nothing is invented: what stands in the text or was removed stood in the lines, spaces aside
    letters = sorted(c for c in document.text if c.isalnum())
    assert not (set(letters) - set("".join(line.text for line in lines)))
    for start in range(0, len(document.text), 7):
        assert document.locator(start, start + 1)
