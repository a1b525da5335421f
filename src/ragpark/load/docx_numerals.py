"""How Word writes a number of a list: `3` → `三`, `叁`, `Ⅲ`, `③`, `c`, by the name of the format. Counts nothing."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES, _LEGAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)


def chinese(value: int, digits: str = _DIGITS, places: tuple[str, ...] = _PLACES) -> str:
    """Return the number in Chinese as it is counted: 10 → 十, 21 → 二十一, 105 → 一百零五; from 10000 on in digits."""
    if not 0 < value < 10_000:
        return str(value)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + places[place]
        gap = False
    short = digits[1] + places[1]
    return text[1:] if text.startswith(short) and digits == _DIGITS else text


def roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    """a … z, aa, bb …, as Word goes on."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)


def _enclosed(first: int, last: int, start: str) -> Callable[[int], str]:
    return lambda value: chr(ord(start) + value - first) if first <= value <= last else str(value)


def circled(value: int) -> str:
    """1 → ①, up to 50; beyond, as digits in brackets."""
    if 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if 21 <= value <= 50:
        return chr((0x3251 if value <= 35 else 0x32B1 - 15) + value - 21)
    return f"({value})"


def _digitwise(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "〇" + _DIGITS[1:]))


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(),
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda value: f"{value:02d}",
    "ordinal": _ordinal,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _digitwise,
    "japaneseDigitalTenThousand": _digitwise,
    "taiwaneseDigital": _digitwise,
    "chineseLegalSimplified": lambda value: chinese(value, _LEGAL, _LEGAL_PLACES),
    "ideographLegalTraditional": lambda value: chinese(value, "零壹貳參肆伍陸柒捌玖", _LEGAL_PLACES),
    "ideographTraditional": lambda value: _STEMS[value - 1] if 0 < value <= len(_STEMS) else str(value),
    "ideographZodiac": lambda value: _BRANCHES[value - 1] if 0 < value <= len(_BRANCHES) else str(value),
    "ideographEnclosedCircle": _enclosed(1, 10, "㊀"),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _enclosed(1, 20, "⑴"),
    "decimalEnclosedFullstop": _enclosed(1, 20, "⒈"),
    "decimalFullWidth": lambda value: str(value).translate(_WIDE),
    "decimalFullWidth2": lambda value: str(value).translate(_WIDE),
    "chicago": lambda value: "*†‡§"[(value - 1) % 4] * ((value - 1) // 4 + 1),
    "bullet": lambda value: "",
    "none": lambda value: "",
}


def written(value: int, number_format: str) -> str:
    """Return the number in the format of that name (ECMA-376 17.18.59); plain digits where the name is unknown."""
    write = _FORMATS.get(number_format)
    return write(value) if write else str(value)
