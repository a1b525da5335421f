"""Batches in the background, the page 批量, and the conversation taken away: over the fake engine, without a browser."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
import streamlit as st
from fake_engine import FakeEngine
from streamlit.testing.v1 import AppTest

from ragpark.config import Settings
from ragpark.errors import IndexDamagedError
from ragpark.export import no_link, read_questions
from ragpark.records import Answer
from ragpark.ui import services
from ragpark.ui.batches import Batches

SHEET = read_questions("编号,问题\n1,研发占比\n2,企业多少\n3,？\n4,2019年绿地\n".encode(), "季度.csv")
NOON = datetime(2026, 11, 26, 12)


class Waiting(FakeEngine):
    """Holds each question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go = threading.Event(), threading.Event()

    def ask(self, question: str, **scope: object) -> Answer:  # type: ignore[override]
        self.reached.set()
        assert self.go.wait(20)
        return super().ask(question)


def _job(engine: object) -> Batches:
    made = services.Services(Settings(), lambda settings: engine, lambda progress: None)  # type: ignore[arg-type,return-value]
    return made.batches


def _rows(data: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data))["答案"].values)


def test_a_sheet_is_answered_and_taken_away() -> None:
    job = _job(FakeEngine())
    assert job.file(".xlsx", no_link) == b""
    assert job.start(SHEET)
    job.wait(20)
    report = job.state.report
    assert report is not None and report.counts == {"answered": 2, "refused": 1, "failed": 1}
    assert (job.state.running, job.state.done, job.state.total, job.state.error) == (False, 4, 4, "")
    rows = _rows(job.file(".xlsx", no_link, lambda: NOON))
    assert (rows[0][0], rows[1][0]) == ("季度", "2026年11月26日 · 共 4 问，已答 2，未答出 1，没有问成 1")
    assert [row[1:4] for row in rows[4:]] == [
        ("1", "研发占比", "3.42%"), ("2", "企业多少", "560家"), ("3", "？", "没有问成"), ("4", "2019年绿地", "未答出"),
    ]  # fmt: skip


def test_one_at_a_time_and_a_stopped_one_goes_on() -> None:
    engine = Waiting()
    job = _job(engine)
    assert job.start(SHEET) and engine.reached.wait(20)
    assert not job.start(SHEET)
    job.stop()
    engine.go.set()
    job.wait(20)
    report = job.state.report
    assert report is not None and (report.stopped, report.done) == (True, 1)
    assert len(_rows(job.file(".xlsx", no_link))) == 5  # title, summary, an empty row, the header, one answer
    job.start(SHEET)
    job.wait(20)
    assert engine.asked == ["研发占比", "企业多少", "？", "2019年绿地"]
    assert job.state.report is not None and job.state.report.from_journal == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [(IndexDamagedError("索引损坏，请重建"), "索引损坏，请重建"), (OSError("secret"), services.UNEXPECTED)],
)
def test_what_ends_a_batch_is_told(error: Exception, told: str) -> None:
    class Broken(FakeEngine):
        def ask(self, question: str, **scope: object) -> Answer:  # type: ignore[override]
            raise error

    job = _job(Broken())
    job.start(SHEET)
    job.wait(20)
    assert (job.state.running, job.state.error, job.state.report) == (False, told, None)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[services.Services]:
    fake = FakeEngine()
    made = services.Services(
        Settings(gold_candidates=tmp_path / "c.jsonl"), lambda settings: fake, lambda progress: None
    )  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(services, "make_services", lambda: made)
    st.cache_resource.clear()
    yield made
    st.cache_resource.clear()


def _batch_page() -> AppTest:
    def script() -> None:
        from ragpark.ui import batch_page

        batch_page.draw()

    return AppTest.from_function(script, default_timeout=20).run()


def _html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_the_page_before_and_after_a_batch(served: services.Services) -> None:
    app = _batch_page()
    assert "表里其余的列会原样保留" in _html(app) and not app.exception
    assert not app.get("download_button")
    served.batches.start(SHEET)
    served.batches.wait(20)
    app.run()
    assert "已答 2，未答出 1，没有问成 1" in _html(app) and "第 4 行“？”：问题里没有文字" in _html(app)
    assert [button.label for button in app.get("download_button")] == ["Excel", "Word", "Markdown"]
    assert not app.exception


def test_the_page_of_a_stopped_batch_says_how_to_go_on(
    served: services.Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.batches, "_teller", lambda: lambda done, total: served.batches.stop())
    served.batches.start(SHEET)
    served.batches.wait(20)
    app = _batch_page()
    assert "“季度.csv”已停止" in _html(app) and "再点“开始作答”就接着做" in _html(app)
    next(button for button in app.button if button.label == "清除").click().run()
    assert "已停止" not in _html(app) and not app.get("download_button") and not app.exception


def test_answers_chosen_from_the_conversation(served: services.Services, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, object]] = []

    def script() -> None:
        from ragpark.ui.main import main

        main()

    def caught(name: str, key: str, make: object, *, disabled: bool = False) -> None:
        made.append((name, None if disabled else make))

    monkeypatch.setattr("ragpark.ui.downloads.buttons", caught)
    app = AppTest.from_function(script, default_timeout=20).run()
    for question in ("研发占比", "？", "企业多少"):
        app.text_input(key="question").set_value(question)
        next(button for button in app.button if button.label == "提问").click()
        app.run()
    assert [box.label for box in app.checkbox] == ["研发占比", "企业多少"]  # what could not be asked is no answer
    assert _titles(made[-1]) == ["1. 研发占比", "2. 企业多少"]
    app.checkbox(key="take-1").uncheck().run()
    assert _titles(made[-1]) == ["1. 企业多少"]
    app.checkbox(key="take-3").uncheck().run()
    assert made[-1] == ("问答记录", None)


def _titles(made: tuple[str, object]) -> list[str]:
    data = made[1](".docx")  # type: ignore[operator]
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    return [p.text for p in paragraphs if p.style is not None and p.style.name == "Heading 2"]
