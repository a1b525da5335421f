"""Grids of labels and values become their pairs; tables of figures do not."""

from ragpark.load.cells import Cell
from ragpark.load.label_rows import label_pairs
from ragpark.load.table import linearise


def grid(*rows: str) -> list[list[Cell | None]]:
    return [[Cell(text) for text in row.split("|")] for row in rows]


def test_a_record_of_a_paper_is_read_pair_by_pair() -> None:
    found = label_pairs(grid("索 引 号：|014/77|主题分类：|综合", "发文机关：|某局|成文日期：|2023年4月18日"))
    assert found == [
        (0, "索引号：014/77"),
        (0, "主题分类：综合"),
        (1, "发文机关：某局"),
        (1, "成文日期：2023年4月18日"),
    ]


def test_a_value_may_be_empty_or_fill_the_row() -> None:
    long = Cell("关于压缩时限的通知")
    rows = [*grid("主题词：||文号：|〔2023〕21号"), [Cell("标　　题："), long, long, long]]
    assert [text for _, text in label_pairs(rows)] == ["主题词：", "文号：〔2023〕21号", "标题：关于压缩时限的通知"]


def test_a_form_is_read_pair_by_pair() -> None:
    lines = linearise(grid("申报单位：|某公司|法人：|何岸", "注册资本：|500万元|人数：|36人"))
    assert [line.text for line in lines] == ["申报单位：某公司", "法人：何岸", "注册资本：500万元", "人数：36人"]


def test_a_table_of_figures_is_none() -> None:
    assert label_pairs(grid("指标：|2022年|2023年", "产值：|3|4", "税收：|1|2")) == []
    assert label_pairs(grid("指标|数值|指标|数值", "产值|3|税收|1")) == []
    assert label_pairs(grid("时间：|5月1日")) == []
