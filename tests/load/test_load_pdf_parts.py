"""Tables cut by a page break: names alone, rows without names, one row, names again; and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_drawing import Draw, columns, drawn, grid, text

from ragpark.load.pdf import read_pdf

NAMES = ["地块", "2023年已建面积", "2023年在建面积"]
ROWS = [["东片", "20.7", "12.4"], ["西片", "9.1", "3.3"], ["北片", "5.5", "1.2"]]
READ = [f"地块：{a}；2023年已建面积：{b}；2023年在建面积：{c}" for a, b, c in ROWS]
XS = (72.0, 200.0, 330.0)


def read(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data, "a.pdf").lines if line.text]


@pytest.mark.parametrize("between", [[], ["续表"], ["表3 面积（续）"], ["表3 面积"], ["（接上页）"]], ids=str)
@pytest.mark.parametrize("ruled", [True, False])
def test_names_alone_at_the_page_end_name_the_rows_on_the_next(between: list[str], ruled: bool) -> None:
    draw = (lambda top, *rows: grid(72, top, *rows)) if ruled else (lambda top, *rows: columns(XS, top, *rows))
    first = [text(72, 60, "各地块建设平稳推进。", "表3 面积"), draw(740, NAMES), text(290, 820, "1")]
    second = [text(72, 40, *between), draw(70, *ROWS), text(72, 300, "以上为年末数。"), text(290, 820, "2")]
    assert read(drawn(first, second)) == ["各地块建设平稳推进。", "表3 面积", *READ, "以上为年末数。"]


def test_a_table_over_three_pages_of_which_the_last_has_one_row() -> None:
    more = [["南片", "4.4", "0.7"], ["中片", "3.1", "0.5"]]
    found = read(drawn([grid(72, 700, NAMES, *ROWS)], [grid(72, 60, *more)], [grid(72, 60, ["外围", "1.0", "0.1"])]))
    tail = [f"地块：{a}；2023年已建面积：{b}；2023年在建面积：{c}" for a, b, c in [*more, ["外围", "1.0", "0.1"]]]
    assert found == [*READ, *tail]


@pytest.mark.parametrize("names_again", [True, False])
def test_a_table_of_words_goes_on_under_the_same_columns(names_again: bool) -> None:
    names = ["企业", "所在地块", "主营业务"]
    first = [["远帆仪器", "东片", "传感器"], ["禾木生物", "西片", "检测试剂"]]
    second = [["立方软件", "北片", "工业软件"], ["澄湖材料", "东片", "薄膜材料"]]
    parts = [names, *second] if names_again else second
    found = read(drawn([grid(72, 700, names, *first)], [grid(72, 60, *parts)]))
    assert found == [f"企业：{a}；所在地块：{b}；主营业务：{c}" for a, b, c in [*first, *second]]


def test_names_on_every_page_are_kept_once_and_running_titles_between_go() -> None:
    pages: list[Sequence[Draw]] = [
        [text(72, 40, "地块年报"), grid(72, 80, NAMES, row, ["合计", "1", "2"]), text(280, 820, f"第 {n} 页")]
        for n, row in enumerate(ROWS, start=1)
    ]
    found = read(drawn(*pages))
    assert [line for line in found if "合计" not in line] == READ


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([grid(72, 740, NAMES)], [text(72, 60, "下一页是正文，没有表格。")]),  # nothing goes on
        ([grid(72, 740, NAMES)], [grid(72, 60, *[[*row, "1"] for row in ROWS])]),  # other columns
        ([columns(XS, 790, ["地块年报", "内部资料", "规划处编"])], [text(72, 60, "正文。")]),  # a foot in three words
    ],
    ids=["none", "other", "foot"],
)
def test_names_that_nothing_goes_on_with_are_lines(first: Sequence[Draw], second: Sequence[Draw]) -> None:
    data = drawn([text(72, 60, "各地块建设平稳推进。"), *first], second)
    assert "地块" in read(data)[1]
    assert not any("地块：" in line for line in read(data))


def test_another_table_with_names_of_its_own_does_not_go_on_with_the_first() -> None:
    other = [["街道", "人口（万人）", "户数（万户）"], ["东街", "5.1", "1.8"]]
    found = read(drawn([grid(72, 700, NAMES, *ROWS)], [grid(72, 60, *other)]))
    assert found == [*READ, "街道：东街；人口（万人）：5.1；户数（万户）：1.8"]


def test_an_empty_form_keeps_its_names() -> None:
    form = [["序号", "企业名称", "金额（万元）"], ["1", "", ""], ["2", "", ""]]
    assert read(drawn([text(72, 40, "明细表"), grid(72, 60, *form)])) == [
        "明细表",
        "序号；企业名称；金额（万元）",
        "1",
        "2",
    ]
