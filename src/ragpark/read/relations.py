"""What a sentence says beside its figures: who does what to whom, what is more than what, what it denies or calls the most.

Read off the tagger's words, one clause after the other. Compares nothing with another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ragpark.read.tokens import MARKS, NOUNS
from ragpark.zh.tagger import Word
from ragpark.zh.wording import notion, rx

_SEGMENT = re.compile(r"[^；;。！？!?\n]+")
_CLAUSE = re.compile(r"[^，,；;。：:！？!?\n]+")
_BETWEEN = ("u", "m", "q", "r")  # what may stand between a verb and the noun it governs
_ACTING = ("v", "vn", "vd")


@dataclass(frozen=True, slots=True)
class Relation:
    """One of `before` acts on one of `after`, or is more than it; with `sign` -1 it is the other way round.

    `word` is the verb, "" for a comparison; `about` the rest of its part of the sentence, which tells of what it is.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    sign: int
    word: str
    about: str


def relations(text: str, words: Sequence[Word]) -> list[Relation]:
    """Return the relations of a tagged sentence: `甲向乙出资`, `乙被甲收购`, `甲区增速高于乙区`, `乙区比甲区低`."""
    found: list[Relation] = []
    for segment in _SEGMENT.finditer(text):
        reader = _Segment(text, [w for w in words if segment.start() <= w.start < segment.end()])
        found += [relation for i in range(len(reader.words)) if (relation := reader.at(i))]
    return found


