"""Answers that can be read off, and an asker of them that counts; no engine."""

from __future__ import annotations

from collections.abc import Callable

from ragpark.errors import QuestionError
from ragpark.export import Asking, Question, QuestionSheet
from ragpark.records import Answer, AnsweredFigure, Citation

EVIL = '=HYPERLINK("http://a","b")'


def citation(n: int = 1, doc: str = "年鉴/a.txt", quote: str = "2023年占比为4.5%。") -> Citation:
    return Citation(n, doc, "年鉴", "2024-03-12", ("年鉴", "二、研发"), quote, 0, len(quote), {"lines": [3, 4]})


def figure(text: str, value: float, unit: str, entity: str = "园区", n: int = 1) -> AnsweredFigure:
    return AnsweredFigure(text, value, unit, entity, "研发占比", "2023年", 2023, "share", n)


SHARE = Answer("2023年占比", "4.5%", False, "", (citation(),), 0.9123456789, figures=(figure("4.5%", 4.5, "%"),))
TWO = Answer(
    "两地占比", "甲区4.5%；乙区2289000000元", False, "", (citation(), citation(2, "b.pdf", "乙区22.89亿元。")), 0.8,
    figures=(figure("4.5%", 4.5, "%", "甲区"), figure("22.89亿元", 2_289_000_000.0, "元", "乙区", 2)),
)  # fmt: skip
NONE = Answer("2019年绿地", "", True, "库中没有2019年的数据", (citation(),), 0.1)


class Asker:
    """Answers what has 占比, fails at ？ and breaks at 坏; knows what it was asked."""

    def __init__(self, generation: str = "g1") -> None:
        self.generation, self.asked = generation, list[str]()

    def ask(self, question: str) -> Answer:
        self.asked.append(question)
        if question == "？":
            raise QuestionError("问题里没有文字")
        if "坏" in question:
            raise ZeroDivisionError
        known = TWO if "两地" in question else SHARE if "占比" in question else NONE
        return Answer(
            question, known.answer, known.refused, known.reason, known.citations, known.score, figures=known.figures
        )

    def asking(self, complete: Callable[[str, str], str] | None = None) -> Asking:
        return Asking(self.ask, lambda: self.generation, complete)


def sheet(*texts: str) -> QuestionSheet:
    """Questions of rows 2, 3, … with one column, 编号, to the left: `n1` beside the first."""
    rows = (Question(n, text, (f"n{n - 1}",)) for n, text in enumerate(texts, start=2))
    return QuestionSheet("问题.xlsx", tuple(rows), ("编号",), 1)
