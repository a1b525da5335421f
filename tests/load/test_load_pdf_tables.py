"""Tables in PDFs: their rows in place of their text, merged names, lines in cells, over pages, beside text."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from ragpark.load.pdf import read_pdf
from ragpark.read.facts import find_facts
from ragpark.records import RawDocument
from ragpark.repair.clean import clean
from ragpark.repair.sections import split_sections
from ragpark.zh import load_vocabulary
from ragpark.zh.tagger import LacTagger

GRID = ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))
FONT = ("FONT", (0, 0), (-1, -1), "STSong-Light", 10)
Text = tuple[float, float, str]
Placed = tuple[float, float, Sequence[Sequence[str]], Sequence[tuple[object, ...]]]


def pdf(*pages: tuple[Sequence[Text], Sequence[Placed]], turned: int = 0) -> bytes:
    """Return a PDF: per page texts (x, y from the top, text) and tables (x, y of the top edge, cells, styles)."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    top = 560 if turned else 800
    for texts, tables in pages:
        if turned:
            canvas.setPageRotation(turned)
            canvas.rotate(turned)
            canvas.translate(0, -A4[0])  # what is drawn now stands upright when the page is shown
        canvas.setFont("STSong-Light", 12)
        before = [text for text in texts if not tables or text[1] <= tables[0][1]]
        for x, y, text in before:
            canvas.drawString(x, top - y, text)
        for x, y, cells, styles in tables:
            table = Table(cells, colWidths=[80] * len(cells[0]), style=TableStyle([FONT, *styles]))
            _, height = table.wrap(500, 700)
            table.drawOn(canvas, x, top - y - height)
        canvas.setFont("STSong-Light", 12)
        for x, y, text in texts:
            if (x, y, text) not in before:
                canvas.drawString(x, top - y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def read(data: bytes) -> list[str]:
    return [f"{line.place}|{line.text}" for line in read_pdf(data, "a.pdf").lines]


YEARS = [["指标", "2022年", "2023年"], ["产值（亿元）", "3515.6", "3686.0"], ["上市公司（家）", "60", "66"]]


MORE = [["孵化器（家）", "12", "15"], ["研发机构（家）", "40", "41"]]
MERGED = [
    ["地区", "2022年", "", "2023年", ""],
    ["", "产值（亿元）", "增速（%）", "产值（亿元）", "增速（%）"],
    ["昆山", "100", "5.1", "110", "-0.5"],
]
SPANS = [GRID, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
BLACK = (0, 0, 0)
THREE_LINES = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, BLACK),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, BLACK),
    ("LINEBELOW", (0, -1), (-1, -1), 1, BLACK),
]
OPEN_SIDES = [*THREE_LINES, ("INNERGRID", (0, 0), (-1, -1), 0.5, BLACK)]
NO_ROW_LINES = [
    ("BOX", (0, 0), (-1, -1), 1, BLACK),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, BLACK),
    ("LINEAFTER", (0, 0), (-2, -1), 0.5, BLACK),
]
ROWS = ["指标：产值（亿元）；2022年：3515.6；2023年：3686.0", "指标：上市公司（家）；2022年：60；2023年：66"]


@pytest.mark.parametrize(
    "styles", [[GRID], OPEN_SIDES, NO_ROW_LINES, THREE_LINES, []], ids=["all", "open", "columns", "three", "none"]
)
def test_a_table_is_read_by_its_rules_or_by_its_columns(styles: list[tuple[object, ...]]) -> None:
    page = ([(72, 0, "表1 主要指标"), (72, 150, "以上为初步数。")], [(72.0, 20.0, YEARS, styles)])
    assert read(pdf(page)) == ["1|表1 主要指标", *(f"1|{row}" for row in ROWS), "1|以上为初步数。"]


def test_names_merged_across_and_down_name_every_column() -> None:
    assert read(pdf(([], [(72, 20, MERGED, SPANS)]))) == [
        "1|地区：昆山；2022年产值（亿元）：100；2022年增速（%）：5.1；2023年产值（亿元）：110；2023年增速（%）：-0.5"
    ]


def test_lines_in_a_cell_are_one_text() -> None:
    cells = [
        ["指标", "2023年"],
        ["规模以上工业\n总产值（亿元）", "6509.8"],
        ["R&D\n经费（亿元）", "1,234.5\n（快报数）"],
    ]
    assert read(pdf(([], [(72, 20, cells, [GRID])]))) == [
        "1|指标：规模以上工业总产值（亿元）；2023年：6509.8",
        "1|指标：R&D经费（亿元）；2023年：1,234.5（快报数）",
    ]


def test_the_unit_above_the_table_is_that_of_its_figures() -> None:
    cells = [["项目", "2022年", "2023年"], ["企业", "23878.6", "25922.2"], ["高等学校", "2412.4", "2753.3"]]
    found = read(pdf(([(72, 0, "表2 执行主体 单位：亿元")], [(72, 20, cells, [GRID])])))
    assert found[1] == "1|项目：企业；2022年（亿元）：23878.6；2023年（亿元）：25922.2"


