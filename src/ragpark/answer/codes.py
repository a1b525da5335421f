"""Numbers that count nothing, asked for as such: a telephone, a post code, a document's number, from its own label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ragpark.answer.cuts import Cut, segments
from ragpark.answer.terms import in_log, met_shares
from ragpark.read.context import Statement
from ragpark.retrieve.query import Query, Term
from ragpark.zh.fold import squeeze
from ragpark.zh.wording import notion, rx

BARE = "号码"  # of anything
# After its label: `：400-820-1122`, `为苏E·88K21`, `6222 0011 2233 4455`, `www.example.org`; not `已开通`.
_LABELLED = (
    r"(?P<label>{code_noun})(?:号码?|地址)?[）)]?\s?[:：是为]?\s*"
    r"(?P<code>(?:[一-鿿]{1,6}(?=[〔\[（(A-Za-z]))?[A-Za-z0-9〔][A-Za-z0-9·.\-_/:@〔〕\[\]+]*(?:[ -][0-9]{3,4})*[0-9A-Za-z]?号?)"
)
# Without a label, by its form: `云委发〔2023〕14号`, `星河路1188号`, `0512-66681234`
_FORMS = {
    "文号": re.compile(r"[一-鿿]{1,8}[〔\[（(](?:19|20)[0-9]{2}[〕\]）)](?:第)?[0-9]{1,4}号"),
    "电话": re.compile(
        r"(?<![\d-])(?:0\d{2,3}[-—]?\d{7,8}(?:[-—转]\d{1,5})?|1[3-9]\d{9}|400[- ]?\d{3}[- ]?\d{4})(?![\d-])"
    ),
    "门牌号": re.compile(r"(?<=[路街道巷弄])[0-9]{1,5}(?:[-—][0-9]{1,4})?号"),
}


def codes(query: Query, statement: Statement) -> list[Cut]:
    """Return what stands in the statement under the label that the question names, or in the form it has."""
    asked = label_asked(query.question)
    text = statement.text
    found: list[tuple[int, int]] = []
    for match in rx(_LABELLED).finditer(statement.plain):
        if _class(match["label"]) == _class(asked):
            found.append(match.span("code"))
    if not found and (form := _FORMS.get(_class(asked))):
        found = [match.span() for match in form.finditer(statement.plain)]
    terms = [term for term in query.terms if not term.place and term.known and term.word != squeeze(asked)]
    return [
        Cut(text[start:end], start, end, {"code": 1.0, "in_clause": in_log(_share(terms, statement, start, end))})
        for start, end in found
    ]


def _share(terms: Sequence[Term], statement: Statement, start: int, end: int) -> float:
    """Return the share of the terms met around the code, or in what the sentence stands under."""
    near = squeeze(statement.text[slice(*segments(statement.text, start, end)[1])])
    return sum(met_shares(terms, (near, statement.head))) if terms else 1.0


def label_asked(question: str) -> str:
    """Return the label that a question for a number in a register names last: `招商热线是多少` → 热线; "" for none.

    `打电话，号码是多少` says of what the number is before.
    """
    found = [match[0] for match in rx("{code_noun}").finditer(question)]
    said = [label for label in found if label != BARE] or found
    return said[-1] if said else ""


def _class(label: str) -> str:
    """Return what the label is another word for: 热线 is a 电话, 官网 a 网址."""
    return notion("code_noun").means.get(label, label)
