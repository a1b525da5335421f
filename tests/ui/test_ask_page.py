"""The states of the question page, run without a browser over the fake engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from fake_engine import HOSTILE, FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.errors import IndexMissingError, RagparkError
from ragpark.ui import services

NAMES = {"研发投入强度", "高新技术企业", "注入指数"}


class Missing:
    def __init__(self, error: RagparkError) -> None:
        self._error = error

    @property
    def index(self) -> object:
        raise self._error


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeEngine]:
    fake = FakeEngine()
    yield from _serve(monkeypatch, fake, Settings(gold_candidates=tmp_path / "candidates.jsonl"))


def _serve(monkeypatch: pytest.MonkeyPatch, engine: object, settings: Settings | None = None) -> Iterator[object]:
    made = services.Services(settings or Settings(), lambda settings: engine, lambda progress: None, lambda: NAMES)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()
    yield engine
    st.cache_resource.clear()


def _app(**query: str) -> AppTest:
    def script() -> None:
        from ragpark.ui.main import main

        main()

    app = AppTest.from_function(script, default_timeout=20)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def _html(app: AppTest) -> str:
    """What is drawn as HTML, without the style sheet and the scripts."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


def _ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="question").set_value(question)
    next(button for button in app.button if button.label == "提问").click()
    return app.run()


def test_greeting_shows_examples_of_the_corpus(engine: FakeEngine) -> None:
    app = _app()
    assert not app.exception
    labels = [button.label for button in app.button if (button.key or "").startswith("example-")]
    assert labels[1] == "2023年东湖区研发投入强度是多少？"
    assert "库中有 2 份文档" in _html(app)
    assert app.session_state["turns"] == ()


def test_an_example_is_asked_when_clicked(engine: FakeEngine) -> None:
    app = _app()
    app.button(key="example-1").click().run()
    assert engine.asked[-1] == "2023年东湖区研发投入强度是多少？"
    assert "3.42%" in _html(app) and "rp-answer" in _html(app)
    assert not [b for b in app.button if (b.key or "").startswith("example-")]


def test_question_answer_evidence_and_source(engine: FakeEngine) -> None:
    app = _ask(_app(), "2023年研发投入占比")
    assert '<mark class="rp-mark">3.42%</mark>' in _html(app)
    assert "rp-reader" not in _html(app)
    app.button(key="open-1-1").click().run()
    assert 'id="rp-passage"' in _html(app)
    next(b for b in app.button if b.label == "关闭").click().run()
    assert "rp-passage" not in _html(app)
    assert not app.exception


def test_a_linked_question_is_asked_once(engine: FakeEngine) -> None:
    app = _app(q="2023年企业有多少")
    assert "560家" in _html(app)
    app.run()
    assert engine.asked == ["2023年企业有多少"]


def test_asking_puts_the_question_into_the_address(engine: FakeEngine) -> None:
    app = _ask(_app(), "2023年研发投入占比")
    assert app.query_params["q"] in ("2023年研发投入占比", ["2023年研发投入占比"])


def test_refusal_looks_different_and_shows_the_nearest(engine: FakeEngine) -> None:
    html = _html(_ask(_app(), "2019年绿地"))
    assert "rp-refusal" in html and "rp-answer" not in html
    assert "库中没有2019年的数据" in html and "最接近的内容（不是答案）" in html


def test_a_question_without_words_gets_a_sentence(engine: FakeEngine) -> None:
    html = _html(_ask(_app(), "？？"))
    assert "请写出要查的内容" in html


def test_history_brings_an_earlier_answer_back(engine: FakeEngine) -> None:
    app = _ask(_ask(_app(), "研发"), "企业")
    app.button(key="turn-1").click().run()
    assert '<p class="rp-value rp-short">3.42%' in _html(app)
    next(b for b in app.button if b.label == "清空").click().run()
    assert "rp-hero" in _html(app)


def test_hostile_text_reaches_labels_and_html_escaped(engine: FakeEngine) -> None:
    app = _ask(_ask(_app(), "注入"), "研发")
    for element in app.get("html"):
        if not element.proto.unsafe_allow_javascript:
            assert "<script" not in element.proto.body
            assert "<img" not in element.proto.body
        else:
            assert "hacked" not in element.proto.body
    label = app.button(key="turn-1").label
    assert HOSTILE not in label and "\\<script" in label


def test_a_follow_up_is_completed_shown_and_can_be_asked_as_typed(engine: FakeEngine) -> None:
    app = _ask(_ask(_app(), "2023年研发投入占比"), "那企业呢")
    assert engine.asked[-1] == "2023年企业"
    assert '<span class="rp-completed">按上一问补全为：</span>2023年企业' in _html(app)
    assert app.query_params["q"] in ("2023年企业", ["2023年企业"])
    assert app.button(key="turn-2").label.startswith("2023年企业")
    assert "2023年企业" in app.get("code")[0].value  # the footnotes, too
    app.button(key="as-typed-2").click().run()
    assert engine.asked[-1] == "那企业呢" and "rp-completed" not in _html(app)


def test_a_question_of_the_address_is_never_completed(engine: FakeEngine) -> None:
    _app(q="那企业呢")
    assert engine.asked == ["那企业呢"]


def test_the_question_shown_is_marked_among_the_earlier_ones(engine: FakeEngine) -> None:
    app = _ask(_app(), "研发")
    assert not [b for b in app.button if (b.key or "").startswith("turn-")]  # alone, there is nothing to choose
    app = _ask(_ask(app, "企业"), "？？")
    assert [b.key for b in app.button if (b.key or "").startswith("turn-")] == ["turn-3", "turn-2", "turn-1"]
    assert "“？？”没法回答" in _html(app)


@pytest.mark.parametrize(
    ("question", "label", "correct", "said"),
    [
        ("研发", "加入评测集：答得对", True, "待审（答得对）"),
        ("研发", "答得不对", False, "待审（答得不对）"),
        ("2019年绿地", "加入评测集：拒答得对", True, "待审（拒答得对）"),
        ("2019年绿地", "库中其实有", False, "待审（库中其实有）"),
    ],
)
def test_a_verdict_makes_a_gold_candidate_once(
    engine: FakeEngine, tmp_path: Path, question: str, label: str, correct: bool, said: str
) -> None:
    app = _ask(_app(), question)
    next(b for b in app.button if b.label == label).click().run()
    assert f"已加入 candidates.jsonl，{said}" in _html(app)
    assert not [b for b in app.button if (b.key or "").startswith("judge-")]
    lines = (tmp_path / "candidates.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["对" if correct else "错"]


def test_a_verdict_that_cannot_be_written_is_told(engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "candidates.jsonl").mkdir()
    app = _ask(_app(), "研发")
    app.button(key="judge-1-True").click().run()
    assert "没有加入评测集" in _html(app) and not app.exception
    assert app.button(key="judge-1-True")


def test_no_index_offers_to_build_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in _serve(monkeypatch, Missing(IndexMissingError("还没有索引"))):
        app = _app()
        assert "还没有索引" in _html(app)
        assert [b for b in app.button if b.label == "建立索引"]


def test_other_errors_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in _serve(monkeypatch, Missing(RagparkError("索引损坏，请运行 ragpark index --rebuild"))):
        app = _app()
        assert "索引损坏" in _html(app) and not app.exception


def test_the_unforeseen_is_logged_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for fake in _serve(monkeypatch, FakeEngine()):
        monkeypatch.setattr(fake, "ask", lambda *args, **named: 1 / 0)
        app = _ask(_app(), "研发")
        assert services.UNEXPECTED in _html(app)
        assert "ZeroDivisionError" not in _html(app) and not app.exception
