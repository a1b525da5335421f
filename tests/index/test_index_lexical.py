from __future__ import annotations

import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.errors import IndexDamagedError
from ragpark.index.lexical import FILE_NAMES, K1, B, Lexical

ROWS = [["园区", "企业", "企业"], ["园区", "收入"], ["会议"]]


def by_hand(rows: list[list[str]], query: list[str]) -> list[float]:
    """BM25 as the formula reads, one row and one token at a time."""
    mean = sum(map(len, rows)) / len(rows) or 1
    scores = []
    for row in rows:
        score = 0.0
        for token in query:
            df = sum(token in other for other in rows)
            tf = row.count(token)
            idf = math.log(1 + (len(rows) - df + 0.5) / (df + 0.5))
            score += idf * tf / (tf + K1 * (1 - B + B * len(row) / mean))
        scores.append(score)
    return scores


def test_score_worked_out_by_hand() -> None:
    # 企业: df 1 of 3 rows, idf = ln(1 + 2.5/1.5) = 0.98083. In row 0, tf 2, length 3, mean length 2:
    # 2 / (2 + 1.5 · (0.25 + 0.75 · 1.5)) = 2 / 4.0625 = 0.49231; 0.98083 · 0.49231 = 0.48287
    assert Lexical.build(ROWS).scores(["企业"]).tolist() == pytest.approx([0.48287, 0, 0], abs=1e-5)


@pytest.mark.parametrize("query", [["园区"], ["企业", "企业", "会议"], ["没有"], [], ["没有", "收入"]])
def test_scores_agree_with_the_formula(query: list[str]) -> None:
    scores = Lexical.build(ROWS).scores(query)
    assert scores.dtype == np.float32
    assert scores.tolist() == pytest.approx(by_hand(ROWS, query), abs=1e-6)


token_lists = st.lists(st.lists(st.sampled_from("甲乙丙丁戊a1"), max_size=12), min_size=1, max_size=8)


@given(rows=token_lists, query=st.lists(st.sampled_from("甲乙丙丁戊己a1"), max_size=5))
def test_scores_agree_with_the_formula_for_any_rows(rows: list[list[str]], query: list[str]) -> None:
    assert Lexical.build(rows).scores(query).tolist() == pytest.approx(by_hand(rows, query), abs=1e-5)


def test_one_row_and_unknown_words() -> None:
    lexical = Lexical.build([["唯一"]])
    assert lexical.scores(["唯一"])[0] > 0
    assert lexical.scores(["别的"]).tolist() == [0.0]


def test_row_without_tokens() -> None:
    assert Lexical.build([[], ["甲"]]).scores(["甲"]).tolist()[0] == 0.0
    assert Lexical.build([[]]).scores(["甲"]).tolist() == [0.0]


def test_idf_falls_with_the_number_of_rows_and_is_highest_for_unknown_words() -> None:
    lexical = Lexical.build(ROWS)
    assert lexical.idf("园区") == pytest.approx(math.log(1 + 1.5 / 2.5))
    assert lexical.idf("没有") == pytest.approx(math.log(1 + 3.5 / 0.5))
    assert lexical.idf("没有") > lexical.idf("会议") > lexical.idf("园区")
    assert lexical.contains("会议")
    assert not lexical.contains("会")
    assert not lexical.contains("")


def saved(lexical: Lexical, folder: Path) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    lexical.save(folder)
    return {name: (folder / name).read_bytes() for name in FILE_NAMES}


def test_saved_leg_reads_back_the_same(tmp_path: Path) -> None:
    before = Lexical.build(ROWS)
    files = saved(before, tmp_path / "a")
    after = Lexical.load(tmp_path / "a")
    assert len(after) == 3
    assert np.array_equal(after.scores(["园区", "企业"]), before.scores(["园区", "企业"]))
    assert saved(after, tmp_path / "b") == files


def test_carried_rows_give_the_same_files_as_a_fresh_build(tmp_path: Path) -> None:
    random.seed(1)
    rows = [random.choices("甲乙丙丁戊己庚辛", k=random.randrange(20)) for _ in range(40)]
    saved(Lexical.build(rows), tmp_path / "old")
    old = Lexical.load(tmp_path / "old")
    new = ["壬", "甲", "壬"]
    # drop the even rows, turn the order round, put a new row in the middle and one row twice
    items: list[list[str] | int] = [39, 37, 5, new, 3, 3, 1]
    plain = [item if isinstance(item, list) else rows[item] for item in items]
    assert saved(Lexical.build(items, old), tmp_path / "a") == saved(Lexical.build(plain), tmp_path / "b")


def test_words_of_dropped_rows_are_forgotten() -> None:
    lexical = Lexical.build([0, 1], Lexical.build(ROWS))
    assert not lexical.contains("会议")
    assert lexical.scores(["园区"]).tolist() == pytest.approx(by_hand(ROWS[:2], ["园区"]))


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    assert saved(Lexical.build(ROWS), tmp_path / "a") == saved(Lexical.build(ROWS), tmp_path / "b")


@pytest.mark.parametrize("name", FILE_NAMES)
def test_arrays_that_do_not_fit_are_damaged(tmp_path: Path, name: str) -> None:
    saved(Lexical.build(ROWS), tmp_path)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Lexical.load(tmp_path)
