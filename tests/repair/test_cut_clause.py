"""A clause cut before its figure is one sentence; labels with values, titles, addresses and lists are not."""

import pytest
from document_fakes import raw

from ragpark.load.html import read_html
from ragpark.records import RawDocument
from ragpark.repair.clean import clean
from ragpark.repair.cut_clause import goes_on


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("园区2023年修路", "7公里。"),
        ("总产值达到", "300亿元，增长5%。"),
        ("园区去年新增", "约30家企业。"),
        ("截至2023年末，企业总数", "2800家，其中高新技术企业"),
        ("园区累计建成载体", "20万平方米（含在建）。"),
        ("2023年园区企业2800", "家。"),
        ("园区2023", "年修路7公里。"),
        ("满意率96.", "5%，比上年高。"),
        ("全年使用外资2.4亿美元，", "增长8%。"),
        ("修路、", "植树都已完成。"),
        ("园区2023年修路7公里", "，植树1900棵。"),
    ],
)
def test_a_cut_clause_goes_on(above: str, line: str) -> None:
    assert goes_on(above, line)


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("修路里程", "7公里。"),  # a label and its value
        ("修路：2023年", "7公里。"),
        ("2023年企业总数", "2800家"),  # cards
        ("园区2023年大事", "5家企业获评先进。"),  # a title
        ("人才规划2035", "人才引进300人。"),
        ("园区概况2023", "2023年，园区新增企业30家。"),
        ("云澜路", "7号。"),  # an address
        ("2023年5月6日", "7公里。"),
        ("一、2023年修路", "7公里。"),
        ("1. 2023年修路", "7公里。"),
        ("2023年做了三件事", "1. 修路7公里。"),
        ("一是修路，", "二是植树。"),
        ("园区2023年修路。", "7公里。"),
    ],
)
def test_what_stands_apart(above: str, line: str) -> None:
    assert not goes_on(above, line)


def test_lines_of_a_page_broken_inside_a_clause_are_one_sentence() -> None:
    page = "<p>园区2023年修路<br>7公里。</p><p>企业总数<br>2800家</p><table><tr><td>2023年<td>7公里。</table>"
    loaded = read_html(f"<meta charset=utf-8>{page}".encode(), "a.html")
    document = clean(RawDocument("a.html", "", "html", "lines", tuple(loaded.lines)))
    assert document.text.split("\n")[:3] == ["园区2023年修路7公里。", "企业总数", "2800家"]


def test_short_lines_of_a_text_broken_inside_a_clause_are_one_sentence() -> None:
    document = clean(raw("园区近况\n\n园区2023年修路\n7公里。\n园区2023年植树\n1900棵，成活率达到\n95%。"))
    assert document.text.split("\n")[1:] == ["园区2023年修路7公里。", "园区2023年植树1900棵，成活率达到95%。"]
