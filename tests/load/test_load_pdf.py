"""PDFs: lines by page, running heads and page numbers gone, scans and broken files refused."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ragpark.errors import LoadError
from ragpark.load.pdf import drop_running, read_pdf
from ragpark.records import RawLine


def pdf(pages: Sequence[Sequence[str]], title: str = "", password: str | None = None) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password) if password else None)
    canvas.setTitle(title)
    for page in pages:
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(page):
            canvas.drawString(72, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_lines_come_page_by_page_with_an_empty_line_between() -> None:
    loaded = read_pdf(pdf([["园区投入4.5%，专利174", "件。"], ["第二页。"]], "园区2020年科技年报"), "年报.pdf")
    assert loaded.place_unit == "page"
    assert loaded.lines == (
        RawLine("园区投入4.5%，专利174", 1),
        RawLine("件。", 1),
        RawLine("", 2),
        RawLine("第二页。", 2),
    )
    assert loaded.meta["title"] == "园区2020年科技年报"
    assert "date" not in loaded.meta  # when a file was made is not when its text was issued


def test_a_title_that_names_nothing_is_left_out() -> None:
    assert "title" not in read_pdf(pdf([["文"]], "Microsoft Word - 年报.doc"), "a.pdf").meta


def test_a_page_without_text_among_others_is_a_problem() -> None:
    assert "第 2 页" in read_pdf(pdf([["甲"], [], ["乙"]]), "a.pdf").problems[0]


@pytest.mark.parametrize("pages", [[[]], [["- 1 -"], ["- 2 -"]]])
def test_a_scan_is_refused(pages: list[list[str]]) -> None:
    with pytest.raises(LoadError, match=r"“扫.pdf”没有文字层（可能是扫描件），暂不支持"):
        read_pdf(pdf(pages), "扫.pdf")


def test_a_protected_file_is_refused_as_such() -> None:
    with pytest.raises(LoadError, match="有密码保护"):
        read_pdf(pdf([["文"]], password="secret"), "a.pdf")


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7\n", pdf([["文"]])[:500]])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match="已损坏或不是 PDF"):
        read_pdf(data, "a.pdf")


def test_running_heads_feet_and_page_numbers_go() -> None:
    pages = [["某区年鉴2020", f"正文{'甲乙丙丁'[n]}", "1954", "科学技术 · 某区", str(n + 11)] for n in range(4)]
    assert drop_running(pages) == [[f"正文{c}", "1954"] for c in "甲乙丙丁"]


def test_heads_that_alternate_between_left_and_right_pages_go() -> None:
    pages = [[("年鉴" if n % 2 else "科技") + "·卷首", f"正文{'甲乙丙丁戊己'[n]}", f"第 {n} 页"] for n in range(6)]
    assert drop_running(pages) == [[f"正文{c}"] for c in "甲乙丙丁戊己"]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        ([["某区年鉴 3", "甲"], ["某区年鉴 4", "乙"]], [["甲"], ["乙"]]),
        (
            [["年鉴·左页", "甲"], ["科技·右页", "乙"], ["年鉴·左页", "丙"], ["科技·右页", "丁"]],
            [["甲"], ["乙"], ["丙"], ["丁"]],
        ),
    ],
)
def test_of_two_pages_or_two_left_ones_both_must_have_the_head(pages: list[list[str]], kept: list[list[str]]) -> None:
    assert drop_running(pages) == kept


@pytest.mark.parametrize(
    "pages",
    [
        [["某区年鉴，", "甲"], ["某区年鉴，", "乙"]],  # two pages tell only where no mark stands in the line…
        [["甲", "某区年鉴", "乙"], ["某区年鉴", "丙"]],  # …and it is the outermost on both
        [["年鉴", "甲"], ["子", "乙"], ["年鉴", "丙"], ["丑", "丁"], ["寅", "戊"], ["卯", "己"]],
        [["甲", "1954"], ["乙", "2020"], ["丙", "33"]],  # figures that count no pages
        [["12 33", "甲"], ["14 35", "乙"], ["15 36", "丙"]],  # rows of figures
        [["航线5条。", "甲"], ["航线6条。", "乙"], ["航线8条。", "丙"]],  # sentences that differ in their figure
    ],
)
def test_what_only_looks_like_a_running_line_stays(pages: list[list[str]]) -> None:
    assert drop_running(pages) == pages


@pytest.mark.parametrize("mark", ["第 3 页 共 12 页", "第3页", "- 3 -", "—3—", "3/12", "Page 3 of 12"])
def test_page_marks_go_even_once(mark: str) -> None:
    assert drop_running([["甲", mark]]) == [["甲"]]
