"""The page 指标 in a real browser: a figure's sentence, a point of the chart, the matrix, the download."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_browser_question import IN_VIEW, VISIBLE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAME = "地区生产总值"


def _open(page: Page, server: str) -> None:
    page.goto(f"{server}/indicators")
    page.locator(".rp-curve").wait_for(timeout=60_000)


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.locator(".rp-curve", has_text=option).wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")


def _points(page: Page) -> Locator:
    return page.locator("[data-testid=stVegaLiteChart] .mark-symbol path[aria-label]")


def _in_view(page: Page) -> None:
    page.locator("#rp-passage").wait_for()
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('#rp-passage'))")


def _passage(page: Page) -> str:
    return "".join(page.locator(".rp-band").all_inner_texts())


def test_a_curve_its_sentence_and_its_file(server: str, page: Page) -> None:
    _open(page, server)
    _choose(page, "指标", NAME)
    _choose(page, "主体", "南京市")
    rows = page.locator(".rp-fact")
    page.wait_for_function("() => document.querySelectorAll('.rp-fact').length === 3")  # as the sample's CSV has
    figure = rows.first.locator(".rp-fact-figure").inner_text()
    page.get_by_role("button", name="看原文").first.click()
    _in_view(page)
    assert figure == "16,355.32亿元" and "16,355.32" in _passage(page)  # the unit stands in the cell's header
    page.get_by_role("button", name="关闭").click()
    page.locator(".rp-reader").wait_for(state="detached")

    with page.expect_download() as download:
        page.get_by_role("button", name="下载 CSV").click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "南京市-地区生产总值.csv"
    assert data.startswith(b"\xef\xbb\xbf")  # the mark by which Excel knows UTF-8
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(lines) == 3 and {NAME, "南京市"} <= set(lines[0].values())


def test_a_click_on_a_point_opens_its_sentence(server: str, page: Page) -> None:
    _open(page, server)
    point = _points(page).nth(1)
    point.wait_for()
    said = point.get_attribute("aria-label") or ""
    point.click()
    _in_view(page)
    figure = re.search(r"数值: \D*([\d,.]+)", said)
    assert figure and figure[1] in _passage(page)


def test_a_row_of_the_matrix_is_shown_as_a_curve(server: str, page: Page) -> None:
    _open(page, server)
    page.get_by_role("tab", name="总览").click()
    frame = page.locator("[data-testid=stDataFrame]")
    cells = frame.locator("[role=row]").nth(5).locator("[role=gridcell]")  # below the head
    cells.first.wait_for(state="attached")
    told = cells.all_text_contents()
    at = frame.bounding_box()
    assert at is not None
    page.mouse.click(at["x"] + 16, at["y"] + 35 * 5 + 17)  # the box before the row; rows are 35 high
    page.locator(".rp-curve").wait_for()
    assert page.get_by_role("tab", name="走势").get_attribute("aria-selected") == "true"
    curve = page.locator(".rp-curve").inner_text()
    entity, name = curve.split("　")
    assert entity in told and name in told, (curve, told)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_everything_without_scrolling_sideways(server: str, browser: Browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    _open(page, server)
    _points(page).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="看原文").first.click()
    _in_view(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_a_hostile_document_stays_text(fake_server: str, page: Page) -> None:
    _open(page, fake_server)
    _choose(page, "指标", "注入指数")
    page.get_by_role("button", name="看原文").click()
    _in_view(page)
    page.get_by_role("tab", name="总览").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src*='a.png'], a[href^='javascript'], img[onerror]").count() == 0


def test_no_english_of_the_framework_is_left(fake_server: str, page: Page) -> None:
    _open(page, fake_server)
    page.get_by_role("tab", name="总览").click()
    frame = page.locator("[data-testid=stDataFrame]")
    frame.wait_for()
    frame.hover()
    words = set(re.findall(r"[A-Za-z]{4,}", page.evaluate(VISIBLE_WORDS)))
    hostile = {"hostile", "script", "window", "hacked", "onerror", "http", "javascript", "alert"}
    assert words <= hostile, words - hostile
