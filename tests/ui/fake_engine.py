"""An engine whose answers can be read off: two documents written here, three facts, no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ragpark.errors import QuestionError
from ragpark.index.store import Source
from ragpark.records import Answer, Chunk, Citation, Document, Fact, Heading, Hit, Section
from ragpark.retrieve.explain import ExplainedHit, Explanation
from ragpark.retrieve.filters import Filter, make_filter
from ragpark.retrieve.kinds import FIGURE
from ragpark.retrieve.marks import TERM, Mark
from ragpark.retrieve.query import Query, Term

HOSTILE = (
    '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> '
    "![图](http://127.0.0.1:9/a.png) [点](javascript:alert(1)) :red[红] $x^2$"
)


def _document(doc: str, title: str, date: str, lines: list[tuple[int, str]]) -> Document:
    """Lines are (level, text), joined by line breaks; line n of the text is line n of the original."""
    text, headings, places = "", [], []
    for number, (level, line) in enumerate(lines, start=1):
        start = len(text)
        places.append((start, number))
        if level:
            headings.append(Heading(start, start + len(line), level, line))
        text += line + "\n"
    return Document(doc, title, date, "示例统计局", text, tuple(headings), tuple(places), "lines", "txt", "0" * 64)


REPORT = _document(
    "报告/2023年科技报告.txt",
    "2023年东湖区科技工作报告",
    "2024-03-12",
    [
        (1, "2023年东湖区科技工作报告"),
        (2, "一、总体情况"),
        (0, "全年工作平稳推进，各项目标基本完成。" * 12),
        (2, "二、研发投入"),
        (0, "全年新建实验室若干。" * 30),
        (0, "2023年，东湖区研发投入占地区生产总值的比重为3.42%，比上年提高0.2个百分点。"),
        (2, "三、企业培育"),
        (0, "年末高新技术企业达到560家，其中上市企业21家。"),
        (0, "各街道继续走访企业，了解困难与需求。" * 20),
    ],
)
NOTES = _document(
    "hostile.md",
    f"说明 {HOSTILE}",
    "2022-05-01",
    [(1, f"标题 {HOSTILE}"), (0, f"2022年东湖区注入指数为7.5%，{HOSTILE}。")],
)


def _citation(n: int, document: Document, quote: str, answer: str, headings: tuple[str, ...]) -> Citation:
    start = document.text.index(quote)
    at = quote.find(answer)
    marks = ((at, at + len(answer)),) if at >= 0 else ()
    end = start + len(quote)
    return Citation(
        n,
        document.doc,
        document.title,
        document.date,
        headings,
        quote,
        start,
        end,
        document.locator(start, end),
        (),
        marks,
    )


RND = _citation(
    1,
    REPORT,
    "2023年，东湖区研发投入占地区生产总值的比重为3.42%，比上年提高0.2个百分点。",
    "3.42%",
    (REPORT.title, "二、研发投入"),
)
FIRMS = _citation(1, REPORT, "年末高新技术企业达到560家，其中上市企业21家。", "560家", (REPORT.title, "三、企业培育"))
INJECTED = _citation(1, NOTES, f"2022年东湖区注入指数为7.5%，{HOSTILE}。", "7.5%", (NOTES.headings[0].text,))


@dataclass(frozen=True)
class FakeIndex:
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    facts: tuple[Fact, ...]
    generation: str = "gen-1"
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()


def _fact(indicator: str, year: int, citation: Citation, text: str) -> Fact:
    return Fact(
        indicator, "东湖区", year, f"{year}年", 1.0, "", text, "", "level",
        citation.doc, citation.date, citation.quote, citation.start, citation.end, citation.locator,
    )  # fmt: skip


FACTS = (
    _fact("研发投入强度", 2023, RND, "3.42%"),
    _fact("高新技术企业", 2023, FIRMS, "560家"),
    _fact("注入指数", 2022, INJECTED, "7.5%"),
)


def _chunk(citation: Citation) -> Chunk:
    return Chunk(
        f"{citation.doc}#{citation.start}", citation.doc, citation.title, citation.date, citation.headings, 0,
        citation.start, citation.end, citation.quote,
    )  # fmt: skip


_CHUNKS = (_chunk(RND), _chunk(FIRMS), _chunk(INJECTED))


class FakeEngine:
    """Answers by a word of the question: 研发, 企业, 注入; refuses the rest; `？` alone is no question."""

    def __init__(self) -> None:
        sources = tuple(Source(d.doc, d.sha256, d.sha256, d.sha256, d.doc) for d in (NOTES, REPORT))
        self.index = FakeIndex({d.doc: d for d in (NOTES, REPORT)}, (), FACTS, sources=sources)
        self.asked: list[str] = []
        self.scopes: list[Filter] = []

    def ask(
        self,
        question: str,
        *,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> Answer:
        self.asked.append(question)
        self.scopes.append(make_filter(year, years, doc, section))
        if not question.strip("？?。 "):
            raise QuestionError("问题里没有文字，请写出要查的内容。")
        for word, citation, answer in (
            ("研发", RND, "3.42%"),
            ("企业", FIRMS, "560家"),
            ("注入", INJECTED, f"7.5% {HOSTILE}"),
        ):
            if word in question:
                return Answer(question, answer, False, "", (citation,), 0.9, {"total": 12.4})
        return Answer(question, "", True, "库中没有2019年的数据；最接近的是2023年3.42%。", (RND,), 0.1, {"total": 8.0})

    def years(self) -> tuple[int, ...]:
        return (2021, 2022, 2023, 2024)

    def explain(
        self,
        question: str,
        *,
        k: int = 10,
        year: int | None = None,
        doc: str | None = None,
        years: tuple[int, int] | None = None,
        section: str | None = None,
    ) -> Explanation:
        """Find the three passages, of 2023, 2023 and 2022, that the filter lets through; the words are those of 研发."""
        scope = make_filter(year, years, doc, section)
        self.scopes.append(scope)
        if not question.strip("？?。 "):
            raise QuestionError("问题里没有文字，请写出要查的内容。")
        query = Query(question, FIGURE, (Term("研发", ("研发", "r&d"), 1.0), Term("奶牛", ("奶牛",), 1.0, known=False)))
        hits: list[ExplainedHit] = []
        for chunk, about in ((_CHUNKS[0], 2023), (_CHUNKS[1], 2023), (_CHUNKS[2], 2022)):
            if not (scope.has_doc(chunk.doc) and scope.has_heading(chunk.headings) and scope.has_year(about)):
                continue
            at = chunk.text.find("研发投入")
            legs = {"lexical": 6.5, "dense": 0.91, "sentence": 0.9, "lexical_scaled": 0.75, "dense_scaled": 1.0}
            legs |= {"sentence_scaled": 0.5, "fused": 0.81, "year": 0.12, "named": 0.0, "rerank": 0.3}
            marks = (Mark(at, at + 2, "研发", TERM),) if at >= 0 else ()
            hits.append(ExplainedHit(Hit(chunk, 1.23, len(hits) + 1, legs), marks, ("研发",) if marks else ()))
        return Explanation(query, tuple(hits[:k]), "" if hits else f"所选范围（{scope}）内没有内容；请放宽范围")

    def complete(self, question: str, previous: str) -> str:
        """`那企业呢` after another question is completed with its year; everything else stands alone."""
        if previous and question.startswith("那"):
            return previous[:5] + question[1:].rstrip("呢？")
        return question

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        return []
