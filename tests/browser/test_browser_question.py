"""The question page in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

IN_VIEW = """element => {
    const box = element.closest('.rp-scroll').getBoundingClientRect(), at = element.getBoundingClientRect();
    return at.top >= box.top - 1 && at.bottom <= box.bottom + 1 && at.top >= 0 && at.top < innerHeight;
}"""

# Texts and labels of the page, without names of icons (drawn by a font of icons).
VISIBLE_WORDS = """() => {
    const skip = '[data-testid=stIconMaterial], [data-testid=InputInstructions], script, style, noscript';
    const names = ['aria-label', 'title', 'placeholder'];
    const words = [];
    for (const element of document.body.querySelectorAll('*')) {
        if (element.closest(skip)) continue;
        for (const name of names) if (element.hasAttribute(name)) words.push(element.getAttribute(name));
        for (const child of element.childNodes) if (child.nodeType === 3) words.push(child.nodeValue);
    }
    return words.join(' ');
}"""


def _box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="问题", exact=True)


def _ask(page: Page, question: str) -> None:
    _box(page).fill(question)
    _box(page).press("Enter")
    page.locator(".rp-question", has_text=question).wait_for()


def test_ask_and_read_figure_sentence_document_date_and_section(server: str, page: Page) -> None:
    page.goto(server)
    _ask(page, "2023年园区R&D占比")
    answer = page.locator(".rp-answer .rp-value")
    answer.wait_for()
    assert re.match(r"5\.16%", answer.inner_text())
    citation = page.locator(".rp-citation").first
    assert citation.locator("mark").first.inner_text() == "5.16%"
    details = citation.inner_text()
    assert "园区2023年科技创新数读.html" in details and "日期" in details and "章节" in details


def test_examples_of_the_corpus_can_be_asked(server: str, page: Page) -> None:
    page.goto(server)
    example = page.locator(".st-key-rp-examples button").first
    example.wait_for()
    question = example.inner_text()
    assert "年" in question
    example.click()
    page.locator(".rp-question", has_text=question).wait_for()


def test_a_question_in_the_address_is_asked_at_once(server: str, page: Page) -> None:
    page.goto(f"{server}/?q=2023年园区R%26D占比")
    page.locator(".rp-answer .rp-value", has_text="5.16%").wait_for()


def test_what_the_documents_do_not_hold_is_refused(server: str, page: Page) -> None:
    page.goto(server)
    _ask(page, "2023年园区养殖了多少头奶牛？")
    page.locator(".rp-refusal").wait_for()
    assert page.locator(".rp-answer").count() == 0


def test_a_citation_opens_the_source_with_the_passage_in_view(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/?q=2023年研发投入占比")
    page.get_by_role("button", name="看原文").click()
    passage = page.locator("#rp-passage")
    passage.wait_for()
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('#rp-passage'))")
    assert page.locator(".rp-band mark").inner_text() == "3.42%"
    assert page.locator(".rp-outline [aria-current]").inner_text() == "二、研发投入"
    page.get_by_role("link", name="三、企业培育").click()
    page.get_by_role("button", name="关闭").click()
    page.locator(".rp-reader").wait_for(state="detached")


def test_a_follow_up_is_completed_and_linked(server: str, page: Page) -> None:
    page.goto(f"{server}/?q=2023年园区R%26D占比")
    page.locator(".rp-value", has_text="5.16%").wait_for()
    _box(page).fill("那2020年呢？")
    _box(page).press("Enter")
    page.locator(".rp-question", has_text="按上一问补全为：2020年园区R&D占比").wait_for()
    page.locator(".rp-value", has_text="4.5%").wait_for()
    assert "2020" in page.url
    page.get_by_role("button", name="2023年园区R&D占比　→　5.16%").click()
    page.locator(".rp-value", has_text="5.16%").wait_for()


def test_a_verdict_is_taken_once(server: str, page: Page) -> None:
    page.goto(f"{server}/?q=2023年园区R%26D占比")
    page.get_by_role("button", name="加入评测集：答得对").click()
    page.get_by_text("已加入 gold_candidates.jsonl，待审（答得对）").wait_for()
    assert page.get_by_role("button", name="答得不对").count() == 0


def test_keyboard_alone_reaches_answer_and_source(fake_server: str, page: Page) -> None:
    page.goto(fake_server)
    _box(page).focus()
    page.keyboard.type("研发投入")
    page.keyboard.press("Enter")
    page.locator(".rp-answer").wait_for()
    for _ in range(10):
        page.keyboard.press("Tab")
        if "看原文" in page.evaluate("document.activeElement.innerText || ''"):
            break
    page.keyboard.press("Enter")
    page.locator("#rp-passage").wait_for()


def test_a_hostile_document_stays_text_everywhere(fake_server: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{fake_server}/?q=注入<script>window.hacked=1</script>")
    page.get_by_role("button", name="看原文").click()
    page.locator("#rp-passage").wait_for()
    _ask(page, "研发")  # the hostile answer moves into the history's button
    page.get_by_text("<script>window.hacked").first.wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*='a.png'], a[href^='javascript'], img[onerror]").count() == 0
    assert not [url for url in asked if "a.png" in url]


def test_two_sessions_do_not_disturb_each_other(fake_server: str, browser: Browser, page: Page) -> None:
    other_context = browser.new_context()
    other = other_context.new_page()
    page.goto(f"{fake_server}/?q=研发")
    other.goto(f"{fake_server}/?q=企业")
    page.locator(".rp-value", has_text="3.42%").wait_for()
    other.locator(".rp-value", has_text="560家").wait_for()
    _ask(other, "2019年绿地")
    other.locator(".rp-refusal").wait_for()
    assert page.locator(".rp-value").inner_text().startswith("3.42%")
    other_context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(fake_server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{fake_server}/?q=研发")
    page.get_by_role("button", name="看原文").click()
    page.locator("#rp-passage").wait_for()
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('#rp-passage'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_no_english_of_the_framework_is_left(fake_server: str, page: Page) -> None:
    page.goto(f"{fake_server}/?q=研发")
    page.get_by_role("button", name="复制为 Markdown").click()
    page.locator("[data-testid=stCode]").wait_for()
    page.get_by_role("link", name="跳到正文").wait_for(state="attached")
    _box(page).fill("又一个问题")
    words = set(re.findall(r"[A-Za-z]{4,}", page.evaluate(VISIBLE_WORDS)))
    assert words <= {"Markdown"}, words
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_computer_without_chinese_fonts_gets_a_hint(fake_server: str, page: Page) -> None:
    page.add_init_script("CanvasRenderingContext2D.prototype.fillText = function () { this.fillRect(4, 4, 20, 20); }")
    page.goto(fake_server)
    page.get_by_text("No Chinese font on this computer").wait_for()
