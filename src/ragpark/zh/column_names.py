"""What the name of a column or row says of its figures: serial numbers, codes, growth, shares, targets, ranks, years."""

from __future__ import annotations

import re

YEARLIKE = re.compile(r"(19|20)\d\d(年度?)?(\d{1,2}月|[一二三四]季度|[上下]半年)?")
YEAR_CELL = re.compile(r"(?:19|20)\d\d年?度?")
MONTHS = re.compile(r"\d{1,2}\s?(?:[-—–~至]\s?\d{1,2})?\s?(?:月份?|季度)")
_YEARS = re.compile(r"(?:统计|数据|所属|报告|会计|财政|日历)?(?:年份|年度|年|时间|期间|时期|报告期)")
# `序号`, `行业代码`, `联系电话`, `成立日期`, `批准文号`: figures without a measure
_NO_FIGURE = re.compile(
    r"序号?|编号|行次|栏次|顺序号?|№|no\.?|id|index"
    r"|.*(?:代码|编码|号码|电话|手机|传真|邮编|邮政编码|日期|时间|文号|批号|年份|年月|证号|编号|案号|车牌|账号|帐号|网址|邮箱|地址|型号|版本|经度|纬度|信用代码)",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    r"(?:比|较)(?:上|去|前)一?[年期月]|同比|环比|增长|增速|增幅|增减|涨幅|降幅|升降|±|(?<![一-鿿])增减?[%％]"
)
_SHARE = re.compile(r"占比|比重|所占|份额|构成|占[^，。；]{1,12}(?:比|比重|比例|[%％])|比例$")
_RATE = re.compile(r"率$|强度$")
_TARGET = re.compile(r"目标|计划|预期|预计|规划数?|力争|任务")
_REACHED = re.compile(r"目标完成|完成(?:年度)?(?:目标|计划)|计划完成|完成情况|目标值?实现|实际|完成[数额值]")
_RANK = re.compile(r"排名|位次|名次|排位")
_INCREASE = re.compile(r"新增|净增|增量|增加额|增加值$")
_VALUE_ADDED = re.compile(r"增加值$")
# names that say nothing of what is measured
_GENERIC = re.compile(
    r"(?:数值|数量|数据|数|指标值|指标数|绝对数|绝对值|绝对量|总量|实绩|实际|实际数|实际值|实际完成|完成|完成数|完成值|完成情况|本年|本年数|本期|本期数|"
    r"当年|上年|上年数|上年同期|上期|去年|今年|年末|年末数|年底|年底数|期末|期末数|末|底|值|总数|累计|累计数|全年|金额|结果|水平|情况|统计值|统计数|快报数|初步数|"
    r"目标|目标值|计划|计划数|计划值|预期目标|预期|任务数|任务|增速|增幅|增长|增长率|同比|同比增长|同比增速|环比|比上年|比上年增长|比上年增减|较上年增长|较上年|增减|增减幅|"
    r"占比|比重|构成|份额|所占比重|位次|排名|名次|全年累计|年度目标|升降幅度|涨跌幅|总计|合计|小计|共计)*"
)
_TOTALS = re.compile(r"(?:总计|合计|小计|共计|总数|全部|全体|总体|累计|平均)")
_MEASURES = re.compile(r"(?:主要)?(?:经济)?(?:统计)?(?:指标|项目|科目|事项)(?:名称)?")


def names_years(name: str) -> bool:
    """Tell whether the column holds years: `年份`, `年度`; not `年龄`."""
    return bool(_YEARS.fullmatch(name))


def holds_no_figures(name: str) -> bool:
    """Tell whether the numbers of the column count nothing: `序号`, `联系电话`, `成立日期`; not `电话用户数`."""
    return bool(_NO_FIGURE.fullmatch(name)) and not names_years(name)


def says_nothing(name: str) -> bool:
    """Tell whether the name leaves open what is measured: ``, `数值`, `年末数`, `比上年增长`; not `产值`."""
    return bool(_GENERIC.fullmatch(re.sub(r"[\s（）()：:，,、]", "", name)))


def is_total(name: str) -> bool:
    """Tell whether a row's name says only that it sums up: `合计`, `总计`."""
    return bool(_TOTALS.fullmatch(re.sub(r"\s", "", name)))


def names_measures(name: str) -> bool:
    """Tell whether the column names what is measured in its rows: `指标`, `项目`; not `地区`, `产业`."""
    return bool(_MEASURES.fullmatch(name))


def is_relative(name: str) -> bool:
    """Tell whether the figures are a growth, a share or a rank, which the table's unit is not meant for."""
    return bool(_GROWTH.search(name) or _SHARE.search(name) or _RATE.search(name) or _RANK.search(name))


def kind_of(name: str, unit: str) -> str:
    """Return the kind of figure a name stands for: target, rank, growth, increase, share or level.

    `比上年增长（%）` growth, `比上年增长（家）` increase, `工业增加值` level, `年度目标` target, `目标完成率` share.
    """
    relative = unit in ("%", "百分点", "‰", "倍")
    if _RANK.search(name) or unit == "位":
        return "rank"
    if _TARGET.search(name) and not _REACHED.search(name):
        return "target"
    if _GROWTH.search(name):
        return "growth" if relative or not unit else "increase"
    if _SHARE.search(name) or (unit in ("%", "‰") and _RATE.search(name)):
        return "share"
    if _INCREASE.search(name) and not _VALUE_ADDED.search(name):
        return "increase"
    return "share" if unit == "%" and re.search("占|比", name) else "level"
