"""The files: what stands where, read back by other means than wrote it; nothing computed, nothing hidden in text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from export_fakes import EVIL, NONE, SHARE, TWO
from lxml import etree

from ragpark.errors import ExportError
from ragpark.export import Head, Reply, Row, as_bytes, file_links, head_of, no_link, page_links, reply_of, write
from ragpark.export.clean import clean, looks_computed
from ragpark.export.markdown import escaped
from ragpark.export.xlsx import MAX_CELL_CHARS
from ragpark.records import AnsweredFigure

MADE = datetime(2026, 11, 26, 9, 30)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = (
    Row(4, "2023年占比", reply_of(SHARE), ("1", EVIL)),
    Row(5, "两地占比", reply_of(TWO), ("2", "-5%")),
    Row(6, "2019年绿地", reply_of(NONE), ("3", "")),
    Row(7, "", Reply("", "failed", note="这一行没有问题"), ("4", "漏填\x07\u202e")),
)
HEAD = Head("清单=甲", MADE, {"answered": 2, "refused": 1, "failed": 1}, ("编号", "答案"), 1)


def _write(path: Path, rows: Iterable[Row] = ROWS, head: Head = HEAD) -> Path:
    write(path, head, iter(rows), lambda doc: f"docs/{doc}")
    return path


def test_the_workbook_cell_by_cell(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))
    assert book.sheetnames == ["答案", "来源"]
    sheet = book["答案"]
    rows = list(sheet.values)
    assert (rows[0][0], rows[1][0]) == ("清单=甲", "2026年11月26日 · 共 4 问，已答 2，未答出 1，没有问成 1")
    assert rows[3] == (
        "题次", "编号", "问题", "答案", "主体", "指标", "时间", "数值", "单位", "原文", "文档", "文档日期", "章节", "位置", "把握",
        "说明", "答案（原表）",
    )  # fmt: skip
    assert rows[4][:16] == (
        1, "1", "2023年占比", "4.5%", "园区", "研发占比", "2023年", 4.5, "%", "2023年占比为4.5%。", "年鉴", "2024-03-12", "二、研发",
        "年鉴/a.txt 第3–4行", 0.912346, None,
    )  # fmt: skip
    # each figure in its turn where they differ, once where they are alike
    assert rows[5][4:9] == ("甲区；乙区", "研发占比", "2023年", "4.5；2289000000", "%；元")
    assert rows[5][9:14:4] == ("[1] 2023年占比为4.5%。\n[2] 乙区22.89亿元。", "年鉴/a.txt 第3–4行；b.pdf 第3–4行")
    assert (rows[6][3], rows[6][9], rows[6][15]) == ("未答出", None, "库中没有2019年的数据")
    assert (rows[7][2], rows[7][3], rows[7][16]) == ("（这一行没有问题）", "没有问成", "漏填")
    assert sheet.freeze_panes == "D5" and sheet.auto_filter.ref == "A4:Q8"
    assert sheet["C5"].alignment.wrap_text and sheet.column_dimensions["J"].width > 30
    assert (book.properties.title, book.properties.created) == ("清单=甲", MADE)


def test_the_sheet_of_sources_has_every_passage_and_links_to_its_file(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))["来源"]
    rows = list(sheet.values)[4:]
    assert [(row[0], row[2], row[3], row[9]) for row in rows] == [
        (1, 1, "依据", "年鉴/a.txt"),
        (2, 1, "依据", "年鉴/a.txt"),
        (2, 2, "依据", "b.pdf"),
        (3, 1, "最接近，不是答案", "年鉴/a.txt"),
    ]
    assert sheet["J5"].hyperlink.target.replace("\\", "/") == "docs/年鉴/a.txt"
    answers = openpyxl.load_workbook(tmp_path / "a.xlsx")["答案"]
    assert answers["K5"].hyperlink.target.replace("\\", "/") == "docs/年鉴/a.txt"
    assert answers["K6"].hyperlink is None  # two files in one cell


def test_no_cell_is_computed_and_text_that_looks_so_is_marked(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))["答案"]
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert (sheet["Q5"].value, sheet["Q5"].quotePrefix) == (EVIL, True)
    assert (sheet["Q6"].value, sheet["Q6"].quotePrefix) == ("-5%", True)
    assert not sheet["C5"].quotePrefix
    assert [looks_computed(text) for text in ("=1", "+1", "-1", "@a", "\t=1", "5-1", "")] == [True] * 5 + [False] * 2


def test_control_characters_are_dropped_and_long_cells_cut(tmp_path: Path) -> None:
    assert clean("一\x00\x1b[31m\r\n二\ud800\u202e\ufffe三\t") == "一[31m\n二三\t"
    row = Row(1, "问", Reply("问", "refused", note="长" * (MAX_CELL_CHARS + 1)))
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx", [row], head_of("题", MADE, [row])))["答案"]
    assert len(sheet["O5"].value) <= MAX_CELL_CHARS and sheet["O5"].value.endswith("（过长，未完）")
    evil = Row(1, "问\x01\ufffe", Reply("问", "answered", "答\x1b", "注\x00"))
    for suffix in (".docx", ".md", ".jsonl", ".xlsx"):
        assert as_bytes(suffix, head_of("题\x02", MADE, [evil]), [evil], no_link)
    told = json.loads(as_bytes(".jsonl", head_of("题", MADE, [evil]), [evil], no_link))
    assert (told["question"], told["answer"], told["reason"]) == ("问", "答", "注")


def test_the_word_document_and_its_footnotes(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.docx")
    document = docx.Document(str(path))
    texts = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]  # type: ignore[union-attr]
    assert texts[:6] == [
        ("Title", "清单=甲"),
        ("ragpark 说明", "2026年11月26日 · 共 4 问，已答 2，未答出 1，没有问成 1"),
        ("Heading 2", "1. 2023年占比"),
        ("ragpark 标注", f"编号：1；答案：{EVIL}"),
        ("ragpark 标注", "园区 · 2023年 · 研发占比"),
        ("ragpark 答案", "4.5%"),
    ]
    assert ("ragpark 未答", "未答出") in texts and ("ragpark 说明", "库中没有2019年的数据") in texts
    with zipfile.ZipFile(path) as archive:
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        body = etree.fromstring(archive.read("word/document.xml"))
        relations = archive.read("word/_rels/footnotes.xml.rels").decode()
        assert b"/word/footnotes.xml" in archive.read("[Content_Types].xml")
        assert b"footnotePr" in archive.read("word/settings.xml")
    ids = [note.get(f"{W}id") for note in notes]
    assert ids == ["-1", "0", "1", "2", "3"]
    assert [ref.get(f"{W}id") for ref in body.iter(f"{W}footnoteReference")] == ["1", "2", "3"]
    said = "".join(notes[2].itertext())
    assert said == " 《年鉴》，2024-03-12，二、研发，年鉴/a.txt 第3–4行：“2023年占比为4.5%。”"
    assert 'Target="docs/年鉴/a.txt" TargetMode="External"' in relations
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert table == [["标题", "文件", "引用"], ["年鉴", "b.pdf", "1 处"], ["年鉴", "年鉴/a.txt", "2 处"]]
    normal = document.styles["Normal"].element.rPr.rFonts
    assert normal.get(f"{W}eastAsia") == "宋体"


def test_markdown_has_a_footnote_a_source_and_nothing_of_a_text_acts(tmp_path: Path) -> None:
    text = _write(tmp_path / "a.md").read_text(encoding="utf-8")
    assert "## 2. 两地占比" in text and "**甲区4.5%；乙区2289000000元**[^2][^3]" in text
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == ["1", "2", "3"]
    assert "- [年鉴](<docs/b.pdf>)（b.pdf）" in text
    for said, shown in {
        "[点](javascript:1)": "\\[点\\](javascript:1)", "<b>": "\\<b\\>", "1. 一": "1\\. 一", "3.42%": "3.42%", "- 一": "\\- 一",
        "# 题": "\\# 题", "一\n二": "一 二",
    }.items():  # fmt: skip
        assert escaped(said) == shown


def test_a_json_object_a_line(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in _write(tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["row"], line["outcome"]) for line in lines] == [
        (4, "answered"), (5, "answered"), (6, "refused"), (7, "failed"),
    ]  # fmt: skip
    assert lines[1]["figures"][1] == {
        "subject": "乙区", "indicator": "研发占比", "period": "2023年", "year": 2023, "value": 2289000000, "unit": "元",
        "text": "22.89亿元", "kind": "share", "n": 2,
    }  # fmt: skip
    assert lines[0]["sources"][0]["link"] == "docs/年鉴/a.txt" and lines[0]["columns"] == {"编号": "1", "答案": EVIL}


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def broken() -> Iterable[Row]:
        yield ROWS[0]
        raise OSError("full")

    for suffix in (".xlsx", ".docx", ".md", ".jsonl"):
        with pytest.raises(OSError, match="full"):
            write(path.with_suffix(suffix), HEAD, broken(), no_link)
    assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"] and path.read_bytes() == b"old"
    with pytest.raises(ExportError, match=r"不能写成“\.pdf”"):
        write(tmp_path / "a.pdf", HEAD, ROWS, no_link)


def test_links_lead_from_the_answers_to_the_files(tmp_path: Path) -> None:
    docs, out = tmp_path / "资料", tmp_path / "交 件"
    docs.mkdir(), out.mkdir()
    (docs / "a #1%.txt").write_text("a", encoding="utf-8")
    link = file_links(docs, out)
    assert link("a #1%.txt") == "../资料/a%20%231%25.txt"
    assert (link("没有.txt"), link("../别处.txt")) == ("", "")
    assert (
        page_links("http://127.0.0.1:8501/")("年 a&b.txt")
        == "http://127.0.0.1:8501/documents?doc=%E5%B9%B4%20a%26b.txt"
    )


@pytest.mark.parametrize(
    ("period", "year", "shown"),
    [
        ("2023年", 2023, "2023年"),
        ("去年", 2023, "2023年（去年）"),
        ("", 2023, "2023年"),
        ("近十年", None, "近十年"),
        ("", None, None),
    ],
)
def test_a_period_tells_its_year(period: str, year: int | None, shown: str | None) -> None:
    figure = AnsweredFigure("1家", 1.0, "家", "", "", period, year, "level", 1)
    row = Row(1, "问", Reply("问", "answered", "1家", figures=(figure,)))
    data = as_bytes(".xlsx", head_of("题", MADE, [row]), [row], no_link)
    assert openpyxl.load_workbook(io.BytesIO(data))["答案"]["F5"].value == shown
