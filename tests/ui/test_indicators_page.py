"""The states of the page 指标: nothing to show, a curve and its figures, the source of one, the choice by the matrix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st
from fake_engine import FACTS, FIRMS, HOSTILE, FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.indicators import Key, Point, course
from ragpark.ui import indicator_markup, services
from ragpark.ui.indicators_page import chart

NAMES = {"研发投入强度", "高新技术企业", "注入指数"}
EARLIER = replace(FACTS[1], year=2020, text="45家", value=45.0, unit="家")
FIRM_FACTS = (replace(FACTS[1], value=560.0, unit="家"), EARLIER, replace(EARLIER, year=2026, kind="target", text="900家", value=900.0))  # fmt: skip
KEY = Key("高新技术企业", "东湖区", "level", "家")


def _run(monkeypatch: pytest.MonkeyPatch, facts: object) -> Iterator[AppTest]:
    engine = FakeEngine()
    engine.index = replace(engine.index, facts=facts)  # type: ignore[arg-type]
    made = services.Services(Settings(), lambda settings: engine, lambda progress: None, lambda: NAMES)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()

    def script() -> None:
        from ragpark.ui.indicators_page import draw

        draw()

    yield AppTest.from_function(script, default_timeout=20).run()
    st.cache_resource.clear()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    yield from _run(monkeypatch, FIRM_FACTS)


def _html(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if not e.proto.body.startswith(("<style", "<script")))


def test_the_years_the_gap_and_the_target_are_said(app: AppTest) -> None:
    assert not app.exception
    html = _html(app)
    assert "东湖区　高新技术企业" in html and "2 个年份有数值；缺 2021、2022" in html
    assert '<span class="rp-tag">目标</span>' in html


def test_a_figure_opens_its_sentence(app: AppTest) -> None:
    number = next(i for i in range(3) if FIRM_FACTS[0].text in _rows(app)[i])
    app.button(key=f"indicator-open-{number}").click().run()
    assert 'id="rp-passage"' in _html(app) and not app.exception
    next(b for b in app.button if b.label == "关闭").click().run()
    assert "rp-passage" not in _html(app)


def _rows(app: AppTest) -> list[str]:
    return [e.proto.body for e in app.get("html") if 'class="rp-fact"' in e.proto.body]


def test_the_chart_keeps_gaps_and_makes_targets_hollow() -> None:
    drawn = chart(KEY, course(FIRM_FACTS, KEY), bars=False).to_dict(validate=False)
    (rows,) = drawn["datasets"].values()
    assert [(row["year"], row["kind"], row["run"]) for row in rows] == [
        (2020, "实际", 0),
        (2023, "实际", 1),
        (2026, "目标", -1),
    ]
    assert drawn["layer"][0]["encoding"]["detail"]["field"] == "run"


def test_without_curves_the_page_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for app in _run(monkeypatch, ()):
        assert "还没有可以成表的数值" in _html(app) and not app.exception


def test_words_of_documents_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    for app in _run(monkeypatch, (replace(EARLIER, entity=HOSTILE, quote=FIRMS.quote),)):
        assert "<script>window" not in _html(app) and not app.exception


def test_a_figure_says_what_its_document_calls_it_where_that_differs() -> None:
    alike, other = (
        replace(FACTS[1], standard="高新技术企业"),
        replace(FACTS[1], standard="高新技术企业", indicator="<高企>"),
    )
    assert "文中称" not in indicator_markup.row(Point(2023, 560.0, False, False, alike))
    assert "文中称“&lt;高企&gt;”" in indicator_markup.row(Point(2023, 560.0, False, False, other))
