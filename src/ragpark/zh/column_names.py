"""What the name of a column or row says of its figures: serial numbers, codes, growth, shares, targets, ranks, years."""

from __future__ import annotations

import re

from ragpark.zh.fold import simplified
from ragpark.zh.wording import rx

YEARLIKE = re.compile(r"(19|20)\d\d(年度?)?(\d{1,2}月|[一二三四]季度|[上下]半年)?")
YEAR_CELL = re.compile(r"(?:19|20)\d\d年?度?")
MONTHS = re.compile(r"\d{1,2}\s?(?:[-—–~至]\s?\d{1,2})?\s?(?:月份?|季度)")
_NO_FIGURE = "{serial_column}|.*{no_measure_column}"
_CHANGE = "{compared_with}|{change}|±|(?<![一-鿿])增减?[%％]"
_LAYOUT = re.compile(r"[\s（）()：:，,、]")
_RELATIVE = ("%", "百分点", "‰", "倍")


def names_years(name: str) -> bool:
    """Tell whether the column holds years: `年份`, `年度`; not `年龄`."""
    return bool(rx("{year_column}").fullmatch(simplified(name)))


def holds_no_figures(name: str) -> bool:
    """Tell whether the numbers of the column count nothing: `序号`, `联系电话`, `成立日期`; not `电话用户数`."""
    return bool(rx(_NO_FIGURE, re.IGNORECASE).fullmatch(simplified(name))) and not names_years(name)


def says_nothing(name: str) -> bool:
    """Tell whether the name leaves open what is measured: ``, `数值`, `年末数`, `比上年增长`; not `产值`."""
    return bool(rx("{state_word}*").fullmatch(_LAYOUT.sub("", simplified(name))))


def is_total(name: str) -> bool:
    """Tell whether a row's name says only that it sums up: `合计`, `总计`."""
    return bool(rx("{total_row}").fullmatch(re.sub(r"\s", "", simplified(name))))


def names_measures(name: str) -> bool:
    """Tell whether the column names what is measured in its rows: `指标`, `项目`; not `地区`, `产业`."""
    return bool(rx("{measure_column}").fullmatch(simplified(name)))


def is_relative(name: str) -> bool:
    """Tell whether the figures are a growth, a share or a rank, which the table's unit is not meant for."""
    return bool(rx(f"{_CHANGE}|{{share}}|{{rate_noun}}$|{{rank}}").search(simplified(name)))


def kind_of(name: str, unit: str) -> str:
    """Return the kind of figure a name stands for: target, rank, growth, increase, share or level.

    `比上年增长（%）` growth, `比上年增长（家）` increase, `工业增加值` level, `年度目标` target, `目标完成率` share.
    """
    name = simplified(name)
    relative = unit in _RELATIVE
    if unit == "位" or rx("{rank}").search(name):
        return "rank"
    if rx("{target}").search(name) and not rx("{reached}").search(name):
        return "target"
    if rx(_CHANGE).search(name):
        return "growth" if relative or not unit else "increase"
    if rx("{share}").search(name) or (unit in ("%", "‰") and rx("{rate_noun}$").search(name)):
        return "share"
    if rx("{new}").search(name) and not rx("{value_added}$").search(name):
        return "increase"
    return "share" if unit == "%" and re.search("[占比]", name) else "level"
