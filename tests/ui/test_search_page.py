"""The states of the search page, and the filter on the question page, without a browser over the fake engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from fake_engine import NOTES, REPORT, FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.errors import IndexMissingError
from ragpark.retrieve.filters import EVERYTHING, Filter
from ragpark.ui import services


def _serve(monkeypatch: pytest.MonkeyPatch, engine: object) -> None:
    made = services.Services(Settings(), lambda settings: engine, lambda progress: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    fake = FakeEngine()
    _serve(monkeypatch, fake)
    yield fake
    st.cache_resource.clear()


def _page(name: str, **query: str) -> AppTest:
    def search() -> None:
        from ragpark.ui import main, search_page

        main._safe(search_page.draw)()

    def ask() -> None:
        from ragpark.ui.main import main

        main()

    app = AppTest.from_function({"search": search, "ask": ask}[name], default_timeout=20)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def _html(app: AppTest) -> str:
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))


def _search(app: AppTest, question: str) -> AppTest:
    app.text_input(key="search-question").set_value(question)
    next(button for button in app.button if button.label == "检索").click()
    return app.run()


def _address(app: AppTest) -> dict[str, str]:
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def test_before_a_question_the_page_says_what_it_is_for(engine: FakeEngine) -> None:
    app = _page("search")
    assert "看检索到哪些段落" in _html(app) and "rp-passage-hit" not in _html(app)
    assert not app.exception


def test_passages_with_rank_headings_marks_scores_and_what_was_understood(engine: FakeEngine) -> None:
    app = _search(_page("search"), "研发")
    html = _html(app)
    assert html.count("rp-passage-hit") == 3
    assert '<mark class="rp-term">研发</mark>投入' in html
    assert "二、研发投入" in html and "没有出现：奶牛" in html
    assert "<td>0.75</td><td>BM25 6.50</td>" in html and "<td>+0.30</td>" in html and "<td>1.23</td>" in html
    assert "＝r&amp;d" in html and 'title="库中文档没有这个词"' in html
    assert _address(app) == {"q": "研发"}


def test_a_filter_narrows_and_one_click_lifts_it(engine: FakeEngine) -> None:
    app = _search(_page("search"), "研发")
    app.selectbox(key="search-first").set_value(2023).run()
    assert engine.scopes[-1] == Filter((2023, 2024)) and _html(app).count("rp-passage-hit") == 2
    app.selectbox(key="search-doc").set_value(REPORT.doc).run()
    app.text_input(key="search-section").set_value("研发").run()
    assert _html(app).count("rp-passage-hit") == 1
    assert _address(app) == {"q": "研发", "from": "2023", "to": "2024", "doc": REPORT.doc, "section": "研发"}
    app.button(key="search-clear").click().run()
    assert engine.scopes[-1] == EVERYTHING and _html(app).count("rp-passage-hit") == 3
    assert _address(app) == {"q": "研发"}


def test_an_address_brings_question_and_filter(engine: FakeEngine) -> None:
    app = _page("search", **{"q": "研发", "from": "2022", "to": "2022", "doc": NOTES.doc})
    assert engine.scopes[-1] == Filter((2022, 2022), NOTES.doc)
    assert app.text_input(key="search-question").value == "研发"
    assert _html(app).count("rp-passage-hit") == 1


def test_an_address_with_years_and_documents_there_are_not_is_read_without_them(engine: FakeEngine) -> None:
    app = _page("search", **{"q": "研发", "from": "1800", "to": "x", "doc": "gone.txt"})
    assert engine.scopes[-1] == EVERYTHING and not app.exception


def test_an_impossible_filter_and_an_empty_result_are_sentences(engine: FakeEngine) -> None:
    app = _search(_page("search"), "研发")
    app.selectbox(key="search-first").set_value(2024).run()
    assert "所选范围（2024年）内没有内容" in _html(app)
    app.selectbox(key="search-last").set_value(2022).run()
    assert "起点晚于终点" in _html(app) and not app.exception


def test_a_question_without_words_gets_a_sentence(engine: FakeEngine) -> None:
    assert "请写出要查的内容" in _html(_search(_page("search"), "？？"))


def test_the_source_opens_beside_and_closes(engine: FakeEngine) -> None:
    app = _search(_page("search"), "研发")
    app.button(key="hit-open-1").click().run()
    assert 'id="rp-passage"' in _html(app) and app.button(key="hit-open-1").disabled
    next(b for b in app.button if b.label == "关闭").click().run()
    assert "rp-passage" not in _html(app).replace("rp-passage-hit", "")


def test_hostile_text_is_escaped(engine: FakeEngine) -> None:
    app = _search(_page("search"), "<img src=x onerror=alert(1)>研发")
    app.button(key="hit-open-3").click().run()
    for element in app.get("html"):
        if not element.proto.unsafe_allow_javascript:
            assert "<script" not in element.proto.body and "<img" not in element.proto.body


def test_no_index_says_where_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        @property
        def index(self) -> object:
            raise IndexMissingError("还没有索引")

    _serve(monkeypatch, Missing())
    app = _page("search")
    assert "还没有索引" in _html(app) and not app.exception
    st.cache_resource.clear()


def test_a_question_is_asked_within_the_chosen_range(engine: FakeEngine) -> None:
    app = _page("ask")
    app.selectbox(key="ask-first").set_value(2022).run()
    assert any("范围：2022–2024年" in button.label for button in app.button)
    app.text_input(key="question").set_value("研发")
    next(button for button in app.button if button.label == "提问").click()
    app.run()
    assert engine.scopes[-1] == Filter((2022, 2024))
    assert "范围：2022–2024年" in _html(app)
    app.button(key="ask-clear").click().run()
    assert app.selectbox(key="ask-first").value == 0
    assert "范围：2022–2024年" in _html(app)  # the answer shown was given within it


def test_a_control_where_nothing_is_chosen_is_not_set_by_the_page(engine: FakeEngine) -> None:
    app = _page("ask")
    app.selectbox(key="ask-first").set_value(2022).run()
    # what the page sets goes to the browser, over a choice made there while the page was still running
    assert [app.selectbox(key=f"ask-{name}").proto.set_value for name in ("first", "last", "doc")] == [False] * 3
