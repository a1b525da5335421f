"""The status page without a browser: the health line, the groups, the settings, and nothing of it as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st
from fake_engine import HOSTILE, FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.status import Health, IndexState, Status, read_status
from ragpark.ui import services, status_markup


@pytest.fixture
def status(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[list[Status]]:
    """The status that the page is given: put one into the list."""
    monkeypatch.setattr(
        "ragpark.encode.load_encoder", lambda settings: SimpleNamespace(model_id="fake-1", dim=8, max_tokens=512)
    )
    settings = Settings(index=tmp_path / "none", origins={"candidates": "ragpark.toml"})  # type: ignore[operator]
    base = read_status(settings)
    index = IndexState("gen-000001-ab", "", "fake-1", 8, {"documents": 2}, {"指标": 2048}, 2048, {})
    given = [replace(base, health=Health("ok", "索引就绪", "可以提问"), index=index)]
    made = services.Services(settings, lambda settings: FakeEngine(), lambda progress: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    monkeypatch.setattr("ragpark.status.read_status", lambda settings, loaded: given[-1])
    st.cache_resource.clear()
    yield given
    st.cache_resource.clear()


def _app() -> AppTest:
    def script() -> None:
        from ragpark.ui.status_page import draw

        draw()

    return AppTest.from_function(script, default_timeout=20).run()


def _html(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def test_all_well(status: list[Status]) -> None:
    app = _app()
    html = _html(app)
    assert not app.exception and "<h1>设置与状态</h1>" in html
    assert html.index("索引就绪") < html.index("gen-000001-ab") < html.index("candidates")
    assert "rp-health-ok" in html and '<tr class="rp-changed"><th scope="row"><code>candidates' in html
    assert not [button for button in app.button if button.label == "更新索引"]
    assert "✓ 索引就绪" in app.code[0].value and "candidates = 50（ragpark.toml" in app.code[0].value


@pytest.mark.parametrize("level", ["warning", "error"])
def test_what_is_wrong_can_be_mended_here(status: list[Status], level: str) -> None:
    status.append(replace(status[0], health=Health(level, "索引与文件夹不一致", "请更新索引")))  # type: ignore[arg-type]
    app = _app()
    assert f"rp-health-{level}" in _html(app)
    assert [button for button in app.button if button.label == "更新索引"]


def test_values_are_text(status: list[Status]) -> None:
    settings = (replace(status[0].settings[0], value=HOSTILE, origin=HOSTILE),)
    html = status_markup.settings_table(settings) + status_markup.groups_block([("模型", (("名称", HOSTILE),))])
    html += status_markup.health_block(Health("error", HOSTILE, HOSTILE))
    assert "<script" not in html and "<img" not in html
