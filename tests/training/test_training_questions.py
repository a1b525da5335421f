"""Questions made from a made-up fact, from made-up documents and from encyclopaedia paragraphs."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from encyclopaedia import questions_of, split
from figures import ask, printed_unit, times_of
from fit_facts import Asked, fit_facts, style_of
from forms import Forms, marked_answer
from near import Near, Want
from news import NewsText, clean_news, headline_of, is_market_report
from passages import around, shortened

from ragpark.records import Document, Fact
from ragpark.zh.tagger import Word

TRAINING = Path(__file__).parents[2] / "training"
WORDINGS: dict[str, Any] = tomllib.loads((TRAINING / "questions.toml").read_text(encoding="utf-8"))
TEXT = "2023年，临河市高新技术企业达到近2800家。"
FACT = Fact(
    indicator="高新技术企业",
    entity="临河市",
    year=2023,
    period="2023年",
    value=2800,
    unit="家",
    text="近2800家",
    qualifier="近",
    kind="level",
    doc="a.txt",
    date=None,
    quote=TEXT,
    start=TEXT.index("近"),
    end=TEXT.index("家。") + 1,
    locator={},
)


def news(text: str, *facts: Fact, words: str) -> NewsText:
    """Return a text of one sentence; `words` are its words with their tags: `临河市/LOC 企业/n`."""
    tagged, at = [], 0
    for piece in words.split():
        word, tag = piece.rsplit("/", 1)
        tagged.append(Word(at, at + len(word), tag))
        at += len(word)
    assert at == len(text)
    document = Document("a.txt", "", None, None, text, (), ((0, 1),), "lines", "text", "0")
    return NewsText(0, "", document, facts, ((0, len(text)),), (tuple(tagged),))


MADE_UP = "2023年/TIME ，/w 临河市/LOC 高新技术/n 企业/n 达到/v 近/d 2800家/m 。/w"


def test_a_fact_beside_its_indicator_is_fit_and_keeps_the_place_its_sentence_names() -> None:
    (asked,) = fit_facts(news(TEXT, FACT, words=MADE_UP), WORDINGS["fact"])
    assert (asked.style, asked.place, asked.sentence) == ("count", "临河市", 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"indicator": "企业达到"},  # ends in a verb
        {"indicator": "企业"},  # says too little
        {"indicator": "科技企业"},  # does not stand there
    ],
)
def test_a_fact_that_its_form_does_not_vouch_for_is_left_alone(changed: dict[str, str]) -> None:
    assert not fit_facts(news(TEXT, replace(FACT, **changed), words=MADE_UP), WORDINGS["fact"])


@pytest.mark.parametrize(
    ("changed", "before", "style"),
    [
        ({"kind": "growth", "unit": "%"}, "产值增长", "growth_up"),
        ({"kind": "growth", "unit": "%"}, "产值同比下降", "growth_down"),
        ({"kind": "growth", "unit": "%"}, "产值同比", ""),  # which way is not told
        ({"kind": "share", "unit": "%", "indicator": "税收"}, "税收占", "share"),
        ({"kind": "share", "unit": "%", "indicator": "税收占比"}, "税收占比", "amount"),
        ({"kind": "level", "unit": "元"}, "产值达到", "amount"),
        ({"kind": "level", "unit": "岁"}, "年满", ""),
        ({"kind": "target", "unit": "家"}, "力争达到", "target"),
    ],
)
def test_the_wording_follows_the_kind_of_the_fact(changed: dict[str, str], before: str, style: str) -> None:
    assert style_of(replace(FACT, **changed), before, WORDINGS["fact"]) == style


def test_a_question_names_subject_time_and_indicator() -> None:
    want = Want("count", "高新技术企业", "临河市", "2023年")
    for seed in range(20):
        question = ask(want, printed_unit(FACT), WORDINGS["figure"], random.Random(seed))
        assert all(part in question for part in ("临河市", "2023年", "高新技术企业"))
        assert "{" not in question


@pytest.mark.parametrize(
    ("text", "unit"), [("近35万人", "人"), ("3万平方米", "平方米"), ("5.16%", ""), ("5000余亿元", "元")]
)
def test_the_unit_asked_with_is_the_printed_one_without_its_scale(text: str, unit: str) -> None:
    assert printed_unit(replace(FACT, text=text)) == unit


@pytest.mark.parametrize(
    ("changed", "passage", "times"),
    [
        ({}, TEXT, {"2023年", "2023年度", "在2023年"}),
        ({"period": "2023年上半年"}, TEXT, {"2023年上半年", "上半年"}),
        ({}, "今年，临河市有近2800家。", set()),  # the passage does not bear the year out
        ({"year_from": "上文 2023年"}, TEXT, set()),  # carried over: it may be another's
    ],
)
def test_a_time_is_asked_with_only_where_the_passage_bears_it_out(
    changed: dict[str, str], passage: str, times: set[str]
) -> None:
    assert set(times_of(replace(FACT, **changed), passage)) == times


def test_what_lies_near_is_not_in_the_passage() -> None:
    pool = {"indicator count": ["科技型中小企业", "高新技术企业", "上市公司"], "place 市": ["柳塘市", "临河市"]}
    want = Want("count", "高新技术企业", "临河市", "2023年")
    seen = set()
    for seed in range(60):
        near = Near(Asked(FACT, 0, "count", "临河市"), TEXT, [FACT], pool, random.Random(seed)).want(want)
        assert near is not None
        kind, other = near
        seen.add(kind)
        assert other != want
        match kind:
            case "other year":
                assert other.time not in TEXT
            case "other place":
                assert other.place == "柳塘市"
            case "other indicator":
                assert other.name in ("科技型中小企业", "上市公司")
            case "other kind":
                assert other.style in ("target", "growth_up", "share")
    assert seen == {"other year", "other place", "other indicator", "other kind"}


@pytest.mark.parametrize(("told", "asked"), [([], True), ([replace(FACT, text="2500家")], False)])
def test_the_whole_year_is_asked_for_only_where_the_passage_tells_a_part_of_it(told: list[Fact], asked: bool) -> None:
    half = replace(FACT, period="2023年上半年")
    want = Want("count", half.indicator, "", "")
    near = [
        Near(Asked(half, 0, "count", ""), "上半年", [half, *told], {}, random.Random(s)).want(want) for s in range(40)
    ]
    assert any(found is not None and found[0] == "other period" for found in near) is asked


@pytest.fixture
def forms() -> Forms:
    return Forms(TRAINING / "forms.toml", random.Random(1))


def test_made_up_documents_hold_the_answers_they_are_asked_for(forms: Forms) -> None:
    found = list(forms.questions(140))
    assert len(found) > 200
    for question in found:
        assert "{" not in question.question + question.passage
        assert "⟦" not in question.passage
        if question.start is not None:
            assert question.answer.strip() == question.answer != ""
        assert (question.start is None) == question.kind.endswith("/absent")
    assert {kind for q in found if (kind := q.kind.split("/")[0].split()[0])} == {
        "label",
        "table",
        "report",
        "support",
        "rule",
        "event",
    }


def test_the_same_seed_makes_the_same_documents() -> None:
    one, two = (list(Forms(TRAINING / "forms.toml", random.Random(3)).questions(14)) for _ in range(2))
    assert one == two


def test_the_marked_part_of_a_sentence_is_its_answer() -> None:
    assert marked_answer("有效期为⟦三年⟧。") == ("有效期为三年。", "三年")


PARAGRAPHS = [
    {"article": "甲", "context": "甲河长90公里。", "questions": [{"question": "甲河多长？", "answers": [{"text": "90公里", "start": 3}]}]},
    {"article": "甲", "context": "甲河流经三县。", "questions": []},
    {"article": "乙", "context": "乙山高500米。", "questions": [{"question": "乙山多高？", "answers": [{"text": "500米", "start": 3}]}]},
]  # fmt: skip


def test_an_unanswerable_question_gets_another_paragraph_of_its_article() -> None:
    (first, second) = questions_of(PARAGRAPHS, random.Random(0), unanswerable=1.0)
    assert (first.passage, first.start, first.answer) == ("甲河流经三县。", None, "")
    assert second.answer == "500米"  # no other paragraph to take


def test_whole_articles_are_held_out() -> None:
    train, held = split(PARAGRAPHS, 1)
    assert [p["article"] for p in train] == ["甲", "甲"]
    assert [p["article"] for p in held] == ["乙"]


SPANS = [(0, 10), (10, 20), (20, 30), (30, 40)]


@pytest.mark.parametrize(("length", "sentences"), [(10, 1), (19, 1), (20, 2), (400, 4)])
def test_a_passage_is_whole_sentences_around_the_answer(length: int, sentences: int) -> None:
    first, last = around(SPANS, 1, length, random.Random(0))
    assert first <= 1 <= last
    assert last - first + 1 == sentences


def test_a_shortened_passage_keeps_the_answer_under_its_span() -> None:
    text = "".join(f"第{i}句说了一些别的事情而且不短。" for i in range(60)) + "甲河长90公里。" + "后来又有一句。" * 40
    start = text.index("90公里")
    passage, (a, b) = shortened(text, start, start + 4, random.Random(2))
    assert passage[a:b] == "90公里"
    assert len(passage) <= 510


@pytest.mark.parametrize(
    ("text", "cleaned", "date"),
    [
        ("2023-07-26 16:23，正文：今天有雨。", "今天有雨。", "2023-07-26"),
        ("08-16 22:39，正文：今天有雨。", "今天有雨。", "2023-08-16"),
        ("2023年08月03日，正文： 今天有雨。", "今天有雨。", "2023-08-03"),
        ("，正文：今天有雨。", "今天有雨。", None),
        ("今天有雨，正好。", "今天有雨，正好。", None),
        ("甲公司(16.450, -0.05, -0.30%)上涨。", "甲公司上涨。", None),
    ],
)
def test_news_texts_lose_the_agency_s_marks(text: str, cleaned: str, date: str | None) -> None:
    assert clean_news(text) == (cleaned, date)


def test_opening_words_stand_for_a_title_only_without_figures() -> None:
    assert headline_of("原标题：临河市发布新版人才政策，共十条。") == "临河市发布新版人才政策"
    assert headline_of("7月25日，临河市发布新版人才政策。") == ""


def test_reports_that_a_program_writes_are_told_apart() -> None:
    assert is_market_report("主力资金净流入1亿元，融资融券方面净买入。")
    assert not is_market_report("全市主力资金账户上线。")
