"""Layout spaces go, spaces between words stay; what two joined lines get between them."""

import pytest

from ragpark.repair.spacing import between, tidy, without_lost


@pytest.mark.parametrize(
    ("line", "tidied"),
    [
        ("综  述", "综述"),
        ("科 技 创 新", "科技创新"),
        ("6月 26日", "6月26日"),
        ("超 1 万个", "超1万个"),
        ("达 5.16 %", "达5.16%"),
        ("第一章  总则", "第一章 总则"),  # the number keeps one space to its name
        ("第三条  各篇故意", "第三条 各篇故意"),
        ("关键词一  产业", "关键词一 产业"),
        ("主任：甲某      主编：乙某", "主任：甲某 主编：乙某"),
        ("编辑：甲某  校对：乙某", "编辑：甲某 校对：乙某"),
        ("【概况】  2020年", "【概况】2020年"),
    ],
)
def test_layout_spaces_go(line: str, tidied: str) -> None:
    assert tidy(line) == tidied


@pytest.mark.parametrize(
    "line", ["西交 SKEMA 国际", "5G 通信", "到2026年 GDP超3万亿", "open innovation park", "3 M", "A B C"]
)
def test_spaces_around_latin_words_stay(line: str) -> None:
    assert tidy(line) == line


@pytest.mark.parametrize(
    ("left", "right", "space"),
    [
        ("open innovation", "park", " "),
        ("Co., Ltd.", "Boston", " "),
        ("共有3", "8个", ""),
        ("占比为25.", "6%", ""),
        ("占比为25", ".6%", ""),
        ("PD-", "L1抗体", ""),
        ("R&", "D占比", ""),
        ("详见https://www.exa", "mple.cn/a", ""),
        ("中新", "SKEMA", ""),
        ("SKEMA", "国际", ""),
    ],
)
def test_what_stands_between_joined_lines(left: str, right: str, space: str) -> None:
    assert between(left, right) == space


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("累计1840家。\ufffd", "累计1840家。"),
        ("挂牌上市\ufffd （某某  供稿）", "挂牌上市 （某某  供稿）"),
        ("\ufffd2020年", "2020年"),
        ("创\ufffd发展", "创\ufffd发展"),  # a character of a word is missing: it must stay visible
    ],
)
def test_lost_characters_go_only_where_nothing_is_lost(damaged: str, clean: str) -> None:
    assert without_lost(damaged) == clean
