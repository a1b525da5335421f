"""The answer as Markdown: one footnote for each citation, and nothing of a document acts as Markdown."""

from __future__ import annotations

from fake_engine import HOSTILE, INJECTED, RND

from ragpark.records import Answer
from ragpark.ui.footnotes import footnotes


def test_answer_with_footnote() -> None:
    text = footnotes(Answer("研发占比？", "3.42%", False, "", (RND,)))
    assert text == (
        "**研发占比？**\n\n"
        "3.42%[^1]\n\n"
        "[^1]: 《2023年东湖区科技工作报告》，2024-03-12，二、研发投入，报告/2023年科技报告.txt 第6行："
        "“2023年，东湖区研发投入占地区生产总值的比重为3.42%，比上年提高0.2个百分点。”\n"
    )


def test_refusal_says_so() -> None:
    assert "（未找到答案）库中没有" in footnotes(Answer("问", "", True, "库中没有", ()))


def test_words_of_documents_are_escaped() -> None:
    text = footnotes(Answer(HOSTILE, HOSTILE, False, "", (INJECTED,)))
    assert "<script" not in text.replace("\\<", "")
    assert "[点](" not in text and "![" not in text
