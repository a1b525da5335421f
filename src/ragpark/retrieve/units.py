"""The units that the answer to a question may come in, by its asking words or by what it measures (units.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ragpark.zh.units import base_unit, scale_end, unit_end
from ragpark.zh.wording import notion, rx

_UNIT_ASKED = r"(?:多少|(?<!十)几)\s*(?:(?:万亿|亿|万)(?=[人户家件项台辆吨]))?({asked_counter}|[一-鿿%])"
_MONEY_ASKED = "[亿万]?元|钱|亿美元|万美元"
# `总额上涨多少` without a unit asks for a rate; `增加了多少家`, `从……增长到多少` don't
_GROWTH = "(?:{compared_with}(?:{change_up}|{change_down}|[增降减])|{rate_of_change})了?多少[?？]?$"
_HOW_MANY = re.compile(r"(?:多少|(?<!十)几)\s*")
_COUNTER_NOUN = re.compile(r"([笔件])数(?:量|是|为|有|$|[?？])")  # `笔数`, `件数`


@cache
def _data() -> Mapping[str, Any]:
    with Path(__file__).with_name("units.toml").open("rb") as file:
        return tomllib.load(file)


def measured(name: str) -> tuple[str, ...]:
    """Return the units that what a notion names is measured in, the usual one first: `money_noun` → 元, 美元, …"""
    return tuple(_data()["measured"][name])


def units_of(question: str) -> tuple[str, ...]:
    """Return the units an answer may come in: `多少家` → 家 and its like, `占比` → %; () where anything may."""
    if notion("ask_rank").search(question):
        return ("位", "名", "届")
    if rx(_GROWTH).search(question):
        return measured("rate_asked_noun")
    asked = rx(_UNIT_ASKED).search(question)
    if asked and (unit_end(asked[1], 0) == len(asked[1]) or rx(_MONEY_ASKED).fullmatch(asked[1])):
        return _alike(question[asked.start(1) : max(asked.end(1), unit_end(question, asked.start(1)))])
    for number in _HOW_MANY.finditer(question):  # `多少万立方米`
        at = scale_end(question, number.end())
        end = unit_end(question, at)
        if end > at:
            return _alike(question[at:end])
    counter = _COUNTER_NOUN.search(question)
    if counter:
        return (counter[1],)
    for name in _data()["measured"]:
        if notion(name).search(question):
            return measured(name)
    return ()


def _alike(unit: str) -> tuple[str, ...]:
    """Return the unit asked for by its one name (`块钱` → 元, `成` → %), then those that count the same."""
    unit = base_unit(unit)[0]
    if unit in ("亿元", "万元", "钱"):
        return measured("money_noun")
    if unit in ("亿美元", "万美元"):
        return ("美元",)
    if unit in ("百分点", "点", "%"):
        return measured("rate_asked_noun")[:-1]
    alike = _data()["alike"]
    group = {one for group in alike["groups"] if unit in group and unit != "个" for one in group}
    if unit == "个":
        group = set(alike["anything"])
    return (unit, *sorted(group - {unit}))
