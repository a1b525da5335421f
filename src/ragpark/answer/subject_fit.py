"""Whose a sentence is: how well its place and its organisation fit those that a question names, each from 0 to 1."""

from __future__ import annotations

from ragpark.answer.library import Library
from ragpark.answer.terms import pairs_of, share_of_pairs
from ragpark.read.context import Statement
from ragpark.read.names import inside_name
from ragpark.read.organisations import subject_organisation
from ragpark.records import Hit
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.zh.fold import squeeze
from ragpark.zh.vocabulary import Vocabulary
from ragpark.zh.wording import rx


def place_fit(query: Query, statement: Statement, vocabulary: Vocabulary) -> float:
    """Return how well the statement is about the places asked for: 1 named, less inherited, 0 about others only.

    A place lying in the one asked for is not the one asked for: 昆山 does not answer for 苏州, nor 苏州 for 园区.
    """
    if not query.entities:
        return 1.0
    asked = set(query.entities)
    # `苏州` inside `苏州工业园区科技局` asks about the innermost place
    inner = {e for e in asked if not any(other != e and vocabulary.covers(e, other) for other in asked)}
    if query.joint and not inner <= {*statement.entities, *statement.around}:
        return 0.0  # `园区与昆山市签署的协议`: both, or it is another
    if inner & set(statement.entities):
        return 1.0
    if inner & set(statement.around[:1]):
        return 0.9
    if inner & set(statement.around):
        last = statement.around[0]
        if not any(vocabulary.covers(last, e) or vocabulary.covers(e, last) for e in inner):
            return 0.3  # its neighbour was spoken of since
        return 0.3 if statement.entities else 0.7
    if any(vocabulary.covers(e, other) for e in inner for other in statement.entities):
        return 0.3
    if any(_named_short(vocabulary, place, statement) or _in_name(query, place, statement) for place in inner):
        return 0.9
    return 0.1 if not statement.entities and not statement.around else 0.0


def _named_short(vocabulary: Vocabulary, place: str, statement: Statement) -> bool:
    """Tell whether the sentence names the place by its short name, as a text about what holds it may: `全市30家，其中青禾12家`."""
    entity = vocabulary.entity(place)
    if entity is None or not entity.within or vocabulary.names_of(entity)[-1] not in statement.own:
        return False
    return any(other != place and vocabulary.covers(other, place) for other in (*statement.entities, *statement.around))


def _in_name(query: Query, place: str, statement: Statement) -> bool:
    """Tell whether the place begins a name in the sentence that goes on as in the question: `青禾明远是家什么企业` of
    青禾明远阀门有限公司."""
    asked = squeeze(query.question)
    forms = {term.word for term in query.terms if term.place and asked.count(term.word) == 1} | {place}
    for form in forms:
        end = asked.find(form) + len(form)
        at = statement.own.find(asked[end - len(form) : end + 2])
        if form in asked and at >= 0 and inside_name(statement.own, at + len(form)):
            return True
    return False


def place_open(library: Library, query: Query, statement: Statement, hit: Hit) -> float:
    """Return how well the document fits a place asked for where its subject is not known and the sentence, which is of
    no other place, leaves it open: `全市产值50亿元`, of a document that names the city in its title, or at all."""
    own = [term[-1] for term in rx("{own_area}").findall(statement.own)]
    best = 0.0
    for place in query.entities:
        if statement.entities or not (place[-1] in own or not statement.around):
            continue
        names = library.names_of(place)
        titled = any(name in f"{statement.head} {squeeze(hit.chunk.doc)}" for name in names)
        best = max(best, BY_TITLE if titled else BY_TEXT if library.names_any(hit.chunk.doc, names) else 0.0)
    return best


BY_TITLE, BY_TEXT = 0.7, 0.3


def organisation_fit(query: Query, statement: Statement) -> float:
    """Return 0 where the statement is about one organisation that the question does not name, else 1.

    `某研究院累计孵化企业81家，其中高新技术企业8家` does not answer for the park; `园区有高新技术企业8家` does.
    """
    if query.kind != FIGURE:
        return 1.0
    name = squeeze(subject_organisation(statement))
    if not name:
        return 1.0
    if query.organisation:
        return float(same_organisation(query.organisation, name) or query.organisation in statement.own)
    if not query.entities:
        return 1.0
    asked = squeeze(query.question)
    return float(share_of_pairs(dict.fromkeys(pairs_of(name), 1.0), asked) >= _SHORT_FORM)


_SHORT_FORM = 0.34  # of a name's character pairs, in the question


def same_organisation(asked: str, name: str) -> bool:
    """Tell whether the asked name, or a short form of it, is that of the organisation.

    `新国大苏州研究院` is short for `新加坡国立大学苏州研究院`; `苏州实验室` isn't for `材料科学姑苏实验室`. What stands
    before the name in the question (`年底某某科技园`) may be left off.
    """
    return any(_within(asked[at:], name) or _within(name, asked[at:]) for at in range(max(len(asked) - 3, 1)))


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of `short` stand in `long` in this order."""
    rest = iter(long)
    return all(char in rest for char in short)
