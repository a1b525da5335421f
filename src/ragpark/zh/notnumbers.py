"""What looks like a quantity and is none: years, dates, ordinals, codes, telephone numbers, list markers."""

from __future__ import annotations

import re

_TO = r"—–~～至到\-"
_YEAR = r"(?:1[89]|20)\d{2}"
_DAYS = rf"(?:\d{{1,2}}\s?[、{_TO}]+\s?)?\d{{1,2}}\s?"
# What makes a date-like number a figure after all: `2023.5亿元`.
_MEASURED = r"[\d.]|\s?(?:[%‰万亿元个家人件项倍]|平方|美元|公里|千瓦|吨|米)"

# Tried at the first digit of a run of digits in narrowed text; what it matches is stepped over.
_SKIP = re.compile(
    "|".join(
        (
            # 2018-2022年; 2020、2021年; 2020和2023年
            rf"{_YEAR}\s?年?\s?(?:[{_TO}]+|[和与及、,])\s?(?:(?:19|20)?\d{{2}}\s?[年、,和与及]|{_YEAR}(?!\d))",
            # 2023年; 2023年6月26日; not 2000年历史, 2000年以上
            r"(?:1\d{3}|20\d{2})\s?(?:年度?|级|届)(?!的?历史|之久|左右|以上|[多前间来])"
            r"(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?",
            # 2023.5, 2023-05-01; not 2023.5亿元
            rf"{_YEAR}[-/.](?:1[0-2]|0?[1-9])(?:[-/.](?:[12]\d|3[01]|0?[1-9]))?(?!{_MEASURED})",
            rf"{_DAYS}月(?:份|\s?\d{{1,2}}\s?日)?",  # 6月26日; 1—5月
            rf"{_DAYS}日(?!内|均|游|左右|以内|以上|之内)",  # 26日; 3-5日; not 30日内
            r"\d0\s?(?:年代|后)|\d{1,2}世纪",  # 上世纪80年代; 90后; 21世纪
            r"[12]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:.])",  # 9:30
            r"0\d{2,3}-?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|[48]00-?\d{3,4}-?\d{3,4}(?!\d)",  # telephone numbers
            r"\d+(?:\+[\dA-Za-z一二三四五六七八九十]+)+",  # 1+8+X
            r"\d+(?:[-/.]\d+){2,}",  # 978-7-301; 1.2.3
            r"\d+\s?号",  # 15号
            r"\d+\.\d+\s?(?:版|时代)",  # 3.0版; 工业4.0时代
            r"\d+(?:强|高校|工程|计划|院校)",  # 世界500强; 211工程
        )
    )
)
_MARKER = re.compile(r"\d{1,3}\s?[.、．)）](?!\d)")
_BRACKETED = re.compile(rf"(?:{_YEAR}|\d{{1,2}})\s?[)）]")
# `“1030”产业体系`, `“30条”`: a name in quotation marks; a figure with a multiple (`“22.89亿元”`) is none.
_QUOTED = re.compile(r"\d+(?![\d.,]|\s?[万亿%])(?=[^“”‘’]{0,12}[”’])")
_ADDRESS = re.compile(r"(?:邮编|邮政编码|电话|传真|编号|代码|[账帐]号|热线|号码|手机|ISBN|ISSN|QQ)\s?:?\s?$")
_RATIO_WORD = re.compile(r"比[^，。；,;]{0,6}$")
_CODE_BEFORE = re.compile(r"[A-Za-z][A-Za-z./-]*$")
_CODE_AFTER = re.compile(r"[\d.]*[A-Za-z][A-Za-z\d]*")


def skipped(line: str, at: int) -> int:
    """Return where to go on after the run of digits at `at` if it is no quantity, else 0. `line` is narrowed text."""
    before = line[at - 1] if at else "\n"
    if (match := _SKIP.match(line, at)) and not (":" in match[0] and _RATIO_WORD.search(line, max(0, at - 8), at)):
        return match.end()
    if before in "(（" and (match := _BRACKETED.match(line, at)):
        return match.end()
    if (before == "\n" or (before.isspace() and not line[:at].strip())) and (match := _MARKER.match(line, at)):
        return match.end()
    if before in "“‘" and (match := _QUOTED.match(line, at)):
        return match.end()
    if before in "〔［[第" or (before in ": 话编号码" and _ADDRESS.search(line, max(0, at - 8), at)):
        return after_digits(line, at)
    return 0


def after_digits(line: str, at: int) -> int:
    """Return the end of the run of digits and points at `at`."""
    while at < len(line) and line[at] in "0123456789.":
        at += 1
    return at


def code_end(line: str, at: int, end: int) -> int:
    """Return where the code ends that the digits at [at:end] are part of (`G60`, `5G`, `v2.1`, `COVID-19`), else 0."""
    after = _CODE_AFTER.match(line, end)
    if after:
        return after.end()
    return end if _CODE_BEFORE.search(line, max(0, at - 12), at) else 0
