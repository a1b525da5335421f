"""The question page where a language model writes: words while they come, then the checked answer; run without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from fake_engine import HOSTILE, FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.records import Answer, CheckedSentence
from ragpark.ui import markup, services
from ragpark.ui.footnotes import footnotes


class Writing(FakeEngine):
    """Writes `3.42%` well and adds a sentence that is struck out."""

    def __init__(self) -> None:
        super().__init__()
        self.streamed: list[str] = []

    def ask(self, question: str, *, llm: bool | None = None, **scope: Any) -> Answer:
        assert llm is False  # the model writes afterwards
        return super().ask(question, **scope)

    def passages(self, answer: Answer, **scope: Any) -> tuple[object, ...]:
        return ("passage",)

    def write(self, answer: Answer, passages: Sequence[object], stream: Callable[[str], None] | None = None) -> Answer:
        said = "2023年，东湖区研发投入占比为3.42%[1]。"
        for piece in (said, HOSTILE):
            self.streamed.append(piece)
            if stream:
                stream(piece)
        checks = (CheckedSentence(said, True), CheckedSentence(f"{HOSTILE}共9家[1]。", False, ("“9家”找不到",)))
        return replace(
            answer, answer=said, generated=True, checks=checks, checked=("数字与单位",), notice="有 1 句没有通过核对。"
        )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writing]:
    fake = Writing()
    settings = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m")
    made = services.Services(settings, lambda settings: fake, lambda progress: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()
    yield fake
    st.cache_resource.clear()


def _app(question: str) -> tuple[AppTest, str]:
    def script() -> None:
        from ragpark.ui.main import main

        main()

    app = AppTest.from_function(script, default_timeout=60)
    app.query_params["q"] = question
    app.run()
    bodies = (element.proto.body for element in app.get("html"))
    return app, "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


def test_the_checked_answer_replaces_the_draft_and_shows_what_was_struck_out(engine: Writing) -> None:
    app, html = _app("2023年研发投入占比")
    assert not app.exception
    assert engine.streamed
    assert '3.42%<sup class="rp-ref">[1]</sup>' in html
    assert "<s>" in html and "“9家”找不到" in html and "有 1 句没有通过核对" in html
    assert "rp-draft" not in html
    assert "<script" not in html and "<img" not in html


def test_a_refusal_is_not_written_over(engine: Writing) -> None:
    _, html = _app("2019年绿地")
    assert "rp-refusal" in html and engine.streamed == []


def test_a_draft_is_escaped_and_marked_as_unchecked() -> None:
    html = markup.draft_block("问<b>", f"{HOSTILE}[1]")
    assert "还没有核对" in html and "<script" not in html and "<img" not in html and "<b>" not in html
    assert '<sup class="rp-ref">[1]</sup>' in html


def test_without_a_model_there_is_no_block_of_checks() -> None:
    assert markup.checks_block(Answer("问", "答", False, "", ())) == ""


def test_footnotes_stand_where_the_sentences_name_them() -> None:
    text = footnotes(Answer("问", "甲为1家[1]，乙为2家[2]。", False, "", (), generated=True))
    assert "甲为1家[^1]，乙为2家[^2]。\n" in text
