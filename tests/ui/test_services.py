"""One engine for all sessions, one build at a time, and no file outside the documents folder."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_engine import FakeEngine

from ragpark.config import Settings
from ragpark.errors import DocumentsError, IndexMissingError, RagparkError
from ragpark.index.progress import BuildReport, Progress, ProgressCallback
from ragpark.ui.services import UNEXPECTED, Build, Services

REPORT = BuildReport(1, 1, 1, 1, 1, 0, 0, 0, (), 1, 0.1, "gen-2")


def _services(docs: Path, make: object = None) -> Services:
    return Services(Settings(docs=docs), make or (lambda settings: FakeEngine()), lambda progress: REPORT)  # type: ignore[arg-type]


def test_the_engine_is_made_once(tmp_path: Path) -> None:
    made: list[FakeEngine] = []

    def make(settings: Settings) -> FakeEngine:
        made.append(FakeEngine())
        return made[-1]

    services = _services(tmp_path, make)
    assert not services.ready
    assert services.ask("研发").answer == "3.42%"
    assert services.index().generation == "gen-1"
    assert services.ready and len(made) == 1


def test_a_missing_index_is_looked_for_again(tmp_path: Path) -> None:
    class Missing:
        @property
        def index(self) -> object:
            raise IndexMissingError("还没有索引")

    engines: list[object] = [Missing(), FakeEngine()]
    services = _services(tmp_path, lambda settings: engines.pop(0))
    with pytest.raises(IndexMissingError):
        services.index()
    assert services.index().generation == "gen-1"


def test_warming_loads_the_engine_and_works_the_examples_out(tmp_path: Path) -> None:
    class Warm(FakeEngine):
        warmed = 0

        def warm(self) -> None:
            self.warmed += 1

    engine = Warm()
    services = _services(tmp_path, lambda settings: engine)
    services.warm()
    assert services.ready and engine.warmed == 1
    asked = len(engine.asked)
    services.examples()
    assert len(engine.asked) == asked  # kept since


@pytest.mark.parametrize("doc", ["../secret.txt", "/etc/passwd", "gone.txt", "folder", ""])
def test_no_original_outside_the_folder(tmp_path: Path, doc: str) -> None:
    docs = tmp_path / "docs"
    (docs / "folder").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (docs / "a.txt").write_text("x", encoding="utf-8")
    services = _services(docs)
    assert services.original("a.txt").name == "a.txt"
    with pytest.raises(DocumentsError):
        services.original(doc)


def _finish(build: Build) -> None:
    for thread in threading.enumerate():
        if thread.name == "ragpark-build":
            thread.join(timeout=10)


def test_one_build_at_a_time_with_its_progress() -> None:
    told, go_on = threading.Event(), threading.Event()

    def builder(progress: ProgressCallback) -> BuildReport:
        progress(Progress("read", 1, 2))
        progress(Progress("read", 2, 2))
        progress(Progress("encode", 3, 10, "", 7.0))
        told.set()
        assert go_on.wait(10)
        return REPORT

    build = Build(builder)
    assert build.start()
    assert told.wait(10)
    assert not build.start()
    assert build.state.running and build.state.progress == Progress("encode", 3, 10, "", 7.0)
    assert build.state.stages == (Progress("read", 2, 2), Progress("encode", 3, 10, "", 7.0))
    go_on.set()
    _finish(build)
    assert not build.state.running and build.state.report == REPORT


def test_all_anew_is_a_build_of_its_own() -> None:
    done: list[str] = []

    def building(name: str) -> Callable[[ProgressCallback], BuildReport]:
        def builder(progress: ProgressCallback) -> BuildReport:
            done.append(name)
            return REPORT

        return builder

    build = Build(building("update"), building("anew"))
    for rebuild in (False, True):
        build.start(rebuild=rebuild)
        _finish(build)
    assert done == ["update", "anew"]


@pytest.mark.parametrize(
    ("error", "shown"), [(RagparkError("文件夹是空的"), "文件夹是空的"), (ValueError("secret detail"), UNEXPECTED)]
)
def test_a_build_that_fails_says_why_and_can_be_tried_again(error: Exception, shown: str) -> None:
    def builder(progress: ProgressCallback) -> BuildReport:
        raise error

    build = Build(builder)
    build.start()
    _finish(build)
    assert build.state.error == shown
    assert build.start()
    _finish(build)


def test_an_error_that_was_read_is_forgotten() -> None:
    def fail(_: ProgressCallback) -> BuildReport:
        raise RagparkError("文件夹是空的")

    build = Build(fail)
    build._run(fail)  # in this thread
    assert build.state.error == "文件夹是空的"
    build.forget_error()
    assert build.state.error == "" and not build.state.running
