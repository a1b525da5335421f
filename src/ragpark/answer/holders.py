"""Who holds an office: the person whom a sentence names as its holder, before the office or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ragpark.answer.cut_text import HALF
from ragpark.answer.cuts import Cut, segments
from ragpark.answer.terms import contexts, in_log, met_shares
from ragpark.read.context import Statement
from ragpark.read.names import leads_clause
from ragpark.retrieve.kinds import holder_asked
from ragpark.retrieve.query import NOUNS, Query, Term
from ragpark.zh.fold import squeeze
from ragpark.zh.surnames import SURNAMES
from ragpark.zh.tagger import Tagger, Word
from ragpark.zh.wording import rx

FAR = 40  # characters between the office and the name
BEFORE = 30  # characters before an office that say whose it is
WHOSE = 2  # characters of a name there, whole and as in the question, that leave no doubt
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_AFTER_NAME = r"(?=[介说表指强认透宣出发率围主带在为是担任给谈称讲报向对与和等参致作做到陪会调答回提解举一就从把将还则也同（(，,。、；;：:）)\s]|$)"
_OTHER_OFFICES = r"(?:[、，][一-鿿]{2,8}长|[、，][一-鿿]{0,6}(?:主任|书记))?"
_NEXT = rf"{_OTHER_OFFICES}(?:\s?[:：]|[为是](?=[一-鿿]{{3}}[，,。；;、（(\s]))?\s?(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?){_AFTER_NAME}"
# In a list of labels no surname need be known: `主任：盖某某 某委员会书记`, `秘书长：佟 某`
_LISTED = re.compile(r"\s?[:：]\s*(?P<name>[一-鿿](?:\s?[一-鿿]|[一-鿿]{2}))(?=\s|$)")
_TO_NAME = rf"{_OTHER_OFFICES}\s?(?:[:：]|[—–-]+|由|{{role_holder_verb}}[^，,。；;]*)?\s?"
_TO_OFFICE = "(?:{honorific}|同志)?[，,]?(?:{role_holder_verb})[^，,。；;]*"
_FORMER = "曾|原|前任"


def persons(query: Query, statement: Statement, tagger: Tagger) -> list[Cut]:
    """Return the holder of the office asked about: `商务局局长孙某某介绍`, `现任局长为孙某某`, `孙某某任商务局局长`; or []."""
    asked = holder_asked(query.question)
    if not asked:
        return []
    text, title, question = statement.plain, asked[0], query.question
    words = list(tagger.tag([text])[0])
    beside = squeeze(question[: asked.start()] + question[asked.end() :])
    beside = rx("{role_holder_verb}").sub(" ", beside)
    terms = [term for term in query.terms if term.word in beside and not term.place and not term.word.endswith(title)]
    best: Cut | None = None
    names = next((term.forms for term in query.terms if term.word == squeeze(title)), (title,))
    for match in re.finditer(rf"(?<!副)(?:{'|'.join(map(re.escape, names))})", text):
        lead = squeeze(_ASIDE.sub("", question[: asked.start()])).rstrip("的，,")
        share = _share(terms, statement, match.start(), words, lead)
        if share < HALF:
            continue  # the same office elsewhere: 科技局局长 does not answer for 商务局局长
        for start, end, gap in _holders(text, match.start(), match.end(), words):
            met = {"person": 1.0, "in_clause": in_log(share), "far": min(gap / FAR, 1.0)}
            if best is None or (met["in_clause"], -met["far"]) > (best.features["in_clause"], -best.features["far"]):
                best = Cut(statement.text[start:end], start, end, met)
    return [best] if best else []


def _share(terms: Sequence[Term], statement: Statement, at: int, words: Sequence[Word], lead: str) -> float:
    """Return the share of what the question says beside the office that is met where it stands: right before it where
    a noun says whose office it is, else, or where `lead`, the question before the office, ends alike, anywhere around."""
    if not terms:
        return 1.0
    own = squeeze(statement.text[max(0, at - BEFORE) : at])
    before = next((word for word in words if word.end == at), None)
    alike = next((n for n in range(min(len(own), len(lead)), 0, -1) if own.endswith(lead[-n:])), 0)
    same = alike >= WHOSE and leads_clause(own, len(own) - alike)
    if before is not None and before.tag in NOUNS and not same:
        return met_shares(terms, (own,))[0]
    asked = [term for term in terms if term.known] if same else terms
    return sum(met_shares(asked, (own, *contexts(statement)))) if asked else 1.0


def _holders(text: str, start: int, end: int, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """Yield the names bound to the office text[start:end], with how far they stand from it."""
    (low, high), _ = segments(text, start, end)
    people = [(word.start, word.end) for word in words if word.tag == "PER"]
    if listed := _LISTED.match(text, end):
        yield *listed.span("name"), 0
    elif next_to := re.compile(_NEXT).match(text, end):
        whole = next((span for span in people if span[0] == next_to.start("name")), next_to.span("name"))
        yield *max(next_to.span("name"), whole), 0
    after = next((span for span in people if end <= span[0] < max(high, end + 1)), None)
    if after and rx(_TO_NAME).fullmatch(text, end, after[0]):
        yield (*after, after[0] - end)
    before = next((span for span in reversed(people) if low <= span[1] <= start), None)
    if before and rx(_TO_OFFICE).fullmatch(text, before[1], start) and not re.search(_FORMER, text[before[1] : start]):
        yield (*before, start - before[1])
