"""A real browser against a real server: Debian's Chromium, a free port, sample documents in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "answer"))
import llm_server

from ragpark.ui.launch import command

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
FAKE_APP = Path(__file__).with_name("fake_app.py")
SLOW_BUILD_APP = Path(__file__).with_name("slow_build_app.py")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 60.0  # to import Streamlit on a slow machine


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        reason = "没有 Chromium：apt-get install chromium fonts-wqy-zenhei"
        if os.environ.get("RAGPARK_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _environment(folder: Path, docs: Path, **more: str) -> dict[str, str]:
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "RAGPARK_DOCS": str(docs),
        "RAGPARK_INDEX": str(folder / "index"),
        **more,
    }


def _serve(script: Path | None, folder: Path, docs: Path, **settings: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = command(port, open_browser=False)
    if script is not None:
        line[line.index("run") + 1] = str(script)
    log = folder / "server.log"
    with log.open("wb") as out:
        environment = _environment(folder, docs, **settings)
        server = subprocess.Popen(line, cwd=folder, env=environment, stdout=out, stderr=out)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(server, f"{base}/_stcore/health", log)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = monotonic() + START_S
    while monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            try:
                server.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def fake_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over the fake engine."""
    folder = tmp_path_factory.mktemp("fake")
    yield from _serve(FAKE_APP, folder, folder)


@pytest.fixture
def mortal_server(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """A server of the fake engine that a test may stop: its address, and the function that stops it."""
    serving = _serve(FAKE_APP, tmp_path, tmp_path)
    base = next(serving)
    yield base, lambda: next(serving, None) and None
    next(serving, None)


@pytest.fixture
def slow_server(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The pages over the fake engine, and the file that lets their build go on once it is there."""
    for base in _serve(SLOW_BUILD_APP, tmp_path, tmp_path):
        yield base, tmp_path / "go"


@pytest.fixture(scope="session")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample documents, so that a test may add and remove some."""
    folder = tmp_path_factory.mktemp("samples") / "docs"
    shutil.copytree(ROOT / "docs_raw", folder)
    return folder


@pytest.fixture(scope="session")
def indexed(docs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder whose `index` the command line has built of the sample documents."""
    folder = tmp_path_factory.mktemp("real")
    subprocess.run(
        [sys.executable, "-m", "ragpark.cli", "index", "--json"],
        cwd=folder,
        env=_environment(folder, docs),
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="session")
def server(browser: Browser, docs: Path, indexed: Path) -> Iterator[str]:
    """The pages as a user has them: bundled model, sample documents, an index built by the command line."""
    yield from _serve(None, indexed, docs)


@pytest.fixture
def writing_server(
    browser: Browser, docs: Path, indexed: Path, tmp_path: Path
) -> Iterator[tuple[str, llm_server.FakeLLM]]:
    """The same with a language model of the tests' own on loopback: the address, and what the model is to say."""
    with llm_server.serving() as model:
        settings = {
            "RAGPARK_INDEX": str(indexed / "index"),
            "RAGPARK_LLM_BASE_URL": model.base_url,
            "RAGPARK_LLM_MODEL": "m",
            "RAGPARK_LLM_API_KEY": "geheim",
        }
        for base in _serve(None, tmp_path, docs, **settings):
            yield base, model


@pytest.fixture
def outside() -> list[str]:
    """Addresses that a page asked for and that are not of its own server; to stay empty."""
    return []


@pytest.fixture
def page(browser: Browser, outside: list[str]) -> Iterator[Page]:
    """A page of a new session, 1280×800; requests to other machines are recorded and fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(30_000)
    local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(local) else outside.append(request.url))
    yield page
    context.close()
    assert outside == []
