"""The record of a quantity, and what figures in digits and in words share: qualifier, rank, value. Searches no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ragpark.zh.numerals import exact
from ragpark.zh.units import SCALE, SCALES, UNIT, base_unit

# Full-width digits and signs to ASCII, traditional and financial forms to plain ones; one character for one,
# so that offsets stay.
NARROW = str.maketrans(
    "０１２３４５６７８９．％，＋－−∶：＄￥萬億兩餘個約達過張條項種戶輛臺噸當據於佔壹贰叁肆伍陆柒捌玖拾佰仟",
    "0123456789.%,+--::$¥万亿两余个约达过张条项种户辆台吨当据于占一二三四五六七八九十百千",
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `text` as printed at [start:end] with qualifier, `value` in the base unit.

    `近2800家` → value 2800, unit `家`, qualifier `近`; `22.89亿元` → 2289000000, `元`; `6.3万人` → 63000, `人`.
    A range has its lower end as value and `范围` as qualifier; a rank has the unit `位`, a ratio `比`, and a
    fraction (`三成`, `1/3`, `百分之五`) is in `%`.
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


_MORE = r"余(?!额)|多(?![少数样层方]|元化)|来(?![自源到了临访华])"
# What may follow the number: `余`, a multiple (and a second number: `1亿3000万`), the unit, `以上`.
REST = (
    rf"\s?(?P<infix>{_MORE})?(?:\s?(?P<scale>{SCALE})(?:(?P<more>[0-9]+(?:\.[0-9]+)?)(?P<more_scale>万|千|百))?)?"
    rf"(?P<infix2>{_MORE})?\s?(?P<unit>{UNIT})?"
    r"(?P<after>及?以上|左右|及?以下|以内|之内|上下|多(?![少数元种样个次家项地层为方名位人]))?"
)

# Words that bound a figure; what must not stand before them is in the look-behinds: 签约, 附近, 反超, 到达.
_BEFORE = re.compile(
    r"(?P<word>不少于|不低于|不超过|不高于|不多于|不大于|不小于|不足|不到|未满|至少|最多|至多|最高|超过|超出|多于|少于|低于|高于|大于|小于|大约|"
    r"约为|约合|接近|将近|几近|(?<!技术)突破|逾|[≥≤±＞＜><]|(?<![签合节条预制公契特履违相邀大])约|(?<![最附临邻新靠远贴亲])近|(?<![赶反高])超|"
    r"(?<![直送下传])达到|高达|多达|(?<![到直送下传发])达|仅)了?\s?$"
)
_BEFORE_LAST = frozenset("于过高多足到满少出约为合近破逾≥≤±＞＜><超达仅了")
_BOUNDS_NOTHING = ("达", "达到", "高达", "多达", "仅")  # not part of the figure: `总数达3500家`

_PLACED = "位居|位列|名列|跃居|稳居|跻身|排名|排在|排行|保持|蝉联|居|列|排"
_AMONG = "全国|全球|世界|亚洲|全省|全市|全区|省内|国内|市内"
_PREFIXED = re.compile(rf"(?:(?:{_PLACED})(?:{_AMONG})?|{_AMONG})(?:同类|国家级)?(?:高新区|经开区|开发区|园区)?第$")
# `均列苏州市第一`, `全国开发区和省、市第一`: any place may stand there where the clause ends with the rank.
_PREFIXED_BY_PLACE = re.compile(rf"(?:(?:{_PLACED})[一-鿿]{{2,8}}|省、市|(?:(?<![一-鿿])|(?<=[全和及与]))[省市县])第$")
_CLAUSE_ENDS = re.compile(r"(?:位|名)?\s*(?:[，,。；;、！!）)]|$)")
_RANK = re.compile(
    r"(?P<n>[一二三四五六七八九十]{1,3}|[0-9]{1,3})(?:位|名)?"
    r"(?![0-9一二三四五六七八九十百批届期次章节条编代至—–个产环家座所款台部梯方阵线阶季者块单类步轮集版卷号-])"
)


def made(text: str, start: int, end: int, value: Decimal, unit: str, qualifier: str, shown_unit: str = "") -> Quantity:
    """Return the quantity at text[start:end], white space at its end left out."""
    while text[end - 1].isspace():
        end -= 1
    return Quantity(start, end, text[start:end], float(value), unit, qualifier, shown_unit)


def qualified(line: str, at: int, floor: int) -> tuple[int, str]:
    """Return where the figure at `at` starts with its qualifier, not before `floor`, and the qualifier (or "")."""
    last = line[at - 1] if at else ""
    if last not in _BEFORE_LAST and not last.isspace():
        return at, ""
    match = _BEFORE.search(line, max(floor, at - 6), at)
    if not match or match["word"] in _BOUNDS_NOTHING:
        return at, ""
    return match.start(), match["word"]


def rank(text: str, line: str, at: int, floor: int) -> Quantity | None:
    """Return the rank whose number is at `at` (`全市第一`, `列第12位`), or None: `第27批`, `第三代`, a bare `第一`.

    `均列苏州市第一`, `省、市第一` are ranks where the clause ends with them; `市第一人民医院` is a name.
    """
    match = _RANK.match(line, at)
    if not match:
        return None
    prefix = _PREFIXED.search(line, max(floor, at - 16), at)
    if not prefix and _CLAUSE_ENDS.match(line, match.end("n")):
        prefix = _PREFIXED_BY_PLACE.search(line, max(floor, at - 16), at)
    if not prefix:
        return None
    value = Decimal(match["n"]) if match["n"].isdigit() else exact(match["n"])
    return made(text, prefix.start(), match.end(), value, "位", "") if value else None


def figure(text: str, match: re.Match[str], value: Decimal, start: int, qualifier: str) -> Quantity:
    """Return the quantity of a match of `REST` after a number of this value; `start` is where its qualifier stands."""
    if match["scale"]:
        value *= SCALES[match["scale"]]
    if match["more"]:
        value += Decimal(match["more"]) * SCALES[match["more_scale"]]
    unit, factor = base_unit(match["unit"] or "")
    bound = (
        qualifier or match["infix"] or match["infix2"] or match["after"] or ("多" if match["unit"] == "个多月" else "")
    )
    return made(text, start, match.end(), value * factor, unit, bound)
