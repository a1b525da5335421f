"""The evaluation page in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = Path(__file__).parents[1] / "data" / "gold_sample.jsonl"


def _gold(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def _upload(page: Page, server: str, path: Path) -> None:
    page.goto(f"{server}/evaluate")
    page.get_by_role("button", name="用别的文件").click()
    page.locator("[data-testid=stFileUploader] input").set_input_files(path)
    page.get_by_text("题，其中").wait_for()
    page.keyboard.press("Escape")


def _figures(page: Page) -> list[str]:
    page.locator(".rp-figures").first.wait_for(timeout=120_000)
    return page.locator(".rp-figure-value").all_inner_texts()


def test_a_gold_set_is_run_and_read_while_another_session_asks(
    server: str, browser: Browser, page: Page, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in ("indicator", "unanswerable")}
    right, none = by_kind["indicator"][0], by_kind["unanswerable"][0]
    wrong = right | {"id": "wrong", "answers": [["9.99%"]]}
    # Twelve times each, so that the run lasts a few seconds.
    many = [row | {"id": f"{row['id']}-{n}"} for n in range(12) for row in (right, none)]
    _upload(page, server, _gold(tmp_path / "small.jsonl", [*many, wrong]))
    page.get_by_role("button", name="开始评测").click()
    page.get_by_role("button", name="停止").wait_for()

    context = browser.new_context()
    other = context.new_page()
    other.goto(f"{server}/?q=2023年园区R%26D占比")
    other.locator(".rp-answer .rp-value", has_text="5.16%").wait_for(timeout=60_000)
    context.close()

    values = _figures(page)
    # 12 of 13 answerable questions are right; every unanswerable one is refused, and no other.
    assert values[:4] == ["92.3%", "92.3%", "100.0%", "100.0%"]
    page.get_by_text("25 题中 24 题通过").wait_for()
    failure = page.locator(".rp-failure")
    failure.first.wait_for()
    assert failure.count() == 1
    assert failure.locator(".rp-stage").inner_text() == "答错"
    text = failure.inner_text()
    assert "9.99%" in text and "5.16%" in text and "检索排在第" in text
    assert "5.16%" in failure.locator("mark").first.inner_text()
    with page.expect_popup() as popup:
        failure.locator(".rp-ask-link").click()
    popup.value.locator(".rp-answer .rp-value", has_text="5.16%").wait_for()
    popup.value.close()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载报告").click()
    report = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert (report["questions"], len(report["results"])) == (25, 25)


NONE = {"id": "1", "kind": "unanswerable", "question": "2019年绿地", "answerable": False}


def test_a_broken_line_is_named(fake_server: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{fake_server}/evaluate")
    page.get_by_role("button", name="用别的文件").click()
    path = _gold(tmp_path / "broken.jsonl", [NONE, NONE])
    page.locator("[data-testid=stFileUploader] input").set_input_files(path)
    page.get_by_text("broken.jsonl 第 2 行：id“1”与第 1 行重复").wait_for()
    assert page.get_by_role("button", name="开始评测").is_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_a_run_and_its_comparison_without_scrolling_sideways(
    fake_server: str, browser: Browser, tmp_path: Path, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    answered = NONE | {"id": "2", "question": "研发投入"}
    _upload(page, fake_server, _gold(tmp_path / f"{scheme}.jsonl", [NONE, answered]))
    for seen in ("这是第一次运行", "变好 0 题"):
        page.get_by_role("button", name="开始评测").click()
        page.get_by_text(seen).wait_for()
    assert page.locator(".rp-stage").inner_text() == "该拒未拒"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="待审题目").click()
    page.get_by_text("还没有待审的题目").wait_for()
    context.close()
