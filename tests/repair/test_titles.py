"""The title of a document, and which paragraphs are headings once all are known."""

import pytest

from ragpark.records import RawDocument, RawLine
from ragpark.repair.clean import clean
from ragpark.repair.lines import Paragraph
from ragpark.repair.opening import mark_opening
from ragpark.repair.titles import choose_title, demote_bodiless, is_generic, mark_titles, split_headings

BODY = "园区在全国率先推行一站式服务，企业办事只进一扇门，平均用时由十二天缩短为三天。"


def made(*texts: str, solid: bool = False) -> list[Paragraph]:
    return [Paragraph([(text, number)], 0, solid) for number, text in enumerate(texts, start=1)]


def levels(*texts: str, solid: bool = False) -> list[tuple[str, int]]:
    paragraphs = list(split_headings(made(*texts, solid=solid)))
    mark_opening(paragraphs)
    mark_titles(paragraphs)
    demote_bodiless(paragraphs)
    return [(paragraph.text, paragraph.level) for paragraph in paragraphs]


def test_a_short_line_above_text_is_a_heading() -> None:
    assert levels("从一扇门到一张网", BODY) == [("从一扇门到一张网", 3), (BODY, 0)]


def test_a_date_may_stand_between_a_title_and_its_text() -> None:
    assert levels("从一扇门到一张网", "2024年5月6日", BODY)[0][1] == 3


def test_headings_without_text_are_text() -> None:
    assert levels(BODY, "一、服务", "二、环境") == [(BODY, 0), ("一、服务", 0), ("二、环境", 0)]


def test_a_title_above_chapters_stands_over_them() -> None:
    found = levels("汇编说明", "第一章 总则", "第一条 各篇自行编写。", "第二条 数字取自公开来源。")
    assert found[:4] == [("汇编说明", 1), ("第一章 总则", 2), ("第一条", 5), ("各篇自行编写。", 0)]


def test_items_of_a_list_are_no_headings() -> None:
    found = levels("主要来源如下：", "（一）年鉴；", "（二）公报；", "（三）某报某社的报道")
    assert [level for _, level in found] == [0, 0, 0, 0]
    found = levels("1．实施培育工程。每年新增500家；", "2．实施引育工程。每年引进300名。", BODY)
    assert [level for _, level in found] == [0, 0, 0]


def test_the_last_row_of_figures_is_no_heading() -> None:
    rows = ("甲业产值7.5亿元，增长2%", "乙业产值9亿元，下降1.5%")
    assert levels("两个行业如下：", *rows, BODY, solid=True) == [
        ("两个行业如下：", 0),
        *((row, 0) for row in rows),
        (BODY, 0),
    ]
    assert levels(rows[0], BODY)[0][1] == 3  # alone it may be one


def test_in_solid_lines_arabic_markers_are_items() -> None:
    assert levels("1. 名校名院。" + BODY, "3. 实验室", BODY, solid=True) == [
        ("1. 名校名院。" + BODY, 0), ("3. 实验室", 0), (BODY, 0),
    ]  # fmt: skip


def test_a_bold_paragraph_is_no_heading() -> None:
    paragraph = Paragraph([("园区很大。人也多。", 1)], 2, True)
    assert next(split_headings([paragraph])).level == 0


def test_the_rest_of_a_split_paragraph_keeps_its_places() -> None:
    paragraph = Paragraph([("【概", 1), ("况】2020年，", 2), ("园区增长。", 3)])
    head, rest = split_headings([paragraph])
    assert (head.pieces, head.level) == ([("【概", 1), ("况】", 2)], 4)
    assert rest.pieces == [("2020年，", 2), ("园区增长。", 3)]


def heading(text: str) -> Paragraph:
    return Paragraph([(text, 1)], 3)


BELOW = made(BODY)


@pytest.mark.parametrize(
    ("paragraphs", "doc", "given", "running", "title"),
    [
        ([heading("从一扇门到一张网"), *BELOW], "a.txt", "门户", [], "门户"),
        ([heading("从一扇门到一张网"), *BELOW], "a.txt", "", [], "从一扇门到一张网"),
        ([*made("六大关键词"), *BELOW, heading("一扇门"), *BELOW], "a.txt", "", [], "一扇门"),
        ([heading("综  述"), *BELOW, heading("科技政策"), *BELOW], "年鉴2020.txt", "", [], "年鉴2020"),
        ([heading("综述"), *BELOW, heading("科技政策"), *BELOW], "002_0c.txt", "", ["科学技术"], "科学技术"),
        ([*made("年度报告"), heading("前言"), *BELOW], "002_0c.txt", "", [], "年度报告"),
        ([heading("从一扇门到一张网"), *BELOW], "a.html", "某县人民政府", [], "从一扇门到一张网"),
        (BELOW, "a.html", "某县人民政府", [], "某县人民政府"),
        ([heading("综述"), *BELOW], "002_0c.txt", "", [], "综述"),
        ([heading("前言"), *BELOW], "002_0c.txt", "综述", [], "综述"),
        (BELOW, "sub/苏州 发布会.txt", "", [], "苏州 发布会"),
        (BELOW, "002_0c.txt", "", [], "002_0c"),
        ([], ".txt", "", [], ".txt"),
    ],
)
def test_the_title(paragraphs: list[Paragraph], doc: str, given: str, running: list[str], title: str) -> None:
    assert choose_title(paragraphs, doc, given, running) == title


