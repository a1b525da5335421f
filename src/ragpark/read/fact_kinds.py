"""What sort of figure it is (target, rank, growth, increase, share, level), and which quantities are no facts at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.zh.numbers import Quantity

# A wish or a plan, up to the figure: `力争…达3500家`, `今年还将派出超200个`; not 计划人才, 领军人才计划, 目标任务.
_AIM = re.compile(
    r"力争|争取|预计|预期|有望|确保|(?<=[，,；;年])拟(?=[新建引投])|以后每年|(?:用|在)(?:未来)?[0-9一二三四五六七八九十—–~～-]+年(?:左右)?(?:的)?时间|"
    r"目标(?=是|为|到|达|要|都|：|:|值)|(?<![一-鿿“”])(?:规划|计划)(?=\d|到|在|于|用|新|投|建(?!筑)|完|达|引|总|年|至|实)|"
    r"(?:将|要)(?:还|再|新|共|累计|继续|逐步|全面|于|在)*(?=派|达|建|引|推出|实现|投|突破|超|培育|形成|完成|举办|开展|认定|增|提高|提升)|"
    r"(?:规划|方案|纲要|意见)[^，,。；;]{0,8}(?:要求|提出|明确|定下)|定下目标|报出[^，,。；;]{0,4}目标"
)
_BY = re.compile(r"(?<!截)(?:到|至)\s?20\d\d\s?年(?:底|末)?\s?[，,]")
# What has been reached ends a wish: `力争…，目前已达2800家`.
_REACHED = re.compile(r"目前|截至(?!\s?20\d\d\s?年)|现有|已有|已(?=达|经|累|建|集|获|引|完|实|形)")
_STOP = re.compile(r"[。；;！？!?]")
_CLAUSE = re.compile(r"[，,；;。：:（）()！？…]")
_CHANGE = "比上年多出?|比上年少|增长|增加|提高|提升|上升|上涨|扩大|下降|下跌|减少|降低|回落|收窄|缩小|增幅|增速|涨幅|降幅|跌幅|增|降"
_GROWTH = re.compile(rf"(?:{_CHANGE})(?:了|约|近|超|超过|逾|至|到|达|达到|为|是|高达|的)*\s*$")
_CHANGED_TO = re.compile(
    r"(?:增长|增加|提高|提升|上升|扩大|下降|减少|降低|回落|收窄|缩小|增|降|升|跃升)(?:至|到)(?:了|约|近|超)*\s*$"
)
_TIMES = re.compile(r"(?:是|为|相当于)[^，,。；;]{0,12}的\s*$")  # `是2022年全年的2.8倍`
_NEW = re.compile(r"(?<![或和与])(?:新增|净增|新认定|新引进|新签约|新设|新登记|新建成?|新落户|新获批|新入选|新招引)")
_ADDED = re.compile(
    r"(?:增加|减少|净增|增长|下降|提高|上升|提升|回落|扩大|新增|比上年多|比上年少)(?:了|约|近|超|超过|逾)*\s*$"
)
_TOTAL = re.compile(r"累计|总计|合计|共计|总数|总量")
_SHARE = re.compile(r"占(?!地(?!区)|用|领|据)[^，,。；;]{0,20}$|(?:占比|比重|比例|份额|率)[^，,。；;]{0,8}$")
_SHARE_OF = re.compile(r"\s*的[一-鿿]")
_RATES = ("%", "‰", "百分点", "倍")
_DURATIONS = ("年", "个月", "天", "日", "周", "小时", "分钟", "个季度")
# `10年前`, `三年内`, `近三年来` say when; `6个月以上` may be a condition and stays.
_WHEN = re.compile(r"\s*(?:之?[前后内间]|以[前后来内]|来(?!自))")
_LISTS = re.compile(
    r"[^，,。；;：:]{0,12}[：:]\s*(?:一|第一|首先|其一|1|（1|\(1)(?=是|[、.．）)]|[^，]{0,10}[，,])"
)  # `两项支撑：一是…`
_RECENT = re.compile(r"(?:[前头]|最近|过去|未来|今后)$")  # `今年前两个月`
_AND = re.compile(r"\s*(?:和|及|与|、|以及)\s*")
_NAMED = re.compile(r"\s*(?:大|高|长|个|家|座|人民|中学|小学|医院|名(?!次))")  # `跃居第一大产业`, `省第一人民医院`
_OVER = re.compile(r"\s*的?[一-鿿]{0,6}(?:项目|企业|工程|产业|集群)")
_CONDITION = re.compile(r"(?:及)?以[上下]的?[一-鿿]{1,12}$")


def kind_of(text: str, quantity: Quantity, *, coming: bool | None = None) -> str:
    """Return `target`, `rank`, `growth`, `increase`, `share` or `level` for a quantity of the sentence `text`.

    `coming` tells whether the figure's year lies after the document's own (None: not known); such a figure cannot be
    an actual one. Where it is not known, `到2026年，` announces a target.
    """
    before = text[: quantity.start]
    since = max((match.end() for match in _STOP.finditer(before)), default=0)
    aims = [match for match in _AIM.finditer(text, since, quantity.end + 6) if match.start() < quantity.start]
    if coming is None:
        aims += _BY.finditer(text, since, quantity.start)
    if coming or (aims and not _REACHED.search(before, aims[-1].end())):
        return "target"
    if quantity.unit == "位":
        return "rank"
    clause = before[max((match.end() for match in _CLAUSE.finditer(before)), default=0) :]
    piece = clause.rsplit("、", 1)[-1]  # `新增…96个、累计516个`
    if quantity.unit in _RATES and not _CHANGED_TO.search(piece) and _GROWTH.search(piece):
        return "growth"
    if quantity.unit == "倍" and (_TIMES.search(clause) or "翻" in quantity.text):
        return "growth"
    if _ADDED.search(piece) or (_NEW.search(clause) and not _TOTAL.search(clause, _last(_NEW, clause))):
        return "increase"
    if quantity.unit in ("%", "‰") and (_SHARE.search(clause) or _SHARE_OF.match(text, quantity.end)):
        return "share"
    return "level"


def kinds_of(text: str, quantities: Sequence[Quantity], coming: Sequence[bool | None]) -> list[str]:
    """Return the kinds of the quantities in order; one joined to the one before (`分别增长18%和25%`) is of its kind."""
    kinds: list[str] = []
    for i, quantity in enumerate(quantities):
        kind = kind_of(text, quantity, coming=coming[i])
        joined = i and quantities[i - 1].unit == quantity.unit
        if joined and _AND.fullmatch(text, quantities[i - 1].end, quantity.start) and kind == "level":
            kind = kinds[-1]
        kinds.append(kind)
    return kinds


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)


def is_figure(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether a quantity says how much of something there is.

    Leaves out anniversaries (`三十周年`), times (`10年前`, `三年内`), names (`第一大产业`), conditions
    (`50亿元以上` in `50亿元以上项目10个`) and heads of lists (`两项支撑：一是…`); keeps `3—5年`, `50%以上`, `全国第二`.
    """
    if quantity.unit == "周年":
        return False
    if quantity.unit in _DURATIONS and (_WHEN.match(text, quantity.end) or _RECENT.search(text, 0, quantity.start)):
        return False
    if quantity.value <= 10 and _LISTS.match(text, quantity.end):
        return False
    if quantity.unit == "位" and _NAMED.match(text, quantity.end):
        return False
    return not is_condition(text, quantity, following)


def is_condition(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether the quantity only says which things are counted.

    `50亿元以上` in `50亿元以上项目10个`, `超10亿元` in `总投资超10亿元项目15个`.
    """
    if following is None or following.unit in _RATES or following.unit in ("元", ""):
        return False
    if quantity.qualifier in ("以上", "以下", "及以上", "及以下"):
        return bool(_CONDITION.search(text[quantity.start : following.start]))
    over = quantity.qualifier in ("超", "超过", "逾", "不低于", "大于")
    return over and bool(_OVER.fullmatch(text, quantity.end, following.start))
