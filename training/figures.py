"""Questions about figures, made from the fit facts of a text, with questions near them that have no answer.

A fact is asked about only where no other figure of the passage could be meant.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from fit_facts import Words, fit_facts
from near import PERIOD, YEAR, Near, Want, alike
from news import NewsText
from passages import passage_with
from questions import Question, pick

from ragpark.records import Fact

_YEAR_ALONE = re.compile(r"(?:20\d\d年)?")


MANY = 8  # facts of one text that are asked about at most


def times_of(fact: Fact, passage: str) -> list[str]:
    """Return the wordings of the fact's time that the passage bears out, [] where its time is not of a plain form."""
    if _YEAR_ALONE.fullmatch(fact.period) and fact.year_from.startswith(("上文", "全文")):
        return []  # a year carried over from another sentence
    period = fact.period.removeprefix("至").removeprefix("到").removeprefix("从")
    if fact.year is None or not period or not PERIOD.fullmatch(period) or str(fact.year) not in passage:
        return []
    rest = YEAR.sub("", period.removeprefix("截至")).removeprefix("年")
    full = f"{fact.year}年{rest}"
    if not rest:
        return [full, full, f"{fact.year}年度", f"在{full}"]
    return [full, full, rest, period] if rest not in ("底", "末") else [full, f"截至{full}"]


def questions_of(
    news: NewsText,
    pool: Mapping[str, Sequence[str]],
    words: Words,
    wordings: Mapping[str, list[str]],
    rnd: random.Random,
) -> Iterator[Question]:
    """Yield a question for each fit fact, and beside about half of them one that the passage does not answer."""
    fit = fit_facts(news, words)
    if len(fit) > MANY:
        fit = sorted(rnd.sample(fit, MANY), key=lambda asked: asked.fact.start)
    for asked in fit:
        fact = asked.fact
        passage = passage_with(news, asked.sentence, rnd)
        inside = [f for f in news.facts if passage.start <= f.start and f.end <= passage.end]
        rivals = [f for f in inside if f is not fact and alike(f, fact)]
        times = times_of(fact, passage.text)
        if any(f.period == fact.period or not f.period for f in rivals):
            continue  # told apart by something that the question would not say
        must = bool(rivals) or passage.text.count(fact.indicator) > 1
        if must and not (times or asked.place):
            continue
        time = rnd.choice(times) if times and (rivals or rnd.random() < 0.7) else ""
        place = asked.place if asked.place and (must or rnd.random() < 0.75) else ""
        if rivals and not time:
            continue
        start, end = passage.span(fact.start, fact.end)
        if asked.style == "rank":
            start += max(fact.text.find("第"), 0)
        want = Want(asked.style, fact.indicator, place, time)
        question = ask(want, printed_unit(fact), wordings, rnd)
        if rnd.random() < 0.75:
            yield Question(asked.style, news.document.doc, question, passage.text, start, end)
        if rnd.random() < 0.55 and (other := Near(asked, passage.text, inside, pool, rnd).want(want)):
            question = ask(other[1], printed_unit(fact), wordings, rnd)
            yield Question(f"{asked.style}/{other[0]}", news.document.doc, question, passage.text)


def ask(want: Want, unit: str, wordings: Mapping[str, list[str]], rnd: random.Random) -> str:
    """Return a question for what is wanted, subject and time in either order."""
    parts = [want.place, want.time]
    rnd.shuffle(parts)
    subject = "".join(parts)
    text = pick(rnd, wordings[want.style], P=subject, I=want.name, U=unit)
    text = text.removeprefix("的") if not subject else text
    asks = re.search(r"多少|几|什么|多大", text) is not None
    return text + ("？" if rnd.random() < (0.6 if asks else 0.1) else "")


def printed_unit(fact: Fact) -> str:
    """Return the unit as the figure has it: `人` of `近35万人`, `平方米` of `3万平方米`."""
    found = re.search(r"[十百千万亿]*余?多?(?P<unit>[^\d十百千万亿余多几\s.,%]+)$", fact.text)
    return found.group("unit") if found else ""
