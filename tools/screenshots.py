"""Make docs/screenshots/: the question page over the sample documents, both widths, both themes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from ragpark.ui.launch import command

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "screenshots"
WIDTHS = {"wide": (1280, 800), "phone": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
ANSWERED = "2023年园区R&D占比"
REFUSED = "2023年园区养殖了多少头奶牛？"


def main() -> None:
    from playwright.sync_api import sync_playwright

    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("没有 Chromium：apt-get install chromium fonts-wqy-zenhei")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "RAGPARK_DOCS": str(ROOT / "docs_raw"),
            "RAGPARK_INDEX": str(Path(folder) / "index"),
        }
        subprocess.run([sys.executable, "-m", "ragpark.cli", "index"], env=environment, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(command(port, open_browser=False), env=environment)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(server, base)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                for width, (w, h) in WIDTHS.items():
                    for scheme in ("light", "dark"):
                        context = browser.new_context(
                            viewport={"width": w, "height": h},
                            color_scheme=scheme,  # type: ignore[arg-type]
                            locale="zh-CN",
                        )
                        _take(context.new_page(), base, f"{width}-{scheme}")
                        context.close()
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


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


def _take(page: Page, base: str, name: str) -> None:
    def shot(state: str) -> None:
        page.wait_for_timeout(800)  # the page's own transitions
        page.screenshot(path=OUT / f"{state}-{name}.png")

    page.goto(base)
    page.locator(".rp-caption").wait_for()
    shot("home")
    box = page.get_by_role("textbox", name="问题", exact=True)
    box.fill(ANSWERED)
    box.press("Enter")
    page.locator(".rp-answer").wait_for()
    shot("answer")
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()
    shot("source")
    box.fill(REFUSED)
    box.press("Enter")
    page.locator(".rp-refusal").wait_for()
    shot("refusal")


if __name__ == "__main__":
    main()
