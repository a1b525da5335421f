"""Make docs/screenshots/: every page and state over the sample documents, in both widths and both themes.

`--all` also keeps the combinations that the repository does not hold; `--only home answer` takes only these.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ragpark.ui.launch import command

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "screenshots"
WIDTHS = {"wide": (1280, 800), "phone": (390, 844)}
SCHEMES = ("light", "dark")
N_COLOURS = 256  # of a picture kept: the pages have few
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]

ANSWERED = "2023年园区R&D占比"
REFUSED = "2023年园区养殖了多少头奶牛？"
SERIES = "园区历年研发投入占比变化"
CONFLICT = "2022年园区有多少家上市企业？"
FOLLOW_UP = "那2020年呢？"

# Two sources that disagree, and a file that is not indexed yet: written for the pictures, their figures made up.
DISAGREEING = {
    "示例：上市企业统计甲.txt": "示例：上市企业统计甲\n2023年1月10日\n\n2022年，园区上市企业58家。\n",
    "示例：上市企业统计乙.txt": "示例：上市企业统计乙\n2023年3月2日\n\n2022年，园区上市企业61家。\n",
}
NEW_FILE = ("示例：新到的简报.txt", "示例：新到的简报\n2024年5月6日\n\n2023年，园区新增孵化器12家。\n")


@dataclass(frozen=True)
class Stage:
    """What a state may need besides the page: the address of the server and the documents folder it reads."""

    base: str
    docs: Path


@dataclass(frozen=True)
class State:
    """A state of a page: its name, how to come to it; `main` ones are kept in all four combinations."""

    name: str
    act: Callable[[Page, Stage], None]
    main: bool = False


def _ask(page: Page, stage: Stage, question: str, wait: str = ".rp-answer") -> None:
    page.goto(stage.base)
    page.locator(".rp-caption").first.wait_for()
    _type(page, question)
    page.locator(wait).wait_for()


def _type(page: Page, question: str) -> None:
    box = page.get_by_role("textbox", name="问题", exact=True)
    box.fill(question)
    box.press("Enter")


def _home(page: Page, stage: Stage) -> None:
    page.goto(stage.base)
    page.locator(".rp-caption").first.wait_for()


def _answer(page: Page, stage: Stage) -> None:
    _ask(page, stage, ANSWERED)


def _source(page: Page, stage: Stage) -> None:
    _answer(page, stage)
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()


def _series(page: Page, stage: Stage) -> None:
    _ask(page, stage, SERIES)


def _conflict(page: Page, stage: Stage) -> None:
    _ask(page, stage, CONFLICT)


def _refusal(page: Page, stage: Stage) -> None:
    _ask(page, stage, REFUSED, ".rp-refusal")


def _follow_up(page: Page, stage: Stage) -> None:
    _answer(page, stage)
    _type(page, FOLLOW_UP)
    page.locator(".rp-completed").wait_for()


def _history(page: Page, stage: Stage) -> None:
    _follow_up(page, stage)
    _type(page, REFUSED)
    page.locator(".rp-refusal").wait_for()
    page.locator(".st-key-rp-narrow-history").scroll_into_view_if_needed()


def _scope(page: Page, stage: Stage) -> None:
    _home(page, stage)
    page.get_by_role("button", name="范围").click()
    page.get_by_text("年份从", exact=True).wait_for()


def _search(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/search?q=2023年园区研发投入强度")
    page.locator(".rp-passage-hit").first.wait_for()


def _search_start(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/search")
    page.locator(".rp-caption").first.wait_for()


def _search_source(page: Page, stage: Stage) -> None:
    _search(page, stage)
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()


def _indicators(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/indicators")
    page.locator(".stVegaLiteChart canvas, .stVegaLiteChart svg").first.wait_for()


def _overview(page: Page, stage: Stage) -> None:
    _indicators(page, stage)
    page.get_by_role("tab", name="总览").click()
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()


def _indicator_source(page: Page, stage: Stage) -> None:
    _indicators(page, stage)
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()


def _documents(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/documents")
    page.locator(".rp-docs-cells").nth(3).wait_for(state="attached")


def _document(page: Page, stage: Stage) -> None:
    _documents(page, stage)
    page.get_by_role("button", name="园区三十年大事记").click()
    page.locator(".rp-reader").wait_for()


def _pending(page: Page, stage: Stage) -> None:
    name, text = NEW_FILE
    (stage.docs / name).write_text(text, encoding="utf-8")
    try:
        _documents(page, stage)
        page.locator(".rp-notice").first.wait_for()
    finally:
        (stage.docs / name).unlink()


def _uploaded(page: Page, stage: Stage) -> None:
    name, text = NEW_FILE
    _documents(page, stage)
    page.get_by_text("上传文件", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": text.encode()},
            {"name": "空白.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    page.locator(".rp-docs-outcomes").wait_for()
    (stage.docs / name).unlink(missing_ok=True)


def _evaluate_start(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/evaluate")
    page.get_by_role("button", name="开始评测").wait_for()


def _evaluated(page: Page, stage: Stage) -> None:
    """The last run; the first who comes makes two, so that there is something to compare."""
    _evaluate_start(page, stage)
    while page.locator(".rp-comparison").count() == 0:
        before = page.locator(".rp-figures").count()
        page.get_by_role("button", name="开始评测").click()
        page.get_by_role("button", name="停止").wait_for()
        page.get_by_role("button", name="停止").wait_for(state="detached", timeout=180_000)
        page.locator(".rp-figures").first.wait_for()
        if before:
            page.locator(".rp-comparison").wait_for()


def _comparison(page: Page, stage: Stage) -> None:
    _evaluated(page, stage)
    page.get_by_role("heading", name="与上次相比").evaluate("e => e.scrollIntoView()")


def _failures(page: Page, stage: Stage) -> None:
    _evaluated(page, stage)
    page.get_by_role("heading", name="没有通过的题").evaluate("e => e.scrollIntoView()")


def _status(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.base}/status")
    page.locator(".rp-settings").wait_for()


STATES = (
    State("home", _home, main=True),
    State("answer", _answer, main=True),
    State("source", _source, main=True),
    State("series", _series),
    State("conflict", _conflict),
    State("refusal", _refusal, main=True),
    State("follow-up", _follow_up),
    State("history", _history),
    State("scope", _scope),
    State("search-start", _search_start),
    State("search", _search, main=True),
    State("search-source", _search_source),
    State("indicators", _indicators, main=True),
    State("overview", _overview),
    State("indicator-source", _indicator_source),
    State("documents", _documents, main=True),
    State("document", _document),
    State("pending", _pending),
    State("uploaded", _uploaded),
    State("evaluate-start", _evaluate_start),
    State("evaluated", _evaluated),
    State("comparison", _comparison),
    State("failures", _failures),
    State("status", _status),
)


def main() -> None:
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=OUT)
    options.add_argument("--only", nargs="*", choices=[state.name for state in STATES], default=[])
    options.add_argument("--all", action="store_true", help="keep every combination of every state")
    options.add_argument("--tall", action="store_true", help="2600 pixels high, to see what lies below")
    given = options.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("没有 Chromium：apt-get install chromium fonts-wqy-zenhei")
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        docs = _working_folder(folder)
        environment = os.environ | {
            "RAGPARK_DOCS": docs.name,
            "RAGPARK_INDEX": "index",
            "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))),
        }
        subprocess.run([sys.executable, "-m", "ragpark.cli", "index"], env=environment, cwd=folder, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(command(port, open_browser=False), env=environment, cwd=folder)
        try:
            stage = Stage(f"http://127.0.0.1:{port}", docs)
            _wait(server, stage.base)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                pages = {}
                for width, (w, h) in WIDTHS.items():
                    for scheme in SCHEMES:
                        context = browser.new_context(
                            viewport={"width": w, "height": 2600 if given.tall else h},
                            color_scheme=scheme,  # type: ignore[arg-type]
                            locale="zh-CN",
                            reduced_motion="reduce",
                        )
                        pages[f"{width}-{scheme}"] = context.new_page()
                for state in STATES:
                    if given.only and state.name not in given.only:
                        continue
                    for name, page in pages.items():
                        if given.all or state.main or name == "wide-light":
                            _take(page, stage, state, given.out / f"{state.name}-{name}.png")
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


def _working_folder(folder: Path) -> Path:
    """Lay out what the server reads: the sample documents and two that disagree, the sample gold set; return the docs."""
    docs = folder / "docs_raw"
    shutil.copytree(ROOT / "docs_raw", docs)
    for name, text in DISAGREEING.items():
        (docs / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "data" / "gold_sample.jsonl", folder)
    return docs


def _wait(server: subprocess.Popen[bytes], base: str) -> None:
    while True:
        try:
            with urllib.request.urlopen(f"{base}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            try:
                sys.exit(f"the server ended: {server.wait(timeout=0.3)}")
            except subprocess.TimeoutExpired:
                continue


def _take(page: Page, stage: Stage, state: State, path: Path) -> None:
    """Come to the state, wait until the page has come to rest, and keep its picture with few colours."""
    from PIL import Image
    from playwright.sync_api import Error

    try:
        state.act(page, stage)
    except Error as error:
        print(f"{path.name}: {error}", file=sys.stderr)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(800)  # the page's own transitions
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(N_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.name, file=sys.stderr)


if __name__ == "__main__":
    main()
