"""Foot- and endnotes, raised and lowered text: kept, marked, and never glued to the figure before them."""

import pytest
from docx_files import cell, lines, par, raised, row, run, table

from ragpark.load.docx_marks import Piece, joined


def refer(note: str, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference {more} w:id="{note}"/></w:r>'


def notes(kind: str, **texts: str) -> dict[str, str]:
    inner = f'<w:{kind} w:type="separator" w:id="-1">{par("分隔线")}</w:{kind}>'
    for name, text in texts.items():
        content = text if text.startswith("<") else par(f"<w:r><w:{kind}Ref/></w:r>" + run(f" {text}"))
        inner += f'<w:{kind} w:id="{name.removeprefix("n")}">{content}</w:{kind}>'
    return {f"{kind}s.xml": inner}


def test_a_note_stands_after_the_paragraph_that_refers_to_it() -> None:
    body = par(run("规上企业") + refer("2") + run("产值318亿元。")) + par("下一段。")
    assert lines(body, notes("footnote", n2="年营收2000万元及以上。", n3="没有人提到。")) == [
        "规上企业[1]产值318亿元。",
        "注1：年营收2000万元及以上。",
        "下一段。",
    ]


def test_numbers_follow_the_order_of_reference_and_a_note_is_given_once() -> None:
    body = par(run("甲") + refer("7") + run("，乙") + refer("3") + run("。")) + par(
        run("又见甲") + refer("7") + run("。")
    )
    assert lines(body, notes("footnote", n3="先写。", n7="后写。")) == [
        "甲[1]，乙[2]。",
        "注1：后写。",
        "注2：先写。",
        "又见甲[1]。",
    ]


def test_endnotes_own_marks_and_notes_of_several_paragraphs() -> None:
    own = refer("1", more='w:customMarkFollows="1"').replace("/></w:r>", "/><w:t>*</w:t></w:r>")
    body = par(run("产值88") + own + run("亿元，占比5%") + refer("1", "endnote") + run("。"))
    parts = notes("footnote", n1=par("初步核算数。") + par("不含飞地。")) | notes("endnote", n1="来自年报。")
    assert lines(body, parts) == ["产值88亿元[*]，占比5%[i]。", "注*：初步核算数。", "不含飞地。", "尾注i：来自年报。"]


def test_the_format_of_the_marks_is_the_documents() -> None:
    circles = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numStart w:val="3"/></w:footnotePr>'
    body = par(run("产值88亿元") + refer("1") + run("。")) + f"<w:sectPr>{circles}</w:sectPr>"
    assert lines(body, notes("footnote", n1="按现价。")) == ["产值88亿元[③]。", "注③：按现价。"]


def test_a_note_in_a_table_names_its_cell_and_leaves_the_figure_alone() -> None:
    rows = row(cell(par(run("产值") + refer("1"))), cell(par(run("88") + refer("2"))))
    assert lines(table(row("指标", "2023年"), rows), notes("footnote", n1="按现价。", n2="初步数。")) == [
        "指标：产值；2023年：88",
        "注1（产值）：按现价。",
        "注2：初步数。",
    ]


def test_a_reference_without_its_note_leaves_no_mark() -> None:
    assert lines(par(run("产值88") + refer("5") + run("亿元。"))) == ["产值88亿元。"]


def test_deleted_references_bring_no_note() -> None:
    body = par(run("甲。") + f'<w:del w:id="1">{refer("1")}</w:del>') + par(run("乙") + refer("2") + run("。"))
    assert lines(body, notes("footnote", n1="旧注。", n2="新注。")) == ["甲。", "乙[1]。", "注1：新注。"]


@pytest.mark.parametrize(
    ("before", "up", "after", "said"),
    [
        ("产值88", "2", "亿元。", "产值88亿元[2]。"),
        ("占比5.6", "1", "%。", "占比5.6%[1]。"),
        ("共88", "[3]", "家。", "共88家[3]。"),
        ("产值88亿元", "1,2", "。", "产值88亿元[1,2]。"),
        ("产值77", "①", "万元", "产值77万元①"),
        ("企业", "2", "共有88家", "企业[2]共有88家"),
        ("产值88亿元。", "4", "", "产值88亿元。[4]"),
        # part of the quantity or the formula
        ("面积52km", "2", "。", "面积52km²。"),
        ("库容3万m", "3", "", "库容3万m³"),
        ("5×10", "4", "吨", "5×10⁴吨"),
        ("为10", "-3", "", "为10⁻³"),
        ("R", "2", "=0.9", "R²=0.9"),
        ("第1", "st", "届", "第1st届"),
    ],
)
def test_raised_text(before: str, up: str, after: str, said: str) -> None:
    assert joined([Piece(before), Piece(up, "raised"), Piece(after)]) == said
    assert lines(par(run(before) + raised(up) + (run(after) if after else ""))) == [said]


def test_a_mark_raised_in_pieces_is_one() -> None:
    assert joined([Piece("88亿元"), Piece("[", "raised"), Piece("1", "raised"), Piece("]", "raised")]) == "88亿元[1]"
    assert joined([Piece("产值9"), Piece("1", "mark"), Piece("2", "mark"), Piece("亿元")]) == "产值9亿元[1][2]"


def test_lowered_digits_stay_plain_except_after_a_figure() -> None:
    assert joined([Piece("CO"), Piece("2", "lowered"), Piece("排放")]) == "CO2排放"
    assert joined([Piece("PM"), Piece("2.5", "lowered"), Piece("为28")]) == "PM2.5为28"
    assert joined([Piece("log2"), Piece("8", "lowered")]) == "log2₈"
