"""Markers and title lines: what is a heading, how deep, and what only looks like one."""

import pytest

from ragpark.repair.headings import (
    is_whole_line_heading,
    looks_like_title,
    marker_level,
    split_inline,
    starts_item,
    starts_with_marker,
)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一编 总述", 1),
        ("第二部分 数据", 1),
        ("第三章  产业", 2),
        ("关键词一", 2),
        ("第十二节 人才", 3),
        ("第四節 人才", 3),
        ("【概况】", 4),
        ("一、总体要求", 5),
        ("第三条 各篇", 5),
        ("（二）主要目标", 6),
        ("(三)保障措施", 6),
        ("3. 建设目标", 7),
        ("4、建设目标", 7),
        ("（1）平台", 8),
    ],
)
def test_marker_levels(line: str, level: int) -> None:
    assert marker_level(line) == level


@pytest.mark.parametrize(
    "line",
    [
        "3.5亿元的投资", "一是突出需求", "第一批名单", "第三条规定的情形", "一、二季度增长5%", "二、三线城市", "第一篇章已经开启",
        "第二节车厢", "2020年园区", "十四五规划", "第三章程草案",
    ],
)  # fmt: skip
def test_what_is_no_marker(line: str) -> None:
    assert marker_level(line) is None


def test_an_arabic_marker_does_not_force_a_paragraph() -> None:
    assert not starts_with_marker("3. 建设目标")
    assert starts_with_marker("三、建设目标")
    assert starts_with_marker("【园区与某市战略合")  # cut in the middle


@pytest.mark.parametrize("line", ["1. 甲", "2、乙", "（3）丙", "④丁", "● 戊", "6) 己"])
def test_items(line: str) -> None:
    assert starts_item(line)


@pytest.mark.parametrize("line", ["1.5亿元", "2020年", "（三）甲"])
def test_no_items(line: str) -> None:
    assert not starts_item(line)


@pytest.mark.parametrize(
    ("paragraph", "head"),
    [
        ("【概况】2020年，园区增长。", "【概况】"),
        ("（一）加强组织领导。各地要重视。", "（一）加强组织领导。"),
        ("第三条 各篇保留毛病。", "第三条"),
        ("1. 名校名院。已有20多个。", "1. 名校名院。"),
    ],
)
def test_inline_headings(paragraph: str, head: str) -> None:
    found = split_inline(paragraph)
    assert found is not None
    assert paragraph[: found[1]] == head


@pytest.mark.parametrize(
    "paragraph",
    [
        "一、二季度增长5%。三季度回落。",
        "（一）写“去年”的，减一年；",
        "（二）园区有高新企业2800家。占全市一半。",  # a figure: the lead is a statement
        "（三）加强组织领导。",
        "第三条规定的情形除外。",
    ],
)
def test_no_inline_heading(paragraph: str) -> None:
    assert split_inline(paragraph) is None


def test_list_items_of_a_format_with_lists_are_no_headings() -> None:
    assert split_inline("1. 名校名院。已有20多个。", deepest=6) is None
    assert is_whole_line_heading("3. 冷泉港实验室", deepest=6) is None
    assert is_whole_line_heading("3. 冷泉港实验室") == 7


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体要求", 5),
        ("一、增长5%。", None),
        ("第三条", 5),
        ("第三条 各篇保留毛病", None),
        ("（一）写“今年”的，不减；", None),
    ],
)
def test_whole_line_headings(line: str, level: int | None) -> None:
    assert is_whole_line_heading(line) == level


@pytest.mark.parametrize(
    "line",
    [
        "驶入科技招商“新赛道”",
        "首次破千亿,先进产业持续集聚",
        "综述",
        "六大关键词 | 解读2023年成绩单",
        "第一部分",
        "某局简报 2023年 第5期",
    ],
)
def test_titles(line: str) -> None:
    assert looks_like_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "加强区域互补，", "二〇二二年四月十五日", "资料汇编编辑组", "园区有企业。", "一是激发科技创新“新活", "（总第9期）", "2023年",
        "地址：某路1号", "》的报道", "某局 2024年5月6日", "好", "修理业  营业额3.5亿元  +0.7%", "第三产业 4483万元 增长2.9%",
    ],
)  # fmt: skip
def test_what_is_no_title(line: str) -> None:
    assert not looks_like_title(line)
