"""Facts as curves: one point a year, figures that agree together, what differs apart, missing years as gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ragpark.indicators import Key, course, figure_text, overview, runs, scale, sentence_of
from ragpark.records import Fact
from ragpark.zh.numbers import find_quantities

NAMES = frozenset({"高新技术企业数", "研发投入强度"})
LEVEL = Key("高新技术企业数", "甲区", "level", "家")


def _fact(printed: str, year: int | None, *, doc: str = "a.txt", date: str = "2024-01-01", kind: str = "level",
          indicator: str = "高新技术企业数", entity: str = "甲区", start: int = 0) -> Fact:  # fmt: skip
    (quantity,) = find_quantities(printed)
    return Fact(indicator, entity, year, f"{year}年", quantity.value, quantity.unit, printed, quantity.qualifier, kind,
                doc, date, printed, start, start + len(printed), {})  # fmt: skip


def test_figures_that_agree_are_one_point_led_by_the_exact_one() -> None:
    (point,) = course([_fact("1800余家", 2020), _fact("1840家", 2020, doc="b.txt", date="2021-01-01")], LEVEL)
    assert point.fact.text == "1840家" and [f.text for f in point.also] == ["1800余家"] and not point.differs


def test_figures_that_cannot_both_be_true_are_two_points_the_newer_first() -> None:
    points = course(
        [_fact("45家", 2020, date="2021-01-01"), _fact("66家", 2020, doc="b.txt", date="2022-01-01")], LEVEL
    )
    assert [(p.fact.text, p.differs) for p in points] == [("66家", True), ("45家", True)]


def test_targets_stand_apart_and_open_years_are_left_out() -> None:
    points = course([_fact("500家", 2026, kind="target"), _fact("45家", None), _fact("66家", 2023)], LEVEL)
    assert [(p.year, p.target) for p in points] == [(2023, False), (2026, True)]


def test_a_missing_year_ends_a_run() -> None:
    points = course([_fact(f"{n}家", year) for n, year in ((10, 2018), (11, 2019), (20, 2021), (21, 2022))], LEVEL)
    assert runs(points) == [0, 0, 1, 1]
    assert runs([]) == []


@pytest.mark.parametrize(
    ("printed", "factor", "unit"),
    [("22.89亿元", 1e8, "亿元"), ("9800家", 1, "家"), ("6.3万人", 1e4, "万人"), ("5.16%", 1, "%"), ("2万亿元", 1e12, "万亿元")],
)  # fmt: skip
def test_values_are_shown_in_a_handy_unit(printed: str, factor: float, unit: str) -> None:
    fact = _fact(printed, 2023)
    points = course([fact], Key(fact.indicator, fact.entity, "level", fact.unit))
    assert scale(points, fact.unit) == (factor, unit)


def test_a_part_of_the_year_is_a_curve_of_its_own() -> None:
    half = replace(_fact("1800家", 2023), period="2023年上半年")
    facts = [_fact("3686家", 2023), half]
    assert [(p.fact.text, p.differs) for p in course(facts, LEVEL)] == [("3686家", False)]
    part = replace(LEVEL, part="上半年")
    assert [p.fact.text for p in course(facts, part)] == ["1800家"]
    assert part.measure == "数值（家），上半年"


def test_the_overview_says_which_years_are_held() -> None:
    facts = [
        _fact("45家", 2020), _fact("66家", 2023), _fact("500家", 2026, kind="target"),
        _fact("5.16%", 2023, indicator="研发投入强度", kind="share"), _fact("8家", 2023, indicator="其中某些"),
        _fact("7家", 2023, entity=""),
    ]  # fmt: skip
    found = overview(facts, NAMES)
    assert found.years == (2020, 2023, 2026)
    assert found.rows == (
        (LEVEL, (2020, 2023), (2026,)),
        (Key("研发投入强度", "甲区", "share", "%"), (2023,), ()),
    )
    assert LEVEL.measure == "数值（家）"


# `前言。企业由66家增至166家，后为66家。`: the quote starts at 3; in it 66家 stands at 3, at 9 (in 166家) and at 15.
@pytest.mark.parametrize(("start", "at"), [(3 + 3, 3), (3 + 15, 15)])
def test_a_figure_is_marked_where_it_stands_in_its_sentence(start: int, at: int) -> None:
    quote = "企业由66家增至166家，后为66家。"
    fact = replace(_fact("66家", 2023), quote=quote, start=start, end=start + 3)
    assert sentence_of(fact, f"前言。{quote}") == (3, [(at, at + 3)])


def test_a_sentence_named_by_its_own_start_is_found_and_a_lost_one_is_not_marked() -> None:
    fact = replace(_fact("66家", 2023), quote="共有66家。", start=2, end=7)
    assert sentence_of(fact, "一。共有66家。") == (2, [(2, 5)])
    assert sentence_of(fact, "全文已经换过了。") == (2, [])


@pytest.mark.parametrize(
    ("text", "value", "unit", "shown"),
    [
        ("1006", 1006e8, "元", "1006亿元"),  # a cell under 产值（亿元）
        ("58,990", 58990, "件", "58,990件"),
        ("5.16", 5.16, "%", "5.16%"),
        ("近2800家", 2800, "家", "近2800家"),
        ("1500", 1.5e6, "元", "1500"),  # thousands: no unit of that name is shown
        ("12", 12, "", "12"),
    ],
)
def test_a_bare_number_is_shown_with_its_unit(text: str, value: float, unit: str, shown: str) -> None:
    fact = Fact("某", "甲区", 2023, "", value, unit, text, "", "level", "a.csv", None, text, 0, len(text), {})
    assert figure_text(fact) == shown
