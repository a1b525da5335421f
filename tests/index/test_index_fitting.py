from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragpark.index.fitting import cuts, worth_keeping


def per_character(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def test_short_sentences_are_left_out() -> None:
    assert worth_keeping(["综  述", "园区开园", "（一）"], "综  述\n园区开园（一）") == ("园区开园",)


def test_a_chunk_of_short_sentences_counts_as_one() -> None:
    assert worth_keeping(["张三", "李四", "王五"], "张三\n李四\n王五") == ("张三\n李四\n王五",)
    assert worth_keeping(["综  述"], "综  述") == ()  # white space does not count


# The limit is 8 tokens, a character is one.
@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲乙丙丁，戊己庚辛", ["甲乙丙丁，", "戊己庚辛"]),  # after the pause nearest to the middle
        ("甲，乙丙丁戊己庚辛壬癸子", ["甲，乙丙丁戊", "己庚辛壬癸子"]),  # that pause is too near to the start
        ("甲乙达22.89亿元了", ["甲乙达", "22.89亿元了"]),  # no number is parted from its unit
        ("abcdefghij", ["abcde", "fghij"]),  # one long word has to be cut somewhere
        ("甲乙 丙丁戊己庚辛壬", ["甲乙", "丙丁戊己庚辛壬"]),  # no white space at the edges
        ("  甲乙丙丁戊己庚辛 ", ["甲乙丙丁戊己庚辛"]),  # fits without it
    ],
)
def test_a_long_sentence_is_cut_into_pieces_that_fit(text: str, pieces: list[str]) -> None:
    assert cuts([text], per_character, 8) == {text: pieces}


def test_only_texts_that_might_be_too_long_are_counted() -> None:
    counted: list[str] = []

    def count(texts: Sequence[str]) -> list[int]:
        counted.extend(texts)
        return per_character(texts)

    # 16 characters could be 64 tokens, half the limit: certainly fits
    assert cuts(["一" * 16, "一" * 17, "一" * 128], count, 128) == {}
    assert counted == ["一" * 17, "一" * 128]


@given(st.text(alphabet="园区 2.9%，。abc\n", min_size=1, max_size=200), st.integers(1, 30))
def test_pieces_fit_and_nothing_is_lost(text: str, limit: int) -> None:
    pieces = cuts([text], per_character, limit).get(text, [text])
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert len(text) <= limit or all(0 < len(piece) <= limit for piece in pieces)


def test_a_tokenizer_that_finds_even_one_character_too_long_ends() -> None:
    assert cuts(["甲乙丙"], lambda texts: [9 for _ in texts], 8) == {"甲乙丙": ["甲", "乙", "丙"]}
