"""Plain text: physical lines with their numbers; Markdown headings, front matter and HTML paragraphs in it."""

import pytest

from ragpark.errors import LoadError
from ragpark.load.text import line_of, read_text, strip_emphasis
from ragpark.records import RawLine


def lines(text: str) -> list[RawLine]:
    return list(read_text(text.encode(), "文.txt").lines)


def test_every_physical_line_is_kept_as_it_is() -> None:
    assert lines("　综  述\r\n\r\n\t甲 \ufffd\r乙\n") == [
        RawLine("　综  述", 1),
        RawLine("", 2),
        RawLine("\t甲 \ufffd", 3),
        RawLine("乙", 4),
    ]


def test_a_page_break_begins_a_line_of_the_same_number() -> None:
    assert lines("甲\n\f乙\n丙\f丁") == [
        RawLine("甲", 1),
        RawLine("", 2),
        RawLine("乙", 2),
        RawLine("丙", 3),
        RawLine("丁", 3),
    ]


def test_front_matter_becomes_meta_and_the_rest_keeps_its_numbers() -> None:
    loaded = read_text("---\ntitle: 新路\ndate: 2022-06-07\n---\n正文。\n".encode(), "文.txt")
    assert loaded.meta == {"title": "新路", "date": "2022-06-07"}
    assert loaded.lines == (RawLine("正文。", 5),)


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("# 决策参阅", "决策参阅", 1),
        ("### **三、沪苏相融**", "三、沪苏相融", 3),
        ("## 概况 ##", "概况", 2),
        ("#话题#很热", "#话题#很热", 0),
        ("####### 七级不是标题", "####### 七级不是标题", 0),
        ("C# 语言", "C# 语言", 0),
        ("#", "#", 0),
        ("**导语：**科技", "**导语：**科技", 0),
        ("---", "---", 0),
    ],
)
def test_markdown_headings_in_text(line: str, text: str, level: int) -> None:
    assert line_of(line, 7) == RawLine(text, 7, level, solid=bool(level))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("**导语：**科技", "导语：科技"),
        ("甲**乙**丙__丁__", "甲乙丙丁"),
        ("***重***", "重"),
        ("2**3 与 a__b", "2**3 与 a__b"),
        ("** 不成对", "** 不成对"),
    ],
)
def test_emphasis_marks(text: str, bare: str) -> None:
    assert strip_emphasis(text) == bare


def test_a_giant_line_of_html_gives_one_solid_line_per_paragraph() -> None:
    found = lines(
        "前言\n<p>甲&amp;乙，<b>投入</b>5%。</p> <p>　　丙&nbsp;丁。<br/>戊。</p><h2>小节</h2>\n<http://a.example/>\n尾"
    )
    assert found == [
        RawLine("前言", 1),
        RawLine("甲&乙，投入5%。", 2, solid=True),
        RawLine("丙\u00a0丁。", 2, solid=True),
        RawLine("戊。", 2, solid=True),
        RawLine("小节", 2, 2, solid=True),
        RawLine("<http://a.example/>", 3),
        RawLine("尾", 4),
    ]


@pytest.mark.parametrize("line", ["HTML 用 <p> 分段</p>", "<p> 没有结束", "若 a<b 且 c>d", "<《办法》>"])
def test_angle_brackets_in_prose_stay(line: str) -> None:
    assert lines(line) == [RawLine(line, 1)]


def test_a_whole_web_page_named_txt_is_read_as_one() -> None:
    loaded = read_text("<!DOCTYPE html><title>甲</title><nav>首页</nav><p>正文内容。</p>".encode(), "文.txt")
    assert [line.text for line in loaded.lines] == ["正文内容。"]


def test_binary_is_refused() -> None:
    with pytest.raises(LoadError, match="不是文本文件"):
        read_text(b"MZ\x90\x00\x03\x00\x00\x00\x04" * 50, "程序.txt")
