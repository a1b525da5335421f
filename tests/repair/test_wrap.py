"""Wrapped text becomes paragraphs again; titles, lists and date lines stay on their own."""

import pytest
from document_fakes import raw

from ragpark.repair.columns import set_columns
from ragpark.repair.lines import read_lines
from ragpark.repair.wrap import close_double_spacing, join

# 16 characters a line (32 columns), a first line is two characters shorter: its indent is lost.
FIRST = [
    "园区在全国率先推行一窗受理服",
    "务，企业办事只进一扇门，平均用时",
    "由十二天缩短为三天，这一做法后来",
    "写进了省里的文件。",
]
SECOND = [
    "企业的评价也在慢慢变好，三年",
    "满意率由百分之八十一升到九十六，",
    "投诉的件数则少了一半还多，降到一",
    "百零三件。",
]
TEXT = ["".join(FIRST), "".join(SECOND)]


def paragraphs(*lines: str) -> list[str]:
    found = list(read_lines(raw("\n".join(lines)).lines))
    if set_columns(found):
        close_double_spacing(found)
    return [paragraph.text for paragraph in join(found)]


def doubled(lines: list[str]) -> list[str]:
    return [part for line in lines for part in (line, "")]


@pytest.mark.parametrize(
    "lines",
    [
        [*FIRST, "", *SECOND],  # a blank line between paragraphs
        [*FIRST, *SECOND],  # only the short last line
        ["　　" + FIRST[0], *FIRST[1:], "　　" + SECOND[0], *SECOND[1:]],  # indents kept
        [*doubled(FIRST), "", *doubled(SECOND)],  # a blank line after every line
    ],
)
def test_wrapped_paragraphs_come_out_whole(lines: list[str]) -> None:
    assert paragraphs(*lines) == TEXT


def test_a_blank_line_inside_a_sentence_does_not_end_it() -> None:
    assert paragraphs(*FIRST[:2], "", *FIRST[2:], "", *SECOND) == TEXT


@pytest.mark.parametrize("title", ["从一扇门到一张网", "营商环境“新优势”从哪里来"])
def test_a_title_stays_on_its_own(title: str) -> None:
    assert paragraphs(title, "", *FIRST, "", *SECOND) == [title, *TEXT]
    assert paragraphs(*FIRST, "", title, "", *SECOND) == [TEXT[0], title, TEXT[1]]


def test_stranded_titles_are_not_joined_to_each_other() -> None:
    assert paragraphs(*FIRST, *SECOND, "", "“一扇门”里的三年变化", "", "满意率升到九十六", "", "下一步怎么走") == [
        *TEXT, "“一扇门”里的三年变化", "满意率升到九十六", "下一步怎么走",
    ]  # fmt: skip


def test_a_marker_inside_a_sentence_begins_no_paragraph() -> None:
    lines = ["园区把企业按规模分成一、", "二、三类，每一类都有专人对接，由"]
    # the first line is full (its indent is lost) and stops inside the sentence
    assert paragraphs(*FIRST, "", *lines, "专班跟进，办完为止，不让企业多跑", "路。")[1].startswith(
        "园区把企业按规模分成一、二、三类，"
    )


def test_marked_lines_begin_paragraphs() -> None:
    assert paragraphs(*FIRST, "一、服务", *SECOND, "（一）窗口", *FIRST) == [
        TEXT[0], "一、服务", TEXT[1], "（一）窗口", TEXT[0],
    ]  # fmt: skip


def test_list_items_stay_apart() -> None:
    assert paragraphs(*FIRST, "（1）办事只进一扇门；", "（2）办结只等三天；", "（3）不满意就投诉。", *SECOND)[1:4] == [
        "（1）办事只进一扇门；", "（2）办结只等三天；", "（3）不满意就投诉。",
    ]  # fmt: skip


def test_a_date_line_stays_on_its_own() -> None:
    date = "二〇二五年三月十八日  编辑组"
    assert paragraphs("从一扇门到一张网", date, *FIRST, "", *SECOND)[1:] == ["二〇二五年三月十八日 编辑组", *TEXT]


def test_numbers_and_units_are_joined_without_a_space() -> None:
    lines = [
        "园区的研发投入占比达到了5.",
        "16%，在全市排第一；高企总数由3",
        "8家增加到2800",
        "家，是十年前的七十倍还多，增速居",
        "全国前列。",
    ]
    assert paragraphs(*lines, "", *FIRST, "", *SECOND)[0] == (  # `2800` / `家`: a line cut early, as beside a picture
        "园区的研发投入占比达到了5.16%，在全市排第一；高企总数由38家增加到2800家，是十年前的七十倍还多，增速居全国前列。"
    )


def test_text_with_a_paragraph_a_line_stays_as_it_is() -> None:
    lines = [
        "园区有企业两千八百家，比上年多三百家。",
        "综述",
        "产值四千亿元。",
        "人才六万人，其中博士八千人。",
        "完成了。",
        "好。",
    ]
    assert paragraphs(*lines) == lines


def test_a_list_of_names_is_not_joined() -> None:
    names = [f"苏州某{c}生物医药股份有限公司" for c in "甲乙丙丁戊己庚辛"]
    assert paragraphs(*names) == names


def test_a_line_that_ends_with_a_comma_goes_on_even_without_wrapping() -> None:
    assert paragraphs("园区坚持开放，", "坚持创新。", "完成了。") == ["园区坚持开放，坚持创新。", "完成了。"]


def test_columns_are_measured() -> None:
    kept = list(read_lines(raw("\n".join(["　　" + FIRST[0], *FIRST[1:]] * 4)).lines))
    assert set_columns(kept)
    assert ({line.column for line in kept}, kept[0].indent) == ({32}, 4)
