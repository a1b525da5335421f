"""The years of chunks: which rows a range lets through, and that a build keeps them for unchanged documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from index_fakes import FakeEncoder, FakePipeline, Project

from ragpark.errors import IndexDamagedError
from ragpark.index import build_index, open_index
from ragpark.index.years import ENDS, Years

ROWS = [{2020, 2018}, set(), {2021}, {1994, 2024}]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2018, 2018, [True, False, False, False]),
        (2019, 2021, [True, False, True, False]),
        (1, 9999, [True, False, True, True]),  # a chunk of unknown years fits no range
        (1995, 2017, [False, False, False, False]),  # between the two years of the last one
    ],
)
def test_a_range_lets_through_what_is_about_a_year_in_it(first: int, last: int, expected: list[bool]) -> None:
    assert Years.build(ROWS).within(first, last).tolist() == expected


def test_years_read_back_as_they_were_written(tmp_path: Path) -> None:
    Years.build(ROWS).save(tmp_path)
    read = Years.load(tmp_path)
    assert len(read) == 4
    assert [read.of(row) for row in range(4)] == ROWS


def test_no_chunk_has_a_year(tmp_path: Path) -> None:
    Years.build([(), ()]).save(tmp_path)
    assert Years.load(tmp_path).within(1, 9999).tolist() == [False, False]


def test_ends_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    Years.build(ROWS).save(tmp_path)
    np.save(tmp_path / ENDS, np.array([0, 9]))
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Years.load(tmp_path)


def test_an_unchanged_document_keeps_its_years_when_another_is_added(project: Project) -> None:
    project.put("b.txt", "标题\n2020年和2021年的事\n没有年份")
    build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline())
    project.put("a.txt", "另一个标题\n1994年设立")
    build_index(project.settings, encoder=FakeEncoder(), pipeline=FakePipeline())
    index = open_index(project.settings)
    found = {chunk.text: index.years.of(row) for row, chunk in enumerate(index.chunks)}
    assert found["2020年和2021年的事"] == {2020, 2021}
    assert found["1994年设立"] == {1994}
    assert found["没有年份"] == set()
