"""Whether a line goes on with the clause of the line above, seen without a width: `园区2023年修路` / `7公里。`."""

from __future__ import annotations

import re

from ragpark.repair.dates import is_date_line
from ragpark.repair.fields import is_label_line, is_pair
from ragpark.repair.headings import is_caption_line, starts_item, starts_with_marker
from ragpark.zh.numbers import find_quantities
from ragpark.zh.times import find_times
from ragpark.zh.wording import rx

_REACH = 12  # characters before the break in which a figure may have begun
_OPEN_END = re.compile(r"[A-Za-z0-9一-鿿）)”》%％，,、]$|\d\.$")
_SENTENCE = re.compile(r"[。！？；，,;]")
_YEAR_END = re.compile(r"(?<!\d)(?:19|20)\d{2}$")


def goes_on(above: str, line: str) -> bool:
    """Tell whether `line`, which holds a mark, plainly goes on with the clause that `above` leaves open.

    Catches `园区2023年修路` / `7公里。`, `总产值达到` / `300亿元，增长5%。`, `企业2800` / `家。`, `占96.` / `5%。`, `修路、` / `植树都已完成。`;
    leaves a label and its value (`修路里程` / `7公里。`), a title (`2023年大事` / `5家企业获评先进。`), an address
    (`云澜路` / `7号。`) and the items of a list.
    """
    above, line = above.rstrip(), line.strip()
    if not _OPEN_END.search(above) or not _SENTENCE.search(line):
        return False
    if any(stands_alone(text) or is_pair(text) for text in (above, line)) or rx("{listed_point}").match(line):
        return False
    if re.search(r"[，,、]$", above) or re.match(r"[，。；、）”》]", line):
        return True
    if re.search(r"\d\.?$", above):
        tail = above[-_REACH:]
        cut = any(found.start < len(tail) < found.end for found in find_quantities(tail + line))
        return bool(re.match("[年月日]", line)) or (cut and not _YEAR_END.search(above))
    figure = next(iter(find_quantities(line)), None)
    if figure is None or figure.start:
        return False
    if rx("(?:{reached}|{change}|{changed_to}|{new}|{having}|{total_adverb}|{up_to_figure})$").search(above):
        return True
    told = "，" in above or find_times(above) or rx("{reached}|{total_adverb}").search(above)
    return bool(told) and bool(re.match(r"[，。；（(]", line[figure.end :]))


def stands_alone(text: str) -> bool:
    """Tell whether a line is no part of a sentence: `1. …`, `二、…`, `申请时间：…`, `表1 …`, `2023年5月6日`."""
    tests = (starts_item, starts_with_marker, is_label_line, is_caption_line, is_date_line)
    return any(test(text) for test in tests)