class _Segment:
    """A part of a sentence up to `；`, as words."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text, self.words = text, list(words)

    def say(self, i: int) -> str:
        return self.text[self.words[i].start : self.words[i].end] if i < len(self.words) else ""

    def at(self, i: int) -> Relation | None:
        """Return the relation that the word tells, or None."""
        word, clause = self.say(i), self._clause(i)
        sign = 1 if rx("{above_said}$").search(word) else -1 if rx("{below_said}$").search(word) else 0
        if sign:
            return self._relation(i, i + 1, sign, "")
        if word in ("比", "较") and (phrase := self._phrase(i + 1)):
            rest = self.text[self.words[phrase[1] - 1].end : clause]
            more, less = (rx(f"[^，,]{{0,6}}?{{{n}}}").match(rest) for n in ("more_after_than", "less_after_than"))
            if more or less:
                return self._relation(i, i + 1, 1 if more and (not less or more.end() <= less.end()) else -1, "")
            return None
        if self._leads_to_verb(i):
            phrase = self._phrase(i + 1) or (i, i + 1)
            return self._relation(
                i, i + 1, 1 if notion("toward").fullmatch(word) else -1, self._verb(phrase[1], clause)
            )
        if self.words[i].tag == "v" and not self._led(i) and not rx("{having}|{joining}").fullmatch(word):
            receives = notion("receiving").fullmatch(word)
            return self._relation(i, i + 1, -1 if receives else 1, (receives and self._verb(i + 1, clause)) or word)
        return None

    def _relation(self, i: int, after: int, sign: int, word: str) -> Relation | None:
        begin = self._phrase(after)
        before = self._before(i)
        if begin is None or not before:
            return None
        low, high = self.words[begin[0]].start, self.words[begin[1] - 1].end
        whole = self.text[self.words[0].start : self.words[-1].end]
        return Relation(tuple(before), (self.text[low:high],), sign, word, whole)

    def _clause(self, i: int) -> int:
        """Return where the clause of the word ends."""
        match = _CLAUSE.match(self.text, self.words[i].start)
        return match.end() if match else self.words[i].end

    def _verb(self, i: int, end: int) -> str:
        """Return the first word from `i` on that can be a verb and stands before `end`."""
        return next(
            (
                self.say(j)
                for j in range(i, len(self.words))
                if self.words[j].tag in _ACTING and self.words[j].end <= end
            ),
            "",
        )

    def _leads_to_verb(self, i: int) -> bool:
        """Tell whether the word is a preposition with its noun before a verb: `向乙|出资`, `为乙|提供担保`; not `甲为乙`."""
        phrase = self._phrase(i + 1) if rx("{toward}|{away_from}").fullmatch(self.say(i)) else None
        if phrase is None or (i and self.words[i - 1].tag == "v"):
            return False
        follows = phrase[1] < len(self.words) and self.words[phrase[1]].tag == "v"
        return follows or (self.words[i].tag == "p" and self._verb(phrase[1], self._clause(i)) != "")

    def _led(self, i: int) -> bool:
        """Tell whether a preposition before the verb in its clause has named the other one already."""
        begin = next((j + 1 for j in range(i - 1, -1, -1) if self.say(j) in MARKS), 0)
        return any(self._leads_to_verb(j) for j in range(begin, i))

    def _phrase(self, i: int) -> tuple[int, int] | None:
        """Return the noun phrase that begins at the word `i`, after particles and figures, as (first, one past the last)."""
        while i < len(self.words) and (self.words[i].tag in _BETWEEN or notion("toward").fullmatch(self.say(i))):
            i += 1
        end = i + (i < len(self.words) and self.words[i].tag == "TIME")
        while end < len(self.words) and self.words[end].tag in (*NOUNS, "a") and self.say(end) not in MARKS:
            if rx("{more_after_than}|{less_after_than}").fullmatch(self.say(end)):
                break
            end += 1
        return (i, end) if end > i else None

    def _before(self, i: int) -> list[str]:
        """Return the noun phrases before the word: those of its clause, else of the nearest clause that has any, and what
        the part of the sentence begins with where its own clause only names a measure."""
        found: list[str] = []
        j = i - 1
        while j >= 0:
            if self.say(j) in MARKS:
                if found and not rx("(?:{growth_noun}|{number_noun}|{says_little}|{rate_noun})").search(found[-1]):
                    break
            elif self.words[j].tag in NOUNS:
                end = j
                while j > 0 and self.words[j - 1].tag in NOUNS:
                    j -= 1
                if not (j > 0 and notion("handled").fullmatch(self.say(j - 1))):
                    found.append(self.text[self.words[j].start : self.words[end].end])
            j -= 1
        return found


def clauses_denied(text: str) -> list[tuple[str, str, str]]:
    """Return (what it affirms, what it denies, itself) for each clause: from a word of negation on all is denied.

    `5家|未|达标`; not `不断`, `不足5家`, `不及乙区`. Before `的` only what is short is: `未|达标|的企业`.
    """
    found: list[tuple[str, str, str]] = []
    figure = r"\s?[0-9０-９一二三四五六七八九十百千万两几]"
    pattern = rx(
        f"(?!{{below_said}}|(?:{{at_most_before}}|{{at_least_before}}){figure}){{negation}}(?:有|能|可以|会|曾)?"
    )
    for clause in _CLAUSE.finditer(text):
        yes, no = clause[0], ""
        if match := pattern.search(clause[0]):
            rest = re.compile("[^的]{0,4}(?=的)|.*").match(clause[0], match.end())
            end = rest.end() if rest else len(clause[0])
            yes, no = f"{clause[0][: match.start()]} {clause[0][end:]}", clause[0][match.end() : end]
        found.append((yes, no, clause[0]))
    return found


def extremes(text: str) -> list[tuple[int, int, int]]:
    """Return (start, end, 1 or -1) of the words that call something the first or most, or the last or least, of all."""
    ways = (("first_of_all", 1), ("last_of_all", -1))
    found = [(*match.span(), way) for name, way in ways for match in rx(f"{{{name}}}").finditer(text)]
    found.sort(key=lambda item: (item[0], -item[1]))
    return [item for i, item in enumerate(found) if not any(a <= item[0] < b for a, b, _ in found[:i])]


def nouns(text: str, words: Sequence[Word]) -> list[str]:
    """Return the nouns and names of a tagged text that have two characters or more."""
    return [text[w.start : w.end] for w in words if w.tag in NOUNS - {"vn", "an"} and w.end - w.start > 1]
