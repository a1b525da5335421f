"""What stands at a document's head beside its title: masthead, issue, number, issuer, date, who delivered it and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ragpark.repair.credits import NAME
from ragpark.repair.dates import adopted_on, delivered_on, is_date_line
from ragpark.repair.fields import plain
from ragpark.repair.headings import looks_like_title, marker_level
from ragpark.repair.lines import Paragraph
from ragpark.zh.wording import rx

HEAD = "题头"
_REACH = 30  # paragraphs; a head is never longer
_BODY = re.compile(r".{30,}[。！？]|.{2,30}[:：]$")  # a sentence, or `各位代表：`
_NOTE_MARK = re.compile(r"\s*(?:[\[［〔]\d{1,2}[\]］〕]|[①-⑳*＊])+$")
_COLUMN = re.compile(r"^【[^【】]{1,8}】(?=[^【】]{4})")  # `【问答】补贴怎么领`
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")
_YEAR_AGAIN = re.compile(r"(?<=[一-鿿])\s*((?:19|20)\d{2})$")


def title_of(text: str) -> str:
    """Return a title line without what a page sets behind the title.

    `政府工作报告——2024年3月5日在某会议上` → `政府工作报告`; `某市2021年统计公报 2021` and `统计公报[1]` lose their tails.
    """
    text = _COLUMN.sub("", text.strip()).strip("【】■●◆▲*★☆ ")
    if match := rx(r"[\s—－-]*[（(]?(?:19|20)\d{2}年[^，。]{2,8}{delivered}").search(text, 2):
        text = text[: match.start()]
    text = _NOTE_MARK.sub("", text)
    if (match := _YEAR_AGAIN.search(text)) and match[1] in text[: match.start()]:
        text = text[: match.start()]
    return text.strip()


def join_titles(paragraphs: list[Paragraph]) -> None:
    """Join a title on two lines whose second is what it is a kind of: `某市2021年国民经济和社会发展` / `统计公报`."""
    for index, (first, second) in enumerate(pairwise(paragraphs[:_REACH])):
        if _BODY.match(first.text):
            return
        plain_lines = not (first.level or second.level or first.in_table or second.in_table)
        below = title_of(second.text)
        is_kind = len(below) <= 8 and rx("[一-鿿]{0,4}{document_kind}").fullmatch(below)
        if plain_lines and is_kind and not rx("{document_kind}$").search(title_of(first.text)):
            first.pieces = [*first.pieces, *second.pieces]
            del paragraphs[index + 1]
            return


def mark_opening(paragraphs: Sequence[Paragraph]) -> None:
    """Set `aside` on what stands at the head beside the title, down to the first sentence or marked heading."""
    head: list[Paragraph] = []
    for paragraph in paragraphs[:_REACH]:
        level = marker_level(paragraph.text)
        if _BODY.match(paragraph.text) or paragraph.in_table or (level is not None and level < 7):
            break
        head.append(paragraph)
    for before, paragraph, after in zip([None, *head], head, [*head[1:], None], strict=False):
        text = plain(paragraph.text.strip())
        masthead = looks_like_title(text) and _is_masthead(text, after)
        if masthead or _beside(text) or (is_issuer(text) and _adjoins(before, after)):
            paragraph.aside, paragraph.level = HEAD, 0


def _is_issue(text: str) -> bool:
    pattern = (
        r"[〔\[（(]?(?:(?:19|20)\d{2}[年〕\])）]?\s*)?(?:{issue_number}[\s（(]*)+[）)]?(?:\s*[:：]?\s*[一-鿿]{2,4})?"
    )
    return len(text) <= 24 and bool(rx(pattern).fullmatch(text))


def _is_masthead(text: str, after: Paragraph | None) -> bool:
    """Tell whether the line is the name of a paper or series, over its number or date: `决策参阅`, `某市人民政府令`."""
    if rx("{issuer_end}文件").search(text):
        return True
    below = plain(after.text.strip()) if after else ""
    if rx("{periodical_end}$").search(text) and is_date_line(below):
        return True
    return _is_issue(below) or bool(
        rx(r"[（(]?{document_number}[）)]?").fullmatch(below) and not rx("的{document_kind}$").search(text)
    )


def _beside(text: str) -> bool:
    if is_date_line(text) or adopted_on(text) or _is_issue(text) or _is_dated_issuer(text):
        return True
    if delivered_on(text):
        return not looks_like_title(title_of(text))
    return any(rx(rule).fullmatch(text) for rule in _RULES)


_RULES = (
    r"{secrecy}(?:[\s，,]*{secrecy})*",
    r"[（(]?{document_number}[）)]?",
    rf"[一-鿿]{{0,16}}{{delivering_office}}\s*{NAME}",  # `某省省长 李某某`
    r"[—－-]{2}.{2,40}",  # a second title
    rf"{NAME}(?:[\s，,、]+{NAME})*",
)


def _is_dated_issuer(text: str) -> bool:
    """Tell whether the line is the name of a body with the day of its paper: `某县统计局　3月12日`."""
    dated = re.search(r"\s*(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日$", text)
    return dated is not None and is_issuer(text[: dated.start()])


def is_issuer(text: str) -> bool:
    """Tell whether the line is the name of a body: `某县统计局`; not `某县新增两家省级实验室`."""
    return bool(rx(r"[一-鿿（）()、\s]{2,60}{issuer_end}").fullmatch(text)) and not rx("{headline_verb}").search(text)


def _adjoins(before: Paragraph | None, after: Paragraph | None) -> bool:
    """Tell whether a neighbour is of the head: an issuer stands beside a date, a number, or under a title."""
    above = _BRACKETED.sub("", title_of(before.text)) if before else ""
    titled = bool(rx("{document_kind}$").search(above))
    below = after is not None and (
        _beside(plain(after.text.strip())) or bool(rx("^关于|{document_kind}$").search(title_of(after.text)))
    )
    return titled or below or (before is not None and before.aside == HEAD)
