"""Tables of Word documents: merged cells, several header rows, tables in tables and boxes, frames, lines in cells."""

import pytest
from docx_files import box, cell, lines, par, row, run, table, word_file

from ragpark.load.docx import read_docx
from ragpark.load.docx_tables import cell_text

SPAN2, DOWN, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADER = "<w:tblHeader/>"


def test_two_header_rows_with_merged_names() -> None:
    rows = (
        row(cell("地区", DOWN), cell("2023年", SPAN2), properties=HEADER),
        row(cell("", ON), "产值", "增速", properties=HEADER),
        row("甲区", "8亿元", "9%"),
    )
    assert lines(table(*rows)) == ["地区：甲区；2023年产值：8亿元；2023年增速：9%"]


def test_a_header_row_that_reaches_down_takes_the_next_row_with_it() -> None:
    rows = (
        row(cell("园区", DOWN), cell("企业", SPAN2), properties=HEADER),
        row(cell("", ON), "新增", "注销"),
        row("甲园", "12", "3"),
    )
    assert lines(table(*rows)) == ["园区：甲园；企业新增：12；企业注销：3"]


def test_a_title_among_the_header_rows_is_a_line_and_the_caption() -> None:
    rows = (
        row(cell("表2 分区情况（单位：亿元）", '<w:gridSpan w:val="3"/>'), properties=HEADER),
        row("地区", "2022年", "2023年", properties=HEADER),
        row("甲区", "8", "9"),
    )
    assert lines(table(*rows)) == ["表2 分区情况（单位：亿元）", "地区：甲区；2022年（亿元）：8；2023年（亿元）：9"]


def test_cells_merged_down_and_across_and_rows_that_begin_further_in() -> None:
    rows = (
        row("产业", "季度", "产值"),
        row(cell("医药", DOWN), "一季度", "14.2"),
        row(cell("", ON), "二季度", "15.8"),
        row("三季度", "5.9", properties='<w:gridBefore w:val="1"/>'),
        row(cell("合计", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "35.9"),
    )
    assert lines(table(*rows)) == [
        "产业：医药；季度：一季度；产值：14.2",
        "产业：医药；季度：二季度；产值：15.8",
        "季度：三季度；产值：5.9",
        "产业、季度：合计；产值：35.9",
    ]


def test_a_merge_marked_as_a_change_counts_as_accepted() -> None:
    rows = (
        row("产业", "产值"),
        row(cell("医药", '<w:cellMerge w:vMerge="rest"/>'), "14.2"),
        row(cell("", '<w:cellMerge w:vMerge="cont"/>'), "15.8"),
    )
    assert lines(table(*rows)) == ["产业：医药；产值：14.2", "产业：医药；产值：15.8"]


def test_a_merge_that_begins_nowhere_keeps_its_text() -> None:
    assert lines(table(row("指标", "2023年"), row(cell("产值", ON), "88"))) == ["指标：产值；2023年：88"]


def test_a_table_in_a_cell_is_read_as_a_table_after_its_row() -> None:
    inner = table(row("指标", "2022年", "2023年"), row("研发投入", "8.1", "9.7"))
    body = table(row("填报单位", "云澜园区"), row("数据", cell(par("单位：亿元") + inner + par(""))), row("备注", "无"))
    read = read_docx(word_file(body), "文.docx").lines
    assert [(line.text, line.place) for line in read] == [
        ("填报单位：云澜园区", 1),
        ("数据：单位：亿元", 2),
        ("指标：研发投入；2022年（亿元）：8.1；2023年（亿元）：9.7", 2),
        ("备注：无", 3),
    ]
    assert read[2].table is not None and read[2].table.columns == (("指标",), ("2022年",), ("2023年",))


def test_tables_in_both_cells_of_a_layout() -> None:
    left, right = (table(row("年份", name), row("2023年", figure)) for name, figure in (("产值", "88"), ("税收", "6")))
    assert lines(table(row(cell(left + par("")), cell(right + par(""))), row("左", "右"))) == [
        "年份：2023年；产值：88",
        "年份：2023年；税收：6",
        "左：右",
    ]


def test_a_frame_around_text_is_text() -> None:
    inner = table(row("年份", "产值"), row("2023年", "88"))
    read = read_docx(word_file(table(row(cell(par("提示") + par("产值稳步增长。") + inner)))), "文.docx").lines
    assert [line.text for line in read] == ["提示", "产值稳步增长。", "年份：2023年；产值：88"]
    assert read[0].row is None
    whole = cell(par("承诺：") + par("材料真实。") + par("后果自负。"), SPAN2)
    assert lines(table(row("姓名", "王某"), row(whole), row("备注", "无"))) == [
        "姓名：王某",
        "承诺：",
        "材料真实。",
        "后果自负。",
        "备注：无",
    ]


def test_tables_in_boxes_and_boxes_in_cells() -> None:
    inner = table(row("指标", "2023年"), row("产值", "88"))
    assert lines(par(run("见右。") + box(par("表1 产值（单位：亿元）"), inner))) == [
        "见右。",
        "表1 产值（单位：亿元）",
        "指标：产值；2023年（亿元）：88",
    ]
    boxed = cell(par(run("9") + box(par("初步数"))))
    assert lines(table(row("指标", "2023年"), row("税收", boxed))) == ["指标：税收；2023年：9", "初步数"]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["产值\n（亿元）"], "产值（亿元）"),
        (["规上工业", "增加值"], "规上工业增加值"),
        (["地", "区", "名"], "地区名"),
        (["14.2", "15.8"], "14.2 15.8"),
        (["甲公司", "乙公司", "丙公司"], "甲公司；乙公司；丙公司"),
        (["甲公司\n乙公司\n丙公司"], "甲公司；乙公司；丙公司"),
        (["第一段说的是纳米材料产业。", "第二段说的是别的产业。"], "第一段说的是纳米材料产业。第二段说的是别的产业。"),
        (["表1 指标", "单位：亿元"], "表1 指标 单位：亿元"),
        (["", " 88 "], "88"),
        ([], ""),
    ],
)
def test_paragraphs_of_a_cell(paragraphs: list[str], said: str) -> None:
    assert cell_text(paragraphs) == said


def test_names_of_columns_are_never_lists() -> None:
    assert cell_text(["规模以上", "工业增加值", "（亿元）"], names_columns=True) == "规模以上工业增加值（亿元）"
    assert cell_text(["规模以上", "工业增加值", "（亿元）"]) == "规模以上；工业增加值（亿元）"
