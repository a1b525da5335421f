"""The clauses around a piece, and what is taken for a row of a table."""

from __future__ import annotations

import pytest

from ragpark.answer.cuts import is_row, segments

TEXT = "碧湖园区有企业1,840家，职工4100人；青石园区有企业58家。"


@pytest.mark.parametrize(
    ("piece", "near", "wide"),
    [
        ("1,840家", "碧湖园区有企业1,840家", "碧湖园区有企业1,840家，职工4100人"),  # the comma inside the number holds
        ("4100人", "职工4100人", "碧湖园区有企业1,840家，职工4100人"),
        ("58家", "青石园区有企业58家", "青石园区有企业58家"),
    ],
)
def test_the_clause_and_the_part_of_the_sentence_around_a_piece(piece: str, near: str, wide: str) -> None:
    at = TEXT.index(piece)
    found = segments(TEXT, at, at + len(piece))
    assert tuple(TEXT[start:end] for start, end in found) == (near, wide)


def test_a_time_of_day_is_not_cut_at_its_colon() -> None:
    text = "开放时间：上午8:30开门"
    at = text.index("30")
    assert [text[start:end] for start, end in segments(text, at, at + 2)] == [text, text]  # with its label


def test_of_a_row_the_cell_is_near_and_all_of_it_is_around() -> None:
    text = "泵站：东岸，新站；功率（千瓦）：75；年份：2011"
    at = text.index("75")
    assert [text[start:end] for start, end in segments(text, at, at + 2)] == ["功率（千瓦）：75", text]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("泵站：东岸；功率：75", True),
        ("泵站：东岸", False),
        ("要求如下：先报名；再交材料。", False),
        ("碧湖园区有两站：东岸；西岸", False),
    ],
)
def test_a_row_names_each_of_its_cells(text: str, row: bool) -> None:
    assert is_row(text) is row
