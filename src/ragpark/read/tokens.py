"""A sentence as tokens, and the noun phrases around a place in it: which words belong together, and where they end.

Knows nothing of figures but that they are tokens of their own (`Q`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.zh.tagger import Word
from ragpark.zh.wording import notion, rx

NOUNS = frozenset(("n", "nz", "nw", "vn", "an", "ORG", "LOC", "PER", "s", "I"))
MARKS = "，,。；;！？!?…\n：:"
_STOPS = "。！？!?；;\n"
_MODIFIERS = frozenset(("a", "b", "ad", "m", "q", "xc", "f", "z"))
_JOINERS = frozenset(("d", "p", "u", "c", "vd", "r", "T", "TIME", "S"))
_PAIRS = {"）": "（", ")": "(", "”": "“", "》": "《", "】": "【", "]": "["}
_LATIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|[&.-](?=[A-Za-z0-9]))+")
_LONGEST = 32  # characters of a phrase before it is cut


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence: text[start:end]. `tag` is the tagger's, or Q figure, T time, S a subject's name,
    I an indicator of the vocabulary."""

    start: int
    end: int
    tag: str


Overlay = tuple[int, int, str]


def tokens_of(text: str, words: Sequence[Word], overlays: Sequence[Overlay]) -> list[Token]:
    """Return the tokens of the sentence in order: the overlays, earlier ones first, and what they leave of the words."""
    kept: list[Overlay] = []
    for start, end, tag in overlays:
        if start < end and not any(a < end and start < b for a, b, _ in kept):
            kept.append((start, end, tag))
    kept += _latin_names(text, words, kept)
    kept.sort()
    found = [Token(*overlay) for overlay in kept]
    at = 0
    for word in words:
        while at < len(kept) and kept[at][1] <= word.start:
            at += 1
        begin = word.start
        for start, end, _ in kept[at:]:
            if start >= word.end:
                break
            if begin < start:
                found.append(_left_over(text, begin, start, word))
            begin = max(begin, end)
        if begin < word.end:
            found.append(_left_over(text, begin, word.end, word))
    return sorted((t for t in found if text[t.start : t.end].strip()), key=lambda token: token.start)


def _latin_names(text: str, words: Sequence[Word], kept: Sequence[Overlay]) -> list[Overlay]:
    """Return the names in Latin letters that the tagger cut into several words, as nouns: `R&D`, `PM10`; not `GDP`."""
    inside = {word.start for word in words}
    found: list[Overlay] = []
    for match in _LATIN.finditer(text):
        end = min([a for a, _, _ in kept if match.start() < a < match.end()], default=match.end())
        taken = any(a < end and match.start() < b for a, b, _ in kept)
        if not taken and any(at in inside for at in range(match.start() + 1, end)):
            found.append((match.start(), end, "nz"))
    return found


def _unit(figure: str) -> str:
    """Return the first character of the figure's unit: 元 of `二十万元以下`; "" for none."""
    return re.sub(r"^\D*?[\d.,，一二三四五六七八九十百千万亿两余多几]+", "", figure)[:1]


def _left_over(text: str, start: int, end: int, word: Word) -> Token:
    """Return what overlays leave of a word: of `元和`, cut by `612.5亿元`, a conjunction; else as the word was tagged."""
    cut = (start, end) != (word.start, word.end)
    return Token(start, end, "c" if cut and text[start:end] in ("和", "与", "及", "或") else word.tag)


