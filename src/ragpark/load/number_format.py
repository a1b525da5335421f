"""A cell's value and its number format → the text that a spreadsheet shows; no file is read here.

A format is up to four sections (`positive;negative;zero;text`), each a row of digit places, literals and signs:
`#,##0.0,"万"`, `0!.0,`, `[>=10000]0.0,;0`, `yyyy"年"m"月"`. Commas behind the digits scale by a thousand each.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]|(?P<sign>.)',
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_DATE_SIGNS = re.compile(r"[ymdhs年月日时分秒]|AM/PM|上午/下午", re.IGNORECASE)
_MAX_DIGITS = 15  # that a spreadsheet keeps


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    literal: bool


def shown(value: object, number_format: str) -> str:
    """Return a value as the sheet shows it: 0.0516 in `0.00%` → `5.16%`, 123456 in `0!.0,"万"` → `12.3万`.

    A date is written in full (`2023年6月26日`), as far as its format goes; a number in a format that this does not
    know (fractions), with up to 15 digits.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, number_format)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M:%S}" if value.second and "s" in number_format.lower() else f"{value:%H:%M}"
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        tail = f":{seconds:02d}" if "s" in number_format.lower() else ""
        return f"{minutes // 60}:{minutes % 60:02d}{tail}"
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), number_format)
    return _text(str(value), number_format)


@lru_cache(maxsize=512)
def is_date_format(number_format: str) -> bool:
    """Tell whether a number in this format is shown as a date or time: `yyyy/m/d`, `h:mm`; not `0.00"d"`, `[Red]0`."""
    tokens = _tokens(number_format.split(";")[0])
    signs = "".join(token.text for token in tokens if not token.literal)
    elapsed = re.search(r"\[(?:h+|m+|s+)\]", number_format, re.IGNORECASE)
    return bool(elapsed) or (bool(_DATE_SIGNS.search(signs)) and not re.search(r"[0#?]|general", signs, re.IGNORECASE))


