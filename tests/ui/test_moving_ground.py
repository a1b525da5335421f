"""The pages while what they stand on changes: index rebuilt, removed or garbled, odd addresses, files that resist."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.index import build_index
from ragpark.ui import services

PAGES = ("ask", "search", "indicators", "documents", "evaluate", "status")
QUESTION = "2023年研发投入占地区生产总值多少"
REPORT = "东湖区科技工作报告\n\n发布日期：2024-03-12\n\n一、研发投入\n\n2023年，研发投入占地区生产总值的{}。\n"


class Place:
    """A documents folder, an index beside it, and the services of a server over both."""

    def __init__(self, folder: Path, encoder: object) -> None:
        self.settings = Settings(
            docs=folder / "docs",
            index=folder / "index",
            reports=folder / "reports",
            gold_candidates=folder / "gold_candidates.jsonl",
            max_file_mb=1,
        )
        self._encoder = encoder
        self.services = services.Services(
            self.settings,
            lambda settings: Engine(settings, encoder),  # type: ignore[arg-type]
            lambda progress: build_index(self.settings, encoder=encoder, progress=progress),  # type: ignore[arg-type]
        )
        self.settings.docs.mkdir()

    def build(self, figure: str) -> None:
        """Write the report with this figure and index it, as the command line does while the server runs."""
        (self.settings.docs / "报告.txt").write_text(REPORT.format(figure), encoding="utf-8")
        build_index(self.settings, encoder=self._encoder)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pair_encoder: object) -> Iterator[Place]:
    made = Place(tmp_path, pair_encoder)
    monkeypatch.setattr(services, "make_services", lambda: made.services)
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    yield made
    st.cache_resource.clear()


def _app(page: str, question: str = "") -> AppTest:
    def script(page: str) -> None:
        from importlib import import_module

        import streamlit as st

        from ragpark.ui import main

        st.session_state["ask-page"] = None
        main._safe(import_module(f"ragpark.ui.{page}_page").draw)()

    app = AppTest.from_function(script, default_timeout=60, args=(page,))
    if question:
        app.query_params["q"] = question
    return app.run()


def _html(app: AppTest) -> str:
    assert not app.exception
    bodies = (element.proto.body for element in app.get("html"))
    html = "\n".join(body for body in bodies if not body.startswith(("<style", "<script")))
    assert services.UNEXPECTED not in html and "Traceback" not in html
    return html


def test_an_index_rebuilt_on_the_command_line_is_followed(place: Place) -> None:
    place.build("3.42%")
    app = _app("ask", QUESTION)
    assert "3.42%" in _html(app)
    app.button(key="open-1-1").click().run()
    assert 'id="rp-passage"' in _html(app)
    place.build("5.16%")
    html = _html(app.run())
    assert "原文已变化" in html  # the source of the old answer is not shown with marks in a wrong place
    assert "5.16%" in _html(_app("ask", QUESTION))


@pytest.mark.parametrize("page", PAGES)
def test_an_index_removed_under_a_running_server_is_told(place: Place, page: str) -> None:
    place.build("3.42%")
    assert _html(_app(page, QUESTION))
    shutil.rmtree(place.settings.index)
    html = _html(_app(page, QUESTION))
    assert "还没有索引" in html or "没有索引" in html
    place.build("5.16%")
    assert "没有索引" not in _html(_app(page, QUESTION))


@pytest.mark.parametrize("page", PAGES)
def test_a_garbled_index_is_told_with_the_way_out(place: Place, page: str) -> None:
    place.build("3.42%")
    _app(page, QUESTION)
    (place.settings.index / "CURRENT").write_text("junk", encoding="ascii")
    html = _html(_app(page, QUESTION))
    assert "损坏" in html and "ragpark index --rebuild" in html


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_folder_makes_no_page_fail(place: Place, page: str) -> None:
    assert _html(_app(page, QUESTION))  # without an index
    place.build("3.42%")
    (place.settings.docs / "报告.txt").unlink()
    assert _html(_app(page, QUESTION))  # with the index of what was there


ODD = ("\0", "%", "%00", "'\";--", "a" * 20_000, "<script>", "?", "&q=2", "\u202e倒过来", "𠮷野家", "1\n2")


@pytest.mark.parametrize("question", ODD, ids=ascii)
@pytest.mark.parametrize("page", ["ask", "search"])
def test_odd_questions_get_an_answer_or_a_sentence(place: Place, page: str, question: str) -> None:
    place.build("3.42%")
    assert "<script>" not in _html(_app(page, question))


def test_a_documents_folder_that_cannot_be_written_is_told(place: Place) -> None:
    place.settings.docs.rmdir()
    place.settings.docs.write_text("a file stands where the folder should be", encoding="utf-8")
    app = _app("documents")
    app.file_uploader[0].set_value([("甲.txt", "一段文字，足够长。".encode(), "text/plain")])
    assert "无法写入" in _html(app.run())


def test_uploads_with_nothing_in_them_or_nothing_in_their_names(place: Place) -> None:
    app = _app("documents")
    files = [
        ("甲.txt", "第一份文字，2024年营收5亿元。".encode(), "text/plain"),
        ("甲.txt", "另一份文字，2024年营收6亿元。".encode(), "text/plain"),
        ("空.txt", b"", "text/plain"),
        ("....txt", "只有点的名字，2024年营收7亿元。".encode(), "text/plain"),
        ("...", b"x", "text/plain"),
    ]
    app.file_uploader[0].set_value(files)
    html = _html(app.run())
    assert "空文件" in html and "格式不支持" in html and "已有同名文件：甲.txt" in html
    assert {path.name for path in place.settings.docs.iterdir()} == {"甲.txt", "未命名.txt"}
    next(button for button in app.button if button.label == "两份都保留").click().run()
    _html(app)
    assert {path.name for path in place.settings.docs.iterdir()} == {"甲.txt", "甲-2.txt", "未命名.txt"}
