"""What a figure measures, as the noun phrase that is printed beside it: read off the tagged words, not off lists.

A figure stands after its name (`高新技术企业达2800家`), before it (`200多所高校`, `20亿元的二期工程`), or takes the name of
the clause or the figure before it (`较上年增长37%`, `列全省第一`). Whose figure it is, and when, is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.read.tokens import MARKS, NOUNS, Token, Tokens
from ragpark.zh.quantity import Quantity
from ragpark.zh.wording import notion, rx, words_of

MAX_CHARS = 24
_RATES = ("%", "‰", "百分点", "倍", "位")
_LETTER = re.compile(r"[一-鿿A-Za-z]")
# `（一）|成人证`, `二、|新增企业`; not `二、三产业`
_NUMBERING = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]))"
)
_AND = re.compile(r"[\s,，]*(?:和|及|与|、|以及|，)?\s*")


def name_figures(text: str, tokens: Sequence[Token], quantities: Sequence[Quantity], kinds: Sequence[str]) -> list[str]:
    """Return what each figure of the sentence measures, in order, as printed without spaces; "" where nothing says."""
    reader = _Reader(text, tokens)
    names: list[str] = []
    own: list[bool] = []
    for i, (quantity, kind) in enumerate(zip(quantities, kinds, strict=True)):
        earlier = [(quantities[j].unit, names[j]) for j in range(i) if names[j]]
        grown = names[i - 1] if i and kinds[i - 1] == "growth" else ""
        name, stands_there = reader.name(quantity, kind, earlier, grown)
        names.append(name)
        own.append(stands_there)
    return [fitted(name) for name in _shared_out(text, quantities, names, own)]


class _Reader(Tokens):
    """The names of the figures of one sentence."""

    def name(self, quantity: Quantity, kind: str, earlier: Sequence[tuple[str, str]], grown: str) -> tuple[str, bool]:
        """Return the name of the figure, and whether it stands in its own clause; `earlier` are (unit, name), `grown` is
        what the figure just before says the growth of: `进口额增长44.9%，为|0.99亿元`."""
        at = self.index_at(quantity.start)
        if at is None:
            return "", False
        rate = quantity.unit in _RATES and not (quantity.unit == "位" and kind != "rank")
        if rate and (share := self._share(at, earlier)):
            return share, True
        name = self._beside(at, quantity, kind, rate)
        grows = rx("(?:{growth_noun}|{compared_with}|{average_adverb})+$") if kind == "growth" else re.compile("(?!)")
        name = tidy(grows.sub("", name), behind=name in self.text[quantity.end :])
        little = bool(name) and notion("says_little").fullmatch(name)
        if not name or (little and self.tag(at + 1) not in NOUNS):
            told = tidy(grows.sub("", self.subject_before(at)))
            told = "" if notion("says_little").fullmatch(told) else told
            counts = name and not rate and quantity.unit in words_of("counted_unit")
            if not told and not (counts and not _same(earlier, quantity.unit)):  # `产值80亿元，企业|30家`
                told = grown or _inherited(earlier, quantity.unit, rate)
            bare = rx("{growth_noun}").search(
                self.text, self.tokens[self.clause_start(at)].start, self.clause_end(at + 1)
            )
            return (told or name or (bare[0] if bare and rate else self._predicate(at))), False
        if rx("(?:国家|世界|国际|[国省市区县])+级(?:及?以上)?").fullmatch(name) and earlier:  # `其中国家级6个`
            return name + earlier[0][1], True
        if kind == "growth":
            name = _with_measure(name, next(filter(rx(_MEASURED).match, (n for _, n in reversed(earlier))), ""))
        return self._counted_per(at, name) or self._completed(at, name, earlier), True

    def _counted_per(self, at: int, name: str) -> str:
        """Return `每万人拥有公交车` where that stands before the figure: a measure of its own; else ""."""
        begin = re.sub(r"\s+", "", self.text[self.tokens[self.clause_start(at)].start : self.tokens[at].start])
        found = re.search("每[十百千万亿][^，,]{0,8}$", begin[: begin.rfind(name)]) if name in begin else None
        return tidy(found[0] + name) if found else ""

    def _beside(self, at: int, quantity: Quantity, kind: str, rate: bool) -> str:
        """Return the phrase before or behind the figure, whichever names what is measured."""
        left, governed = self.phrase_before(self.before_comparison(at))
        if rx(r"[一-鿿]中(?:已?有|的)?\s*$").search(self.text, 0, quantity.start) or (
            not left and rx("{part_of}[，,]?$").search(self.text, 0, quantity.start)
        ):  # `企业中已有198家成长为独角兽`, `其中8家获评…`
            return self._predicate(at) or left
        if kind == "growth" or (quantity.unit == "位" and rate):
            return left
        right, verbal = self.phrase_behind(at, rate=rate)
        if right and not rate and at and (self.tokens[at - 1].tag == "c" or self.text_of(at - 1) == "、"):
            left = ""  # `30项药品和|20项器械`: what stands before is the other's
        counted = quantity.unit in words_of("behind_unit") or not quantity.unit
        little = notion("says_little").fullmatch(left)
        if not right or (verbal and left and not governed and not little):
            return self._with_verb(at, left) if little else left
        if not (counted or not left or governed or little or rate or self.has_verb_before(at)):
            return left
        if governed and right not in left and (not counted or notion("says_little").fullmatch(right)):
            return self.text_of(self.verb_before(at)) + right
        return right

    def _with_verb(self, at: int, name: str) -> str:
        """Return a name that alone says too little with the verb before it: `涉及|产品`, `推进|任务`."""
        begin = self.text.rfind(name, 0, self.tokens[at].start)
        before = next((t for t in self.tokens if t.end == begin), None)
        return self.text[before.start : begin] + name if before and before.tag == "v" else name

    def _predicate(self, at: int) -> str:
        """Return what the things counted do or become: `40家实现境内外上市`."""
        if at + 1 >= len(self.tokens) or self.text_of(at + 1) in MARKS + "、）)":
            return ""
        return tidy(self.text[self.tokens[at + 1].start : self.clause_end(at + 1)])[:MAX_CHARS]

    def _share(self, at: int, earlier: Sequence[tuple[str, str]]) -> str:
        """Return `某产业产值占规上工业产值比重` where the clause says of what the figure is a share; else ""."""
        i = at - 1
        while i >= 0 and not self.parts(i) and not rx("占(?!地|用|领|据|比)").match(self.text_of(i)):
            i -= 1
        if i < 0 or self.parts(i) or not self.text_of(i).startswith("占"):
            return ""
        last = at - 1
        while last > i and self.joins(last):
            last -= 1
        of = re.sub(r"\s+", "", self.text[self.tokens[i].start : self.tokens[last].end])
        left, _ = self.phrase_before(i)
        whole = tidy(left) or tidy(self.subject_before(i)) or _inherited(earlier, "%", True)
        if whole:
            whole = self._completed(i, whole, earlier)
        if of == "占" or not whole:
            return f"{whole}占比" if whole else ""
        return whole + of if len(of) < MAX_CHARS - 1 else whole

    def _whose(self, at: int, name: str) -> str:
        """Return what the clause begins with and brings about the measure: `城镇|实现|零售额`; "" for a place or nothing."""
        begin = self.text.rfind(name, 0, self.tokens[at].start)
        verb = next((i for i, token in enumerate(self.tokens) if token.end == begin), 0)
        last = verb - 1
        if last < 0 or not notion("achieves").fullmatch(self.text_of(verb)):
            return ""
        if self.tag(last) not in ("n", "nz", "nw", "vn") or self.leads(last):
            return ""
        return tidy(self.text[self.tokens[self._extend(last)].start : self.tokens[last].end])

    def _completed(self, at: int, name: str, earlier: Sequence[tuple[str, str]]) -> str:
        """Return a bare measure with whose it is: `营业额` after `精密机械产业营业额`, or after `光电产业因…，`."""
        segment = self.segment_start(at)
        since = re.sub(r"\s+", "", self.text[self.tokens[segment].start : self.tokens[at].start])
        for _, other in reversed(earlier):
            if other != name and other.endswith(name) and other in since:
                return other
        if len(name) <= 4 and (whose := self._whose(at, name)) and len(whose + name) <= MAX_CHARS:
            return whose + name
        if name.startswith("相关"):  # `相关企业` after `人工智能产业产值`
            told = rx("^[一-鿿A-Za-z]{2,10}?(?:{class_noun})")
            return next((m[0] + name for _, other in reversed(earlier) if (m := told.match(other))), name)
        if len(name) <= 4:
            head = tidy(self.subject_before(at, over_figures=True))
            if head and head not in name and rx("{class_noun}$").search(head):
                return head + name
        return name


def _with_measure(name: str, other: str) -> str:
    """Return a mere group of producers with the measure of another: `制造业` beside `采矿业增加值` → 制造业增加值."""
    told = rx(_MEASURED).fullmatch(other)
    return name + told["of"] if told and rx("[一-鿿、]+{class_noun}").fullmatch(name) else name


_MEASURED = "[一-鿿、]+?{class_noun}(?P<of>{measure_noun}[一-鿿]{0,18})"


def tidy(name: str, *, behind: bool = False) -> str:
    """Return a phrase as a name: without spaces, stray marks and what only leads up to it; "" where nothing is left.

    Of a phrase behind its figure nothing leads up to it: `28个|全国重点实验室`.
    """
    name = _NUMBERING.sub("", re.sub(r"\s+", "", name)).strip("\"'·-—、：:和与及，,的")
    previous = None
    while previous != name:
        previous = name
        name = (name if behind else rx("^(?:{leads_name})+").sub("", name)).lstrip("、：:和与及，,的")
    such = re.sub(r"^.{2,24}?等(?![级候额分次])(?=[一-鿿]{2})", "", name)  # `某某所等|国家级研发机构`
    name = name if notion("says_little").fullmatch(such) else such
    name = rx("{in_view_of}$").sub("", name)
    for opening, closing in ("“”", "（）", "《》", "()"):
        if name.count(opening) != name.count(closing):
            name = name.replace(opening, "").replace(closing, "")
    return name if len(_LETTER.findall(name)) >= 2 else ""


def fitted(name: str) -> str:
    """Return the end of a long name, from behind `的` or `、` where one stands in reach."""
    if len(name) <= MAX_CHARS:
        return name
    name = name[-MAX_CHARS:]
    apart = max(name.find(mark, 0, 12) for mark in "的、")
    return name[apart + 1 :] if apart >= 0 and len(name) - apart > 4 else name


def _inherited(earlier: Sequence[tuple[str, str]], unit: str, rate: bool) -> str:
    """Return the name of the figure before, one of the same unit first."""
    if not earlier:
        return ""
    same = _same(earlier, unit)
    return same[-1] if same and not rate else earlier[-1][1]


def _same(earlier: Sequence[tuple[str, str]], unit: str) -> list[str]:
    return [name for other, name in earlier if other == unit]


def dealt_out(text: str, quantities: Sequence[Quantity]) -> list[tuple[int, int, int]]:
    """Return (offset of `分别`, first, one past the last figure) for each row of figures that it deals out."""
    found: list[tuple[int, int, int]] = []
    for i, quantity in enumerate(quantities):
        low = quantities[i - 1].end if i else 0
        each = text.rfind("分别", low, quantity.start)
        if each < 0 or re.search(r"[，。；]", text[each : quantity.start]):
            continue
        last = i + 1
        while last < len(quantities) and _AND.fullmatch(text[quantities[last - 1].end : quantities[last].start]):
            last += 1
        if last - i > 1:
            found.append((each, i, last))
    return found


def _shared_out(text: str, quantities: Sequence[Quantity], names: list[str], own: Sequence[bool]) -> list[str]:
    """Name the figures after `分别`: `出口、进口分别增长5%和6%`, or as many figures before them."""
    for _, i, last in dealt_out(text, quantities):
        count = last - i
        if listed := split_list(names[i], count):
            names[i:last] = listed
        elif own[i]:
            names[i:last] = [names[i]] * count
        elif count <= i:
            names[i:last] = names[i - count : i]
    return names


def split_list(name: str, count: int) -> list[str]:
    """Return the parts of a list of names, each whole; [] where there are not `count`.

    `第一、二、三产业增加值` → 第一产业增加值, 第二产业增加值, 第三产业增加值.
    """
    parts = [part for part in re.split(r"、|和|与|及|以及", name) if part]
    if len(parts) != count:
        return []
    head = len(parts[-2])
    tail = parts[-1][head:]
    if len(tail) >= 2 and all(len(part) <= head + 1 for part in parts[:-1]) and head <= 2:
        ordinal = "第" if parts[0].startswith("第") else ""
        whole = [*parts[:-1], parts[-1][:head]]
        return [f"{part if part.startswith(ordinal) else ordinal + part}{tail}" for part in whole]
    return [_with_measure(part, parts[-1]) for part in parts]
