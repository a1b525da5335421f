"""Dates as they are written anywhere, read in one place."""

import pytest

from ragpark.zh.calendar import calendar_dates, first_date, read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-04-11 17:52", "2024-04-11"),
        ("2023.5.6", "2023-05-06"),
        ("2023/05/06", "2023-05-06"),
        ("2023年5月6日 星期六", "2023-05-06"),
        ("２０２３年５月６日", "2023-05-06"),
        ("２０２３．５．６", "2023-05-06"),
        ("二〇二二年四月十五日", "2022-04-15"),
        ("二○二三年十二月三十一日", "2023-12-31"),
        ("二〇二二年四月", "2022-04"),
        ("2023年5月份", "2023-05"),
        ("20230506", "2023-05-06"),
        ("第7期 2020年，2021-02-03", "2021-02-03"),
        ("中華民國114年7月1日", "2025-07-01"),  # 1911 + 114
        ("民国三十八年十月", "1949-10"),  # 1911 + 38
    ],
)
def test_the_first_date_of_a_text(text: str, iso: str) -> None:
    assert first_date(text) == iso


@pytest.mark.parametrize(
    "text",
    ["2020年", "2020.5", "2020.5%", "2023-13-01", "2023年0月", "2022年2月30日", "12345678", "二〇二〇年", "", "x"],
)
def test_what_is_no_date(text: str) -> None:
    assert first_date(text) is None


def test_all_dates_with_their_places() -> None:
    text = "自2023年5月6日起，至二〇二四年一月"
    assert [(text[date.start : date.end], date.iso) for date in calendar_dates(text)] == [
        ("2023年5月6日", "2023-05-06"), ("二〇二四年一月", "2024-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2022", "2022"), ("2022年度", "2022"), ("2022.6", "2022-06"), ("114-07-15", "2025-07-15"), ("择日", None)],
)
def test_a_field_for_a_date_may_say_less(text: str, iso: str | None) -> None:
    assert read_date(text) == iso
