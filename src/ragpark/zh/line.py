"""The line as figures and times are read from it: narrow, plain characters, damaged numbers joined, note marks out.

Each character leads back to its place in the text. Finds no figures itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from ragpark.zh.fold import simplified_map
from ragpark.zh.units import measured
from ragpark.zh.wording import rx

# Full-width digits and signs to ASCII, traditional and financial forms to plain ones; one character for one,
# so that offsets stay.
NARROW = str.maketrans(
    "０１２３４５６７８９．％﹪，＋－−∶：＄￥／萬億兩餘個約達過張條項種戶輛臺噸當據於佔壹贰叁肆伍陆柒捌玖拾佰仟",
    "0123456789.%%,+--::$¥/万亿两余个约达过张条项种户辆台吨当据于占一二三四五六七八九十百千",
)

_W = "[ \u00a0\u2002-\u200a\u202f\u3000]"  # a single white space inside a line
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_ODD = re.compile(
    rf"[\\$^\u200b-\u200d\u2060\ufeff\u00ad⁰¹²³⁴-⁹①-⑳·•‧・・․﹒]|[0-9%][\[［]|<sup>|[0-9]{_W}[0-9.,]|[0-9][.,]{_W}[0-9]"
)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_MATH = re.compile(r"\$(?=[^$\n]*[0-9])(?P<body>[-+]?[0-9.\\≤≥<>~][^$\n一-鿿]{0,60}?)(?<![-+*/=~<>≤≥, ])\$")
_LATEX = {
    r"\%": "%", r"\times": "×", r"\cdot": "×", r"\sim": "~", r"\leq": "≤", r"\geq": "≥", r"\le": "≤", r"\ge": "≥",
    r"\pm": "±", "{,}": ",", r"\,": "", r"\;": "", r"\:": "", r"\ ": "", r"\!": "",
}  # fmt: skip
_COMMAND = re.compile("|".join(re.escape(name) + r"(?![a-zA-Z])" for name in sorted(_LATEX, key=len, reverse=True)))
_UPRIGHT = re.compile(r"\\(?:mathrm|text|mathbf|rm)\s?\{(?P<inner>[^{}\n]*)\}")
_UNIT_POWER = re.compile(r"(?<=[a-zA-Z])(?:\^\{?(?P<n>[23])\}?|<sup>(?P<tag>[23])</sup>)")
_POWER = re.compile(
    r"(?P<times>[×*]\s?)?(?<![0-9.,])10\s?(?P<all>\^\{?\s?(?P<n>-?[0-9]{1,3})\s?\}?|(?P<up>⁻?[⁰¹²³⁴-⁹]{1,3})|<sup>(?P<tag>-?[0-9]{1,3})</sup>)"
)
# What is set high or in brackets at a figure is a note's number: `88²亿元`, `88[1]亿元`, `88①`, `88[^2]`.
_MARK = re.compile(
    r"(?<=[0-9%])(?:[⁰¹²³⁴-⁹]+|[①-⑳]+|\^\{?[0-9]{1,3}\}?|<sup>[^<\n]{1,6}</sup>|[\[［]\^?[0-9]{1,3}(?:[-,、][0-9]{1,3})*[\]］])(?![0-9.])"
)
_AFTER = r"\s?(?:{unit_by_form}|[年月日])"
_DOT = re.compile(
    r"(?<![0-9·•“‘])[0-9]{1,4}(?P<dot>[·•‧・・․﹒])[0-9]{1,3}"
    rf"|(?<![0-9·•“‘])[0-9](?:{_W}[0-9]){{0,3}}{_W}(?P<far>[·•‧・・․﹒]){_W}[0-9](?:{_W}[0-9]){{0,2}}"
)
_RUN = re.compile(rf"(?<![0-9.,A-Za-z])[0-9](?:[0-9]|{_W}?[.,]{_W}?(?=[0-9])|{_W}(?=[0-9]))*")
_GAP = re.compile(_W)
_GROUPS = re.compile(rf"[0-9]{{1,3}}(?:{_W}?,{_W}?[0-9]{{3}}|{_W}[0-9]{{3}})+(?:{_W}?\.{_W}?[0-9]+)?")
_POINTED = re.compile(rf"[0-9]+(?:,[0-9]{{3}})*{_W}?\.{_W}?[0-9]+")
_PLAIN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_SPREAD = re.compile(rf"(?:^|{_W})[一-鿿，。：、0-9]{_W}[一-鿿，。：、0-9]{_W}$")  # `绿 化 率 4 2 %`: all is set apart

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """`text` to read from; its [a:b] was printed at `span(a, b)` of the original."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where line[start:end] (not empty) stands in the original."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def read_line(text: str) -> Line:
    """Return the text as figures and times are read from it.

    `4 2 . 5 %` → `42.5 %`, `1 840家` → `1840家`, `3·5亿` and `3 · 5亿` → `3.5亿`, `5.16\\%` → `5.16%`, `1.2\\times10^{4}` → `1.2×10^4`,
    `88²亿` → `88亿`, `km^2` → `km²`. Left alone: `2022年 3家`, `第1 2项`, `“3·15”`, `12 86%` (two columns).
    """
    plain = text.translate(_plain_map())
    if not _ODD.search(plain):
        return Line(plain)
    return _mended(plain, _unseen, _latex, _raised, _marks, _dots, _gaps)