class Tokens:
    """The tokens of one sentence. Places are indexes of tokens."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, list(tokens)
        self._at = {token.start: i for i, token in enumerate(self.tokens)}

    def index_at(self, offset: int) -> int | None:
        """Return the token that begins at the offset, or None."""
        return self._at.get(offset)

    def text_of(self, i: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[i].end] if i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        """Return the token's tag, "" past the end."""
        return self.tokens[i].tag if i < len(self.tokens) else ""

    # ── what a token is ──

    def parts(self, i: int) -> bool:
        """Tell whether the token ends what stands before a figure: a mark, a bracket, another figure."""
        return self.tokens[i].tag == "Q" or self.text_of(i) in MARKS + "（(、"

    def joins(self, i: int) -> bool:
        """Tell whether the token only joins a name to its figure: adverbs, times, `达到`, `比上年增长`."""
        token, text = self.tokens[i], self.text_of(i)
        if text in MARKS:  # a colon right before the figure joins, other marks part
            return text in "：:" and self.tag(i + 1) == "Q"
        if token.tag in ("Q", "I"):
            return False
        if token.tag in _JOINERS or re.fullmatch(r"[\[\]〔〕\d\s]+", text):  # the mark of a note
            return True
        if token.tag == "v":
            return self.empty(i)
        return rx("(?:{joining}|{change}|{compared_with})+").fullmatch(self.text, token.start, token.end) is not None

    def empty(self, i: int) -> bool:
        """Tell whether the verb only says that there is, comes to be, or changes what it governs."""
        verbs = "{having}|{joining}|{change}|{new}|{target}|{reached}|{rank_verb}|{than}"
        return rx(f"(?:{verbs})+[了出过到至起在]?").fullmatch(self.text_of(i)) is not None

    def leads(self, i: int) -> bool:
        """Tell whether the token stands in front of a name and is no part of it: `其中`, `全年`."""
        return rx("(?:{leads_name}|{compared_with})").fullmatch(self.text_of(i)) is not None

    def noun_like(self, i: int) -> bool:
        token = self.tokens[i]
        nominal = token.tag in NOUNS or token.tag in ("a", "m", "xc", "f") or self.text_of(i) in _PAIRS
        return nominal and not self.leads(i)

    # ── phrases ──

    def phrase_before(self, at: int) -> tuple[str, bool]:
        """Return the phrase that ends before `at`, and whether its last word is a verb that governs what comes.

        `高新技术企业|总数已达` → 高新技术企业总数; `减免税费|` → 减免税费; `发放|` → 发放, True.
        """
        i = at - 1
        if i >= 0 and self.text_of(i) in "（(":
            i -= 1
        while i >= 0 and (self.joins(i) or self.text_of(i) in "）)"):
            i = (self._opener(i) or i) - 1 if self.text_of(i) in "）)" else i - 1  # `投资|（不含农户）|增长`
        if i < 0 or self.parts(i):
            return "", False
        head, governs = i, self.tokens[i].tag == "v"
        begin = self._extend(head)
        return self.text[self.tokens[begin].start : self.tokens[head].end], governs

    def has_verb_before(self, at: int) -> bool:
        """Tell whether a verb of having or giving stands right before the figure: `领取|1500元住房补贴`."""
        i = at - 1
        while i >= 0 and self.joins(i):
            if self.tokens[i].tag == "v" and notion("having").fullmatch(self.text_of(i)):
                return True
            i -= 1
        return False

    def verb_before(self, at: int) -> int:
        """Return the token of the verb that governs the figure at `at`: the last one before it that says something."""
        i = at - 1
        while i > 0 and self.joins(i):
            i -= 1
        return i

    def _extend(self, head: int) -> int:
        """Return the first token of the noun phrase whose last is `head`."""
        first = i = head
        if self._clipped(head):
            first = i = head - 1
        while i > 0:
            i -= 1
            token, text = self.tokens[i], self.text_of(i)
            if self.tokens[head].end - token.start > _LONGEST:
                break
            if text in _PAIRS:
                opened = self._opener(i)
                if opened is None:
                    break
                i = first = opened
                continue
            if text in "“《":
                first = i
                continue
            if token.tag in NOUNS or token.tag in _MODIFIERS or self._era(i):
                if self.leads(i) or (token.tag == "LOC" and i > 0 and self.tokens[i - 1].tag == "p"):
                    break
                first = i
                continue
            if (text in "、-—·" or token.tag == "c" or text in ("的", "等")) and self.noun_like(i - 1):
                continue
            if text == "、" and self.tokens[i - 1].tag[0] == self.tokens[first].tag[0] and not self.empty(i - 1):
                i = first = i - 1  # `出口、进口` are alike, whatever the tagger takes them for
                continue
            if token.tag == "v" and (not self.empty(i) or self._narrows(i)):
                first = i
                if self.tokens[i - 1].end == token.start and self.noun_like(i - 1):
                    continue
            break
        return first

    def _clipped(self, head: int) -> bool:
        """Tell whether the one character at `head` is a noun only with the verb of one before it: `FDI|到|资`."""
        if not head or len(self.text_of(head)) > 1 or self.tokens[head - 1].end != self.tokens[head].start:
            return False
        return self.tag(head - 1) == "v" and len(self.text_of(head - 1)) == 1 and self.text_of(head - 1) not in "有是为"

    def _narrows(self, i: int) -> bool:
        """Tell whether the verb stands inside a name: `人才|引进|工程`; not `园区|引进|人才`."""
        narrowed = self.tokens[i - 1].tag in ("n", "vn", "nz") and notion("deverbal_head").fullmatch(
            self.text_of(i + 1)
        )
        return narrowed and not rx("{change}|{joining}").fullmatch(self.text_of(i))

    def _era(self, i: int) -> bool:
        """Tell whether a time is a part of a name: `现代`农业; not `2023年`, `年末`."""
        return self.tokens[i].tag in ("t", "TIME") and not re.search(r"[\d年月日季初底末]", self.text_of(i))

    def _opener(self, i: int) -> int | None:
        wanted = _PAIRS[self.text_of(i)]
        for j in range(i - 1, max(i - 10, -1), -1):
            if self.tokens[j].tag == "Q" or self.text_of(j) in MARKS:
                return None
            if self.text_of(j) == wanted:
                return j
        return None

    def phrase_behind(self, at: int, *, rate: bool) -> tuple[str, bool]:
        """Return the noun phrase right behind the figure, and whether it begins with a verb; "" where there is none.

        `200多所|高校`, `20亿元的|二期工程`; `8家|获评高新技术企业`, True. A rate needs `的` before it.
        """
        while (gap := self._to_next(at)) is not None:
            at = gap  # `80万元、30万元和20万元|配套支持`, `五万元以上二十万元以下|的罚款`
        i = at + 1
        of = self.text_of(i) == "的"
        if rate and not of:
            return "", False
        i += of
        first = last = i
        noun = False
        verb = self.tag(i) in ("v", "vd", "d", "p")
        while i < len(self.tokens) and self.tokens[i].start - self.tokens[at].end <= _LONGEST:
            token, text = self.tokens[i], self.text_of(i)
            if token.tag in NOUNS and not (noun and token.tag == "LOC"):
                noun, last = True, i
            elif token.tag in ("a", "b", "ad", "xc", "m", "f", "z") or text in "“”《》":
                if token.tag == "f" and not noun:
                    break
                last = i if noun and text in "”》" else last
            elif noun and (text in "、的等" or token.tag == "c"):
                if i + 1 >= len(self.tokens) or not self.noun_like(i + 1):
                    break
            elif noun and token.tag == "v" and self._inside_name(i):
                pass
            elif (
                noun or token.tag not in ("v", "vd", "d") or rx("{change}|{compared_with}|{rank_verb}").fullmatch(text)
            ):
                break
            i += 1
        if not noun:
            return "", False
        end = self.tokens[last].end
        phrase = self.text[self.tokens[first].start : end]
        if rx("[十百千万亿元级]*(?:{joining})+").fullmatch(phrase):  # `3万亿元台阶`, `4个万亿元台阶`
            return "", False
        if (
            self.tag(last + 1) and self.text_of(last + 1) in "（(" and end - self.tokens[first].start < 3
        ):  # `县（市、区）`
            close = next((j for j in range(last + 2, last + 8) if self.tag(j) and self.text_of(j) in "）)"), 0)
            end = self.clause_end(close + 1) if close and self.tag(close + 1) else end
        if self.tag(last + 1) == "v" and notion("says_little").fullmatch(phrase):
            end = self.clause_end(last + 1)  # `744家企业进入公示`: not all of them are counted
        if verb:  # `40家|实现境内外上市`: all of what they do
            end = max(end, self.clause_end(last))
        return self.text[self.tokens[first].start : end], verb

    def _to_next(self, at: int) -> int | None:
        """Return the figure of the same unit that follows with nothing but `、` or `和` between, or None."""
        for j in (at + 1, at + 2):
            if self.tag(j) == "Q":
                joined = j == at + 1 or self.text_of(at + 1) == "、" or self.tokens[at + 1].tag == "c"
                return j if joined and _unit(self.text_of(at)) == _unit(self.text_of(j)) else None
        return None

    def _inside_name(self, i: int) -> bool:
        """Tell whether the verb stands inside a name that goes on: `公共卫生体系|补|短板|工程`."""
        for j in range(i + 1, min(i + 4, len(self.tokens))):
            if self.tokens[j].tag in NOUNS and rx("(?:{deverbal_head})$").search(self.text_of(j)):
                return not self.empty(i)
            if self.tokens[j].tag not in (*NOUNS, "v", "a"):
                return False
        return False

    def clause_end(self, i: int) -> int:
        """Return the offset where the clause ends that the token stands in, or where the next figure begins."""
        while i < len(self.tokens) and self.text_of(i) not in MARKS + "、（(）)" and self.tokens[i].tag != "Q":
            i += 1
        return self.tokens[i - 1].end

    def clause_start(self, at: int) -> int:
        """Return the first token of the clause that `at` stands in; a figure before it ends it, too."""
        while at > 0 and not self.parts(at - 1):
            at -= 1
        return at

    def before_comparison(self, at: int) -> int:
        """Return where `高于规上工业` begins before the figure, else `at`: what comes before it is measured."""
        i = at - 1 - (at > 0 and self.text_of(at - 1) in "（(")  # `高于全省（|4.6%）`
        while i >= 0 and not self.parts(i):
            i -= 1
        found = list(rx("{than}").finditer(self.text, self.tokens[i].end if i >= 0 else 0, self.tokens[at].start))
        if not found or found[-1].end() == self.tokens[at].start:
            return at
        begin = found[-1].start()
        return next(j for j in range(i + 1, at + 1) if self.tokens[j].end > begin)

    def segment_start(self, at: int) -> int:
        """Return the first token of the part of the sentence that `at` stands in: after `；` or a full stop."""
        while at > 0 and self.text_of(at - 1) not in _STOPS:
            at -= 1
        return at

    def subject_before(self, at: int, *, over_figures: bool = False) -> str:
        """Return what an earlier clause of this part of the sentence begins with and tells of.

        `某产业成长最高，|成长率为…` → 某产业. Clauses that begin with a verb or a preposition are passed over; one with a
        figure ends the search, unless `over_figures`.
        """
        low = self.segment_start(at)
        marks = [i for i in range(low, at) if self.text_of(i) in MARKS]
        figures = [i for i in range(low, at) if self.tokens[i].tag == "Q" and not over_figures]
        clauses = [
            c for c in zip([low, *(i + 1 for i in marks)], marks, strict=False) if not figures or c[0] > figures[-1]
        ]
        return next(filter(None, (self._opening_noun(begin, end) for begin, end in reversed(clauses))), "")

    def _opening_noun(self, begin: int, end: int) -> str:
        """Return the noun phrase that a clause begins with, after times and the like; "" where it begins otherwise."""
        first = begin
        in_view = rx("{in_view_of}$").search(self.text, self.tokens[begin].start, self.tokens[end - 1].end)
        if self.tag(begin) in ("v", "p") and self.empty(begin) and not in_view:  # `为历年最高`
            return ""
        before = ("T", "TIME", "c", "S", "d", "f", *(("p",) if in_view else ()))  # `但从GDP总量来看，`
        while first < end and (self.tag(first) in before or self.leads(first) or self.text_of(first) in "、（("):
            if self.text_of(first) in "（(":  # `福州|（不含平潭）|、莆田的投资`
                first = next((j for j in range(first, end) if self.text_of(j) in "）)"), first)
            first += 1
        if first >= end or self.tokens[first].tag not in (*NOUNS, "a"):
            return ""
        last = first
        while last + 1 < end and (self.tokens[last + 1].tag in NOUNS or self.tokens[last + 1].tag in ("a", "f", "m")):
            last += 1
        while last > first and self.tokens[last].tag not in NOUNS:  # `研发经费|最少，为7亿元`
            last -= 1
        return self.text[self.tokens[first].start : self.tokens[last].end] if self.tokens[last].tag in NOUNS else ""
