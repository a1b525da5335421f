"""Back, forward, reload and addresses that lead nowhere, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from test_browser_question import VISIBLE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"


def _value(page: Page, value: str) -> None:
    page.locator(".rp-answer .rp-value", has_text=value).wait_for()
    page.locator(AT_REST).wait_for(state="attached")


def test_back_and_forward_lead_through_questions_and_pages(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/?q=研发投入")
    _value(page, "3.42%")
    box = page.get_by_role("textbox", name="问题", exact=True)
    box.fill("企业多少")
    box.press("Enter")
    _value(page, "560家")
    page.get_by_role("link", name="文档", exact=True).click()
    page.get_by_role("button", name="2023年东湖区科技工作报告").click()
    page.locator(".rp-reader").wait_for()
    page.go_back()
    page.get_by_role("heading", name="文档", exact=True).wait_for()
    page.go_back()
    _value(page, "560家")
    page.go_back()
    _value(page, "3.42%")
    page.go_forward()
    _value(page, "560家")
    assert page.locator(".st-key-rp-turns button").count() == 2  # asked twice, and not once for every step


def test_an_address_that_is_no_page_is_told_in_chinese(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/nosuch")
    page.get_by_text("这个地址没有对应的页面").wait_for()
    assert not re.findall(r"[A-Za-z]{4,}", page.evaluate(VISIBLE_WORDS))


def test_a_reload_in_the_middle_of_a_build_finds_it_again(slow_server: tuple[str, Path], page: Page) -> None:
    base, go = slow_server
    page.goto(f"{base}/documents")
    page.get_by_role("button", name="重建索引").click()
    page.get_by_text("编码段落：30 / 100").wait_for()
    page.reload()
    page.get_by_text("编码段落：30 / 100").wait_for()
    assert page.get_by_role("button", name="重建索引").is_disabled()
    go.touch()
    page.locator(".st-key-rp-docs-report .rp-notice", has_text="新增 2").wait_for()
    assert page.get_by_role("button", name="重建索引").is_enabled()
