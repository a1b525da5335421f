"""The questions inside a question, each complete: `A成立后导入了多少个项目，注册资金多少？` asks two things of one subject.

Things named side by side are told apart in side_by_side.py.
"""

from __future__ import annotations

import re

from ragpark.read.organisations import named
from ragpark.retrieve.query import NOUNS
from ragpark.retrieve.wanted import ORDER
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import find_times
from ragpark.zh.units import unit_end
from ragpark.zh.wording import notion, rx

_SPLIT = "[，,；;、?？]|以及|并且|(?<=[一-鿿])和(?=[一-鿿]+(?:{asks}))"
# `固定资产投资完成额和增速`, `GDP及其增速分别是多少`: the level and the growth of one thing
_WITH_GROWTH = (
    "^(?P<thing>[^，,。；;]{2,}?)的?(?:总量|数值)?{joined_by}其?(?P<growth>(?:同比)?(?:{growth_noun}|增长))"
    "(?:情况|{ask_together}|[是为有])*(?:多少|几)?[?？。]?$"
)
_ASKS = "{asks}|{bare_measure}|呢[?？]?$"


def parts_of(question: str, tagger: Tagger | None = None) -> tuple[str, ...]:
    """Return the questions inside a question, each complete: `A成立后导入了多少个项目，注册资金多少？` → two.

    The second takes the subject of the first: its text up to the asking word, without the verb before that, and where
    the second says what it measures in words enough of its own, only the names and times. One question: a 1-tuple.
    """
    if both := rx(_WITH_GROWTH).search(question):
        return f"{both['thing']}是多少", f"{both['thing']}的{both['growth']}是多少"
    cuts = list(rx(_SPLIT).finditer(question))
    if not cuts:
        return (question,)
    pieces: list[str] = []
    begin = 0
    for match in cuts:
        left, right = question[begin : match.start()], question[match.end() :]
        # `某项资金，申报到几号`: a measure before a comma is what is asked about; `面积和投资各多少` is told apart elsewhere
        alone = match[0] not in "，,；;" and not notion("ask_together").search(re.split("[，,；;]", right)[0])
        measured = alone and rx(_ASKS).search(re.split("[，,；;]", left)[-1])
        framed = re.search("(?<!哪)[里中]$", left)  # `几个行业里，哪个增长最快`
        if (
            not framed
            and (measured or rx("{asks}").search(left))
            and rx(_ASKS).search(right)
            and not _goes_on(left, right, tagger)
        ):
            pieces.append(question[begin : match.start()])
            begin = match.end()
    pieces.append(question[begin:])
    pieces = [piece for piece in pieces if piece.strip("?？。 ")]
    if len(pieces) == 1:
        return (question,)
    first = pieces[0]
    asking = rx("{asks}").search(first)
    subject = rx("(?:{asking_lead}|[了的]|[（(][^（）()]*[）)])+$").sub(
        "", first[: asking.start()] if asking else first
    )
    return (first, *(_with_subject(_carried(subject, piece, tagger), piece) for piece in pieces[1:]))


def _carried(subject: str, piece: str, tagger: Tagger | None) -> str:
    """Return what a further part takes over: of `某省某田` nothing but 某省 for `沿江化工企业搬转了多少家`, all for `总额多少`."""
    if tagger is None or piece.startswith("其中"):
        return subject
    words = list(tagger.tag([subject])[0])
    asking = rx("{asks}").search(piece)
    if len(_things(piece[: asking.start()] if asking else piece, tagger)) >= OWN:
        ends = [word.end for word in words if word.tag in _NAMED]
        ends += [match.end() for match in named().finditer(subject)]
        if ends:
            return subject[: max(ends)]
    while len(words) > 1 and words[-1].tag in _NO_SUBJECT:
        words.pop()
    return subject[: words[-1].end] if words else subject


OWN = 2  # nouns before its asking word with which a part says for itself what it measures
_NAMED = ("LOC", "ORG", "PER", "TIME", "nz", "nt", "ns")
_NO_SUBJECT = ("v", "vd", "d", "p", "u", "c", "w")  # `某园区2005年赚`, `某中心成立后导入`


def _things(text: str, tagger: Tagger) -> list[str]:
    """Return the nouns of a text that are no units of measure."""
    words = [(text[word.start : word.end], word.tag) for word in tagger.tag([text])[0]]
    return [word for word, tag in words if tag in NOUNS - {"m", "xc"} and unit_end(word, 0) != len(word)]


def _goes_on(left: str, right: str, tagger: Tagger | None) -> bool:
    """Tell whether what follows asks on about the same thing: `……比重，2023年比2020年提高了多少`, `哪年更多，差多少`.

    It names no thing of its own, and what stands before it asks nothing yet, or for an order; `填埋处置的呢` is of another.
    """
    piece = re.split("[，,；;、?？]", right)[0]
    if tagger is None or piece.endswith("呢"):
        return False
    if _things(rx(_WHICH).sub("", piece), tagger):
        return False
    return not rx("{asks}").search(left) or bool(rx(f"{ORDER}|{{course}}").search(left))


_WHICH = "哪一?[个家座]?[一-鿿]{0,3}?(?={highest}|{lowest}|{degree})"


def _with_subject(subject: str, piece: str) -> str:
    """Return the piece with the subject before it; where the piece names a year, the subject's years are left out."""
    if subject in piece:
        return piece
    if find_times(piece, None):
        for mention in reversed(find_times(subject, None)):
            subject = subject[: mention.start] + subject[mention.end :]
    return f"{subject}，{piece}"
