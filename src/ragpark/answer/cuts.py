"""A piece cut out of a statement, and the clauses around it; what is cut out is decided elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ragpark.zh.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a statement that answers: `text` as shown, [start:end] in the statement's text.

    `features` say how well it fits, by the names that the scorer weighs.
    """

    text: str
    start: int
    end: int
    features: Mapping[str, float] = field(default_factory=dict)
    value: Quantity | None = None
    year: int | None = None
    target: bool = False  # a figure aimed at, not reached


def segments(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the smallest clause around text[start:end] (up to `，、；`), with its label if it has one (`一等奖：奖励9万元`),
    and the part of the sentence up to `；`."""
    if is_row(text):
        return _between(text, start, end, "；"), (0, len(text))
    near = _between(text, start, end, "，,、；;。：:！？")
    if near[0] and text[near[0] - 1] in "：:":
        label = _between(text, near[0] - 1, near[0] - 1, "，,；;。：:！？\n")
        if label[1] - label[0] <= LABEL:
            near = (label[0], near[1])
    wide = _between(text, start, end, "；;。！？")
    return near, wide


LABEL = 30  # characters


_ROW = re.compile(r"^[^；：。]{1,24}：[^；]*(?:；[^；：。]{1,40}：[^；]*)+$")


def is_row(text: str) -> bool:
    """Tell whether the statement is a table row: `地区：某市；2022年（%）：2.54；2023年（%）：2.65`."""
    return bool(_ROW.match(text))


def _between(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    left = start
    while left > 0 and not (text[left - 1] in marks and not _in_number(text, left - 1)):
        left -= 1
    right = end
    while right < len(text) and not (text[right] in marks and not _in_number(text, right)):
        right += 1
    return left, right


def _in_number(text: str, at: int) -> bool:
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
