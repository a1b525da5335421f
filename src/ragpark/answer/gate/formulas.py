"""Formulas written in an answer (`58−41=17`, `(66-45)÷45=46.7%`): found, and worked out again."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ragpark.zh.quantity import NARROW

_SIGNS = str.maketrans("−–—－＋×✕·÷／（）＝", "----+***//()=")
_FORMULA = re.compile(
    r"(?P<left>[(]?[0-9][0-9.,]*[^\s，。；：=≈+*/()\-0-9]{0,5}\s?(?:[-+*/]\s?[()]{0,2}\s?[0-9][0-9.,]*[^\s，。；：=≈+*/()\-0-9]{0,5}\s?[)]?\s?){1,9})"
    r"[=≈]\s?(?:约\s?)?(?P<right>[0-9][0-9.,]*)\s?(?P<scale>万|亿|万亿)?(?P<percent>%)?"
)
_SIGN: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_PLAIN = (1, 100)  # factors that need no source: percent


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula at [start:end] of the answer. `problem` says what is wrong with it (Chinese), "" where it is right."""

    start: int
    end: int
    text: str
    result: float  # as printed, in the base unit where it has a multiple
    problem: str


def find_formulas(text: str, known: Sequence[float]) -> list[Formula]:
    """Return the formulas of the text. Each number in them must be one of `known`: those that the sources print."""
    line = text.translate(_SIGNS).translate(NARROW).translate(str.maketrans("−–—", "---"))
    found: list[Formula] = []
    for match in _FORMULA.finditer(line):
        problem, result = _judge(match, known)
        found.append(Formula(match.start(), match.end(), text[match.start() : match.end()], result, problem))
    return found


def _judge(match: re.Match[str], known: Sequence[float]) -> tuple[str, float]:
    shown = match[0].strip()
    scale = {"万": 10**4, "亿": 10**8, "万亿": 10**12}.get(match["scale"] or "", 1)
    right = match["right"].replace(",", "").rstrip(".")
    result = float(right) * scale
    left = re.sub(r"[^0-9.()+*/\-]", "", match["left"].replace(",", ""))
    if left.count("(") != left.count(")"):
        left = left.strip("()")
    try:
        value, numbers = _worked_out(ast.parse(left, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return f"算式“{shown}”算不出来", result
    for number in numbers:
        if number not in _PLAIN and not any(abs(float(number) - k) <= 1e-9 * max(abs(k), 1.0) for k in known):
            return f"算式里的“{float(number):g}”在所引的段落里找不到", result
    if match["percent"] and 100 not in numbers:
        value *= 100
    half = Fraction(1, 2 * 10 ** len(right.partition(".")[2]))
    if abs(value - Fraction(right)) > half:
        return f"算式“{shown}”算得不对，应为{float(value):.6g}", result
    return "", result


def _worked_out(node: ast.expr) -> tuple[Fraction, tuple[Fraction, ...]]:
    """Return the value of an expression of numbers and + - * /, and the numbers in it. Raises ValueError for others."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        number = Fraction(str(node.value))
        return number, (number,)
    if not isinstance(node, ast.BinOp):
        raise ValueError("not arithmetic")
    (left, a), (right, b) = _worked_out(node.left), _worked_out(node.right)
    if type(node.op) not in _SIGN:
        raise ValueError("not arithmetic")
    return _SIGN[type(node.op)](left, right), a + b
