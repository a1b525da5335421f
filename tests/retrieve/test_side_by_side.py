"""The things that a question names side by side, each with its own question."""

from __future__ import annotations

import pytest

from ragpark.retrieve.side_by_side import compared, each_asked, told_apart, which_of_two
from ragpark.zh.tagger import LacTagger


@pytest.mark.parametrize(
    ("question", "things"),
    [
        (
            "碧湖园区2023年开工的项目里，外资、内资各有几个？",
            (
                ("外资", "碧湖园区2023年开工的项目里，外资有几个？"),
                ("内资", "碧湖园区2023年开工的项目里，内资有几个？"),
            ),
        ),
        ("碧湖县男、女人口分别多少", (("男", "碧湖县男人口多少"), ("女", "碧湖县女人口多少"))),
        (
            "张明办时尚家具和办朝阳地产分别是哪一年？",
            (("办时尚家具", "张明办时尚家具是哪一年？"), ("办朝阳地产", "张明办朝阳地产是哪一年？")),
        ),
        (
            "2023年预算分别拨了多少钱给植物园和博物馆？",
            (("植物园", "2023年预算拨了多少钱给植物园？"), ("博物馆", "2023年预算拨了多少钱给博物馆？")),
        ),
        (
            "碧湖产业园占地面积和总投资",
            (("占地面积", "碧湖产业园占地面积是多少"), ("总投资", "碧湖产业园总投资是多少")),
        ),
        ("碧湖大学校长和书记是谁", (("校长", "碧湖大学校长是谁"), ("书记", "碧湖大学书记是谁"))),
        ("王明远和李文清是谁", ()),
        ("碧湖产业园面积和总投资是多少年定的", ()),  # asks, but not of each
        ("碧湖产业园和青石产业园", ()),  # nothing measured
        ("碧湖园区2022年和2023年企业分别多少家", ()),  # times
    ],
)
def test_the_things_of_which_each_is_asked(question: str, things: tuple[tuple[str, str], ...]) -> None:
    assert each_asked(question, LacTagger()) == things


@pytest.mark.parametrize(
    ("question", "things"),
    [
        (
            "碧湖和青石两个镇哪个面积大，大出多少亩？",
            (("碧湖", "碧湖面积多少亩"), ("青石", "青石面积多少亩")),
        ),
        ("碧湖馆和青石馆，谁的藏书多？", (("碧湖馆", "碧湖馆藏书多少"), ("青石馆", "青石馆藏书多少"))),
        (
            "2023年碧湖和青石谁的研发投入占营收比例更高？",
            (("碧湖", "2023年碧湖研发投入占营收比例多少"), ("青石", "2023年青石研发投入占营收比例多少")),
        ),
        ("碧湖镇哪个村面积大", ()),
        ("碧湖镇和青石镇面积多大", ()),
    ],
)
def test_the_two_things_of_which_one_has_more(question: str, things: tuple[tuple[str, str], ...]) -> None:
    assert which_of_two(question, LacTagger()) == things


@pytest.mark.parametrize(
    ("question", "things"),
    [
        (
            "碧湖县2022年重工业占比比轻工业高几个百分点？",
            (("重工业", "碧湖县2022年重工业占比"), ("轻工业", "碧湖县2022年轻工业占比")),
        ),
        (
            "碧湖园区2023年出口额比进口额多多少",
            (("出口额", "碧湖园区2023年出口额"), ("进口额", "碧湖园区2023年进口额")),
        ),
        (
            "2022年城镇户籍人口比乡村户籍人口少多少",
            (("城镇户籍人口", "2022年城镇户籍人口"), ("乡村户籍人口", "2022年乡村户籍人口")),
        ),
        ("2025年四川产值比湖北多多少", (("四川", "2025年四川产值"), ("湖北", "2025年湖北产值"))),
        ("碧湖县户籍人口里男的比女的多多少人", (("男", "碧湖县户籍人口里男"), ("女", "碧湖县户籍人口里女"))),
        (
            "碧湖县2011年计划开工的项目，比4月底前已开工的多几个？",
            (("计划开工", "碧湖县2011年计划开工的项目"), ("4月底前已开工", "碧湖县2011年4月底前已开工的项目")),
        ),
        ("碧湖园区用水量比2022年提高了多少", ()),
        ("碧湖园区用水量比青石提高了多少", ()),  # a change, no distance
        ("碧湖园区2023年企业比2020年多多少家", ()),  # times
        ("碧湖园区2023年产值增速比平均高几个百分点", ()),  # nothing alike
        ("碧湖园区2023年企业有多少家", ()),
    ],
)
def test_the_things_that_a_question_compares(question: str, things: tuple[tuple[str, str], ...]) -> None:
    assert compared(question, LacTagger()) == things


def test_two_places_may_be_left_to_be_told_apart_elsewhere() -> None:
    assert compared("2025年四川产值比湖北多多少", LacTagger(), places=False) == ()


@pytest.mark.parametrize(
    ("names", "apart"),
    [(["男生", "女生"], ["男", "女"]), (["A类人才", "B类人才"], ["A", "B"]), (["甲", "乙"], ["甲", "乙"])],
)
def test_what_tells_two_names_apart(names: list[str], apart: list[str]) -> None:
    assert told_apart(names) == apart