@pytest.mark.parametrize(
    "second", [([], [YEARS[0], *MORE]), ([], MORE), ([(72, 0, "续表")], MORE), ([(72, 0, "续表1")], [YEARS[0], *MORE])]
)
def test_a_table_goes_on_over_the_page(second: tuple[list[Text], list[list[str]]]) -> None:
    first = ([(72.0, 0.0, "表4 主要指标")], [(72.0, 20.0, YEARS, [GRID])])
    texts, cells = second
    assert read(pdf(first, (texts, [(72, 20, cells, [GRID])]))) == [
        "1|表4 主要指标",
        *(f"1|{row}" for row in ROWS),
        "2|指标：孵化器（家）；2022年：12；2023年：15",
        "2|指标：研发机构（家）；2022年：40；2023年：41",
    ]


def test_merged_names_alone_at_the_page_end_name_the_rows_on_the_next() -> None:
    first = ([], [(72.0, 20.0, MERGED[:2], SPANS)])
    rows = [MERGED[2], ["常熟", "90", "4.2", "95", "3.3"]]
    assert read(pdf(first, ([], [(72, 20, rows, [GRID])])))[-2:] == [
        "2|地区：昆山；2022年产值（亿元）：100；2022年增速（%）：5.1；2023年产值（亿元）：110；2023年增速（%）：-0.5",
        "2|地区：常熟；2022年产值（亿元）：90；2022年增速（%）：4.2；2023年产值（亿元）：95；2023年增速（%）：3.3",
    ]


def test_another_table_on_the_next_page_is_another_table() -> None:
    first = ([(72.0, 0.0, "表4 主要指标")], [(72.0, 20.0, YEARS, [GRID])])
    other = (
        [(72.0, 0.0, "表5 各区产值")],
        [(72.0, 20.0, [["地区", "产值（亿元）", "税收（亿元）"], ["甲区", "5", "6"]], [GRID])],
    )
    assert read(pdf(first, other))[-1] == "2|地区：甲区；产值（亿元）：5；税收（亿元）：6"


def test_a_table_beside_running_text_leaves_the_text_whole() -> None:
    beside = [(340.0, 40.0 + 16 * n, f"第{n}行是旁边的正文，讲园区的发展，") for n in range(4)]
    assert read(pdf((beside, [(72, 20, YEARS, [GRID])]))) == [
        *(f"1|{row}" for row in ROWS),
        *(f"1|{text}" for _, _, text in beside),
    ]


def test_a_page_that_is_shown_turned_is_read_as_shown() -> None:
    page = ([(72.0, 0.0, "表1 主要指标")], [(72.0, 20.0, YEARS, [GRID])])
    assert read(pdf(page, turned=90)) == ["1|表1 主要指标", *(f"1|{row}" for row in ROWS)]


LONG = "园区坚持以科技创新引领产业创新，把企业作为创新的主体，" * 6
WRAPPED = "\n".join(LONG[at : at + 7] for at in range(0, len(LONG), 7))


@pytest.mark.parametrize(
    ("cells", "styles"),
    [
        ([["一段文字，外面有框。"]], [GRID]),  # a frame is no table
        ([["左栏的标题", "右栏的标题"], [WRAPPED, WRAPPED]], [GRID]),  # columns of running text between rules
        ([["指标", "2022年", "2023年"], ["产值", "3515.6"], ["税收", "60", "66"]], []),  # a figure missing, no rules
        ([["甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]], []),  # words in columns
    ],
    ids=["frame", "columns of text", "missing cell", "words"],
)  # fmt: skip
def test_what_is_no_table_stays_text(cells: list[list[str]], styles: list[tuple[object, ...]]) -> None:
    rows = [[*row, *[""] * (len(cells[0]) - len(row))] for row in cells]
    loaded = read_pdf(pdf(([], [(40, 20, rows, styles)])), "a.pdf")
    assert all(line.row is None for line in loaded.lines)
    assert "".join("".join(line.text.split()) for line in loaded.lines).startswith(cells[0][0])


def test_figures_of_a_table_are_facts_on_their_page() -> None:
    cells = [["地区", "2022年（家）", "2023年（家）"], ["昆山", "40", "45"]]
    data = pdf(([(72, 0, "表1 上市公司")], [(72, 20, [*cells, ["苏州", "200", "217"]], [GRID])]))
    raw = RawDocument("a.pdf", "0" * 64, "pdf", "page", read_pdf(data, "a.pdf").lines)
    document = clean(raw)
    found = find_facts(document, split_sections(document), load_vocabulary(), LacTagger())
    assert [(f.standard, f.entity, f.year, f.value, f.locator) for f in found] == [
        ("境内外上市企业数", place, year, value, {"page": 1})
        for place, year, value in [
            ("昆山市", 2022, 40),
            ("昆山市", 2023, 45),
            ("苏州市", 2022, 200),
            ("苏州市", 2023, 217),
        ]
    ]
