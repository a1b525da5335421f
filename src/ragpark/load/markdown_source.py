"""What Markdown's own grammar would swallow or spoil in Chinese documents, put right before it is parsed; lines stay.

`[x]: text` is a link's address only if an address follows; else it is a note and stays text. Formulas between
dollars and `\\%` keep their characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_DEFINITION = re.compile(r"^( {0,3}(?:>\s?)*)\[([^\]\n]{1,200})\]:[ \t]*(.*)$")
_ADDRESS = re.compile(
    r"<[^<>]*>|(?:[a-z][a-z0-9+.-]{1,20}:|//|/|\#|\.{1,2}/|www\.)[^\s<>]*|[\w%./-]+\.[A-Za-z0-9]{2,5}(?:[?#]\S*)?", re.I
)
_TITLE = re.compile(r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*$""")
_FENCE = re.compile(r"^\s{0,3}(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")
_FORMULA = re.compile(r"\$\$[^$]+\$\$|\$(?![\s$])(?:[^$\n\\]|\\.)+(?<!\s)\$(?!\d)", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_RAISED = re.compile(r"(?<=\S)\^([^\s^\[\]]{1,12})\^")
_LOWERED = re.compile(r"(?<=[A-Za-z])(?<!~)~(\d{1,3})~(?!~)")
_HELD = "\ue003"  # a private character: stands for a formula while the text around it is changed
_SIGN = re.compile(r"\\%|\*(?=\d)")  # `7.09\%` is written so for LaTeX; Markdown needs no such escape


def kept_notes(lines: Sequence[str]) -> list[str]:
    """Return the lines with those escaped that look like a link's address and are none; the others as they are.

    `[^1]: 统计口径…` and `[数据来源]: 市统计局` stay text; `[1]: https://…` and `[图]: <a.png> "题"` are addresses.
    """
    out: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        match = None if fence else _DEFINITION.match(line)
        out.append(
            f"{match[1]}\\[{line[len(match[1]) + 1 :]}" if match and not _is_address(match[2], match[3]) else line
        )
    return out


def _is_address(label: str, text: str) -> bool:
    if label.startswith("^"):
        return False
    match = _ADDRESS.match(text)
    return match is not None and bool(_TITLE.fullmatch(text[match.end() :]))


def keep_characters(parser: MarkdownIt) -> None:
    """Make the parser keep formulas `$…$`, `\\%` and the `*` of `5*3*2米` as they stand."""
    parser.inline.ruler.before("escape", "kept", _kept)


def _kept(state: StateInline, silent: bool) -> bool:
    sign, at = state.src[state.pos], state.pos
    if sign not in "$\\*":
        return False
    if sign == "*" and (at == 0 or not state.src[at - 1].isdigit()):
        return False
    match = (_FORMULA if sign == "$" else _SIGN).match(state.src, at, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def marked(text: str, raised: str, lowered: str) -> str:
    """Write notes `[^1]` as `[1]`, and wrap `^2^` and `H~2~O` by the two templates with `{}`; formulas stay."""
    return outside_formulas(text, lambda part: _marked(part, raised, lowered))


def outside_formulas(text: str, change: Callable[[str], str]) -> str:
    """Return the text changed everywhere but in `$…$`."""
    formulas = _FORMULA.findall(text)
    if not formulas:
        return change(text)
    parts = change(_FORMULA.sub(_HELD, text)).split(_HELD)
    return "".join(f"{part}{formula}" for part, formula in zip(parts, [*formulas, ""], strict=True))


def _marked(text: str, raised: str, lowered: str) -> str:
    text = _NOTE.sub(r"[\1]", text)
    text = _RAISED.sub(lambda match: raised.format(match[1]), text)
    return _LOWERED.sub(lambda match: lowered.format(match[1]), text)
