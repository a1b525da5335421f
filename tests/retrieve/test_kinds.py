"""Each kind of answer is one record: how it is asked for, cut out and named."""

from __future__ import annotations

import pytest

from ragpark.answer.candidates import CUTTERS
from ragpark.retrieve.kinds import ANY, count_of, kind_of, kinds
from ragpark.zh.wording import notion, rx


@pytest.mark.parametrize("name", kinds())
def test_a_kind_names_what_there_is(name: str) -> None:
    kind = kinds()[name]
    assert kind.label and set(kind.cuts) <= set(CUTTERS)
    assert not kind.asked or notion(kind.asked).pattern
    assert rx(kind.bare) and rx(kind.says)


def test_a_kind_has_words_that_ask_for_it_all_but_any() -> None:
    assert [name for name, kind in kinds().items() if not kind.asked] == [ANY]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("碧湖园区2023年企业有多少家？", "figure"),
        ("碧湖园区2023年产值", "figure"),
        ("碧湖园区哪一年设立", "date"),
        ("产值哪一年超过多少亿元", "figure"),  # a figure is asked for as well
        ("碧湖园区的发展目标是什么", "name"),  # an aim may be said in words
        ("碧湖园区2026年的目标", "figure"),
        ("碧湖园区管委会主任", "person"),
        ("碧湖园区三大产业是什么", "list"),
        ("碧湖园区", "any"),
    ],
)
def test_the_kind_asked_for(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(("question", "count"), [("哪4个万亿级产业", 4), ("三大新兴产业是什么", 3), ("有哪些产业", 0)])
def test_how_many_items_are_asked_for(question: str, count: int) -> None:
    assert count_of(question) == count
