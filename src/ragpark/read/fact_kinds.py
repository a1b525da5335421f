"""What sort of figure it is (target, rank, growth, increase, share, level), and which quantities are no facts at all.

The words that decide are the notions of `zh/notions/amounts.toml`; here is only where they must stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.zh.quantity import Quantity
from ragpark.zh.wording import notion, rx, words_of

_STOP = re.compile(r"[。！？!?\n]")
_SEGMENT = re.compile(r"[；;]")
_CLAUSE = re.compile(r"[，,；;。：:（）()！？…]")
_RATES = ("%", "‰", "百分点", "倍")
_DURATIONS = ("年", "个月", "月", "天", "日", "周", "小时", "分钟", "季度", "个季度")
_CALENDAR = re.compile(r"(?:19|20)\d{2}年")  # `2020年多` in `比2020年多15家`: a year, no span of years
_ADDRESS = re.compile(r"\d号\s*$")  # `328号|2幢`
_SIGNED = (
    r"(?:^|[\s（(，,、；;]|{compared_with})[+＋\-−－](?=[0-9０-９])"  # `12亿元（+5%）`, `12亿元  -5%`; not `率为-5%`
)
_AND = re.compile(r"\s*(?:[和及与、，,]|以及)\s*")
_AS_MUCH = re.compile(r"(?:是|为|相当于)[^，,。；;]{0,12}的\s*$")
_BEFORE_ASIDE = re.compile(r"[^，,；;。：:（）()！？…0-9]+(?=[（(]$)")
_CAME_TO = "[^，,。；;0-9]{0,20}[，,](?:{joining})+$"  # `增速|领先全省，达到`
GROWN_BEHIND = r"\s*的(?:{rise}|{fall}|[一-鿿]{0,4}?(?:{growth_noun}|速度))"  # `5%的增速`
_LISTS = re.compile(r"[^，,。；;：:]{0,12}[：:]\s*(?:一|第一|首先|其一|1|（1|\(1)(?=是|[、.．）)]|[^，]{0,10}[，,])")


def kind_of(text: str, quantity: Quantity, *, coming: bool | None = None, planned: bool = False) -> str:
    """Return `target`, `rank`, `growth`, `increase`, `share` or `level` for a quantity of the sentence `text`.

    `coming` tells whether the figure's year lies after the document's own (None: not known); such a figure cannot be
    an actual one. Where it is not known, `到2026年，` announces a target. `planned` says that the section is about what
    is to be done.
    """
    before = text[: quantity.start]
    if (coming or planned or _aimed(text, quantity, coming)) and not _attained(text, quantity, coming):
        return "target"
    if quantity.unit == "位" and (re.search("[第前首]", quantity.text) or rx("{rank}[^，,；;]{0,8}$").search(before)):
        return "rank"
    clause = before[max((match.end() for match in _CLAUSE.finditer(before)), default=0) :]
    if not clause and (aside := _BEFORE_ASIDE.search(before)):
        clause = aside[0]  # `增速高于全省（|4.6%）`
    piece = clause.rsplit("、", 1)[-1]  # `新增…96个、累计516个`
    ahead = piece + text[quantity.start : quantity.start + 1]  # `多` is a change only before a figure
    changed = not rx("{changed_to}(?:{bound_between})*$").search(piece) and rx(
        "(?:{change})(?:{bound_between})*\\s*(?=.\\Z)"
    ).search(ahead)
    multiple = quantity.unit == "倍" and ("翻" in quantity.text or _AS_MUCH.search(clause))
    if multiple or (changed and quantity.unit in _RATES):
        return "growth"
    new = [match.end() for match in rx("{new}").finditer(clause)]
    if changed or (new and not rx("{total}").search(clause, new[-1])):
        return "increase"
    grown = rx("{growth_noun}(?:[^，,。；;]{0,6}|[^，,。；;]{0,4}{than}[^，,。；;]{0,16})$").search(clause)
    grown = grown or rx("{growth_noun}" + _CAME_TO).search(before) or rx(GROWN_BEHIND).match(text, quantity.end)
    if quantity.unit in _RATES and grown:
        return "growth"
    is_share = quantity.unit in ("%", "‰") and (
        rx("(?:{share}|{rate_noun})[^，,。；;]{0,20}$").search(clause)
        or rx("(?:{share}|{rate_noun})" + _CAME_TO).search(before)
        or re.match(r"\s*的[一-鿿]", text[quantity.end :])
    )
    if is_share:
        return "share"
    digit = re.compile(r"[0-9０-９]").search(text, quantity.start, quantity.end)
    signed = digit and quantity.unit in ("%", "‰") and rx(_SIGNED).search(text, max(digit.start() - 6, 0), digit.end())
    return "growth" if signed else "level"


def _aimed(text: str, quantity: Quantity, coming: bool | None) -> bool:
    """Tell whether a wish or plan reaches the figure: of its part of the sentence, or of a list after `目标是：`."""
    sentence = max((match.end() for match in _STOP.finditer(text, 0, quantity.start)), default=0)
    segment = max((match.end() for match in _SEGMENT.finditer(text, sentence, quantity.start)), default=sentence)
    clause = max((match.end() for match in _CLAUSE.finditer(text, segment, quantity.start)), default=segment)
    aims = [
        m
        for m in rx("{target}").finditer(text, segment, quantity.end + 6)
        if m.start() < quantity.start and (m.start() >= clause or not notion("estimate").fullmatch(m[0]))
    ]
    if coming is None:
        aims += rx("{by_year}").finditer(text, segment, quantity.start)
    if re.match(r"的?[^，,。；;\d]{0,8}目标", text[quantity.end :]):  # `1万亿元的总量目标`
        return True
    if aims:
        return rx("{reached}").search(text, aims[-1].end(), quantity.start) is None
    colon = max(text.rfind("：", sentence, segment), text.rfind(":", sentence, segment))
    if colon < 0:
        return False
    return rx("{aim_noun}|{target}|{plan_noun}").search(text, sentence, colon + 1) is not None


def _attained(text: str, quantity: Quantity, coming: bool | None) -> bool:
    """Tell whether the figure is told as reached although around it all is planned: `目前已达2800家`."""
    segment = max((match.end() for match in _CLAUSE.finditer(text, 0, quantity.start)), default=0)
    return not coming and rx("{reached}").search(text, segment, quantity.start) is not None


def kinds_of(
    text: str, quantities: Sequence[Quantity], coming: Sequence[bool | None], planned: bool = False
) -> list[str]:
    """Return the kinds of the quantities in order; one joined to the one before (`分别增长18%和25%`) is of its kind."""
    kinds: list[str] = []
    for i, quantity in enumerate(quantities):
        kind = kind_of(text, quantity, coming=coming[i], planned=planned)
        before = quantities[i - 1].unit if i else ""
        joined = i and (before == quantity.unit or (before in _RATES and quantity.unit in _RATES))
        if joined and kind == "level" and _AND.fullmatch(text, quantities[i - 1].end, quantity.start):
            kind = kinds[-1]
        kinds.append(kind)
    return kinds


def is_figure(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether a quantity says how much of something there is.

    Leaves out anniversaries (`三十周年`), times (`10年前`, `三年内`), names (`第一大产业`), conditions
    (`50亿元以上` in `50亿元以上项目10个`) and heads of lists (`两项支撑：一是…`); keeps `3—5年`, `50%以上`, `全国第二`.
    """
    if quantity.unit == "周年" or _CALENDAR.match(quantity.text) or _ADDRESS.search(text[: quantity.start]):
        return False
    if quantity.unit in _DURATIONS and (
        rx("\\s*(?:{when_after}|(?:累计|年均|共)?(?:{change}|{new}))").match(text, quantity.end)
        or rx("{when_before}$").search(text, 0, quantity.start)
    ):
        return False
    if quantity.value <= 20 and rx("{these}$").search(text, 0, quantity.start):
        return False
    if quantity.value <= 10 and _LISTS.match(text, quantity.end):
        return False
    if quantity.unit == "位" and rx("\\s*(?:{ordinal_of}|[大高长])").match(text, quantity.end):
        return False
    if quantity.unit and text[quantity.end : quantity.end + 1] == "级":  # `25兆瓦级风电轴承`
        return False
    return not is_condition(text, quantity, following)


def is_condition(text: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Tell whether the quantity only says which things are counted.

    `50亿元以上` in `50亿元以上项目10个`, `超10亿元` in `总投资超10亿元项目15个`.
    """
    ranked = rx("级?[一-鿿]{0,6}?(?:{ranked_class})(?=[，,。；;、）)]|行列|$|[0-9])")
    if quantity.unit in ("元", "") and ranked.match(text, quantity.end):
        return True  # `过10万亿元省份`, `4个|千亿县`
    behind = quantity.qualifier.endswith(("以上", "以下"))
    classed = rx("(?:的)?(?:{says_little}|[一-鿿]{2,6}(?:{place_end}|{class_noun}))")
    if behind and quantity.unit not in (*_RATES, "元", "") and classed.match(text, quantity.end):
        return True  # `20户以上自然村`
    if following is None or following.unit in _RATES or following.unit in ("元", ""):
        return False
    between = text[quantity.end : following.start]
    if behind:
        return bool(re.fullmatch(r"的?[一-鿿]{1,12}", between))
    over = quantity.qualifier in words_of("at_least_before")
    return over and bool(rx("\\s*的?[一-鿿]{0,6}(?:{says_little})").fullmatch(between))
