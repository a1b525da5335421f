"""The documents in docs_raw and the gold questions over them: readable, damaged in every known way, and fair."""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ragpark.load import SUFFIXES, find_documents, load_document

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs_raw"
GOLD = [json.loads(line) for line in (ROOT / "tests/data/gold_sample.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = ("indicator", "fact", "series", "list", "two-part", "table", "unanswerable")

PAGE = "园区2023年科技创新数读.html"
YEARBOOK = "园区年鉴摘编2020.txt"
FEED = "科技招商报道摘编.md"
NEWSPAPER = "2024-06-28 苏州发布会摘编.txt"
SERIES = "成都高新区两年账.htm"
HISTORY = "園區三十年大事記.txt"
DIGEST = "创新参考摘编第2期.md"
BULLETIN = "全国科技经费投入公报摘编.docx"
PARKS = "五个高新区速览.pdf"
WORKBOOK = "各地研发经费对照表.xlsx"
CITIES = "四城市三年主要指标.csv"
COUNTRY = "全国创新指标五年表.tsv"
RULES = "汇编 编写说明.txt"
ELSEWHERE = "西安高新区2023年运行摘编.md"
PERIODS = "西安高新区分时段指标.xlsx"
ENCODINGS = {
    NEWSPAPER: "gb18030",
    HISTORY: "big5",
    RULES: "utf-8-sig",
    CITIES: "gb18030",
    COUNTRY: "utf-16",
}  # the others: utf-8

# What the quality floors were measured on. New documents or questions: new hash, and the floors measured again.
SAMPLE_SHA256 = "d791004aaa9ca72b83d4b63efeedfe0161e4cdd4b613850bcf1dfbf0e6780c98"


@cache
def original(doc: str) -> str:
    """The file's text, read without the package under test: decoded as listed above, tags off."""
    path = DOCS / doc
    if path.suffix == ".pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)
        finally:
            pdf.close()
    if path.suffix == ".docx":
        import docx

        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    if path.suffix == ".xlsx":
        import openpyxl

        rows = (row for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True))
        return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
    text = path.read_bytes().decode(ENCODINGS.get(doc, "utf-8"))
    if path.suffix in (".html", ".htm"):
        text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(style|script).*?</\1>", "", text)))
    return text


def fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_gold_line_has_the_documented_form(gold: dict) -> None:
    assert list(gold) == ["id", "kind", "question", "answers", "evidence", "answerable"]
    assert gold["kind"] in KINDS
    assert gold["id"].startswith(gold["kind"])
    assert gold["answerable"] == bool(gold["answers"]) == bool(gold["evidence"]) == (gold["kind"] != "unanswerable")
    assert all(part and all(part) for part in gold["answers"])


@pytest.mark.parametrize("gold", [g for g in GOLD if g["answerable"]], ids=lambda gold: gold["id"])
def test_quotes_stand_in_the_file_and_hold_the_answer(gold: dict) -> None:
    for item in gold["evidence"]:
        assert fold(item.get("quote", "")) in fold(original(item["doc"]))
    # without a quote (tables) the whole document is the evidence
    held = "|".join(fold(item.get("quote") or whole(item["doc"])) for item in gold["evidence"])
    held = re.sub(r"(?<=\d),(?=\d{3})", "", held)
    for part in gold["answers"]:
        assert any(re.search(rf"(?<![\d.]){re.escape(fold(answer))}", held) for answer in part), part


@cache
def whole(doc: str) -> str:
    return "\n".join(line.text for line in load_document(DOCS, doc).lines)


def test_questions_are_many_and_of_every_kind() -> None:
    assert len({g["id"] for g in GOLD}) == len({g["question"] for g in GOLD}) == len(GOLD) >= 55
    assert sum(not g["answerable"] for g in GOLD) >= 14
    assert {g["kind"] for g in GOLD} == set(KINDS)
    assert {item["doc"] for g in GOLD for item in g["evidence"]} == set(find_documents(DOCS))


def test_every_format_has_a_sample() -> None:
    assert {Path(doc).suffix for doc in find_documents(DOCS)} == set(SUFFIXES)


@pytest.mark.parametrize("doc", find_documents(DOCS))
def test_document_opens_and_has_a_page_or_two_of_text(doc: str) -> None:
    raw = load_document(DOCS, doc)
    assert raw.problems == ()
    # the loader may drop navigation, and names a table's columns in every row; a table of eight rows is a page as well
    size = len(fold("".join(line.text for line in raw.lines)))
    tabular = sum(line.row is not None and len(line.row.cells) > 1 for line in raw.lines)
    assert (size >= 900 or tabular >= 8) and size <= 3000
    for item in (item for g in GOLD for item in g["evidence"] if item["doc"] == doc and "quote" in item):
        assert fold(item["quote"]) in fold("".join(line.text for line in raw.lines))


WIDTH_16 = r"(?m)^[^\s\x00-\x7f]{15,18}$"
DAMAGE = {
    "a line break every 16 characters": (NEWSPAPER, WIDTH_16 + r"\n^\S"),
    "a blank line between wrapped lines": (YEARBOOK, WIDTH_16 + r"\n\n^\S"),
    "a blank line inside a sentence": (NEWSPAPER, r"[^。！？\n]\n\n[^\n]*。"),
    "a heading away from its text": (NEWSPAPER, r"\n园区三年目标：高企总数3500家\n"),
    "text printed downwards": (NEWSPAPER, r"\n供\n稿\n"),
    "headings in 【】": (YEARBOOK, r"(?m)^【.+?】"),
    "a heading with inner spaces": (YEARBOOK, r"(?m)^ 综  述$"),
    "a by-line after a sentence": (YEARBOOK, r"。\ufffd ?\n*\ufffd? ?（周一舟）"),
    "a name stretched by spaces": (YEARBOOK, r"（陆闻溪  何  岸）"),
    "a caption inside a sentence": (YEARBOOK, r"其中\n\n.*敲钟\ufffd\n\ufffd （教?.*供稿）\n 再鼎医药于"),
    "a page's left-over name": (YEARBOOK, r"内芯_科技篇_部分2"),
    "full-width digits": (YEARBOOK, r"累\s*计\s*１８４０家"),
    "a bread crumb": (PAGE, r"首页 > 数据发布"),
    "a publication line": (PAGE, r"发布日期:2024-05-20 09:30\s+浏览次数:"),
    "a scan-me line": (PAGE, r"扫一扫在手机打开当前页"),
    "a licence line": (PAGE, r"ICP备案号"),
    "related links": (PAGE, r"相关链接"),
    "half-width punctuation": (PAGE, r"3686\.0亿元,比上年增长5\.9%;"),
    "front matter": (FEED, r"\A---\ntitle: .*\n(.*\n)*date: 2022-06-10 08:12:00 \+0800\n(.*\n)*---\n"),
    "one giant line of paragraphs": (FEED, r"(?m)^(<p>.*?</p> ){10}"),
    "a running header": (PARKS, r"(园区观察 2025年第3期(?s:.)*){2}"),
    "a page break inside a sentence": (PARKS, r"据央广网\s+— 1 —\s+园区观察 2025年第3期\s+2023年2月17日报道"),
    "a date in Chinese numerals": (DIGEST, r"二〇二二年五月九日"),
    "last year and this year": (DIGEST, r"去年，园区(?s:.)*今年1月"),
    "the year before last": (SERIES, r"前年为2800\.6亿元"),
    "the last three years": (PAGE, r"近三年,"),
    "a five-year plan": (BULLETIN, r"“十四五”规划要求"),
    "the previous year": (PAGE, r"相当于上年的2\.8倍"),
    "a target beside an actual value": (PAGE, r"共448家(?s:.)*到2026年底,入库企业累计达到500家以上"),
    "a serial number before each row": (CITIES, r"(?m)^12,南京,2023,"),
    "a line break inside a cell": (CITIES, r'"总量首次\n超过两万亿元"'),
    "an unpublished figure": (COUNTRY, r"每万人口高价值发明专利拥有量\t件\t…\t"),
    "a column of units": (COUNTRY, r"指标\t计量单位\t"),
    "a share stored as a fraction": (WORKBOOK, r"\t0\.0883"),
    "a unit above the table": (WORKBOOK, r"单位：亿元"),
    "names on two levels": (WORKBOOK, r"地区\t2022年\t\t2023年\t\t排序变化\n\tR&D经费（亿元）"),
    "a range": (YEARBOOK, r"3—5年"),
    "thousands separators": (PARKS, r"51,497家"),
    "a number in Chinese numerals": (SERIES, r"四千三百二十家"),
    "percentage points": (BULLETIN, r"提高0\.09个百分点"),
    "articles of a regulation": (RULES, r"(?m)^第二章  (?s:.)*^第四条  "),
    "lists on three levels": (DIGEST, r"(?m)^（一）(?s:.)*^1\. (?s:.)*^（1）"),
    "traditional characters": (HISTORY, r"國務院批覆"),
    "lines of label and value": (ELSEWHERE, r"(?m)^摘编日期：2024年7月5日$"),
    "a footnote's mark after a figure": (ELSEWHERE, r"(?m)增长8\.1%\[\^1\](?s:.)*^\[\^1\]: "),
    "whole year, half and three quarters": (
        ELSEWHERE,
        r"上半年完成生产总值1614\.72亿元(?s:.)*前三季度完成2418\.83亿元",
    ),
    "a bare term bound to a park": (ELSEWHERE, r"“全区”都指西安高新区"),
    "a row for each part of a year": (PERIODS, r"(?m)^2021年上半年\t1300\.99\t6\.3\t…\t"),
}


@pytest.mark.parametrize(("doc", "pattern"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_occurs(doc: str, pattern: str) -> None:
    assert re.search(pattern, original(doc).replace("\r\n", "\n"))


def test_encodings_are_what_the_list_says() -> None:
    for doc in (NEWSPAPER, HISTORY):
        with pytest.raises(UnicodeDecodeError):
            (DOCS / doc).read_bytes().decode("utf-8")
    assert (DOCS / RULES).read_bytes().startswith(b"\xef\xbb\xbf")


def test_word_document_has_heading_styles_and_a_table() -> None:
    levels = {line.level for line in load_document(DOCS, BULLETIN).lines}
    assert {1, 2} <= levels
    assert "江苏" in whole(BULLETIN)
    assert "3.29" in whole(BULLETIN)


def test_pdf_has_two_pages() -> None:
    assert {line.place for line in load_document(DOCS, PARKS).lines} == {1, 2}


def test_sidecar_and_front_matter_are_read() -> None:
    assert load_document(DOCS, HISTORY).pinned["date"] == "2024-05-12"
    assert load_document(DOCS, FEED).meta["date"] == "2022-06-10"


def test_samples_are_the_ones_the_floors_were_measured_on() -> None:
    digest = hashlib.sha256()
    for path in sorted([*DOCS.iterdir(), ROOT / "tests/data/gold_sample.jsonl"], key=lambda path: path.name):
        if not path.name.startswith("."):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    assert digest.hexdigest() == SAMPLE_SHA256
