"""Automatic numbering: labels as Word prints them, restarts, levels bound to styles, numbers that stay out of figures."""

import pytest
from docx_files import cell, lines, numbered, numbering, par, row, run, table, word_file

from ragpark.load.docx import read_docx
from ragpark.load.docx_numerals import chinese, circled, written
from ragpark.records import RawDocument
from ragpark.repair.clean import clean


def labels(body: str, parts: dict[str, str]) -> list[str]:
    return [text.replace("   ", "_") for text in lines(body, parts)]


def test_articles_of_rules_and_a_second_document_with_parts() -> None:
    body = "".join(numbered(text) for text in ("本办法适用于园区。", "企业应当登记。", "违反的，责令改正。"))
    assert labels(body, numbering("chineseCountingThousand|第%1条")) == [
        "第一条_本办法适用于园区。",
        "第二条_企业应当登记。",
        "第三条_违反的，责令改正。",
    ]
    body = numbered("工作目标") + numbered("创新", 1) + numbered("产业", 1) + numbered("保障措施") + numbered("组织", 1)
    assert labels(body, numbering("chineseCounting|%1、", "chineseCounting|（%2）")) == [
        "一、工作目标",
        "（一）创新",
        "（二）产业",
        "二、保障措施",
        "（一）组织",
    ]


def test_levels_in_plain_digits_under_chinese_chapters() -> None:
    # `isLgl` writes the chapter's number in digits; without it the label would be 一.1
    levels = numbering("chineseCountingThousand|第%1章", "decimal|%1.%2|<w:isLgl/>", "lowerLetter|%3)")
    body = numbered("总则") + numbered("目的", 1) + numbered("范围", 1) + numbered("甲", 2) + numbered("分则")
    body += numbered("评价", 1) + numbered("", 1) + numbered("奖励", 1)  # the empty one is printed and counted
    assert labels(body, levels) == [
        "第一章_总则", "1.1_目的", "1.2_范围", "a)_甲", "第二章_分则", "2.1_评价", "2.3_奖励",
    ]  # fmt: skip


def test_a_level_without_its_parent_shows_where_that_would_begin() -> None:
    assert labels(numbered("甲", 1) + numbered("乙", 1), numbering("decimal|%1", "decimal|%1.%2")) == [
        "1.1_甲",
        "1.2_乙",
    ]


def test_articles_that_go_on_through_the_chapters() -> None:
    levels = numbering("chineseCounting|第%1章", "chineseCounting|第%2条|<w:lvlRestart w:val='0'/>")
    body = numbered("总则") + numbered("甲", 1) + numbered("乙", 1) + numbered("罚则") + numbered("丙", 1)
    assert labels(body, levels) == ["第一章_总则", "第一条_甲", "第二条_乙", "第二章_罚则", "第三条_丙"]


def test_a_level_that_restarts_only_after_the_first() -> None:
    levels = numbering("decimal|%1", "decimal|%2", "decimal|%3）|<w:lvlRestart w:val='1'/>")
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 1) + numbered("戊", 2)
    body += numbered("己") + numbered("庚", 2)
    assert labels(body, levels) == ["1_甲", "1_乙", "1）丙", "2_丁", "2）戊", "2_己", "1）庚"]


