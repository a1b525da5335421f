"""What the check of an answer says of roles, comparisons, denials and superlatives, and of the names in a sentence."""

from __future__ import annotations

import pytest
from gate_passages import passage

from ragpark.answer.gate import check
from ragpark.answer.gate.names import foreign_codes, strange_names
from ragpark.answer.gate.words import bigrams, marks, pairs, same_name, stem
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger

VOCABULARY, TAGGER = load_vocabulary(), LacTagger()


def failures(text: str, answer: str) -> list[str]:
    source = passage(1, "某地简报", None, (), text, VOCABULARY, TAGGER)
    return [f for c in check(f"{answer}[1]。", [source], VOCABULARY, TAGGER) for f in c.failures]


@pytest.mark.parametrize(
    ("text", "answer", "problem"),
    [
        ("海棠集团收购了北辰科技。", "北辰科技收购了海棠集团", "“收购”的双方说反了"),
        ("海棠集团收购了北辰科技。", "北辰科技被海棠集团收购", ""),
        ("苏州市增速高于无锡市。", "苏州市增速低于无锡市", "与“无锡市”的高低说反了"),
        ("苏州市增速高于无锡市。", "无锡市增速低于苏州市", ""),
        ("河东菜市场已搬迁，河西菜市场暂未搬迁。", "河西菜市场已经搬迁", "一个肯定、一个否定"),
        ("河东菜市场已搬迁，河西菜市场暂未搬迁。", "河西菜市场没有搬迁", ""),
        ("霞湾区有医院23家。", "霞湾区医院最多，有23家", "原文没有说这是“最多”"),
        ("霞湾区有医院23家，石桥区有医院12家。", "霞湾区的医院最多，有23家", ""),  # by the figures
        ("岚川是省内首个示范城市。", "岚川是全国首个示范城市", "原文没有说这是“首个”"),
        ("岚川是省内首个示范城市。", "岚川是省内第一个示范城市", ""),
        ("去年企业45家。", "今年企业45家", "“今年”指哪一年不明确"),
    ],
)
def test_an_answer_tells_what_the_passage_tells(text: str, answer: str, problem: str) -> None:
    found = failures(text, answer)
    assert any(problem in each for each in found) if problem else found == []


def test_names_that_the_passages_do_not_hold() -> None:
    def names(sentence: str, held: str) -> list[str]:
        return strange_names(sentence, TAGGER.tag([sentence])[0], held, VOCABULARY)

    assert names("主任王小明介绍了情况", "主任李大成介绍情况") == ["王小明"]
    assert names("主任王小明介绍了情况", "主任王小明介绍情况") == []
    assert names("《甲办法》自8月起施行", "《乙办法》自8月起施行") == ["《甲办法》"]
    assert foreign_codes("GDP和XYZ9", "地区生产总值增长", VOCABULARY) == ["XYZ9"]


def test_what_two_wordings_have_in_common() -> None:
    assert pairs("全市企业达到500家") == {"全市", "市企", "企业"}
    assert bigrams("已达标5家") == {"已达", "达标"}
    assert marks("临澜地铁3号线GDP") == {"3号线", "gdp"}
    assert stem("昆山市") == "昆山" and stem("某高新区") == "某高新区"
    assert same_name("昆山", "昆山市") and not same_name("昆山市", "太仓市")
