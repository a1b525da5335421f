"""Headers and footers: once, after the title or at the end, without page numbers and what the text says itself."""

from docx_files import field, lines, par, row, run, table, word_file

from ragpark.load.docx import read_docx

TAB = "<w:r><w:tab/></w:r>"
CENTRED = '<w:jc w:val="center"/>'


def section(*references: str, more: str = "") -> str:
    inner = "".join(
        f'<w:{kind}Reference w:type="{which}" r:id="rId_{part}"/>'
        for kind, which, part in (reference.split() for reference in references)
    )
    return f"<w:sectPr>{inner}{more}</w:sectPr>"


def test_a_document_number_in_the_header_follows_the_title() -> None:
    body = par("关于安全生产的通知", CENTRED) + par("云澜园区管委会", CENTRED) + par("全年演练4次。")
    parts = {"header1.xml": par("云安〔2023〕8号"), "footer1.xml": par("内部资料")}
    read = read_docx(word_file(body + section("header default header1", "footer default footer1"), parts), "文.docx")
    assert [line.text for line in read.lines] == [
        "关于安全生产的通知",
        "云澜园区管委会",
        "云安〔2023〕8号",
        "全年演练4次。",
        "内部资料",
    ]
    assert read.meta["running"] == "云安〔2023〕8号"


def test_what_the_text_says_and_page_numbers_are_left_out() -> None:
    head = par(
        run("云澜园区年报") + TAB + run("第") + field("PAGE", "3") + run("页 共") + field("NUMPAGES", "9") + run("页")
    )
    foot = par(run("- ") + field("PAGE", "3") + run(" -")) + par(field("DATE", "2031年1月1日"))
    body = par("云澜园区年报") + par("产值88亿元。") + section("header default header1", "footer default footer1")
    assert lines(body, {"header1.xml": head, "footer1.xml": foot}) == ["云澜园区年报", "产值88亿元。"]


def test_each_line_once_over_all_sections() -> None:
    one = par("", "").replace("<w:p>", f"<w:p><w:pPr>{section('header default header1')}</w:pPr>")
    parts = {"header1.xml": par("统计公报"), "header2.xml": par("统计公报") + table(row("编号", "云统3号"))}
    body = par("第一部分。") + one + par("第二部分。") + section("header default header2")
    assert lines(body, parts) == ["统计公报", "编号", "云统3号", "第一部分。", "第二部分。"]


def test_headers_that_no_page_shows() -> None:
    parts = {"header1.xml": par("首页"), "header2.xml": par("偶数页"), "header3.xml": par("各页")}
    references = ("header first header1", "header even header2", "header default header3")
    assert lines(par("正文。") + section(*references), parts) == ["各页", "正文。"]
    shown = parts | {"settings.xml": "<w:evenAndOddHeaders/>"}
    assert lines(par("正文。") + section(*references, more="<w:titlePg/>"), shown) == [
        "首页",
        "偶数页",
        "各页",
        "正文。",
    ]
