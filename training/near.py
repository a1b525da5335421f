"""What lies near a fact and does not stand in its passage: another year, place, kind, indicator or whole year.

Says what to ask for; the wording is `figures.py`'s.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fit_facts import Asked

from ragpark.records import Fact

PERIOD = re.compile(
    r"(?:截至)?(?:20\d\d年)?(?:上半年|下半年|第?[一二三四]季度|前[一二三]季度|前\d{1,2}个?月|1[-—至到]\d{1,2}月(?:份)?"
    r"|\d{1,2}月(?:份|末|底)?|年?底|年?末)?"
)
YEAR = re.compile(r"20\d\d(?=年)")
COMPARES = ("上年", "去年", "同期", "同比")  # where they stand, the year before may be told
SAID = 0.75  # share of an indicator's pairs of characters in a passage from which on it may be spoken of
LIKE = 0.15  # overlap of two indicators from which on one is mistaken for the other
MAKERS = ("year", "place", "kind", "indicator", "indicator", "period")  # tried in random order


@dataclass(frozen=True, slots=True)
class Want:
    """What a question asks for: the kind of wording, the indicator, whose it is and when, either "" if left open."""

    style: str
    name: str
    place: str
    time: str


class Near:
    """Finds what a passage does not say about a fact in it; `inside` are all facts of the passage."""

    def __init__(
        self,
        asked: Asked,
        text: str,
        inside: Sequence[Fact],
        pool: Mapping[str, Sequence[str]],
        rnd: random.Random,
    ) -> None:
        self._asked, self._fact, self._text = asked, asked.fact, text
        self._inside, self._pool, self._rnd = inside, pool, rnd

    def want(self, asked_for: Want) -> tuple[str, Want] | None:
        """Return what differs and what to ask instead of the fact itself, None where nothing is sure to be absent."""
        makers = list(MAKERS)
        self._rnd.shuffle(makers)
        for maker in makers:
            found: Want | None = getattr(self, f"_other_{maker}")(asked_for)
            if found:
                return f"other {maker}", found
        return None

    def _other_year(self, want: Want) -> Want | None:
        year, text = self._fact.year, self._text
        if not year or str(year) not in text:
            return None
        others = [y for y in range(year - 6, year + 4) if str(y) not in text and y != year]
        if any(word in text for word in COMPARES):
            others = [y for y in others if y != year - 1]
        if not others:
            return None
        plain = PERIOD.fullmatch(self._fact.period) and "截至" not in self._fact.period
        rest = YEAR.sub("", self._fact.period).removeprefix("年") if plain else ""
        return replace(want, time=f"{self._rnd.choice(others)}年{rest}")

    def _other_place(self, want: Want) -> Want | None:
        place = self._asked.place
        if len(place) < 3 and not place.endswith(("市", "省", "县", "区")):
            return None
        others = [other for other in self._pool.get(f"place {place[-1]}", ()) if other[:2] not in self._text]
        return replace(want, place=self._rnd.choice(others)) if others else None

    def _other_kind(self, want: Want) -> Want | None:
        """Another kind of figure, of which the passage says nothing for this indicator: a target, a rate, a level."""
        style, name, text = self._asked.style, self._fact.indicator, self._text
        if text.count(name) > 1:
            return None
        kinds = {f.kind for f in self._inside if name in f.indicator or f.indicator in name}
        at = text.find(name)
        around = text[max(at - 30, 0) : at + len(name) + 40]
        options: list[str] = []
        if style in ("count", "amount"):
            options = [] if re.search(r"目标|计划|力争|预计|预期|拟|将|到20", around) else ["target"]
            if not kinds & {"growth", "increase"} and not re.search(r"增|降|升|涨|跌|减", around):
                options.append("growth_up")
            if "率" not in name and "%" not in around:
                options.append("share")
            return replace(want, style=self._rnd.choice(options)) if options else None
        if style == "target" and not kinds & {"level"} and not re.search(r"已|实际|目前", around):
            return replace(want, style="actual")
        if style.startswith(("growth", "increase")) and not kinds & {"level", "share", "target"}:
            between = text[at + len(name) : at + len(name) + 14]
            if re.match(r"[^\d，。；]{0,6}(?:增|降|升|涨|跌|减)", between):
                return replace(want, style="amount")
        return None

    def _other_indicator(self, want: Want) -> Want | None:
        """An indicator that shares words with the fact's, or any, that the passage does not speak of."""
        pool, own, scored = self._pool.get("indicator " + self._asked.style, ()), set(bigrams(self._fact.indicator)), []
        for name in pool:
            theirs = set(bigrams(name))
            if name in self._text or name in self._fact.indicator or not theirs:
                continue
            if sum(gram in self._text for gram in theirs) / len(theirs) > SAID:
                continue
            overlap = len(own & theirs) / len(own | theirs)
            if overlap >= LIKE:
                scored.append((overlap, name))
        scored.sort(reverse=True)
        if scored:
            return replace(want, name=self._rnd.choice(scored[:6])[1])
        drawn = self._rnd.sample(list(pool), min(len(pool), 20))
        strangers = [name for name in drawn if not any(gram in self._text for gram in bigrams(name))]
        return replace(want, name=strangers[0]) if strangers else None

    def _other_period(self, want: Want) -> Want | None:
        """The whole year where the passage tells a month, a quarter or a half."""
        fact = self._fact
        if not re.search(r"月|季度|半年", fact.period) or not fact.year or self._asked.style == "target":
            return None
        whole = any(alike(f, fact) and re.fullmatch(r"(?:20\d\d年)?", f.period) for f in self._inside)
        if "全年" in self._text or whole or (want.time and fact.period not in want.time):
            return None
        return replace(want, time=f"{self._rnd.choice((fact.year, fact.year - 1))}年全年")


def alike(one: Fact, other: Fact) -> bool:
    """Tell whether a question for one figure could be taken to mean the other, but for its time and place."""
    same_kind = one.kind == other.kind or {one.kind, other.kind} <= {"level", "target", "share"}
    return same_kind and (one.indicator in other.indicator or other.indicator in one.indicator)


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters."""
    return [text[i : i + 2] for i in range(len(text) - 1)]
