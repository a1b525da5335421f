"""Words that only ask are never the reason for a refusal; a change asked for is not answered with the level."""

from __future__ import annotations

import pytest

from ragpark.engine import Engine

NOTES = """# 碧溪园区大事记

2011年5月，碧溪园区设立。2014年，碧溪园区通过验收。

2022年3月8日，碧溪园区客运站开通。

2024年，碧溪园区住户数620户。2024年，碧溪园区车位数3100个。

2024年，碧溪园区进出口总额88.4亿元，上涨7.3%。

2024年，碧溪园区建成桥梁12座。

碧溪园区接驳车７：２０发车。碧溪园区末班车20:45收班。
"""


@pytest.fixture
def engine(make_engine) -> Engine:  # type: ignore[no-untyped-def]
    return make_engine({"大事记.md": NOTES, "别的.md": "# 别的\n\n蓝桥软件股份有限公司牵头组建创新联合体。\n"})


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("碧溪园区哪一年设立？", "2011年"),
        ("碧溪园区是哪一年通过验收的？", "2014年"),
        ("碧溪园区客运站哪一天开通？", "2022年3月8日"),
        ("碧溪园区接驳车几点发车？", "7:20"),
        ("碧溪园区末班车什么时候收班？", "20:45"),
        ("2024年碧溪园区住户数是多少？", "620户"),
        ("碧溪园区2024年车位数到底是多少？", "3100个"),
        ("2024年碧溪园区有几座桥梁？", "12座"),
        ("2024年碧溪园区进出口总额上涨多少？", "7.3%"),
        ("2024年碧溪园区进出口总额增长多少？", "7.3%"),
        ("2024年碧溪园区进出口总额是多少？", "88.4亿元"),
    ],
)
def test_asking_words_are_not_looked_for(engine: Engine, question: str, answer: str) -> None:
    found = engine.ask(question)
    assert not found.refused, found.reason
    assert answer in found.answer
