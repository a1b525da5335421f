"""The questions inside a question, each complete: `A成立后导入了多少个项目，注册资金多少？` asks two things of one subject."""

from __future__ import annotations

import re

from ragpark.read.organisations import named
from ragpark.retrieve.query import NOUNS
from ragpark.retrieve.wanted import ORDER
from ragpark.zh.tagger import Tagger
from ragpark.zh.times import find_times
from ragpark.zh.units import unit_end
from ragpark.zh.wording import rx

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
        if rx(_ASKS).search(left) and rx(_ASKS).search(right) and not _goes_on(left, right, tagger):
            pieces.append(question[begin : match.start()])
            begin = match.end()
    pieces.append(question[begin:])
    pieces = [piece for piece in pieces if piece.strip("?？。 ")]
    if len(pieces) == 1:
        return (question,)
    first = pieces[0]
    asking = rx("{asks}").search(first)
    subject = rx("(?:{asking_lead}|[了的])+$").sub("", first[: asking.start()] if asking else first)
    return (first, *(_with_subject(_carried(subject, piece, tagger), piece) for piece in pieces[1:]))


def sides(question: str, tagger: Tagger) -> tuple[tuple[str, str], ...]:
    """Return the two things whose figures a question compares, each with a question for its figure: `重工业占比比轻工业高几个百分点`
    → 重工业 with `重工业占比`, 轻工业 with `轻工业占比`; () for another question, and for times and places, which are told apart elsewhere.

    The other thing stands in the place of what ends as it does: 轻工业 for 重工业, `出口额` for `进口额`.
    """
    gap = rx("{gap}").search(question)
    than = gap and re.search(
        "(?P<left>.{2,})[比较](?P<right>[^，,。；;比较]{2,20}?)[要还更]?$", question[: gap.start()]
    )
    if not gap or not than or find_times(than["right"], None) or _place(than["right"], tagger):
        return ()
    left, right = than["left"], than["right"].strip("的")
    words = list(tagger.tag([left])[0])
    alike = [(_common_end(left[: word.end], right), word.end) for word in words]
    size, end = max(alike, default=(0, 0))
    if not size:
        return ()
    apart = [word.end for word in words if word.tag in _APART] + [m.end() for m in rx("{park_form}").finditer(left)]
    start = max((at for at in apart if at < end), default=0)
    thing = left[start:end]
    if thing == right:
        return ()
    return (thing, left), (right, f"{left[:start]}{right}{left[end:]}")


_APART = ("LOC", "ORG", "TIME", "u", "w", "ns", "nt")


def _place(text: str, tagger: Tagger) -> bool:
    """Tell whether the text is the name of a place."""
    words = tagger.tag([text])[0]
    return bool(words) and all(word.tag in ("LOC", "ORG", "ns") for word in words)


def _common_end(one: str, other: str) -> int:
    """Return how many characters both texts end with."""
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    return size


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

    It names no thing of its own, and what stands before it asks nothing yet, or for an order.
    """
    if tagger is None:
        return False
    if _things(rx(_WHICH).sub("", re.split("[，,；;、?？]", right)[0]), tagger):
        return False
    return not rx("{asks}").search(left) or bool(rx(f"{ORDER}|{{course}}").search(left))


_WHICH = "哪一?[个家座]?[一-鿿]{0,3}?(?={highest}|{lowest}|[高多大快强长低少小慢弱短])"


def _with_subject(subject: str, piece: str) -> str:
    """Return the piece with the subject before it; where the piece names a year, the subject's years are left out."""
    if subject in piece:
        return piece
    if find_times(piece, None):
        for mention in reversed(find_times(subject, None)):
            subject = subject[: mention.start] + subject[mention.end :]
    return f"{subject}，{piece}"
