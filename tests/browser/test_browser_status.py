"""The status page in a real browser over a real index, and what is seen when the server ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import PLACES, go

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page


def test_health_index_and_settings_at_a_glance(server: str, page: Page) -> None:
    page.goto(f"{server}/status")
    health = page.locator(".rp-health")
    health.wait_for()
    title = health.locator(".rp-health-title")
    assert title.inner_text() in ("索引就绪", "索引与文件夹不一致")  # other tests may have added a document
    assert title.bounding_box()["y"] < 300  # type: ignore[index]
    assert "multilingual-e5-small" in page.locator(".rp-status-groups").inner_text()
    assert page.locator(".rp-settings tbody tr").count() >= 13
    page.get_by_role("button", name="复制全部").click()
    assert "lexical_weight = 0.4" in page.locator("[data-testid=stCode]").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(fake_server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{fake_server}/status")
    page.locator(".rp-settings").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_server_that_ended_is_told_in_chinese(mortal_server: tuple[str, Callable[[], None]], page: Page) -> None:
    base, stop = mortal_server
    go(page, base, PLACES[0])
    stop()
    page.get_by_text("服务器没有回应").wait_for(timeout=60_000)
    assert page.get_by_text("Streamlit").count() == 0
