"""The year and period of a figure, and from what they were read."""

from __future__ import annotations

import pytest
from fact_fakes import facts

from ragpark.read.figure_time import main_year

DATE = "2023-03-01"


def told(*lines: str, date: str | None = DATE, title: str = "昆山创新综述") -> list[tuple[int | None, str, str]]:
    return [(fact.year, fact.period, fact.year_from) for fact in facts(*lines, date=date, title=title)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2021年，昆山上市企业30家。", (2021, "2021年", "")),
        ("二〇二一年，昆山上市企业30家。", (2021, "二〇二一年", "")),
        ("截至2021年底，昆山上市企业30家。", (2021, "截至2021年底", "")),
        ("2021年上半年，昆山产值80亿元。", (2021, "2021年上半年", "")),
        ("去年，昆山产值80亿元。", (2022, "去年", "去年 ← 发布日期 2023-03-01")),
        ("今年1—2月，昆山产值增长14%。", (2023, "今年1—2月", "今年 ← 发布日期 2023-03-01")),
        ("目前，昆山上市企业30家。", (2023, "目前", "目前 ← 发布日期 2023-03-01")),
        ("近五年，昆山累计实施项目1万个。", (None, "近五年", "")),
        ("“十三五”期间，昆山引进人才1.2万人。", (None, "“十三五”期间", "")),
        ("自2017年以来，昆山引进人才1.2万人。", (None, "自2017年以来", "")),
        ("2009年创办某某生物以来，目前已研制30项新药。", (2023, "目前", "目前 ← 发布日期 2023-03-01")),
        ("昆山累计引进人才1.2万人。", (None, "累计", "")),
        ("2022年产值80亿元，是2018年全年的2.8倍。", (2022, "2022年", "")),
    ],
)
def test_times_of_a_sentence(sentence: str, expected: tuple[int | None, str, str]) -> None:
    assert told(sentence)[0] == expected


def test_a_relative_year_stays_open_without_a_date() -> None:
    assert told("去年，昆山产值80亿元。", date=None) == [(None, "去年", "")]


def test_the_year_spoken_of_goes_on() -> None:
    assert told("2021年，昆山产值80亿元。上市企业30家。")[1] == (2021, "2021年", "上文 2021年")
    assert told("2021年，昆山产值80亿元。年内新增上市企业3家。")[1] == (2021, "年内", "年内 ← 上文 2021年")


def test_the_title_names_the_year_where_nothing_nearer_does() -> None:
    assert told("上市企业30家。", title="昆山2021年创新数读") == [(2021, "2021年", "标题 2021年")]


@pytest.mark.parametrize(
    "sentences",
    [
        "到2027年，昆山产值达80亿元。每年组织500家企业参训。",  # a target's year
        "自2017年以来，人才政策不断完善。昆山设立基金20亿元。",  # the beginning of a span
        "2021年，昆山产值80亿元。下一步，将瞄准6个集群。",  # what is to come
        "去年引进项目1万个，以后每年目标都要新增1万个。",
    ],
)
def test_a_year_is_not_carried_where_it_does_not_hold(sentences: str) -> None:
    assert told(sentences)[-1][0] is None


def test_the_year_in_the_name_of_a_prize_is_not_the_figures() -> None:
    text = "2023年，6个项目获得2022年全国大赛优胜奖，占苏州市60%。"
    assert [year for year, _, _ in told(text)] == [2023, 2023]


def test_a_report_tells_of_its_own_time() -> None:
    text = "1988年，试验区成立。据2024年7月24日公布的报告，集聚企业1.96万家。"
    assert told(text)[-1][0] is None


@pytest.mark.parametrize(
    ("years", "main"),
    [
        ([2020] * 8 + [2018, 2019], 2020),
        ([2020] * 2, 2020),
        ([2020], None),  # once is too few to tell
        ([2020] * 9 + [2010] * 9, None),  # a history
        ([], None),
    ],
)
def test_the_year_an_undated_text_is_about(years: list[int], main: int | None) -> None:
    assert main_year("".join(f"{year}年，有新进展。" for year in years)) == main


def test_the_main_year_is_for_figures_without_any_other() -> None:
    lines = [f"有关各方在2020年完成了第{n}项工作。" for n in "一二三四五六七八"]
    assert told(*lines, "园区占地30亩。", date=None)[-1] == (2020, "2020年", "全文多为 2020年")


@pytest.mark.parametrize(
    ("date", "sentence", "year"),
    [
        ("2023-10-28", "前三季度，昆山产值80亿元。", 2023),
        ("2023-10-28", "9月，昆山产值80亿元。", 2023),
        ("2023-01-15", "12月，昆山产值80亿元。", 2022),  # the last one that was over
        ("2023-10-28", "1—9月，昆山产值80亿元。", 2023),
        ("2023-02-01", "上半年，昆山力争产值达80亿元。", None),  # an aim lies ahead: which one is not told
        ("2023-10-28", "春季，昆山产值80亿元。", None),
        (None, "前三季度，昆山产值80亿元。", None),
    ],
)
def test_a_month_without_a_year_is_the_last_before_the_document(
    date: str | None, sentence: str, year: int | None
) -> None:
    assert told(sentence, date=date)[0][0] == year


def test_a_month_without_a_year_says_by_what_it_was_dated() -> None:
    assert told("前三季度，昆山产值80亿元。", date="2023-10-28") == [
        (2023, "前三季度", "前三季度 ← 发布日期 2023-10-28")
    ]
    assert told("前三季度，昆山产值80亿元。", date="2023-10-28", title="昆山2021年综述")[0][0] == 2021
    assert told("2022年，产值90亿元。前三季度，产值80亿元。", date="2023-10-28")[1][0] == 2022


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("2023年，冰雪场馆41家，比2020年多15家。", 2023),  # counted from 2020, of 2023
        ("2023年，产值80亿元，较2020年增长5%。", 2023),
        ("产值比2020年的73亿元增加了7亿元。", 2020),  # the level it is counted from
    ],
)
def test_what_is_counted_from_is_not_the_years_of_a_change(sentence: str, year: int) -> None:
    found = told(sentence)
    assert (found[0] if "73" in sentence else found[-1])[0] == year


def test_years_after_the_document_was_written_are_no_main_year() -> None:
    text = "到2030年，有新进展。2030年，更好。2030年，很好。2022年，开局。2022年，起步。"
    assert main_year(text, 2023) == 2022
    assert main_year(text) == 2030
