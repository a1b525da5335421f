"""Numbers as Chinese documents print them: digits, numerals, 万/亿, 余/近/超, units. Finds and normalises; no meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Full-width digits and signs to ASCII, one character for one, so that offsets stay.
NARROW = str.maketrans("０１２３４５６７８９．％，＋－∶：", "0123456789.%,+-::")

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "万亿": 10**12}

QUALIFIERS = (
    "不少于|不低于|不超过|不高于|不多于|不足|至少|最多|超过|超出|多于|少于|低于|高于|大约|约为|约|接近|将近|近|突破|逾|超|"
    "高达|多达|仅|达到|达"
)
_AFTER = "余|多|来|左右|以上|以下|以内"
_UNITS = (
    "个百分点|百分点|%|‰|％|平方公里|平方千米|平方米|立方米|公顷|万亩|亩|千米|公里|海里|英里|厘米|毫米|纳米|微米|米|"
    "亿美元|万美元|美元|欧元|港元|日元|英镑|人民币|元|千瓦时|兆瓦|千瓦|吨标准煤|标准煤|吨|公斤|千克|毫克|克|毫升|升|"
    "人次|人年|人|名|位|家|个|件|项|所|张|支|笔|场|款|种|类|批|条|辆|座|栋|层|户|只|台(?!阶)|套|部|本|篇|起|例|倍|次|"
    "小时|分钟|秒钟|秒|周年|年(?![代级轮])|个月|天|日|岁|届|集|首|票|枚|块|片|头|匹|棵|株|口|间|处|页|字|期|轮|局|球|分|度|"
    "颗|艘|架|门|匹|队|组|级|站|幅|尊|卷|章|节|代|任|公尺|英尺|英寸|尺|寸|里|斤|摄氏度|℃|°C|km|kg|cm|mm|GB|TB|MB|MW|GW"
)
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMERAL = r"[零〇一二两三四五六七八九十百千万亿]{2,12}|[一二两三四五六七八九十百千万亿]"
_QUANTITY = re.compile(
    rf"(?P<before>(?<![签合节条预制公契特履违相邀大])(?:{QUALIFIERS})|大约)?\s?"
    rf"(?P<number>{_ARABIC}|{_NUMERAL})"
    rf"(?P<infix>余|多|来)?"
    rf"(?P<scale>万亿|千亿|百亿|千万|百万|十万|亿|万|千|百)?"
    rf"(?P<infix2>余|多)?\s?"
    rf"(?P<unit>{_UNITS})?"
    rf"(?P<after>左右|以上|以下|以内|多)?"
)
_NUMERAL_UNITS = frozenset(["成", "倍", "家", "人", "个", "亿元", "万元", "元", "%", "平方米", "平方公里", "件", "项", "所", "名", "年", "岁", "天", "次", "种", "位", "座", "条", "人次", "百分点", "个百分点"])
_CELL = re.compile(rf"[（(](?:单位\s?[:：]\s?)?(?P<unit>(?:万亿|亿|万)?(?:{_UNITS}))[）)][:：]\s?(?P<number>-?(?:{_ARABIC}))(?=[；;。\s]|$)")
_RATIO = re.compile(rf"(?:{_ARABIC}):(?:{_ARABIC})(?![\d:])")
_RANGE = re.compile(
    rf"(?P<low>{_ARABIC})(?P<scale1>万|亿)?\s?(?:—|－|-|~|～|至|到)\s?(?P<high>{_ARABIC})(?P<scale>万亿|亿|万)?(?P<unit>{_UNITS})"
)
_RANK = re.compile(r"(?:位居|位列|居|列|排名?|名列|跃居|稳居)?(?:全国|全球|世界|全省|全市|省内|国内)?(?:开发区)?第(?P<n>[一二三四五六七八九十\d]{1,3})(?:位|名)?(?![批届期次章节条编届代至—\-、期个产环])")
_TENTHS = re.compile(r"(?P<n>[一二三四五六七八九])成(?P<half>半)?(?![立为功果本员就都长套])")
_DOUBLE = re.compile(r"翻(?P<n>[一两二三])番")

# What looks like a quantity and is none: dates, list markers, codes, telephone numbers, ordinals.
_NOT = re.compile(
    r"(?:19|20)\d{2}\s*(?:[—\-~至]\s*(?:19|20)?\d{2,4}\s*)?年(?!度?(?:以来)?[内级])|(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
    r"|\d{1,2}月(?:\d{1,2}日)?(?:[—\-至]\d{1,2}月)?|\d{1,2}[—\-至]\d{1,2}月|\d{1,2}日(?!均)|\d{3,4}-\d{7,8}|1[3-9]\d{9}|第[一二三四五六七八九十百\d]+|\d{1,2}:\d{2}"
    r"|[A-Za-z]+[-\d.]*\d+[A-Za-z]*|\d+(?:\.\d+)*[A-Za-z](?![A-Za-z])|\d+(?:\+[\dA-Za-z]+)+|[〇零一二三四五六七八九]{4}年|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|[“‘][一二三四五六七八九十\d]+(?=[^”’]{0,12}[”’])|(?<=[“‘])\d+(?=[”’])|20\d{2}(?=[（(届]|$)|(?<=[（(])(?:19|20)\d{2}(?=[）)])|邮编\s*:?\s*\d{6}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `text` as printed at [start:end] with qualifier, `value` in the base unit.

    `近2800家` → value 2800, unit `家`, qualifier `近`; `22.89亿元` → 2289000000, `元`; `6.3万人` → 63000, `人`.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    qualifier: str
    shown_unit: str = ""  # for a table cell, whose unit stands in the header: `产值（亿元）：1006`

    @property
    def shown(self) -> str:
        """The figure as a reader wants it: without layout spaces, with the unit from the table's header."""
        return re.sub(r"(?<=[\d一-鿿])\s+(?=[\d一-鿿%])", "", self.text) + self.shown_unit


