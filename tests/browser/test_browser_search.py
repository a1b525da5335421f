"""The search page in a real browser, and the range on the question page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_browser_question import IN_VIEW, VISIBLE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_filter_narrows_and_one_click_lifts_it(server: str, page: Page) -> None:
    page.goto(f"{server}/search?q=园区高新技术企业有多少家")
    hits = page.locator(".rp-passage-hit")
    hits.first.wait_for()
    assert hits.count() == 10
    _choose(page, "文档", "园区年鉴摘编2020")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.rp-passage-hit')].every(e => e.innerText.includes('园区年鉴摘编2020.txt'))"
    )
    assert hits.count() > 1
    assert "doc=" in page.url and "q=" in page.url
    page.get_by_role("button", name=re.compile("范围：《园区年鉴摘编2020》")).click()
    page.wait_for_function("() => !location.search.includes('doc=')")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.rp-passage-hit')].some(e => !e.innerText.includes('园区年鉴摘编2020.txt'))"
    )


def test_the_answer_under_a_range_comes_from_within(server: str, page: Page) -> None:
    page.goto(server)
    page.get_by_role("button", name="范围").click()
    _choose(page, "年份从", "2020")
    _choose(page, "到", "2020")
    page.get_by_role("button", name=re.compile("范围：2020年")).wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
    box = page.get_by_role("textbox", name="问题", exact=True)
    box.fill("园区R&D占比")
    box.press("Enter")
    page.locator(".rp-answer").wait_for()
    assert "4.5%" in page.locator(".rp-answer").inner_text()


def test_the_source_opens_with_the_passage_in_view(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/search?q=研发")
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('#rp-passage'))")
    assert page.locator(".rp-band mark").first.inner_text() == "研发"
    page.get_by_role("button", name="关闭").click()
    page.locator(".rp-reader").wait_for(state="detached")


def test_the_question_goes_on_to_the_first_page(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/search?q=研发")
    page.get_by_role("button", name="用这个问题提问").click()
    page.locator(".rp-answer .rp-value", has_text="3.42%").wait_for()
    assert "/search" not in page.url


def test_what_was_searched_is_still_there_after_another_page(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/search?q=研发&from=2023&to=2023")
    page.locator(".rp-passage-hit").first.wait_for()
    page.get_by_role("link", name="问答").click()
    page.get_by_role("textbox", name="问题", exact=True).wait_for()
    page.get_by_role("link", name="检索").click()
    page.get_by_role("button", name=re.compile("范围：2023年")).wait_for()
    assert page.locator(".rp-passage-hit").count() == 2


def test_a_hostile_document_stays_text(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/search?q=<script>window.hacked=1</script>")
    page.locator(".rp-passage-hit").nth(2).wait_for()
    page.get_by_role("button", name="看原文").nth(2).click()
    page.locator("#rp-passage").wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*='a.png'], a[href^='javascript'], img[onerror]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(fake_server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{fake_server}/search?q=研发")
    page.get_by_role("button", name="看原文").first.click()
    page.locator("#rp-passage").wait_for()
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('#rp-passage'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_no_english_of_the_framework_is_left(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/search?q=研发")
    page.locator(".rp-passage-hit").first.wait_for()
    page.get_by_role("button", name="得分怎么看").click()
    page.locator(".rp-legend").wait_for()
    said = page.evaluate(VISIBLE_WORDS)
    for own in page.locator(".rp-passage-hit").all_inner_texts():
        for word in sorted(set(re.findall(r"[A-Za-z]{4,}", own)), key=len, reverse=True):  # javascript before script
            said = said.replace(word, "")
    assert not set(re.findall(r"[A-Za-z]{4,}", said)), said