def tidy(text: str) -> str:
    """Return a printed figure as a reader wants it: `4 2 . 5 %` → `42.5%`, `5.16\\%` → `5.16%`, `88²亿元` → `88亿元`.

    Full-width and traditional characters stay as printed.
    """
    line = _mended(text, _unseen, _latex, _raised, _marks, _dots)
    return re.sub(r"(?<=[0-9０-９.,，．%％一-鿿])\s+(?=[0-9０-９.,，．%％‰一-鿿])", "", line.text)


@cache
def _plain_map() -> dict[int, str | int | None]:
    return {**simplified_map(), **NARROW}


def _mended(text: str, *steps: Callable[[str], Iterable[Edit]]) -> Line:
    line = Line(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    for step in steps:
        if edits := list(step(line.text)):
            line = _rewritten(line, edits)
    return line


def _rewritten(line: Line, edits: list[Edit]) -> Line:
    """Return the line with the edits made; what is put in leads back to the whole of what it replaces."""
    assert line.starts is not None and line.ends is not None
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, new in edits:
        text += [line.text[at:start], new]
        starts += [*line.starts[at:start], *[line.starts[start]] * len(new)]
        ends += [*line.ends[at:start], *[line.ends[end - 1]] * len(new)]
        at = end
    text.append(line.text[at:])
    return Line("".join(text), (*starts, *line.starts[at:]), (*ends, *line.ends[at:]))


def _unseen(text: str) -> Iterable[Edit]:
    return ((m.start(), m.end(), "") for m in _INVISIBLE.finditer(text))


def _latex(text: str) -> Iterable[Edit]:
    """Dollar signs round a formula, and the commands that figures are written with."""
    if "\\" not in text and "$" not in text and "{" not in text:
        return []
    edits: list[Edit] = []
    for match in _MATH.finditer(text):
        edits += [(match.start(), match.start() + 1, ""), (match.end() - 1, match.end(), "")]
    for match in _UPRIGHT.finditer(text):
        edits += [(match.start(), match.start("inner"), ""), (match.end("inner"), match.end(), "")]
    edits += [(m.start(), m.end(), _LATEX[m[0]]) for m in _COMMAND.finditer(text)]
    return _apart(edits)


def _raised(text: str) -> Iterable[Edit]:
    """Powers: of a unit (`km^2`) and of ten (`1.2×10⁴`, `10^{8}`; a lone `10²` is 10 with a mark)."""
    edits: list[Edit] = [
        (m.start(), m.end(), "²" if (m["n"] or m["tag"]) == "2" else "³") for m in _UNIT_POWER.finditer(text)
    ]
    for match in _POWER.finditer(text):
        power = match["n"] or match["tag"] or match["up"].translate(_RAISED)
        if match["times"] or match["n"] or not 0 <= int(power) < 3:
            edits.append((match.start("all"), match.end("all"), f"^{power}"))
    return _apart(edits)


def _marks(text: str) -> Iterable[Edit]:
    return (
        (m.start(), m.end(), "")
        for m in _MARK.finditer(text)
        if not (m[0][0] == "^" and re.search("(?<![0-9.,])10$", text[max(0, m.start() - 3) : m.start()]))
    )


def _dots(text: str) -> Iterable[Edit]:
    found = (m for m in _DOT.finditer(text) if measured(text, m.end()))
    return ((*m.span("dot" if m["dot"] else "far"), ".") for m in found)


def _gaps(text: str) -> Iterable[Edit]:
    """The white space inside numbers that are one."""
    for run in _RUN.finditer(text):
        if _GAP.search(run[0]) and (end := _one_number(text, run.start(), run.end())):
            for gap in _GAP.finditer(text, run.start(), end):
                yield gap.start(), gap.end(), ""


def _one_number(text: str, start: int, end: int) -> int:
    """Return where the number ends that the run of digits and gaps at [start:end] is, 0 where it is none or several."""
    before, run = text[max(0, start - 8) : start], text[start:end]
    digits = re.findall("[0-9]+", run)
    year = bool(re.match(rf"{_W}?年", text[end:])) and re.fullmatch(r"(?:19|20)\d\d", "".join(digits))
    if year and "." not in run and "," not in run:
        return end
    if before.endswith("第") or not (measured(text, end) or rx(_AFTER).match(text, end)):
        return 0
    if not _PLAIN.fullmatch(_GAP.sub("", run)):
        return 0
    first = not before.strip() or before.endswith("\n")
    if all(len(group) == 1 for group in digits) and not (first and len(digits) == 2):
        near = re.search(r"[一-鿿]$", before) or _SPREAD.search(before) or "." in run
        return end if len(digits) > 2 or near else 0
    if _GROUPS.fullmatch(run) or (_POINTED.fullmatch(run) and not first):
        return end
    return 0


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that reach into one before."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept
