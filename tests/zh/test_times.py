from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ragpark.zh.times import (
    TimeMention,
    find_clocks,
    find_dates,
    find_times,
    is_since,
    part_of_year,
    period_kind,
    sets_year,
    years_asked,
)

TODAY = "2025-03-01"


def told(text: str, reference: str | None = None) -> list[tuple[str, tuple[int, ...], str]]:
    return [(m.text, m.years, m.kind) for m in find_times(text, reference)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，", [("2023年", (2023,), "year")]),
        ("２０２３年", [("２０２３年", (2023,), "year")]),
        ("2022年度", [("2022年度", (2022,), "year")]),
        ("2020年6月30日揭牌", [("2020年6月30日", (2020,), "date")]),
        ("2020年 6月", [("2020年 6月", (2020,), "date")]),
        ("2024-06-26发布", [("2024-06-26", (2024,), "date")]),
        ("2023.5.1", [("2023.5.1", (2023,), "date")]),
        ("二〇二二年四月十五日", [("二〇二二年四月十五日", (2022,), "date")]),
        ("二○二二年", [("二○二二年", (2022,), "year")]),  # a circle in place of 〇
        ("2018-2020年", [("2018-2020年", (2018, 2019, 2020), "range")]),
        ("2021至2023年", [("2021至2023年", (2021, 2022, 2023), "range")]),
        ("2020年到2022年", [("2020年到2022年", (2020, 2021, 2022), "range")]),
        ("2021—23年", [("2021—23年", (2021, 2022, 2023), "range")]),
        ("2021—2023", [("2021—2023", (2021, 2022, 2023), "range")]),
        ("2020、2021和2022年", [("2020", (2020,), "year"), ("2021", (2021,), "year"), ("2022年", (2022,), "year")]),
        ("“十四五”期间", [("“十四五”期间", (2021, 2022, 2023, 2024, 2025), "range")]),
        ("十三五以来", [("十三五以来", (2016, 2017, 2018, 2019, 2020), "range")]),
        ("“十三五”末", [("“十三五”末", (2020,), "year")]),
        ("“一五”计划", [("“一五”", (1953, 1954, 1955, 1956, 1957), "range")]),
        ("上世纪80年代", [("上世纪80年代", tuple(range(1980, 1990)), "range")]),
        ("2010年代初", [("2010年代初", tuple(range(2010, 2020)), "range")]),
        ("6月26日", [("6月26日", (), "date")]),  # of a year not named
        ("1—5月", [("1—5月", (), "period")]),
        ("一季度和上半年", [("一季度", (), "period"), ("上半年", (), "period")]),
        ("2011半年报显示", [("2011", (2011,), "year"), ("半年报", (2011,), "period")]),
        ("2011年报显示", [("2011年", (2011,), "year")]),
    ],
)
def test_explicit_times(text: str, expected: list[tuple[str, tuple[int, ...], str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("去年", (2021,)),
        ("今年", (2022,)),
        ("本年度", (2022,)),
        ("明年", (2023,)),
        ("前年", (2020,)),
        ("上年为4.5%", (2021,)),
        ("近三年", (2019, 2020, 2021, 2022)),  # counted with the year that has only begun
        ("近5年", (2017, 2018, 2019, 2020, 2021, 2022)),
        ("未来三年", (2023, 2024, 2025)),
        ("力争年内建成", (2022,)),
    ],
)
def test_relative_times_are_counted_from_the_reference(text: str, years: tuple[int, ...]) -> None:
    (mention,) = find_times(text, "2022-04-15")
    assert (mention.years, mention.kind, mention.origin) == (years, "relative", "以 2022-04-15 为准")
    assert find_times(text, None)[0].years == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2015年成立，当年", [(2015,), (2015,)]),
        ("2018年签约，次年10月", [(2018,), (2019,), (2019,)]),
        ("2023年5月放款；同年9月", [(2023,), (2023,), (2023,)]),
        ("2020年为9.8%，上年为9.1%", [(2020,), (2019,)]),
        ("今年1—5月", [(2025,), (2025,)]),
        ("2019年，上半年", [(2019,), (2019,)]),
        ("当年启用", [()]),  # no year is named: the sentences before must tell
    ],
)
def test_some_wordings_go_by_the_year_last_named(text: str, years: list[tuple[int, ...]]) -> None:
    assert [mention.years for mention in find_times(text, TODAY)] == years


@pytest.mark.parametrize("text", ["比上年增长5%", "较去年同期提高", "比2022年提高0.66个百分点", "与上年相比，略有下降"])
def test_what_a_figure_is_compared_with_is_not_when_it_holds(text: str) -> None:
    (mention,) = find_times(text, TODAY)
    assert (mention.kind, mention.years) == ("baseline", ())


