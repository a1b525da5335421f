"""Follow-up questions: what they are completed to, and which questions stand alone. Expected values are a reader's."""

from __future__ import annotations

import pytest

from ragpark.lexicon import Segmenter, load_vocabulary
from ragpark.retrieve.followup import Completed, complete

VOCABULARY = load_vocabulary()
SEGMENTER = Segmenter(VOCABULARY.words())


def completed(question: str, previous: str) -> Completed | None:
    return complete(question, previous, SEGMENTER, VOCABULARY, today="2026-11-22")


RND = "2023年园区R&D占比"
FIRMS = "2023年园区高新技术企业有多少家？"
CENTRE = "园区哪一年成立了全国首家科技招商中心？"
NANO = "2020年底苏州纳米城入驻企业多少家？"
LISTED = "园区有哪些上市企业？"


@pytest.mark.parametrize(
    ("previous", "question", "expected"),
    [
        # another time
        (RND, "那2020年呢？", "2020年园区R&D占比"),
        (RND, "2020年的呢", "2020年园区R&D占比"),
        (RND, "2020年？", "2020年园区R&D占比"),
        (RND, "上一年呢", "2022年园区R&D占比"),
        (RND, "去年呢？", "2025年园区R&D占比"),
        (RND, "历年呢？", "历年园区R&D占比"),
        ("园区R&D占比", "那2020年呢？", "2020年园区R&D占比"),
        ("2020年园区研发投入占地区生产总值的比重是多少？", "2023年呢？", "2023年园区研发投入占地区生产总值的比重是多少？"),
        (NANO, "2023年呢？", "2023年底苏州纳米城入驻企业多少家？"),
        ("园区历年R&D投入占GDP比重", "2020年呢", "2020年园区R&D投入占GDP比重"),
        ("园区集聚的中外知名院校数量对比：2020年与2023年", "那2021年呢", "2021年园区集聚的中外知名院校数量"),
        (FIRMS, "2020年有多少？", "2020年园区高新技术企业有多少？"),
        (FIRMS, "2020年是多少家？", "2020年园区高新技术企业是多少家？"),
        # another place
        (RND, "昆山呢？", "2023年昆山R&D占比"),
        (RND, "那昆山2020年呢", "2020年昆山R&D占比"),
        ("2023年R&D占比", "昆山呢", "2023年昆山R&D占比"),
        ("苏州市商务局局长是谁？", "昆山呢？", "昆山商务局局长是谁？"),
        (FIRMS, "昆山有多少家？", "2023年昆山高新技术企业有多少家？"),
        ("什么是瞪羚企业？", "园区有多少家？", "园区瞪羚企业有多少家？"),
        (NANO, "苏州生物医药产业园呢？", "2020年底苏州生物医药产业园入驻企业多少家？"),
        # another subject
        (RND, "那高新技术企业呢", "2023年园区高新技术企业有多少"),
        (RND, "GDP呢？", "2023年园区GDP"),
        (FIRMS, "瞪羚企业呢", "2023年园区瞪羚企业有多少家？"),
        (FIRMS, "R&D占比呢？", "2023年园区R&D占比是多少？"),
        ("什么是瞪羚企业？", "独角兽企业呢？", "什么是独角兽企业？"),
        (LISTED, "独角兽企业呢？", "园区有哪些独角兽企业？"),
        (RND, "那上市企业有多少家？", "2023年园区上市企业有多少家？"),
        # a question word alone
        (FIRMS, "具体有哪些？", "2023年园区高新技术企业具体有哪些？"),
        (LISTED, "有多少家", "园区上市企业有多少家"),
        (CENTRE, "在哪里？", "园区在哪里成立了全国首家科技招商中心？"),
        (CENTRE, "为什么？", "园区为什么成立了全国首家科技招商中心？"),
        ("昆山的“一廊一园一港”指什么？", "谁提出的？", "昆山的“一廊一园一港”是谁提出的？"),
        (RND, "增长了多少？", "2023年园区R&D占比增长了多少？"),
        (RND, "单位是什么", "2023年园区R&D占比的单位是什么"),
        (RND, "目标呢？", "2023年园区R&D占比目标？"),
        ("园区有哪些创新平台？", "还有呢？", "园区还有哪些创新平台？"),
        # a pronoun
        ("什么是瞪羚企业？", "它有什么优惠政策？", "瞪羚企业有什么优惠政策？"),
        (FIRMS, "其中上市的有多少", "2023年园区高新技术企业中上市的有多少"),
        (FIRMS, "其中昆山有多少？", "2023年昆山高新技术企业有多少？"),
        (NANO, "它的面积多大？", "苏州纳米城的面积多大？"),
        # compared
        (RND, "和2022年相比呢？", "2022年与2023年园区R&D占比对比"),
        (RND, "跟昆山比呢？", "2023年园区与昆山R&D占比对比"),
        (FIRMS, "比2020年增长了多少？", "2020年与2023年园区高新技术企业增长了多少？"),
    ],
)  # fmt: skip
def test_a_follow_up_is_completed_from_the_question_before(previous: str, question: str, expected: str) -> None:
    found = completed(question, previous)
    assert found is not None
    assert found.question == expected


@pytest.mark.parametrize(
    ("previous", "question"),
    [
        (RND, "高新技术企业有多少家？"),
        (RND, "2023年园区GDP"),
        (RND, "什么是瞪羚企业？"),
        (FIRMS, "园区有多少家高新技术企业呢？"),
        (FIRMS, "苏州纳米城在哪里？"),
        (FIRMS, "昆山在哪里？"),
        (FIRMS, "园区为什么要科技招商呢？"),
        (RND, "那达慕大会在哪里举行？"),
        (RND, "苏州市商务局局长是谁"),
        (RND, "瞪羚企业"),
        (RND, "2023年园区高新技术企业有多少家，其中上市的有多少？"),
        (RND, "排名第一的高新区是哪个？"),
        (RND, "位于苏州的高校有哪些？"),
        (RND, "其他城市的研发投入是多少？"),
        (RND, "该不该发展人工智能产业？"),
        (RND, "历年上市企业数量变化"),
        (RND, "昆山的“一廊一园一港”指什么？"),
        (RND, "2020年与2023年知名院校数量对比"),
        (RND, "谁提出了“一廊一园一港”？"),
        (RND, "2023年园区R&D占比"),
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(previous: str, question: str) -> None:
    assert completed(question, previous) is None
