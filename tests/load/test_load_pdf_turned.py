"""Text that is stored or shown sideways: lines and columns stay right, figures apart, margins and watermarks aside."""

from __future__ import annotations

import pytest
from pdf_drawing import columns, drawn, grid, text, turned
from reportlab.pdfgen.canvas import Canvas

from ragpark.load.pdf import read_pdf

TABLE = (["指标", "2022年", "2023年"], ["集装箱量", "310", "356"], ["航线数", "41", "47"])
ROWS = [
    "指标：集装箱量；2022年（万箱）：310；2023年（万箱）：356",
    "指标：航线数；2022年（万箱）：41；2023年（万箱）：47",
]
PAGE = [text(72, 60, "临港片区港口情况", "港口企业有58家，从业人员3100人。", "单位：万箱"), grid(72, 130, *TABLE)]
READ = ["临港片区港口情况", "港口企业有58家，从业人员3100人。", "单位：万箱", *ROWS]


def read(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data, "a.pdf").lines]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_upright_text_on_a_page_shown_turned(degrees: int) -> None:
    assert read(drawn(PAGE, shown_turned=degrees)) == READ


@pytest.mark.parametrize("shown", [0, 90, 180])
# the upper left corner of what is drawn goes where all of it stays on the page
@pytest.mark.parametrize(("degrees", "x", "top"), [(90, 0.0, 600.0), (180, 500.0, 400.0), (270, 595.0, 60.0)])
def test_text_drawn_turned(degrees: int, x: float, top: float, shown: int) -> None:
    assert read(drawn([turned(degrees, x, top, *PAGE)], shown_turned=shown)) == READ


def test_columns_without_rules_drawn_turned() -> None:
    rows = (["地区", "2022年", "2023年"], ["东片", "12.5", "13.1"], ["西片", "7.7", "8.0"])
    assert read(drawn([turned(270, 595, 60, columns((72, 200, 320), 60, *rows))])) == [
        "地区：东片；2022年：12.5；2023年：13.1",
        "地区：西片；2022年：7.7；2023年：8.0",
    ]


@pytest.mark.parametrize("caption", [["单位：万箱"], ["表2 港口主要指标", "单位：万箱"]], ids=len)
def test_a_sideways_table_on_an_upright_page_stands_below_its_caption(caption: list[str]) -> None:
    sentences = [f"第{n}段讲港口的日常运营和安全管理，各项工作平稳。" for n in "一二三四"]
    upright = text(72, 60, *sentences, *caption)
    assert read(drawn([upright, turned(270, 500, 300, grid(20, 20, *TABLE))])) == [*sentences, *caption, *ROWS]


def test_a_note_in_the_margin_does_not_cut_a_sentence_that_goes_on_over_the_page() -> None:
    first = [text(72, 60, "港口运营平稳。", "全年完成集装箱"), turned(90, 20, 500, text(0, 0, "资料由港口办提供"))]
    found = read(drawn(first, [text(72, 60, "吞吐量356万箱。")]))
    assert found == ["港口运营平稳。", "资料由港口办提供", "全年完成集装箱", "", "吞吐量356万箱。"]


def test_a_tab_in_the_margin_of_every_page_and_a_sideways_page_number_go() -> None:
    pages = [
        [text(72, 60, f"港口{n}部门运营平稳。"), turned(90, 20, 500, text(0, 0, "第三章 交通", f"- {k} -"))]
        for k, n in enumerate("甲乙丙", start=1)
    ]
    assert read(drawn(*pages)) == ["港口甲部门运营平稳。", "", "港口乙部门运营平稳。", "", "港口丙部门运营平稳。"]


def test_a_sideways_table_over_two_pages_with_upright_page_numbers() -> None:
    rest = (["泊位数", "19", "21"], ["堆场面积", "88", "90"], ["拖轮数", "7", "9"])
    pages = [
        [turned(270, 500, 60, grid(20, 20, *rows)), text(290, 800, f"{number}")]
        for number, rows in ((7, TABLE), (8, rest))
    ]
    assert read(drawn(*pages)) == [
        *[row.replace("（万箱）", "") for row in ROWS],
        *[f"指标：{a}；2022年：{b}；2023年：{c}" for a, b, c in rest],
    ]


@pytest.mark.parametrize(("n_pages", "kept"), [(1, True), (2, False), (3, False)])
def test_a_watermark_never_stands_in_a_line_and_goes_where_it_runs(n_pages: int, kept: bool) -> None:
    mark = turned(45, 150, 600, text(0, 0, "仅供内部使用"))
    lines = [[f"港口{n}部有企业{k}家。", f"航线{k}条，比上年增加。"] for k, n in enumerate("甲乙丙", start=5)]
    found = read(drawn(*[[mark, text(72, 60, *page)] for page in lines[:n_pages]]))
    assert [line for line in found if line] == [
        *(line for page in lines[:n_pages] for line in page),
        *["仅供内部使用"] * kept,
    ]


def test_sideways_text_in_a_form_of_its_own() -> None:
    def form(canvas: Canvas) -> None:
        canvas.beginForm("part")
        turned(270, 500, 60, *PAGE)(canvas)
        canvas.endForm()
        canvas.doForm("part")

    assert read(drawn([form])) == READ
