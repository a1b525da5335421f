from __future__ import annotations

import dataclasses

import pytest

from ragpark.records import Chunk, Document, file_words, has_words


def document(unit: str, places: tuple[tuple[int, int], ...]) -> Document:
    return Document(
        doc="a.txt", title="年鉴", date=None, source=None, text="x" * 40, headings=(), places=places,
        place_unit=unit, format="txt", sha256="0",  # type: ignore[arg-type]
    )  # fmt: skip


def chunk(**changes: object) -> Chunk:
    plain = Chunk("c1", "a.txt", "年鉴", "2020-12-31", ("科技创新", "高新技术企业"), 1, 0, 4, "共有2家")
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


LINES = ((0, 3), (10, 4), (20, 7))  # [0, 10) is line 3, [10, 20) line 4, the rest line 7


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        (0, 10, [3, 3]),
        (0, 11, [3, 4]),
        (9, 10, [3, 3]),
        (10, 20, [4, 4]),
        (5, 25, [3, 7]),
        (39, 40, [7, 7]),
        (10, 10, [4, 4]),
    ],
)
def test_a_locator_names_the_lines_that_a_span_came_from(start: int, end: int, lines: list[int]) -> None:
    assert document("lines", LINES).locator(start, end) == {"lines": lines}


def test_a_locator_names_one_page_or_several() -> None:
    pages = document("page", LINES)
    assert pages.locator(0, 5) == {"page": 3}
    assert pages.locator(5, 15) == {"pages": [3, 4]}


def test_text_that_was_moved_is_located_by_its_lowest_and_highest_place() -> None:
    moved = document("paragraphs", ((0, 9), (10, 2), (20, 5)))  # a heading that stood below its text
    assert moved.locator(0, 30) == {"paragraphs": [2, 9]}


def test_a_document_without_places_is_located_at_its_beginning() -> None:
    assert document("lines", ()).locator(3, 9) == {"lines": [1, 1]}


def test_a_passage_has_breadcrumb_and_date_before_the_text() -> None:
    assert chunk().passage == "年鉴 › 科技创新 › 高新技术企业（2020-12-31）\n共有2家"


def test_a_passage_is_led_by_a_file_s_name_that_says_more_than_the_title() -> None:
    named = chunk(doc="x/青禾县旅游扶持政策.txt", title="加快产业发展实施意见").passage
    assert named.startswith("青禾县旅游扶持政策 › 加快产业发展实施意见 › 科技创新")
    assert chunk(doc="青禾_旅游政策.txt", title="青禾旅游政策").passage.startswith("青禾旅游政策 › 科技创新")
    for doc in ("tid-416.txt", "2024-11-27青禾.txt"):
        assert chunk(doc=doc).passage.startswith("年鉴 › ")


def test_a_file_s_words_are_its_name_without_folder_ending_and_date() -> None:
    assert file_words("x/某条例(2020-08-03).md") == "某条例"
    assert file_words("青禾县1.5万亩茶园.txt") == "青禾县1.5万亩茶园"


def test_a_passage_leaves_out_what_says_nothing() -> None:
    assert chunk(title="科技创新").passage.startswith("科技创新 › 高新技术企业（")  # said once
    assert chunk(title="000_5db80a", headings=(), date=None).passage == "共有2家"
    assert chunk(title="000_5db80a", headings=()).passage == "（2020-12-31）\n共有2家"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("年鉴", True),
        ("Annual report", True),
        ("trial_014", False),
        ("000_5db80a", False),
        ("report", False),
        ("", False),
    ],
)
def test_a_file_name_is_no_title(title: str, expected: bool) -> None:
    assert has_words(title) is expected


def test_records_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        chunk().text = "other"  # type: ignore[misc]