@pytest.mark.parametrize(
    ("lines", "doc", "title"),
    [
        # what only a heading further down, a menu or a short line says gives way to the file's name
        ([BODY, "## 附则", BODY], "石桥区招商手册_农业政策.txt", "石桥区招商手册_农业政策"),
        (["园区简介园区规划招商政策园区简介", BODY], "走进石桥数据园.txt", "走进石桥数据园"),
        (["经济总览", "产值走势", "投资走势", "## 2015年零售额构成", BODY], "石桥市年度指标.txt", "石桥市年度指标"),
        # a line that the name was made from is the title, whatever stands before it
        (["热点资讯", "石桥区三年计划开局，二十个项目开工", BODY], "石桥区三年计划开局.txt", "石桥区三年计划开局，二十个项目开工"),
        (["欢迎参观石桥大学茶叶博物馆、农具馆", "茶叶博物馆参观须知", BODY], "茶叶博物馆参观须知.txt", "茶叶博物馆参观须知"),
        (["茶园变化有多大（深度观察④）", "茶园一角", BODY], "茶园变化有多大.txt", "茶园变化有多大（深度观察④）"),
        # a name that holds the whole title and says more stands for it; which copy and which site says nothing
        (["## 园区介绍", BODY], "石桥软件园 园区介绍.txt", "石桥软件园 园区介绍"),
        (["上半年全市经济稳中向好", BODY], "石桥上半年全市经济稳中向好.txt", "石桥上半年全市经济稳中向好"),
        (["上半年全市经济稳中向好", BODY], "上半年全市经济稳中向好-青禾日报网.txt", "上半年全市经济稳中向好"),
        (["关于压缩时限的通知", BODY], "关于压缩时限的通知（终稿）.txt", "关于压缩时限的通知"),
        # what opens the text stays before a name in other words
        (["## 加快重点产业实施意见", BODY], "石桥县旅游扶持政策.txt", "加快重点产业实施意见"),
        (["## 两家食堂开伙", BODY], "某报20200825_07版.txt", "两家食堂开伙"),
        (["工作报告全文", "各位代表：", BODY], "计划报告.txt", "工作报告全文"),
    ],
)  # fmt: skip
def test_the_title_beside_a_file_s_name_in_words(lines: list[str], doc: str, title: str) -> None:
    paragraphs = [heading(line[3:]) if line.startswith("## ") else made(line)[0] for line in lines]
    assert choose_title(paragraphs, doc) == title


def test_the_name_of_the_site_and_its_buttons_are_no_title() -> None:
    lines = ("青禾政府网 无障碍版 登录", "青科〔20242", "", "关于组织申报科技资金项目的通知", "", "各县：" + BODY)
    made = tuple(RawLine(line, number) for number, line in enumerate(lines, start=1))
    assert clean(RawDocument("a_16.txt", "0" * 64, "txt", "lines", made, {})).title == lines[3]


def test_generic_titles() -> None:
    assert is_generic("综  述")
    assert is_generic("【概况】")
    assert not is_generic("苏州概况")


def test_a_title_wins_over_a_by_line_and_a_breadcrumb_under_it() -> None:
    for under in (
        "青禾　记者张三　通讯员李四",
        "青禾区融媒体中心　李晚晴",
        "选择区域:>>  当前位置：首页 > 公报 > 青禾",
    ):
        lines = tuple(
            RawLine(line, number) for number, line in enumerate(("从一扇门到一张网", under, "", BODY), start=1)
        )
        assert clean(RawDocument("a.txt", "0" * 64, "txt", "lines", lines, {})).title == "从一扇门到一张网"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["当前位置：正文", "青禾孵化园", BODY], "青禾孵化园"),
        (["首页 行业动态 青禾展会 圆满闭幕", "青禾展会 圆满闭幕", "发布时间：2011-04-25", BODY], "青禾展会圆满闭幕"),
        (
            ["青禾推介会在石桥举行！", "发稿时间：2021/6/9 【字体：大 中 小】", BODY, "活动现场", BODY],
            "青禾推介会在石桥举行！",
        ),
        (["各位来宾！", BODY, "从一扇门到一张网", BODY], "从一扇门到一张网"),
        (["# Data Catalog", "All series of the region.", BODY], "Data Catalog"),
    ],
)
def test_the_title_of_a_page_with_what_stands_beside_it(lines: list[str], title: str) -> None:
    made = tuple(
        RawLine(line.removeprefix("# "), number, int(line.startswith("# ")))
        for number, line in enumerate(lines, start=1)
    )
    document = clean(RawDocument("a.txt", "0" * 64, "txt", "lines", made, {}))
    assert document.title == title
    assert "活动现场" not in [heading.text for heading in document.headings]
