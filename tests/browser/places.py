"""Every page and state that is looked at for contrast, names and headings: add a line for a new page or state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True)
class Place:
    """An address on the fake server, what to wait for, and what to do there before looking."""

    name: str
    address: str
    wait: str
    act: Callable[[Page], object] | None = None


def _open_source(page: Page) -> None:
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()


def _open_copy(page: Page) -> None:
    page.get_by_role("button", name="复制").first.click()
    page.locator("[data-testid=stCode]").wait_for()


def _open_take_away(page: Page) -> None:
    page.get_by_role("button", name="导出").first.click()
    page.get_by_role("button", name="Word").wait_for()


PLACES = (
    Place("home", "/", ".rp-hero"),
    Place("answer", "/?q=研发", ".rp-answer"),
    Place("source", "/?q=研发", ".rp-answer", _open_source),
    Place("refusal", "/?q=2019年绿地", ".rp-refusal"),
    Place("copy", "/?q=研发", ".rp-answer", _open_copy),
    Place("take-away", "/?q=研发", ".rp-answer", _open_take_away),
    Place("batch", "/batch", "h1, h2"),
    Place("error", "/?q=？？", ".rp-notice"),
    Place("search", "/search", "h1, h2"),
    Place("search-hits", "/search?q=研发", ".rp-caption[role=status]"),
    Place("indicators", "/indicators", "h1, h2"),
    Place("documents", "/documents", "h1, h2"),
    Place("evaluate", "/evaluate", "h1, h2"),
    Place("status", "/status", ".rp-settings"),
    Place("status-copy", "/status", ".rp-settings", _open_copy),
)


def go(page: Page, server: str, place: Place) -> None:
    """Open the place and wait until it is drawn."""
    page.goto(server + place.address)
    page.locator(place.wait).first.wait_for()
    page.locator("html[lang=zh-CN]").wait_for(state="attached")  # the page's script has run
    if place.act is not None:
        place.act(page)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
