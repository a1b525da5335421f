"""The page 批量 in a real browser: a spreadsheet up, progress, the answers down; a conversation taken away."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
from test_browser_question import VISIBLE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Download, Page


def _sheet() -> bytes:
    book = openpyxl.Workbook()
    for row in (["编号", "问题"], [7, "2023年研发占比"], [8, "？"], [9, "=企业"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.active["B4"].data_type = "s"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _take(page: Page, kind: str) -> Download:
    with page.expect_download() as download:
        page.get_by_role("button", name=kind, exact=True).click()
    return download.value


def test_a_spreadsheet_goes_up_and_its_answers_come_down(fake_server: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{fake_server}/batch")
    page.locator("input[type=file]").set_input_files(
        {"name": "季度 问答.xlsx", "mimeType": "application/octet-stream", "buffer": _sheet()}
    )
    page.get_by_text("共 3 问。").wait_for()
    page.get_by_role("button", name="开始作答").click()
    page.get_by_text("已答 2，未答出 0，没有问成 1").wait_for()
    page.get_by_text("第 3 行“？”：问题里没有文字").wait_for()
    words = set(re.findall(r"[A-Za-z]{4,}", page.evaluate(VISIBLE_WORDS)))
    assert words <= {"ragpark", "xlsx", "Excel", "Word", "Markdown"}

    got = _take(page, "Excel")
    assert got.suggested_filename == "季度 问答-答案.xlsx"
    got.save_as(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["答案"]
    assert [[cell.value for cell in row[1:4]] for row in sheet["A5:D7"]] == [
        ["7", "2023年研发占比", "3.42%"], ["8", "？", "没有问成"], ["9", "=企业", "560家"],
    ]  # fmt: skip
    target = sheet["K5"].hyperlink.target
    assert target.startswith(f"{fake_server}/documents?doc=")
    page.goto(target)  # the link leads to the document as this server shows it
    page.locator(".rp-reader").wait_for()


def test_a_conversation_is_taken_away(fake_server: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{fake_server}/?q=研发")
    page.locator(".rp-value", has_text="3.42%").wait_for()
    page.get_by_role("textbox", name="问题").fill("企业")
    page.keyboard.press("Enter")
    page.locator(".rp-value", has_text="560家").wait_for()
    page.get_by_role("button", name="导出").click()
    page.get_by_text("导出哪些回答").wait_for()
    page.locator("[data-testid=stPopoverBody]").get_by_text("研发", exact=True).click()
    got = _take(page, "Word")
    assert got.suggested_filename == "问答记录.docx"
    got.save_as(tmp_path / "a.docx")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert "1. 企业" in texts and "560家" in texts and "2. 研发" not in texts and "1. 研发" not in texts
