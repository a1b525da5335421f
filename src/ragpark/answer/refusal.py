"""Why there is no answer, and what is nearest, in one sentence in the user's own terms."""

from __future__ import annotations

from collections.abc import Sequence

from ragpark.answer.library import Library
from ragpark.answer.support import Support
from ragpark.retrieve.filters import years_text
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.query import Query
from ragpark.retrieve.scope import nothing_there
from ragpark.zh.fold import squeeze
from ragpark.zh.words import grams


def reason(library: Library, query: Query, supports: Sequence[Support], held: Sequence[str], side: bool = False) -> str:
    """Return why there is no answer, in one Chinese sentence, with the nearest that the documents do hold.

    `held` are the figures of other years (`2020年4.5%`), where the question asked for a year; or, where a `side` of two
    that are compared is missing, of the other; of both where they cannot be compared.
    """
    scope, where = query.scope, "所选范围内" if query.scope else "库中"
    asked = "、".join(f"{year}年" for year in query.years)
    if scope.years and query.years and not any(map(scope.has_year, query.years)):
        return f"问题问的是{asked}，所选范围是{years_text(scope.years)}；请改动问题或范围"
    if scope and not supports and not held:
        return nothing_there(library.index, scope)
    if side and len(held) > 1:
        return f"两边的数据时间或单位不同，不能直接相比：{'、'.join(held)}"
    if held:
        return f"{where}没有{'、'.join(query.entities) if side else asked}的数据；最接近的是{'、'.join(held)}"
    if unknown := [word for word in _unknown(query) if not _stands_somewhere(library, word, supports)]:
        return f"库中文档没有提到“{'”“'.join(unknown[:3])}”"
    if supports and query.kind == FIGURE and supports[0].lacks("no_kind") == 1.0:
        return "找到了相关的内容，但其中没有给出所问的数字"
    if query.years and supports and supports[0].lacks("no_year") == 1.0:
        return f"找到了相关的内容，但没有{'、'.join(f'{year}年' for year in query.years)}的"
    if not supports:
        return f"{where}没有相关内容"
    title = library.index.documents[supports[0].doc].title
    return f"{where}没有能直接回答这个问题的句子；最接近的内容在《{title}》"


def _unknown(query: Query) -> list[str]:
    """Return the names in the question that no document holds; or its nouns, where most of what it asks about is unknown:
    an ordinary word beside others that are met (`名额`, `分机`) is no reason."""
    named = [term for term in query.terms if term.named]
    unknown = [term for term in named if not term.known]
    if sum(t.weight for t in unknown) < MOSTLY * sum(t.weight for t in named):
        unknown = [term for term in unknown if term.proper]
    return [term.word for term in unknown]


MOSTLY = 0.5


def _stands_somewhere(library: Library, word: str, supports: Sequence[Support]) -> bool:
    """Tell whether the documents hold the characters of a word after all, as parts of other words (`岔镇` of 里岔镇), or
    the nearest ones in what was left out of their texts (who wrote them)."""
    if len(word) > 1 and all(map(library.known, grams(word))):
        return True
    nearest = (library.index.documents[doc] for doc in {support.doc for support in supports})
    return any(word in squeeze(piece.text) for document in nearest for piece in document.removed)
