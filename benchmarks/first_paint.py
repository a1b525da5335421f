"""How soon the question box stands on the screen, in a browser that has never seen the page.

    python benchmarks/first_paint.py [--runs 5] [--docs docs_raw] [--index FOLDER]

Each run starts the server as `ragpark serve` does, waits until it answers, and opens the page in a new browser with
an empty cache. Times from the moment the page is asked for: the box drawn, and the examples (model and index loaded)
drawn. "second visitor" is another new browser context on the warm server. Without --index the documents are indexed
into a temporary folder first. Prints a Markdown table of medians; needs Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from ragpark.ui.launch import command

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
START_S = 60.0
# Looked for at every frame, inside the page: asking from outside adds up to half a second.
WATCH = """
const look = () => {
  const box = document.querySelector('input[aria-label="问题"]');
  if (box && box.checkVisibility() && box.getBoundingClientRect().width) window.boxAt = performance.now();
  else requestAnimationFrame(look);
};
look();
"""


def wait_until_up(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers. Raises RuntimeError if it ends or takes longer than START_S."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server did not start")


def visit(browser: Browser, url: str) -> tuple[float, float]:
    """Return the seconds until the box and until the examples are drawn, in a new context."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(WATCH)
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.boxAt")
    box = page.evaluate("window.boxAt") / 1000
    page.locator(".st-key-rp-examples button").first.wait_for()
    examples = time.perf_counter() - started
    context.close()
    return box, examples


def run(browser: Browser, environment: dict[str, str]) -> dict[str, float]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    server = subprocess.Popen(command(port, open_browser=False), env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server)
        up = time.perf_counter() - started
        box, examples = visit(browser, url)
        return {"server up": up, "box": box, "examples": examples, "box, second visitor": visit(browser, url)[0]}
    finally:
        server.terminate()
        server.wait(timeout=20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs_raw")
    parser.add_argument("--index", type=Path)
    given = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        print("skipped: no Chromium or no playwright (pip install '.[test]')")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = given.index or Path(folder) / "index"
        environment = os.environ | {"RAGPARK_DOCS": str(given.docs), "RAGPARK_INDEX": str(index)}
        if given.index is None:
            subprocess.run([sys.executable, "-m", "ragpark.cli", "index", "--json"], env=environment, check=True)
        runs = []
        for _ in range(given.runs):
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            browser.new_page().goto("about:blank")  # the browser's own start does not count
            runs.append(run(browser, environment))
            browser.close()
        print("| | median s | least | most |\n|---|---|---|---|")
        for name in runs[0]:
            values = [times[name] for times in runs]
            print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f} | {max(values):.2f} |")


if __name__ == "__main__":
    main()
