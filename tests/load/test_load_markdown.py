"""Markdown: headings, paragraphs line by line, lists, tables, code and HTML, each with its line number."""

from ragpark.load import markdown
from ragpark.load.markdown import read_markdown
from ragpark.records import RawLine


def lines(text: str) -> list[RawLine]:
    return list(read_markdown(text.encode(), "文.md").lines)


def text_lines(text: str) -> list[tuple[int, str]]:
    return [(line.place, line.text) for line in lines(text) if line.text]


def test_headings_of_both_kinds_with_their_levels() -> None:
    assert lines("# 一、**总体** 情况\n\n概况\n====\n\n小节 {#a}\n---\n") == [
        RawLine("一、总体 情况", 1, 1, True),
        RawLine("", 2),
        RawLine("概况", 3, 1, True),
        RawLine("", 5),
        RawLine("小节", 6, 2, True),
    ]


def test_a_long_paragraph_over_a_rule_is_no_heading() -> None:
    assert lines("园区投入增长。\n---\n") == [RawLine("园区投入增长。", 1)]


def test_soft_wrapped_lines_stay_apart_and_can_be_joined_later() -> None:
    assert lines("园区投入增\n长5%。  \n下一行\n\n    缩进的段落\n") == [
        RawLine("园区投入增", 1),
        RawLine("长5%。", 2),
        RawLine("下一行", 3),
        RawLine("", 4),
        RawLine("缩进的段落", 5),
    ]


def test_inline_markup_leaves_its_visible_text() -> None:
    assert text_lines("**导语：**见[办法](http://a.example/x)和`代码`![图](a.png)，<sub>注</sub>~~删~~。甲<br>乙") == [
        (1, "导语：见办法和代码，注删。甲"),
        (1, "乙"),
    ]


def test_list_items_keep_numbers_and_lose_bullets() -> None:
    assert lines("3. 甲项\n   续行\n4. 乙\n   - 子项 one\n     two\n") == [
        RawLine("3. 甲项续行", 1, solid=True),
        RawLine("4. 乙", 3, solid=True),
        RawLine("子项 one two", 4, solid=True),
    ]


def test_table_rows_carry_their_column_names() -> None:
    assert lines(
        "前\n\n| 指标 | 2022年 | 2023年 |\n|---|--:|---|\n| 产值 | 10亿元 | **12亿元** |\n| 从业 | | 3人 |\n"
    ) == [
        RawLine("前", 1),
        RawLine("", 2),
        RawLine("指标：产值；2022年：10亿元；2023年：12亿元", 5, solid=True),
        RawLine("指标：从业；2023年：3人", 6, solid=True),
    ]


def test_a_table_with_an_empty_head_keeps_its_rows() -> None:
    assert text_lines("| | |\n|---|---|\n| 索引号 | 2023-15 |\n") == [(3, "索引号：2023-15")]


def test_quotes_code_and_html_blocks() -> None:
    assert text_lines("> 引文\n> 两行\n\n```\ncode  a\n\nb\n```\n\n<div>甲<p>乙</p>\n<p>丙</p></div>\n") == [
        (1, "引文"),
        (2, "两行"),
        (5, "code  a"),
        (7, "b"),
        (10, "甲"),
        (10, "乙"),
        (11, "丙"),
    ]


def test_front_matter_shifts_no_line_number() -> None:
    loaded = read_markdown("---\ntitle: 甲\n---\n\n# 乙\n正文\n".encode(), "文.md")
    assert loaded.meta == {"title": "甲"}
    assert loaded.lines == (RawLine("", 4), RawLine("乙", 5, 1, True), RawLine("正文", 6))


def test_a_very_large_file_is_read_by_lines(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(markdown, "_MAX_PARSED_BYTES", 10)
    loaded = read_markdown("# 标题很长很长\n正文".encode(), "大.md")
    assert loaded.lines == (RawLine("标题很长很长", 1, 1, True), RawLine("正文", 2))
    assert loaded.problems == ("文件较大，按纯文本读取",)


def test_lines_that_only_look_like_link_addresses_stay() -> None:
    text = "投诉17件[^1]，租金3亿元[注2]。\n\n[^1]: 口径是热线转办件。\n\n[注2]: 人民币。\n\n[数据来源]: 市统计局。\n"
    assert text_lines(text) == [
        (1, "投诉17件[1]，租金3亿元[注2]。"),
        (3, "[1]: 口径是热线转办件。"),
        (5, "[注2]: 人民币。"),
        (7, "[数据来源]: 市统计局。"),
    ]


def test_addresses_of_links_are_no_text() -> None:
    text = '见[公报][1]和[图]。\n\n[1]: https://a.example/x "公报"\n[图]: <b c.png>\n[三]: ./d.md\n'
    assert text_lines(text) == [(1, "见公报和图。")]
    assert text_lines("```\n[口径]: 留着\n```\n") == [(2, "[口径]: 留着")]


def test_terms_and_their_meanings_are_pairs() -> None:
    assert text_lines("容积率\n: 建筑面积与用地面积之比。\n: 又叫密集率。\n\n绿地率\n\n:   绿地面积的占比。\n") == [
        (1, "容积率：建筑面积与用地面积之比。"),
        (3, "容积率：又叫密集率。"),
        (5, "绿地率：绿地面积的占比。"),
    ]
    assert text_lines("说完了。\n: 不是解释") == [(1, "说完了。"), (2, ": 不是解释")]


def test_raised_characters_and_formulas_keep_their_characters() -> None:
    assert text_lines("产值77<sup>1</sup>亿元，面积88km^2^，H~2~O。\n") == [(1, "产值77亿元[1]，面积88km²，H2O。")]
    assert text_lines(r"增长$7.09\%$，另增5.1\%，$a_1*b_1$与**$x_2$**，5*3*2米。") == [
        (1, r"增长$7.09\%$，另增5.1\%，$a_1*b_1$与$x_2$，5*3*2米。")
    ]


def test_a_table_with_a_blank_header_row_or_a_second_row_of_names() -> None:
    assert text_lines("| | |\n|---|---|\n| 指标 | 2023年 |\n| 产值（亿元） | 2 |\n") == [
        (4, "指标：产值（亿元）；2023年：2")
    ]
    assert text_lines(
        "| 地区 | 2022年 | | 2023年 | |\n|:-|-:|-|-|-|\n| | 出口 | 进口 | 出口 | 进口 |\n| 甲区 | 1 | 2 | 3 | 4 |\n"
    ) == [(4, "地区：甲区；2022年出口：1；2022年进口：2；2023年出口：3；2023年进口：4")]
