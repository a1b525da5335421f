"""Text of documents is shown as text, marks stand where they belong, nothing of a document is lost in its view."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fake_engine import FIRMS, HOSTILE, INJECTED, NOTES, REPORT, RND
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ragpark.records import Answer, AnsweredFigure, Heading
from ragpark.ui import markup

TAGS_OF_OURS = re.compile(r"</?(?:mark|div|span|p|section|sup|article|blockquote|dl|dt|dd|nav|ol|li|a|h3)\b[^>]*>")


def _text_of(html: str) -> str:
    return unescape(TAGS_OF_OURS.sub("", html))


def test_marks_are_joined_sorted_and_cut_to_the_text() -> None:
    # 0123456 → [1,3) and [2,4) overlap, [6,99) ends with the text, [5,5) is empty
    html = markup.marked("0123456", [(6, 99), (2, 4), (1, 3), (5, 5)])
    assert html == '0<mark class="rp-mark">123</mark>45<mark class="rp-mark">6</mark>'


@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_marked_text_is_the_text_with_nothing_but_marks_added(text: str, spans: list[tuple[int, int]]) -> None:
    html = markup.marked(text, spans)
    assert unescape(re.sub(r'<mark class="rp-mark">|</mark>', "", html)).replace("\r", "\n") == text.replace("\r", "\n")
    assert "<" not in re.sub(r'<mark class="rp-mark">|</mark>', "", html)


@pytest.mark.parametrize(
    "html",
    [
        markup.answer_block(Answer(HOSTILE, HOSTILE, False, HOSTILE, (INJECTED,))),
        markup.answer_block(
            Answer(
                HOSTILE,
                "5%",
                False,
                "",
                (INJECTED,),
                figures=(AnsweredFigure("5%", 5.0, "%", HOSTILE, HOSTILE, HOSTILE, None, "level", 1),),
            )
        ),
        markup.answer_block(Answer(HOSTILE, "", True, HOSTILE, ())),
        markup.citation_block(replace(INJECTED, doc=HOSTILE, also=(HOSTILE,))),
        markup.source_block(
            replace(NOTES, source=HOSTILE), markup.source_view(NOTES, (INJECTED.start, INJECTED.end)), HOSTILE
        ),
        markup.notice(HOSTILE, HOSTILE),
    ],
    ids=["answer", "figure", "refusal", "citation", "source", "notice"],
)
def test_no_tag_of_a_document_survives(html: str) -> None:
    assert "<script" not in html and "<img" not in html
    assert "<" not in TAGS_OF_OURS.sub("", html)
    assert not re.search(r"href=\"(?!#rp-h\d)", html)


def test_labels_show_markdown_as_typed() -> None:
    label = markup.plain(HOSTILE)
    rendered = MarkdownIt("js-default").renderInline(label)
    assert unescape(rendered) == HOSTILE
    assert "\\:red\\[" in label and "\\$x" in label  # what Streamlit adds to Markdown is escaped as well
    assert markup.plain("苏州（园区）3.42 亿") == "苏州（园区）3\\.42 亿"


def test_the_quote_is_shown_without_outer_space_and_its_mark_moves_along() -> None:
    quote = "　 " + RND.quote
    shifted = replace(RND, quote=quote, marks=tuple((a + 2, b + 2) for a, b in RND.marks))
    assert '<mark class="rp-mark">3.42%</mark>' in markup.citation_block(shifted)


def test_a_citation_names_document_date_section_and_place() -> None:
    text = _text_of(markup.citation_block(RND))
    for part in ("2023年东湖区科技工作报告", "2024-03-12", "二、研发投入", "报告/2023年科技报告.txt，第6行"):
        assert part in text


def test_source_shows_the_whole_text_with_passage_answer_and_outline() -> None:
    at = FIRMS.start + FIRMS.marks[0][0]
    view = markup.source_view(REPORT, (FIRMS.start, FIRMS.end), [(at, at + 4)])
    assert _text_of(view.html) == REPORT.text
    assert view.html.count('id="rp-passage"') == 1
    assert '<span class="rp-band"><mark class="rp-mark">560家</mark></span>' in view.html
    assert [(text, current) for _, _, text, current in view.outline] == [
        ("2023年东湖区科技工作报告", False),
        ("一、总体情况", False),
        ("二、研发投入", False),
        ("三、企业培育", True),
    ]
    assert all(f'id="{name}"' in view.html for name, *_ in view.outline)


def test_of_a_long_source_only_the_part_around_the_passage_is_drawn() -> None:
    size = 3 * markup.MAX_SOURCE_CHARS
    long = replace(REPORT, text="字" * size, headings=())
    middle = size // 2  # of 90,000; a third before and a third after are left out
    html = markup.source_view(long, (middle - 5, middle + 5)).html
    assert html.count("字") < markup.MAX_SOURCE_CHARS + 10  # two of them in the lines that say what is left out
    assert f"前面还有 {markup.MAX_SOURCE_CHARS:,} 字没有显示" in html
    assert 'id="rp-passage"' in html


def test_a_given_window_of_a_source_is_shown_and_the_rest_said() -> None:
    document = replace(
        REPORT, text="零一二三四五六七八九", headings=(Heading(0, 2, 1, "零一"), Heading(6, 8, 1, "六七"))
    )
    view = markup.source_view(document, None, window=(4, 8))
    assert re.sub("<[^>]+>", "", view.html) == (
        "前面还有 4 字没有显示，完整内容请下载原文。四五六七后面还有 2 字没有显示，完整内容请下载原文。"
    )
    assert [text for _, _, text, _ in view.outline] == ["六七"]


def test_stages_of_a_build_done_under_way_and_ahead() -> None:
    html = markup.steps([("读取", (1200, 1200)), ("编码<b>", (3, 10)), ("写入", None)])
    assert html == (
        '<ol class="rp-steps"><li class="rp-step-done">读取 1,200</li>'
        '<li class="rp-step-now" aria-current="step">编码&lt;b&gt; 3 / 10</li><li class="rp-step-ahead">写入</li></ol>'
    )


@pytest.mark.parametrize(
    ("said", "n_citations", "lines"),
    [
        ("2020年4.5%；2023年5.16%；计算：5.16 − 4.5 = 0.66个百分点", 2, 3),
        ("2020年4.5%；2023年5.16%", 2, 1),  # short: one line in the largest type
        ("一个句子里也有分号；它来自一处，照原样排成一段，不必分行", 1, 1),
    ],
)
def test_a_long_answer_from_several_passages_has_a_part_to_a_line(said: str, n_citations: int, lines: int) -> None:
    html = markup.answer_block(Answer("问", said, False, "", (INJECTED,) * n_citations))
    assert html.count("<br>") + 1 == lines
    assert said in html.replace("<br>", "")
