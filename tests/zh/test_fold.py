from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ragpark.zh.fold import character_pairs, display_width, fold, fold_with_offsets, is_cjk, squeeze


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＤＰ佔比", "gdp占比"),  # full width, capitals, traditional
        ("R&D 投入", "r&d 投入"),  # white space stays
        ("㎡", "m2"),  # NFKC may lengthen
        ("蘇州工業園區", "苏州工业园区"),
        ("干部、后来、里面", "干部、后来、里面"),  # simplified text is left alone
        ("88²亿", "88²亿"),  # a note's mark does not become a digit …
        ("３５①家，6 ³", "35①家,6 ³"),
        ("3½倍", "3½倍"),
        ("500m²、CO₂、①企业", "500m2、co2、1企业"),  # … what stands after letters or alone is folded
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_squeeze_drops_white_space_of_every_kind_and_the_replacement_character() -> None:
    assert squeeze(" 综\u3000述\n2023 \ufffd年\t") == "综述2023年"


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("园區2３ 　\n\ufffdＡ㎡％，佔ab。²①½"), max_size=40))
def test_offsets_lead_back_to_the_character_that_each_folded_one_came_from(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == squeeze(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(folded[i] in fold(text[offset]) + text[offset] for i, offset in enumerate(offsets))


@pytest.mark.parametrize(
    ("character", "expected"), [("中", True), ("〇", True), ("㐀", True), ("，", False), ("A", False)]
)
def test_is_cjk(character: str, expected: bool) -> None:
    assert is_cjk(character) is expected


def test_display_width_counts_a_chinese_character_as_two_columns() -> None:
    assert display_width("GDP占比") == 3 + 4


@pytest.mark.parametrize(("text", "expected"), [("产业园", ["产业", "业园"]), ("产", []), ("", [])])
def test_neighbouring_characters_are_pairs(text: str, expected: list[str]) -> None:
    assert character_pairs(text) == expected
