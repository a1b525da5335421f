"""The page 文档 in a real browser: from an upload to an answer and back, hostile files, a build under way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_browser_question import VISIBLE_WORDS

from ragpark.load import SUFFIXES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> '
    "![图](http://127.0.0.1:9/a.png) [点](javascript:alert(1)) $x^2$"
)
BULLETIN = "东湖区灯塔工厂通报\n\n发布日期：2026-02-03\n\n2025年，东湖区新增灯塔工厂17家，全部通过验收。\n"
QUESTION = "2025年东湖区新增灯塔工厂多少家？"
BUILD_MS = 180_000  # of a few documents on a busy machine, the model loaded first


def _open(page: Page, base: str, path: str = "documents") -> None:
    page.goto(f"{base}/{path}")
    page.get_by_role("heading", name="文档").wait_for()


def _upload(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("summary", has_text="上传文件").click()
    chosen = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.locator("input[type=file]").set_input_files(chosen)  # type: ignore[arg-type]
    page.locator(".rp-docs-outcomes li").nth(len(files) - 1).wait_for()


def _rebuild(page: Page) -> str:
    page.get_by_role("button", name="重建索引").click()
    report = page.locator(".st-key-rp-docs-report .rp-notice")
    report.wait_for(timeout=BUILD_MS)
    return report.inner_text()


def _ask(page: Page, base: str, question: str) -> None:
    page.goto(f"{base}/?q={question}")
    page.locator(".rp-question", has_text=question).wait_for()


def test_an_uploaded_document_answers_until_it_is_removed(server: str, docs: Path, page: Page) -> None:
    _open(page, server)
    _upload(page, ("灯塔工厂通报.txt", BULLETIN.encode()), ("假.pdf", b"junk"), ("程序.exe", b"MZ"))
    outcomes = page.locator(".rp-docs-outcomes").inner_text()
    assert "已放入文档文件夹" in outcomes and "不是 PDF 文件" in outcomes and "格式不支持" in outcomes
    page.get_by_text("1 个文件还没有进入索引").wait_for()
    assert "新增 1，更新 0，移除 0" in _rebuild(page)

    _ask(page, server, QUESTION)
    answer = page.locator(".rp-answer .rp-value")
    answer.wait_for()
    assert answer.inner_text().startswith("17家")

    _open(page, server)
    page.get_by_role("button", name="东湖区灯塔工厂通报").click()
    page.locator(".rp-text", has_text="全部通过验收").wait_for()
    page.get_by_role("button", name="删除", exact=True).click()
    page.get_by_role("button", name="确认删除").click()
    page.get_by_text("已从文档文件夹中删除").first.wait_for()
    assert not (docs / "灯塔工厂通报.txt").exists()
    assert "新增 0，更新 0，移除 1" in _rebuild(page)

    _ask(page, server, QUESTION)
    page.locator(".rp-refusal").wait_for()
    assert "灯塔工厂通报" not in page.locator("body").inner_text()


def test_a_hostile_upload_stays_text(server: str, docs: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = sorted(path.name for path in docs.parent.iterdir())
    text = f"# 标题 {HOSTILE}\n\n## 章节 {HOSTILE}\n\n正文 `{HOSTILE}`，2024年营收5亿元。\n"
    _open(page, server)
    name = "..\\..\\<img src=x onerror=alert(1)>[点](javascript:1).md"
    _upload(page, (name, text.encode()))
    try:
        saved = next(path for path in docs.iterdir() if "onerror" in path.name)
        assert saved.name == "_img src=x onerror=alert(1)_[点](javascript_1).md"
        page.get_by_role("button", name=saved.name, exact=True).click()
        page.locator(".rp-reader .rp-heading", has_text="window.hacked").first.wait_for()
        assert page.evaluate("window.hacked") is None
        assert page.locator("img[src*='a.png'], a[href^='javascript'], img[onerror], .rp-reader script").count() == 0
        assert not [url for url in asked if "a.png" in url]
    finally:
        saved.unlink()
    assert sorted(path.name for path in docs.parent.iterdir()) == before


def test_a_hostile_title_stays_text_in_the_list_and_its_document(fake_server: str, page: Page) -> None:
    _open(page, fake_server)
    page.get_by_role("button", name="说明 <script>window.hacked=1</script>").click()
    page.locator(".rp-reader").wait_for()
    page.get_by_role("tab", name="整理时略去的内容").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*='a.png'], a[href^='javascript'], img[onerror]").count() == 0


def test_while_a_build_runs_another_session_can_ask(
    slow_server: tuple[str, Path], browser: Browser, page: Page
) -> None:
    base, go = slow_server
    _open(page, base)
    page.get_by_role("button", name="重建索引").click()
    page.get_by_text("编码段落：30 / 100，这一步约还需 2 分钟").wait_for()
    assert page.get_by_role("button", name="重建索引").is_disabled()
    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{base}/?q=研发")
    other.locator(".rp-value", has_text="3.42%").wait_for()
    other.goto(f"{base}/documents")
    other.get_by_text("编码段落：30 / 100").wait_for()  # who comes later sees it too
    go.touch()
    report = page.locator(".st-key-rp-docs-report .rp-notice")
    report.wait_for()
    assert "新增 2，更新 1" in report.inner_text() and "坏 <b>.pdf" in report.inner_text()
    page.get_by_role("button", name="知道了").click()
    report.wait_for(state="detached")
    context.close()


def test_keyboard_alone_opens_a_document_and_returns(fake_server: str, page: Page) -> None:
    _open(page, fake_server)
    page.get_by_role("textbox", name="查找").fill("东湖区")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="说明").wait_for(state="detached")
    for _ in range(8):
        page.keyboard.press("Tab")
        if "科技工作报告" in page.evaluate("document.activeElement.innerText || ''"):
            break
    page.keyboard.press("Enter")
    page.locator(".rp-reader").wait_for()
    page.get_by_role("button", name="返回列表").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="文档").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(fake_server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    _open(page, fake_server)
    page.locator("summary", has_text="上传文件").click()
    page.locator("[data-testid=stFileUploaderDropzone]").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="说明").click()
    page.locator(".rp-reader").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_no_english_of_the_framework_is_left(fake_server: str, page: Page) -> None:
    _open(page, fake_server)
    page.locator("summary", has_text="上传文件").click()
    page.locator("[data-testid=stFileUploaderDropzone]").wait_for()
    words = set(re.findall(r"[A-Za-z]{4,}", page.evaluate(VISIBLE_WORDS)))
    hostile = {"hostile", "script", "window", "hacked", "onerror", "http", "javascript", "alert"}
    assert words <= hostile | {suffix.lstrip(".") for suffix in SUFFIXES}
