"""Sentences and clauses of Chinese text, as spans. Never splits a number, a quotation or a bracketed aside."""

from __future__ import annotations

import re

from ragpark.zh.wording import rx

Span = tuple[int, int]

_STOPS = "。！？!?…"
_OPEN, _CLOSE = "“‘「『（(《【[", "”’」』）)》】]"
_QUOTES = '“‘「『"'
_LONGEST = 300  # characters: brackets and quotations over this do not hold a sentence together
# `“……成果涌流。”吴庆文说，` goes on after the quotation: it stays one sentence with its speaker.
_SPEAKER = r"[^，。！？；、\n“”]{1,24}?(?:{says_at_end}(?=[，。：:,！]|\s*$)|{says})"
# `“加油！”的口号`, `《……！》出版`: the quotation is a part of the sentence.
_GOES_ON = re.compile(r"[，、；：。,;:的地得等这那和与及或是为之]|一[词句语声]")
# `……等领域`, `……”`: the dots stand for what is left out
_AFTER_DOTS = "”’」』）)》】…，。、；：！？等的和与及"
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Za-z]|No|Nos|Co|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|Prof|St|vs|etc|al|Vol|Fig|Jr|Sr|e\.g|i\.e)$", re.I
)
_LIST_NUMBER = re.compile(r"(?:^|[：:；;，,)）\s])(?:\d{1,2}|[A-Za-z])$|^[\s（(]*[一二三四五六七八九十]{1,3}$")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the spans of the sentences in text[start:end], without white space around them.

    A sentence ends at 。！？ and a line break, at `……` before a new clause, and at a half-width full stop between
    Chinese characters (`等功能.材料科学`); not at the point of `4.5%`, `No.7`, `1.` or of a web address. Closing marks
    belong to the sentence (`……涌流。”`); inside 《》 and （） none ends, inside quotation marks only where the
    quotation ends with it and nobody is named as its speaker.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    position = start
    while position < stop:
        line_end = text.find("\n", position, stop)
        line_end = stop if line_end < 0 else line_end
        spans.extend(_of_line(text, position, line_end))
        position = line_end + 1
    return spans


def _of_line(text: str, start: int, end: int) -> list[Span]:
    pairs = mark_pairs(text, start, end)
    spans: list[Span] = []
    begin = position = start
    around: list[int] = []  # where the open pairs close
    while position < end:
        around = [close for close in around if close > position]
        close = pairs.get(position)
        if close is not None and close > position:
            if close - position <= _LONGEST:
                around.append(close)
        elif _ends_here(text, begin, position, start, end):
            after = position + 1
            while after < end and text[after] in _STOPS:
                after += 1
            cut = _after_closers(text, begin, after, end, around, pairs)
            if cut is not None:
                if span := trimmed(text, begin, cut):
                    spans.append(span)
                begin = cut
                around = []
                position = cut
                continue
            position = after
            continue
        position += 1
    if span := trimmed(text, begin, end):
        spans.append(span)
    return spans


def mark_pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Return {opener: closer} and {closer: opener} of the brackets and quotation marks that match within the line."""
    found: dict[int, int] = {}
    stack: list[int] = []
    straight = text.count('"', start, end) % 2 == 0
    for position in range(start, end):
        character = text[position]
        if character in _OPEN:
            stack.append(position)
        elif character in _CLOSE:
            wanted = _OPEN[_CLOSE.index(character)]
            at = next((i for i in range(len(stack) - 1, max(len(stack) - 9, -1), -1) if text[stack[i]] == wanted), None)
            if at is not None:
                found[stack[at]], found[position] = position, stack[at]
                del stack[at:]
        elif character == '"' and straight:
            if stack and text[stack[-1]] == '"':
                opener = stack.pop()
                found[opener], found[position] = position, opener
            else:
                stack.append(position)
    return found


def _after_closers(text: str, begin: int, after: int, end: int, around: list[int], pairs: dict[int, int]) -> int | None:
    """Return where the sentence ends whose last full stop ends at `after`, or None where it goes on."""
    closed = after
    outermost: int | None = None
    while closed < end and text[closed] in _CLOSE + '"' and pairs.get(closed, -1) < after:  # -1: closes nothing
        outermost = pairs.get(closed, outermost)
        closed += 1
    if any(close >= closed for close in around):
        return None
    if outermost is None:
        return closed
    if text[outermost] not in _QUOTES:  # 《……！》 and （……。） end a sentence only if they are all of it
        return closed if not text[begin:outermost].strip() and text[outermost] in "（(【[" else None
    following = text[closed:end]
    if rx(_SPEAKER).match(following[:40]) or (text[after - 1] != "。" and _GOES_ON.match(following)):
        return None
    return None if following[:1] in "，、；：,;:。" and following else closed


def _ends_here(text: str, begin: int, position: int, start: int, end: int) -> bool:
    character = text[position]
    before = text[position - 1] if position > start else ""
    after = text[position + 1] if position + 1 < end else ""
    if character in "。！？":
        return True
    if character in "!?":  # not in `…/list?id=1`
        return not (after.isascii() and after.isalnum())
    if character == "…":
        return before == "…" and after not in _AFTER_DOTS
    if character != "." or _LIST_NUMBER.search(text[max(begin, position - 6) : position].lstrip()):
        return False
    if _han(before) or before in "”）)》】%％":
        return bool(re.match(r"\s*[一-鿿“《（【]|\s+[A-Z]", text[position + 1 : min(position + 3, end)]))
    if not before.isascii() or not (before.isalnum() or before in ")%\"'"):
        return False
    return bool(re.match(r"\s+[A-Z一-鿿]", text[position + 1 : min(position + 4, end)])) and not _ABBREVIATION.search(
        text[max(begin, position - 8) : position]
    )


def _han(character: str) -> bool:
    return "一" <= character <= "鿿"


def clauses(text: str, start: int, end: int, marks: str = "，,；;：:。！？!?…") -> list[Span]:
    """Return the spans of the clauses in text[start:end], split at `marks` outside brackets and quotation marks.

    A comma or colon between digits (`1,840家`, `1:2`) is no boundary; a bracket that is never closed holds nothing
    together.
    """
    spans: list[Span] = []
    pairs = mark_pairs(text, start, end)
    begin = start
    inside = start  # up to here the text stands in brackets or quotation marks
    for position in range(start, end):
        character = text[position]
        if pairs.get(position, -1) > position:
            inside = max(inside, pairs[position])
        elif character in marks and (position >= inside or character in "。；;"):
            if (
                character in ",:："
                and text[position - 1 : position].isdigit()
                and text[position + 1 : position + 2].isdigit()
            ):
                continue
            if span := trimmed(text, begin, position):
                spans.append(span)
            begin = position + 1
    if span := trimmed(text, begin, end):
        spans.append(span)
    return spans


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space around it; None where nothing else is in it."""
    inside = text[start:end].strip()
    begin = text.index(inside, start)
    return (begin, begin + len(inside)) if inside else None
