"""What looks like a quantity and is none: years, dates, times of day, ordinals, codes, telephone numbers, markers."""

from __future__ import annotations

import re

from ragpark.zh.units import measured
from ragpark.zh.wording import rx, words_of

_TO = r"—–~～至到\-"
_YEAR = r"(?:1[89]|20)\d{2}"
_DAYS = rf"(?:\d{{1,2}}\s?[、{_TO}]+\s?)?\d{{1,2}}\s?"

# Tried at the first digit of a run of digits in a line as read; what it matches is stepped over.
_SKIP = "|".join(
    (
        rf"{_YEAR}\s?年?\s?(?:[{_TO}]+|[和与及、,])\s?(?:(?:19|20)?\d{{2}}\s?[年、,和与及]|{_YEAR}(?!\d))",  # 2018-2022年; 2020、2021年; 2020和2023年
        # 2023年; 2023年6月26日; not 2000年历史, 2000年以上
        r"(?:1\d{3}|20\d{2})\s?(?:年度?|级|届)(?!{lasted}|[前间来])(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?",
        rf"{_DAYS}月(?:份|\s?\d{{1,2}}\s?日)?",  # 6月26日; 1—5月
        rf"{_DAYS}日(?![内均游]|{{at_most_after}}|{{at_least_after}}|{{about_after}})",  # 26日; 3-5日; not 30日内
        r"\d0\s?(?:年代|后)|\d{1,2}世纪",  # 上世纪80年代; 90后; 21世纪
        r"[12]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:.])",  # 9:30
        r"(?:1\d|2[0-4]|\d)\s?{clock_word}(?:\s?\d{1,2}\s?分(?:\s?\d{1,2}\s?秒)?)?(?!\d)",  # 9时30分
        r"\d{3,6}:(?:19|20)\d\d(?![\d.])",  # 9001:2000, a standard
        r"\d{1,3}(?:\.\d+)?°\d{1,2}(?:\.\d+)?(?![\d℃])",  # 116°12', a place on the globe
        r"\d{1,2}\.\s?(?:19|20)\d\d\s?年",  # 1．2017年, a point of a list
        r"0\d{2,3}-?\d{7,8}(?!\d)|1[3-9]\d{9}(?!\d)|[48]00-?\d{3,4}-?\d{3,4}(?!\d)",  # telephone numbers
        r"\d(?: \d)+(?![\d.,])",  # 1 2, of which no one knows whether it is 12
        r"\d+(?:\+[\dA-Za-z一二三四五六七八九十]+)+",  # 1+8+X
        r"\d+(?:[-/.]\d+){2,}",  # 978-7-301; 1.2.3; 2023/5/6
        r"\d+(?:[-—、]\d+)?\s?号",  # 15号; 5-7号
        r"\d+\.\d+\s?(?:版|时代|节|条|款)",  # 3.0版; 工业4.0时代; 3.2节
        r"\d+{numbered_name}",  # 世界500强; 12345热线
    )
)
# Likewise, but a figure after all where a unit follows: `2023.5亿元`, `985家`.
_SKIP_BARE = "|".join(
    (
        rf"{_YEAR}[-/.](?:1[0-2]|0?[1-9])(?![\d.])",  # 2023.5
        r"20[0-4]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?(?![\d.])",  # 202306, 20230626
        r"\d{3,}(?:[ -]\d{3,4}){2,}(?!\d)",  # 6222 0011 2233 4455
        r"{class_number}(?!\d|[.,]\d)",  # 985高校
    )
)
_WEB, _WEB_REST = re.compile(r"(?:[a-z]://|www\.|\.(?:org|com|cn|net)/)[!-~]*$"), re.compile(r"[!-~]*")
_DIGITS = re.compile(r"[0-9.-]*")
_MARKER = re.compile(r"\d{1,3}\s?[.、．)）](?!\d)|\d{1,2}(?:\.\d{1,2})+\s*(?=[一-鿿A-Za-z])")
_BRACKETED = re.compile(rf"(?:{_YEAR}|\d{{1,2}})\s?[)）]")
# `“1030”产业体系`, `“30条”`: a name in quotation marks; a figure with a multiple (`“22.89亿元”`) is none.
_QUOTED = re.compile(r"\d+(?![\d.,]|\s?[万亿%])(?=[^“”‘’]{0,12}[”’])")
_ORDINAL = re.compile(rf"\d[\d.]*(?:\s?[{_TO}、]+第?\s?\d+)*")  # 第3—5条
_ADDRESS = r"{code_noun}\s?(?:[:：是为]|分别为)?\s?$"
_RATIO_WORD = re.compile(r"比[^，。；,;]{0,6}$")
_CODE_BEFORE = re.compile(r"[A-Za-z][A-Za-z./_-]*$")
_CODE_AFTER = re.compile(r"[\d.]*[A-Za-z][A-Za-z\d]*")
_INDICATOR = re.compile(r"(?<![A-Za-z\d-])(?:[A-Z]{2,}|[A-Z]&[A-Z])$")  # GDP3686亿元, R&D5.1%; not A1, COVID-19


def skipped(line: str, at: int) -> int:
    """Return where to go on after the run of digits at `at` if it is no quantity, else 0. `line` as by `read_line`."""
    before = line[at - 1] if at else "\n"
    if (match := rx(_SKIP).match(line, at)) and not (":" in match[0] and _RATIO_WORD.search(line, max(0, at - 8), at)):
        return match.end()
    if (match := rx(_SKIP_BARE).match(line, at)) and not measured(line, match.end()):
        return match.end()
    if before in "(（" and (match := _BRACKETED.match(line, at)):
        return match.end()
    if (before == "\n" or (before.isspace() and not line[max(0, at - 8) : at].strip())) and (
        match := _MARKER.match(line, at)
    ):
        return 0 if "." in match[0][:-1] and measured(line, match.end()) else match.end()
    if before in "“‘" and (match := _QUOTED.match(line, at)):
        return match.end()
    if before == "第" or (before == " " and line[at - 2 : at - 1] == "第"):
        return _ORDINAL.match(line, at).end()  # type: ignore[union-attr]
    if before.isascii() and (address := _WEB.search(line, max(0, at - 200), at)):
        return _WEB_REST.match(line, address.end()).end()  # type: ignore[union-attr]
    if before in "〔［[" or rx(_ADDRESS).search(line, max(0, at - 8), at):
        return _DIGITS.match(line, at).end()  # type: ignore[union-attr]
    return 0


def code_end(line: str, at: int, end: int) -> int:
    """Return where the code ends that the digits at [at:end] are part of (`G60`, `5G`, `v2.1`, `COVID-19`), else 0."""
    after = _CODE_AFTER.match(line, end)
    if after:
        return after.end()
    return end if _CODE_BEFORE.search(line, max(0, at - 12), at) else 0


def follows_indicator(line: str, at: int) -> bool:
    """Tell whether an indicator's name in capital letters stands right before `at`: `GDP`, `R&D`; not `A`, `COVID-`."""
    name = _INDICATOR.search(line, max(0, at - 12), at)
    return name is not None and name[0] not in words_of("numbered_letters")
