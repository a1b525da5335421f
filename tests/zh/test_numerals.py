from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ragpark.zh.numerals import numeral


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("两百", 200),
        ("四千二百", 4200),
        ("一千零五十", 1050),
        ("三万", 30_000),
        ("一万零五百", 10_500),
        ("一亿三千万", 130_000_000),
        ("五十亿三千二百万", 5_032_000_000),
        ("一万亿", 1e12),
        ("二〇二三", 2023),  # digits one by one
        ("二零二三", 2023),
        ("三点五", 3.5),
        ("零点零九", 0.09),
        ("三百五", 350),  # a last digit counts the next lower place …
        ("两万三", 23_000),
        ("三亿五", 350_000_000),
        ("三百零五", 305),  # … unless 零 stands before it
        ("百", 100),  # after 近, 超, 逾
        ("千亿", 1e11),
        ("三兆五千亿", 3.5e12),
    ],
)
def test_value_of_a_numeral(text: str, value: float) -> None:
    assert numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "十四五", "百千", "十二十", "一二百", "三点", "点五", "几百", "二十多", "abc", "2023"]
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert numeral(text) is None


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_whole_number_agrees_with_another_library(number: int) -> None:
    cn2an = pytest.importorskip("cn2an")  # writes the numeral; it knows no shorthand such as 三百五
    assert numeral(cn2an.an2cn(number)) == number
