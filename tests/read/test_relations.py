"""Who does what to whom, what is more than what, what a clause denies, what is called the first of all."""

from __future__ import annotations

import pytest

from ragpark.read.relations import clauses_denied, extremes, nouns, relations
from ragpark.zh.tagger import LacTagger

TAGGER = LacTagger()


def _told(text: str) -> list[tuple[str, str, int, str]]:
    [words] = TAGGER.tag([text])
    return [(r.before[0], r.after[0], r.sign, r.word) for r in relations(text, words)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("海棠集团向北辰科技出资3亿元。", ("海棠集团", "北辰科技", 1, "出资")),
        ("北辰科技被海棠集团收购。", ("北辰科技", "海棠集团", -1, "收购")),
        ("海棠集团收购了北辰科技。", ("海棠集团", "北辰科技", 1, "收购")),
        ("海棠集团把土地移交给北辰科技。", ("海棠集团", "北辰科技", 1, "移交")),
        ("海棠集团为北辰科技提供担保。", ("海棠集团", "北辰科技", 1, "提供")),
        ("苏州市增速高于无锡市。", ("苏州市增速", "无锡市", 1, "")),
        ("苏州市增速比无锡市低。", ("苏州市增速", "无锡市", -1, "")),
        ("苏州市研发投入强度为3.9%，不及无锡市。", ("苏州市研发投入强度", "无锡市", -1, "")),
    ],
)
def test_roles_and_comparisons(text: str, told: tuple[str, str, int, str]) -> None:
    assert told in _told(text)


@pytest.mark.parametrize("text", ["苏州市企业500家。", "截至2020年底，实验室有131人。", "由6.2万人增至118万人。"])
def test_what_tells_of_no_two_is_no_relation(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    ("clause", "affirmed", "denied"),
    [
        ("大桥尚未开工", "大桥 ", "开工"),
        ("项目没有通过环评", "项目 ", "通过环评"),
        ("未达标的企业5家", " 的企业5家", "达标"),
        ("城镇化率不足75%", "城镇化率不足75%", ""),
        ("研发强度不及乙区", "研发强度不及乙区", ""),
        ("不断完善机制", "不断完善机制", ""),
    ],
)
def test_what_a_clause_denies(clause: str, affirmed: str, denied: str) -> None:
    assert clauses_denied(clause) == [(affirmed, denied, clause)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收入最高", [("最高", 1)]),
        ("石桥区最低", [("最低", -1)]),
        ("全国首个示范区", [("首个", 1)]),
        ("最后一个建成", [("最后一个", -1)]),
        ("第一产业增加值，更高水平，单项冠军", []),
    ],
)
def test_what_is_called_the_first_or_last_of_all(text: str, found: list[tuple[str, int]]) -> None:
    assert [(text[a:b], way) for a, b, way in extremes(text)] == found


def test_nouns_of_two_characters_or_more() -> None:
    text = "苏州市财政收入最高"
    assert nouns(text, TAGGER.tag([text])[0]) == ["苏州市", "财政", "收入"]