@pytest.mark.parametrize(
    ("text", "years", "months"),
    [
        ("FY2022", [(2022,)], [None]),
        ("2022Q3产值", [(2022,)], [(7, 9)]),
        ("22年三季度", [(2022,), (2022,)], [None, (7, 9)]),
        ("2022.6的产值", [(2022,)], [(6, 6)]),
        ("202206产值", [(2022,)], [(6, 6)]),
        ("2 0 2 2 年 1 1 月", [(2022,)], [(11, 11)]),
        ("民國112年", [(2023,)], [None]),
        ("民国110年，111年上半年", [(2021,), (2022,), (2022,)], [None, None, (1, 6)]),
        ("2022年前11个月", [(2022,), (2022,)], [None, (1, 11)]),
        ("2022年前三季度，上年同期", [(2022,), (2022,), (2021,)], [None, (1, 9), (1, 9)]),
        ("2021年1—10月，2020年同期", [(2021,), (2021,), (2020,)], [None, (1, 10), (1, 10)]),
        ("本月", [(2025,)], [(3, 3)]),
        ("上月", [(2025,)], [(2, 2)]),
        ("本季度", [(2025,)], [(1, 3)]),
        ("上季度", [(2024,)], [(10, 12)]),
        ("五年来", [(2020, 2021, 2022, 2023, 2024, 2025)], [None]),
        ("40年来", [()], [None]),
    ],
)
def test_parts_of_a_year_and_other_calendars(
    text: str, years: list[tuple[int, ...]], months: list[tuple[int, int] | None]
) -> None:
    mentions = find_times(text, TODAY)
    assert ([m.years for m in mentions], [m.months for m in mentions]) == (years, months)


def test_a_short_year_of_the_republic_needs_its_name() -> None:
    assert find_times("112年上半年", TODAY)[0].text == "上半年"


def test_a_day_of_this_month_is_a_date_of_it() -> None:
    (day,) = find_times("将于本月29日开工", "2011-03-28")
    assert (day.text, day.years, day.kind, day.months) == ("本月29日", (2011,), "date", (3, 3))
    assert [m.kind for m in find_times("本月新增", "2011-03-28")] == ["relative"]


def test_last_month_may_lie_in_the_year_before() -> None:
    (mention,) = find_times("上月", "2025-01-15")
    assert (mention.years, mention.months) == ((2024,), (12, 12))


def test_a_year_with_its_own_figure_is_no_baseline() -> None:
    assert told("比2022年的4.5%提高") == [("2022年", (2022,), "year")]


def test_a_report_is_counted_from_its_date_which_is_not_the_figures_year() -> None:
    text = "据某网2025年2月8日报道，去年突破3200亿元"
    assert told(text, "2025-03-18") == [("2025年2月8日", (), "source"), ("去年", (2024,), "relative")]


@pytest.mark.parametrize(
    "text",
    [
        "2023.5亿元", "2085.78亿元", "1911.8", "三年内", "过去年均", "三年以上年限", "同年级", "当年轻人", "本年级", "三五家", "十五家", "第十五届", "2023家",
        "A2023", "", "近三十家",
    ],
)  # fmt: skip
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert [m for m in find_times(text, TODAY) if m.years] == []


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2023园区R&D占比", (2023,)),
        ("2023年园区R&D占比", (2023,)),
        ("二〇二三年园区GDP", (2023,)),
        ("23年园区R&D占比", (2023,)),
        ("22年和23年的GDP", (2022, 2023)),
        ("2020年与2023年相比", (2020, 2023)),
        ("2020-2023年园区GDP", (2020, 2021, 2022, 2023)),
        ("2020和2023年", (2020, 2023)),
        ("2020、2021年", (2020, 2021)),
        ("2023年比2020年增长了多少", (2020, 2023)),  # both are asked for
        ("2023年比上年增长多少", (2023,)),  # the growth of 2023
        ("近三年园区研发投入", (2022, 2023, 2024, 2025)),
        ("去年园区GDP", (2024,)),
        ("“十四五”目标", (2021, 2022, 2023, 2024, 2025)),
        ("10年要投多少钱", ()),
        ("园区30年来的成就", ()),
        ("近20年的变化", tuple(range(2005, 2026))),
        ("2023家企业", ()),
        ("某园23年二季度产值", (2023,)),
        ("202306产值", (2023,)),
        ("２ ０ ２ ３ 年的产值", (2023,)),
        ("园区有多少高企", ()),
    ],
)
def test_years_asked(question: str, years: tuple[int, ...]) -> None:
    assert years_asked(question, TODAY) == years


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("于2020年6月30日揭牌", ["2020年6月30日"]),
        ("公报于2023年9月18日发布", ["2023年9月18日"]),
        ("公元前221年统一", ["公元前221年"]),
        ("始建于618年", ["618年"]),
        ("永禄5年（1562年）", ["永禄5年", "1562年"]),
        ("康熙二十三年，民国73年", ["康熙二十三年", "民国73年"]),
        ("19世纪末至20世纪初", ["19世纪末", "20世纪初"]),
        ("生殖季在2至4月", ["2至4月"]),
        ("历时10年，有500年历史，30年来", []),
    ],
)
def test_dates_that_can_answer_when(text: str, dates: list[str]) -> None:
    assert [text[start:end] for start, end in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("班车７：２０发车", ["７：２０"]),
        ("服务时间为8:30-17:30", ["8:30-17:30"]),
        ("上午9时30分至11时开放，晚8点半闭园", ["上午9时30分至11时", "晚8点半"]),
        ("2023年6月26日14:00召开", ["14:00"]),
        ("比例为1∶3，第2点，1小时，9时代", []),
    ],
)
def test_times_of_day(text: str, clocks: list[str]) -> None:
    assert [text[start:end] for start, end in find_clocks(text)] == clocks


