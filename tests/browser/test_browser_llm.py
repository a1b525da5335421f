"""An answer written by a language model, in a real browser: what the gate struck out is seen, and no key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llm_server import FakeLLM
    from playwright.sync_api import Page

QUESTION = "2023年园区R&D占比"


def _ask(page: Page, base: str) -> None:
    page.goto(f"{base}/?q={QUESTION.replace('&', '%26')}")
    page.locator(".rp-checks").wait_for(timeout=60_000)


def test_what_the_model_made_up_is_struck_out(writing_server: tuple[str, FakeLLM], page: Page) -> None:
    base, model = writing_server
    model.reply = "2023年，园区研发投入占比为5.16%[1]。当年另有灯塔工厂9999家[1]。"
    _ask(page, base)
    answer = page.locator(".rp-answer").inner_text()
    assert "5.16%" in answer and "9999" not in answer
    struck = page.locator(".rp-checks s")
    assert "9999家" in struck.first.inner_text()
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()
    assert page.locator(".rp-band mark").first.inner_text() == "5.16%"
    assert model.keys == ["Bearer geheim"]
    page.goto(f"{base}/status")
    page.locator(".rp-settings").wait_for()
    assert "geheim" not in page.content()

    model.mode = 500  # the extract stands in, and the page says so
    page.goto(base)
    _ask(page, base)
    assert page.locator(".rp-answer .rp-value").inner_text().startswith("5.16%")
