"""Ways in which Word, Excel and PDF files hide what they say, two layouts of each: figures come out, damage is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx_files import box, cell, numbered, numbering, par, row, run, table, word_file
from file_facts import read, rows
from pdf_drawing import columns, drawn, grid, text, turned
from reportlab.pdfgen.canvas import Canvas

from ragpark.errors import LoadError

DELETED = '<w:del w:id="1" w:author="x"/>'


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the zip archive with each part as `change(name, content)` makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return out.getvalue()


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def equation(inner: str) -> str:
    return f"<m:oMath><m:r><m:t>{inner}</m:t></m:r></m:oMath>"


def test_a_table_with_controls_and_equations_in_a_box(tmp_path: Path) -> None:
    inner = table(
        row("指标", "2021年", "2022年"),
        row("在校生（人）", control(cell("4180")), cell(par(control(run("4326"))))),
        row("就业率（%）", cell(par(equation("96.8"))), cell(par(equation("97.5")))),
    )
    body = par("嘉善县职业教育中心年度质量报告") + par(run("主要指标见下框。") + box(inner))
    assert [r[1:2] + r[3:] for r in rows(read(tmp_path, "质量报告.docx", word_file(body)))] == [
        (2021, "在校生", 4180, "人"), (2022, "在校生", 4326, "人"),
        (2021, "就业率", 96.8, "%"), (2022, "就业率", 97.5, "%"),
    ]  # fmt: skip


def test_an_endnote_in_a_nested_table_and_a_number_in_the_header(tmp_path: Path) -> None:
    refer = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    inner = table(row("品种", "2022年产量（吨）"), row(cell(par(run("梭子蟹") + refer)), "4680"), row("带鱼", "9120"))
    body = par("平湖市渔业生产通报") + table(row("产量", cell(inner + par(""))), row("填报", "渔业站"))
    body += '<w:sectPr><w:headerReference w:type="default" r:id="rId_header1"/></w:sectPr>'
    note = f'<w:endnote w:id="2">{par("2022年平湖市梭子蟹养殖面积3150亩。")}</w:endnote>'
    parts = {"endnotes.xml": note, "header1.xml": par("平农〔2023〕17号")}
    document = read(tmp_path, "通报.docx", word_file(body, parts))
    assert "平农〔2023〕17号" in document.text
    found = [(r[1], r[3], r[4], r[5]) for r in rows(document)]
    assert {(2022, 4680, "吨"), (2022, 9120, "吨")} <= {(year, value, unit) for year, _, value, unit in found}
    assert [r for r in found if r[2] == 3150 * 1 and r[3] == "亩"] == [(2022, "梭子蟹养殖面积", 3150, "亩")]


def test_a_deleted_row_whose_cells_are_merged_down_and_a_deleted_last_column(tmp_path: Path) -> None:
    gone = "<w:cellDel/>"
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows_ = (
        row("流域", "站点（座）", cell("旧站点（座）", gone)),
        row(cell("钱塘江", down), "42", cell("40", gone)),
        row(cell("", on), "77", cell("76", gone), properties=DELETED),
        row(cell("瓯江", down), "19", cell("18", gone)),
    )
    document = read(tmp_path, "2022年水文站点.docx", word_file(par("2022年水文站点") + table(*rows_)))
    assert "旧站点" not in document.text and "钱塘江" in document.text
    assert [(r[1], r[4], r[5]) for r in rows(document)] == [(2022, 42, "座"), (2022, 19, "座")]


def test_changes_in_a_nested_table_count_as_accepted(tmp_path: Path) -> None:
    old = '<w:del w:id="3" w:author="x"><w:r><w:delText>1.26</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="4" w:author="x">{run("1.31")}</w:ins>'
    inner = table(
        row("项目", "2022年（万吨）"),
        row("污水处理", cell(par(old + new))),
        row(cell(par(old, f"<w:rPr>{DELETED}</w:rPr>")), cell(par(old)), properties=DELETED),
        row("中水回用", "0.44", properties='<w:ins w:id="5" w:author="x"/>'),
    )
    body = par("龙游县排水公司年报") + table(row(cell(inner + par(""))), row("填报人：周敏"))
    document = read(tmp_path, "年报.docx", word_file(body))
    assert "1.26" not in document.text
    assert [(r[1], r[4], r[5]) for r in rows(document)] == [(2022, 13_100, "吨"), (2022, 4_400, "吨")]


def test_names_with_a_row_of_units_alone_at_the_page_end(tmp_path: Path) -> None:
    xs = (72.0, 200.0, 330.0)
    first = [
        text(72, 60, "2021年遂昌县社会保险公报", "参保面继续扩大。"),
        columns(xs, 760, ["乡镇", "参保人数", "基金收入"], ["", "万人", "亿元"]),
    ]
    second = [columns(xs, 60, ["妙高街道", "4.2", "1.8"], ["云峰街道", "3.1", "1.2"], ["北界镇", "1.9", "0.7"])]
    assert [(r[1], r[3], r[4], r[5]) for r in rows(read(tmp_path, "社保.pdf", drawn(first, second)))] == [
        (2021, "参保人数", 42_000, "人"), (2021, "基金收入", 1.8e8, "元"),
        (2021, "参保人数", 31_000, "人"), (2021, "基金收入", 1.2e8, "元"),
        (2021, "参保人数", 19_000, "人"), (2021, "基金收入", 0.7e8, "元"),
    ]  # fmt: skip


def test_names_at_the_page_end_with_running_lines_between_and_serial_numbers(tmp_path: Path) -> None:
    def page(number: int, *draws: Callable[[Canvas], None]) -> list[Callable[[Canvas], None]]:
        return [text(72, 30, "遂昌县文旅年报"), *draws, text(290, 825, f"— {number} —")]

    names = ["序号", "景区", "门票（万元）", "游客（万人次）"]
    pages = (
        page(1, text(72, 60, "各景区经营平稳。", "表2 2021年各景区经营情况"), grid(72, 780, names)),
        page(2, grid(72, 60, ["1", "南尖岩", "860", "21.4"], ["2", "神龙谷", "415", "9.6"]), text(72, 200, "完。")),
        page(3, text(72, 60, "附注：数据由各景区填报。")),
    )
    found = rows(read(tmp_path, "年报.pdf", drawn(*pages)))
    assert [(r[1], r[3], r[4], r[5]) for r in found] == [
        (2021, "南尖岩门票", 8_600_000, "元"), (2021, "南尖岩游客", 214_000, "人次"),
        (2021, "神龙谷门票", 4_150_000, "元"), (2021, "神龙谷游客", 96_000, "人次"),
    ]  # fmt: skip


def workbook(*values: list[object], formats: dict[str, str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in values:
        sheet.append(line)
    for place, number_format in formats.items():
        sheet[place].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_literal_point_and_scaling_commas_together(tmp_path: Path) -> None:
    shown = "0!.00,,"  # 1 235 000 000 → 1 235 (millions) → 12.35
    data = workbook(
        ["电站", "发电量（亿千瓦时）", "装机（万千瓦）"],
        ["滩坑水电站", 1_235_000_000, 604_000],
        ["紧水滩水电站", 498_000_000, 305_000],
        formats={"B2": shown, "B3": shown, "C2": "0!.0,", "C3": "0!.0,"},
    )
    assert [(r[4], r[5]) for r in rows(read(tmp_path, "2022年电站.xlsx", data))] == [
        (12.35e8, "千瓦时"), (604_000, "千瓦"), (4.98e8, "千瓦时"), (305_000, "千瓦"),
    ]  # fmt: skip


def test_a_format_that_chooses_its_scale_by_the_size(tmp_path: Path) -> None:
    shown = '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"'
    data = workbook(
        ["科目", "2022年"], ["财政拨款", 3_250_000_000], ["捐赠收入", 456_000], ["利息", 900],
        formats={"B2": shown, "B3": shown, "B4": shown},
    )  # fmt: skip
    assert [(r[1], r[3], r[4], r[5]) for r in rows(read(tmp_path, "收入.xlsx", data))] == [
        (2022, "财政拨款", 32.5e8, "元"), (2022, "捐赠收入", 456_000, "元"), (2022, "利息", 900, "元"),
    ]  # fmt: skip


def test_articles_and_clauses_counted_by_the_program(tmp_path: Path) -> None:
    parts = numbering("chineseCountingThousand|第%1条", "chineseCountingThousand|（%2）", "decimal|%3．")
    body = par("图书外借规则", '<w:jc w:val="center"/>') + "".join(
        numbered(words, level)
        for words, level in (
            ("读者凭证借书。", 0),
            ("每证限额如下：", 0),
            ("成人证10册；", 1),
            ("少儿证6册。", 1),
            ("逾期按下列顺序处理：", 0),
            ("短信提醒；", 1),
            ("提醒两次为限；", 2),
            ("暂停外借。", 1),
        )
    )
    document = read(tmp_path, "规则.docx", word_file(body, parts))
    for words in ("第二条\n每证限额如下：", "（二）少儿证6册。", "第三条\n逾期按下列顺序处理：", "（二）暂停外借。"):
        assert words in document.text
    assert [r[3:] for r in rows(document)] == [("成人证", 10, "册"), ("少儿证", 6, "册")]


def test_the_number_of_a_heading_is_no_part_of_the_title(tmp_path: Path) -> None:
    parts = {
        "styles.xml": "".join(
            f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:pPr><w:numPr>'
            f'<w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            for level in (1, 2)
        )
    } | numbering("decimal|%1", "decimal|%1.%2")
    heading = '<w:pStyle w:val="{}"/>'
    body = par("泵站改造方案说明", heading.format(2)) + par("现有泵站12座。") + par("投资估算", heading.format(2))
    document = read(tmp_path, "文档1.docx", word_file(body + par("总投资3.4亿元。"), parts))
    assert document.title == "泵站改造方案说明"
    assert any(line.endswith("投资估算") and line != "投资估算" for line in document.text.split("\n"))


GOOD = (
    "桐庐县2022年林业简报",
    "2022年桐庐县造林面积5200亩，林业产值31.6亿元。",
    "全县森林防火形势平稳，未发生较大火情。",
)
LOST = (
    "二〇二二年全县新增油茶基地三千四百亩，抚育中幼林二万亩，",
    "建成林区道路四十六公里，培训护林员一千二百人次，",
    "各乡镇林长巡林制度全面落实，古树名木保护有序推进。",
)


def test_a_page_of_chinese_bytes_read_as_japanese_ones_is_named(tmp_path: Path) -> None:
    wrong = [line.encode("gb18030").decode("cp932", "ignore") for line in LOST]
    document = read(tmp_path, "简报.pdf", drawn([text(72, 60, *GOOD)], [text(72, 60, *wrong)]))
    assert any("第 2 页" in problem and "乱码" in problem for problem in document.problems)
    assert {(r[1], r[4]) for r in rows(document)} == {(2022, 5200), (2022, 31.6e8)}


def test_a_font_whose_characters_were_numbered_from_the_first_sign_on_is_refused(tmp_path: Path) -> None:
    codes: dict[str, str] = {}
    for character in "".join(LOST):
        codes.setdefault(character, chr(33 + len(codes)))  # ! " # $ … as a printer driver numbers a subset
    wrong = ["".join(codes[character] for character in line) for line in LOST]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for number, line in enumerate(wrong):
            canvas.drawString(72, 760 - 20 * number, line)

    with pytest.raises(LoadError, match="乱码"):
        read(tmp_path, "简报.pdf", drawn([draw]))


def test_a_group_name_set_sideways_beside_the_rows_of_a_table(tmp_path: Path) -> None:
    cells = (["类别", "2021年（吨）", "2022年（吨）"], ["鲜活", "3150", "3420"], ["冷冻", "880", "910"])
    page = [
        text(100, 60, "舟山市水产品出口"),
        grid(100, 100, *cells),
        turned(90, 80, 160, text(0, 12, "水产品")),
    ]
    found = rows(read(tmp_path, "出口.pdf", drawn(page)))
    assert [(r[1], r[4], r[5]) for r in found] == [
        (2021, 3150, "吨"), (2022, 3420, "吨"), (2021, 880, "吨"), (2022, 910, "吨"),
    ]  # fmt: skip


def test_sentences_and_columns_drawn_sideways_on_every_second_page(tmp_path: Path) -> None:
    upright = [text(72, 60, "舟山市2022年港航情况", "2022年，舟山市货物吞吐量6.2亿吨。")]
    sideways = [
        text(72, 60, "2022年，舟山市集装箱吞吐量256万标箱，", "铁矿石吞吐量1.8亿吨。"),
        columns((72, 220, 360), 140, ["航线", "2021年航班（班）", "2022年航班（班）"], ["近洋", "310", "356"], ["远洋", "41", "47"]),
    ]  # fmt: skip
    found = rows(read(tmp_path, "港航.pdf", drawn(upright, [turned(90, 0, 800, *sideways)])))
    assert [(r[1], r[4], r[5]) for r in found] == [
        (2022, 6.2e8, "吨"), (2022, 2_560_000, "标箱"), (2022, 1.8e8, "吨"),
        (2021, 310, "班"), (2022, 356, "班"), (2021, 41, "班"), (2022, 47, "班"),
    ]  # fmt: skip


def test_a_workbook_with_broken_properties_and_a_broken_drawing(tmp_path: Path) -> None:
    data = workbook(["渔港", "2022年卸港量（吨）"], ["沈家门渔港", 186_000], ["石浦渔港", 142_000], formats={})
    broken = changed(data, lambda name, old: b"<cp:core" if name == "docProps/core.xml" else old)
    broken = changed(broken, lambda name, old: b"\x00\x01" if name.startswith("xl/theme") else old)
    found = rows(read(tmp_path, "渔港.xlsx", broken))
    assert [(r[1], r[4], r[5]) for r in found] == [(2022, 186_000, "吨"), (2022, 142_000, "吨")]


def test_a_page_that_does_not_open_among_good_ones_is_named(tmp_path: Path) -> None:
    pages = [
        [text(72, 60, f"2022年，舟山市{name}产量{n}吨。")] for name, n in (("带鱼", 310), ("梭子蟹", 205), ("鱿鱼", 98))
    ]
    data = drawn(*pages)
    starts = [at for at in range(len(data)) if data.startswith(b"/Contents ", at)]
    data = data[: starts[1]] + b"/Contnets " + data[starts[1] + 10 :]  # the second page leads to no content
    document = read(tmp_path, "渔业.pdf", data)
    assert any("2" in problem for problem in document.problems)
    assert [(r[0], r[1], r[4]) for r in rows(document)] == [("舟山市", 2022, 310), ("舟山市", 2022, 98)]
