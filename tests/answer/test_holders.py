"""Who holds an office, by what a sentence says before the office or after it."""

from __future__ import annotations

import pytest
from statement_fakes import sentence, understood

from ragpark.answer.holders import persons
from ragpark.retrieve.kinds import holder_asked
from ragpark.zh.tagger import LacTagger

TAGGER = LacTagger()


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("商务局局长是谁？", "商务局副局长李明到场，商务局局长王某某介绍了安排。", ["王某某"]),
        ("商务局局长是谁？", "科技局局长陈某说明情况，商务局局长王某某介绍了安排。", ["王某某"]),
        ("商务局局长是谁？", "科技局局长陈某说明情况。", []),  # of another office
        ("商务局局长是谁？", "商务局局长办公会召开。", []),  # no surname follows
        ("泵站副站长是谁？", "泵站站长王明远到场，泵站副站长李文清主持。", ["李文清"]),
        ("泵站副站长是谁？", "泵站站长王明远到场。", []),
        ("商务局局长是谁？", "现任局长为欧阳修文女士。", []),  # of which bureau?
        ("碧湖园区商务局现任局长是谁？", "碧湖园区商务局于2010年设立，现任局长为王明远女士。", ["王明远"]),
        ("谁担任商务局局长？", "商务局局长由王明远担任。", ["王明远"]),
        ("集团副总经理是谁？", "集团副总经理谢文强先生(右一)到场。", ["谢文强"]),  # `强` also begins 强调
        ("商务局局长是谁？", "王明远同志任商务局局长。", ["王明远"]),
        ("商务局局长是谁？", "王明远曾任商务局局长。", []),
        ("商务局局长是谁？", "商务局局长会见了市委书记王明远。", []),
        ("某某中心的法定代表人是谁？", "某某中心是事业单位，法人代表为王明远，2013年设立。", ["王明远"]),
        ("某某中心的法人代表是谁？", "某某中心的法定代表人：佟某某", ["佟某某"]),
        (
            "大赛组委会主任由谁担任？",
            "组委会主任：操明远 某市委员会书记",
            ["操明远"],
        ),  # in a list no surname need be known
        ("大赛组委会秘书长由谁担任？", "组委会秘书长：操 明 某市商务局局长", ["操 明"]),
        ("大赛组委会主任由谁担任？", "组委会副主任：操明远 某市商务局局长", []),
        ("大赛组委会主任由谁担任？", "组委会主任为正处级，任期三年。", []),
        # the office and whose it is, word for word: the rest of the question may be said anywhere, or in other words
        ("上月率队去南陵找华远重工的青河市长是谁？", "3日，青河市长王明远前往南陵，与华远重工洽谈。", ["王明远"]),
        ("上月率队去南陵找华远重工的青河市长是谁？", "3日，安河市长王明远到场。", []),
        ("和远集团（风机供应商）的董事长叫什么？", "和遠集團董事長沈國榮指出，風機供應商將擴產。", ["沈國榮"]),
        ("谁来过碧湖园区？", "商务局局长王某某介绍了安排。", []),  # no office is asked
    ],
)
def test_the_holder_of_the_office_that_is_asked(question: str, text: str, name: list[str]) -> None:
    assert [cut.text for cut in persons(understood(question), sentence(text), TAGGER)] == name


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("碧湖园区管委会主任是谁", "主任"),
        ("碧湖园区管委会主任", "主任"),
        ("谁是碧湖市市长？", "市长"),
        ("谁现任碧湖市市长", "市长"),
        ("谁饰演的市长？", None),
        ("队长派谁去送信？", None),
        ("派谁给队长送信？", None),
    ],
)
def test_the_office_whose_holder_is_asked_for(question: str, office: str | None) -> None:
    found = holder_asked(question)
    assert (found[0] if found else None) == office