@lru_cache(maxsize=512)
def is_time_format(number_format: str) -> bool:
    """Tell whether a date format shows a time only: `h:mm`, `[h]:mm`; not `yyyy/m/d h:mm`."""
    signs = "".join(token.text for token in _tokens(number_format.split(";")[0]) if not token.literal).lower()
    signs = signs.replace("am/pm", "")
    return not re.search(r"[yd年月日]", signs) and bool(re.search(r"[hs]", signs + number_format.lower()))


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[_Token, ...]:
    """Return a section's signs and literals; colours, conditions, padding and fill signs are left out."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(section):
        if match["quoted"] is not None or match["escaped"] is not None or match["currency"] is not None:
            found += [_Token(match["quoted"] or match["escaped"] or match["currency"] or "", True)]
        elif match["sign"] is not None:
            found.append(_Token(match["sign"], False))
    return tuple(found)


def _date(value: datetime.date, number_format: str) -> str:
    pattern = "".join(token.text for token in _tokens(number_format) if not token.literal).lower()
    text = f"{value.year}年"
    if "m" in pattern or "d" in pattern:
        text += f"{value.month}月"
    text = f"{text}{value.day}日" if "d" in pattern or ("m" not in pattern and "y" not in pattern) else text
    if isinstance(value, datetime.datetime) and "h" in pattern and (value.hour or value.minute):
        text += f" {value:%H:%M}"
    return text


def _number(number: Decimal, number_format: str) -> str:
    if number.is_nan() or number.is_infinite():
        return str(number)
    if number_format == "General":
        return plain(number)
    section = _section(number, _split(re.sub(r"general", "@", number_format, flags=re.IGNORECASE)))
    tokens = _tokens(section)
    signs = "".join(token.text for token in tokens if not token.literal)
    if number_format and not section.strip():
        return ""  # `0;;` shows no zero, `;;;` nothing
    if "@" in signs or not signs or (re.search(r"[/eE]", signs) and re.search("[0#?]", signs)):
        return _around(tokens, plain(number))
    if not re.search("[0#?]", signs):
        return "".join(token.text for token in tokens).strip()  # `"-"` for zero
    return _placed(number, tokens)


def _split(number_format: str) -> list[str]:
    """Split a format at the `;` outside quotes."""
    sections, rest = [""], 0
    for match in re.finditer(r'"[^"]*"?|[\\!].|.', number_format, re.DOTALL):
        if match[0] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
        rest = match.end()
    return sections if rest else ["@"]


def _section(number: Decimal, sections: list[str]) -> str:
    """Return the section for a number: the first whose condition holds, else by its sign."""
    plain_ones = [section for section in sections[:3] if not _CONDITION.search(section)]
    for section in sections[:3]:
        if match := re.search(rf"\[{_CONDITION.pattern}\]", section):
            limit = Decimal(match[2])
            holds = {
                "<": number < limit, ">": number > limit, "=": number == limit,
                "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
            }[match[1]]  # fmt: skip
            if holds:
                return section
    if len(plain_ones) < len(sections[:3]):
        return plain_ones[0] if plain_ones else "@"
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def _around(tokens: Sequence[_Token], body: str) -> str:
    """Put the literals of `General"家"` around a number that has no places of its own."""
    text, done = "", False
    for token in tokens:
        if token.literal:
            text += token.text
        elif not done and token.text == "@":
            text, done = text + body, True
    return text.strip() if done else body


def _placed(number: Decimal, tokens: Sequence[_Token]) -> str:
    """Return the number in the digit places of a section, scaled and rounded as it says, its literals kept."""
    places = [n for n, token in enumerate(tokens) if not token.literal and token.text in "0#?"]
    point = next((n for n, t in enumerate(tokens) if not t.literal and t.text == "." and n < places[-1]), len(tokens))
    whole = [n for n in places if n < point]
    fraction = [n for n in places if n > point]
    commas = [n for n, token in enumerate(tokens) if not token.literal and token.text == ","]
    end = whole[-1] if whole else point
    scaling = [n for n in commas if n > end and (n < point or n > places[-1])]
    grouped = any(whole and whole[0] < n < whole[-1] for n in commas)
    percent = sum(not token.literal and token.text in "%％" for token in tokens)
    number = number * 100**percent / 1000 ** len(scaling)
    number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    own = any(token.literal and token.text.strip() == "-" for token in tokens)
    sign = "-" if number < 0 and not own else ""
    digits, _, decimals = f"{abs(number):f}".partition(".")
    filled = _whole_digits(digits, [tokens[n].text for n in whole], grouped)
    kept = len(decimals)
    while kept and decimals[kept - 1] == "0" and tokens[fraction[kept - 1]].text != "0":
        kept -= 1
    out: list[str] = []
    for n, token in enumerate(tokens):
        if n in whole:
            out.append(filled[whole.index(n)])
        elif n in fraction:
            out.append(decimals[fraction.index(n)] if fraction.index(n) < kept else "")
        elif n == point:
            out.append("." if kept else "")
        elif token.literal or token.text not in ",()-":
            out.append(token.text)
    text = re.sub(r"\s+", " ", "".join(out)).strip()
    return sign + (f"0{text}" if text.startswith(".") else text)


def _whole_digits(digits: str, places: list[str], grouped: bool) -> list[str]:
    """Return what each whole place shows; the first one takes the digits that are left over."""
    digits = digits.lstrip("0")
    shown: list[str] = []
    for n, place in enumerate(reversed(places)):
        taken = digits[-1:] if n < len(places) - 1 else digits
        digits = digits[: len(digits) - len(taken)]
        shown.append(taken or ("0" if place == "0" else ""))
    shown.reverse()
    if not grouped:
        return shown
    total = sum(map(len, shown))
    out: list[str] = []
    left = total
    for part in shown:
        text = ""
        for digit in part:
            text += digit
            left -= 1
            text += "," if left and left % 3 == 0 else ""
        out.append(text)
    return out


def _text(text: str, number_format: str) -> str:
    """Return a text in the section for texts: `@"级"` → `一级`."""
    sections = _split(number_format)
    last = _tokens(sections[-1])
    if not any(not token.literal and token.text == "@" for token in last) or len(last) == 1:
        return text
    return "".join(text if not token.literal and token.text == "@" else token.text for token in last).strip()


def plain(number: Decimal) -> str:
    """Return the number without an exponent, rounded to 15 digits as Excel does: 0.30000000000000004 → `0.3`."""
    return format(Decimal(f"{number:.{_MAX_DIGITS}g}").normalize(), "f")
