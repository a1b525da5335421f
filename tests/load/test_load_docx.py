"""Word documents: paragraphs with levels, tables by rows, tracked changes as accepted, broken files refused."""

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ragpark.errors import LoadError
from ragpark.load.docx import read_docx
from ragpark.records import RawLine


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def read(document: Any) -> list[RawLine]:
    return list(read_docx(saved(document), "文.docx").lines)


def paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def test_headings_paragraphs_and_tables_in_reading_order() -> None:
    document = docx.Document()
    document.add_heading("年度报告", 0)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("全市企业").add_run("2800家。").bold = True
    document.add_paragraph("")
    table = document.add_table(4, 3)
    for y, row in enumerate(["指标 2022年 2023年", "产值 10亿元 12亿元", "从业 _ 3人", "合计 _ _"]):
        for x, text in enumerate(row.split()):
            table.cell(y, x).text = text.strip("_")
    table.cell(3, 1).merge(table.cell(3, 2)).text = "15万"
    document.add_heading("（一）小节", 2)
    document.add_paragraph("列表项", style="List Bullet")
    assert read(document) == [
        RawLine("年度报告", 1, 1, True),
        RawLine("一、总体情况", 2, 2, True),  # one deeper than its style: the title stands above it
        RawLine("全市企业2800家。", 3, solid=True),
        RawLine("指标：产值；2022年：10亿元；2023年：12亿元", 6, solid=True),
        RawLine("指标：从业；2023年：3人", 7, solid=True),
        RawLine("指标：合计；2022年、2023年：15万", 8, solid=True),
        RawLine("（一）小节", 9, 3, True),
        RawLine("列表项", 10, solid=True),
    ]


def test_levels_without_a_title_are_the_styles_own() -> None:
    document = docx.Document()
    document.add_heading("甲", 1)
    style = document.styles.add_style("标题 2", 1)
    document.add_paragraph("乙", style=style)
    document.element.body.insert(2, paragraph('<w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>丙</w:t></w:r>'))
    assert [(line.text, line.level) for line in read(document)] == [("甲", 1), ("乙", 2), ("丙", 3)]


def test_a_cell_merged_down_labels_each_of_its_rows() -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    for y, row in enumerate(["地区 产值", "甲区 10亿元", "_ 12亿元"]):
        for x, text in enumerate(row.split()):
            table.cell(y, x).text = text.strip("_")
    table.cell(1, 0).merge(table.cell(2, 0))
    assert [line.text for line in read(document)] == ["地区：甲区；产值：10亿元", "地区：甲区；产值：12亿元"]


def test_line_breaks_split_and_tracked_changes_count_as_accepted() -> None:
    document = docx.Document()
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    document.element.body.insert(
        0,
        paragraph(
            f"{run('投入')}<w:ins w:id='1' w:author='x'>{run('增长')}</w:ins>"
            "<w:del w:id='2' w:author='x'><w:r><w:delText>下降</w:delText></w:r></w:del>"
            f"{run('5%。')}<w:r><w:br/></w:r><w:hyperlink>{run('见办法。')}</w:hyperlink>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        ),
    )
    assert read(document) == [RawLine("投入增长5%。", 1, solid=True), RawLine("见办法。", 1, solid=True)]


def test_content_controls_are_read_and_tables_of_contents_are_not() -> None:
    document = docx.Document()
    contents = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    for inner, properties in (("目录一行", contents), ("控件里的正文。", "")):
        content = f"<w:sdtContent><w:p><w:r><w:t>{inner}</w:t></w:r></w:p></w:sdtContent>"
        document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{properties}{content}</w:sdt>"))
    assert [line.text for line in read(document)] == ["控件里的正文。"]


def test_properties() -> None:
    document = docx.Document()
    document.core_properties.title = "园区年度报告"
    meta = read_docx(saved(document), "a.docx").meta
    assert meta == {"title": "园区年度报告"}  # the template's date of creation says nothing
    document.core_properties.title = "文档1"
    assert read_docx(saved(document), "a.docx").meta == {}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"hello", "已损坏或不是 Word 文档"),
        (saved(docx.Document())[:9000], "已损坏或不是 Word 文档"),
        (b"PK\x05\x06" + bytes(18), "已损坏或不是 Word 文档"),  # an empty zip
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .doc 或有密码保护"),
    ],
)
def test_a_broken_file_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(LoadError, match=says):
        read_docx(data, "a.docx")
