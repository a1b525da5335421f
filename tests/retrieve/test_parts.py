"""The questions inside a question, each complete."""

from __future__ import annotations

import pytest

from ragpark.retrieve.parts import parts_of
from ragpark.zh.tagger import LacTagger


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("园区R&D占比是多少？", ("园区R&D占比是多少？",)),
        ("太仓公司导入了多少个项目，注册资金多少？", ("太仓公司导入了多少个项目", "太仓公司导入，注册资金多少？")),
        ("研究院孵化多少家企业？其中高企几家？", ("研究院孵化多少家企业", "研究院孵化，其中高企几家？")),
        ("光谷2024年增速是多少？2025年的目标呢？", ("光谷2024年增速是多少", "光谷增速，2025年的目标呢？")),
        ("园区面积、人口情况", ("园区面积、人口情况",)),
    ],
)
def test_a_question_in_two_parts_is_taken_apart_and_each_keeps_the_subject(
    question: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("泵房日志最少要留存多久？焊接的呢？", ("泵房日志最少要留存多久", "泵房日志最少，焊接的呢？")),
        ("碧湖园区2023年用水量和增速", ("碧湖园区2023年用水量是多少", "碧湖园区2023年用水量的增速是多少")),
        ("碧湖园区用水量及其同比增幅各是多少？", ("碧湖园区用水量是多少", "碧湖园区用水量的同比增幅是多少")),
        ("碧湖园区用水、用电增速分别是多少", ("碧湖园区用水、用电增速分别是多少",)),
    ],
)
def test_the_level_and_the_growth_of_one_thing_are_two_parts(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, LacTagger()) == parts


def test_the_verb_of_the_first_part_is_not_taken_over_by_the_second() -> None:
    parts = parts_of("太仓公司导入了多少个项目，注册资金多少？", LacTagger())
    assert parts == ("太仓公司导入了多少个项目", "太仓公司，注册资金多少？")


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("浙江省高标准农田有多少亩，沿江化工企业搬走了多少家？", "浙江省，沿江化工企业搬走了多少家？"),
        ("浙江省2023年高标准农田有多少亩，帮企业融到多少钱？", "浙江省2023年高标准农田，帮企业融到多少钱？"),
    ],
)
def test_a_part_that_says_what_it_measures_takes_over_names_and_times_alone(question: str, second: str) -> None:
    assert parts_of(question, LacTagger())[1] == second


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("碧湖园区用水量占全市的比重，2023年比2020年提高了多少个百分点？", 1),
        ("碧湖园区用水量，2019年和2023年哪年更多，差多少？", 1),
        ("碧湖园区与青石园区企业数量对比，哪个园区多、多多少家？", 1),
        ("碧湖园区用水量和青石园区相比，谁增长得快，快几个百分点？", 1),
        ("碧湖园区有多少家企业，比上年增加了百分之几？", 2),  # the level, then its change
        ("碧湖园区有多少家企业，用水量是多少？", 2),
    ],
)
def test_what_asks_on_about_the_same_comparison_is_no_part_of_its_own(question: str, count: int) -> None:
    assert len(parts_of(question, LacTagger())) == count


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("碧湖园区技改专项资金，企业初审和园区复核分别到几号", ("碧湖园区技改专项资金，企业初审和园区复核分别到几号",)),
        ("碧湖中心（Hub）哪年成立，哪年搬迁", ("碧湖中心（Hub）哪年成立", "碧湖中心，哪年搬迁")),
    ],
)
def test_what_is_asked_about_is_no_part_and_an_aside_is_not_taken_over(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question, LacTagger()) == parts
