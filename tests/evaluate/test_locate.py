"""A quote of the damaged original is found in the cleaned text."""

from __future__ import annotations

import pytest
from evaluate_fakes import document

from ragpark.evaluate.locate import QuoteFinder


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        # wrapped and blank lines, full width, inner spaces
        ("去年占比为4.5%，有所增长。", "占比\n\n为４．５ %", ["占比为4.5%"]),
        ("占比\n为4.5%，增长。", "占比为4.5%", ["占比\n为4.5%"]),
        # every occurrence counts
        ("有4分钟，又4分钟。", "4分钟", ["4分钟", "4分钟"]),
        # U+FFFD in the original, or left in the text
        ("园区企业共计45家。", "园区\ufffd企业共计", ["园区企业共计"]),
        ("园区\ufffd企业共计45家。", "园区企业共计", ["园区\ufffd企业共计"]),
        # markup of the original
        ("导语：科技创新是关键。", "**导语：**科技创新", ["导语：科技创新"]),
        ("高新区 R&D 投入占比", "<p>高新区</p> R&amp;D 投入", ["高新区 R&D 投入"]),
    ],
)
def test_quote_is_found(text: str, quote: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in QuoteFinder(document("a.txt", text)).find(quote)] == found


@pytest.mark.parametrize(
    "quote",
    [
        "全年引进重大（林岚开）项目四十五个",
        "全年引进重大项目四十五个（林",  # cut off after 2 characters: too little to be sure
        "（林岚开）全年引进重大项目四十五个（林岚开）",
        "岚开）全年引进重大（林岚开）项目四十五个",  # its beginning does: 3 characters
        "全年引进重大（林\n岚 开）项目四十五个",
        "全年引进重大年鉴·2021项目四十五个（林岚",
    ],
)
def test_quote_is_found_without_the_pieces_that_cleaning_took_out(quote: str) -> None:
    source = document("a.txt", "园区全年引进重大项目四十五个。", removed=("（林岚开）", "年鉴 · 2021", "2"))
    found = [source.text[start:end] for start, end in QuoteFinder(source).find(quote)]
    assert found == ([] if quote.endswith("（林") else ["全年引进重大项目四十五个"])


@pytest.mark.parametrize(
    "quote",
    [
        "全年引进重大项目四十六个",  # another figure
        "全年引进重大项目245个",  # the page number 2 is not taken out of a figure
        "戊己庚辛",
        "（林岚开）",  # nothing but what was removed
        " ",
    ],
)
def test_quote_is_not_found(quote: str) -> None:
    source = document("a.txt", "园区全年引进重大项目45个。", removed=("（林岚开）", "2"))
    assert QuoteFinder(source).find(quote) == ()