def test_lists_of_one_definition_go_on_unless_told_to_start_anew() -> None:
    abstract = '<w:abstractNumId w:val="0"/>'
    nums = (
        f'<w:num w:numId="1">{abstract}</w:num>'
        f'<w:num w:numId="2">{abstract}<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        f'<w:num w:numId="3">{abstract}</w:num>'
        f'<w:num w:numId="4">{abstract}<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙") + numbered("丙", 0, 2) + numbered("丁", 0, 2) + numbered("戊", 0, 3)
    assert labels(body + numbered("己", 0, 4), numbering("decimal|%1.", nums=nums)) == [
        "1._甲", "2._乙", "1._丙", "2._丁", "3._戊", "IV._己",
    ]  # fmt: skip


_STYLES = {
    "styles.xml": "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/>{base}<w:pPr>{inner}</w:pPr></w:style>'
        for id_, name, base, inner in (
            ("1", "heading 1", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
            ("2", "heading 2", "", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
            ("9", "公文二级", '<w:basedOn w:val="2"/>', ""),
            ("8", "附录", '<w:basedOn w:val="1"/>', '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        )
    )
}


def test_numbers_that_come_with_the_style_of_a_heading() -> None:
    parts = _STYLES | numbering("decimal|%1|<w:pStyle w:val='1'/>", "decimal|%1.%2|<w:pStyle w:val='2'/>")
    body = "".join(
        par(text, f'<w:pStyle w:val="{style}"/>{more}')
        for text, style, more in (
            ("总体", "1", ""),
            ("投入", "2", ""),
            ("产出", "9", ""),
            ("附表", "8", ""),
            ("展望", "1", ""),
            ("致谢", "2", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
        )
    )
    assert [(line.text.replace("   ", "_"), line.level) for line in read_docx(word_file(body, parts), "文.docx").lines] == [
        ("1_总体", 1), ("1.1_投入", 2), ("1.2_产出", 2), ("附表", 1), ("2_展望", 1), ("致谢", 2),
    ]  # fmt: skip


def test_a_list_defined_by_a_list_style() -> None:
    inner = '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>'
    parts = {
        "numbering.xml": f'<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="L"/>{inner}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    }
    assert labels(numbered("甲", 0, 5) + numbered("乙", 0, 5), parts) == ["3、甲", "4、乙"]


def test_bullets_unknown_lists_and_hidden_paragraphs_add_nothing() -> None:
    parts = numbering("bullet|\uf0b7", "decimal|%2.")
    hidden = numbered(run("藏", "<w:vanish/>"), 1, more="<w:rPr><w:vanish/></w:rPr>")
    body = numbered("甲") + numbered("乙", 0, 99) + hidden + numbered("丙", 1)
    assert labels(body, parts) == ["甲", "乙", "1._丙"]


def test_a_column_of_serial_numbers_is_content() -> None:
    rows = [row(cell(numbered("")), name, figure) for name, figure in (("甲公司", "3"), ("乙公司", "4"))]
    assert lines(table(row("序号", "名称", "产值"), *rows), numbering("decimal|%1")) == [
        "序号：1；名称：甲公司；产值：3",
        "序号：2；名称：乙公司；产值：4",
    ]


def test_a_number_stays_apart_from_the_text_when_it_is_repaired() -> None:
    body = par("园区情况") + numbered("研发投入", 1) + numbered("2023年投入9.7亿元，比上年增长。", 2)
    parts = numbering("decimal|%1", "decimal|%1.%2", "decimal|%3.")
    read = read_docx(word_file(body, parts), "文.docx")
    text = clean(RawDocument("文.docx", "", "docx", "paragraphs", read.lines)).text
    assert text == "园区情况\n1.1 研发投入\n1. 2023年投入9.7亿元，比上年增长。"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (2003, "二千零三"),
        (0, "0"),
    ],
)
def test_numbers_as_counted_in_chinese(value: int, said: str) -> None:
    assert chinese(value) == said


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (14, "upperRoman", "XIV"),
        (28, "lowerLetter", "bb"),  # a … z, then aa, bb
        (3, "decimalZero", "03"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (2, "ideographTraditional", "乙"),
        (10, "ideographDigital", "一〇"),
        (7, "decimalEnclosedParen", "⑺"),
        (5, "decimalFullWidth", "５"),
        (4, "chicago", "§"),
        (6, "a format of tomorrow", "6"),
    ],
)
def test_formats(value: int, kind: str, said: str) -> None:
    assert written(value, kind) == said


def test_circled_numbers() -> None:
    assert [circled(n) for n in (1, 20, 21, 35, 36, 50, 51)] == ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "(51)"]