PIECES = st.sampled_from(
    [*"0123年月日至—、，比较上去今前同次当近五十“”四三 二〇报道.-", "2023", "19", "年代", "季度", "上半年", "２０２３"]
)


@settings(deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from([None, TODAY]))
def test_spans_are_exact_ordered_and_apart_for_any_text(text: str, reference: str | None) -> None:
    end = 0
    for mention in find_times(text, reference):
        assert isinstance(mention, TimeMention)
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        assert list(mention.years) == sorted(set(mention.years))
        end = mention.end
    dates = find_dates(text)
    assert dates == sorted(dates)
    assert all(a[1] <= b[0] for a, b in pairwise(dates))
    years = years_asked(text, TODAY)
    assert list(years) == sorted(set(years))


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=1900, max_value=2099), st.integers(min_value=1, max_value=12), st.integers(1, 28))
def test_a_full_date_reads_alike_in_every_print(year: int, month: int, day: int) -> None:
    for text in (
        f"{year}年{month}月{day}日",
        f"{year}-{month:02d}-{day:02d}",
        f"{year}.{month}.{day}",
        f"{year}/{month}/{day}",
    ):
        assert told(f"于{text}，") == [(text, (year,), "date")]


@pytest.mark.parametrize(
    ("period", "kind"),
    [
        ("2020年", "year"),
        ("去年", "year"),
        ("今年1—5月", "months"),
        ("2022年上半年", "half"),
        ("今年一季度", "quarter"),
        ("2019年8月", "month"),
        ("2017年9月28日", "day"),
        ("截至2020年底", "until"),
        ("目前", "until"),
        ("自2007年以来", "since"),
        ("近三年", "years"),
        ("“十四五”", "years"),
        ("2018-2022年", "years"),
        ("", ""),
    ],
)
def test_kinds_of_period(period: str, kind: str) -> None:
    assert period_kind(period) == kind


@pytest.mark.parametrize(
    ("text", "since", "sets"),
    [
        ("2020年，企业45家", False, True),
        ("自2007年以来，企业45家", True, False),
        ("2009年创办某公司以来，企业45家", True, False),
        ("从2018年起，企业45家", True, False),
        ("获得2022年全国创新大赛优胜奖6个", False, False),
        ("入选2023年度试点名单3家", False, False),
        ("2023年获奖6个", False, True),
        ("《行动计划（2020年）》提出项目6个", False, False),
    ],
)
def test_which_times_are_those_of_the_figures_after_them(text: str, since: bool, sets: bool) -> None:
    mention = find_times(text)[0]
    assert (is_since(text, mention), sets_year(text, mention)) == (since, sets)


def test_a_relative_wording_says_from_what_it_was_resolved() -> None:
    assert [m.origin for m in find_times("去年投产", "2023-03-01")] == ["以 2023-03-01 为准"]
    assert [m.origin for m in find_times("2020年开工，次年投产", "2023-03-01")] == ["", "以 2020年 为准"]


@pytest.mark.parametrize(
    ("period", "part"),
    [
        ("2023年", ""), ("去年", ""), ("", ""), ("近6个月", ""), ("“十四五”", ""), ("截至2020年底", ""),
        ("2023年上半年", "上半年"), ("今年一季度", "一季度"), ("前三季度", "前三季度"), ("2023年前3季度", "前三季度"),
        ("今年1—5月", "1—5月"), ("１至５月", "1—5月"), ("一至五月", "1—5月"), ("2020年6月", "6月"), ("2020年06月", "6月"),
        ("截至2020年12月底", ""), ("1-12月", ""), ("10—12月", "四季度"), ("2019年4月25日", "4月"),
    ],
)  # fmt: skip
def test_the_part_of_a_year_that_a_period_names(period: str, part: str) -> None:
    assert part_of_year(period) == part