def numeral(text: str) -> float | None:
    """Return the value of a Chinese numeral (`四千二百` → 4200, `十五` → 15, `二〇二三` → 2023), or None."""
    if not text or any(c not in "零〇一二两三四五六七八九十百千万亿" for c in text):
        return None
    if not any(c in "十百千万亿" for c in text):
        return float("".join(str(_DIGIT[c]) for c in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        else:
            scale = _LARGE[character]
            section += digit
            if character == "亿":
                total = (total + section or 1) * scale
            else:
                total += (section or 1) * scale
            section = digit = 0
    return float(total + section + digit)


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of the text in order, without overlaps.

    Dates, years, list markers, telephone numbers, codes (`5G`, `A1`) and ordinals of things (`第27批`) are left out.
    """
    narrow = text.translate(NARROW)
    blocked = [match.span() for match in _NOT.finditer(narrow)]
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in taken)

    for quantity in [*_specials(text, narrow), *_plain(text, narrow, blocked)]:
        if free(quantity.start, quantity.end):
            found.append(quantity)
            taken.append((quantity.start, quantity.end))
    return sorted(found, key=lambda q: q.start)


def _specials(text: str, narrow: str) -> list[Quantity]:
    found: list[Quantity] = []
    for match in _CELL.finditer(narrow):
        scale = re.match(r"万亿|亿|万", match["unit"])
        unit, factor = _base_unit(match["unit"][scale.end() if scale and match["unit"] not in ("亿美元", "万美元") else 0 :])
        factor *= _scale(scale[0]) if scale and match["unit"] not in ("亿美元", "万美元") else 1.0
        start, end = match.span("number")
        value = float(match["number"].replace(",", "")) * factor
        found.append(Quantity(start, end, text[start:end], value, unit, "", match["unit"]))
    for match in _RATIO.finditer(narrow):
        if text[match.start() : match.end()].count("：") or "∶" in text[match.start() : match.end()] or not re.match(r"\d{1,2}:\d{2}$", match[0]):
            left, right = match[0].split(":")
            if float(right.replace(",", "")):
                value = float(left.replace(",", "")) / float(right.replace(",", ""))
                found.append(Quantity(match.start(), match.end(), text[match.start() : match.end()], value, "比", ""))
    for match in _RANGE.finditer(narrow):
        if re.match(r"(?:19|20)\d{2}$", match["low"]) or match["unit"] == "日":
            continue
        scale = _scale(match["scale"])
        value = float(match["low"].replace(",", "")) * (_scale(match["scale1"]) if match["scale1"] else scale)
        unit, factor = _base_unit(match["unit"])
        found.append(Quantity(match.start(), match.end(), text[match.start() : match.end()], value * factor, unit, "范围"))
    for match in _RANK.finditer(narrow):
        number = numeral(match["n"]) if not match["n"].isdigit() else float(match["n"])
        prefix = text[match.start() : match.start("n") - 1]
        if number and prefix:
            found.append(Quantity(match.start(), match.end(), text[match.start() : match.end()], number, "位", ""))
    for match in _TENTHS.finditer(narrow):
        value = (numeral(match["n"]) or 0) * 10 + (5 if match["half"] else 0)
        found.append(Quantity(match.start(), match.end(), match[0], value, "%", ""))
    for match in _DOUBLE.finditer(narrow):
        found.append(Quantity(match.start(), match.end(), match[0], 2.0 ** (numeral(match["n"]) or 1), "倍", ""))
    return found


def _plain(text: str, narrow: str, blocked: list[tuple[int, int]]) -> list[Quantity]:
    found: list[Quantity] = []
    position = 0
    while match := _QUANTITY.search(narrow, position):
        position = max(match.end(), match.start() + 1)
        start, number_at = match.start(), match.start("number")
        overlap = next((b for a, b in blocked if a <= number_at < b), None)
        if overlap is not None:
            position = max(overlap, number_at + 1)
            continue
        quantity = _quantity(match, text)
        if quantity:
            found.append(quantity)
        elif start < number_at:
            position = number_at + 1
    return found


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    number, unit, scale = match["number"], match["unit"] or "", match["scale"] or ""
    arabic = number[0].isdigit()
    if not arabic and not _numeral_counts(number, unit, scale, match):
        return None
    value = float(number.replace(",", "")) if arabic else numeral(number)
    if value is None:
        return None
    if arabic and not unit and not scale and not match["before"]:
        before = match.string[max(match.start("number") - 1, 0) : match.start("number")]
        if re.match(r"[A-Za-z\-./]", before) or (len(number) == 1 and not re.match(r"[一-鿿]", before or "。")):
            return None
    value *= _scale(scale)
    base, factor = _base_unit(unit)
    qualifier = (match["before"] or "") or (match["infix"] or "") or (match["infix2"] or "") or (match["after"] or "")
    start, end = match.span()
    if match["before"] in ("达", "达到", "高达", "多达", "仅"):
        start = match.start("number")
    while end > start and text[end - 1].isspace():
        end -= 1
    qualifier = "" if match["before"] == "达" and qualifier == "达" else qualifier
    return Quantity(start, end, text[start:end], value * factor, base, qualifier)


def _numeral_counts(number: str, unit: str, scale: str, match: re.Match[str]) -> bool:
    """Tell whether a Chinese numeral is a figure (`四千二百余家`, `超万家`), not a word (`一批`, `三方`, `十分`)."""
    if len(number) == 1 and number in "一二两三四五六七八九十":
        return unit in ("倍", "个百分点", "百分点", "亩") or (unit in ("家", "所", "个", "人", "名", "位", "座") and number not in "一十" and bool(match["before"]))
    if number in ("千万", "百万", "万千", "千百", "亿万", "一一", "十百", "百千", "万一", "千万千", "十一") and not unit:
        return False
    if len(number) == 1:
        return bool(unit in _NUMERAL_UNITS and (match["before"] or scale))
    return unit in _NUMERAL_UNITS or (bool(scale or match["before"]) and number[-1] in "万亿千百") or unit in ("美元", "户", "笔", "场", "张", "支", "公里", "米", "吨", "亩")


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    return {"万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "千万": 1e7, "百万": 1e6, "十万": 1e5, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}[word]


def _base_unit(unit: str) -> tuple[str, float]:
    """Return the unit without a multiple in it: `亿美元` → (`美元`, 1e8), `％` → (`%`, 1)."""
    if unit in ("亿美元", "万美元"):
        return "美元", 1e8 if unit[0] == "亿" else 1e4
    if unit == "万亩":
        return "亩", 1e4
    return {"％": "%", "个百分点": "百分点", "人民币": "元", "平方千米": "平方公里", "公里": "公里", "千米": "公里"}.get(unit, unit), 1.0
