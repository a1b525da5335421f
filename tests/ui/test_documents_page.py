"""The states of the page 文档, run without a browser over a real folder and index; the encoder counts characters."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from fake_engine import HOSTILE
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.engine import Engine
from ragpark.errors import IndexDamagedError
from ragpark.index import build_index
from ragpark.index.progress import BuildReport, Progress, ProgressCallback
from ragpark.ui import documents_page, services

REPORT = "东湖区科技工作报告\n\n发布日期：2024-03-12\n\n一、研发投入\n\n2023年，研发投入占地区生产总值的3.42%。\n"
NOTICE = "会议通知\n\n2025年5月6日上午召开科技招商会议，请各街道准时参加。\n"


class Place:
    """A documents folder, an index beside it, and the services of a server over both."""

    def __init__(self, folder: Path, encoder: object) -> None:
        self.settings = Settings(docs=folder / "docs", index=folder / "index", max_file_mb=1)
        self.settings.docs.mkdir()
        self._encoder = encoder
        self.rebuilt = 0
        self.services = services.Services(self.settings, self._engine, self.build, tuple, self._rebuild)

    def _engine(self, settings: Settings) -> Engine:
        return Engine(settings, self._encoder)  # type: ignore[arg-type]

    def build(self, progress: ProgressCallback | None = None, rebuild: bool = False) -> BuildReport:
        return build_index(self.settings, encoder=self._encoder, progress=progress, rebuild=rebuild)  # type: ignore[arg-type]

    def _rebuild(self, progress: ProgressCallback) -> BuildReport:
        self.rebuilt += 1
        return self.build(progress, rebuild=True)

    def put(self, doc: str, text: str) -> None:
        path = self.settings.docs / doc
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pair_encoder: object) -> Iterator[Place]:
    made = Place(tmp_path, pair_encoder)
    monkeypatch.setattr(services, "make_services", lambda: made.services)
    st.cache_resource.clear()
    yield made
    _finish()
    st.cache_resource.clear()


def _finish() -> None:
    for thread in threading.enumerate():
        if thread.name == "ragpark-build":
            thread.join(timeout=20)


def _app(doc: str = "") -> AppTest:
    def script() -> None:
        import streamlit as st

        from ragpark.ui import documents_page, main

        st.set_page_config(layout="wide")
        main._safe(documents_page.draw)()

    app = AppTest.from_function(script, default_timeout=20)
    if doc:
        app.query_params["doc"] = doc
    return _run(app)


def _run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def _press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return _run(app)


def _titles(app: AppTest) -> list[str]:
    return [button.label for button in app.button if (button.key or "").startswith("open-")]


def test_an_empty_folder_asks_for_files(place: Place) -> None:
    app = _app()
    assert "文档文件夹是空的" in _html(app) and "索引里还没有文档" in _html(app)
    assert app.button(key="rebuild").disabled
    place.settings.docs.rmdir()
    assert "文档文件夹是空的" in _html(_app())


def test_without_an_index_one_can_be_built(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.put("通知.txt", NOTICE)
    app = _app()
    assert "还没有索引" in _html(app) and "2 个文件还没有进入索引" in _html(app)
    _press(app, "建立索引")
    _finish()
    html = _html(_run(app))
    assert "新增 2，更新 0，移除 0，未变 0" in html and "索引中有 2 份文档" in html
    _press(app, "知道了")
    assert "新增 2" not in _html(app)


def test_the_list_shows_each_file_with_its_numbers_and_state(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.put("通知.txt", NOTICE)
    place.put("坏.pdf", "junk")
    place.build()
    place.put("通知.txt", NOTICE + "地点另告。\n")
    place.put("新.md", "# 新\n\n内容。")
    app = _app()
    assert _titles(app) == ["坏\\.pdf", "东湖区科技工作报告", "新\\.md", "会议通知"]
    html = _html(app)
    assert "2024-03-12" in html and "1 个文件还没有进入索引，1 个有改动" in html
    for state in ("已入索引", "未入索引", "有改动", "读不出"):
        assert f">{state}</span>" in html
    assert app.button(key="rebuild").label == "重建索引"


def test_search_and_filters(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.put("通知.txt", NOTICE)
    place.put("坏.pdf", "junk")
    place.build()
    app = _app()
    app.text_input(key="docs-words").set_value("会议")
    assert _titles(_run(app)) == ["会议通知"]
    app.text_input(key="docs-words").set_value("")
    app.selectbox(key="docs-shown").select("problems")
    assert _titles(_run(app)) == ["坏\\.pdf"]
    app.text_input(key="docs-words").set_value("没有")
    assert "没有符合条件的文档" in _html(_run(app))


def test_more_rows_than_a_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents_page, "PAGE_ROWS", 2)
    for number in range(5):
        place.put(f"{number}.txt", f"第{number}号\n\n内容{number}。")
    app = _app()
    assert _titles(app) == ["0\\.txt", "1\\.txt"]
    app.selectbox(key="docs-page").select(3)
    assert _titles(_run(app)) == ["4\\.txt"]
    app.text_input(key="docs-words").set_value("3")
    assert _titles(_run(app)) == ["3\\.txt"]


def test_a_document_opens_with_text_outline_and_what_was_left_out(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    app = _press(_app(), "东湖区科技工作报告")
    html = _html(app)
    assert "占地区生产总值的3.42%" in html and "rp-outline" in html and "rp-docs-left-out" in html
    assert [tab.label for tab in app.tabs] == ["正文", "整理时略去的内容（1）"]
    assert "发布日期：2024-03-12" in html
    assert _titles(_press(app, "返回列表")) == ["东湖区科技工作报告"]


def test_a_long_document_is_read_in_parts(place: Place) -> None:
    place.put("长.txt", "长文\n\n" + "\n\n".join(f"第{n}段，内容若干，别无他事。" for n in range(4000)))
    place.build()
    app = _app("长.txt")
    assert "第0段" in _html(app) and "第3999段" not in _html(app)
    parts = app.selectbox[0]
    parts.select_index(len(parts.options) - 1)
    assert "第3999段" in _html(_run(app)) and "前面还有" in _html(app)


def test_a_new_file_is_shown_as_it_would_be_read(place: Place) -> None:
    place.put("报告.txt", REPORT)
    html = _html(_app("报告.txt"))
    assert "还没有进入索引" in html and "3.42%" in html


def test_a_broken_file_says_why_and_can_be_removed(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.put("坏.pdf", "junk")
    place.build()
    app = _app("坏.pdf")
    assert "不是 PDF 文件" in _html(app)
    app = _press(app, "确认删除")
    assert not (place.settings.docs / "坏.pdf").exists()
    assert "已从文档文件夹中删除" in _html(app) and _titles(app) == ["东湖区科技工作报告"]


def test_a_deleted_file_is_still_shown_from_the_index(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    (place.settings.docs / "报告.txt").unlink()
    app = _app("报告.txt")
    assert "文件已删除" in _html(app) and "3.42%" in _html(app)
    assert not [button for button in app.button if button.label == "确认删除"]
    assert "1 个已从文件夹中删除" in _html(_app())


def test_title_date_and_source_are_pinned(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    app = _app("报告.txt")
    app.text_input(key="meta-title-报告.txt").set_value("新标题")
    app.text_input(key="meta-date-报告.txt").set_value("哪天")
    app = _press(app, "保存")
    assert "无法识别" in _html(app) and place.services.folder.read_meta("报告.txt") == {}
    app.text_input(key="meta-date-报告.txt").set_value("2024年5月")
    app = _press(app, "保存")
    assert "已保存" in _html(app) and "文件有改动" in _html(app)
    assert place.services.folder.read_meta("报告.txt") == {"title": "新标题", "date": "2024-05"}
    place.build()
    assert _titles(_app()) == ["新标题"]


def test_the_subject_is_shown_and_can_be_corrected(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.put("报告.txt.meta.toml", 'subject = "西湖区"\nsource = "局"')
    place.build()
    app = _app()
    assert "主体：西湖区　局" in _html(app)
    app.text_input(key="docs-words").set_value("西湖区")
    assert _titles(_run(app)) == ["东湖区科技工作报告"]
    app = _app("报告.txt")
    assert "主体：西湖区。略去 1 处（" in _html(app)
    assert app.text_input(key="meta-subject-报告.txt").value == "西湖区"
    app.text_input(key="meta-subject-报告.txt").set_value(" 东湖区 ")
    app = _press(app, "保存")
    assert "已保存" in _html(app)
    assert place.services.folder.read_meta("报告.txt") == {"source": "局", "subject": "东湖区"}
    place.build()
    assert "主体：东湖区　局" in _html(_app())


def test_a_document_without_a_known_subject_says_so(place: Place) -> None:
    place.put("通知.txt", NOTICE)
    place.build()
    assert "主体：未能确定" in _html(_app("通知.txt"))


def test_every_upload_gets_its_result(place: Place) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    app = _app()
    app.file_uploader[0].set_value(
        [
            ("../通知.txt", NOTICE.encode(), "text/plain"),
            ("假.pdf", b"junk", "application/pdf"),
            ("x.exe", b"MZ", "application/octet-stream"),
            ("报告.txt", NOTICE.encode() + b"x", "text/plain"),
        ]
    )
    app = _run(app)
    html = _html(app)
    assert "已放入文档文件夹" in html and "不是 PDF 文件" in html and "格式不支持" in html
    assert "已有同名文件：报告.txt" in html and "1 个文件还没有进入索引" in html
    assert sorted(path.name for path in place.settings.docs.iterdir()) == ["报告.txt", "通知.txt"]
    app = _press(app, "两份都保留")
    assert "报告-2.txt" in _html(app) and "已有同名文件" not in _html(app)
    assert (place.settings.docs / "报告.txt").read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize(("choice", "text"), [("替换", NOTICE), ("跳过", REPORT)])
def test_a_taken_name_is_replaced_or_skipped(place: Place, choice: str, text: str) -> None:
    place.put("报告.txt", REPORT)
    app = _app()
    app.file_uploader[0].set_value([("报告.txt", NOTICE.encode(), "text/plain")])
    _press(_run(app), choice)
    assert (place.settings.docs / "报告.txt").read_text(encoding="utf-8") == text


def test_a_running_build_shows_every_stage(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    told, go_on = threading.Event(), threading.Event()

    def builder(progress: ProgressCallback) -> BuildReport:
        progress(Progress("read", 12, 12))
        progress(Progress("encode", 30, 100, "", 200.0))
        told.set()
        assert go_on.wait(20)
        return place.build()

    place.services.build = services.Build(builder)
    app = _press(_app(), "重建索引")
    assert told.wait(20)
    html = _html(_run(app))
    assert "读取文档 12</li>" in html and "编码段落 30 / 100</li>" in html and "用的是原来的索引" in html
    assert app.button(key="rebuild").disabled and _titles(app) == ["东湖区科技工作报告"]
    go_on.set()
    _finish()
    assert "没有变化" in _html(_run(app))


def test_a_damaged_index_can_be_rebuilt_from_the_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.put("报告.txt", REPORT)
    place.build()
    (place.settings.index / "CURRENT").write_text("?", encoding="ascii")
    with pytest.raises(IndexDamagedError):
        place.services.index()
    app = _app()
    assert "已损坏" in _html(app)
    app = _press(app, "丢开旧索引，全部重建")
    _finish()
    assert "索引中有 1 份文档" in _html(_run(app)) and place.rebuilt == 1


def test_hostile_names_and_texts_stay_text(place: Place) -> None:
    place.put("<b>&.md", f"# 标题 {HOSTILE}\n\n正文 {HOSTILE}\n")
    place.put("<b>&.md.meta.toml", f"source = '来源 {HOSTILE}'")
    place.build()
    for app in (_app(), _app("<b>&.md")):
        scripts = [e.proto.body for e in app.get("html") if e.proto.unsafe_allow_javascript]
        assert not any("图" in script or HOSTILE in script for script in scripts)  # ours alone
        html = "".join(e.proto.body for e in app.get("html") if not e.proto.unsafe_allow_javascript)
        assert "<script" not in html and "<img" not in html and "<b>&" not in html
        assert "&lt;script&gt;" in html or "\\<script\\>" in _titles(app)[0]
    app = _app()
    app.file_uploader[0].set_value([("![图](http://127.0.0.1:9/a.png).exe", b"x", "text/plain")])
    assert "格式不支持" in _html(_run(app))
    assert "已不在" not in _html(_app("../../etc/passwd"))  # an unknown document: the list
